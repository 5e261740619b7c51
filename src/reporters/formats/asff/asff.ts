import type { AuditReport, Result } from '../../../findings/audit-report.ts';
import type { KnownFinding } from '../../../findings/baseline/baseline.ts';
import { grouped } from '../../../findings/grouped.ts';
import { compareText } from '../../../findings/order.ts';
import type { ResourceReference } from '../../../model/verdict/resource-reference.ts';
import { visibleText } from '../../visible-text.ts';
import { checksOf } from '../check-of.ts';
import { FormatUnusable } from '../format-unusable.ts';
import { jsonText } from '../json-text.ts';
import { observedAt } from '../observed-at.ts';
import { partitionOf } from '../partition.ts';
import { placeText } from '../result-text.ts';
import { asffArchived } from './archived.ts';
import { asffFinding } from './finding.ts';
import { asffLimits } from './limits.ts';

const opening = '{"Findings":[';
const closing = ']}\n';

/**
 * The AWS Security Finding Format for Security Hub as JSON Lines: each line is the whole input of one BatchImportFindings
 * call. A batch is of one account and Region, because the call must be made there with that account's credentials, and
 * is as large as the call takes. What the baseline had and is proven to be gone is archived.
 */
export function* renderAsff(report: AuditReport): Generator<string> {
  const checkOf = checksOf(report);
  const time = new Date(observedAt(report)).toISOString();
  refuseUnknownAccounts(report);
  const entries: readonly Entry[] = [
    ...report.results.map((result) => ({ resource: result.resource, result })),
    ...(report.baseline?.resolved ?? []).map((resolved) => ({ resource: resolved.resource, resolved })),
  ];
  const places = [...grouped(entries, ({ resource }) => placeText(resource))].sort(([a], [b]) => compareText(a, b));
  for (const [, own] of places) {
    const batch = { tool: report.tool, time, product: productArn(own) };
    yield* batches(
      map(own, (entry) =>
        jsonText(
          'result' in entry
            ? asffFinding(entry.result, checkOf(entry.result), batch)
            : asffArchived(entry.resolved, batch),
        ),
      ),
    );
  }
}

/** A finding that stands, or one that is proven to be gone. */
type Entry =
  | { readonly resource: ResourceReference; readonly result: Result }
  | { readonly resource: ResourceReference; readonly resolved: KnownFinding };

/** The default product, which every account may import findings of (Security Hub user guide, custom integrations). */
function productArn(entries: readonly [Entry, ...Entry[]]): string {
  const { accountId, region } = entries[0].resource;
  const partition =
    entries.map(({ resource: { arn } }) => partitionOf(arn)).find((found) => found !== undefined) ?? 'aws';
  return `arn:${partition}:securityhub:${region}:${accountId}:product/${accountId}/default`;
}

function refuseUnknownAccounts({ results }: AuditReport): void {
  const nameless = results.filter(({ resource: { accountId } }) => !/^\d{12}$/.test(accountId));
  const [first] = nameless;
  if (first === undefined) return;
  throw new FormatUnusable(
    `asff cannot be written: Security Hub needs the account of every finding, and ${nameless.length} of the report belong ` +
      `to ${visibleText(first.resource.accountId)}; audit a snapshot that says whose it is, or choose another format.`,
  );
}

function* map<A, B>(items: Iterable<A>, change: (item: A) => B): Generator<B> {
  for (const item of items) yield change(item);
}

function* batches(findings: Iterable<string>): Generator<string> {
  let count = 0;
  let bytes = 0;
  for (const finding of findings) {
    const size = Buffer.byteLength(finding);
    if (size > asffLimits.findingBytes) throw new Error(`a finding of ${size} bytes is larger than Security Hub takes`);
    const full = count === asffLimits.findingsPerBatch || bytes + 1 + size + closing.length > asffLimits.batchBytes;
    if (count > 0 && full) {
      yield closing;
      count = 0;
    }
    if (count === 0) bytes = opening.length;
    yield `${count === 0 ? opening : ','}${finding}`;
    count += 1;
    bytes += size + 1;
  }
  if (count > 0) yield closing;
}
