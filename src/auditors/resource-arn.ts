import type { ResourceType } from '../model/verdict/resource-reference.ts';

/** The partitions whose Region names have a prefix of their own (AWS General Reference, ARN format). */
const partitions: readonly (readonly [regionPrefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['eu-isoe-', 'aws-iso-e'],
  ['eusc-', 'aws-eusc'],
];

/** The resource part of an ARN where it is not the type's own name (Service Authorization Reference, Amazon EC2). */
const arnWords: { readonly [T in ResourceType]?: string } = {
  'flow-log': 'vpc-flow-log',
  'nat-gateway': 'natgateway',
};

/** The same of AWS Direct Connect. */
const directConnectWords: { readonly [T in ResourceType]?: string } = {
  'direct-connect-connection': 'dxcon',
  'direct-connect-virtual-interface': 'dxvif',
};

/** The ARN of a resource; an id that is an ARN already stays as it is. Only classic load balancers have names for ids. */
export function resourceArn(type: ResourceType, id: string, ownerId: string, region: string): string {
  if (id.startsWith('arn:')) return id;
  const partition = partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
  // A verdict about a whole Region is about everything of EC2 in it
  if (type === 'region') return `arn:${partition}:ec2:${region}:${ownerId}:*`;
  if (type === 'load-balancer') return `arn:${partition}:elasticloadbalancing:${region}:${ownerId}:loadbalancer/${id}`;
  const line = directConnectWords[type];
  if (line !== undefined) return `arn:${partition}:directconnect:${region}:${ownerId}:${line}/${id}`;
  return `arn:${partition}:ec2:${region}:${ownerId}:${arnWords[type] ?? type}/${id}`;
}
