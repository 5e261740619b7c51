import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManifestCall } from './manifest.ts';
import { parseCall } from './parse-manifest.ts';
import { writing } from './write-error.ts';

/** The record of a collection under way: one call a line, written when its answer has its name. */
export interface Journal {
  readonly record: (call: ManifestCall) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The journal's file; it goes when the manifest holds all that is in it. */
export const journalName = 'calls.jsonl';

/** Begins a journal that holds these calls already, in place of whatever was there. */
export async function beginJournal(folder: string, calls: readonly ManifestCall[]): Promise<Journal> {
  const path = join(folder, journalName);
  const temporary = join(folder, `.${journalName}.tmp`);
  const handle = await writing(path, async () => {
    await rm(temporary, { force: true });
    const opened = await open(temporary, 'ax', 0o600);
    await closingOnError(opened, async () => {
      await opened.appendFile(calls.map(lineOf).join(''));
      await rename(temporary, path);
    });
    return opened;
  });
  let last: Promise<void> = Promise.resolve();
  return {
    // One line after the other, so that none is torn by its neighbour
    record: (call) => {
      const written = last.then(() => writing(path, () => handle.appendFile(lineOf(call))));
      last = written.catch(() => undefined);
      return written;
    },
    close: async () => {
      await last;
      await handle.close();
    },
  };
}

const lineOf = (call: ManifestCall): string => `${JSON.stringify(call)}\n`;

async function closingOnError(handle: FileHandle, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The calls of a journal; a line that was cut off when the program died is none, and neither is a folder without one. */
export async function readJournal(folder: string): Promise<readonly ManifestCall[]> {
  let text: string;
  try {
    text = await readFile(join(folder, journalName), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      try {
        return [parseCall(JSON.parse(line))];
      } catch {
        return [];
      }
    });
}
