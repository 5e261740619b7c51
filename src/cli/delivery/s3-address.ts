import { UsageError } from '../usage-error.ts';

/** A place in a bucket. */
export interface S3Address {
  readonly bucket: string;
  /** Empty, or ending with a slash. */
  readonly prefix: string;
}

export const isS3Address = (value: string): boolean => value.startsWith('s3://');

/** Reads `s3://bucket/prefix/` (S3 user guide, "General purpose bucket naming rules"). */
export function parseS3Address(value: string, option: string): S3Address {
  const [, bucket, path] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(value) ?? [];
  if (bucket === undefined)
    throw new UsageError(`${option} ${value}: that is not the address of a bucket, as s3://bucket/prefix/.`);
  const prefix = path === undefined || path === '' || path.endsWith('/') ? (path ?? '') : `${path}/`;
  return { bucket, prefix };
}
