import type { TransitGatewayAttachment } from '../../model/resources/transit-gateway.ts';
import { vpcAddresses } from '../facts/addresses.ts';
import { byId, compareText, missingResource } from '../facts/inventory.ts';
import type { ById } from '../facts/resources-by-id.ts';
import {
  transitGatewayAttachmentById,
  transitGatewayVpcAttachmentById,
  vpnConnectionsOfGateway,
} from '../facts/resources-by-id.ts';
import {
  associatedTransitTable,
  type CompiledTransitRoute,
  type CompiledTransitTable,
  transitGatewayTable,
} from '../facts/transit-gateway-routes.ts';
import { type Choice, select } from '../filters/prefix-partition.ts';
import { intersectIntervals, type Intervals } from '../sets/intervals.ts';
import type { Family } from '../sets/ip-address.ts';
import { blocked, doubted, type Flow, identityLost, isBackAt, isGoal, withStep } from '../path/flow.ts';
import type { Place } from '../path/place.ts';
import {
  addressesSeen,
  choice,
  destinationsOf,
  end,
  familiesOf,
  fork,
  go,
  lastingChoice,
  restricted,
  type Step,
} from '../path/step.ts';
import { leaveTransitGateway } from './transit-gateway.ts';
import { police } from './transit-gateway-policy.ts';

type AtAttachment = Extract<Place, { kind: 'transit-gateway-attachment' }>;

const peeringAttachmentById: ById<'transitGatewayPeeringAttachments'> = byId(
  'transitGatewayPeeringAttachments',
  ({ transitGatewayAttachmentId }) => transitGatewayAttachmentId,
);

/** Inside a transit gateway: a policy table first, then the table associated with the attachment that brought the packets. */
export function routeInTransitGateway(flow: Flow, place: AtAttachment): Step {
  return fork(
    police(flow, place.attachmentId, place.transitGatewayId).map((policed) => {
      if (policed.isOpen === true) return end(policed.flow);
      return policed.routeTableId === undefined
        ? byAssociation(policed.flow, place)
        : byTable(policed.flow, place, policed.routeTableId);
    }),
  );
}

