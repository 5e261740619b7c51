import { access, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { AuditReport } from '../findings/audit-report.ts';
import type { Memory } from '../findings/remembered.ts';
import type { ResourceKey } from '../model/resources.ts';
import type { Outcome } from '../model/verdict/verdict.ts';
import { blockListOf, type ConfigurationOptions, configurationOf, enabled } from './configuration.ts';
import { deliverResults } from './delivery/deliver-results.ts';
import { type DeliveryOptions, deliveryOf, delivers } from './delivery/delivery-options.ts';
import { isS3Address } from './delivery/s3-address.ts';
import type { HistoryStore } from './history/history-store.ts';
import { historyStore, keepRun } from './history/keep-run.ts';
import { collectLive, refuseEndpointOverrides } from './live.ts';
import { exitCode } from './exit-code.ts';
import { auditFlows } from './audit-flows.ts';
import type { FlowLogOptions } from './flow-settings.ts';
import { type FailOn, memoryOf, type MemoryOptions } from './memory.ts';
import type { AccountOptions, CheckOptions, TerminalOptions } from './options.ts';
import { parseOutputs } from './output-option.ts';
import { type PriceOptions, pricesOf } from './prices.ts';
import { redactedSnapshot, type RedactOptions, refuseComparison } from './redact.ts';
import { isNarrowed, selectChecks } from './select-checks.ts';
import { lockedIn } from './run-lock.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { type OwnTemplate, writeOutputs, writersOf, writing } from './write-outputs.ts';
import { makeFolder } from '../model/snapshot/make-folder.ts';

/** Everything `audit` can be told. */
export interface AuditOptions
  extends AccountOptions,
    CheckOptions,
    ConfigurationOptions,
    DeliveryOptions,
    FlowLogOptions,
    MemoryOptions,
    PriceOptions,
    RedactOptions,
    TerminalOptions {
  readonly history?: string;
  readonly snapshot?: string;
  readonly flowLogs?: string;
  readonly resume?: string;
  readonly output: readonly string[];
  readonly outputDir: string;
  readonly template?: string;
  readonly status: readonly Outcome[];
  readonly failOn: FailOn;
  readonly minCoverage: number;
}

/** Collects unless a snapshot is given, audits, writes the outputs, says how it went, and sets the exit code. */
export async function runAudit(options: AuditOptions): Promise<void> {
  const history = options.history === undefined ? undefined : await historyStore(options.history, options);
  const terminal = openTerminal(options);
  try {
    await lockedIn(await foldersOf(options), terminal, () => auditOnce(options, history, terminal));
  } finally {
    history?.close();
  }
}

/** Where only one run may be at work: the snapshot that is collected, and the history that is read and written back. */
async function foldersOf({ snapshot, resume, outputDir, history }: AuditOptions): Promise<readonly string[]> {
  const resumed = resume === undefined ? undefined : await interruptedIn(resume);
  const isElsewhere = resumed !== undefined && relative(outputDir, resumed).startsWith('..');
  return [
    ...(snapshot === undefined ? [outputDir] : []),
    ...(isElsewhere ? [resumed] : []),
    ...(history === undefined || isS3Address(history) ? [] : [history]),
  ];
}

async function auditOnce(options: AuditOptions, history: HistoryStore | undefined, terminal: Terminal): Promise<void> {
  const library = await import('../index.ts');
  const { allChecks, auditSnapshot, exitStatus, listing, needsOf, readSnapshot, standardChecks, terminalSummary } =
    library;
  const delivery = deliveryOf(options);
  refuseComparison(options);
  if (options.snapshot !== undefined && options.resume !== undefined)
    throw new UsageError('--snapshot is audited as it is, and --resume goes on reading: give one of them.');
  if (delivers(delivery) || isS3Address(options.history ?? '')) await refuseEndpointOverrides(options);
  const outputs = parseOutputs(
    options.output,
    options.outputDir,
    options.template === undefined ? ['html', 'json'] : [],
  );
  const writers = await writersOf(outputs, ownTemplate(options));
  const known = await allChecks();
  const configuration = await configurationOf(options, known);
  const blockList = await blockListOf(options);
  const prices = await pricesOf(options);
  const checks = selectChecks(known, options, standardChecks());
  const memory = await memoryOf(
    options.redact === true ? { ...options, suppressions: false } : options,
    known.map(({ id }) => id),
    history,
  );
  const startedAt = new Date();
  const narrowed = isNarrowed(options);
  const running = enabled(checks, configuration);
  const kinds = narrowed ? needsOf(running) : undefined;
  if (configuration !== undefined) terminal.note(`Configuration: ${configuration.file}`);
  const read = options.snapshot ?? (await collectFresh(options, terminal, kinds));
  const { outputDir, redactKey: key } = options;
  const folder =
    options.redact === true
      ? await redactedSnapshot(read, { outputDir, isFresh: options.snapshot === undefined, key })
      : read;
  const snapshot = await readSnapshot(folder);
  const whole = auditSnapshot(snapshot, {
    checks,
    ...(configuration === undefined ? {} : { configuration }),
    ...(blockList === undefined ? {} : { blockList }),
    ...(prices === undefined ? {} : { prices }),
    standards: options.standard,
    // The history keeps what the outputs may leave out
    list: ['fail', 'unknown', ...options.status],
    ...memory,
    run: () => ({ startedAt: startedAt.toISOString(), durationMs: Date.now() - startedAt.getTime() }),
  });
  const flows = await auditFlows(options, snapshot, terminal);
  const report = {
    ...listing(whole, options.status),
    ...(flows.evidence === undefined ? {} : { flowEvidence: flows.evidence }),
  };
  const written = await writeOutputs(report, writers, terminal);
  const ended = exitStatus(report, { ...options.failOn, minCoverage: options.minCoverage });
  const kept = await keepHistory(history, whole, { days: options.historyDays, memory, terminal });
  terminal.say(terminalSummary(report, terminal.style));
  await sayMemory(terminal, report);
  if (flows.evidence !== undefined) terminal.say(library.flowsSummary(flows.evidence, terminal.style));
  sayWhere(
    terminal,
    [...written, ...(kept === undefined ? [] : [kept])],
    options.snapshot === undefined || options.redact === true ? folder : undefined,
  );
  const undelivered = await deliverResults(
    delivery,
    {
      report: whole,
      least: options.failOn.failOn === 'none' ? 'informational' : options.failOn.failOn,
      exitCode: ended.code,
      sentence: ended.sentence,
      files: written,
      snapshot: folder,
    },
    terminal,
  );
  const status = library.withFailedDeliveries(
    ended,
    undelivered + (history !== undefined && kept === undefined ? 1 : 0),
  );
  const code = flows.failed ? status.code | exitCode.incomplete : status.code;
  terminal.end(code, status.sentence);
  process.exitCode = code;
}

const ownTemplate = ({ template, outputDir }: AuditOptions): OwnTemplate | undefined =>
  template === undefined ? undefined : { file: template, folder: outputDir };

/** Keeps the whole report in the history, where one is kept; returns where. A history that cannot be written loses no report. */
async function keepHistory(
  store: HistoryStore | undefined,
  whole: AuditReport,
  {
    days = 400,
    memory,
    terminal,
  }: { readonly days: number | undefined; readonly memory: Memory; readonly terminal: Terminal },
): Promise<string | undefined> {
  if (store === undefined) return undefined;
  const { listing } = await import('../index.ts');
  try {
    return await keepRun(store, listing(whole, ['fail', 'unknown']), { before: memory.history?.before, days });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.warn(`${terminal.style.yellow('Not kept')} in the history: ${error.message}`);
    return undefined;
  }
}

async function sayMemory(terminal: Terminal, report: AuditReport): Promise<void> {
  const { memorySummary } = await import('../index.ts');
  const text = memorySummary(report, terminal.style);
  if (text !== '') terminal.say(text);
}

/**
 * Collects into a folder of its own, which takes the place of the last run's snapshot only when it is whole. What is
 * resumed in a folder elsewhere stays there.
 */
async function collectFresh(
  options: AuditOptions,
  terminal: Terminal,
  kinds: readonly ResourceKey[] | undefined,
): Promise<string> {
  const folder = join(options.outputDir, 'snapshot');
  const fresh = `${folder}.partial`;
  const resumed = options.resume === undefined ? undefined : await interruptedIn(options.resume);
  const into = resumed ?? fresh;
  await writing(options.outputDir, async () => {
    await makeFolder(options.outputDir);
    if (resumed === undefined) await rm(fresh, { recursive: true, force: true });
  });
  await collectLive({
    options,
    folder: into,
    resume: resumed !== undefined,
    terminal,
    ...(kinds === undefined ? {} : { kinds }),
  });
  if (into !== fresh) return into;
  await writing(folder, async () => {
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  });
  return folder;
}

/** The collection to go on with: what a run that died left in its output folder, else the snapshot there or named. */
async function interruptedIn(folder: string): Promise<string> {
  for (const name of ['snapshot.partial', 'snapshot']) {
    const candidate = join(folder, name);
    if (await isThere(candidate)) return candidate;
  }
  return folder;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function sayWhere(terminal: Terminal, written: readonly string[], snapshot: string | undefined): void {
  const { bold } = terminal.style;
  for (const path of written) terminal.say(`Report: ${bold(path)}`);
  if (snapshot !== undefined) terminal.say(`Snapshot: ${snapshot}`);
}
