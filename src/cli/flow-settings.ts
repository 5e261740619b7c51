import type { KnownBlock, Thresholds } from '../index.ts';
import { readInput } from './input-file.ts';
import { suggestion, UsageError } from './usage-error.ts';

/** What `flows` and `audit --flow-logs` are told of how to read. */
export interface FlowLogOptions {
  readonly since?: string;
  readonly until?: string;
  readonly logFormat?: string;
  readonly knownCidrs?: string;
  readonly threshold: readonly string[];
  readonly maxBytes: string;
  readonly memoryLimit: string;
  readonly threads?: number;
  readonly workgroup?: string;
}

/** The same, checked. */
export interface FlowLogSettings {
  readonly thresholds: Thresholds;
  readonly logFormat: readonly string[] | undefined;
  readonly known: readonly KnownBlock[];
  readonly maxBytes: number;
  readonly memoryLimit: string;
}

/** Checks the options before anything is read. */
export async function flowLogSettings(options: FlowLogOptions): Promise<FlowLogSettings> {
  const { defaultThresholds, isThresholdName, parseBytes, parseKnownBlocks, parseLogFormat, thresholdsWith } =
    await import('../index.ts');
  const changes: Record<string, number> = {};
  for (const text of options.threshold) {
    const [name = '', value = ''] = text.split('=', 2);
    if (!isThresholdName(name)) {
      const names = Object.keys(defaultThresholds);
      throw new UsageError(
        `--threshold ${text}: there is no threshold ${name}.${suggestion(name, names)} There are ${names.join(', ')}.`,
      );
    }
    const number = Number(value);
    if (value === '' || !Number.isFinite(number) || number < 0)
      throw new UsageError(`--threshold ${text}: write ${name}=NUMBER (default ${defaultThresholds[name].value}).`);
    changes[name] = number;
  }
  const maxBytes = parseBytes(options.maxBytes);
  if (maxBytes === undefined) throw new UsageError(`--max-bytes ${options.maxBytes} is no size: write 500MB or 20GB.`);
  const memory = parseBytes(options.memoryLimit);
  if (memory === undefined)
    throw new UsageError(`--memory-limit ${options.memoryLimit} is no size: write 512MB or 2GB.`);
  if (memory < 256e6)
    throw new UsageError(`--memory-limit ${options.memoryLimit}: 256MB is the least for Parquet, 512MB for text.`);
  const parsed = options.logFormat === undefined ? undefined : parseLogFormat(options.logFormat);
  if (parsed?.reason !== undefined) throw new UsageError(`--log-format: ${parsed.reason}.`);
  return {
    thresholds: thresholdsWith(changes),
    logFormat: parsed?.fields,
    known:
      options.knownCidrs === undefined ? [] : parseKnownBlocks(await readInput(options.knownCidrs), options.knownCidrs),
    maxBytes,
    memoryLimit: `${Math.floor(memory / 1e6)}MB`,
  };
}
