import type { ResourceReference, ResourceType } from '../../model/verdict/resource-reference.ts';

/** Where the console of a partition lives, below the Region. */
const hosts: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The console's page of one resource of a kind; its spelling of parameters differs from page to page. */
const pages: { readonly [T in ResourceType]?: string } = {
  vpc: 'VpcDetails:VpcId=',
  subnet: 'SubnetDetails:subnetId=',
  'route-table': 'RouteTableDetails:RouteTableId=',
  'network-acl': 'NetworkAclDetails:networkAclId=',
  'security-group': 'SecurityGroup:groupId=',
  'nat-gateway': 'NatGatewayDetails:natGatewayId=',
  'vpc-endpoint': 'EndpointDetails:vpcEndpointId=',
  'internet-gateway': 'InternetGateway:internetGatewayId=',
};

const regionName = /^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/;
const resourceId = /^[a-z]+-[0-9a-f]{8,17}$/;

/**
 * The resource in the AWS console; nothing where the console has no page of its kind or where its names are not spelt
 * as AWS spells them. A link does not choose the account: whoever shows it shows the account id beside it.
 */
export function consoleLink({ type, id, arn, region }: ResourceReference): string | undefined {
  const host = hosts[/^arn:(aws[a-z-]*):/.exec(arn)?.[1] ?? ''];
  const page = pages[type];
  if (host === undefined || page === undefined || !regionName.test(region) || !resourceId.test(id)) return undefined;
  return `https://${region}.${host}/vpcconsole/home?region=${region}#${page}${id}`;
}
