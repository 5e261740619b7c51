import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FlowEvidence, FlowLogReading } from '../../model/verdict/flow-evidence.ts';
import type { Network } from '../../network/network.ts';
import { type DuckdbEngine, foldersOf, openDuckdb } from '../duckdb/duckdb-engine.ts';
import { ask } from '../engine/question.ts';
import type { Thresholds } from '../engine/thresholds.ts';
import { gatherEvidence } from '../evidence/assemble.ts';
import { placesOf } from '../evidence/places-of.ts';
import type { NameOf } from '../evidence/words.ts';
import type { FoundFiles } from '../files/find.ts';
import { type FormatOf, inspectFiles, type Inspection, type LocalFile } from '../files/inspect.ts';
import { costsRecords, type SkippedFile } from '../files/reading.ts';
import { unknownFields } from '../format/log-format.ts';
import { totals } from '../questions/coverage.ts';
import { FlowLogsUnusable } from '../unusable.ts';
import { allTime, type TimeWindow } from './window.ts';

/** What evidence from files is gathered with. */
export interface FilesOptions {
  /** How the source is called in the report. */
  readonly source: string;
  readonly window: TimeWindow;
  readonly network: Network | undefined;
  readonly thresholds: Thresholds;
  readonly nameOf: NameOf;
  readonly formatOf: FormatOf;
  readonly memoryLimit: string;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((what: string) => void) | undefined;
}

/** Files as they were found, with what they cost. */
export type Found = FoundFiles<LocalFile & { readonly size: number }>;

/** Evidence from files on this machine. What is written meanwhile lies in a private folder that is taken away. */
export async function evidenceFromFiles(found: Found, options: FilesOptions): Promise<FlowEvidence> {
  const workFolder = await mkdtemp(join(tmpdir(), 'vpc-auditor-flows-'));
  try {
    const inspection = await inspectFiles(found.files, options.formatOf, (done) =>
      options.onProgress?.(`looked at ${done} of ${found.files.length} files`),
    );
    options.signal?.throwIfAborted();
    refuseUnreadable(found, inspection, options);
    options.onProgress?.('reading records');
    const engine = await openDuckdb(inspection, {
      inputs: foldersOf(found.files),
      workFolder,
      memoryLimit: options.memoryLimit,
      threads: options.threads ?? availableParallelism(),
      window: options.window,
      several: true,
      signal: options.signal,
    });
    try {
      return await evidenceFrom(engine, found, inspection, options);
    } finally {
      engine.close();
    }
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function evidenceFrom(
  engine: DuckdbEngine,
  found: Found,
  inspection: Inspection,
  options: FilesOptions,
): Promise<FlowEvidence> {
  const window = options.window === allTime ? await windowOf(engine, options) : options.window;
  const evidence = await gatherEvidence({
    engine,
    network: options.network,
    source: options.source,
    window,
    thresholds: options.thresholds,
    nameOf: options.nameOf,
    onQuestion: (title) => options.onProgress?.(title),
  });
  if (evidence.reading.records === 0 && !engine.columns.has('tgw_attachment_id')) {
    const { first, last } = await engine.span();
    throw new FlowLogsUnusable(emptyWindow(options.source, window, first, last));
  }
  return { ...evidence, reading: { ...evidence.reading, ...readingOf(engine, found, inspection) } };
}

/** The stretch that all records lie in. */
async function windowOf(engine: DuckdbEngine, { network, thresholds }: FilesOptions): Promise<TimeWindow> {
  const answer = await ask(engine, totals, { places: placesOf(network?.snapshot), thresholds, window: allTime });
  const [row] = answer.rows ?? [];
  if (row?.first_seen == null || row.last_seen === null) return { since: 0, until: 1 };
  return { since: row.first_seen, until: row.last_seen + 1 };
}

function readingOf(
  { read }: DuckdbEngine,
  found: Found,
  inspection: Inspection,
): Omit<FlowLogReading, 'records' | 'accepted' | 'rejected' | 'nodata' | 'skipdata'> {
  return {
    files: found.files.length,
    bytes: found.bytes,
    filesOutsideWindow: found.outsideWindow,
    skipped: [...inspection.skipped, ...read.skipped]
      .toSorted((a, b) => (a.file < b.file ? -1 : 1))
      .map((file) => ({ ...file, costsRecords: costsRecords(file) })),
    ...(read.rejectedLines === undefined ? {} : { rejectedLines: read.rejectedLines }),
    rejectedExamples: read.rejectedExamples,
    duplicateRecords: read.duplicates,
    formats: read.groups.map(({ flowLogId, kind, files, fields }) => ({
      ...(flowLogId === undefined ? {} : { flowLogId }),
      kind,
      files,
      fields,
      unknownFields: unknownFields(fields),
    })),
  };
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

function emptyWindow(source: string, window: TimeWindow, first: number | null, last: number | null): string {
  const asked = `${source} holds no record from ${iso(window.since)} to ${iso(window.until)}`;
  return first === null || last === null
    ? `${asked}: it holds none at all.`
    : `${asked}; its records lie between ${iso(first)} and ${iso(last)}: ask with --since ${iso(first)} --until ${iso(last + 1)}.`;
}

/** Not one file can be read: say why, with the first of each kind. */
function refuseUnreadable(found: Found, { text, parquet, skipped }: Inspection, { source }: FilesOptions): void {
  if (found.files.length === 0) {
    const { before, after } = found.nearest;
    const near = [before, after].filter((one) => one !== undefined).map((one) => new Date(one).toISOString());
    throw new FlowLogsUnusable(
      found.outsideWindow === 0
        ? `${source} holds no file of flow logs. AWS writes them below AWSLogs/ACCOUNT/vpcflowlogs/REGION/YYYY/MM/DD.`
        : `${source} holds ${found.outsideWindow} file(s), none of them of this window; the nearest are of ${near.join(' and ')}.`,
    );
  }
  if (text.length + parquet.length > 0) return;
  const byReason = new Map<string, SkippedFile>();
  for (const file of skipped) if (!byReason.has(file.reason)) byReason.set(file.reason, file);
  const reasons = [...byReason.values()].map(({ file, reason, detail }) => `${file} (${reason}): ${detail}`);
  throw new FlowLogsUnusable(
    `None of the ${found.files.length} file(s) of ${source} holds readable records. ${reasons.join('. ')}.`,
  );
}
