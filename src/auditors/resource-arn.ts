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
const arnWords: { readonly [T in ResourceType]?: string } = { 'flow-log': 'vpc-flow-log' };

/** The ARN of an EC2 resource; an id that is an ARN already stays as it is. */
export function resourceArn(type: ResourceType, id: string, ownerId: string, region: string): string {
  if (id.startsWith('arn:')) return id;
  const partition = partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
  return `arn:${partition}:ec2:${region}:${ownerId}:${arnWords[type] ?? type}/${id}`;
}
