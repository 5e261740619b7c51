import type { ResourceKind } from './resource-kind.ts';
import { iamPrefixes } from './service.ts';
import { availabilityZones, type AvailabilityZone } from './resources/availability-zone.ts';
import { accountAttributes, type AccountAttribute } from './resources/account-attribute.ts';
import { vpcs, vpcAttributes, type Vpc, type VpcAttribute } from './resources/vpc.ts';
import { dhcpOptions, type DhcpOptions } from './resources/dhcp-options.ts';
import { subnets, type Subnet } from './resources/subnet.ts';
import { routeTables, type RouteTable } from './resources/route-table.ts';
import {
  internetGateways,
  egressOnlyInternetGateways,
  carrierGateways,
  type InternetGateway,
  type EgressOnlyInternetGateway,
  type CarrierGateway,
} from './resources/internet-gateway.ts';
import { natGateways, type NatGateway } from './resources/nat-gateway.ts';
import {
  vpnGateways,
  customerGateways,
  vpnConnections,
  type VpnGateway,
  type CustomerGateway,
  type VpnConnection,
} from './resources/vpn.ts';
import {
  securityGroups,
  securityGroupRules,
  securityGroupVpcAssociations,
  staleSecurityGroups,
  type SecurityGroup,
  type SecurityGroupRule,
  type SecurityGroupVpcAssociation,
  type StaleSecurityGroup,
} from './resources/security-group.ts';
import { networkAcls, type NetworkAcl } from './resources/network-acl.ts';
import { networkInterfaces, type NetworkInterface } from './resources/network-interface.ts';
import { instances, type Instance } from './resources/instance.ts';
import { addresses, type Address } from './resources/address.ts';
import {
  managedPrefixLists,
  managedPrefixListEntries,
  prefixLists,
  type ManagedPrefixList,
  type ManagedPrefixListEntry,
  type PrefixList,
} from './resources/prefix-list.ts';
import {
  vpcEndpoints,
  vpcEndpointServiceConfigurations,
  vpcEndpointServicePermissions,
  type VpcEndpoint,
  type VpcEndpointServiceConfiguration,
  type VpcEndpointServicePermission,
} from './resources/vpc-endpoint.ts';
import { vpcPeeringConnections, type VpcPeeringConnection } from './resources/vpc-peering-connection.ts';
import {
  transitGateways,
  transitGatewayAttachments,
  transitGatewayVpcAttachments,
  transitGatewayPeeringAttachments,
  type TransitGateway,
  type TransitGatewayAttachment,
  type TransitGatewayVpcAttachment,
  type TransitGatewayPeeringAttachment,
} from './resources/transit-gateway.ts';
import {
  transitGatewayRouteTables,
  transitGatewayRouteTableAssociations,
  transitGatewayRouteTablePropagations,
  transitGatewayRoutes,
  transitGatewayPrefixListReferences,
  transitGatewayPolicyTables,
  transitGatewayPolicyTableAssociations,
  transitGatewayPolicyTableEntries,
  type TransitGatewayRouteTable,
  type TransitGatewayRouteTableLink,
  type TransitGatewayRoute,
  type TransitGatewayPrefixListReference,
  type TransitGatewayPolicyTable,
  type TransitGatewayPolicyTableAssociation,
  type TransitGatewayPolicyTableEntry,
} from './resources/transit-gateway-route-table.ts';
import { flowLogs, type FlowLog } from './resources/flow-log.ts';
import {
  vpcBlockPublicAccessOptions,
  vpcBlockPublicAccessExclusions,
  type VpcBlockPublicAccessOptions,
  type VpcBlockPublicAccessExclusion,
} from './resources/vpc-block-public-access.ts';
import { vpcEncryptionControls, type VpcEncryptionControl } from './resources/vpc-encryption-control.ts';
import {
  clientVpnEndpoints,
  clientVpnAuthorizationRules,
  clientVpnTargetNetworks,
  type ClientVpnEndpoint,
  type ClientVpnAuthorizationRule,
  type ClientVpnTargetNetwork,
} from './resources/client-vpn-endpoint.ts';
import { instanceConnectEndpoints, type InstanceConnectEndpoint } from './resources/instance-connect-endpoint.ts';
import {
  loadBalancers,
  loadBalancerAttributes,
  listeners,
  listenerRules,
  type LoadBalancer,
  type LoadBalancingAttribute,
  type Listener,
  type ListenerRule,
} from './resources/load-balancer.ts';
import {
  targetGroups,
  targetGroupAttributes,
  targetHealth,
  type TargetGroup,
  type TargetGroupAttribute,
  type TargetHealth,
} from './resources/target-group.ts';
import {
  classicLoadBalancers,
  classicLoadBalancerAttributes,
  type ClassicLoadBalancer,
  type ClassicLoadBalancerAttributes,
} from './resources/classic-load-balancer.ts';
import { launchTemplateVersions, type LaunchTemplateVersion } from './resources/launch-template.ts';
import {
  firewallMetadata,
  firewalls,
  firewallLogging,
  firewallPolicyMetadata,
  firewallPolicies,
  ruleGroupMetadata,
  ruleGroups,
  type FirewallMetadata,
  type Firewall,
  type FirewallLogging,
  type FirewallPartMetadata,
  type FirewallPolicy,
  type RuleGroup,
} from './resources/network-firewall.ts';
import {
  directConnectConnections,
  virtualInterfaces,
  type DirectConnectConnection,
  type VirtualInterface,
} from './resources/direct-connect.ts';
import {
  resolverQueryLogConfigAssociations,
  type ResolverQueryLogConfigAssociation,
} from './resources/resolver-query-log.ts';
import {
  logGroups,
  metricFilters,
  metricAlarms,
  type LogGroup,
  type MetricFilter,
  type MetricAlarm,
} from './resources/cloudwatch.ts';