function byAssociation(flow: Flow, place: AtAttachment): Step {
  const component = { id: place.attachmentId, type: 'transit-gateway-attachment' as const };
  const associated = associatedTransitTable(flow.journey.snapshot, place.attachmentId, place.transitGatewayId);
  if (associated.missing !== undefined) {
    const text = `The route table of ${place.attachmentId} is not visible.`;
    return end(doubted(flow, { explanationCode: 'TGW_RTB_ROUTES_ARE_UNKNOWN', component, text }, [associated.missing]));
  }
  if (associated.value !== null) return byTable(flow, place, associated.value);
  const text = `${place.attachmentId} is associated with no route table, so ${place.transitGatewayId} drops its packets.`;
  return end(blocked(flow, { explanationCode: 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION', component, text }));
}

function byTable(flow: Flow, place: AtAttachment, tableId: string): Step {
  const table = transitGatewayTable(flow.journey.snapshot, tableId);
  if (table.missing === undefined) return byRoute(flow, place, table.value);
  const component = { id: tableId, type: 'transit-gateway-route-table' as const };
  const text = `The routes of ${tableId} are not visible.`;
  return end(doubted(flow, { explanationCode: 'TGW_RTB_ROUTES_ARE_UNKNOWN', component, text }, [table.missing]));
}

function byRoute(flow: Flow, place: AtAttachment, table: CompiledTransitTable): Step {
  const steps: Step[] = [];
  for (const family of familiesOf(flow)) {
    const destinations = addressesSeen(flow, 'destinations', family);
    for (const selected of select(family === 4 ? table.ipv4 : table.ipv6, destinations)) {
      const part = restricted(flow, 'destinations', family, selected.destinations);
      if (part === undefined) continue;
      steps.push(besideUnreadable(part, place, table, (next) => taking(next, place, table, family, selected)));
    }
  }
  return fork(steps);
}

/** A list that was not read may hold the destination, with a longer prefix than the route selected. */
function besideUnreadable(
  flow: Flow,
  place: AtAttachment,
  table: CompiledTransitTable,
  known: (flow: Flow) => Step,
): Step {
  const { id, unreadable } = table;
  if (unreadable.length === 0) return known(flow);
  const ways = [
    { name: 'known', step: known },
    ...unreadable.map(({ route }) => ({
      name: route.evidence.destination,
      step: (next: Flow) => follow(next, place, id, route),
    })),
  ];
  const component = { id, type: 'transit-gateway-route-table' as const };
  const text = `A route of ${id} is for a prefix list whose entries are not known.`;
  const about = `unread ${id} ${destinationsOf(flow)}`;
  const missing = unreadable.map((one) => one.missing);
  return lastingChoice(flow, about, ways, { explanationCode: 'PREFIX_LIST_UNREADABLE', component, text }, missing);
}

function taking(
  flow: Flow,
  place: AtAttachment,
  { id }: CompiledTransitTable,
  family: Family,
  { route: best, rivals = [], destinations }: Choice<CompiledTransitRoute>,
): Step {
  const routes = [best, ...rivals].filter((route) => route !== undefined);
  if (routes.length === 0) return withoutRoute(flow, place, id, family, destinations);
  const ways = routes.map((route) => follow(flow, place, id, route));
  return choice(ways, {
    explanationCode: 'AMBIGUOUS_PREFIX_LIST_ROUTES',
    component: { id, type: 'transit-gateway-route-table' },
    text: `Two prefix lists of ${id} hold the destination and lead to different attachments.`,
  });
}

function follow(flow: Flow, place: AtAttachment, tableId: string, route: CompiledTransitRoute): Step {
  const component = { id: tableId, type: 'transit-gateway-route-table' as const };
  const next = withStep(flow, { component, effect: route.blackhole ? 'blocks' : 'admits', rules: [route.evidence] });
  if (route.blackhole || route.attachmentIds.length === 0) {
    const text = `The route ${route.evidence.destination} of ${tableId} is a blackhole: it drops the packets.`;
    return end(blocked(next, { explanationCode: 'TGW_RTB_BAD_STATE_ROUTE', component, rule: route.evidence, text }));
  }
  if (route.evidence.routeType === 'system') {
    const text = `The route ${route.evidence.destination} of ${tableId} comes from address translation at an attachment, which is not modelled.`;
    const fact = {
      fact: `the translation rules behind ${tableId}`,
      iamAction: 'ec2:GetTransitGatewayAttachmentNatConfiguration',
    };
    return end(doubted(next, { explanationCode: 'NOT_MODELLED', component, rule: route.evidence, text }, [fact]));
  }
  return choice(
    route.attachmentIds.map((id) => toAttachment(next, place, id)),
    {
      explanationCode: 'INTERMITTENT',
      component,
      rule: route.evidence,
      text: `The route ${route.evidence.destination} of ${tableId} spreads over several attachments, and they are not alike.`,
    },
  );
}

function toAttachment(flow: Flow, place: AtAttachment, attachmentId: string): Step {
  const attachment = transitGatewayAttachmentById(flow.journey.snapshot).get(attachmentId)?.resource;
  const type =
    attachment?.resourceType ??
    (transitGatewayVpcAttachmentById(flow.journey.snapshot).has(attachmentId) ? 'vpc' : undefined);
  if (type === 'vpc') return leaveTransitGateway(flow, attachmentId, place.transitGatewayId, place.zone);
  if (type === 'peering' || (type === undefined && peeringAttachmentById(flow.journey.snapshot).has(attachmentId)))
    return crossTransitPeering(flow, place, attachmentId);
  return leaveAws(flow, place, attachmentId, attachment);
}

/** To the transit gateway at the other end of a peering, where the peering's own association decides anew. */
function crossTransitPeering(flow: Flow, place: AtAttachment, attachmentId: string): Step {
  const component = { id: attachmentId, type: 'transit-gateway-attachment' as const };
  const peering = peeringAttachmentById(flow.journey.snapshot).get(attachmentId)?.resource;
  const ends = [peering?.requesterTgwInfo?.transitGatewayId, peering?.accepterTgwInfo?.transitGatewayId];
  const far = ends.find((id) => id !== undefined && id !== place.transitGatewayId);
  if (peering === undefined || far === undefined) {
    const missing = missingResource(flow.journey.snapshot, 'transitGatewayPeeringAttachments', attachmentId, {});
    return end(
      doubted(
        flow,
        { explanationCode: 'UNKNOWN_RESOURCE', component, text: `The far end of ${attachmentId} is not known.` },
        [missing],
      ),
    );
  }
  let next = withStep(flow, { component, effect: 'admits' });
  if (peering.state !== 'available') {
    const text = `${attachmentId} is ${peering.state ?? 'in an unknown state'}, not available.`;
    next = blocked(next, { explanationCode: 'BAD_STATE_ATTACHMENT', component, text });
  }
  if (isBackAt(next, attachmentId)) return { kind: 'arrived', flow: next };
  if (isGoal(next, attachmentId)) {
    const reply: Place = { ...place, attachmentId, zone: undefined };
    return go(next, { kind: 'delivered', to: undefined, reply, goal: attachmentId });
  }
  const farComponent = { id: far, type: 'transit-gateway' as const };
  next = withStep(next, { component: farComponent, effect: 'admits' });
  next = { ...next, identity: identityLost(next.identity, component, 'SG_REFERENCING_SUPPORT') };
  return go(next, {
    kind: 'transit-gateway-attachment',
    attachmentId: farAttachment(flow, attachmentId, far),
    transitGatewayId: far,
    zone: undefined,
  });
}

/** Some answers name the two ends of a peering by different ids. */
function farAttachment(flow: Flow, attachmentId: string, far: string): string {
  const own = peeringAttachmentById(flow.journey.snapshot).get(attachmentId)?.resource;
  const other = own?.accepterTransitGatewayAttachmentId;
  if (other !== undefined && own?.accepterTgwInfo?.transitGatewayId === far) return other;
  return attachmentId;
}

/** VPN, Direct Connect, Connect and whatever else: the packets leave AWS, or what this program can follow. */
function leaveAws(
  flow: Flow,
  place: AtAttachment,
  attachmentId: string,
  attachment: TransitGatewayAttachment | undefined,
): Step {
  const component = { id: attachmentId, type: 'transit-gateway-attachment' as const };
  let next = withStep(flow, { component, effect: 'unknown' });
  if (attachment === undefined) {
    const missing = missingResource(flow.journey.snapshot, 'transitGatewayAttachments', attachmentId, {});
    return end(
      doubted(
        next,
        { explanationCode: 'UNKNOWN_RESOURCE', component, text: `${attachmentId} is not in the snapshot.` },
        [missing],
      ),
    );
  }
  if (attachment.resourceType === 'vpn') {
    const connection = (vpnConnectionsOfGateway(flow.journey.snapshot).get(place.transitGatewayId) ?? []).find(
      ({ resource }) => resource.vpnConnectionId === attachment.resourceId,
    )?.resource;
    if (
      connection !== undefined &&
      connection.tunnels.length > 0 &&
      connection.tunnels.every(({ status }) => status === 'DOWN')
    ) {
      const vpn = { id: connection.vpnConnectionId, type: 'vpn-connection' as const };
      next = blocked(next, {
        explanationCode: 'TGW_BAD_STATE_VPN',
        component: vpn,
        text: `Both tunnels of ${connection.vpnConnectionId} are down.`,
      });
    }
  }
  const reply: Place = {
    kind: 'transit-gateway-attachment',
    attachmentId,
    transitGatewayId: place.transitGatewayId,
    zone: undefined,
  };
  if (isGoal(next, attachmentId)) return go(next, { kind: 'delivered', to: undefined, reply, goal: attachmentId });
  return go(next, {
    kind: 'outside',
    component: {
      id: attachment.resourceId ?? attachmentId,
      type: attachment.resourceType === 'vpn' ? 'vpn-connection' : 'on-premises',
    },
    reply,
  });
}

/** No route: dropped here, and followed on to the attachment of the VPC that holds the destination, if there is one. */
function withoutRoute(flow: Flow, place: AtAttachment, tableId: string, family: Family, destinations: Intervals): Step {
  const component = { id: tableId, type: 'transit-gateway-route-table' as const };
  const next = withStep(flow, { component, effect: 'blocks' });
  const target = [...transitGatewayVpcAttachmentById(flow.journey.snapshot).values()]
    .map(({ resource }) => resource)
    .filter(({ transitGatewayId, vpcId }) => {
      const addresses = vpcId === undefined ? undefined : vpcAddresses(flow.journey.snapshot).get(vpcId);
      if (transitGatewayId !== place.transitGatewayId || addresses === undefined) return false;
      return intersectIntervals(family === 4 ? addresses.ipv4 : addresses.ipv6, destinations).length > 0;
    })
    .sort((a, b) => compareText(a.transitGatewayAttachmentId, b.transitGatewayAttachmentId))[0];
  const attachmentId = target?.transitGatewayAttachmentId;
  const stopped = blocked(next, {
    explanationCode: 'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT',
    component,
    ...(attachmentId === undefined
      ? {}
      : { missingComponent: { id: attachmentId, type: 'transit-gateway-attachment' as const } }),
    text:
      attachmentId === undefined
        ? `${tableId} has no route for the destination.`
        : `${tableId} has no route for the destination; one to ${attachmentId} is missing.`,
  });
  return attachmentId === undefined
    ? end(stopped)
    : leaveTransitGateway(stopped, attachmentId, place.transitGatewayId, place.zone);
}
