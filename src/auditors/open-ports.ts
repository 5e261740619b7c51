import type { SecurityGroupClause } from '../network/filters/security-group-clause.ts';
import { type AddressSet, countAddresses, noAddresses, uniteAllAddresses } from '../network/sets/address-set.ts';
import type { Box } from '../network/sets/box.ts';
import { intersectIntervals, type Intervals, intervalsHave, intervalsOfRanges } from '../network/sets/intervals.ts';
import { allPorts } from '../network/sets/port-set.ts';
import { onInternet, spansInternet } from './internet-share.ts';

/** Where a group is open: destination ports (or ICMP messages) of one protocol, and the rules by which. */
export interface OpenPorts {
  readonly ports: Intervals<number>;
  readonly clauses: readonly SecurityGroupClause[];
  /** All that these rules admit. */
  readonly sources: AddressSet;
}

/**
 * The clauses of a group's ingress that name addresses of the internet, where all together span it; none for most groups.
 * References to groups never match what comes from the internet; clauses that could not be read are left to the caller.
 */
export function internetClauses(clauses: readonly SecurityGroupClause[]): readonly SecurityGroupClause[] {
  const facing = clauses.filter(
    (clause) =>
      clause.missing === undefined &&
      clause.peer.kind !== 'security-group' &&
      clause.boxes.some((box) => countAddresses(onInternet(sourcesOf(box))) > 0n),
  );
  return spansInternet(uniteAllAddresses(facing.flatMap(({ boxes }) => boxes.map(sourcesOf)))) ? facing : [];
}

/**
 * The ports of a protocol on which all rules together admit the internet: the port range is cut where any rule begins or
 * ends, and for each stretch the sources of all rules that hold it are united.
 */
export function openPorts(
  clauses: readonly SecurityGroupClause[],
  protocol: number,
  within: Intervals<number> = allPorts,
): OpenPorts | undefined {
  const matching = clauses.filter(({ boxes }) =>
    boxes.some(
      (box) => intervalsHave(box.protocols, protocol) && intersectIntervals(box.destinationPorts, within).length > 0,
    ),
  );
  const cuts = new Set<number>(within);
  for (const { boxes } of matching) for (const box of boxes) for (const cut of box.destinationPorts) cuts.add(cut);
  const bounds = [...cuts].sort((a, b) => a - b);
  const open: [number, number][] = [];
  const deciding = new Set<SecurityGroupClause>();
  for (const [index, from] of bounds.entries()) {
    const to = bounds[index + 1];
    if (to === undefined || !intervalsHave(within, from)) continue;
    const rules = decidingRules(
      matching.filter(({ boxes }) => boxes.some((box) => intervalsHave(box.destinationPorts, from))),
      protocol,
    );
    if (rules.length > 0) open.push([from, to]);
    for (const rule of rules) deciding.add(rule);
  }
  if (open.length === 0) return undefined;
  const used = matching.filter((clause) => deciding.has(clause));
  return { ports: intervalsOfRanges(open), clauses: used, sources: unitedSources(used, protocol) };
}

/** The rules without which a stretch would not be open: the widest first, until the rest no longer spans the internet. */
function decidingRules(holding: readonly SecurityGroupClause[], protocol: number): readonly SecurityGroupClause[] {
  const widestFirst = holding
    .map((clause) => ({ clause, size: countAddresses(onInternet(unitedSources([clause], protocol))) }))
    .sort((a, b) => (a.size < b.size ? 1 : a.size > b.size ? -1 : 0))
    .map(({ clause }) => clause);
  let taken = 0;
  while (taken < widestFirst.length && spansInternet(unitedSources(widestFirst.slice(taken), protocol))) taken++;
  return widestFirst.slice(0, taken);
}

const unitedSources = (clauses: readonly SecurityGroupClause[], protocol: number): AddressSet =>
  uniteAllAddresses(
    clauses.flatMap(({ boxes }) => boxes.filter((box) => intervalsHave(box.protocols, protocol)).map(sourcesOf)),
  );

const sourcesOf = (box: Box): AddressSet =>
  box.family === 4
    ? { ...noAddresses, ipv4: box.sources as Intervals<number> }
    : { ...noAddresses, ipv6: box.sources as Intervals<bigint> };
