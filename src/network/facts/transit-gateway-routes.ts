import type { TransitGatewayRoute } from '../../model/resources/transit-gateway-route-table.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { TransitGatewayRouteEvidence } from '../../model/verdict/path.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { type Candidate, partition, type Stretch } from '../filters/prefix-partition.ts';
import type { Known } from '../known.ts';
import { type Cidr, parseCidr } from '../sets/cidr.ts';
import type { Bound } from '../sets/intervals.ts';
import { derive, type Derived } from './derive.ts';
import { compareText, groupedBy, regionsInOrder } from './inventory.ts';
import { prefixListBlocks } from './prefix-lists.ts';
import { byId } from './inventory.ts';
import type { ById, Grouped } from './resources-by-id.ts';

const tableById: ById<'transitGatewayRouteTables'> = byId(
  'transitGatewayRouteTables',
  ({ transitGatewayRouteTableId }) => transitGatewayRouteTableId,
);
const routesOf: Grouped<'transitGatewayRoutes'> = groupedBy(
  'transitGatewayRoutes',
  ({ transitGatewayRouteTableId }) => transitGatewayRouteTableId,
);
const referencesOf: Grouped<'transitGatewayPrefixListReferences'> = groupedBy(
  'transitGatewayPrefixListReferences',
  ({ transitGatewayRouteTableId }) => transitGatewayRouteTableId,
);
const associationsOf: Grouped<'transitGatewayRouteTableAssociations'> = groupedBy(
  'transitGatewayRouteTableAssociations',
  ({ transitGatewayAttachmentId }) => transitGatewayAttachmentId,
);

/** A route of a transit gateway with the attachments that it leads to: several where paths of equal cost share it. */
export interface CompiledTransitRoute {
  readonly evidence: TransitGatewayRouteEvidence;
  readonly blackhole: boolean;
  readonly attachmentIds: readonly string[];
}

/** A route table of a transit gateway as the partition of destinations that its routes amount to. */
export interface CompiledTransitTable {
  readonly id: string;
  readonly ipv4: readonly Stretch<CompiledTransitRoute>[];
  readonly ipv6: readonly Stretch<CompiledTransitRoute>[];
  /** Routes for prefix lists whose entries are not known: they may take anything. */
  readonly unreadable: readonly { readonly route: CompiledTransitRoute; readonly missing: Missing }[];
}

/** The standing of a propagated route by what it was propagated from (transit gateway guide, route evaluation order). */
const propagatedRank = ['vpc', 'direct-connect-gateway', 'connect', 'vpn', 'client-vpn', 'peering'];

const memo: Derived<Snapshot, Map<string, Known<CompiledTransitTable>>> = derive(() => new Map());

/** The routes of a transit gateway's table; unknown to anybody but the gateway's owner. */
export function transitGatewayTable(snapshot: Snapshot, id: string): Known<CompiledTransitTable> {
  const known = memo(snapshot);
  let table = known.get(id);
  if (table === undefined) {
    table = compile(snapshot, id);
    known.set(id, table);
  }
  return table;
}

function compile(snapshot: Snapshot, id: string): Known<CompiledTransitTable> {
  const located = tableById(snapshot).get(id);
  const collected = located?.region.resources.transitGatewayRoutes;
  const unread = collected?.status === 'collected' && collected.missing.some(({ resourceId }) => resourceId === id);
  if (located === undefined || collected?.status !== 'collected' || unread) {
    return {
      missing: {
        fact: `the routes of ${id}, which only the transit gateway's owner can read`,
        iamAction: 'ec2:SearchTransitGatewayRoutes',
      },
    };
  }
  const ipv4: Candidate<CompiledTransitRoute>[] = [];
  const ipv6: Candidate<CompiledTransitRoute>[] = [];
  const unreadable: { route: CompiledTransitRoute; missing: Missing }[] = [];
  const add = (blocks: Known<readonly Cidr[]>, rank: number, route: CompiledTransitRoute): void => {
    if (blocks.missing !== undefined) {
      unreadable.push({ route, missing: blocks.missing });
      return;
    }
    const target = `${route.attachmentIds.join(' ')} ${route.blackhole}`;
    for (const { family, prefixLength: length, addresses } of blocks.value) {
      const [from, to] = addresses as readonly [Bound, Bound];
      (family === 4 ? ipv4 : ipv6).push({ from, to, length, rank, route, target });
    }
  };
  const listed = new Set<string>();
  for (const { resource } of routesOf(snapshot).get(id) ?? []) {
    if (resource.state !== 'active' && resource.state !== 'blackhole') continue;
    // The search answers each entry of a referenced list as a route of its own: what it lists needs no reading of the list.
    if (resource.prefixListId !== undefined) listed.add(resource.prefixListId);
    add(blocksOf(snapshot, resource), rankOf(resource), toCompiled(id, resource));
  }
  for (const { resource } of referencesOf(snapshot).get(id) ?? []) {
    if (listed.has(resource.prefixListId) || resource.state === 'deleting') continue;
    const attachmentIds =
      resource.transitGatewayAttachmentId === undefined ? [] : [resource.transitGatewayAttachmentId];
    const blackhole = resource.blackhole === true;
    const evidence = evidenceOf(
      id,
      resource.prefixListId,
      'prefix-list',
      blackhole ? 'blackhole' : 'active',
      attachmentIds[0],
    );
    add(prefixListBlocks(snapshot, resource.prefixListId), 1, { evidence, blackhole, attachmentIds });
  }
  return { value: { id, ipv4: partition(ipv4), ipv6: partition(ipv6), unreadable } };
}

