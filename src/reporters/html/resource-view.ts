import type { ResourceReference, ResourceType } from '../../model/verdict/resource-reference.ts';

/** A resource as the page names it. */
export interface ResourceView {
  /** `security group`. */
  readonly type: string;
  readonly id: string;
  readonly name: string | undefined;
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string | undefined;
  /** The Region itself is meant, so that its id would only repeat its place. */
  readonly wholeRegion: boolean;
}

const words: { readonly [T in ResourceType]?: string } = {
  region: 'Region',
  vpc: 'VPC',
  'network-acl': 'network ACL',
  'nat-gateway': 'NAT gateway',
  'elastic-ip': 'Elastic IP address',
  'vpc-endpoint': 'VPC endpoint',
  'vpc-endpoint-service': 'VPC endpoint service',
  'vpc-peering-connection': 'VPC peering connection',
  'vpn-gateway': 'virtual private gateway',
  'vpn-connection': 'VPN connection',
  'client-vpn-endpoint': 'Client VPN endpoint',
  'network-firewall': 'Network Firewall',
  'direct-connect-connection': 'Direct Connect connection',
  'direct-connect-virtual-interface': 'Direct Connect virtual interface',
};

/** What a type of resource is called in a sentence. */
export function typeWords(type: ResourceType): string {
  return words[type] ?? type.replaceAll('-', ' ');
}

/** The resource for the page; a VPC is not said to lie in itself. */
export function resourceView(resource: ResourceReference): ResourceView {
  const { type, id, name, arn, accountId, region, vpcId } = resource;
  return {
    type: typeWords(type),
    id,
    name: name === undefined || name === id ? undefined : name,
    arn,
    accountId,
    region,
    vpcId: vpcId === id ? undefined : vpcId,
    wholeRegion: type === 'region',
  };
}
