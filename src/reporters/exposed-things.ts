import type { AuditReport, Result } from '../findings/audit-report.ts';
import { grouped } from '../findings/grouped.ts';
import { compareResults, compareSeverity } from '../findings/order.ts';
import type { PortRange } from '../model/verdict/evidence.ts';
import type { ExposedClass } from '../model/verdict/exposure.ts';
import type { PacketHeaders } from '../model/verdict/path.ts';
import type { Severity } from '../model/verdict/severity.ts';
import { type Family, familiesOf, ruleKeysOf } from './same-rule.ts';
import { trafficWords } from './traffic-words.ts';

/** Something that listens, as far as rules can tell, and that the internet gets through to. */
export interface ExposedService {
  /** `SSH`, `TCP 22 (SSH)`, `all traffic`. */
  readonly name: string;
  readonly words: string;
  /** Of the worst finding that speaks of it; nothing where no check objects, or somebody answers for it. */
  readonly severity: Severity | undefined;
  /** All that is said against it is suppressed. */
  readonly isAccepted: boolean;
  /** The findings that one edit would mend. */
  readonly family: Family | undefined;
}

/** Addresses that the internet gets through to, all of them alike, with what it gets through to there. */
export interface ExposedThing {
  readonly exposed: ExposedClass;
  readonly services: readonly ExposedService[];
  /** Of the worst service. */
  readonly severity: Severity | undefined;
}

/** What is admitted from anybody but the receiver itself: an address counts as internet wherever it lies. */
export function admittedFromOutside({ addresses, admittedTraffic }: ExposedClass): readonly PacketHeaders[] {
  const own = new Set(addresses.flatMap(({ privateAddress: one }) => [one, `${one}/32`, `${one}/128`]));
  return admittedTraffic.filter(({ sourceAddresses }) => sourceAddresses.some((source) => !own.has(source)));
}

/** What the internet really reaches, the worst first; the findings are those of the report that speak of the same rules. */
export function exposedThings({
  exposures,
  results,
}: Pick<AuditReport, 'exposures' | 'results'>): readonly ExposedThing[] {
  const byRule = reachedByRule(results);
  return exposures
    .map((exposed) => thingOf(exposed, byRule))
    .filter(({ services }) => services.length > 0)
    .sort((a, b) => compareWorst(a.severity, b.severity) || b.exposed.addresses.length - a.exposed.addresses.length);
}

const compareWorst = (a: Severity | undefined, b: Severity | undefined): number =>
  a === undefined ? (b === undefined ? 0 : 1) : b === undefined ? -1 : compareSeverity(a, b);

/** The failures of which their check says that the internet reaches them, by each rule that they rest on. */
function reachedByRule(results: readonly Result[]): ReadonlyMap<string, readonly Result[]> {
  const byRule = new Map<string, Result[]>();
  for (const result of results) {
    if (result.outcome !== 'fail' || !isReached(result)) continue;
    for (const key of ruleKeysOf(result.evidence)) {
      const known = byRule.get(key);
      if (known === undefined) byRule.set(key, [result]);
      else known.push(result);
    }
  }
  return byRule;
}

const isReached = ({ evidence }: Result): boolean =>
  evidence.some((one) => one.type === 'resource' && one.role === 'reached-from-internet');

function thingOf(exposed: ExposedClass, byRule: ReadonlyMap<string, readonly Result[]>): ExposedThing {
  const admitted = admittedFromOutside(exposed);
  const results = [...new Set([...ruleKeysOf(exposed.rules)].flatMap((key) => byRule.get(key) ?? []))].filter(
    (result) => trafficOf(result).some((spoken) => admitted.some((headers) => overlaps(spoken, headers))),
  );
  const open = results.filter(({ suppression }) => suppression === undefined).sort(compareResults);
  const accepted = results.filter(({ suppression }) => suppression !== undefined).sort(compareResults);
  const services = [
    ...familiesOf(open).flatMap((family) => objectedServices(family, false)),
    ...unobjected(admitted, results),
    ...familiesOf(accepted).flatMap((family) => objectedServices(family, true)),
  ];
  return { exposed, services, severity: services[0]?.severity };
}

interface Spoken {
  readonly protocol: string;
  readonly ranges: readonly PortRange[];
}

/** The traffic that a finding says is open. */
const trafficOf = ({ evidence }: Result): readonly Spoken[] =>
  evidence.flatMap((one) =>
    one.type === 'traffic' && one.role === 'admitted' ? [{ protocol: one.protocol, ranges: one.portRanges }] : [],
  );

const overlaps = (spoken: Spoken, headers: PacketHeaders): boolean =>
  spoken.protocol === 'all' ||
  headers.protocol === 'all' ||
  (spoken.protocol === headers.protocol &&
    (spoken.ranges.length === 0 ||
      headers.destinationPortRanges === undefined ||
      spoken.ranges.some((a) => headers.destinationPortRanges?.some((b) => a.from <= b.to && b.from <= a.to))));

/** So many services that one rule opens are told apart; a rule for more of them is one thing to say. */
const toldApart = 4;

function objectedServices({ lead, others }: Family, isAccepted: boolean): readonly ExposedService[] {
  const apart = others.length < toldApart ? [lead, ...others].map((one): Family => ({ lead: one, others: [] })) : [];
  return (apart.length > 0 ? apart : [{ lead, others }]).map((family) => objectedService(family, isAccepted));
}

function objectedService(family: Family, isAccepted: boolean): ExposedService {
  const { effectiveSeverity, evidence, title } = family.lead;
  const traffic = evidence.find((one) => one.type === 'traffic');
  const words = traffic === undefined ? title : trafficWords(traffic.protocol, traffic.portRanges, traffic.service);
  return {
    name: traffic?.service ?? words,
    words,
    severity: isAccepted ? undefined : effectiveSeverity,
    isAccepted,
    family,
  };
}

/** What gets through and no finding speaks of. */
function unobjected(admitted: readonly PacketHeaders[], results: readonly Result[]): readonly ExposedService[] {
  const spoken = results.flatMap(trafficOf);
  if (spoken.some(({ protocol }) => protocol === 'all')) return [];
  return [...grouped(admitted, ({ protocol }) => protocol)].flatMap(([protocol, headers]) => {
    const said = spoken.filter((one) => one.protocol === protocol);
    if (said.some(({ ranges }) => ranges.length === 0)) return [];
    const all = united(headers.flatMap(({ destinationPortRanges = [] }) => destinationPortRanges));
    const left = without(
      all,
      said.flatMap(({ ranges }) => ranges),
    );
    if (left.length === 0 && all.length > 0) return [];
    const isRest = said.length > 0 && all.some(({ from, to }) => from <= 0 && to >= 65_535);
    const words = isRest ? `every other ${protocol.toUpperCase()} port` : trafficWords(protocol, left);
    return [{ name: words, words, severity: undefined, isAccepted: false, family: undefined }];
  });
}

/** The ports of `ranges` that are in none of `others`. */
function without(ranges: readonly PortRange[], others: readonly PortRange[]): readonly PortRange[] {
  return others.reduce<readonly PortRange[]>(
    (left, other) =>
      left.flatMap(({ from, to }) => [
        ...(from < other.from ? [{ from, to: Math.min(to, other.from - 1) }] : []),
        ...(to > other.to ? [{ from: Math.max(from, other.to + 1), to }] : []),
      ]),
    ranges,
  );
}

/** The same ports in order, each once. */
function united(ranges: readonly PortRange[]): readonly PortRange[] {
  const apart: { from: number; to: number }[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = apart.at(-1);
    if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to);
    else apart.push({ from, to });
  }
  return apart;
}
