import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isRaw, items, number, requiredText, text } from '../../model/decode.ts';
import { BrokenAnswer } from '../errors.ts';
import type { LogConnection } from './log-connection.ts';

/** An object of a bucket. */
export interface StoredObject {
  readonly name: string;
  readonly size: number;
}

/** One level of a bucket below a prefix. */
export interface Level {
  readonly objects: readonly StoredObject[];
  /** Prefixes that end in `/`. */
  readonly prefixes: readonly string[];
}

/** Lists one level, all its pages. */
export async function listLevel(
  { send }: LogConnection,
  bucket: string,
  prefix: string,
  signal?: AbortSignal,
): Promise<Level> {
  const objects: StoredObject[] = [];
  const prefixes: string[] = [];
  const tokens = new Set<string>();
  for (let token: string | undefined; ; ) {
    const answer = await send(
      's3:ListObjectsV2',
      { Bucket: bucket, Prefix: prefix, Delimiter: '/', ...(token === undefined ? {} : { ContinuationToken: token }) },
      signal,
    );
    objects.push(
      ...items(answer, 'Contents', (item) => ({ name: requiredText(item, 'Key'), size: number(item, 'Size') ?? 0 })),
    );
    prefixes.push(...items(answer, 'CommonPrefixes', (item) => requiredText(item, 'Prefix')));
    token = text(answer, 'NextContinuationToken');
    if (token === undefined) return { objects, prefixes };
    if (tokens.has(token)) throw new BrokenAnswer('the same page token came twice: the list would never end');
    tokens.add(token);
  }
}

/** Downloads an object into a file that nobody else can read. Throws where less came than the list said. */
export async function download(
  { send }: LogConnection,
  bucket: string,
  { name, size }: StoredObject,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  const answer = await send('s3:GetObject', { Bucket: bucket, Key: name }, signal);
  const body = answer['Body'];
  if (!isRaw(body) || typeof body['pipe'] !== 'function') throw new BrokenAnswer('S3 answered no body');
  const file = createWriteStream(path, { mode: 0o600, flags: 'wx' });
  await pipeline(body as unknown as Readable, file, ...(signal === undefined ? [] : [{ signal }]));
  if (file.bytesWritten !== size) throw new BrokenAnswer(`${file.bytesWritten} of ${size} bytes came`);
}
