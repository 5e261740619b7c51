import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Option } from 'commander';
import { parseSecretReference, resolveSecret } from './delivery/secret-reference.ts';
import { UsageError } from './usage-error.ts';
import { writing } from './write-outputs.ts';

/** Options of an audit that is to be shared. */
export interface RedactOptions {
  readonly redact?: true;
  readonly redactKey?: string;
}

/** How pseudonyms are made to fit from one time to the next. */
export const redactKeyOption = (): Option =>
  new Option(
    '--redact-key <reference>',
    'env:NAME or file:PATH that holds a key: the same key gives the same pseudonyms (default: new ones each time)',
  );

/** What an audit that forgets all names cannot be compared with: that is known by name. */
export function refuseComparison(
  options: RedactOptions & {
    readonly baseline?: string;
    readonly history?: string;
    readonly suppressions?: string | false;
  },
): void {
  if (options.redact !== true) {
    if (options.redactKey !== undefined)
      throw new UsageError('--redact-key is the key of --redact, which is not given.');
    return;
  }
  const flags = {
    '--baseline': options.baseline,
    '--history': options.history,
    '--suppressions': options.suppressions,
  };
  const [flag] = Object.entries(flags).find(([, value]) => value !== undefined && value !== false) ?? [];
  if (flag !== undefined)
    throw new UsageError(`${flag} knows findings by names that --redact takes away: give one of them.`);
}

/** Writes a redacted copy of a snapshot; returns the number of its files. */
export async function redactFolder(from: string, to: string, reference: string | undefined): Promise<number> {
  const found = await stat(from).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new UsageError(`${from} is no folder: give the folder of a snapshot.`);
  const { redactSnapshot } = await import('../index.ts');
  let files = 0;
  const key = await keyOf(reference);
  await writing(to, async () => {
    files = await redactSnapshot(from, to, key);
  });
  if (files === 0) throw new UsageError(`${from} holds no JSON: give the folder of a snapshot.`);
  return files;
}

/**
 * The snapshot that a redacted audit reads, in the output folder. What was just collected is replaced by it, so that the
 * folder as a whole can be given away; a snapshot that was there before stays as it is.
 */
export async function redactedSnapshot(
  folder: string,
  {
    outputDir,
    isFresh,
    key,
  }: { readonly outputDir: string; readonly isFresh: boolean; readonly key: string | undefined },
): Promise<string> {
  const target = join(outputDir, 'snapshot');
  const copy = `${target}.redacted`;
  await writing(copy, () => rm(copy, { recursive: true, force: true }));
  await redactFolder(folder, copy, key);
  if (!isFresh) return copy;
  await writing(target, async () => {
    await rm(target, { recursive: true, force: true });
    await rename(copy, target);
  });
  return target;
}

async function keyOf(reference: string | undefined): Promise<Uint8Array> {
  if (reference === undefined) return randomBytes(32);
  const secret = parseSecretReference(reference, '--redact-key');
  const text = await resolveSecret(secret, () => {
    throw new UsageError(`--redact-key takes env:NAME or file:PATH, not ${secret.place}.`);
  });
  if (text.length < 16)
    throw new UsageError(`The key in ${secret.place}:${secret.name} is too short: 16 characters at least.`);
  return Buffer.from(text);
}
