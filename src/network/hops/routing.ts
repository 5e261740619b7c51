import { type CompiledRoute, type RouteChoice, selectRoutes } from '../filters/route-selection.ts';
import { internetAddresses } from '../facts/special-addresses.ts';
import type { Family } from '../sets/ip-address.ts';
import { blocked, doubted, entryInto, type Flow, noted, withStep } from '../path/flow.ts';
import { likelyWay } from '../path/likely-way.ts';
import { behindBlackhole } from '../path/outranked.ts';
import type { Place } from '../path/place.ts';
import {
  addressesSeen,
  destinationsOf,
  end,
  familiesOf,
  fork,
  go,
  lastingChoice,
  restricted,
  type Step,
  without,
} from '../path/step.ts';
import { passNetworkAcl } from './network-acl.ts';
import { interfaceOfTarget, subnetOfTarget } from './next-hop-subnet.ts';
import { returnToSender } from './return-to-sender.ts';

type Routing = Extract<Place, { kind: 'routing' }>;

/** A route table takes each destination to the target of its best route. */
export function chooseRoute(flow: Flow, place: Routing): Step {
  const sender = returnToSender(flow, place.vpcId);
  if (sender !== undefined) return go(acrossBorder(flow, place, undefined), sender);
  const steps: Step[] = [];
  for (const family of familiesOf(flow)) {
    const destinations = addressesSeen(flow, 'destinations', family);
    for (const selected of selectRoutes(place.table, family, destinations)) {
      const part = restricted(flow, 'destinations', family, selected.destinations);
      if (part === undefined) continue;
      steps.push(besideUnreadable(part, place, family, selected));
    }
  }
  return fork(steps);
}

function taking(flow: Flow, place: Routing, { route, rivals = [] }: RouteChoice): Step {
  if (route === undefined) return withoutRoute(flow, place);
  return rivals.length === 0 ? follow(flow, place, route) : anyOf(flow, place, [route, ...rivals]);
}

const leadsTo = ({ route: { target, state } }: CompiledRoute): string => `${target.kind} ${target.id} ${state}`;

/**
 * Routes whose prefix list could not be read might be more specific than the one selected: where they lead to another
 * target, both ways are followed. The lists of gateway endpoints hold public addresses alone, so that traffic to private
 * ones is not in doubt.
 */
function besideUnreadable(flow: Flow, place: Routing, family: Family, selected: RouteChoice): Step {
  const { table } = place;
  const others = table.unreadable.filter(
    ({ route }) =>
      selected.route === undefined || selected.rivals !== undefined || leadsTo(route) !== leadsTo(selected.route),
  );
  const [first] = others;
  if (first === undefined) return taking(flow, place, selected);
  const everywhere = others.filter(({ route }) => route.route.target.kind !== 'vpc-endpoint');
  const open = family === 4 ? internetAddresses.ipv4 : internetAddresses.ipv6;
  const either = (part: Flow | undefined, possible: typeof others): readonly Step[] => {
    if (part === undefined) return [];
    const targets = new Map(possible.map(({ route }) => [leadsTo(route), route]));
    const ways = [
      { name: 'selected', step: (next: Flow) => taking(next, place, selected) },
      ...[...targets].map(([name, route]) => ({ name, step: (next: Flow) => follow(next, place, route) })),
    ];
    const text = `A route of ${table.routeTableId} to ${first.route.evidence.target} is for a prefix list whose entries are not known.`;
    const component = { id: table.routeTableId, type: 'route-table' as const };
    const reason = { explanationCode: 'PREFIX_LIST_UNREADABLE' as const, component, rule: first.route.evidence, text };
    const missing = possible.map((one) => one.missing);
    return [lastingChoice(part, `unread ${aboutRoute(part, place)}`, ways, reason, missing)];
  };
  if (everywhere.length === others.length) return fork(either(flow, others));
  return fork([
    ...either(restricted(flow, 'destinations', family, open), others),
    ...either(without(flow, 'destinations', family, open), everywhere),
  ]);
}

/** The table's answer for the packets as they look here. */
const aboutRoute = (flow: Flow, { table }: Routing): string => `${table.routeTableId} ${destinationsOf(flow)}`;

/** Which of several prefix lists AWS takes stays the same. */
function anyOf(flow: Flow, place: Routing, routes: readonly CompiledRoute[]): Step {
  const ways = routes.map((route) => ({ name: leadsTo(route), step: (next: Flow) => follow(next, place, route) }));
  const targets = routes.map(({ evidence }) => evidence.target).join(', ');
  return lastingChoice(flow, `overlap ${aboutRoute(flow, place)}`, ways, {
    explanationCode: 'AMBIGUOUS_PREFIX_LIST_ROUTES',
    component: { id: place.table.routeTableId, type: 'route-table' },
    ...(routes[0] === undefined ? {} : { rule: routes[0].evidence }),
    text: `Several prefix lists of ${place.table.routeTableId} hold the destination, routed to ${targets}; AWS does not say which it takes.`,
  });
}

