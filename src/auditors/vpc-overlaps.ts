import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { ResourceEvidence } from '../model/verdict/evidence.ts';
import { derive, type Derived } from '../network/facts/derive.ts';
import { everywhere } from '../network/facts/inventory.ts';
import { peeringById, vpcById } from '../network/facts/resources-by-id.ts';
import { parseCidr } from '../network/sets/cidr.ts';
import type { Bound } from '../network/sets/intervals.ts';
import { groupBy } from './group-by.ts';
import { farSideOf, sidesOf } from './peering-sides.ts';

/** Two VPCs between which one block means two places. */
export interface Overlap {
  readonly vpcIds: readonly [string, string];
  readonly blocks: readonly [string, string];
  /** What joins them: a transit gateway route table, or the VPC that is peered with both and the two peerings. */
  readonly via: readonly ResourceEvidence[];
}

interface PlacedBlock {
  readonly vpcId: string;
  readonly block: string;
  readonly family: 4 | 6;
  readonly from: Bound;
  readonly to: Bound;
  readonly via: string;
}

const propagations = everywhere('transitGatewayRouteTablePropagations');

const placed = (vpcId: string, blocks: readonly string[], via: string): readonly PlacedBlock[] =>
  blocks.flatMap((block) => {
    const cidr = parseCidr(block).value;
    const [from, to] = cidr?.addresses ?? [];
    return cidr === undefined || from === undefined || to === undefined
      ? []
      : [{ vpcId, block, family: cidr.family, from, to, via }];
  });

/** Blocks of different VPCs that overlap, by one pass over all of them in order. */
function overlapping(blocks: readonly PlacedBlock[]): readonly (readonly [PlacedBlock, PlacedBlock])[] {
  const sorted = blocks.toSorted(
    (a, b) => a.family - b.family || (a.from < b.from ? -1 : a.from > b.from ? 1 : a.vpcId < b.vpcId ? -1 : 1),
  );
  return sorted.flatMap((one, index) => {
    const found: (readonly [PlacedBlock, PlacedBlock])[] = [];
    for (let i = index + 1; i < sorted.length; i++) {
      const other = sorted[i] as PlacedBlock;
      if (other.family !== one.family || other.from >= one.to) break;
      if (other.vpcId !== one.vpcId) found.push(one.vpcId < other.vpcId ? [one, other] : [other, one]);
    }
    return found;
  });
}

const part = (resourceType: string, resourceId: string, role: string): ResourceEvidence => ({
  type: 'resource',
  resourceType,
  resourceId,
  role,
});

/**
 * VPCs with overlapping blocks that some table has to tell apart and cannot: both peered with one VPC (VPC peering guide,
 * overlapping CIDR blocks), or both propagating into one transit gateway route table, of which one route wins.
 */
export const overlaps: Derived<Snapshot, readonly Overlap[]> = derive((snapshot) => [
  ...throughPeerings(snapshot),
  ...throughTransitGateways(snapshot),
]);

function throughPeerings(snapshot: Snapshot): readonly Overlap[] {
  const peerings = [...peeringById(snapshot).values()]
    .map(({ resource }) => resource)
    .filter(({ statusCode }) => statusCode === 'active');
  const middles = peerings.flatMap((own) =>
    sidesOf(snapshot, own).flatMap(({ vpcId }) => {
      const far = vpcId === undefined ? undefined : farSideOf(snapshot, own, vpcId);
      return vpcId === undefined || far?.vpcId === undefined
        ? []
        : [{ middle: vpcId, blocks: placed(far.vpcId, far.blocks, own.vpcPeeringConnectionId) }];
    }),
  );
  return [...groupBy(middles, ({ middle }) => middle)].flatMap(([middle, entries]) =>
    overlapping(entries.flatMap(({ blocks }) => blocks)).map(
      ([one, other]): Overlap => ({
        vpcIds: [one.vpcId, other.vpcId],
        blocks: [one.block, other.block],
        via: [
          part('vpc', middle, 'peered-with-both'),
          part('vpc-peering-connection', one.via, 'connects'),
          part('vpc-peering-connection', other.via, 'connects'),
        ],
      }),
    ),
  );
}

function throughTransitGateways(snapshot: Snapshot): readonly Overlap[] {
  const links = propagations(snapshot)
    .map(({ resource }) => resource)
    .filter(({ resourceType, state }) => resourceType === 'vpc' && state === 'enabled');
  return [...groupBy(links, ({ transitGatewayRouteTableId }) => transitGatewayRouteTableId)].flatMap(
    ([tableId, own]) => {
      const vpcIds = new Set(own.flatMap(({ resourceId }) => resourceId ?? []));
      const blocks = [...vpcIds].flatMap((vpcId) => {
        const vpc = vpcById(snapshot).get(vpcId)?.resource;
        return placed(vpcId, [...(vpc?.cidrBlocks ?? []), ...(vpc?.ipv6CidrBlocks ?? [])], tableId);
      });
      return overlapping(blocks).map(
        ([one, other]): Overlap => ({
          vpcIds: [one.vpcId, other.vpcId],
          blocks: [one.block, other.block],
          via: [part('transit-gateway-route-table', tableId, 'propagates-both')],
        }),
      );
    },
  );
}
