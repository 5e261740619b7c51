import type { EgressOnlyInternetGateway, InternetGateway } from '../../../../src/model/resources/internet-gateway.ts';
import type { NatGateway } from '../../../../src/model/resources/nat-gateway.ts';
import type { VpcEndpoint, VpcEndpointServiceConfiguration } from '../../../../src/model/resources/vpc-endpoint.ts';
import type { VpcPeeringConnection } from '../../../../src/model/resources/vpc-peering-connection.ts';
import type { VpnConnection, VpnGateway } from '../../../../src/model/resources/vpn.ts';
import type { RegionSnapshot } from '../../../../src/model/snapshot/snapshot.ts';
import { type Address, type Cidr, parseAddress } from '../address.ts';
import { type Balancers, balancersOf } from './balancers.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { type Acls, type Group, aclsOf, groupsOf } from './filters.ts';
import { gather, gatherById, type Seen } from './gather.ts';
import { type Nic, nicsOf } from './interfaces.ts';
import { prefixListsOf } from './prefix-lists.ts';
import { type Tables, tablesOf } from './routes.ts';
import { type Transit, transitOf } from './transit.ts';
import { subnetsOf, type SubnetPlace, type VpcPlace, vpcsOf } from './vpcs.ts';

/** Who stands behind a public address: an interface with the private address meant, or a regional NAT gateway. */
export type PublicHolder =
  | { readonly kind: 'interface'; readonly nic: Nic; readonly address: Address }
  | { readonly kind: 'regional-nat-gateway'; readonly nat: NatGateway };

/** All answers merged, indexed by id and nothing more: no rule is evaluated here. */
export interface World {
  readonly regions: readonly RegionSnapshot[];
  readonly isComplete: Coverage;
  readonly vpcs: ReadonlyMap<string, VpcPlace>;
  readonly subnets: ReadonlyMap<string, SubnetPlace>;
  readonly nics: ReadonlyMap<string, Nic>;
  readonly nicsByVpc: ReadonlyMap<string, readonly Nic[]>;
  readonly publicHolders: ReadonlyMap<string, PublicHolder>;
  /** State of each instance, by id. */
  readonly instanceStates: ReadonlyMap<string, string | undefined>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly acls: Acls;
  readonly tables: Tables;
  readonly prefixLists: ReadonlyMap<string, readonly Cidr[]>;
  /** Public addresses of customers' own ranges; whether such a range is advertised is not in the answers. */
  readonly ownRangeAddresses: ReadonlySet<string>;
  readonly internetGateways: ReadonlyMap<string, Seen<InternetGateway>>;
  readonly egressOnlyGateways: ReadonlyMap<string, Seen<EgressOnlyInternetGateway>>;
  readonly natGateways: ReadonlyMap<string, Seen<NatGateway>>;
  readonly vpnGateways: ReadonlyMap<string, Seen<VpnGateway>>;
  readonly vpnConnections: readonly VpnConnection[];
  readonly peerings: ReadonlyMap<string, VpcPeeringConnection>;
  readonly endpoints: ReadonlyMap<string, Seen<VpcEndpoint>>;
  readonly endpointServices: readonly VpcEndpointServiceConfiguration[];
  readonly transit: Transit;
  readonly balancers: Balancers;
}

function publicHoldersOf(nics: Iterable<Nic>, nats: Iterable<Seen<NatGateway>>): Map<string, PublicHolder> {
  const holders = new Map<string, PublicHolder>();
  for (const nic of nics) {
    for (const address of nic.addresses) {
      const seenAs = address.family === 6 ? address : nic.publicAddresses.get(address.key);
      if (seenAs !== undefined) holders.set(seenAs.key, { kind: 'interface', nic, address });
    }
  }
  for (const { noun: nat } of nats) {
    if (nat.availabilityMode !== 'regional') continue;
    for (const { publicIp } of nat.natGatewayAddresses) {
      if (publicIp !== undefined) holders.set(parseAddress(publicIp).key, { kind: 'regional-nat-gateway', nat });
    }
  }
  return holders;
}

/** Merges the answers of all accounts and Regions into one world. */
export function buildWorld(regions: readonly RegionSnapshot[]): World {
  const nics = nicsOf(regions);
  const nicsByVpc = new Map<string, Nic[]>();
  for (const nic of nics.values()) {
    const list = nicsByVpc.get(nic.vpcId);
    if (list === undefined) nicsByVpc.set(nic.vpcId, [nic]);
    else list.push(nic);
  }
  const natGateways = gatherById(regions, 'natGateways', ({ natGatewayId }) => natGatewayId);
  const peerings = gatherById(regions, 'vpcPeeringConnections', ({ vpcPeeringConnectionId }) => vpcPeeringConnectionId);
  const instances = gatherById(regions, 'instances', ({ instanceId }) => instanceId);
  const ownRanges = gather(regions, 'addresses').filter(({ noun }) => noun.publicIpv4Pool?.startsWith('ipv4pool-'));
  return {
    regions,
    isComplete: coverageOf(regions),
    vpcs: vpcsOf(regions),
    subnets: subnetsOf(regions),
    nics,
    nicsByVpc,
    publicHolders: publicHoldersOf(nics.values(), natGateways.values()),
    instanceStates: new Map([...instances].map(([id, { noun }]) => [id, noun.state])),
    groups: groupsOf(regions),
    acls: aclsOf(regions),
    tables: tablesOf(regions),
    prefixLists: prefixListsOf(regions),
    ownRangeAddresses: new Set(
      ownRanges.flatMap(({ noun }) => (noun.publicIp === undefined ? [] : [parseAddress(noun.publicIp).key])),
    ),
    internetGateways: gatherById(regions, 'internetGateways', ({ internetGatewayId }) => internetGatewayId),
    egressOnlyGateways: gatherById(
      regions,
      'egressOnlyInternetGateways',
      ({ egressOnlyInternetGatewayId }) => egressOnlyInternetGatewayId,
    ),
    natGateways,
    vpnGateways: gatherById(regions, 'vpnGateways', ({ vpnGatewayId }) => vpnGatewayId),
    vpnConnections: gather(regions, 'vpnConnections').map(({ noun }) => noun),
    peerings: new Map([...peerings].map(([id, { noun }]) => [id, noun])),
    endpoints: gatherById(
      regions,
      'vpcEndpoints',
      ({ vpcEndpointId }) => vpcEndpointId,
      ({ ownerId }) => ownerId,
    ),
    endpointServices: gather(regions, 'vpcEndpointServiceConfigurations').map(({ noun }) => noun),
    transit: transitOf(regions),
    balancers: balancersOf(regions),
  };
}
