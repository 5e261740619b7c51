import { interfaceById } from '../facts/resources-by-id.ts';
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
import { enterTransitGateway } from '../hops/transit-gateway.ts';
import { routeInTransitGateway } from '../hops/transit-gateway-routing.ts';
import { replyFromService, routeToEndpoint } from '../hops/vpc-endpoint.ts';
import { routeWithinVpc } from '../hops/vpc-router.ts';
import { enterByVpnGateway, goOutside, leaveByVpnGateway } from '../hops/vpn-gateway.ts';
import { intersectTraffic, noTraffic, subtractTraffic, type Traffic, uniteTraffic } from '../sets/traffic.ts';
import { blocked, type Finding, type Flow, narrowed } from './flow.ts';
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

/** Further than any path of AWS's: whoever goes on after so many hops goes in a circle. */
const mostHops = 96;

/** Walks from a place to every end. */
export const walk = (flow: Flow, place: Place): Outcome => follow(go(flow, place));

/** Carries a step out and whatever follows from it. */
export const follow = (step: Step): Outcome => followOn(step, 0);

function followOn(first: Step, hopsBefore: number): Outcome {
  let step = first;
  let hops = hopsBefore;
  while (step.kind === 'go') {
    step = hops < mostHops ? hop(step.flow, step.place) : inACircle(step.flow, step.place);
    hops++;
  }
  const next = (one: Step): Outcome => followOn(one, hops);
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
      return together(step.steps.map(next));
    default:
      return eitherWay(step.steps.map(next), step);
  }
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
function eitherWay(outcomes: readonly Outcome[], { steps, reason }: Extract<Step, { kind: 'choice' }>): Outcome {
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
    missing: [{ fact: reason.text }],
  };
  return { ...all, alive, doubtful: uniteTraffic(all.doubtful, sometimes), findings: [...all.findings, finding] };
}

function flowOf(step: Step): Flow | undefined {
  if (step.kind === 'fork' || step.kind === 'choice')
    return step.steps[0] === undefined ? undefined : flowOf(step.steps[0]);
  return step.flow;
}

function inACircle(flow: Flow, place: Place): Step {
  const component = { id: place.kind, type: 'other' as const };
  const text = 'The routes lead in a circle.';
  return end(blocked(flow, { explanationCode: 'ROUTING_LOOP', component, text }));
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

/** The packets have arrived: the reply starts. ICMP messages that nobody answers are done. */
function turnBack(flow: Flow, { to, reply }: Extract<Place, { kind: 'delivered' }>): Step {
  const silent = unanswered(flow.asked);
  const steps: Step[] = [];
  const half = (part: Flow): Flow => ({
    ...part,
    forward: { trail: part.trail, delivered: part.alive, to },
    trail: undefined,
  });
  if (silent.length > 0) steps.push({ kind: 'arrived', flow: half(narrowed(flow, silent)) });
  const answered = silent.length === 0 ? flow.asked : subtractTraffic(flow.asked, silent);
  if (answered.length > 0) {
    const part = half(narrowed(flow, answered));
    const back: Flow = { ...part, view: replyView(part.view), direction: 'return' };
    const node = flow.replyVia;
    const place: Place = node !== undefined && to !== undefined ? { kind: 'returning-to-node', from: to, node } : reply;
    steps.push(go(back, place));
  }
  return fork(steps);
}
