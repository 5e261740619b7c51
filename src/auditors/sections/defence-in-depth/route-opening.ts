import type { Subnet } from '../../../model/resources/subnet.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { Mistake } from '../../../model/verdict/defence-in-depth.ts';
import type { Evidence, RouteEvidence } from '../../../model/verdict/evidence.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';
import { gapIn, missingResource } from '../../../network/facts/inventory.ts';
import {
  internetGatewayById,
  internetGatewaysOfVpc,
  subnetById,
  vpcById,
  vpcEndpointById,
} from '../../../network/facts/resources-by-id.ts';
import { internetAddresses } from '../../../network/facts/special-addresses.ts';
import { edgeRouteTable, routeTableOfSubnet } from '../../../network/facts/vpc-tables.ts';
import { type CompiledRouteTable, type RouteChoice, selectRoutes } from '../../../network/filters/route-selection.ts';
import { isAttached } from '../../../network/hops/internet-gateway.ts';
import { parseAddressSet } from '../../../network/sets/address-set.ts';
import { type Intervals, uniteIntervals } from '../../../network/sets/intervals.ts';
import type { Family } from '../../../network/sets/ip-address.ts';
import { spansInternet } from '../../internet-share.ts';
import type { Traffic } from '../../../network/sets/traffic.ts';
import { internetTraffic, isTcp } from './acl-opening.ts';
import { ofFamily, type Opening } from './opening.ts';

/** What routing lets in: who on the internet is answered by way of an internet gateway. */
export interface RouteOpening extends Opening {
  /** What arrives at public addresses without anybody being answered: everything but connections. */
  readonly oneWay: Traffic;
  /** The mistakes that would all have to be made before strangers are answered; empty where they are. */
  readonly barriers: readonly Mistake[];
  readonly routeTableId: string | undefined;
}

/** The routes of a subnet as the internet meets them, public addresses left aside. */
export function routeOpening(snapshot: Snapshot, subnet: Subnet, family: Family): RouteOpening {
  const table = routeTableOfSubnet(snapshot, subnet);
  if (table.value === undefined)
    return { admitted: [], oneWay: [], evidence: [], missing: [table.missing], barriers: [], routeTableId: undefined };
  const { routeTableId } = table.value;
  const diverted = divertedTo(snapshot, subnet, family);
  if (diverted !== undefined) {
    const missing = [{ fact: `what ${diverted.target} does with packets that are routed to it` }];
    return { admitted: [], oneWay: [], evidence: [diverted], missing, barriers: [], routeTableId };
  }
  const gap = gatewayGap(snapshot, subnet.vpcId);
  const attached = (internetGatewaysOfVpc(snapshot).get(subnet.vpcId) ?? []).some(({ resource }) =>
    isAttached(resource.attachments, subnet.vpcId),
  );
  const all = family === 4 ? internetAddresses.ipv4 : internetAddresses.ipv6;
  const ways = selectRoutes(table.value, family, all).map((choice) => ({
    ...wayOf(snapshot, subnet.vpcId, family, choice, true),
    takesMost: spansInternet(ofFamily(family, choice.destinations)),
  }));
  const answered = united(ways.map(({ answered: own }) => own));
  const broken = united(ways.map(({ broken: own }) => own));
  const open = spansInternet(ofFamily(family, answered));
  const reachesGateway = ways.filter((way) => way.answered.length + way.broken.length > 0);
  const evidence: readonly Evidence[] = (
    reachesGateway.length > 0 ? reachesGateway : ways.filter(({ takesMost }) => takesMost)
  ).flatMap(({ evidence: own }) => own);
  // Without a gateway no route leads to the internet, whatever the table says
  const certainlyNone = !attached && gap === undefined;
  const missing = certainlyNone
    ? []
    : [...(gap === undefined ? [] : [gap]), ...ways.flatMap((way) => way.missing), ...unreadable(table.value)];
  const barriers: readonly Mistake[] = open
    ? []
    : spansInternet(ofFamily(family, broken))
      ? ['internet-gateway-attached']
      : attached
        ? ['route-to-internet-gateway-added']
        : ['internet-gateway-attached', 'route-to-internet-gateway-added'];
  return {
    admitted: answered.length === 0 ? [] : internetTraffic[family].map((box) => ({ ...box, sources: answered })),
    oneWay: attached ? internetTraffic[family].filter((box) => !isTcp(box)) : [],
    evidence: evidence.length > 0 ? evidence : [noRoute(routeTableId)],
    missing: open ? [] : missing,
    barriers,
    routeTableId,
  };
}

