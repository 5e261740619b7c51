import type { AuditReport, CheckReport, Result } from '../../../findings/audit-report.ts';
import type { Evidence } from '../../../model/verdict/evidence.ts';
import { allVisible } from '../../visible-text.ts';
import { checksOf } from '../check-of.ts';
import { pathOf } from '../result-path.ts';
import { evidenceText, groundsOf, headline, placeText } from '../result-text.ts';

type KeyOf<T> = T extends unknown ? keyof T : never;

/** Every member of any evidence, so that a template may ask any evidence for any of them. */
const noEvidence: Readonly<Record<Exclude<KeyOf<Evidence>, 'type'>, null>> = {
  actions: null,
  attribute: null,
  cidrBlock: null,
  cidrBlocks: null,
  destination: null,
  direction: null,
  effect: null,
  egress: null,
  fromPort: null,
  isEgress: null,
  knownAs: null,
  networkAclId: null,
  peer: null,
  portRanges: null,
  principal: null,
  protocol: null,
  resourceId: null,
  resourceType: null,
  role: null,
  routeTableId: null,
  ruleAction: null,
  ruleNumber: null,
  securityGroupId: null,
  securityGroupRuleId: null,
  service: null,
  sid: null,
  state: null,
  target: null,
  toPort: null,
  value: null,
};

/**
 * The report as a template sees it: the members of `AuditReport`, with results that know their check and say themselves in
 * words; `failures` are those that count. Nothing is ever absent: what a report leaves out is null or an empty list, so that a name that is not there is a
 * mistake of the template. Hidden characters are spelt out.
 */
export function templateView(report: AuditReport): object {
  const checkOf = checksOf(report);
  const results = report.results.map((result) => allVisible(resultView(result, checkOf(result))));
  const {
    tool,
    run,
    scope,
    coverage,
    checks,
    exposures,
    defects,
    summary,
    suppressions,
    baseline,
    trend,
    standards,
    configuration,
    blockList,
  } = report;
  return {
    schemaVersion: report.schemaVersion,
    ...allVisible({
      tool,
      run,
      scope: { caller: null, collectedAt: null, ...scope },
      coverage: {
        ...coverage,
        rows: coverage.rows.map((row) => ({ failure: null, errorCode: null, message: null, ...row })),
        notVisible: coverage.notVisible.map((place) => ({ region: null, ...place })),
      },
      checks,
      exposures,
      defects,
      summary: { suppressed: null, new: null, ...summary },
      suppressions: suppressions ?? null,
      baseline: baseline === undefined ? null : { collectedAt: null, ...baseline },
      trend: trend ?? [],
      standards: standards ?? [],
      configuration: configuration ?? null,
      blockList: blockList ?? null,
    }),
    results,
    failures: results.filter(({ outcome, suppression }) => outcome === 'fail' && suppression === null),
    unknowns: results.filter(({ outcome }) => outcome === 'unknown'),
  };
}

function resultView(result: Result, check: CheckReport) {
  const { resource, evidence, missing = [], reason = null, assumedOff = [], fix, suppression } = result;
  return {
    ...result,
    check,
    resource: { vpcId: null, name: null, ...resource },
    headline: headline(result),
    place: placeText(resource),
    grounds: groundsOf(result),
    evidence: evidence.map((piece) => ({ ...noEvidence, ...piece, text: evidenceText(piece) })),
    missing: missing.map((fact) => ({ iamAction: null, ...fact })),
    reason,
    assumedOff,
    suppression: suppression === undefined ? null : { ticket: null, ...suppression },
    sinceBaseline: result.sinceBaseline ?? null,
    firstSeen: result.firstSeen ?? null,
    fix: fix === undefined ? null : { cli: [], terraform: null, ...fix },
    path: pathOf(result) ?? null,
  };
}
