import type { AccountId, RegionName } from '../id.ts';

/** The nouns that a verdict can be about, spelt as AWS's own resource nouns in kebab-case. */
export type ResourceType =
  | 'region'
  | 'vpc'
  | 'subnet'
  | 'security-group'
  | 'network-acl'
  | 'route-table'
  | 'internet-gateway'
  | 'nat-gateway'
  | 'network-interface'
  | 'instance'
  | 'elastic-ip'
  | 'prefix-list'
  | 'vpc-endpoint'
  | 'vpc-endpoint-service'
  | 'vpc-peering-connection'
  | 'transit-gateway'
  | 'transit-gateway-attachment'
  | 'transit-gateway-route-table'
  | 'vpn-gateway'
  | 'vpn-connection'
  | 'client-vpn-endpoint'
  | 'flow-log'
  | 'load-balancer'
  | 'target-group'
  | 'launch-template'
  | 'network-firewall'
  | 'firewall-policy'
  | 'firewall-rule-group'
  | 'direct-connect-connection'
  | 'direct-connect-virtual-interface';

/** A resource as a report names it. */
export interface ResourceReference {
  readonly type: ResourceType;
  readonly id: string;
  readonly arn: string;
  readonly accountId: AccountId;
  readonly region: RegionName;
  readonly vpcId?: string;
  /** The `Name` tag or group name: the owner's own words, hostile text until escaped. */
  readonly name?: string;
}
