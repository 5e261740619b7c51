import type { NetworkInterface } from '../../../model/resources/network-interface.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { Tier, TierLink, TierName, TierRule, TierSkip } from '../../../model/verdict/tier-chain.ts';
import { securityGroupById } from '../../../network/facts/resources-by-id.ts';
import { type DatabaseGroup, outsidersOf } from './database-groups.ts';
import { directExposures, rulesOf } from './direct-reach.ts';
import type { Admission } from './tier-rules.ts';

/** So many ids and rules are told of one part of a chain; the counts count all. */
const mostTold = 5;

/** A tier by its interfaces. */
export function tierOf(
  snapshot: Snapshot,
  tier: TierName,
  groupIds: readonly string[],
  interfaces: readonly NetworkInterface[],
): Tier {
  return {
    tier,
    securityGroups: [...new Set(groupIds)].sort().map((securityGroupId) => {
      const name = securityGroupById(snapshot).get(securityGroupId)?.resource.groupName;
      return { securityGroupId, ...(name === undefined || name === '' ? {} : { name }) };
    }),
    interfaces: interfaces.length,
    subnetIds: [...new Set<string>(interfaces.map(({ subnetId }) => subnetId))].sort(),
  };
}

/** A link by the rules that admit. */
export const linkOf = (from: TierLink['from'], to: TierName, { by, clauses }: Admission): TierLink => ({
  from,
  to,
  by,
  evidence: clauses.slice(0, mostTold).map(({ evidence }) => evidence),
});

/** The members of a tier that the internet reaches past the tier before. */
export function fromInternet(
  snapshot: Snapshot,
  to: TierSkip['to'],
  interfaces: readonly NetworkInterface[],
): readonly TierSkip[] {
  const reached = interfaces.filter((own) => directExposures(snapshot, own).length > 0);
  if (reached.length === 0) return [];
  const exposures = reached.flatMap((own) => directExposures(snapshot, own));
  return [
    {
      from: 'internet',
      to,
      interfaces: reached.length,
      examples: reached.slice(0, mostTold).map(({ networkInterfaceId }) => networkInterfaceId),
      evidence: rulesOf(exposures).slice(0, mostTold),
    },
  ];
}

/** Those who reach a database without being of its tier. */
export const fromOutsiders = (snapshot: Snapshot, database: DatabaseGroup): readonly TierSkip[] =>
  outsidersOf(snapshot, database).map(
    ({ clause, interfaces }): TierSkip => ({
      from: 'outsider',
      to: 'database',
      interfaces: interfaces.length,
      examples: interfaces.slice(0, mostTold).map(({ networkInterfaceId }) => networkInterfaceId),
      evidence: [clause.evidence],
    }),
  );

/** Each once, in an order of their own. */
export const distinctRules = (rules: readonly TierRule[]): readonly TierRule[] =>
  [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, rule]) => rule);
