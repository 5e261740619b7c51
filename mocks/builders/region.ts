import type { World } from '../world.ts';
import {
  buildBlockPublicAccess,
  buildBlockPublicAccessExclusion,
  type BlockMode,
  type BlockPublicAccessOptions,
} from './block-public-access.ts';
import { buildEncryptionControl, type EncryptionControlOptions } from './encryption-control.ts';
import { buildEndpointService, type EndpointServiceBuilder, type EndpointServiceOptions } from './endpoint-service.ts';
import { buildAddress, type AddressBuilder } from './network-interface.ts';
import { buildTransitGateway, type TransitGatewayBuilder, type TransitGatewayOptions } from './transit-gateway.ts';
import { buildPolicyTable, type PolicyTableOptions } from './transit-gateway-policy-table.ts';
import {
  buildCustomerGateway,
  buildVpnConnection,
  type CustomerGatewayBuilder,
  type CustomerGatewayOptions,
  type VpnConnectionBuilder,
  type VpnConnectionOptions,
} from './vpn.ts';
import {
  buildDirectConnect,
  buildVirtualInterface,
  type DirectConnectOptions,
  type VirtualInterfaceOptions,
} from './direct-connect.ts';
import { buildFlowLog, type FlowLogOptions } from './flow-log.ts';
import { buildLaunchTemplate, type LaunchTemplateOptions } from './launch-template.ts';
import {
  buildFirewall,
  buildFirewallPolicy,
  buildRuleGroup,
  type FirewallBuilder,
  type FirewallOptions,
  type FirewallPolicyOptions,
  type RuleGroupOptions,
} from './network-firewall.ts';
import { buildChangeAlarms, buildQueryLogging } from './watching.ts';
import {
  addAwsPrefixLists,
  awsPrefixListId,
  buildPrefixList,
  type PrefixListBuilder,
  type PrefixListEntrySpec,
  type PrefixListOptions,
} from './prefix-list.ts';
import type { AccountState, Built, Common, Ref, RegionState } from './state.ts';
import { buildVpc, type VpcBuilder, type VpcOptions } from './vpc.ts';

/** One account in one Region, to build in. */
export interface RegionBuilder {
  readonly accountId: string;
  readonly region: string;
  readonly state: RegionState;
  readonly vpc: (options?: VpcOptions) => VpcBuilder;
  /** The default VPC as AWS makes it: one /20 per zone, public addresses on launch, a route to the internet. */
  readonly defaultVpc: (options?: VpcOptions) => VpcBuilder;
  /** `prefixList('corporate', ['10.0.0.0/8'])` */
  readonly prefixList: (
    name: string,
    entries: readonly PrefixListEntrySpec[],
    options?: PrefixListOptions,
  ) => PrefixListBuilder;
  /** The id of AWS's own list, by service: `s3`, `dynamodb`, `ec2-instance-connect`. */
  readonly awsPrefixListId: (service: string) => string;
  /** An Elastic IP address. */
  readonly address: (options?: Common & { readonly publicIp?: string }) => AddressBuilder;
  readonly flowLog: (resource: Ref, options?: FlowLogOptions) => Built;
  readonly transitGateway: (options?: TransitGatewayOptions) => TransitGatewayBuilder;
  readonly policyTable: (transitGateway: Built, options?: PolicyTableOptions) => Built;
  readonly customerGateway: (options?: CustomerGatewayOptions) => CustomerGatewayBuilder;
  /** `vpnConnection({ customerGateway, vpnGateway, staticRoutes: ['192.168.0.0/16'] })` */
  readonly vpnConnection: (options: VpnConnectionOptions) => VpnConnectionBuilder;
  readonly blockPublicAccess: (mode: BlockMode, options?: BlockPublicAccessOptions) => void;
  readonly blockPublicAccessExclusion: (
    vpcOrSubnet: Built,
    mode: 'allow-bidirectional' | 'allow-egress',
    options?: Common & { readonly state?: string },
  ) => Built;
  readonly encryptionControl: (vpc: Built, options?: EncryptionControlOptions) => Built;
  readonly endpointService: (options: EndpointServiceOptions) => EndpointServiceBuilder;
  readonly ruleGroup: (options: RuleGroupOptions) => Built;
  readonly firewallPolicy: (options: FirewallPolicyOptions) => Built;
  readonly firewall: (vpc: VpcBuilder, options: FirewallOptions) => FirewallBuilder;
  readonly directConnect: (options?: DirectConnectOptions) => Built;
  readonly virtualInterface: (options: VirtualInterfaceOptions) => Built;
  readonly launchTemplate: (options: LaunchTemplateOptions) => Built;
  /** Has the DNS queries of VPCs logged. */
  readonly queryLogging: (...vpcs: readonly Ref[]) => void;
  /** Alarms on changes of the network; of all kinds unless some are named: `security-group`, `route-table` … */
  readonly changeAlarms: (...subjects: readonly string[]) => void;
  /** The world of the whole estate that this Region is part of. */
  readonly toWorld: () => World;
}

/** A Region to build in. */
export function buildRegion(account: AccountState, region: string, toWorld: () => World): RegionBuilder {
  const state: RegionState = {
    account,
    accountId: account.accountId,
    region,
    lists: new Map(),
    documents: new Map(),
    names: new Map(),
  };
  account.regions.set(region, state);
  addAwsPrefixLists(state);
  const vpc = (options?: VpcOptions): VpcBuilder => buildVpc(state, awsPrefixListId, options);
  return {
    accountId: account.accountId,
    region,
    state,
    vpc,
    defaultVpc: (options = {}) => {
      const built = vpc({ isDefault: true, ...options });
      built.mainRouteTable.route('0.0.0.0/0', built.internetGateway());
      for (const [index, az] of ['a', 'b', 'c'].entries()) {
        const subnet = built.subnet({ cidr: `172.31.${index * 16}.0/20`, az, mapPublicIp: true });
        subnet.item['DefaultForAz'] = true;
      }
      return built;
    },
    prefixList: (name, entries, options) => buildPrefixList(state, name, entries, options),
    awsPrefixListId: (service) => awsPrefixListId(`com.amazonaws.${region}.${service}`),
    address: (options) => buildAddress(state, options),
    flowLog: (resource, options) => buildFlowLog(state, resource, options),
    transitGateway: (options) => buildTransitGateway(state, options),
    policyTable: (transitGateway, options) => buildPolicyTable(state, transitGateway.id, options),
    customerGateway: (options) => buildCustomerGateway(state, options),
    vpnConnection: (options) => buildVpnConnection(state, options),
    blockPublicAccess: (mode, options) => buildBlockPublicAccess(state, mode, options),
    blockPublicAccessExclusion: (resource, mode, options) =>
      buildBlockPublicAccessExclusion(state, resource, mode, options),
    encryptionControl: (of, options) => buildEncryptionControl(state, of, options),
    endpointService: (options) => buildEndpointService(state, options),
    ruleGroup: (options) => buildRuleGroup(state, options),
    firewallPolicy: (options) => buildFirewallPolicy(state, options),
    firewall: (of, options) => buildFirewall(state, of.place, options),
    directConnect: (options) => buildDirectConnect(state, options),
    virtualInterface: (options) => buildVirtualInterface(state, options),
    launchTemplate: (options) => buildLaunchTemplate(state, options),
    queryLogging: (...vpcs) => buildQueryLogging(state, vpcs),
    changeAlarms: (...subjects) => buildChangeAlarms(state, subjects.length === 0 ? undefined : subjects),
    toWorld,
  };
}
