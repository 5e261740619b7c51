import { compareText } from '../../../findings/order.ts';
import type { SubnetExposure } from '../../../model/verdict/defence-in-depth.ts';
import type { MapRouteTable, MapSubnet, NetworkMap, SubnetTier } from '../../../model/verdict/network-map.ts';
import { counted, seriesOfMost } from '../../wording.ts';
import { connectionsOf } from './map-connections.ts';
import { alike, type MapNode, type Some } from './map-node.ts';
import { contentWords, exposureWords, targetWords, tierWords, worstExposure } from './map-words.ts';

/** A subnet's box with the zone that it stands in. */
export interface SubnetNode extends MapNode {
  readonly zone: string;
  readonly tier: SubnetTier;
}

/** From a box to a box of the next column. */
export interface MapLink {
  readonly from: string;
  readonly to: string;
  readonly kind: 'exposed' | 'limited' | 'plain' | 'dead';
  /** A route to the internet that lets nobody in. */
  readonly isStopped: boolean;
}

/** What a map shows, before anything has a place. */
export interface MapNodes {
  readonly subnets: readonly SubnetNode[];
  readonly routeTables: readonly MapNode[];
  readonly connections: readonly MapNode[];
  readonly links: readonly MapLink[];
}

/** More of them than this, and those that are alike become one box. */
const most = { subnets: 24, routeTables: 16 };

/** The boxes and lines of one VPC; the more there is, the more is told together. */
export function mapNodes(map: NetworkMap): MapNodes {
  const signatures = new Map(map.routeTables.map((table) => [table.routeTableId, signatureOf(table)]));
  const placeOf = ({ availabilityZone = '', tier, exposure }: MapSubnet): string =>
    [availabilityZone, tier, exposure].join('\n');
  const subnetGroups = alike(map.subnets, most.subnets, [
    (subnet) => [placeOf(subnet), subnet.roles.join(), signatures.get(subnet.routeTableId ?? '') ?? ''].join('\n'),
    placeOf,
  ]);
  const used = map.routeTables.filter(
    ({ subnetIds, isMain }) => subnetIds.length > 0 || (isMain && map.routeTables.length === 1),
  );
  const tableGroups = alike(used, most.routeTables, [signatureOf, kindsOf]);
  const connections = connectionsOf(map);
  const subnets = subnetGroups.map((group) => subnetNode(group));
  const tableOf = new Map(
    tableGroups.flatMap((group) => group.map(({ routeTableId }) => [routeTableId, tableKey(group)])),
  );
  const exposures = new Map(map.subnets.map((subnet) => [subnet.subnetId, subnet.exposure]));
  return {
    subnets,
    routeTables: tableGroups.map((group) => tableNode(group)),
    connections: connections.nodes,
    links: [
      ...subnetGroups.flatMap((group) => {
        const [{ exposure, tier }] = group;
        const tables = new Set(group.flatMap(({ routeTableId }) => tableOf.get(routeTableId ?? '') ?? []));
        return [...tables].map(
          (to): MapLink => ({
            from: subnetKey(group),
            to,
            kind: linkKind(exposure),
            isStopped: tier === 'public' && exposure === 'blocked',
          }),
        );
      }),
      ...tableGroups.flatMap((group) => tableLinks(group, connections.keyOf, exposures)),
    ],
  };
}

const subnetKey = ([first]: Some<MapSubnet>): string => `subnet ${first.subnetId}`;
const tableKey = ([first]: Some<MapRouteTable>): string => `table ${first.routeTableId}`;

function subnetNode(group: Some<MapSubnet>): SubnetNode {
  const [first] = group;
  const exposure = worstExposure(group.map((subnet) => subnet.exposure));
  const contents = contentWords(group.flatMap(({ interfaces }) => interfaces));
  const tier = tierWords[first.tier];
  const one = group.length === 1;
  return {
    key: subnetKey(group),
    kind: 'subnet',
    zone: first.availabilityZone ?? '',
    tier: first.tier,
    name: one ? (first.name ?? first.subnetId) : counted(group.length, 'subnet'),
    id: one
      ? first.cidrBlocks.join(' ')
      : seriesOfMost(
          group.map(({ name, subnetId }) => name ?? subnetId),
          2,
        ),
    notes: [[tier, contents].filter((part) => part !== '').join(', '), exposureWords[exposure]],
    exposure,
    title: `${one ? `Subnet ${first.subnetId}${first.name === undefined ? '' : ` (${first.name})`} ${first.cidrBlocks.join(' ')}` : `${counted(group.length, 'subnet')} alike`}: ${tier}; ${contents === '' ? 'empty' : contents}; ${exposureWords[exposure]}`,
  };
}

function tableNode(group: Some<MapRouteTable>): MapNode {
  const [first] = group;
  const routes = first.targets.reduce((sum, target) => sum + target.routes, 0);
  const one = group.length === 1;
  return {
    key: tableKey(group),
    kind: 'route-table',
    name: one ? (first.name ?? first.routeTableId) : counted(group.length, 'route table'),
    id: one && first.name !== undefined ? first.routeTableId : '',
    notes: [`${first.isMain ? 'main, ' : ''}${counted(routes, 'route')}`],
    exposure: undefined,
    title: `${one ? `Route table ${first.routeTableId}` : `${counted(group.length, 'route table')} alike`}: ${first.targets.map(targetWords).join('; ')}`,
  };
}

/** Tables with the same signature send their subnets' packets the same ways. */
const signatureOf = ({ targets }: MapRouteTable): string =>
  targets
    .map(({ kind, id, state }) => `${kind} ${id} ${state}`)
    .sort(compareText)
    .join('\n');

/** The same by what kinds of ways there are. */
const kindsOf = ({ targets }: MapRouteTable): string =>
  [...new Set(targets.map(({ kind, state }) => `${kind} ${state}`))].sort(compareText).join('\n');

const linkKind = (exposure: SubnetExposure): MapLink['kind'] =>
  exposure === 'exposed' ? 'exposed' : exposure === 'limited' ? 'limited' : 'plain';

function tableLinks(
  group: Some<MapRouteTable>,
  keyOf: (id: string) => string,
  exposures: ReadonlyMap<string, SubnetExposure>,
): readonly MapLink[] {
  const worst = worstExposure(group.flatMap(({ subnetIds }) => subnetIds.flatMap((id) => exposures.get(id) ?? [])));
  const found = new Map<string, MapLink>();
  for (const { kind, id, state } of group.flatMap(({ targets }) => targets)) {
    if (kind === 'local') continue;
    const to = keyOf(id);
    const isWayIn = kind === 'internet-gateway';
    const link: MapLink = {
      from: tableKey(group),
      to,
      kind: state === 'active' ? (isWayIn ? linkKind(worst) : 'plain') : 'dead',
      isStopped: state !== 'active' || (isWayIn && worst === 'blocked'),
    };
    if (!found.has(to)) found.set(to, link);
  }
  return [...found.values()];
}