/** The route by which the gateway's own table sends what comes in for the subnet to an appliance of the owner's. */
function divertedTo(snapshot: Snapshot, subnet: Subnet, family: Family): RouteEvidence | undefined {
  const addresses = parseAddressSet([
    ...(subnet.cidrBlock === undefined ? [] : [subnet.cidrBlock]),
    ...subnet.ipv6CidrBlocks,
  ]).value;
  if (addresses === undefined) return undefined;
  for (const { resource } of internetGatewaysOfVpc(snapshot).get(subnet.vpcId) ?? []) {
    const table = edgeRouteTable(snapshot, resource.internetGatewayId);
    if (table === undefined) continue;
    const choices = selectRoutes(table, family, family === 4 ? addresses.ipv4 : addresses.ipv6);
    const away = choices.find(({ route }) => /^(network-interface|instance)$/.test(route?.route.target.kind ?? ''));
    if (away?.route !== undefined) return away.route.evidence;
  }
  return undefined;
}

const noRoute = (resourceId: string): Evidence => ({
  type: 'resource',
  resourceType: 'route-table',
  resourceId,
  role: 'no-internet-route',
});

const united = (sets: readonly Intervals[]): Intervals =>
  sets.reduce<Intervals>((sum, set) => uniteIntervals(sum, set), []);

const gatewayGap = (snapshot: Snapshot, vpcId: string): Missing | undefined => {
  const region = vpcById(snapshot).get(vpcId)?.region;
  return region === undefined ? undefined : gapIn(region, 'internetGateways');
};

const unreadable = (table: CompiledRouteTable): readonly Missing[] =>
  table.unreadable.filter(({ route }) => route.route.target.kind === 'internet-gateway').map(({ missing }) => missing);

/** Where one route takes answers to the internet: to a gateway that works, to one that does not, or out of sight. */
interface WayOut {
  readonly answered: Intervals;
  readonly broken: Intervals;
  readonly evidence: readonly RouteEvidence[];
  readonly missing: readonly Missing[];
}

function wayOf(
  snapshot: Snapshot,
  vpcId: string,
  family: Family,
  { route: own, destinations }: RouteChoice,
  mayBeInspected: boolean,
): WayOut {
  const nowhere: WayOut = { answered: [], broken: [], evidence: own === undefined ? [] : [own.evidence], missing: [] };
  if (own === undefined) return nowhere;
  const { target, state } = own.route;
  if (target.kind === 'internet-gateway') {
    if (state !== 'active') return { ...nowhere, broken: destinations };
    const gateway = internetGatewayById(snapshot).get(target.id)?.resource;
    if (gateway === undefined)
      return { ...nowhere, missing: [missingResource(snapshot, 'internetGateways', target.id, {})] };
    return isAttached(gateway.attachments, vpcId)
      ? { ...nowhere, answered: destinations }
      : { ...nowhere, broken: destinations };
  }
  if (state !== 'active' || !mayBeInspected) return nowhere;
  if (target.kind === 'vpc-endpoint')
    return throughInspection(snapshot, vpcId, family, nowhere, target.id, destinations);
  if (target.kind === 'network-interface' || target.kind === 'instance')
    return { ...nowhere, missing: [{ fact: `what ${target.id} does with packets that are routed to it` }] };
  return nowhere;
}

/** Past an endpoint of a gateway load balancer the routes of the endpoint's own subnet decide. */
function throughInspection(
  snapshot: Snapshot,
  vpcId: string,
  family: Family,
  before: WayOut,
  endpointId: string,
  destinations: Intervals,
): WayOut {
  const endpoint = vpcEndpointById(snapshot).get(endpointId)?.resource;
  if (endpoint === undefined)
    return { ...before, missing: [missingResource(snapshot, 'vpcEndpoints', endpointId, {})] };
  if (!/^gatewayloadbalancer$/i.test(endpoint.vpcEndpointType)) return before;
  const subnet = subnetById(snapshot).get(endpoint.subnetIds[0] ?? '')?.resource;
  const table = subnet === undefined ? undefined : routeTableOfSubnet(snapshot, subnet);
  if (table?.value === undefined)
    return { ...before, missing: [table?.missing ?? missingResource(snapshot, 'subnets', endpointId, {})] };
  const beyond = selectRoutes(table.value, family, destinations).map((choice) =>
    wayOf(snapshot, vpcId, family, choice, false),
  );
  return {
    answered: united(beyond.map(({ answered }) => answered)),
    broken: united(beyond.map(({ broken }) => broken)),
    evidence: [...before.evidence, ...beyond.flatMap(({ evidence }) => evidence)],
    missing: beyond.flatMap(({ missing }) => missing),
  };
}
