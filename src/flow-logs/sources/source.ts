import { FlowLogsUnusable } from '../unusable.ts';

/** Where flow logs are read from. */
export type FlowSource =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string }
  | { readonly kind: 'log-group'; readonly name: string }
  | { readonly kind: 'athena'; readonly database: string; readonly table: string };

/** Reads `DIR`, `s3://BUCKET/PREFIX`, `log-group:NAME` or `athena:DATABASE.TABLE`. */
export function parseSource(text: string): FlowSource {
  if (text.startsWith('s3://')) {
    const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text);
    if (match === null) throw new FlowLogsUnusable(`${text} names no bucket: write s3://BUCKET/PREFIX.`);
    return { kind: 's3', bucket: match[1] ?? '', prefix: match[2] ?? '' };
  }
  if (text.startsWith('log-group:')) {
    const name = text.slice('log-group:'.length);
    if (!/^[\w./#-]{1,512}$/.test(name))
      throw new FlowLogsUnusable(`"${name}" is no name of a log group: write log-group:NAME.`);
    return { kind: 'log-group', name };
  }
  if (text.startsWith('athena:')) {
    const match = /^([A-Za-z0-9_]+)\.([A-Za-z0-9_]+)$/.exec(text.slice('athena:'.length));
    if (match === null)
      throw new FlowLogsUnusable(`${text} names no table: write athena:DATABASE.TABLE, letters, digits and _ only.`);
    return { kind: 'athena', database: match[1] ?? '', table: match[2] ?? '' };
  }
  return { kind: 'folder', path: text };
}