/** Every kind of resource that an audit can stand on, with its noun. The keys are what a check declares in `needs`. */
export interface Resources {
  readonly availabilityZones: AvailabilityZone;
  readonly accountAttributes: AccountAttribute;
  readonly vpcs: Vpc;
  readonly vpcAttributes: VpcAttribute;
  readonly dhcpOptions: DhcpOptions;
  readonly subnets: Subnet;
  readonly routeTables: RouteTable;
  readonly internetGateways: InternetGateway;
  readonly egressOnlyInternetGateways: EgressOnlyInternetGateway;
  readonly carrierGateways: CarrierGateway;
  readonly natGateways: NatGateway;
  readonly vpnGateways: VpnGateway;
  readonly customerGateways: CustomerGateway;
  readonly vpnConnections: VpnConnection;
  readonly securityGroups: SecurityGroup;
  readonly securityGroupRules: SecurityGroupRule;
  readonly securityGroupVpcAssociations: SecurityGroupVpcAssociation;
  readonly staleSecurityGroups: StaleSecurityGroup;
  readonly networkAcls: NetworkAcl;
  readonly networkInterfaces: NetworkInterface;
  readonly instances: Instance;
  readonly addresses: Address;
  readonly managedPrefixLists: ManagedPrefixList;
  readonly managedPrefixListEntries: ManagedPrefixListEntry;
  readonly prefixLists: PrefixList;
  readonly vpcEndpoints: VpcEndpoint;
  readonly vpcEndpointServiceConfigurations: VpcEndpointServiceConfiguration;
  readonly vpcEndpointServicePermissions: VpcEndpointServicePermission;
  readonly vpcPeeringConnections: VpcPeeringConnection;
  readonly transitGateways: TransitGateway;
  readonly transitGatewayAttachments: TransitGatewayAttachment;
  readonly transitGatewayVpcAttachments: TransitGatewayVpcAttachment;
  readonly transitGatewayPeeringAttachments: TransitGatewayPeeringAttachment;
  readonly transitGatewayRouteTables: TransitGatewayRouteTable;
  readonly transitGatewayRouteTableAssociations: TransitGatewayRouteTableLink;
  readonly transitGatewayRouteTablePropagations: TransitGatewayRouteTableLink;
  readonly transitGatewayRoutes: TransitGatewayRoute;
  readonly transitGatewayPrefixListReferences: TransitGatewayPrefixListReference;
  readonly transitGatewayPolicyTables: TransitGatewayPolicyTable;
  readonly transitGatewayPolicyTableAssociations: TransitGatewayPolicyTableAssociation;
  readonly transitGatewayPolicyTableEntries: TransitGatewayPolicyTableEntry;
  readonly flowLogs: FlowLog;
  readonly vpcBlockPublicAccessOptions: VpcBlockPublicAccessOptions;
  readonly vpcBlockPublicAccessExclusions: VpcBlockPublicAccessExclusion;
  readonly vpcEncryptionControls: VpcEncryptionControl;
  readonly clientVpnEndpoints: ClientVpnEndpoint;
  readonly clientVpnAuthorizationRules: ClientVpnAuthorizationRule;
  readonly clientVpnTargetNetworks: ClientVpnTargetNetwork;
  readonly instanceConnectEndpoints: InstanceConnectEndpoint;
  readonly loadBalancers: LoadBalancer;
  readonly loadBalancerAttributes: LoadBalancingAttribute;
  readonly listeners: Listener;
  readonly listenerRules: ListenerRule;
  readonly targetGroups: TargetGroup;
  readonly targetGroupAttributes: TargetGroupAttribute;
  readonly targetHealth: TargetHealth;
  readonly classicLoadBalancers: ClassicLoadBalancer;
  readonly classicLoadBalancerAttributes: ClassicLoadBalancerAttributes;
  readonly launchTemplateVersions: LaunchTemplateVersion;
  readonly firewallMetadata: FirewallMetadata;
  readonly firewalls: Firewall;
  readonly firewallLogging: FirewallLogging;
  readonly firewallPolicyMetadata: FirewallPartMetadata;
  readonly firewallPolicies: FirewallPolicy;
  readonly ruleGroupMetadata: FirewallPartMetadata;
  readonly ruleGroups: RuleGroup;
  readonly directConnectConnections: DirectConnectConnection;
  readonly virtualInterfaces: VirtualInterface;
  readonly resolverQueryLogConfigAssociations: ResolverQueryLogConfigAssociation;
  readonly logGroups: LogGroup;
  readonly metricFilters: MetricFilter;
  readonly metricAlarms: MetricAlarm;
}

