import type { SecurityGroupClause } from '../network/filters/security-group-clause.ts';
import { type AddressSet, noAddresses, uniteAllAddresses } from '../network/sets/address-set.ts';
import { intersectIntervals, type Intervals, intervalsHave, intervalsOfRanges } from '../network/sets/intervals.ts';
import { allPorts } from '../network/sets/port-set.ts';
import { internetSize, spansInternet } from './internet-share.ts';

/** Where a group is open: destination ports (or ICMP messages) of one protocol, and the rules by which. */
export interface OpenPorts {
  readonly ports: Intervals<number>;
  readonly clauses: readonly SecurityGroupClause[];
  /** All that these rules admit. */
  readonly sources: AddressSet;
}

/** The addresses that a clause is for, where packets come from or go to; the same for all its protocols and ports. */
export function clauseAddresses({ boxes, isEgress }: SecurityGroupClause): AddressSet {
  const side = isEgress ? 'destinations' : 'sources';
  return {
    ipv4: (boxes.find(({ family }) => family === 4)?.[side] as Intervals<number> | undefined) ?? noAddresses.ipv4,
    ipv6: (boxes.find(({ family }) => family === 6)?.[side] as Intervals<bigint> | undefined) ?? noAddresses.ipv6,
  };
}

/** How many of them are on the internet. */
const sizeOf = (clause: SecurityGroupClause): number => internetSize(clauseAddresses(clause));

const unitedSources = (clauses: readonly SecurityGroupClause[]): AddressSet =>
  clauses.length === 1 && clauses[0] !== undefined
    ? clauseAddresses(clauses[0])
    : uniteAllAddresses(clauses.map(clauseAddresses));

/**
 * The clauses of a group's ingress that name addresses of the internet, where all together span it; none for most groups.
 * References to groups never match what comes from the internet; clauses that could not be read are left to the caller.
 */
export function internetClauses(clauses: readonly SecurityGroupClause[]): readonly SecurityGroupClause[] {
  const facing = clauses.filter(
    (clause) => clause.missing === undefined && clause.peer.kind !== 'security-group' && sizeOf(clause) > 0,
  );
  return facing.length > 0 && spansInternet(unitedSources(facing)) ? facing : [];
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
  const matching = clauses.filter(
    ({ boxes: [box] }) =>
      box !== undefined &&
      intervalsHave(box.protocols, protocol) &&
      intersectIntervals(box.destinationPorts, within).length > 0,
  );
  if (matching.length === 0) return undefined;
  const cuts = new Set<number>(within);
  for (const {
    boxes: [box],
  } of matching)
    for (const cut of box?.destinationPorts ?? []) cuts.add(cut);
  const bounds = [...cuts].sort((a, b) => a - b);
  const open: [number, number][] = [];
  const deciding = new Set<SecurityGroupClause>();
  for (const [index, from] of bounds.entries()) {
    const to = bounds[index + 1];
    if (to === undefined || !intervalsHave(within, from)) continue;
    const rules = decidingRules(
      matching.filter(({ boxes: [box] }) => intervalsHave(box?.destinationPorts ?? [], from)),
    );
    if (rules.length > 0) open.push([from, to]);
    for (const rule of rules) deciding.add(rule);
  }
  if (open.length === 0) return undefined;
  const used = matching.filter((clause) => deciding.has(clause));
  return { ports: intervalsOfRanges(open), clauses: used, sources: unitedSources(used) };
}

/** The rules without which a stretch would not be open: the widest first, until the rest no longer spans the internet. */
function decidingRules(holding: readonly SecurityGroupClause[]): readonly SecurityGroupClause[] {
  const widestFirst = holding.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  let taken = 0;
  while (taken < widestFirst.length && spansInternet(unitedSources(widestFirst.slice(taken)))) taken++;
  return widestFirst.slice(0, taken);
}
