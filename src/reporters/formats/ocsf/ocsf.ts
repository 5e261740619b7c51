import type { AuditReport, CheckReport, Result } from '../../../findings/audit-report.ts';
import type { Severity } from '../../../model/verdict/severity.ts';
import type { Outcome } from '../../../model/verdict/verdict.ts';
import { capitalised } from '../../wording.ts';
import { visibleText } from '../../visible-text.ts';
import { checksOf } from '../check-of.ts';
import { jsonText } from '../json-text.ts';
import { firstSeenAt, observedAt } from '../observed-at.ts';
import { partitionOf } from '../partition.ts';
import { groundsOf, headline, placeText, resourceText } from '../result-text.ts';
import { isSuppressed } from '../standing.ts';
import { evidencesOf } from './evidences.ts';

/** The version of the Open Cybersecurity Schema Framework that is written. */
const version = '1.8.0';
/** Compliance Finding in the category Findings, a finding created (OCSF 1.8.0, compliance_finding). */
const compliance = { category_uid: 2, category_name: 'Findings', class_uid: 2003, class_name: 'Compliance Finding' };
const created = { activity_id: 1, activity_name: 'Create', type_uid: 200_301, type_name: 'Compliance Finding: Create' };
const updated = { activity_id: 2, activity_name: 'Update', type_uid: 200_302, type_name: 'Compliance Finding: Update' };

const severityIds: Readonly<Record<Severity, number>> = { informational: 1, low: 2, medium: 3, high: 4, critical: 5 };

/** "Warning" is OCSF's word for a check without a result for want of information. */
const statuses: Readonly<Record<Outcome, { readonly status_id: number; readonly status: string }>> = {
  pass: { status_id: 1, status: 'Pass' },
  unknown: { status_id: 2, status: 'Warning' },
  fail: { status_id: 3, status: 'Fail' },
  'not-applicable': { status_id: 99, status: 'Not Applicable' },
};

/** OCSF 1.8.0 as JSON Lines: one Compliance Finding (class 2003) a line, times in milliseconds. */
export function* renderOcsf(report: AuditReport): Generator<string> {
  const checkOf = checksOf(report);
  const time = observedAt(report);
  for (const result of report.results)
    yield `${jsonText(complianceFinding(result, checkOf(result), report.tool, time))}\n`;
}

function complianceFinding(result: Result, check: CheckReport, tool: AuditReport['tool'], time: number): object {
  const { effectiveSeverity, fingerprint, fix, suppression, sinceBaseline } = result;
  const firstSeen = firstSeenAt(result);
  const evidences = evidencesOf(result);
  return {
    ...compliance,
    ...(firstSeen !== undefined && firstSeen < time ? updated : created),
    time,
    severity_id: severityIds[effectiveSeverity],
    severity: capitalised(effectiveSeverity),
    ...lifecycleOf(result),
    message: visibleText(`${capitalised(headline(result))}: ${resourceText(result)} in ${placeText(result.resource)}`),
    metadata: {
      version,
      product: { name: tool.name, vendor_name: tool.name, version: tool.version },
      event_code: check.id,
      profiles: ['cloud'],
    },
    cloud: cloudOf(result),
    finding_info: {
      uid: fingerprint,
      title: visibleText(capitalised(headline(result))),
      desc: visibleText(check.rationale),
      ...(firstSeen === undefined ? {} : { first_seen_time: firstSeen, created_time: firstSeen }),
      analytic: { type_id: 1, type: 'Rule', uid: check.id, name: check.title },
    },
    compliance: complianceOf(result, check),
    resources: [resourceOf(result)],
    ...(evidences.length === 0 ? {} : { evidences }),
    remediation: {
      desc: visibleText([...(fix === undefined ? [] : [fix.summary]), check.remediation].join(' ')),
      references: check.references,
    },
    unmapped: { checkSeverity: check.severity, sinceBaseline, suppression, fix, relatedChecks: check.relatedChecks },
  };
}

/** Where a finding stands in its triage; what passes or does not apply is no finding. */
function lifecycleOf(result: Result): object {
  if (result.outcome !== 'fail' && result.outcome !== 'unknown') return {};
  return isSuppressed(result) ? { status_id: 3, status: 'Suppressed' } : { status_id: 1, status: 'New' };
}

const cloudOf = ({ resource: { accountId, region, arn } }: Result): object => ({
  provider: 'AWS',
  account: { uid: accountId, type_id: 10, type: 'AWS Account' },
  region,
  cloud_partition: partitionOf(arn),
});

function complianceOf(result: Result, { id, title, rationale, severity, standards }: CheckReport): object {
  const status = statuses[result.outcome];
  const details = groundsOf(result).map(visibleText);
  const ofStandards = standards.length === 0 ? {} : { standards };
  return {
    ...status,
    control: id,
    ...ofStandards,
    ...(details.length === 0 ? {} : { status_details: details }),
    checks: [
      {
        uid: id,
        name: title,
        desc: rationale,
        severity_id: severityIds[severity],
        severity: capitalised(severity),
        ...status,
        ...ofStandards,
      },
    ],
  };
}

const resourceOf = ({ resource: { type, id, arn, region, vpcId, name } }: Result): object => ({
  uid: arn,
  uid_alt: id,
  name,
  type,
  region,
  cloud_partition: partitionOf(arn),
  role_id: 1,
  role: 'Target',
  ...(vpcId === undefined ? {} : { data: { vpcId } }),
});
