import type { RelatedCheck } from '../model/verdict/check-description.ts';

/** The peers' checks that ask the same question, by tool: `relatedChecks({ prowler: ['vpc_flow_logs_enabled'] })`. */
export function relatedChecks(
  byTool: { readonly [T in RelatedCheck['tool']]?: readonly string[] },
): readonly RelatedCheck[] {
  return Object.entries(byTool).flatMap(([tool, ids]) =>
    ids.map((id): RelatedCheck => ({ tool: tool as RelatedCheck['tool'], id })),
  );
}
