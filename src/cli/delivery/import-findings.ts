import type { Outbox, OutboxPlace } from '../../aws/outbox/outbox.ts';
import type { AuditReport } from '../../findings/audit-report.ts';
import { isRaw, number } from '../../model/decode.ts';
import { renderAsff } from '../../reporters/formats/asff/asff.ts';
import type { Delivery } from './delivery-options.ts';

/** `arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default`. */
const productPattern = /^arn:([a-z-]+):securityhub:([a-z0-9-]+):(\d{12}):/;

/**
 * Imports the findings into Security Hub: each batch in the account and Region that it is of, since no account may import
 * those of another (Security Hub user guide, BatchImportFindings). Throws once for all that was refused.
 */
export async function importFindings(outbox: Outbox, report: AuditReport, delivery: Delivery): Promise<void> {
  const own = report.scope.caller?.accountId;
  const refused: string[] = [];
  for (const batch of batchesOf(report)) {
    const place = placeOf(batch, own, delivery);
    if ('refused' in place) {
      refused.push(place.refused);
      continue;
    }
    try {
      const answer = await outbox.send('securityhub:BatchImportFindings', batch.input, place);
      const failed = number(answer, 'FailedCount') ?? 0;
      if (failed > 0) refused.push(`${failed} of ${batch.count} findings in ${batch.accountId} ${batch.region}`);
    } catch (error) {
      refused.push(`${batch.accountId} ${batch.region} (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  if (refused.length > 0) throw new Error(`not imported: ${[...new Set(refused)].join('; ')}`);
}

interface Batch {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly count: number;
  readonly input: { readonly Findings: readonly unknown[] };
}

function* batchesOf(report: AuditReport): Generator<Batch> {
  let line = '';
  for (const piece of renderAsff(report)) {
    line += piece;
    if (!piece.endsWith('\n')) continue;
    const parsed: unknown = JSON.parse(line);
    line = '';
    const findings = isRaw(parsed) ? parsed['Findings'] : undefined;
    if (!Array.isArray(findings)) throw new Error('a line of the ASFF output holds no findings');
    const [first]: readonly unknown[] = findings;
    const product = isRaw(first) ? first['ProductArn'] : undefined;
    const [, partition, region, accountId] = productPattern.exec(typeof product === 'string' ? product : '') ?? [];
    if (partition === undefined || region === undefined || accountId === undefined)
      throw new Error('a finding of the ASFF output names no product');
    yield { partition, region, accountId, count: findings.length, input: { Findings: findings } };
  }
}

function placeOf(
  { partition, region, accountId }: Batch,
  own: string | undefined,
  { securityHubRoleName }: Delivery,
): OutboxPlace | { readonly refused: string } {
  if (accountId === own) return { region };
  if (securityHubRoleName === undefined)
    return { refused: `${accountId} (another account: name a role there with --securityhub-role-name)` };
  return { region, role: { roleArn: `arn:${partition}:iam::${accountId}:role/${securityHubRoleName}` } };
}
