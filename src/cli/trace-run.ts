import { createReadStream } from 'node:fs';
import type { PathVerdict, TraceQuery, TraceResult } from '../model/verdict/path.ts';
import type { FlowLogLine, Network } from '../index.ts';
import { exitCode } from './exit-code.ts';
import type { AccountOptions, TerminalOptions } from './options.ts';
import { evidenceOf } from './evidence.ts';
import { linesOf, questionOfLine, type Refused } from './question-lines.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Everything `trace` can be told. */
export interface TraceOptions extends AccountOptions, TerminalOptions {
  readonly from?: string;
  readonly to?: string;
  readonly protocol?: string;
  readonly port?: number;
  readonly sourcePort?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  readonly queries?: string;
  readonly flowLogLine?: string;
  readonly logFormat?: string;
  readonly format: 'text' | 'json';
  readonly expect?: PathVerdict;
  readonly snapshot?: string;
}

/** Answers one question, or a file of them. */
export async function runTrace(options: TraceOptions): Promise<void> {
  const terminal = openTerminal(options);
  const { flowLogLine } = options;
  if (flowLogLine !== undefined && (options.from ?? options.to ?? options.queries) !== undefined)
    throw new UsageError('--flow-log-line is a question of its own; leave --from, --to and --queries out.');
  const question = options.queries === undefined && flowLogLine === undefined ? questionOf(options) : undefined;
  if (question === undefined && (options.from !== undefined || options.to !== undefined)) {
    throw new UsageError('--queries takes its questions from a file; leave --from and --to out.');
  }
  const { buildNetwork, QueryError, trace } = await import('../index.ts');
  const record = flowLogLine === undefined ? undefined : await recordOf(flowLogLine, options.logFormat);
  const network = buildNetwork(await evidenceOf(options, terminal));
  const ask = (query: TraceQuery): TraceResult | Refused => {
    try {
      return trace(network, query);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      return { query, error: { message: error.message, candidates: error.candidates } };
    }
  };
  const asked = question ?? (record === undefined ? undefined : await questionOfRecord(network, record, terminal));
  if (asked === undefined) {
    await answerFile(options.queries ?? '-', ask, terminal, options);
    return;
  }
  const answer = ask(asked);
  if ('error' in answer) throw new UsageError(answer.error.message);
  if (options.format === 'json') terminal.data(`${JSON.stringify(answer, null, 2)}\n`);
  else {
    const { walk } = await import('../index.ts');
    terminal.data(`${walk(answer, terminal.dataStyle)}\n`);
  }
  process.exitCode = codeOf(answer, options.expect);
}

function questionOf({ from, to, protocol, port, sourcePort, icmpType, icmpCode }: TraceOptions): TraceQuery {
  if (from === undefined || to === undefined) {
    throw new UsageError(
      'A trace needs --from and --to (or --queries). Example: vpc-auditor trace --from internet --to i-0abc --port 22',
    );
  }
  return {
    from,
    to,
    protocol: protocol ?? (port === undefined ? undefined : 'tcp'),
    port,
    sourcePort,
    icmpType,
    icmpCode,
  };
}

async function recordOf(line: string, logFormat: string | undefined): Promise<FlowLogLine> {
  const { parseFlowLogLine, parseLogFormat } = await import('../index.ts');
  const format = logFormat === undefined ? undefined : parseLogFormat(logFormat);
  if (format?.reason !== undefined) throw new UsageError(`--log-format: ${format.reason}.`);
  return parseFlowLogLine(line, format?.fields);
}

async function questionOfRecord(network: Network, record: FlowLogLine, terminal: Terminal): Promise<TraceQuery> {
  const { questionOfLine } = await import('../index.ts');
  const { query, note } = questionOfLine(network, record);
  terminal.say(note);
  return query;
}

function codeOf({ verdict }: TraceResult, expected: PathVerdict | undefined): number {
  if (verdict === 'unknown') return exitCode.incomplete;
  return expected === undefined || expected === verdict ? exitCode.clean : exitCode.findings;
}

/** One answer a line, in the order of the questions; a line that is no question gets an error object of its own. */
async function answerFile(
  path: string,
  ask: (query: TraceQuery) => TraceResult | Refused,
  terminal: Terminal,
  options: TraceOptions,
): Promise<void> {
  const input = path === '-' ? process.stdin : createReadStream(path);
  const codes = new Set<number>();
  const counts: Record<PathVerdict | 'refused', number> = { reachable: 0, 'not-reachable': 0, unknown: 0, refused: 0 };
  try {
    for await (const line of linesOf(input)) {
      const parsed = questionOfLine(line);
      const answer = 'error' in parsed ? parsed : ask(parsed);
      counts['error' in answer ? 'refused' : answer.verdict]++;
      codes.add('error' in answer ? exitCode.usage : codeOf(answer, options.expect));
      terminal.data(`${JSON.stringify(answer)}\n`);
    }
  } catch (cause) {
    if ((cause as { readonly code?: unknown }).code === undefined) throw cause;
    throw new UsageError(
      `--queries ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      { cause },
    );
  }
  const code = codes.has(exitCode.usage)
    ? exitCode.usage
    : (codes.has(exitCode.findings) ? exitCode.findings : 0) +
      (codes.has(exitCode.incomplete) ? exitCode.incomplete : 0);
  process.exitCode = code;
  const refused = counts.refused === 0 ? '' : `, ${counts.refused} made no sense`;
  terminal.say(
    `Exit ${code}: ${counts.reachable} reachable, ${counts['not-reachable']} not reachable, ${counts.unknown} unknown${refused}.`,
  );
}
