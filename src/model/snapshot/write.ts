import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRaw } from '../decode.ts';
import type { AnswerName } from './file-name.ts';
import type { Manifest } from './manifest.ts';
import { type AnswerFormat, type AnswerWriter, answerWriter } from './write-answer.ts';
import { SnapshotWriteError, writing } from './write-error.ts';

/** Writes a snapshot folder: answers as they come, the manifest last. */
export interface SnapshotWriter {
  readonly folder: string;
  /**
   * Takes possession of the folder: an earlier snapshot in it is removed, and a manifest is laid down that says what is
   * to come. A collection that dies leaves that manifest behind, so that its torso is never taken for a whole snapshot.
   */
  readonly begin: (unfinished: Manifest) => Promise<void>;
  readonly answer: (name: AnswerName, format: AnswerFormat) => AnswerWriter;
  /** Writes `manifest.json`; the snapshot is complete. */
  readonly end: (manifest: Manifest) => Promise<void>;
}

const manifestName = 'manifest.json';

/**
 * A writer for a folder that is new, empty or an earlier snapshot. Anything else is refused, since its files could be
 * taken for evidence. Nothing is written before `begin`.
 */
export async function snapshotWriter(folder: string): Promise<SnapshotWriter> {
  await refuseForeignFolder(folder);
  return {
    folder,
    begin: async (unfinished) => {
      await writing(folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));
      await writeManifest(folder, unfinished);
      await writing(folder, () => removeAnswers(folder));
    },
    answer: (name, format) => answerWriter(folder, name, format),
    end: (manifest) => writeManifest(folder, manifest),
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
  if (names.length > 0 && !(await isSnapshot(folder))) {
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
const answerName = /^\.?(ec2|elb|elbv2|sts|organizations)\.[A-Z][A-Za-z]+(\.\d+)?(\.json(\.gz)?(\.\d+\.tmp)?)?$/;

async function removeAnswers(folder: string): Promise<void> {
  const accounts = (await readdir(folder)).filter((name) => /^\d{12}$/.test(name));
  for (const account of accounts) {
    for (const region of await readdir(join(folder, account))) {
      const place = join(folder, account, region);
      if (!(await stat(place)).isDirectory()) continue;
      for (const name of await readdir(place)) {
        if (answerName.test(name)) await rm(join(place, name), { recursive: true, force: true });
      }
      if ((await readdir(place)).length === 0) await rm(place, { recursive: true });
    }
    if ((await readdir(join(folder, account))).length === 0) await rm(join(folder, account), { recursive: true });
  }
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
