import type { AuditReport } from '../../findings/audit-report.ts';
import type { History } from '../../findings/history/history.ts';
import { isS3Address, parseS3Address } from '../delivery/s3-address.ts';
import { folderStore } from './folder-store.ts';
import type { HistoryStore } from './history-store.ts';

const stateFile = 'state.json';

/** `report-20261124T021500000Z.json`: by the time of the evidence, so that the same evidence takes its own place again. */
const reportFile = (time: string): string => `report-${time.replaceAll(/[-:.]/g, '')}.json`;

const reportName = /^report-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z\.json$/;

/** How a history in a bucket is reached. */
export interface HistoryAccess {
  readonly endpointUrl?: string;
  readonly uploadKmsKey?: string;
  readonly deliveryProfile?: string;
}

/** Opens the history at a folder or at `s3://bucket/prefix/`. */
export async function historyStore(place: string, access: HistoryAccess): Promise<HistoryStore> {
  if (!isS3Address(place)) return folderStore(place);
  const { endpointUrl, uploadKmsKey, deliveryProfile } = access;
  const { bucketStore } = await import('./bucket-store.ts');
  return bucketStore(parseS3Address(place, '--history'), {
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
    ...(uploadKmsKey === undefined ? {} : { kmsKey: uploadKmsKey }),
    ...(deliveryProfile === undefined ? {} : { profile: deliveryProfile }),
  });
}

/** What the history remembers; `undefined` where there is nothing yet. */
export async function readKept(store: HistoryStore): Promise<History | undefined> {
  const text = await store.read(stateFile);
  if (text === undefined) return undefined;
  const { parsedJson, readHistory } = await import('../../index.ts');
  const path = store.label.endsWith('/') ? `${store.label}${stateFile}` : `${store.label}/${stateFile}`;
  return readHistory(parsedJson(text, path), path);
}

/**
 * Keeps the report of a run and what follows from it, and takes away the reports that are too old. The report comes
 * first, so that a run that is cut short is told again rather than forgotten.
 */
export async function keepRun(
  store: HistoryStore,
  report: AuditReport,
  { before, days }: { readonly before: History | undefined; readonly days: number },
): Promise<string> {
  const { continued, isForgotten, renderLines, timeOf } = await import('../../index.ts');
  const path = await store.write(reportFile(timeOf(report)), renderLines(report));
  const history = continued(before, report, days);
  await store.write(stateFile, renderLines(history));
  const newest = history.runs.at(-1)?.collectedAt ?? timeOf(report);
  for (const name of await store.list()) {
    const [, year, month, day, hour, minute, second, fraction] = reportName.exec(name) ?? [];
    if (year === undefined) continue;
    const time = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}Z`;
    if (isForgotten(time, newest, days)) await store.remove(name);
  }
  return path;
}
