import { constants, isUtf8 } from 'node:buffer';
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** A file that gives no document. The reason never quotes the file: answers hold secrets. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  /** Relative to the snapshot folder. */
  readonly file: string;
  readonly reason: string;

  constructor(file: string, reason: string) {
    super(`${file} ${reason}`);
    this.file = file;
    this.reason = reason;
  }
}

/** The longest text that V8 holds in one string, a little over 512 MB. */
const longestText: number = constants.MAX_STRING_LENGTH;

const unzip = promisify(gunzip);

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_048_576)} MB`;

/**
 * The text of one file of a snapshot folder, unzipped where it is gzip whatever its name; `X.json` may lie there as
 * `X.json.gz`. `root` is the folder's real
 * path: a file that lies outside it, also by way of a link, is refused.
 */
export async function readText(root: string, file: string): Promise<string> {
  const { path, size } = await locate(root, file);
  if (size > longestText) throw tooLarge(file, size);
  const raw = await readFile(path).catch((error: unknown) => {
    throw new UnreadableFile(file, sentenceOf(error));
  });
  const data = raw[0] === 0x1f && raw[1] === 0x8b ? await unzipped(file, raw) : raw;
  return decoded(file, data);
}

/** One JSON document, whatever it holds. */
export function parseJson(file: string, text: string): unknown {
  if (text.trim() === '') throw new UnreadableFile(file, 'is empty');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableFile(file, whyNotJson(error, text.trimEnd().length));
  }
}

/** Reads one file as one JSON document. */
export async function readDocument(root: string, file: string): Promise<unknown> {
  return parseJson(file, await readText(root, file));
}

async function locate(root: string, file: string): Promise<{ readonly path: string; readonly size: number }> {
  const outside = new UnreadableFile(file, 'lies outside the snapshot folder and is not read');
  if (file === '' || isAbsolute(file) || file.includes('\0') || file.split(/[/\\]/).includes('..')) throw outside;
  const path = await realpath(join(root, file)).catch(async (error: unknown) => {
    const zipped = file.endsWith('.json') ? await realpath(join(root, `${file}.gz`)).catch(() => undefined) : undefined;
    if (zipped === undefined) throw new UnreadableFile(file, sentenceOf(error));
    return zipped;
  });
  if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) throw outside;
  const found = await stat(path);
  if (!found.isFile()) throw new UnreadableFile(file, 'is not a file');
  return { path, size: found.size };
}

async function unzipped(file: string, data: Buffer): Promise<Buffer> {
  try {
    return await unzip(data, { maxOutputLength: longestText });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(file, undefined);
    throw new UnreadableFile(file, 'is damaged: it cannot be unzipped');
  }
}

function tooLarge(file: string, size: number | undefined): UnreadableFile {
  const found = size === undefined ? 'unzips to more than' : `is ${megabytes(size)}, more than`;
  return new UnreadableFile(file, `${found} the ${megabytes(longestText)} that one file may hold: write it in parts`);
}

/** UTF-8, or UTF-16 with a byte order mark as PowerShell's `>` writes it. */
function decoded(file: string, data: Buffer): string {
  if (data[0] === 0xff && data[1] === 0xfe) return data.toString('utf16le', 2);
  if (!isUtf8(data)) throw new UnreadableFile(file, 'is not UTF-8 text');
  return data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? data.toString('utf8', 3) : data.toString('utf8');
}

/** V8's own message quotes the text around the error, and that text may be a secret: only the position is kept. */
function whyNotJson(error: unknown, length: number): string {
  if (error instanceof RangeError) return 'is nested too deeply';
  const message = error instanceof Error ? error.message : '';
  const position = /at position (\d+)/.exec(message)?.[1];
  if (/unexpected end|unterminated/i.test(message) || Number(position ?? -1) >= length)
    return 'is cut off: its JSON ends in the middle';
  return position === undefined ? 'is not valid JSON' : `is not valid JSON at position ${position}`;
}

/** In words, why the file system did not give a file. */
export function sentenceOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'is missing';
    case 'EACCES':
    case 'EPERM':
      return 'cannot be read: permission denied';
    case 'ELOOP':
      return 'is a link that leads to itself';
    case 'ENAMETOOLONG':
      return 'has a name too long for this file system';
    default:
      return `cannot be read (${code === '' ? 'unknown error' : code})`;
  }
}
