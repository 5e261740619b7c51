import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { addresses } from './addresses.ts';
import { pseudonyms } from './pseudonyms.ts';
import { redactAnswer } from './redact-answer.ts';
import { type Texts, texts } from './texts.ts';
import { makeFolder } from '../model/snapshot/make-folder.ts';

/** A file of a snapshot that cannot be given away, since it cannot be read. */
export class RedactionError extends Error {
  override readonly name = 'RedactionError';
}

const isAnswer = (path: string): boolean => /\.json(\.gz)?$/.test(path);

/**
 * Writes a copy of a snapshot in which accounts, ids, addresses and names are pseudonyms that fit together: it is audited
 * with the same verdicts. The copy goes to a folder that is new or empty; files that are no JSON are left out. Returns how
 * many files it has.
 */
export async function redactSnapshot(from: string, to: string, key: Uint8Array): Promise<number> {
  const names = (await readdir(from, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  const answers = names.filter(isAnswer).toSorted();
  const own = pseudonyms(key);
  const blocks: string[] = [];
  for (const path of answers.filter((name) => /DescribeVpcs/i.test(name)))
    collectBlocks(await read(from, path), blocks);
  const all = texts(own, addresses(own, blocks));
  await makeFolder(to);
  if ((await readdir(to)).length > 0) throw new RedactionError(`${to} is not empty; choose a new or empty folder.`);
  for (const path of answers) {
    const redacted = redactDocument(await read(from, path), all);
    const target = join(to, redactPath(path.replace(/\.gz$/, ''), all));
    await makeFolder(dirname(target));
    await writeFile(target, `${JSON.stringify(redacted)}\n`, { mode: 0o600 });
  }
  return answers.length;
}

async function read(folder: string, path: string): Promise<unknown> {
  try {
    const bytes = await readFile(join(folder, path));
    return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  } catch (cause) {
    throw new RedactionError(`${join(folder, path)} cannot be read as JSON, so it cannot be redacted.`, { cause });
  }
}

/** The blocks of the VPCs: what lies in one keeps its offset. */
function collectBlocks(value: unknown, blocks: string[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if ((name === 'CidrBlock' || name === 'Ipv6CidrBlock') && typeof inner === 'string') blocks.push(inner);
    else collectBlocks(inner, blocks);
  }
}

/** A manifest's files are called as they are called in the copy. */
function redactDocument(document: unknown, own: Texts): unknown {
  const redacted = redactAnswer(document, own);
  if (!hasCalls(document) || !hasCalls(redacted)) return redacted;
  return {
    ...redacted,
    calls: redacted.calls.map((call, at) => {
      const file = fileOf(document.calls[at]);
      return typeof call === 'object' && call !== null && file !== undefined
        ? { ...call, file: redactPath(file.replace(/\.gz$/, ''), own) }
        : call;
    }),
  };
}

const hasCalls = (document: unknown): document is { readonly calls: readonly unknown[] } =>
  typeof document === 'object' && document !== null && 'calls' in document && Array.isArray(document.calls);

const fileOf = (call: unknown): string | undefined =>
  typeof call === 'object' && call !== null && 'file' in call && typeof call.file === 'string' ? call.file : undefined;

/** `<account>/<region>/<service>.<Operation>/<id>.json`: the account and the id are somebody's. */
function redactPath(path: string, own: Texts): string {
  return path
    .split('/')
    .map((part) => {
      if (/^[a-z0-9-]+\.[A-Z]\w*(\.\d+)?(\.json)?$/.test(part) || part === 'manifest.json') return part;
      const stem = part.replace(/\.json$/, '');
      return `${own.own(stem)}${part.slice(stem.length)}`;
    })
    .join('/');
}
