import type { Evidence } from '../model/verdict/evidence.ts';
import type { CheckVerdict } from './run.ts';
import { groupBy } from './group-by.ts';
import type { Control, ControlCheck, Standard } from './standard.ts';
import { standards } from './standards.generated.ts';

/** All standards, in alphabetical order of their ids. */
export const allStandards: readonly Standard[] = standards;

/** A standard by its id. Throws with the ids that exist where there is none. */
export function standardNamed(id: string): Standard {
  const found = allStandards.find((standard) => standard.id === id);
  if (found !== undefined) return found;
  throw new RangeError(`there is no standard ${id}; there are ${allStandards.map((own) => own.id).join(', ')}`);
}

/** The controls that a check answers, as reports name them: `CIS AWS Foundations 7.0 6.3`. */
export const standardsOf = (checkId: string, among: readonly Standard[] = allStandards): readonly string[] =>
  among.flatMap(({ name, controls }) =>
    controls.filter(({ checks }) => checks?.some(({ check }) => check === checkId)).map(({ id }) => `${name} ${id}`),
  );

/** The checks that a standard asks for, in alphabetical order. */
export const checksOfStandard = ({ controls }: Standard): readonly string[] =>
  [...new Set(controls.flatMap(({ checks = [] }) => checks.map(({ check }) => check)))].sort();

/** How a control stands: `not-covered` where no check answers it, `not-run` where one that does was left out. */
export type ControlOutcome = 'pass' | 'fail' | 'unknown' | 'not-applicable' | 'not-covered' | 'not-run';

/** A control with what the checks say of it. */
export interface AssessedControl {
  readonly control: Control;
  readonly outcome: ControlOutcome;
  readonly failures: readonly CheckVerdict[];
  readonly unknowns: readonly CheckVerdict[];
}

/**
 * A standard control by control. A control fails with any failure that it is about, is unknown where something that could
 * fail it was not read, and never passes for want of a check.
 */
export function assessStandard(
  standard: Standard,
  verdicts: readonly CheckVerdict[],
  ran: ReadonlySet<string>,
): readonly AssessedControl[] {
  const byCheck = groupBy(verdicts, ({ checkId }) => checkId);
  return standard.controls.map((control): AssessedControl => {
    const { checks = [] } = control;
    const said = checks.flatMap((part) =>
      (byCheck.get(part.check) ?? []).filter(
        ({ verdict }) => verdict.outcome !== 'fail' || isAbout(part, verdict.evidence),
      ),
    );
    const of = (outcome: CheckVerdict['verdict']['outcome']): readonly CheckVerdict[] =>
      said.filter(({ verdict }) => verdict.outcome === outcome);
    const [failures, unknowns] = [of('fail'), of('unknown')];
    const outcome = ((): ControlOutcome => {
      if (checks.length === 0) return 'not-covered';
      if (failures.length > 0) return 'fail';
      if (checks.some(({ check }) => !ran.has(check))) return 'not-run';
      if (unknowns.length > 0) return 'unknown';
      const others = checks.some(({ check }) =>
        (byCheck.get(check) ?? []).some(({ verdict }) => verdict.outcome !== 'not-applicable'),
      );
      return others ? 'pass' : 'not-applicable';
    })();
    return { control, outcome, failures, unknowns };
  });
}

/** Is a failure about what the control asks? One without a bound is about everything. */
function isAbout(
  { ports, exceptPorts, family, endpointService }: ControlCheck,
  evidence: readonly Evidence[],
): boolean {
  if (endpointService !== undefined) {
    return evidence.some((item) => item.type === 'attribute' && item.value.split(/[ ,]+/).includes(endpointService));
  }
  if (ports === undefined && exceptPorts === undefined && family === undefined) return true;
  const told = evidence.filter((item) => 'protocol' in item);
  return told.some((item) => {
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
