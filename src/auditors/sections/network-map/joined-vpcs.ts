import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { compareText, everywhere } from '../../../network/facts/inventory.ts';
import { peeringById, transitGatewayVpcAttachmentById } from '../../../network/facts/resources-by-id.ts';

/** Two VPCs and what joins them. */
export interface Joint {
  readonly type: 'vpc-peering-connection' | 'transit-gateway';
  readonly id: string;
  readonly peerTransitGatewayId?: string;
  readonly state?: string;
  readonly vpcIds: readonly [string, string];
}

const transitPeerings = everywhere('transitGatewayPeeringAttachments');

/** Every pair of VPCs with a peering connection, or attached to one transit gateway or to two that are peered. */
export const joints: Derived<Snapshot, readonly Joint[]> = derive((snapshot) => [
  ...peerings(snapshot),
  ...transits(snapshot),
]);

const inOrder = (a: string, b: string): readonly [string, string] => (a < b ? [a, b] : [b, a]);

function peerings(snapshot: Snapshot): readonly Joint[] {
  return [...peeringById(snapshot).values()]
    .flatMap(({ resource }): readonly Joint[] => {
      const { vpcPeeringConnectionId: id, statusCode: state } = resource;
      const [here, there] = [resource.requesterVpcInfo?.vpcId, resource.accepterVpcInfo?.vpcId];
      if (here === undefined || there === undefined || state === 'deleted') return [];
      const [one, other] = inOrder(here, there);
      return [{ type: 'vpc-peering-connection', id, ...(state === undefined ? {} : { state }), vpcIds: [one, other] }];
    })
    .sort((a, b) => compareText(a.id, b.id));
}

function transits(snapshot: Snapshot): readonly Joint[] {
  const attached = new Map<string, Set<string>>();
  for (const { resource } of transitGatewayVpcAttachmentById(snapshot).values()) {
    const { transitGatewayId, vpcId, state } = resource;
    if (transitGatewayId === undefined || vpcId === undefined || state === 'deleted') continue;
    attached.set(transitGatewayId, (attached.get(transitGatewayId) ?? new Set()).add(vpcId));
  }
  const within = [...attached]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([id, vpcIds]) => pairsOf([...vpcIds].sort(compareText)).map((pair) => joint(id, undefined, pair)));
  const peered = peeredGateways(snapshot).flatMap(([here, there]) =>
    [...(attached.get(here) ?? [])]
      .sort(compareText)
      .flatMap((one) => [...(attached.get(there) ?? [])].sort(compareText).map((other) => [one, other] as const))
      .filter(([one, other]) => one !== other)
      .map(([one, other]) => (one < other ? joint(here, there, [one, other]) : joint(there, here, [other, one]))),
  );
  return [...within, ...peered];
}

const joint = (id: string, peerTransitGatewayId: string | undefined, vpcIds: readonly [string, string]): Joint => ({
  type: 'transit-gateway',
  id,
  ...(peerTransitGatewayId === undefined ? {} : { peerTransitGatewayId }),
  vpcIds,
});

const pairsOf = (sorted: readonly string[]): readonly (readonly [string, string])[] =>
  sorted.flatMap((one, at) => sorted.slice(at + 1).map((other) => [one, other] as const));

/** Transit gateways that are peered, each pair once; both sides answer the peering, and each under its own id. */
function peeredGateways(snapshot: Snapshot): readonly (readonly [string, string])[] {
  const pairs = new Map<string, readonly [string, string]>();
  for (const { resource } of transitPeerings(snapshot)) {
    const [here, there] = [resource.requesterTgwInfo?.transitGatewayId, resource.accepterTgwInfo?.transitGatewayId];
    if (here === undefined || there === undefined || resource.state === 'deleted') continue;
    const [one, other] = inOrder(here, there);
    pairs.set(`${one} ${other}`, [one, other]);
  }
  return [...pairs].sort(([a], [b]) => compareText(a, b)).map(([, pair]) => pair);
}