/** The name of one kind of resource. */
export type ResourceKey = keyof Resources;

/** How each kind is spelt in AWS's answers. */
export const resourceKinds: { readonly [K in ResourceKey]: ResourceKind<Resources[K]> } = {
  availabilityZones,
  accountAttributes,
  vpcs,
  vpcAttributes,
  dhcpOptions,
  subnets,
  routeTables,
  internetGateways,
  egressOnlyInternetGateways,
  carrierGateways,
  natGateways,
  vpnGateways,
  customerGateways,
  vpnConnections,
  securityGroups,
  securityGroupRules,
  securityGroupVpcAssociations,
  staleSecurityGroups,
  networkAcls,
  networkInterfaces,
  instances,
  addresses,
  managedPrefixLists,
  managedPrefixListEntries,
  prefixLists,
  vpcEndpoints,
  vpcEndpointServiceConfigurations,
  vpcEndpointServicePermissions,
  vpcPeeringConnections,
  transitGateways,
  transitGatewayAttachments,
  transitGatewayVpcAttachments,
  transitGatewayPeeringAttachments,
  transitGatewayRouteTables,
  transitGatewayRouteTableAssociations,
  transitGatewayRouteTablePropagations,
  transitGatewayRoutes,
  transitGatewayPrefixListReferences,
  transitGatewayPolicyTables,
  transitGatewayPolicyTableAssociations,
  transitGatewayPolicyTableEntries,
  flowLogs,
  vpcBlockPublicAccessOptions,
  vpcBlockPublicAccessExclusions,
  vpcEncryptionControls,
  clientVpnEndpoints,
  clientVpnAuthorizationRules,
  clientVpnTargetNetworks,
  instanceConnectEndpoints,
  loadBalancers,
  loadBalancerAttributes,
  listeners,
  listenerRules,
  targetGroups,
  targetGroupAttributes,
  targetHealth,
  classicLoadBalancers,
  classicLoadBalancerAttributes,
  launchTemplateVersions,
  firewallMetadata,
  firewalls,
  firewallLogging,
  firewallPolicyMetadata,
  firewallPolicies,
  ruleGroupMetadata,
  ruleGroups,
  directConnectConnections,
  virtualInterfaces,
  resolverQueryLogConfigAssociations,
  logGroups,
  metricFilters,
  metricAlarms,
};

/** The kinds in the order in which they are listed above. */
export const resourceKeys: readonly ResourceKey[] = Object.keys(resourceKinds) as ResourceKey[];

/** The permission that reads a kind: the service's IAM prefix and the operation (Service Authorization Reference). */
export function iamActionOf(key: ResourceKey): string {
  const { service, operation } = resourceKinds[key];
  return `${iamPrefixes[service]}:${operation}`;
}
