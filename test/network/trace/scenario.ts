import { expect } from 'vitest';
import { snapshotOf } from '../../../mocks/builders.ts';
import type { World } from '../../../mocks/world.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import type { PathComponent, PathRule, TraceQuery, TraceResult } from '../../../src/model/verdict/path.ts';
import { buildNetwork } from '../../../src/network/network.ts';
import { trace } from '../../../src/network/trace.ts';
import { lifted } from './lift.ts';
import { shuffled } from './shuffled.ts';

/** Anything that a scenario is built in. */
export interface Buildable {
  readonly toWorld: () => World;
}

/** A question by the ids of built things. */
export type Question = Omit<TraceQuery, 'from' | 'to'> & {
  readonly from: string | { readonly id: string };
  readonly to: string | { readonly id: string };
};

const nameOf = (end: string | { readonly id: string }): string => (typeof end === 'string' ? end : end.id);

/** Asks a question of a snapshot, and of the same snapshot with all lists turned around: the answers have to be the same bytes. */
export function askSnapshot(snapshot: Snapshot, question: Question): TraceResult {
  const query = { ...question, from: nameOf(question.from), to: nameOf(question.to) };
  const result = trace(buildNetwork(snapshot), query);
  expect(JSON.stringify(trace(buildNetwork(shuffled(snapshot)), query))).toBe(JSON.stringify(result));
  return result;
}

/** The same of something built. */
export const ask = (scenario: Buildable, question: Question): TraceResult =>
  askSnapshot(snapshotOf(scenario.toWorld()), question);

/** `tcp` on a port: the usual question. */
export const onPort = (port: number): { readonly protocol: 'tcp'; readonly port: number } => ({
  protocol: 'tcp',
  port,
});

const byEffect = (result: TraceResult, effect: string): readonly string[] =>
  result.explanations
    .filter((explanation) => explanation.effect === effect)
    .map(({ explanationCode, direction }) =>
      direction === 'forward' ? explanationCode : `${explanationCode} on return`,
    );

/** The codes of everything that blocks, `on return` where it blocks the reply. */
export const blockersOf = (result: TraceResult): readonly string[] => byEffect(result, 'blocks');
/** The codes of everything that leaves the answer open. */
export const doubtsOf = (result: TraceResult): readonly string[] => byEffect(result, 'unknown');
/** The codes of everything that narrows a working path. */
export const limitsOf = (result: TraceResult): readonly string[] => byEffect(result, 'limits');

/** The rules that decide, in order, in short: `sg tcp 443 0.0.0.0/0`, `acl 100 ingress`, `0.0.0.0/0 igw-…`. */
export const rulesOf = (components: readonly PathComponent[]): readonly string[] =>
  components.flatMap(({ rule }) => (rule === undefined ? [] : [shortRule(rule)]));

/** A rule in short. */
export function shortRule(rule: PathRule): string {
  switch (rule.type) {
    case 'security-group-rule':
      return `sg ${rule.protocol}${rule.fromPort === undefined ? '' : ` ${rule.fromPort}`} ${rule.peer}`;
    case 'network-acl-entry':
      return `acl ${rule.ruleNumber} ${rule.egress ? 'egress' : 'ingress'}`;
    case 'route':
    case 'transit-gateway-route':
      return `${rule.destination} ${rule.type === 'route' ? rule.target : (rule.transitGatewayAttachmentId ?? rule.state)}`;
    case 'transit-gateway-policy-entry':
      return `policy ${rule.policyRuleNumber}`;
    default:
      return `listener ${rule.port}`;
  }
}

/** Blocked by exactly these; and, lifted from the model, they leave a path that works. */
export function expectBlocked(
  scenario: Buildable,
  question: Question,
  blockers: readonly string[],
  lift: 'lifts' | 'final' = 'lifts',
): TraceResult {
  const snapshot = snapshotOf(scenario.toWorld());
  const result = askSnapshot(snapshot, question);
  expect({ verdict: result.verdict, blockers: blockersOf(result) }).toEqual({ verdict: 'not-reachable', blockers });
  expect(result.admittedTraffic).toEqual([]);
  if (lift === 'final') return result;
  const blocking = result.explanations.filter(({ effect }) => effect === 'blocks');
  const open = lifted(snapshot, blocking, {
    source: addressOf(snapshot, nameOf(question.from)),
    destination: addressOf(snapshot, nameOf(question.to)),
  });
  expect(open, 'a blocker that the test cannot lift').toBeDefined();
  if (open === undefined) return result;
  const after = askSnapshot(open, question);
  expect({ verdict: after.verdict, blockers: blockersOf(after) }).toEqual({ verdict: 'reachable', blockers: [] });
  for (const blocker of blocking) {
    const others = blocking.filter((other) => other !== blocker && !sameLift(other, blocker));
    const still = lifted(snapshot, others, {
      source: addressOf(snapshot, nameOf(question.from)),
      destination: addressOf(snapshot, nameOf(question.to)),
    });
    if (still !== undefined)
      expect(askSnapshot(still, question).verdict, `without lifting ${blocker.explanationCode}`).not.toBe('reachable');
  }
  return result;
}

/** One and the same missing public address or setting blocks both ways. */
export const sameLift = (a: TraceResult['explanations'][number], b: TraceResult['explanations'][number]): boolean =>
  (a.explanationCode.startsWith('IGW_P') && b.explanationCode.startsWith('IGW_P')) ||
  (a.explanationCode === b.explanationCode &&
    (a.component.id === b.component.id || a.explanationCode === 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED'));

/** The first address of an interface or instance; any other name is itself. */
export function addressOf(snapshot: Snapshot, name: string): string {
  for (const { resources } of snapshot.regions) {
    if (resources.networkInterfaces.status !== 'collected') continue;
    const eni = resources.networkInterfaces.resources.find(
      ({ networkInterfaceId, attachment }) => networkInterfaceId === name || attachment?.instanceId === name,
    );
    if (eni !== undefined) return eni.privateIpAddresses[0]?.privateIpAddress ?? eni.ipv6Addresses[0] ?? name;
  }
  return name;
}

/** Works, by these rules: each given list has to be among the deciding rules in this order. */
export function expectReachable(
  scenario: Buildable,
  question: Question,
  rules: { readonly forward?: readonly string[]; readonly back?: readonly string[] } = {},
): TraceResult {
  const result = ask(scenario, question);
  expect({
    verdict: result.verdict,
    explanations: result.explanations.filter(({ effect }) => effect === 'blocks' || effect === 'unknown'),
  }).toEqual({ verdict: 'reachable', explanations: [] });
  if (rules.forward !== undefined) expect(rulesOf(result.forwardPathComponents)).toEqual(rules.forward);
  if (rules.back !== undefined) expect(rulesOf(result.returnPathComponents)).toEqual(rules.back);
  return result;
}

/** Cannot be told, for exactly these reasons. */
export function expectUnknown(scenario: Buildable, question: Question, doubts: readonly string[]): TraceResult {
  const result = ask(scenario, question);
  expect({ verdict: result.verdict, doubts: doubtsOf(result) }).toEqual({ verdict: 'unknown', doubts });
  expect(result.missing?.length ?? 0).toBeGreaterThan(0);
  return result;
}
