import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { PathVerdict, TraceQuery, TraceResult } from '../model/verdict/path.ts';
import { exitCode } from './exit-code.ts';
import type { AccountOptions, TerminalOptions } from './options.ts';
import { evidenceOf } from './evidence.ts';
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
  readonly format: 'text' | 'json';
  readonly expect?: PathVerdict;
  readonly snapshot?: string;
}

/** Answers one question, or a file of them. */
export async function runTrace(options: TraceOptions): Promise<void> {
  const terminal = openTerminal(options);
  const question = options.queries === undefined ? questionOf(options) : undefined;
  if (question === undefined && (options.from !== undefined || options.to !== undefined)) {
    throw new UsageError('--queries takes its questions from a file; leave --from and --to out.');
  }
  const { buildNetwork, QueryError, trace } = await import('../index.ts');
  const network = buildNetwork(await evidenceOf(options, terminal));
  const ask = (query: TraceQuery): TraceResult | Refused => {
    try {
      return trace(network, query);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      return { query, error: { message: error.message, candidates: error.candidates } };
    }
  };
  if (question === undefined) {
    await answerFile(options.queries ?? '-', ask, terminal, options);
    return;
  }
  const answer = ask(question);
  if ('error' in answer) throw new UsageError(answer.error.message);
  if (options.format === 'json') terminal.data(`${JSON.stringify(answer, null, 2)}\n`);
  else {
    const { walk } = await import('../index.ts');
    terminal.data(`${walk(answer, terminal.dataStyle)}\n`);
  }
  process.exitCode = codeOf(answer, options.expect);
}

/** A question that makes no sense: in a batch it costs its own line only. */
interface Refused {
  readonly query: unknown;
  readonly error: { readonly message: string; readonly candidates: readonly string[] };
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
  const input = path === '-' ? process.stdin : createReadStream(path, 'utf8');
  const codes = new Set<number>();
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === '') continue;
      const parsed = parseQuestion(line);
      const answer = 'error' in parsed ? parsed : ask(parsed);
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
  process.exitCode = codes.has(exitCode.usage)
    ? exitCode.usage
    : (codes.has(exitCode.findings) ? exitCode.findings : 0) +
      (codes.has(exitCode.incomplete) ? exitCode.incomplete : 0);
}

const members = ['from', 'to', 'protocol', 'port', 'sourcePort', 'icmpType', 'icmpCode'];
const numbers = ['port', 'sourcePort', 'icmpType', 'icmpCode'];

function parseQuestion(line: string): TraceQuery | Refused {
  const refused = (query: unknown, message: string): Refused => ({ query, error: { message, candidates: [] } });
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return refused(line.slice(0, 200), 'The line is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused(value, 'A question is an object with from and to.');
  }
  const query = value as Readonly<Record<string, unknown>>;
  const strange = Object.keys(query).find((key) => !members.includes(key));
  if (strange !== undefined)
    return refused(query, `A question has no member ${strange}; it may have ${members.join(', ')}.`);
  if (typeof query['from'] !== 'string' || typeof query['to'] !== 'string') {
    return refused(query, 'A question needs from and to, both strings.');
  }
  const notNumber = numbers.find((key) => query[key] !== undefined && !Number.isInteger(query[key]));
  if (notNumber !== undefined) return refused(query, `${notNumber} must be a whole number.`);
  if (query['protocol'] !== undefined && typeof query['protocol'] !== 'string')
    return refused(query, 'protocol must be a string.');
  return query as unknown as TraceQuery;
}
