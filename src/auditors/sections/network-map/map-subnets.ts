import type { NetworkInterface } from '../../../model/resources/network-interface.ts';
import type { Subnet } from '../../../model/resources/subnet.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import { nameOf } from '../../../model/tag.ts';
import type { SubnetExposure } from '../../../model/verdict/defence-in-depth.ts';
import type { InterfaceKind, MapSubnet, SubnetRole, SubnetTier } from '../../../model/verdict/network-map.ts';
import { compareText } from '../../../network/facts/inventory.ts';
import { internetAddresses } from '../../../network/facts/special-addresses.ts';
import { networkAclOfSubnet, routeTableOfSubnet } from '../../../network/facts/vpc-tables.ts';
import { type CompiledRouteTable, selectRoutes } from '../../../network/filters/route-selection.ts';
import type { Family } from '../../../network/sets/ip-address.ts';
import { interfaceKind } from '../../interface-kinds.ts';
import { spansInternet } from '../../internet-share.ts';
import { interfacesIn } from '../../vpc-inventory.ts';
import { ofFamily } from '../defence-in-depth/opening.ts';
import { subnetExposure } from '../defence-in-depth/subnet-exposure.ts';

/** A subnet as the map shows it. */
export function mapSubnet(snapshot: Snapshot, subnet: Subnet): MapSubnet {
  const { subnetId, availabilityZone, cidrBlock, ipv6CidrBlocks, vpcId } = subnet;
  const name = nameOf(subnet);
  const table = routeTableOfSubnet(snapshot, subnet).value;
  const networkAclId = networkAclOfSubnet(snapshot, subnet).value?.networkAclId;
  const counts = countKinds(interfacesIn(snapshot).get(subnetId) ?? []);
  const families = familiesOf(subnet);
  return {
    subnetId,
    ...(name === undefined ? {} : { name }),
    ...(availabilityZone === undefined ? {} : { availabilityZone }),
    cidrBlocks: [...(cidrBlock === undefined ? [] : [cidrBlock]), ...ipv6CidrBlocks],
    tier: table === undefined ? 'unknown' : tierByRoutes(table, families),
    roles: rolesOf(counts),
    exposure: worst(families.map((family) => subnetExposure(snapshot, vpcId, subnetId, family))),
    ...(table === undefined ? {} : { routeTableId: table.routeTableId }),
    ...(networkAclId === undefined ? {} : { networkAclId }),
    interfaces: [...counts].sort(([a], [b]) => compareText(a, b)).map(([kind, count]) => ({ kind, count })),
  };
}

const familiesOf = ({ cidrBlock, ipv6CidrBlocks }: Subnet): readonly Family[] => [
  ...(cidrBlock === undefined ? [] : [4 as const]),
  ...(ipv6CidrBlocks.length === 0 ? [] : [6 as const]),
];

function countKinds(interfaces: readonly NetworkInterface[]): ReadonlyMap<InterfaceKind, number> {
  const counts = new Map<InterfaceKind, number>();
  for (const own of interfaces) {
    const kind = interfaceKind(own);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

const roleKinds: readonly (readonly [role: SubnetRole, kinds: readonly InterfaceKind[]])[] = [
  ['load-balancer', ['load-balancer']],
  ['application', ['instance', 'container', 'function']],
  ['database', ['database']],
];

const rolesOf = (counts: ReadonlyMap<InterfaceKind, number>): readonly SubnetRole[] =>
  roleKinds.flatMap(([role, kinds]) => (kinds.some((kind) => counts.has(kind)) ? [role] : []));

const exposures: readonly SubnetExposure[] = ['exposed', 'limited', 'behind-load-balancer', 'unknown', 'blocked'];

const worst = (found: readonly SubnetExposure[]): SubnetExposure =>
  exposures.find((exposure) => found.includes(exposure)) ?? 'unknown';

/** The tier by the routes that take most of the internet, the more open of the two families counting. */
function tierByRoutes(table: CompiledRouteTable, families: readonly Family[]): SubnetTier {
  const ways = new Set(families.flatMap((family) => waysOut(table, family)));
  if (ways.has('internet-gateway')) return 'public';
  // A prefix list that could not be read may lead to the gateway
  if (table.unreadable.some(({ route }) => route.route.target.kind === 'internet-gateway')) return 'unknown';
  if (ways.has('nat-gateway')) return 'nat';
  if (ways.has('egress-only-internet-gateway')) return ways.size === 1 ? 'egress-only' : 'routed';
  return ways.size > 0 ? 'routed' : 'isolated';
}

/** The kinds of targets that take most of the internet, taken together. */
function waysOut(table: CompiledRouteTable, family: Family): readonly string[] {
  const all = family === 4 ? internetAddresses.ipv4 : internetAddresses.ipv6;
  return selectRoutes(table, family, all).flatMap(({ route, destinations }) => {
    if (route?.route.state !== 'active' || !spansInternet(ofFamily(family, destinations))) return [];
    const { kind } = route.route.target;
    return kind === 'local' ? [] : [kind];
  });
}
