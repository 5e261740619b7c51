import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import pLimit from 'p-limit';
import { AwsCallError } from '../../aws/errors.ts';
import type { LogConnection } from '../../aws/log-queries/log-connection.ts';
import { logOperations, type LogOperation } from '../../aws/log-queries/log-operations.ts';
import { isRaw, items, number, requiredText, text, type Raw } from '../../model/decode.ts';
import type { FlowEvidence } from '../../model/verdict/flow-evidence.ts';
import { insightsQuery, lineOfRow, usedFields } from '../insights/insights-query.ts';
import { FlowLogsUnusable } from '../unusable.ts';
import { evidenceFromFiles, type FilesOptions } from './files-evidence.ts';
import type { TimeWindow } from './window.ts';

/** What a log group is asked with. */
export interface LogGroupOptions extends FilesOptions {
  readonly logGroup: string;
  /** The format of the flow logs that write to the group. */
  readonly fields: readonly string[];
  /** The most that may be scanned. */
  readonly maxBytes: number;
}

/** A result as long as this may have been cut, so the time is halved until none is. */
const longestResult = 10_000;
/** Shorter than this a slice is not cut: a minute with more kinds of conversations belongs into S3. */
const shortestSlice = 60;
/** Far below the hundred that an account may run at once, dashboards included. */
const atOnce = 4;

/**
 * Evidence from a log group. Logs Insights puts the records together by conversation and five minutes, slice by slice of
 * the window, and DuckDB asks what comes back: every byte is scanned, and billed, once and not once per question.
 */
export async function evidenceFromLogGroup(connection: LogConnection, options: LogGroupOptions): Promise<FlowEvidence> {
  const { fields, window, logGroup } = options;
  if (!fields.includes('start') || !fields.includes('end'))
    throw new FlowLogsUnusable(
      `The flow log of ${logGroup} records neither start nor end: add \${start} and \${end} to its format.`,
    );
  const folder = await mkdtemp(join(tmpdir(), 'vpc-auditor-flows-'));
  const cost = { bytesScanned: 0, milliseconds: 0, queries: 0 };
  try {
    const path = join(folder, 'insights.log');
    const file = createWriteStream(path, { mode: 0o600 });
    file.write(`${usedFields(fields).join(' ')}\n`);
    const limit = pLimit(atOnce);
    const started = connection.clock.now();
    const read = async (slice: TimeWindow): Promise<void> => {
      const rows = await limit(() => sliceRows(connection, slice, options, cost));
      if (rows.length >= longestResult && slice.until - slice.since > shortestSlice) {
        const middle = Math.floor((slice.since + slice.until) / 2);
        await Promise.all([read({ since: slice.since, until: middle }), read({ since: middle, until: slice.until })]);
        return;
      }
      if (rows.length >= longestResult)
        throw new FlowLogsUnusable(
          `${logGroup} holds more than ${longestResult} kinds of conversations in a minute, more than Logs Insights gives: deliver the flow log to S3 and ask that.`,
        );
      for (const row of rows) file.write(`${lineOfRow(row, fields)}\n`);
      options.onProgress?.(`${cost.queries} queries, ${cost.bytesScanned} bytes scanned`);
    };
    await Promise.all(slicesOf(window).map(read));
    file.end();
    await finished(file);
    cost.milliseconds = connection.clock.now() - started;
    const found = {
      files: [{ path, name: 'insights.log', size: file.bytesWritten }],
      bytes: cost.bytesScanned,
      outsideWindow: 0,
      nearest: {},
    };
    const evidence = await evidenceFromFiles(found, options);
    return { ...evidence, engine: `Logs Insights and ${evidence.engine}`, cost };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A window in hours, so that the first answers already tell how much there is. */
function slicesOf({ since, until }: TimeWindow): readonly TimeWindow[] {
  const slices: TimeWindow[] = [];
  for (let at = since; at < until; at += 3600) slices.push({ since: at, until: Math.min(until, at + 3600) });
  return slices;
}

async function sliceRows(
  connection: LogConnection,
  slice: TimeWindow,
  { logGroup, fields, maxBytes, signal }: LogGroupOptions,
  cost: { bytesScanned: number; queries: number },
): Promise<readonly Readonly<Record<string, string>>[]> {
  const answer = await told(
    connection,
    logGroup,
    'logs:StartQuery',
    {
      logGroupName: logGroup,
      // Both ends are included
      startTime: slice.since,
      endTime: slice.until - 1,
      queryString: insightsQuery(fields, longestResult),
    },
    signal,
  );
  const queryId = requiredText(answer, 'queryId');
  try {
    for (let wait = 250; ; wait = Math.min(5000, wait * 1.5)) {
      const result = await told(connection, logGroup, 'logs:GetQueryResults', { queryId }, signal);
      const status = text(result, 'status');
      if (status === 'Complete') {
        cost.queries += 1;
        cost.bytesScanned +=
          (isRaw(result['statistics']) ? number(result['statistics'], 'bytesScanned') : undefined) ?? 0;
        if (cost.bytesScanned > maxBytes)
          throw new FlowLogsUnusable(
            `The questions to ${logGroup} have scanned ${cost.bytesScanned} bytes, more than --max-bytes allows: raise it, or choose a shorter window with --since.`,
          );
        return rowsOf(result);
      }
      // What a running query gives is a part only
      if (status === 'Failed' || status === 'Cancelled' || status === 'Timeout')
        throw new FlowLogsUnusable(`Logs Insights did not answer a question to ${logGroup}: ${status}.`);
      await connection.clock.sleep(wait, signal);
    }
  } catch (error) {
    if (signal?.aborted === true) await connection.send('logs:StopQuery', { queryId }).catch(() => undefined);
    throw error;
  }
}

/** Every row is a list of fields with their values. */
function rowsOf(result: Raw): readonly Readonly<Record<string, string>>[] {
  const lists: unknown = result['results'];
  if (!Array.isArray(lists)) return [];
  return lists.map((list: unknown) =>
    Object.fromEntries(items({ list }, 'list', (cell) => [text(cell, 'field') ?? '', text(cell, 'value') ?? '-'])),
  );
}

async function told(
  connection: LogConnection,
  logGroup: string,
  operation: LogOperation,
  input: Raw,
  signal: AbortSignal | undefined,
): Promise<Raw> {
  try {
    return await connection.send(operation, input, signal);
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    const remedy = error.reason.failure === 'denied' ? ` Allow ${logOperations[operation].iamAction} on it.` : '';
    throw new FlowLogsUnusable(`The log group ${logGroup} cannot be asked: ${error.message}.${remedy}`, {
      cause: error,
    });
  }
}
