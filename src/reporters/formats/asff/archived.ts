import type { KnownFinding } from '../../../findings/baseline/baseline.ts';
import { sentence } from '../result-text.ts';
import type { Batch } from './finding.ts';
import { asffLimits, filled } from './limits.ts';
import { asffResource } from './resource.ts';

/**
 * A finding that is proven to be gone, as the import that archives it. What only was not seen is never archived: that
 * would take a finding away because a permission was lost.
 */
export function asffArchived(finding: KnownFinding, { tool, time, product }: Batch): object {
  const { checkId, fingerprint, title, resource, effectiveSeverity, firstSeen } = finding;
  return {
    SchemaVersion: '2018-10-08',
    Id: fingerprint,
    ProductArn: product,
    GeneratorId: filled(`${tool.name}/${checkId}`, asffLimits.id),
    AwsAccountId: resource.accountId,
    CreatedAt: firstSeen === undefined ? time : new Date(firstSeen).toISOString(),
    LastObservedAt: time,
    UpdatedAt: time,
    Title: filled(title, asffLimits.title) ?? checkId,
    Description: filled(`No longer so: ${sentence(title)}`, asffLimits.description),
    FindingProviderFields: {
      Severity: { Label: effectiveSeverity.toUpperCase(), Original: effectiveSeverity },
      Types: ['Software and Configuration Checks/AWS Security Best Practices/Network Reachability'],
    },
    Resources: [asffResource(resource)],
    Compliance: { Status: 'PASSED' },
    RecordState: 'ARCHIVED',
  };
}
