import type { TransitGatewayRoute } from '../../../src/model/resources/transit-gateway-route-table.ts';
import { type Cidr, contains, parseCidr } from './address.ts';
import { dropped, type Ending, type Journey, note, unknownBeyond } from './journey.ts';

/** Where a route of a transit gateway leads. */
export interface TransitTarget {
  readonly attachmentId: string;
  readonly type: string | undefined;
}

interface Candidate {
  readonly length: number;
  /** At equal length: static, then prefix-list reference, then propagated. */
  readonly rank: 1 | 2 | 3;
  readonly blackhole: boolean;
  readonly targets: readonly TransitTarget[];
}

function longest(cidrs: readonly Cidr[], journey: Journey): number {
  let length = -1;
  for (const cidr of cidrs) {
    if (contains(cidr, journey.packet.destination) && cidr.length > length) length = cidr.length;
  }
  return length;
}

const isOf = (route: TransitGatewayRoute, tableId: string, prefixListId: string): boolean =>
  route.transitGatewayRouteTableId === tableId && route.prefixListId === prefixListId;

function candidatesOf(journey: Journey, tableId: string): readonly Candidate[] {
  const { transit, prefixLists } = journey.world;
  const found: Candidate[] = [];
  for (const route of transit.routes) {
    if (route.transitGatewayRouteTableId !== tableId || route.destinationCidrBlock === undefined) continue;
    if (route.state !== 'active' && route.state !== 'blackhole') continue;
    const cidr = parseCidr(route.destinationCidrBlock);
    if (!contains(cidr, journey.packet.destination)) continue;
    const listed = route.prefixListId !== undefined;
    found.push({
      length: cidr.length,
      rank: listed ? 2 : route.type === 'propagated' ? 3 : 1,
      blackhole: route.state === 'blackhole',
      targets: route.transitGatewayAttachments.map((attachment) => ({
        attachmentId: attachment.transitGatewayAttachmentId ?? '',
        type: attachment.resourceType,
      })),
    });
  }
  for (const reference of transit.prefixListReferences) {
    if (reference.transitGatewayRouteTableId !== tableId || reference.state === 'deleting') continue;
    const cidrs = prefixLists.get(reference.prefixListId);
    // The search answers each entry of a list as a route of its own. Without one, an unread list may hold any address.
    if (transit.routes.some((route) => isOf(route, tableId, reference.prefixListId))) continue;
    const key = `route ${tableId} ${reference.prefixListId} ${journey.packet.destination.key}`;
    const may = cidrs === undefined && journey.choices.pick('not-known', key, 2) === 1;
    const length = cidrs === undefined ? (may ? 129 : -1) : longest(cidrs, journey);
    if (length < 0) continue;
    const attachmentId = reference.transitGatewayAttachmentId ?? '';
    found.push({
      length,
      rank: 2,
      blackhole: reference.blackhole === true,
      targets: [{ attachmentId, type: transit.typeOfAttachment.get(attachmentId) }],
    });
  }
  return found;
}

function tableIsRead(journey: Journey, tableId: string): boolean {
  return journey.world.regions.some(({ resources }) => {
    const { transitGatewayRouteTables, transitGatewayRoutes } = resources;
    return (
      transitGatewayRouteTables.status === 'collected' &&
      transitGatewayRouteTables.resources.some((table) => table.transitGatewayRouteTableId === tableId) &&
      transitGatewayRoutes.status === 'collected' &&
      !transitGatewayRoutes.missing.some(({ resourceId }) => resourceId === tableId)
    );
  });
}

/** The attachment to which the table sends the packet. Equal-cost routes name several: AWS picks. */
export function transitRoute(journey: Journey, tableId: string): TransitTarget | Ending {
  if (!tableIsRead(journey, tableId)) return unknownBeyond(journey, tableId, 'its routes could not be read');
  let best: Candidate | undefined;
  for (const candidate of candidatesOf(journey, tableId)) {
    const better =
      best === undefined ||
      candidate.length > best.length ||
      (candidate.length === best.length && candidate.rank < best.rank);
    if (better) best = candidate;
  }
  if (best === undefined) return dropped(journey, tableId, 'no route');
  if (best.blackhole) return dropped(journey, tableId, 'black hole');
  const target = best.targets[journey.choices.pick('aws', `ecmp ${tableId}`, best.targets.length)];
  if (target === undefined) return dropped(journey, tableId, 'a route without attachment');
  note(journey, tableId, `route to ${target.attachmentId}`);
  return target;
}