function follow(flow: Flow, place: Routing, compiled: CompiledRoute): Step {
  const { table, vpcId, subnet } = place;
  const component = { id: table.routeTableId, type: 'route-table' as const };
  const lost = compiled.route.state === 'blackhole';
  const next = withStep(acrossBorder(flow, place, compiled), {
    component,
    effect: lost ? 'blocks' : 'admits',
    vpcId,
    subnetId: subnet?.resource.subnetId,
    rules: [compiled.evidence],
  });
  if (lost) {
    const way = likelyWay(next, vpcId, subnet);
    const wider = behindBlackhole(flow, table.routeTableId, compiled.route);
    const stopped = blocked(wider === undefined ? next : noted(next, wider), {
      explanationCode: 'BAD_STATE_ROUTE',
      component,
      rule: compiled.evidence,
      ...(way === undefined ? {} : { missingComponent: way.component }),
      text: `The route of ${table.routeTableId} to ${compiled.evidence.target} is a blackhole: its target is gone, and nothing shorter is tried.`,
    });
    return way === undefined ? end(stopped) : go(stopped, way.place);
  }
  const to = targetPlace(next, place, compiled);
  if (to !== undefined) return go(next, to);
  const { target } = compiled.route;
  return end(
    doubted(
      next,
      {
        explanationCode: 'NOT_MODELLED',
        component: { id: target.id === '' ? 'unknown' : target.id, type: 'other' },
        rule: compiled.evidence,
        text: `The route leads to ${target.id === '' ? 'a kind of target that is not known' : target.id} (${target.kind}), which is not modelled.`,
      },
      [{ fact: `what lies behind ${target.id === '' ? 'the route target' : target.id} (${target.kind})` }],
    ),
  );
}

/** Out of the subnet, where that was left open: past its ACL, unless the route leads to a neighbour. */
function acrossBorder(flow: Flow, { subnet, beforeBorder }: Routing, compiled: CompiledRoute | undefined): Flow {
  if (subnet === undefined || beforeBorder !== true) return flow;
  const within = compiled !== undefined && compiled.route.state !== 'blackhole';
  const next = within ? subnetOfTarget(flow.journey.snapshot, compiled.route.target) : undefined;
  return next === subnet.resource.subnetId ? flow : passNetworkAcl(flow, subnet, 'egress');
}

function targetPlace(flow: Flow, { vpcId, subnet }: Routing, { route: { target } }: CompiledRoute): Place | undefined {
  switch (target.kind) {
    case 'local':
      return { kind: 'in-vpc', vpcId, subnet };
    case 'internet-gateway':
      return { kind: 'internet-gateway', internetGatewayId: target.id, vpcId, subnet };
    case 'egress-only-internet-gateway':
      return { kind: 'egress-only-internet-gateway', id: target.id, vpcId, subnet };
    case 'nat-gateway':
      return { kind: 'nat-gateway', natGatewayId: target.id, subnet, vpcId };
    case 'vpn-gateway':
      return { kind: 'vpn-gateway', vpnGatewayId: target.id, vpcId };
    case 'vpc-endpoint':
      return { kind: 'vpc-endpoint', vpcEndpointId: target.id, subnet, vpcId };
    case 'vpc-peering-connection':
      return { kind: 'peering', id: target.id, vpcId };
    case 'transit-gateway':
      return { kind: 'transit-gateway', transitGatewayId: target.id, subnet, vpcId };
    case 'network-interface':
      return { kind: 'appliance', interfaceId: target.id, subnet, vpcId };
    case 'instance': {
      const interfaceId = interfaceOfTarget(flow.journey.snapshot, target);
      return interfaceId === undefined ? undefined : { kind: 'appliance', interfaceId, subnet, vpcId };
    }
    default:
      return undefined;
  }
}

/** No route: the packets are dropped here, and followed on along the way that a route would most likely take. */
function withoutRoute(flow: Flow, place: Routing): Step {
  const { table, vpcId, subnet } = place;
  const component = { id: table.routeTableId, type: 'route-table' as const };
  const out = acrossBorder(flow, place, undefined);
  const way = likelyWay(out, vpcId, subnet);
  const toTransit = flow.direction === 'return' && way?.component.type === 'transit-gateway';
  const next = withStep(out, {
    component,
    effect: 'blocks',
    vpcId,
    subnetId: subnet?.resource.subnetId,
    ...(toTransit ? { additionalDetails: ['RESPONSE_RTB_HAS_NO_ROUTE_TO_TRANSIT_GATEWAY'] } : {}),
  });
  const what = flow.direction === 'return' ? 'the reply' : 'the destination';
  const stopped = blocked(next, {
    explanationCode: 'NO_ROUTE_TO_DESTINATION',
    component,
    ...(way === undefined ? {} : { missingComponent: way.component }),
    text:
      way === undefined
        ? `${table.routeTableId} has no route for ${what}.`
        : `${table.routeTableId} has no route for ${what}; one to ${way.component.id} is missing.`,
  });
  if (way !== undefined) return go(stopped, way.place);
  const apart = entryInto(flow, vpcId) === undefined;
  if (!apart) return end(stopped);
  return end(
    blocked(stopped, {
      explanationCode: 'DISCONNECTED_VPCS',
      component: { id: vpcId, type: 'vpc' },
      text: `Nothing joins ${vpcId} to the destination.`,
    }),
  );
}
