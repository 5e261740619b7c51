import type { Explanation, PathComponent, PathVerdict, TraceQuery, TraceResult } from '../../model/verdict/path.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import type { Intervals } from '../sets/intervals.ts';
import { sameIntervals, uniteIntervals } from '../sets/intervals.ts';
import { subnetById } from '../facts/resources-by-id.ts';
import { zoneOf } from '../facts/zones.ts';
import { hasPorts } from '../sets/protocol.ts';
import { subtractTraffic, type Traffic } from '../sets/traffic.ts';
import { type Chain, chainItems, type Finding, type Flow, type TrailStep } from '../path/flow.ts';
import type { Outcome } from '../path/walk.ts';
import { packetHeaders } from './packet-headers.ts';

/** The outcome of a walk as the answer to the question. */
export function traceResult(query: TraceQuery, asked: Traffic, outcome: Outcome): TraceResult {
  const verdict: PathVerdict =
    outcome.alive.length > 0 ? 'reachable' : outcome.doubtful.length > 0 ? 'unknown' : 'not-reachable';
  const path = representative(outcome, verdict);
  const onlyDelivered = subtractTraffic(outcome.delivered, outcome.alive);
  const assumptions = [...new Set(outcome.ends.flatMap(({ assumptions: chain }) => chainItems(chain)))].sort();
  const explanations = explanationsOf(outcome, verdict, asked, path);
  const missing = verdict === 'reachable' ? [] : missingOf(outcome);
  return {
    query,
    verdict,
    admittedTraffic: packetHeaders(outcome.alive),
    ...(onlyDelivered.length === 0 ? {} : { deliveredTraffic: packetHeaders(onlyDelivered) }),
    ...(outcome.doubtful.length === 0 ? {} : { possibleTraffic: packetHeaders(outcome.doubtful) }),
    forwardPathComponents: components(path?.forward === undefined ? path?.trail : path.forward.trail),
    returnPathComponents: path?.forward === undefined ? [] : components(path.trail),
    explanations,
    ...(missing.length === 0 ? {} : { missing }),
    ...(assumptions.length === 0 ? {} : { assumptions }),
  };
}

/** The way that shows the verdict best: a working one, a doubtful one, else the first. */
function representative({ ends }: Outcome, verdict: PathVerdict): Flow | undefined {
  if (verdict === 'reachable') return ends.find(({ alive }) => alive.length > 0) ?? ends[0];
  if (verdict === 'unknown')
    return ends.find(({ doubtful, alive }) => doubtful.length > 0 || alive.length > 0) ?? ends[0];
  return ends.find(({ direction }) => direction === 'return') ?? ends[0];
}

function components(trail: Chain<TrailStep> | undefined): readonly PathComponent[] {
  return chainItems(trail).map((step, index) => {
    const { component, effect, packetDirection, vpcId, subnetId, rules, outboundHeader, additionalDetails } = step;
    const out: { -readonly [K in keyof PathComponent]: PathComponent[K] } = {
      sequenceNumber: index + 1,
      component,
      effect,
    };
    if (packetDirection !== undefined) out.packetDirection = packetDirection;
    if (vpcId !== undefined) out.vpcId = vpcId;
    if (subnetId !== undefined) out.subnetId = subnetId;
    const rule = rules?.[0];
    if (rule !== undefined) out.rule = rule;
    if (rules !== undefined && rules.length > 1) out.furtherRules = rules.slice(1);
    if (outboundHeader !== undefined) out.outboundHeader = outboundHeader;
    if (additionalDetails !== undefined) out.additionalDetails = additionalDetails;
    return out;
  });
}

/** Every finding that bears on the verdict, each once: blockers of a blocked path, doubts of an open one, limits of a working one. */
function explanationsOf(
  outcome: Outcome,
  verdict: PathVerdict,
  asked: Traffic,
  path: Flow | undefined,
): readonly Explanation[] {
  const out = new Map<string, Explanation>();
  const add = ({ explanation, kind }: Finding): void => {
    const effect = effectOf(kind, verdict);
    if (effect === undefined) return;
    const { explanationCode, direction, packetDirection, component, rule } = explanation;
    const short = `${explanationCode} ${direction} ${packetDirection} ${component.id}`;
    const same = out.get(short);
    if (same === undefined) {
      out.set(short, { ...explanation, effect });
      return;
    }
    const told = JSON.stringify(rule);
    const key = `${short} ${told}`;
    if (told !== JSON.stringify(same.rule) && !out.has(key)) out.set(key, { ...explanation, effect });
  };
  for (const flow of outcome.ends) chainItems(flow.findings).forEach(add);
  outcome.findings.forEach(add);
  if (verdict === 'reachable') zonesCrossed(path).forEach((explanation) => out.set('zones', explanation));
  if (verdict === 'reachable')
    partialPorts(outcome.alive, asked).forEach((explanation) => out.set('ports', explanation));
  const rank = (explanation: Explanation): number => (explanation.direction === 'forward' ? 0 : 1);
  return [...out.values()].sort((a, b) => rank(a) - rank(b));
}

function effectOf(kind: Finding['kind'], verdict: PathVerdict): Explanation['effect'] | undefined {
  if (kind === 'note') return 'note';
  if (kind === 'blocks') return verdict === 'not-reachable' ? 'blocks' : 'limits';
  return verdict === 'not-reachable' ? undefined : 'unknown';
}

/** The path goes through subnets of several Availability Zones: it costs, and it fails with either. */
function zonesCrossed(path: Flow | undefined): readonly Explanation[] {
  if (path?.forward === undefined) return [];
  const zones: string[] = [];
  let crossing: string | undefined;
  for (const { subnetId } of chainItems(path.forward.trail)) {
    const subnet = subnetId === undefined ? undefined : subnetById(path.journey.snapshot).get(subnetId);
    const zone = subnet === undefined ? undefined : zoneOf(subnet);
    if (zone === undefined || zones.includes(zone)) continue;
    if (zones.length > 0) crossing ??= subnetId;
    zones.push(zone);
  }
  if (crossing === undefined) return [];
  const text = `The path crosses Availability Zones: ${zones.join(', ')}.`;
  const component = { id: crossing, type: 'subnet' } as const;
  return [{ explanationCode: 'AVAILABILITY_ZONE_CROSSED', effect: 'note', direction: 'forward', component, text }];
}

/** Only some of the source ports that clients may use get through and are answered. */
function partialPorts(alive: Traffic, asked: Traffic): readonly Explanation[] {
  const ports = (traffic: Traffic): Intervals<number> =>
    traffic.reduce<Intervals<number>>(
      (sum, box) => (hasPorts(box.protocols[0] ?? 0) ? uniteIntervals(sum, box.sourcePorts) : sum),
      [],
    );
  const through = ports(alive);
  if (through.length === 0 || sameIntervals(through, ports(asked))) return [];
  return [
    {
      explanationCode: 'PARTIAL_SOURCE_PORT_RANGE',
      effect: 'limits',
      direction: 'return',
      component: { id: 'source-ports', type: 'other' },
      text: 'Only a part of the source ports that clients use gets through and is answered.',
    },
  ];
}

function missingOf(outcome: Outcome): readonly Missing[] {
  const all = [...outcome.ends.flatMap(({ findings }) => chainItems(findings)), ...outcome.findings];
  const facts = new Map(
    all
      .filter(({ kind }) => kind === 'unknown')
      .flatMap(({ missing }) => missing.map((one) => [one.fact, one] as const)),
  );
  return [...facts.values()];
}
