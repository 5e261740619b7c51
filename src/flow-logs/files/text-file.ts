import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readFirstLine } from '../format/log-format.ts';

/** What a whole text file was found to be. */
export type TextFacts =
  | { readonly state: 'empty' | 'truncated' | 'corrupt'; readonly detail: string }
  | {
      readonly state: 'readable';
      readonly firstLine: string;
      /** Does anything follow the first line? */
      readonly hasMore: boolean;
      /** Headers within the file that equal its first line, as concatenated files have. */
      readonly repeatedHeaders: number;
      /** A header within the file that differs from its first line, so that the rows behind it mean something else. */
      readonly otherHeader: string | undefined;
      /** Bytes of text. */
      readonly bytes: number;
    };

/** Long lines are no flow log records: the longest, with every field and tag, stays far below. */
const longestLine = 64 * 1024;

/** Words of which any header has one and no value of a field is one. */
const marks: readonly Buffer[] = ['srcaddr', 'interface-id', 'tgw-id'].map((word) => Buffer.from(word));

/**
 * Reads a text file, gzip or plain, to its end: its first line, whether it is whole, and whether headers stand within it.
 * A damaged gzip file fails a whole query and a truncated one would be read in part without a word, so both are found
 * here first.
 */
export async function inspectText(path: string, gzip: boolean): Promise<TextFacts> {
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const source: Readable = gzip ? file.pipe(createGunzip({ chunkSize: 1 << 18 })) : file;
  file.on('error', (error) => source.destroy(error));
  let firstLine: string | undefined;
  let head: Buffer = Buffer.alloc(0);
  let tail: Buffer = Buffer.alloc(0);
  let bytes = 0;
  let newlines = false;
  let repeatedHeaders = 0;
  let otherHeader: string | undefined;
  const meet = (line: string): void => {
    if (line === firstLine) repeatedHeaders += 1;
    else if (readFirstLine(line).kind === 'header') otherHeader ??= line;
  };
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (firstLine === undefined) {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf(10);
        if (end < 0 && head.length <= longestLine) continue;
        if (end < 0) return { state: 'corrupt', detail: 'its first line is longer than any record' };
        firstLine = head.subarray(0, end).toString('utf8').replace(/\r$/, '');
        const rest = head.subarray(end + 1);
        newlines = rest.length > 0;
        tail = scan(rest, meet);
        continue;
      }
      newlines = true;
      tail = scan(tail.length === 0 ? chunk : Buffer.concat([tail, chunk]), meet);
    }
  } catch (error) {
    return broken(error, bytes);
  }
  if (bytes === 0) return { state: 'empty', detail: gzip ? 'a gzip file with nothing in it' : '0 bytes' };
  if (firstLine === undefined) firstLine = head.toString('utf8').trim();
  else if (tail.length > 0) scan(Buffer.concat([tail, Buffer.from('\n')]), meet);
  return { state: 'readable', firstLine, hasMore: newlines, repeatedHeaders, otherHeader, bytes };
}

/** Looks for headers among whole lines and gives back the unfinished last one. */
function scan(text: Buffer, meet: (line: string) => void): Buffer {
  const end = text.lastIndexOf(10) + 1;
  const seen = new Set<number>();
  for (const mark of marks) {
    for (let at = text.indexOf(mark); at >= 0 && at < end; at = text.indexOf(mark, at + mark.length)) {
      const start = text.lastIndexOf(10, at) + 1;
      if (seen.has(start)) continue;
      seen.add(start);
      meet(text.subarray(start, text.indexOf(10, at)).toString('utf8').replace(/\r$/, ''));
    }
  }
  const rest = text.subarray(end);
  return rest.length > longestLine ? Buffer.alloc(0) : Buffer.from(rest);
}

function broken(error: unknown, bytes: number): TextFacts {
  const code = (error as { readonly code?: unknown }).code;
  if (code === 'Z_BUF_ERROR')
    return { state: 'truncated', detail: `the gzip stream ends in the middle, after ${bytes} bytes of text` };
  if (typeof code === 'string' && code.startsWith('Z_'))
    return { state: 'corrupt', detail: `not a whole gzip stream (${code}), after ${bytes} bytes of text` };
  throw error;
}
