import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRaw } from '../decode.ts';
import { serviceNames } from '../service.ts';
import type { AnswerName } from './file-name.ts';
import { filesOf } from './files-of.ts';
import { beginJournal, type Journal, journalName } from './journal.ts';
import type { Manifest, ManifestCall } from './manifest.ts';
import { type AnswerFormat, type AnswerWriter, answerWriter } from './write-answer.ts';
import { SnapshotWriteError, writing } from './write-error.ts';
import { makeFolder } from './make-folder.ts';

/** Writes a snapshot folder: answers as they come, the manifest last. */
export interface SnapshotWriter {
  readonly folder: string;
  /**
   * Takes possession of the folder: an earlier snapshot in it is removed, and a manifest is laid down that says what is
   * to come. A collection that dies leaves that manifest behind, so that its torso is never taken for a whole snapshot.
   * The answers of the calls in `kept` stay.
   */
  readonly begin: (unfinished: Manifest, kept?: readonly ManifestCall[]) => Promise<void>;
  readonly answer: (name: AnswerName, format: AnswerFormat) => AnswerWriter;
  /** Puts a call on record whose answer is there, so that a collection that dies can be gone on with. */
  readonly record: (call: ManifestCall) => Promise<void>;
  /** Writes `manifest.json`; the snapshot is complete. */
  readonly end: (manifest: Manifest) => Promise<void>;
  /** Ends the writing where the collection cannot go on; what is on record stays. */
  readonly close: () => Promise<void>;
}

const manifestName = 'manifest.json';
/** Lies in a folder while a run works in it. */
export const lockName = '.vpc-auditor.lock';

/**
 * A writer for a folder that is new, empty or an earlier snapshot. Anything else is refused, since its files could be
 * taken for evidence. Nothing is written before `begin`.
 */
export async function snapshotWriter(folder: string): Promise<SnapshotWriter> {
  await refuseForeignFolder(folder);
  let journal: Journal | undefined;
  const close = async (): Promise<void> => {
    const open = journal;
    journal = undefined;
    await open?.close();
  };
  return {
    folder,
    begin: async (unfinished, kept = []) => {
      await writing(folder, () => makeFolder(folder));
      // What is kept is on record before anything that it replaces goes
      journal = await beginJournal(folder, kept);
      await writeManifest(folder, unfinished);
      await writing(folder, () => removeAnswers(folder, new Set(kept.flatMap(filesOf))));
    },
    answer: (name, format) => answerWriter(folder, name, format),
    record: async (call) => journal?.record(call),
    end: async (manifest) => {
      await writeManifest(folder, manifest);
      await close();
      await writing(folder, () => rm(join(folder, journalName), { force: true }));
    },
    close,
  };
}

async function refuseForeignFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw new SnapshotWriteError(folder, 'it cannot be looked at', { cause: error });
  });
  if (found === undefined) return;
  if (!found.isDirectory()) throw new SnapshotWriteError(folder, 'it is a file, and a snapshot is a folder');
  const names = await writing(folder, () => readdir(folder));
  const others = names.filter((name) => name !== lockName && !name.includes(journalName));
  if (others.length > 0 && !(await isSnapshot(folder))) {
    throw new SnapshotWriteError(folder, 'it is not empty and holds no snapshot; choose a new or empty folder');
  }
}

async function isSnapshot(folder: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, manifestName), 'utf8'));
    return isRaw(manifest) && typeof manifest['schemaVersion'] === 'string' && Array.isArray(manifest['calls']);
  } catch {
    return false;
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** What an answer's file or folder may be called; the rest of a folder is not ours to remove. */
const answerName: RegExp = new RegExp(
  `^\\.?(${[...serviceNames, 'sts', 'organizations'].join('|')})\\.[A-Z][A-Za-z0-9]+(\\.\\d+)?(\\.json(\\.gz)?(\\.\\d+\\.tmp)?)?$`,
);

async function removeAnswers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const accounts = (await readdir(folder)).filter((name) => /^\d{12}$/.test(name));
  for (const account of accounts) {
    for (const region of await readdir(join(folder, account))) {
      const place = `${account}/${region}`;
      if (!(await stat(join(folder, place))).isDirectory()) continue;
      for (const name of await readdir(join(folder, place)))
        if (answerName.test(name)) await removeAnswer(folder, `${place}/${name}`, kept);
      if ((await readdir(join(folder, place))).length === 0) await rm(join(folder, place), { recursive: true });
    }
    if ((await readdir(join(folder, account))).length === 0) await rm(join(folder, account), { recursive: true });
  }
}

/** An answer, or the folder of the answers to an operation that is called once per resource. */
async function removeAnswer(folder: string, path: string, kept: ReadonlySet<string>): Promise<void> {
  if (kept.has(path)) return;
  const full = join(folder, path);
  if (kept.size === 0 || !(await stat(full)).isDirectory()) {
    await rm(full, { recursive: true, force: true });
    return;
  }
  const names = await readdir(full);
  const gone = names.filter((name) => !kept.has(`${path}/${name}`));
  for (const name of gone) await rm(join(full, name), { recursive: true, force: true });
  if (gone.length === names.length) await rm(full, { recursive: true });
}

/** One call a line, so that two manifests can be compared line by line. */
async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const { calls, ...head } = manifest;
  const text = `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "calls": [${calls.map((call) => `\n    ${JSON.stringify(call)}`).join(',')}\n  ]\n}\n`;
  const path = join(folder, manifestName);
  await writing(path, async () => {
    const temporary = join(folder, `.${manifestName}.tmp`);
    await rm(temporary, { force: true });
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  });
}