function blocksOf(snapshot: Snapshot, route: TransitGatewayRoute): Known<readonly Cidr[]> {
  if (route.destinationCidrBlock === undefined) {
    return route.prefixListId === undefined ? { value: [] } : prefixListBlocks(snapshot, route.prefixListId);
  }
  const cidr = parseCidr(route.destinationCidrBlock);
  return cidr.reason === undefined ? { value: [cidr.value] } : { missing: { fact: cidr.reason } };
}

function rankOf(route: TransitGatewayRoute): number {
  if (route.prefixListId !== undefined) return 1;
  if (route.type !== 'propagated') return 0;
  const from = propagatedRank.indexOf(route.transitGatewayAttachments[0]?.resourceType ?? '');
  return 2 + (from < 0 ? propagatedRank.length : from);
}

function toCompiled(id: string, route: TransitGatewayRoute): CompiledTransitRoute {
  const attachmentIds = route.transitGatewayAttachments
    .map(({ transitGatewayAttachmentId }) => transitGatewayAttachmentId)
    .filter((attachmentId) => attachmentId !== undefined)
    .sort(compareText);
  const blackhole = route.state === 'blackhole';
  const destination = route.destinationCidrBlock ?? route.prefixListId ?? '';
  return {
    evidence: evidenceOf(id, destination, route.type ?? 'static', route.state ?? 'active', attachmentIds[0]),
    blackhole,
    attachmentIds,
  };
}

const evidenceOf = (
  id: string,
  destination: string,
  routeType: string,
  state: string,
  attachmentId: string | undefined,
): TransitGatewayRouteEvidence => ({
  type: 'transit-gateway-route',
  transitGatewayRouteTableId: id,
  destination,
  routeType,
  state,
  ...(attachmentId === undefined ? {} : { transitGatewayAttachmentId: attachmentId }),
});

/**
 * The one route table that decides where packets from an attachment go: its id, `null` where the attachment has none, or
 * what is missing to tell.
 */
export function associatedTransitTable(
  snapshot: Snapshot,
  attachmentId: string,
  transitGatewayId: string,
): Known<string | null> {
  const links = (associationsOf(snapshot).get(attachmentId) ?? []).filter(
    ({ resource }) =>
      tableById(snapshot).get(resource.transitGatewayRouteTableId)?.resource.transitGatewayId === transitGatewayId,
  );
  const link = links.find(({ resource }) => resource.state === 'associated' || resource.state === undefined);
  if (link !== undefined) return { value: link.resource.transitGatewayRouteTableId };
  for (const region of regionsInOrder(snapshot)) {
    const attachments = region.resources.transitGatewayAttachments;
    if (attachments.status !== 'collected') continue;
    const own = attachments.resources.find(
      (attachment) =>
        attachment.transitGatewayAttachmentId === attachmentId && attachment.transitGatewayId === transitGatewayId,
    );
    const table = own?.associationState === 'associated' ? own.associationRouteTableId : undefined;
    if (table !== undefined) return { value: table };
  }
  const owned = regionsInOrder(snapshot).some(
    ({ resources: { transitGatewayRouteTables: tables, transitGatewayRouteTableAssociations: associations } }) =>
      tables.status === 'collected' &&
      associations.status === 'collected' &&
      tables.resources.some((table) => table.transitGatewayId === transitGatewayId),
  );
  if (owned) return { value: null };
  return {
    missing: {
      fact: `the route table of ${attachmentId}, which only the transit gateway's owner can read`,
      iamAction: 'ec2:GetTransitGatewayRouteTableAssociations',
    },
  };
}
