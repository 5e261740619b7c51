import type { AuditReport, CheckReport, Result } from '../../../findings/audit-report.ts';
import type { Outcome } from '../../../model/verdict/verdict.ts';
import { capitalised } from '../../wording.ts';
import { evidenceText, groundsOfMost, headline, missingText, resourceText, sentence } from '../result-text.ts';
import { firstSeenAt } from '../observed-at.ts';
import { isSuppressed, suppressionText } from '../standing.ts';
import { webAddress } from '../web-address.ts';
import { asffLimits, filled, filledMap } from './limits.ts';
import { networkOf, networkPathOf } from './network.ts';
import { asffResource } from './resource.ts';

/** Of the evidence, so many pieces lie in fields of their own. */
const ownFields = 10;

/** A check without a verdict is NOT_AVAILABLE, never passed. */
const statuses: Readonly<Record<Outcome, string>> = {
  fail: 'FAILED',
  pass: 'PASSED',
  unknown: 'NOT_AVAILABLE',
  'not-applicable': 'NOT_AVAILABLE',
};

/** What all findings of a batch share. */
export interface Batch {
  readonly tool: AuditReport['tool'];
  /** ISO 8601, UTC. */
  readonly time: string;
  /** The ARN of the product that the findings belong to. */
  readonly product: string;
}

/**
 * A result in the AWS Security Finding Format. Its id is the fingerprint, so a later import updates it. Severity and types
 * lie in `FindingProviderFields`, the only place from which an import may update them.
 */
export function asffFinding(result: Result, check: CheckReport, { tool, time, product }: Batch): object {
  const { outcome, resource, fingerprint, effectiveSeverity } = result;
  const judged = outcome === 'fail' || outcome === 'unknown';
  const firstSeen = new Date(firstSeenAt(result) ?? Date.parse(time)).toISOString();
  const url = webAddress(check.references[0]);
  return {
    SchemaVersion: '2018-10-08',
    Id: fingerprint,
    ProductArn: product,
    GeneratorId: filled(`${tool.name}/${check.id}`, asffLimits.id),
    AwsAccountId: resource.accountId,
    CreatedAt: firstSeen,
    FirstObservedAt: firstSeen,
    LastObservedAt: time,
    UpdatedAt: time,
    Title: filled(`${capitalised(headline(result))}: ${resourceText(result)}`, asffLimits.title),
    Description: filled(
      [...groundsOfMost(result, ownFields), check.rationale].map(sentence).join(' '),
      asffLimits.description,
    ),
    FindingProviderFields: {
      Severity: { Label: judged ? effectiveSeverity.toUpperCase() : 'INFORMATIONAL', Original: effectiveSeverity },
      Types: ['Software and Configuration Checks/AWS Security Best Practices/Network Reachability'],
    },
    Resources: [asffResource(resource)],
    Compliance: complianceOf(result, check),
    Remediation: {
      Recommendation: {
        Text:
          filled(result.fix?.summary, asffLimits.recommendation) ??
          filled(check.remediation, asffLimits.recommendation) ??
          'See the check.',
        ...(url === undefined ? {} : { Url: url }),
      },
    },
    ...networkOf(result),
    ...networkPathOf(result),
    ProductFields: productFields(result, tool),
    // Taken over when the finding is new; afterwards the workflow is the customer's own.
    ...(isSuppressed(result) ? { Workflow: { Status: 'SUPPRESSED' } } : {}),
    RecordState: 'ACTIVE',
  };
}

function complianceOf({ outcome, missing = [], reason }: Result, { standards }: CheckReport): object {
  const requirements = standards.flatMap((standard) => filled(standard, asffLimits.relatedRequirement) ?? []);
  const reasons =
    outcome === 'not-applicable'
      ? [{ ReasonCode: 'NOT_APPLICABLE', Description: filled(reason, asffLimits.statusReason) }]
      : missing.slice(0, ownFields).map((fact) => ({
          ReasonCode: fact.iamAction === undefined ? 'NOT_MODELLED' : 'NOT_COLLECTED',
          Description: filled(missingText(fact), asffLimits.statusReason),
        }));
  return {
    Status: statuses[outcome],
    ...(requirements.length === 0
      ? {}
      : { RelatedRequirements: requirements.slice(0, asffLimits.relatedRequirements) }),
    ...(reasons.length === 0 ? {} : { StatusReasons: reasons }),
  };
}

function productFields(
  { checkId, severity, evidence, fix, sinceBaseline, suppression }: Result,
  { name, version }: AuditReport['tool'],
): object {
  const pieces = evidence
    .slice(0, ownFields)
    .map((piece, at): readonly [string, string] => [`${name}/Evidence${at + 1}`, evidenceText(piece)]);
  return filledMap(
    {
      [`${name}/Version`]: version,
      [`${name}/CheckId`]: checkId,
      [`${name}/CheckSeverity`]: severity,
      ...Object.fromEntries(pieces),
      [`${name}/EvidenceCount`]: String(evidence.length),
      [`${name}/SinceBaseline`]: sinceBaseline,
      [`${name}/Suppression`]: suppression === undefined ? undefined : suppressionText(suppression),
      [`${name}/FixCommands`]: fix?.cli?.join('; '),
    },
    asffLimits.productFieldValue,
  );
}
