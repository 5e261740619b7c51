import { constants, isUtf8 } from 'node:buffer';
import { closeSync, constants as fileFlags, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';

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

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_048_576)} MB`;

/** A snapshot folder whose files are read; made by `openRoot`. */
export interface Root {
  /** The folder's real path. */
  readonly path: string;
  /** The folders in it that were looked at already and lie in it really, not by way of a link. */
  readonly inside: Set<string>;
}

/** A folder to read files from, by its real path. */
export function openRoot(path: string): Root {
  return { path, inside: new Set() };
}

/**
 * The text of one file of a snapshot folder, unzipped where it is gzip whatever its name; `X.json` may lie there as
 * `X.json.gz`. A file that lies outside the folder, also by way of a link, is refused. Files are read one after the other
 * and without going through the thread pool: a snapshot may have a hundred thousand small ones.
 */
export function readText(root: Root, file: string): string {
  const raw = readBytes(root, file);
  return decoded(file, raw[0] === 0x1f && raw[1] === 0x8b ? unzipped(file, raw) : raw);
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
export function readDocument(root: Root, file: string): unknown {
  return parseJson(file, readText(root, file));
}

function readBytes(root: Root, file: string): Buffer {
  const descriptor = open(root, file);
  try {
    return orUnreadable(file, () => bytesOf(file, descriptor));
  } finally {
    closeSync(descriptor);
  }
}

function bytesOf(file: string, descriptor: number): Buffer {
  const found = fstatSync(descriptor);
  if (!found.isFile()) throw new UnreadableFile(file, 'is not a file');
  if (found.size > longestText) throw tooLarge(file, found.size);
  const data = Buffer.allocUnsafe(found.size);
  let length = 0;
  for (let read = -1; read !== 0 && length < data.length; length += read)
    read = readSync(descriptor, data, length, data.length - length, null);
  return data.subarray(0, length);
}

/** A link is not followed before it is known where it leads, and a pipe is not waited for. */
const carefully: number = fileFlags.O_RDONLY | fileFlags.O_NOFOLLOW | fileFlags.O_NONBLOCK;

function open(root: Root, file: string): number {
  if (file === '' || isAbsolute(file) || file.includes('\0') || file.split(/[/\\]/).includes('..')) throw outside(file);
  const folder = dirname(file);
  if (!root.inside.has(folder)) {
    realPathInside(root, file, folder);
    root.inside.add(folder);
  }
  for (const name of file.endsWith('.json') ? [file, `${file}.gz`] : [file]) {
    try {
      return openSync(join(root.path, name), carefully);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') continue;
      const mayBeLink = codeOf(error) === 'ELOOP' || codeOf(error) === 'EMLINK';
      if (!mayBeLink) throw new UnreadableFile(file, sentenceOf(error));
      return orUnreadable(file, () => openSync(realPathInside(root, file, name), carefully));
    }
  }
  throw new UnreadableFile(file, 'is missing');
}

/** Where a path within the folder really leads; throws where that is outside. */
function realPathInside(root: Root, file: string, path: string): string {
  const real = orUnreadable(file, () => realpathSync.native(join(root.path, path)));
  const border = root.path.endsWith(sep) ? root.path : root.path + sep;
  if (real !== root.path && !real.startsWith(border)) throw outside(file);
  return real;
}

const outside = (file: string): UnreadableFile =>
  new UnreadableFile(file, 'lies outside the snapshot folder and is not read');

function orUnreadable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile(file, sentenceOf(error));
  }
}

function unzipped(file: string, data: Buffer): Buffer {
  try {
    return gunzipSync(data, { maxOutputLength: longestText });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(file, undefined);
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

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** In words, why the file system did not give a file. */
export function sentenceOf(error: unknown): string {
  const code = codeOf(error);
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
