import type { Evidence } from '../model/verdict/evidence.ts';
import type { ExposedClass } from '../model/verdict/exposure.ts';
import type { PathRule, TraceResult } from '../model/verdict/path.ts';
import type { AuditReport, Result } from './audit-report.ts';
import type { TagsOf } from './suppressions/matching.ts';

/** So many tags of a resource are told, and so many findings carry the path that they speak of: the worst. */
const toldTags = 8;
const carriedPaths = 200;

/**
 * The report with the tags of the resources that something is said of, and with the path by which the internet gets to
 * what a finding opens. Names and what AWS itself tags are left out.
 */
export function annotated(report: AuditReport, tagsOf: TagsOf): AuditReport {
  const pathOf = pathsBy(report.exposures);
  let left = carriedPaths;
  return {
    ...report,
    results: report.results.map((result): Result => {
      const tags = toldTagsOf(result, tagsOf);
      const path = left > 0 && result.outcome === 'fail' ? pathOf(result) : undefined;
      if (path !== undefined) left -= 1;
      return { ...result, ...(tags.length === 0 ? {} : { tags }), ...(path === undefined ? {} : { path }) };
    }),
  };
}

function toldTagsOf({ outcome, resource }: Result, tagsOf: TagsOf): NonNullable<Result['tags']> {
  if (outcome !== 'fail' && outcome !== 'unknown') return [];
  return [...tagsOf(resource)]
    .filter(([key]) => key !== 'Name' && !key.startsWith('aws:'))
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, toldTags);
}

/** Finds the path that passes by a rule which a finding rests on. */
function pathsBy(exposures: readonly ExposedClass[]): (result: Result) => TraceResult | undefined {
  const byRule = new Map<string, ExposedClass>();
  for (const exposed of exposures) {
    for (const { rule, furtherRules = [] } of exposed.path?.forwardPathComponents ?? [])
      for (const one of rule === undefined ? [] : [rule, ...furtherRules])
        for (const key of ruleKey(one)) if (!byRule.has(key)) byRule.set(key, exposed);
  }
  return ({ evidence }) => {
    if (!evidence.some((one) => one.type === 'resource' && one.role === 'reached-from-internet')) return undefined;
    for (const key of evidence.flatMap(ruleKey)) {
      const exposed = byRule.get(key);
      if (exposed?.path !== undefined) {
        const { from, to, forwardPathComponents, returnPathComponents } = exposed.path;
        return {
          query: { from, to },
          verdict: 'reachable',
          admittedTraffic: exposed.admittedTraffic,
          forwardPathComponents,
          returnPathComponents,
          explanations: [],
        };
      }
    }
    return undefined;
  };
}

/** What identifies a rule of a security group; nothing for anything else. */
function ruleKey(rule: Evidence | PathRule): readonly string[] {
  if (rule.type !== 'security-group-rule') return [];
  const { securityGroupId, securityGroupRuleId, isEgress, protocol, fromPort, toPort, peer } = rule;
  return [JSON.stringify([securityGroupId, securityGroupRuleId, isEgress, protocol, fromPort, toPort, peer])];
}
