import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { isRaw } from '../src/model/decode.ts';
import type { Document, Documents, Role, World, WorldAccount } from './world.ts';

const unzip = promisify(gunzip);

/** An answer's file: `ec2.DescribeVpcs.json`, a part `ec2.DescribeVpcs.2.json`, or one of a resource, maybe compressed. */
const answerFile = /^(?<stem>.+?)(?:\.(?<part>\d{1,6}))?\.json(?:\.gz)?$/;
const operationFolder = /^(?:ec2|elb|elbv2)\.[A-Z][A-Za-z]+$/;

/**
 * A world out of a snapshot folder: what was collected is answered, everything else refused. Any account can assume a
 * role of any name that `roles` gives each account. Throws where a file is not an answer.
 */
export async function loadWorld(folder: string, roles: readonly Role[] = []): Promise<World> {
  const accounts = new Map<string, WorldAccount>();
  for (const accountId of await foldersIn(folder, /^\d{12}$/)) {
    const regions = new Map<string, Documents>();
    for (const region of await foldersIn(join(folder, accountId), /^[a-z]{2,}(?:-[a-z]+)+-\d$/)) {
      regions.set(region, await loadRegion(join(folder, accountId, region)));
    }
    accounts.set(accountId, { accountId, name: accountId, regions, roles });
  }
  if (accounts.size === 0) throw new Error(`${folder} holds no folder of an account: it is no snapshot`);
  return { accounts, whenAbsent: 'refused' };
}

async function foldersIn(folder: string, name: RegExp): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && name.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

async function loadRegion(folder: string): Promise<Documents> {
  const documents = new Map<string, Document>();
  await loadFiles(folder, '', documents);
  for (const operation of await foldersIn(folder, operationFolder)) {
    await loadFiles(join(folder, operation), `${operation}/`, documents);
  }
  return documents;
}

async function loadFiles(folder: string, prefix: string, documents: Map<string, Document>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .flatMap(({ name }) => {
      const { stem, part } = answerFile.exec(name)?.groups ?? {};
      return stem === undefined ? [] : [{ name, stem, part: Number(part ?? 0) }];
    })
    .sort((a, b) => (a.stem < b.stem ? -1 : a.stem > b.stem ? 1 : a.part - b.part));
  for (const { name, stem } of files) {
    const key = `${prefix}${stem}`;
    documents.set(key, merge(documents.get(key), await readAnswer(join(folder, name))));
  }
}

async function readAnswer(path: string): Promise<Document> {
  const bytes = await readFile(path);
  const value: unknown = JSON.parse((path.endsWith('.gz') ? await unzip(bytes) : bytes).toString('utf8'));
  if (!isRaw(value)) throw new Error(`${path} is not an answer: it holds no object`);
  return value;
}

/** The parts of an answer are one answer: their lists follow one another. */
function merge(first: Document | undefined, next: Document): Document {
  if (first === undefined) return next;
  const merged: Record<string, unknown> = { ...first };
  for (const [member, value] of Object.entries(next)) {
    const before = merged[member];
    merged[member] =
      Array.isArray(before) && Array.isArray(value) ? [...(before as unknown[]), ...(value as unknown[])] : value;
  }
  return merged;
}
