import type { World } from '../world.ts';
import { buildAddress, type AddressBuilder } from './network-interface.ts';
import { buildFlowLog, type FlowLogOptions } from './flow-log.ts';
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
    toWorld,
  };
}
