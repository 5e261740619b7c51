import { interfaceById, transitGatewayAttachmentById } from '../facts/resources-by-id.ts';
import { enterAppliance } from '../hops/appliance.ts';
import { leaveByEgressOnlyGateway } from '../hops/egress-only-internet-gateway.ts';
import { enterInterface, leaveInterface } from '../hops/interface.ts';
import { throughInterfaceEndpoint } from '../hops/interface-endpoint.ts';
import { crossInternet, enterVpc } from '../hops/internet.ts';
import { leaveByInternetGateway } from '../hops/internet-gateway.ts';
import { replyThroughNode, returnToNode, throughLoadBalancer } from '../hops/load-balancer.ts';
import { answerClient, passNatGateway } from '../hops/nat-gateway.ts';
import { crossPeering } from '../hops/peering.ts';
import { chooseRoute } from '../hops/routing.ts';
import { leaveSubnet } from '../hops/subnet.ts';
import { enterTransitGateway, leaveTransitGateway } from '../hops/transit-gateway.ts';
import { routeInTransitGateway } from '../hops/transit-gateway-routing.ts';
import { replyFromService, routeToEndpoint } from '../hops/vpc-endpoint.ts';
import { routeWithinVpc } from '../hops/vpc-router.ts';
import { enterByVpnGateway, goOutside, leaveByVpnGateway } from '../hops/vpn-gateway.ts';
import { intersectTraffic, noTraffic, subtractTraffic, type Traffic, uniteTraffic } from '../sets/traffic.ts';
import { leavingUnderEncryptionControl } from './encryption-control.ts';
import { blocked, doubted, type Finding, type Flow, narrowed, nobody, type SenderIdentity } from './flow.ts';
import { outrankedRoute } from './outranked.ts';
import type { Place } from './place.ts';
import { end, fork, go, type Step } from './step.ts';
import { replyView, unanswered } from './view.ts';

/** What became of the packets of a walk, in the words of the question. */
export interface Outcome {
  /** They arrive and are answered, whatever AWS chooses. */
  readonly alive: Traffic;
  /** They may. */
  readonly doubtful: Traffic;
  /** They arrive; the answer may get lost. */
  readonly delivered: Traffic;
  /** Every end of every way, in a fixed order. */
  readonly ends: readonly Flow[];
  /** What was found out where ways met again. */
  readonly findings: readonly Finding[];
}

/** Walks from a place to every end. */
export const walk = (flow: Flow, place: Place): Outcome => follow(go(flow, place));

/** Carries a step out and whatever follows from it. */
export function follow(first: Step): Outcome {
  let step = first;
  while (step.kind === 'go') {
    const { flow, place }: Extract<Step, { kind: 'go' }> = step;
    step =
      outOfBudget(flow) ??
      inACircle(flow, place) ??
      hop(leavingUnderEncryptionControl(deciding(flow, place), place), place);
  }
  switch (step.kind) {
    case 'end':
      return {
        alive: noTraffic,
        doubtful: stopped(step.flow),
        delivered: step.flow.forward?.delivered ?? noTraffic,
        ends: [step.flow],
        findings: [],
      };
    case 'arrived':
      return {
        alive: step.flow.alive,
        doubtful: step.flow.doubtful,
        delivered: step.flow.forward?.delivered ?? step.flow.alive,
        ends: [step.flow],
        findings: [],
      };
    case 'fork':
      return together(step.steps.map(follow));
    default:
      return eitherWay(step.steps.map(follow), step);
  }
}

function outOfBudget(flow: Flow): Step | undefined {
  const { budget } = flow.journey;
  budget.hops--;
  if (budget.hops >= 0) return undefined;
  const component = { id: 'path', type: 'other' as const };
  const text = 'There are more ways than are followed.';
  return end(
    doubted(flow, { explanationCode: 'NOT_MODELLED', component, text }, [
      { fact: 'what lies on the ways not followed' },
    ]),
  );
}

/** Every circle passes a route table, of a subnet or of a transit gateway. */
function decisionAt(place: Place): string | undefined {
  if (place.kind === 'routing') return `${place.table.routeTableId} ${place.subnet?.resource.subnetId ?? ''}`;
  if (place.kind === 'transit-gateway-attachment') return `${place.attachmentId} ${place.transitGatewayId}`;
  return undefined;
}

function deciding(flow: Flow, place: Place): Flow {
  const key = decisionAt(place);
  return key === undefined ? flow : { ...flow, decisions: { last: { key, view: flow.view }, before: flow.decisions } };
}

/** The same decision about packets that look the same: they go round for ever. */
function inACircle(flow: Flow, place: Place): Step | undefined {
  const key = decisionAt(place);
  if (key === undefined) return undefined;
  for (let at = flow.decisions; at !== undefined; at = at.before) {
    if (at.last.key !== key || at.last.view !== flow.view) continue;
    const component = {
      id: key.slice(0, key.indexOf(' ')),
      type: place.kind === 'routing' ? ('route-table' as const) : ('transit-gateway-attachment' as const),
    };
    const text = 'The routes lead in a circle.';
    return end(blocked(flow, { explanationCode: 'ROUTING_LOOP', component, text }));
  }
  return undefined;
}

/** Packets that end in doubt: what was alive until here cannot be counted any more. */
const stopped = (flow: Flow): Traffic => uniteTraffic(flow.alive, flow.doubtful);

const nothing: Outcome = { alive: noTraffic, doubtful: noTraffic, delivered: noTraffic, ends: [], findings: [] };

/** All of them count. */
export const together = (outcomes: readonly Outcome[]): Outcome => outcomes.reduce(united, nothing);

