import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Outbox } from '../../aws/outbox/outbox.ts';
import type { AuditReport } from '../../findings/audit-report.ts';
import { encryption } from './encryption.ts';
import type { S3Address } from './s3-address.ts';

/** Where a run is put, and with which key it is encrypted. */
export interface UploadPlace {
  readonly address: S3Address;
  readonly kmsKey: string | undefined;
}

interface RunFiles {
  readonly report: AuditReport;
  readonly files: readonly string[];
  readonly snapshot: string | undefined;
}

const largestHeld = 64 * 1024 * 1024;

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  xml: 'application/xml',
  sarif: 'application/sarif+json',
};

/**
 * Puts the outputs and the snapshot under `PREFIX/TIME/`; the outputs come last, so that a report that is there has its
 * evidence beside it.
 */
export async function uploadRun(
  outbox: Outbox,
  { address, kmsKey }: UploadPlace,
  { report, files, snapshot }: RunFiles,
): Promise<void> {
  const time = (report.scope.collectedAt ?? report.run.startedAt).replaceAll(/[-:.]/g, '');
  const root = `${address.prefix}${time}/`;
  const evidence = snapshot === undefined ? [] : await filesBelow(snapshot, `${root}snapshot/`);
  const outputs = files.map((path) => ({ path, key: `${root}${basename(path)}` }));
  for (const { path, key } of [...evidence, ...outputs]) {
    const { size } = await stat(path);
    await outbox.send('s3:PutObject', {
      Bucket: address.bucket,
      Key: key,
      // A stream cannot be sent again, so only what is too large to hold is one
      Body: size > largestHeld ? createReadStream(path) : await readFile(path),
      ContentLength: size,
      ...encryption(kmsKey),
      ContentType: contentTypes[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
    });
  }
}

async function filesBelow(
  folder: string,
  prefix: string,
): Promise<readonly { readonly path: string; readonly key: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(async (entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return filesBelow(path, `${prefix}${entry.name}/`);
        return entry.isFile() ? [{ path, key: `${prefix}${entry.name}` }] : [];
      }),
  );
  return found.flat();
}
