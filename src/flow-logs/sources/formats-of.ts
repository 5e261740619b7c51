import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { everywhere } from '../../network/facts/inventory.ts';
import type { FormatOf } from '../files/inspect.ts';
import { parseLogFormat } from '../format/log-format.ts';

const allFlowLogs = everywhere('flowLogs');

/** The format that the caller names, else that of the flow log which a file's name tells. */
export function formatsOf(given: readonly string[] | undefined, snapshot: Snapshot | undefined): FormatOf {
  if (given !== undefined) return () => given;
  if (snapshot === undefined) return () => undefined;
  const byId = new Map(
    allFlowLogs(snapshot).flatMap(({ resource }) => {
      const fields = resource.logFormat === undefined ? undefined : parseLogFormat(resource.logFormat).fields;
      return fields === undefined ? [] : [[resource.flowLogId, fields] as const];
    }),
  );
  return ({ flowLogId }) => (flowLogId === undefined ? undefined : byId.get(flowLogId));
}

/** The formats of the flow logs that write to a log group; several where they differ. */
export function formatsOfLogGroup(snapshot: Snapshot, logGroupName: string): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const { resource } of allFlowLogs(snapshot)) {
    if (resource.logGroupName !== logGroupName || resource.logFormat === undefined) continue;
    const { fields } = parseLogFormat(resource.logFormat);
    if (fields !== undefined) found.set(fields.join(' '), fields);
  }
  return [...found.values()];
}

/** The formats of the flow logs that are delivered to buckets as text; several where they differ. */
export function formatsToBuckets(snapshot: Snapshot): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const { resource } of allFlowLogs(snapshot)) {
    if (resource.logDestinationType !== 's3' || resource.destinationOptions?.fileFormat === 'parquet') continue;
    const fields = resource.logFormat === undefined ? undefined : parseLogFormat(resource.logFormat).fields;
    if (fields !== undefined) found.set(fields.join(' '), fields);
  }
  return [...found.values()];
}

/** The sources that the flow logs of a snapshot name, as `--source` takes them. */
export function sourcesIn(snapshot: Snapshot): readonly string[] {
  const found = new Set<string>();
  for (const { resource } of allFlowLogs(snapshot)) {
    const { logDestinationType, logDestination, logGroupName } = resource;
    if (logDestinationType === 's3' && logDestination !== undefined)
      found.add(`s3://${logDestination.replace(/^arn:[^:]*:s3:::/, '')}`);
    else if (logGroupName !== undefined) found.add(`log-group:${logGroupName}`);
  }
  return [...found].sort();
}
