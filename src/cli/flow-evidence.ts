import type { FilesOptions, FlowEvidence, FlowSource, LogConnection, Network } from '../index.ts';
import { type FlowLogOptions, type FlowLogSettings, flowLogSettings } from './flow-settings.ts';
import { connectionOptions } from './live.ts';
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
  const { options } = request;
  const { parseWindow } = await import('../index.ts');
  const window = parseWindow(options.since ?? (source.kind === 'folder' ? 'all' : '24h'), options.until, Date.now());
  const asked: Asked = { window, settings, request, signal };
  switch (source.kind) {
    case 'folder':
      return fromFolder(source.path, asked);
    case 's3':
      return connected(asked, (connection) => fromBucket(connection, source, asked));
    case 'log-group':
      return connected(asked, (connection) => fromLogGroup(connection, source.name, asked));
    case 'athena':
      return connected(asked, (connection) => fromAthena(connection, source, asked));
    default:
      return source satisfies never;
  }
}

/** A window, the settings, and what was asked. */
interface Asked {
  readonly window: { readonly since: number; readonly until: number };
  readonly settings: FlowLogSettings;
  readonly request: FlowEvidenceRequest;
  readonly signal: AbortSignal;
}

async function fromFolder(path: string, asked: Asked): Promise<FlowEvidence | undefined> {
  const { window } = asked;
  const { evidenceFromFiles, findFiles } = await import('../index.ts');
  const found = await findFiles(path, window.since * 1000, window.until * 1000);
  return (await affordable(path, found.files, asked)) ? evidenceFromFiles(found, await filesOptions(asked)) : undefined;
}

async function fromBucket(
  connection: LogConnection,
  place: { readonly bucket: string; readonly prefix: string },
  asked: Asked,
): Promise<FlowEvidence | undefined> {
  const { evidenceFromBucket, findObjects } = await import('../index.ts');
  const found = await findObjects(connection, place, asked.window, asked.signal);
  return (await affordable(asked.request.source, found.files, asked))
    ? evidenceFromBucket(connection, place, found, await filesOptions(asked))
    : undefined;
}

async function fromLogGroup(
  connection: LogConnection,
  logGroup: string,
  asked: Asked,
): Promise<FlowEvidence | undefined> {
  const { evidenceFromLogGroup, formatsOfLogGroup } = await import('../index.ts');
  const { settings, request } = asked;
  const known = request.network === undefined ? [] : formatsOfLogGroup(request.network.snapshot, logGroup);
  const fields = settings.logFormat ?? (known.length === 1 ? known[0] : undefined);
  if (fields === undefined) {
    throw new UsageError(
      known.length === 0
        ? `Records in ${logGroup} have no header: name the format of its flow log with --log-format, or a --snapshot that holds the flow log.`
        : `Flow logs of ${known.length} formats write to ${logGroup}, and its records do not say which is whose: give each a log group of its own.`,
    );
  }
  request.terminal.note(
    `  ${logGroup}: asked with Logs Insights, billed per byte scanned, at most ${settings.maxBytes} bytes (--max-bytes)`,
  );
  if (request.dryRun === true) return undefined;
  return evidenceFromLogGroup(connection, {
    ...(await filesOptions(asked)),
    logGroup,
    fields,
    maxBytes: settings.maxBytes,
  });
}

async function fromAthena(
  connection: LogConnection,
  { database, table }: { readonly database: string; readonly table: string },
  asked: Asked,
): Promise<FlowEvidence | undefined> {
  const { evidenceFromAthena, formatsToBuckets, namesOf } = await import('../index.ts');
  const { window, settings, request, signal } = asked;
  const { network, terminal, options, source } = request;
  const workGroup = options.workgroup ?? 'primary';
  terminal.note(
    `  ${source}: asked with Athena, workgroup ${workGroup}, billed per byte scanned, at most ${settings.maxBytes} bytes (--max-bytes)`,
  );
  if (request.dryRun === true) return undefined;
  const formats =
    settings.logFormat === undefined
      ? network === undefined
        ? []
        : formatsToBuckets(network.snapshot)
      : [settings.logFormat];
  return evidenceFromAthena(connection, {
    source,
    database,
    table,
    workGroup,
    window,
    formats,
    maxBytes: settings.maxBytes,
    network,
    thresholds: settings.thresholds,
    nameOf: namesOf(settings.known),
    signal,
    onNote: (note) => terminal.live(`  ${note}`),
  });
}

/** Says what reading takes; false where that was all that was asked, an error where it is more than may be read. */
async function affordable(
  source: string,
  files: readonly { readonly name: string; readonly size: number }[],
  { settings, request }: Asked,
): Promise<boolean> {
  const { bytesText, estimateOf } = await import('../index.ts');
  const { bytes, rows, seconds } = estimateOf(files);
  request.terminal.note(
    `  ${source}: ${files.length} file(s), ${bytesText(bytes)}, about ${rows} records, about ${seconds} s with DuckDB on this machine`,
  );
  if (request.dryRun === true) return false;
  if (bytes > settings.maxBytes) {
    throw new UsageError(
      `${source} holds ${bytesText(bytes)} of this window, more than --max-bytes ${bytesText(settings.maxBytes)}: raise it, choose a shorter window with --since, or ask Athena (athena:DATABASE.TABLE).`,
    );
  }
  return true;
}

async function filesOptions({ window, settings, request, signal }: Asked): Promise<FilesOptions> {
  const { formatsOf, namesOf } = await import('../index.ts');
  const { network, options, terminal, source } = request;
  return {
    source,
    window,
    network,
    thresholds: settings.thresholds,
    nameOf: namesOf(settings.known),
    formatOf: formatsOf(settings.logFormat, network?.snapshot),
    memoryLimit: settings.memoryLimit,
    threads: options.threads,
    signal,
    onProgress: (what) => terminal.live(`  ${what}`),
  };
}

/** Opens the way to AWS for one question and closes it again. */
async function connected<T>({ request }: Asked, ask: (connection: LogConnection) => Promise<T>): Promise<T> {
  const { openLogs } = await import('../index.ts');
  const { options } = request;
  const { credentials, endpointUrl, maxAttempts, timeouts } = await connectionOptions(options);
  const connection = await openLogs({
    ...(credentials === undefined ? {} : { credentials }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
    ...(timeouts === undefined ? {} : { timeouts }),
    region: options.regions.find((region) => region !== 'all'),
  });
  try {
    return await ask(connection);
  } finally {
    connection.close();
  }
}
