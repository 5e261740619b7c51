import type { AccountOptions } from './options.ts';
import type { Terminal } from './terminal.ts';
import { memberOptions } from './members.ts';
import { referredValue } from './reference.ts';
import { UsageError } from './usage-error.ts';
import type { CollectOptions } from '../collectors/collect.ts';
import type { Progress } from '../collectors/progress.ts';
import type { ResourceKey } from '../model/resources.ts';
import type { Manifest } from '../model/snapshot/manifest.ts';

/** The options of the command line as the collectors take them, apart from the folder. */
export async function connectionOptions(
  options: AccountOptions,
): Promise<Omit<CollectOptions, 'folder' | 'resume' | 'kinds' | 'onNotice' | 'onProgress' | 'signal'>> {
  await refuseEndpointOverrides(options);
  const members = await memberOptions(options);
  const externalId = await externalIdOf(options);
  return {
    credentials: {
      profiles: options.profile,
      roleArns: options.roleArn,
      ...(externalId === undefined ? {} : { externalId }),
      ...(options.roleSessionName === undefined ? {} : { sessionName: options.roleSessionName }),
      ...(options.sessionDuration === undefined ? {} : { sessionDurationSeconds: options.sessionDuration }),
    },
    ...(members === undefined ? {} : { members }),
    regions: options.regions,
    concurrency: options.concurrency,
    maxAttempts: options.maxAttempts,
    timeouts: timeoutsOf(options.callTimeout * 1000),
    ...(options.deadline === undefined ? {} : { deadlineMs: options.deadline }),
    ...(options.regionDeadline === undefined ? {} : { regionDeadlineMs: options.regionDeadline }),
    ...(options.endpointUrl === undefined ? {} : { endpointUrl: checkedUrl(options.endpointUrl) }),
  };
}

/** The external id given, referred to, or in the environment, which is where deployments put it. */
async function externalIdOf(options: AccountOptions): Promise<string | undefined> {
  const given = options.externalId ?? process.env['VPC_AUDITOR_EXTERNAL_ID'];
  if (given === undefined || given === '') return undefined;
  const externalId = await referredValue('--external-id', given);
  if (externalId.length >= 2 && externalId.length <= 1224) return externalId;
  throw new UsageError('--external-id: it takes 2 to 1224 characters.');
}

/** A request that hangs is given up early enough that the call can be tried again. */
function timeoutsOf(deadlineMs: number): { readonly [limit: string]: number } {
  return { deadlineMs, requestMs: Math.min(60_000, deadlineMs / 3), socketMs: Math.min(30_000, deadlineMs / 3) };
}

/** A hostile environment could send signed calls elsewhere and show a clean account, so it has to be asked for. */
export async function refuseEndpointOverrides(
  options: Pick<AccountOptions, 'endpointUrl' | 'endpointFromEnvironment' | 'profile'>,
): Promise<void> {
  if (options.endpointUrl !== undefined || options.endpointFromEnvironment === true) return;
  const { endpointOverrides } = await import('../index.ts');
  const [first] = await endpointOverrides(options.profile);
  if (first === undefined) return;
  throw new UsageError(
    `${first.source} would send every call to ${first.url} instead of AWS. ` +
      'Unset it, or say that you mean it: --endpoint-from-environment.',
  );
}

function checkedUrl(text: string): string {
  if (!URL.canParse(text)) throw new UsageError(`--endpoint-url ${text} is not a URL.`);
  const { protocol } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new UsageError(`--endpoint-url ${text} is not an http or https URL.`);
  return text;
}

/** What a live collection is given: the options, the folder, and the kinds where not all are wanted. */
export interface LiveCollection {
  readonly options: AccountOptions;
  readonly folder: string;
  /** Goes on with what was interrupted in the folder. */
  readonly resume?: boolean;
  readonly kinds?: readonly ResourceKey[];
  readonly terminal: Terminal;
}

/** Collects into a folder, telling the progress; SIGINT and SIGTERM end it cleanly, keeping what was read. */
export async function collectLive({ options, folder, resume, kinds, terminal }: LiveCollection): Promise<Manifest> {
  const { collect } = await import('../index.ts');
  const stop = new AbortController();
  const interrupted = (signal: NodeJS.Signals): void => {
    terminal.warn(`${signal}: stopping; what was read is kept. Once more to end at once.`);
    stop.abort();
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await collect({
      ...(await connectionOptions(options)),
      folder,
      resume: resume === true,
      ...(kinds === undefined ? {} : { kinds }),
      signal: stop.signal,
      onNotice: terminal.warn,
      onProgress: progressTeller(terminal),
    });
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    terminal.live(undefined);
  }
}

/** One live line on a terminal; in a log one line for every account and Region that is done. */
function progressTeller(terminal: Terminal): (progress: Progress) => void {
  return ({ accountId, region, done, planned, failed, total }) => {
    if (done === planned) {
      terminal.note(
        terminal.style.dim(`  ${accountId} ${region}: ${done} calls${failed > 0 ? `, ${failed} failed` : ''}`),
      );
    }
    terminal.live(`  collecting: ${total.done} of ${total.planned} calls, now ${accountId} ${region}`);
  };
}
