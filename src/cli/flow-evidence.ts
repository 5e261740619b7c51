import type { FlowEvidence, FlowSource, Network } from '../index.ts';
import { type FlowLogOptions, type FlowLogSettings, flowLogSettings } from './flow-settings.ts';
import type { AccountOptions } from './options.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** What evidence is gathered from. */
export interface FlowEvidenceRequest {
  readonly source: string;
  readonly options: FlowLogOptions & AccountOptions;
  readonly network: Network | undefined;
  readonly terminal: Terminal;
  /** Says what would be read and gives nothing back. */
  readonly dryRun?: boolean;
}

/** Gathers the evidence; SIGINT and SIGTERM end queries and leave no file behind. */
export async function flowEvidence(request: FlowEvidenceRequest): Promise<FlowEvidence | undefined> {
  const { parseSource } = await import('../index.ts');
  const source = parseSource(request.source);
  const settings = await flowLogSettings(request.options);
  const stop = new AbortController();
  const interrupted = (signal: NodeJS.Signals): void => {
    request.terminal.warn(`${signal}: stopping; nothing is left behind.`);
    stop.abort();
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await evidenceOf(source, settings, request, stop.signal);
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    request.terminal.live(undefined);
  }
}

async function evidenceOf(
  source: FlowSource,
  settings: FlowLogSettings,
  request: FlowEvidenceRequest,
  signal: AbortSignal,
): Promise<FlowEvidence | undefined> {
  const { options, terminal } = request;
  const { parseWindow } = await import('../index.ts');
  const window = parseWindow(options.since ?? (source.kind === 'folder' ? 'all' : '24h'), options.until, Date.now());
  if (source.kind === 'folder') return fromFolder(source.path, window, settings, request, signal);
  terminal.live(undefined);
  throw new UsageError(`${request.source}: this source is not supported.`);
}

async function fromFolder(
  path: string,
  window: { readonly since: number; readonly until: number },
  settings: FlowLogSettings,
  { options, network, terminal, dryRun }: FlowEvidenceRequest,
  signal: AbortSignal,
): Promise<FlowEvidence | undefined> {
  const { bytesText, estimateOf, evidenceFromFiles, findFiles, formatsOf, namesOf } = await import('../index.ts');
  const found = await findFiles(path, window.since * 1000, window.until * 1000);
  const { files, bytes, rows, seconds } = estimateOf(found.files);
  terminal.note(
    `  ${path}: ${files} file(s), ${bytesText(bytes)}, about ${rows} records, about ${seconds} s with DuckDB on this machine`,
  );
  if (dryRun === true) return undefined;
  if (bytes > settings.maxBytes) {
    throw new UsageError(
      `${path} holds ${bytesText(bytes)}, more than --max-bytes ${bytesText(settings.maxBytes)}: raise it, or choose a shorter window with --since.`,
    );
  }
  return evidenceFromFiles(found, {
    source: path,
    window,
    network,
    thresholds: settings.thresholds,
    nameOf: namesOf(settings.known),
    formatOf: formatsOf(settings.logFormat, network?.snapshot),
    memoryLimit: settings.memoryLimit,
    threads: options.threads,
    signal,
    onProgress: (what) => terminal.live(`  ${what}`),
  });
}