function united(a: Outcome, b: Outcome): Outcome {
  if (a.ends.length === 0) return b;
  const alive = uniteTraffic(a.alive, b.alive);
  return {
    alive,
    doubtful: subtractTraffic(uniteTraffic(a.doubtful, b.doubtful), alive),
    delivered: uniteTraffic(a.delivered, b.delivered),
    ends: [...a.ends, ...b.ends],
    findings: [...a.findings, ...b.findings],
  };
}

/** AWS chooses: sure is only what every way lets through; what some do and some do not is intermittent. */
function eitherWay(
  outcomes: readonly Outcome[],
  { steps, reason, missing }: Extract<Step, { kind: 'choice' }>,
): Outcome {
  const [first, ...others] = outcomes;
  if (first === undefined) return nothing;
  const all = together(outcomes);
  const alive = others.reduce((sum, { alive: other }) => intersectTraffic(sum, other), first.alive);
  const sometimes = subtractTraffic(all.alive, alive);
  if (sometimes.length === 0) return all;
  const example = steps[0] === undefined ? undefined : flowOf(steps[0]);
  const finding: Finding = {
    explanation: { ...reason, direction: example?.direction ?? 'forward' },
    kind: 'unknown',
    traffic: sometimes,
    missing: missing ?? [{ fact: reason.text }],
  };
  return { ...all, alive, doubtful: uniteTraffic(all.doubtful, sometimes), findings: [...all.findings, finding] };
}

function flowOf(step: Step): Flow | undefined {
  if (step.kind === 'fork' || step.kind === 'choice')
    return step.steps[0] === undefined ? undefined : flowOf(step.steps[0]);
  return step.flow;
}

function hop(flow: Flow, place: Place): Step {
  switch (place.kind) {
    case 'leaving-interface':
      return leaveInterface(flow, place);
    case 'leaving-subnet':
      return leaveSubnet(flow, place);
    case 'routing':
      return chooseRoute(flow, place);
    case 'in-vpc':
      return routeWithinVpc(flow, place);
    case 'entering-interface':
      return enterInterface(flow, place);
    case 'appliance':
      return enterAppliance(flow, place);
    case 'internet-gateway':
      return leaveByInternetGateway(flow, place);
    case 'egress-only-internet-gateway':
      return leaveByEgressOnlyGateway(flow, place);
    case 'internet-gateway-in':
      return enterVpc(flow, place.vpcId, place.held);
    case 'internet':
      return crossInternet(flow);
    case 'nat-gateway':
      return passNatGateway(flow, place);
    case 'nat-gateway-reply':
      return answerClient(flow, place.natGatewayId);
    case 'peering':
      return crossPeering(flow, place);
    case 'transit-gateway':
      return enterTransitGateway(flow, place);
    case 'transit-gateway-attachment':
      return routeInTransitGateway(flow, place);
    case 'leaving-transit-gateway':
      return leaveTransitGateway(flow, place.attachmentId, place.transitGatewayId, place.zone);
    case 'vpn-gateway':
      return leaveByVpnGateway(flow, place);
    case 'vpn-gateway-in':
      return enterByVpnGateway(flow, place);
    case 'vpc-endpoint':
      return routeToEndpoint(flow, place);
    case 'gateway-endpoint-in':
      return replyFromService(flow, place);
    case 'interface-endpoint':
      return throughInterfaceEndpoint(flow, place);
    case 'load-balancer':
      return throughLoadBalancer(flow, place);
    case 'returning-to-node':
      return returnToNode(flow, place);
    case 'load-balancer-reply': {
      const node = interfaceById(flow.journey.snapshot).get(place.interfaceId);
      return node === undefined ? end(flow) : replyThroughNode(flow, node);
    }
    case 'outside':
      return goOutside(flow, place);
    default:
      return turnBack(flow, place);
  }
}

/** The question leads to a gateway, and the packets went elsewhere. */
function pastGoal(flow: Flow): Flow {
  const id = flow.journey.goal ?? '';
  const last = flow.trail?.last.component.id ?? 'elsewhere';
  const attachment = transitGatewayAttachmentById(flow.journey.snapshot).get(id)?.resource;
  const outranked = outrankedRoute(flow, [
    id,
    ...(attachment?.transitGatewayId === undefined ? [] : [attachment.transitGatewayId]),
  ]);
  if (outranked !== undefined) return blocked(flow, outranked);
  const text = `The packets do not go through ${id}: they end up at ${last}.`;
  return blocked(flow, { explanationCode: 'NO_PATH', component: { id, type: 'other' }, text });
}

/** The packets have arrived: the reply starts. ICMP messages that nobody answers are done. */
function turnBack(flow: Flow, { to, reply, goal }: Extract<Place, { kind: 'delivered' }>): Step {
  if (goal !== flow.journey.goal) return end(pastGoal(flow));
  const silent = unanswered(flow.asked);
  const steps: Step[] = [];
  const half = (part: Flow): Flow => ({
    ...part,
    forward: { trail: part.trail, delivered: part.alive, to, goal },
    trail: undefined,
  });
  if (silent.length > 0) steps.push({ kind: 'arrived', flow: half(narrowed(flow, silent)) });
  const answered = silent.length === 0 ? flow.asked : subtractTraffic(flow.asked, silent);
  if (answered.length > 0) {
    const part = half(narrowed(flow, answered));
    const identity: SenderIdentity = to === undefined ? nobody : { groups: to.resource.groupIds };
    const back: Flow = { ...part, view: replyView(part.view), direction: 'return', identity };
    const node = flow.replyVia;
    const place: Place = node !== undefined && to !== undefined ? { kind: 'returning-to-node', from: to, node } : reply;
    steps.push(go(back, place));
  }
  return fork(steps);
}
