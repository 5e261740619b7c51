import type { Evidence } from '../model/verdict/evidence.ts';
import {
  type ControlAssessment,
  type ControlOutcome,
  controlOutcomes,
  type StandardAssessment,
} from '../model/verdict/standard-assessment.ts';
import type { Outcome } from '../model/verdict/verdict.ts';
import { groupBy } from './group-by.ts';
import type { Control, ControlCheck, Standard } from './standard.ts';
import { allStandards, checksOfStandard } from './standards.ts';

/** What a standard is assessed by: the failures and unknowns of an audit, and how often each check that ran said what. */
export interface Judgements {
  readonly results: readonly {
    readonly checkId: string;
    readonly outcome: Outcome;
    readonly evidence: readonly Evidence[];
    readonly suppression?: object;
  }[];
  readonly checks: readonly { readonly id: string; readonly outcomes: Readonly<Record<Outcome, number>> }[];
}

/** The standards that were asked for; where none was, all that a check which ran has a part in. */
export function assessStandards(judged: Judgements, requested: readonly string[]): readonly StandardAssessment[] {
  const facts = factsOf(judged);
  return allStandards
    .filter((standard) =>
      requested.length > 0
        ? requested.includes(standard.id)
        : checksOfStandard(standard).some((id) => facts.counts.has(id)),
    )
    .map((standard) => assessed(standard, facts, requested.includes(standard.id)));
}

/**
 * A standard control by control. A control fails with any failure that it is about, suppressed or not, is unknown where
 * something that could fail it was not read, and never passes for want of a check, nor where a person has to judge.
 */
export const assessStandard = (standard: Standard, judged: Judgements): StandardAssessment =>
  assessed(standard, factsOf(judged), true);

interface Facts {
  readonly bySaid: ReadonlyMap<string, Judgements['results']>;
  readonly counts: ReadonlyMap<string, Readonly<Record<Outcome, number>>>;
}

const factsOf = ({ results, checks }: Judgements): Facts => ({
  bySaid: groupBy(results, ({ checkId }) => checkId),
  counts: new Map(checks.map(({ id, outcomes }) => [id, outcomes])),
});

function assessed(standard: Standard, facts: Facts, requested: boolean): StandardAssessment {
  const { id, name, scope, source } = standard;
  const controls = standard.controls.map((control) => assessedControl(control, facts));
  const counts = Object.fromEntries(
    controlOutcomes.map((outcome) => [outcome, controls.filter((control) => control.outcome === outcome).length]),
  ) as StandardAssessment['counts'];
  return { id, name, scope, source, requested, counts, controls };
}

function assessedControl(control: Control, facts: Facts): ControlAssessment {
  const { id, title, level, mode, checks = [], notCovered } = control;
  const failures = checks.flatMap((part) =>
    (facts.bySaid.get(part.check) ?? []).filter(
      ({ outcome, evidence }) => outcome === 'fail' && isAbout(part, evidence),
    ),
  );
  const ids = [...new Set(checks.map(({ check }) => check))];
  const unknowns = ids.reduce((sum, check) => sum + (facts.counts.get(check)?.unknown ?? 0), 0);
  return {
    id,
    title,
    ...(level === undefined ? {} : { level }),
    ...(mode === undefined ? {} : { mode }),
    outcome: outcomeOf(control, ids, failures.length, unknowns, facts),
    checks: ids,
    failures: failures.length,
    suppressed: failures.filter(({ suppression }) => suppression !== undefined).length,
    unknowns,
    ...(notCovered === undefined ? {} : { notCovered }),
  };
}

function outcomeOf(
  { mode }: Control,
  ids: readonly string[],
  failures: number,
  unknowns: number,
  { counts }: Facts,
): ControlOutcome {
  if (failures > 0) return 'fail';
  if (mode === 'manual') return 'manual';
  if (ids.length === 0) return 'not-covered';
  if (ids.some((id) => !counts.has(id))) return 'not-run';
  if (unknowns > 0) return 'unknown';
  const judged = ids.some((id) => (counts.get(id)?.pass ?? 0) + (counts.get(id)?.fail ?? 0) > 0);
  return judged ? 'pass' : 'not-applicable';
}

/** Is a failure about what the control asks? One without a bound is about everything. */
function isAbout(
  { ports, exceptPorts, family, endpointService, attribute }: ControlCheck,
  evidence: readonly Evidence[],
): boolean {
  if (attribute !== undefined)
    return evidence.some((item) => item.type === 'attribute' && item.attribute === attribute);
  if (endpointService !== undefined) {
    return evidence.some((item) => item.type === 'attribute' && item.value.split(/[ ,]+/).includes(endpointService));
  }
  if (ports === undefined && exceptPorts === undefined && family === undefined) return true;
  const told = evidence.filter((item) => 'protocol' in item);
  // A rule may span more than the finding is about, and then the traffic says what it is about
  const traffic = told.filter(({ type }) => type === 'traffic');
  return (traffic.length > 0 ? traffic : told).some((item) => {
    const spans = portsOf(item);
    const hit = ports === undefined || spans.some(({ from, to }) => ports.some((port) => from <= port && port <= to));
    const other =
      exceptPorts === undefined ||
      spans.some(
        ({ from, to }) => to - from >= exceptPorts.length || !exceptPorts.includes(from) || !exceptPorts.includes(to),
      );
    return hit && other && (family === undefined || familiesOf(item).includes(family));
  });
}

type Told = Extract<Evidence, { readonly protocol: string }>;

const everyPort = [{ from: 0, to: 65_535 }];

function portsOf(item: Told): readonly { readonly from: number; readonly to: number }[] {
  if (item.protocol !== 'tcp' && item.protocol !== 'udp') return item.protocol === 'all' ? everyPort : [];
  if (item.type === 'traffic') return item.portRanges;
  return item.fromPort === undefined || item.toPort === undefined
    ? everyPort
    : [{ from: item.fromPort, to: item.toPort }];
}

/** The families of the addresses; a prefix list may be of either. */
function familiesOf(item: Told): readonly ('ipv4' | 'ipv6')[] {
  const blocks =
    item.type === 'traffic' ? item.cidrBlocks : [item.type === 'network-acl-entry' ? item.cidrBlock : item.peer];
  return blocks.flatMap((block) =>
    block.startsWith('pl-')
      ? (['ipv4', 'ipv6'] as const)
      : block.includes(':')
        ? (['ipv6'] as const)
        : (['ipv4'] as const),
  );
}
