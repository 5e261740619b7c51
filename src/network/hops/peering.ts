import type {
  VpcPeeringConnection,
  VpcPeeringConnectionVpcInfo,
} from '../../model/resources/vpc-peering-connection.ts';
import { missingResource } from '../facts/inventory.ts';
import { addressesOfSide } from '../facts/peering-side.ts';
import { peeringById, vpcById } from '../facts/resources-by-id.ts';
import type { AddressSet } from '../sets/address-set.ts';
import { everyIpv4Packet, everyIpv6Packet, intersectTraffic, type Traffic } from '../sets/traffic.ts';
import { blocked, doubted, type Flow, identityLost, isBackAt, isGoal, withStep } from '../path/flow.ts';
import { admitOnly } from '../path/pass-filter.ts';
import { entered } from '../path/entering-vpc.ts';
import type { Place } from '../path/place.ts';
import { end, go, type Step } from '../path/step.ts';
import { outboundReferencesEnd } from './outbound-references.ts';

/**
 * From one VPC to its peer. Never transitive: source and destination lie in the two VPCs, and no gateway of either side
 * can be used from the other (VPC peering guide, limitations).
 */
export function crossPeering(flow: Flow, { id, vpcId }: Extract<Place, { kind: 'peering' }>): Step {
  const component = { id, type: 'vpc-peering-connection' as const };
  const peering = peeringById(flow.journey.snapshot).get(id)?.resource;
  if (peering === undefined) {
    const missing = missingResource(flow.journey.snapshot, 'vpcPeeringConnections', id, {
      accountId: vpcById(flow.journey.snapshot).get(vpcId)?.resource.ownerId,
    });
    return end(
      doubted(flow, { explanationCode: 'UNKNOWN_RESOURCE', component, text: `${id} is not known.` }, [missing]),
    );
  }
  const sides = sidesFrom(peering, vpcId);
  if (sides === undefined) {
    const text = `${id} does not join ${vpcId}.`;
    return end(blocked(flow, { explanationCode: 'BAD_STATE_ATTACHMENT', component, text }));
  }
  let next = flow;
  if (peering.statusCode !== 'active') {
    const text = `${id} is ${peering.statusCode ?? 'in an unknown state'}, not active.`;
    next = blocked(next, { explanationCode: 'BAD_STATE', component, text });
  }
  const [own, peer] = sides;
  const permitted = between(addressesOfSide(flow.journey.snapshot, own), addressesOfSide(flow.journey.snapshot, peer));
  if (permitted.length > 0) {
    next = admitOnly(next, (seen) => intersectTraffic(seen, permitted), {
      explanationCode: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR',
      component,
      text: `${id} carries packets from addresses of ${own.vpcId ?? 'one VPC'} to addresses of ${peer.vpcId ?? 'the other'} alone; it is not transitive.`,
    });
    if (
      next.findings?.last.explanation.explanationCode === 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR' &&
      next.findings.last.traffic === next.asked
    ) {
      return end(next);
    }
  }
  next = withStep(next, { component, effect: 'admits', vpcId });
  if (isBackAt(next, id)) return { kind: 'arrived', flow: next };
  if (isGoal(next, id) && peer.vpcId !== undefined)
    return go(next, { kind: 'delivered', to: undefined, reply: { kind: 'peering', id, vpcId: peer.vpcId }, goal: id });
  const peerId = peer.vpcId;
  if (peerId === undefined || !vpcById(flow.journey.snapshot).has(peerId)) {
    const missing = missingResource(flow.journey.snapshot, 'vpcs', peerId ?? 'the peer VPC', {
      accountId: peer.ownerId,
      region: peer.region,
    });
    const text = `The peer ${peerId ?? 'VPC'} (account ${peer.ownerId ?? 'unknown'}, ${peer.region ?? 'unknown Region'}) is not in the snapshot.`;
    return end(doubted(next, { explanationCode: 'NOT_COLLECTED', component, text }, [missing]));
  }
  if (own.region !== peer.region) next = outboundReferencesEnd(next, component);
  const identity = own.region === peer.region ? next.identity : identityLost(next.identity, component);
  const back: Place = { kind: 'peering', id, vpcId: peerId };
  return go(entered({ ...next, identity, arrivedBy: 'peering' }, peerId, back), {
    kind: 'in-vpc',
    vpcId: peerId,
    subnet: undefined,
  });
}

function sidesFrom(
  peering: VpcPeeringConnection,
  vpcId: string,
): readonly [VpcPeeringConnectionVpcInfo, VpcPeeringConnectionVpcInfo] | undefined {
  const { requesterVpcInfo: one, accepterVpcInfo: other } = peering;
  if (one === undefined || other === undefined) return undefined;
  if (one.vpcId === vpcId) return [one, other];
  return other.vpcId === vpcId ? [other, one] : undefined;
}

function between(from: AddressSet, to: AddressSet): Traffic {
  return [
    ...(from.ipv4.length > 0 && to.ipv4.length > 0
      ? [{ ...everyIpv4Packet, sources: from.ipv4, destinations: to.ipv4 }]
      : []),
    ...(from.ipv6.length > 0 && to.ipv6.length > 0
      ? [{ ...everyIpv6Packet, sources: from.ipv6, destinations: to.ipv6 }]
      : []),
  ];
}
