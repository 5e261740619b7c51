import { stat } from 'node:fs/promises';
import type { AnyCheck } from '../auditors/check.ts';
import type { AuditReport } from '../findings/audit-report.ts';
import type { Baseline } from '../findings/baseline/baseline.ts';
import type { ReachabilitySide } from '../network/result/reachability-difference.ts';
import type { GivenConfiguration } from './configuration.ts';
import { readInput, reasonOf } from './input-file.ts';
import { UsageError } from './usage-error.ts';

/** What a path stands for in a comparison. */
export interface Comparable {
  readonly baseline: Baseline;
  /** Who reaches whom; a baseline does not keep it. */
  readonly reachability: ReachabilitySide | undefined;
}

/** A report.json, a baseline, or a snapshot folder, which is audited with these checks. */
export async function comparableAt(
  path: string,
  checks: readonly AnyCheck[],
  configuration: GivenConfiguration | undefined,
): Promise<Comparable> {
  const { auditSnapshot, baselineOf, buildNetwork, parsedJson, readComparable, readReport, readSnapshot } =
    await import('../index.ts');
  if (await isFolder(path)) {
    const snapshot = await readSnapshot(path);
    const run = { startedAt: new Date(0).toISOString(), durationMs: 0 };
    const baseline = baselineOf(
      auditSnapshot(snapshot, { checks, ...(configuration === undefined ? {} : { configuration }), run: () => run }),
      path,
    );
    return { baseline, reachability: { network: buildNetwork(snapshot) } };
  }
  const text = await readInput(path);
  const baseline = readComparable(text, path);
  const document = parsedJson(text, path);
  const isReport = typeof document === 'object' && document !== null && 'results' in document;
  return { baseline, reachability: isReport ? await ofReport(path, readReport(text, path), baseline) : undefined };
}

const interfaces = 'ec2.DescribeNetworkInterfaces';

/** A report keeps what the internet reaches, and where it looked. */
async function ofReport(
  path: string,
  { exposures }: AuditReport,
  { places, gaps }: Baseline,
): Promise<ReachabilitySide> {
  const { HeadersUnreadable, notLookedAt, reportedExposure } = await import('../index.ts');
  const gapIn = (accountId: string, region: string): string | undefined => {
    const here = (one: { readonly accountId: string; readonly region: string }): boolean =>
      one.accountId === accountId && one.region === region;
    if (!places.some(here)) return notLookedAt(accountId, region);
    return gaps.some((gap) => here(gap) && gap.operation === interfaces)
      ? `${interfaces} was not answered in full in account ${accountId}, ${region}`
      : undefined;
  };
  try {
    return { exposure: reportedExposure(exposures, gapIn) };
  } catch (error) {
    if (!(error instanceof HeadersUnreadable)) throw error;
    throw new UsageError(`The exposures of ${path} cannot be read: ${error.message}.`, { cause: error });
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}
