import type { ResourceKey } from '../../../model/resources.ts';
import type { Vpc } from '../../../model/resources/vpc.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import { nameOf } from '../../../model/tag.ts';
import type { MapSubnet, NetworkMap } from '../../../model/verdict/network-map.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { compareText, gapIn, isAssumedOff, type Located } from '../../../network/facts/inventory.ts';
import { vpcById } from '../../../network/facts/resources-by-id.ts';
import { groupBy } from '../../group-by.ts';
import { subnetsIn } from '../../vpc-inventory.ts';
import { endpointsOfVpcs, gatewaysOfVpcs } from './map-gateways.ts';
import { mapRouteTables } from './map-route-tables.ts';
import { mapSubnet } from './map-subnets.ts';

/** One map for each VPC of the snapshot, in the order of their ids. */
export const networkMaps: Derived<Snapshot, readonly NetworkMap[]> = derive((snapshot) =>
  [...vpcById(snapshot).values()]
    .sort((a, b) => compareText(a.resource.vpcId, b.resource.vpcId))
    .map((located) => mapOf(snapshot, located)),
);

function mapOf(snapshot: Snapshot, located: Located<Vpc>): NetworkMap {
  const { vpcId, ownerId, isDefault, cidrBlocks, ipv6CidrBlocks } = located.resource;
  const { accountId, region } = located.region;
  const name = nameOf(located.resource);
  const subnets = (subnetsIn(snapshot).get(vpcId) ?? []).map((subnet) => mapSubnet(snapshot, subnet));
  return {
    accountId: ownerId ?? accountId,
    region,
    vpcId,
    ...(name === undefined ? {} : { name }),
    isDefault: isDefault === true,
    cidrBlocks: [...cidrBlocks, ...ipv6CidrBlocks],
    availabilityZones: zonesOf(subnets),
    subnets,
    routeTables: mapRouteTables(snapshot, vpcId, subnets),
    gateways: gatewaysOfVpcs(snapshot).get(vpcId) ?? [],
    endpoints: endpointsOfVpcs(snapshot).get(vpcId) ?? [],
    missing: drawn.flatMap((kind) => {
      const gap = isAssumedOff(located.region, kind) ? undefined : gapIn(located.region, kind);
      return gap ?? [];
    }),
  };
}

/** What a map is drawn from. */
const drawn: readonly ResourceKey[] = [
  'subnets',
  'routeTables',
  'networkAcls',
  'networkInterfaces',
  'internetGateways',
  'egressOnlyInternetGateways',
  'natGateways',
  'vpnGateways',
  'vpcEndpoints',
  'vpcPeeringConnections',
  'transitGatewayVpcAttachments',
];

function zonesOf(subnets: readonly MapSubnet[]): NetworkMap['availabilityZones'] {
  const byZone = groupBy(subnets, ({ availabilityZone = '' }) => availabilityZone);
  // The empty name sorts first and stands last
  return [...byZone]
    .sort(([a], [b]) => Number(a === '') - Number(b === '') || compareText(a, b))
    .map(([availabilityZone, own]) => ({ availabilityZone, subnetIds: own.map(({ subnetId }) => subnetId) }));
}
