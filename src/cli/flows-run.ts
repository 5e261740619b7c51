import type { FlowEvidence } from '../model/verdict/flow-evidence.ts';
import { exitCode } from './exit-code.ts';
import { flowEvidence } from './flow-evidence.ts';
import type { FlowLogOptions } from './flow-settings.ts';
import type { AccountOptions, TerminalOptions } from './options.ts';
import { openTerminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Everything `flows` can be told. */
export interface FlowsOptions extends AccountOptions, TerminalOptions, FlowLogOptions {
  readonly source?: string;
  readonly snapshot?: string;
  readonly format: 'terminal' | 'json';
  readonly failOn: 'critical' | 'high' | 'medium' | 'low' | 'never';
  readonly dryRun?: true;
}

/** Reads flow logs, judges them by the snapshot where there is one, and tells what they say. */
export async function runFlows(options: FlowsOptions): Promise<void> {
  const terminal = openTerminal(options);
  const { buildNetwork, flowsText, readSnapshot, sourcesIn } = await import('../index.ts');
  const network = options.snapshot === undefined ? undefined : buildNetwork(await readSnapshot(options.snapshot));
  if (options.source === undefined) {
    const known = network === undefined ? [] : sourcesIn(network.snapshot);
    throw new UsageError(
      known.length === 0
        ? 'Name the flow logs with --source: a folder, s3://BUCKET/PREFIX, log-group:NAME or athena:DATABASE.TABLE.'
        : `Name the flow logs with --source; those of the snapshot are written to ${known.slice(0, 5).join(', ')}.`,
    );
  }
  const evidence = await flowEvidence({
    source: options.source,
    options,
    network,
    terminal,
    ...(options.dryRun === undefined ? {} : { dryRun: true }),
  });
  if (evidence === undefined) return;
  terminal.live(undefined);
  terminal.data(
    options.format === 'json'
      ? `${JSON.stringify(evidence, null, 2)}\n`
      : `${flowsText(evidence, terminal.dataStyle)}\n`,
  );
  const { code, sentence } = flowsStatus(evidence, options.failOn);
  terminal.end(code, sentence);
  process.exitCode = code;
}

const severities = ['critical', 'high', 'medium', 'low'] as const;

/** The exit code, and why in one sentence. */
export function flowsStatus(
  { detections, reading, questions }: FlowEvidence,
  failOn: FlowsOptions['failOn'],
): { readonly code: number; readonly sentence: string } {
  const least = failOn === 'never' ? -1 : severities.indexOf(failOn);
  const counted = detections.filter(({ severity }) => severities.indexOf(severity) <= least).length;
  const unread = reading.skipped.filter(({ costsRecords }) => costsRecords).length;
  const lines = reading.rejectedLines ?? 0;
  const open = questions.filter(({ missingFields, id }) => missingFields.length > 0 && id !== 'traffic-paths').length;
  const parts = [
    unread === 0 ? undefined : `${unread} file(s) could not be read`,
    lines === 0 ? undefined : `${lines} line(s) fit no record`,
    open === 0 ? undefined : `${open} question(s) cannot be answered with this log format`,
  ].filter((part) => part !== undefined);
  const found = counted > 0 ? `${counted} detection(s) at ${failOn} or above` : `no detection at ${failOn} or above`;
  return {
    code: (counted > 0 ? exitCode.findings : 0) + (parts.length > 0 ? exitCode.incomplete : 0),
    sentence: `${found}${parts.length === 0 ? '' : `; incomplete: ${parts.join(', ')}`}.`,
  };
}
