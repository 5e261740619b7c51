import type { ResourceKey } from '../model/resources.ts';
import type { ResourceType } from '../model/verdict/resource-reference.ts';

/** What a verdict about a resource of a kind calls it. */
const types: { readonly [K in ResourceKey]?: ResourceType } = {
  vpcs: 'vpc',
  subnets: 'subnet',
  securityGroups: 'security-group',
  networkAcls: 'network-acl',
  routeTables: 'route-table',
  internetGateways: 'internet-gateway',
  natGateways: 'nat-gateway',
  networkInterfaces: 'network-interface',
  instances: 'instance',
  addresses: 'elastic-ip',
  managedPrefixLists: 'prefix-list',
  vpcEndpoints: 'vpc-endpoint',
  vpcEndpointServiceConfigurations: 'vpc-endpoint-service',
  vpcPeeringConnections: 'vpc-peering-connection',
  transitGateways: 'transit-gateway',
  transitGatewayAttachments: 'transit-gateway-attachment',
  transitGatewayRouteTables: 'transit-gateway-route-table',
  vpnGateways: 'vpn-gateway',
  vpnConnections: 'vpn-connection',
  clientVpnEndpoints: 'client-vpn-endpoint',
  flowLogs: 'flow-log',
  loadBalancers: 'load-balancer',
  targetGroups: 'target-group',
  launchTemplateVersions: 'launch-template',
  firewalls: 'network-firewall',
  firewallLogging: 'network-firewall',
  firewallPolicies: 'firewall-policy',
  ruleGroups: 'firewall-rule-group',
  directConnectConnections: 'direct-connect-connection',
  virtualInterfaces: 'direct-connect-virtual-interface',
};

/** The type of the resources of a kind; a kind that no verdict can be about stands for the Region itself. */
export function judgedType(kind: ResourceKey): ResourceType {
  return types[kind] ?? 'region';
}
