import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Raw } from '../decode.ts';
import { type AnswerName, answerPath } from './file-name.ts';
import { writing } from './write-error.ts';
import { makeFolder } from './make-folder.ts';

/** Where an answer lies, as the manifest says it. */
export interface AnswerFiles {
  /** The first file, relative to the snapshot folder. */
  readonly file: string;
  /** How many there are, where there are several. */
  readonly parts?: number;
}

/** An answer on its way to disk. Nothing of it is seen under its own name before it is complete. */
export interface AnswerWriter {
  /** Adds a page as the SDK gave it. */
  readonly page: (answer: Raw) => Promise<void>;
  /** Forgets every page so far. */
  readonly restart: () => Promise<void>;
  /** Gives the files their names. */
  readonly finish: () => Promise<AnswerFiles>;
}

/** How an answer is written. */
export interface AnswerFormat {
  /** The list that the pages continue; absent where the answer is one object. */
  readonly list?: string;
  /** Largest part, in bytes; a longer answer goes on in a further part. */
  readonly partBytes?: number;
}

const largestPart = 32 * 1024 * 1024;
/** What pages carry for paging and `aws` does not print once all pages are merged. */
const pagingMembers = new Set(['NextToken', 'NextMarker', '$metadata']);

interface Part {
  readonly path: string;
  readonly handle: FileHandle;
  bytes: number;
  empty: boolean;
}

/** Writes one answer into the snapshot folder, in the form in which `aws <service> <operation>` prints all its pages. */
export function answerWriter(folder: string, name: AnswerName, format: AnswerFormat): AnswerWriter {
  const { list, partBytes = largestPart } = format;
  const target = join(folder, answerPath(name));
  const finished: string[] = [];
  const opened = new Set<Part>();
  let part: Part | undefined;
  let others: Record<string, unknown> = {};

  const openPart = async (): Promise<Part> => {
    const path = join(dirname(target), `.${basename(target)}.${finished.length + 1}.tmp`);
    const handle = await writing(target, async () => {
      await makeFolder(dirname(path));
      await rm(path, { force: true });
      return open(path, 'wx', 0o600);
    });
    const fresh = { path, handle, bytes: 0, empty: true };
    opened.add(fresh);
    return fresh;
  };

  const write = async (to: Part, text: string): Promise<void> => {
    const data = Buffer.from(text);
    to.bytes += data.length;
    await writing(target, () => to.handle.writeFile(data));
  };

  const closePart = async (tail: string): Promise<void> => {
    if (part === undefined) return;
    const closing = part;
    part = undefined;
    await write(closing, tail);
    opened.delete(closing);
    finished.push(closing.path);
    await writing(target, () => closing.handle.close());
  };

  const addItems = async (member: string, items: readonly unknown[]): Promise<void> => {
    part ??= await startList(member);
    let text = '';
    let bytes = 0;
    for (const item of items) {
      const json = JSON.stringify(item);
      const length = Buffer.byteLength(json) + 2;
      if ((!part.empty || text !== '') && part.bytes + bytes + length > partBytes) {
        await write(part, text);
        await closePart('\n]}\n');
        part = await startList(member);
        text = '';
        bytes = 0;
      }
      text += `${part.empty && text === '' ? '\n' : ',\n'}${json}`;
      bytes += length;
    }
    if (text === '') return;
    part.empty = false;
    await write(part, text);
  };

  const startList = async (member: string): Promise<Part> => {
    const opened = await openPart();
    await write(opened, `{${JSON.stringify(member)}: [`);
    return opened;
  };

  return {
    page: async (answer) => {
      for (const [member, value] of Object.entries(answer)) {
        if (member === list || value === undefined || pagingMembers.has(member)) continue;
        const before = others[member];
        others[member] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value;
      }
      const items = list === undefined ? undefined : answer[list];
      if (list !== undefined) await addItems(list, Array.isArray(items) ? items : []);
    },
    restart: async () => {
      const unfinished = [...opened];
      opened.clear();
      part = undefined;
      others = {};
      await writing(target, async () => {
        // Of a file whose writing failed, the closing may fail as well: it goes all the same
        for (const { handle } of unfinished) await handle.close().catch(() => undefined);
        for (const path of [...finished.splice(0), ...unfinished.map((one) => one.path)])
          await rm(path, { force: true });
      });
    },
    finish: async () => {
      const rest = Object.entries(others).map(
        ([member, value]) => `${JSON.stringify(member)}: ${JSON.stringify(value)}`,
      );
      if (part === undefined) {
        part = await openPart();
        await closePart(`{${rest.join(',\n')}}\n`);
      } else {
        await closePart(`\n]${rest.map((member) => `,\n${member}`).join('')}}\n`);
      }
      const single = finished.length === 1;
      const paths = finished.map((_, index) => answerPath(name, single ? undefined : index + 1));
      await writing(target, async () => {
        for (const [index, temporary] of finished.entries()) await rename(temporary, join(folder, paths[index] ?? ''));
      });
      return { file: paths[0] ?? '', ...(single ? {} : { parts: paths.length }) };
    },
  };
}
