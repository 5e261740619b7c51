/** Files of flow logs, written for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll } from 'vitest';
import { snapshotOf, type RegionBuilder } from '../../mocks/builders.ts';
import { evidenceFromFiles, findFiles, formatsOf, namesOf, thresholdsWith } from '../../src/index.ts';
import type { FlowEvidence } from '../../src/model/verdict/flow-evidence.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Thresholds } from '../../src/flow-logs/engine/thresholds.ts';

/** Noon of the day on which the mocks' snapshots were collected, in seconds. */
export const noon = Date.UTC(2026, 0, 15, 12) / 1000;

/** A record by the names of its fields; what it lacks is `-`. */
export type LogRecord = Readonly<Record<string, string | number>>;

export const v2 =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  );
export const v5 = [
  ...v2,
  ...'vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path'.split(
    ' ',
  ),
];
export const alphabetical = v5.toSorted();

/** A record that was accepted, with whatever is other than usual. */
export const record = (fields: LogRecord): LogRecord => ({
  version: 5,
  'account-id': '111122223333',
  protocol: 6,
  packets: 4,
  bytes: 400,
  start: noon,
  end: Number(fields['start'] ?? noon) + 50,
  action: 'ACCEPT',
  'log-status': 'OK',
  ...(fields['srcaddr'] === undefined ? {} : { 'pkt-srcaddr': fields['srcaddr'] }),
  ...(fields['dstaddr'] === undefined ? {} : { 'pkt-dstaddr': fields['dstaddr'] }),
  ...fields,
});

/** A line per record. */
export const lines = (fields: readonly string[], records: readonly LogRecord[]): string =>
  records.map((one) => `${fields.map((field) => one[field] ?? '-').join(' ')}\n`).join('');

/** A whole text file with its header. */
export const text = (fields: readonly string[], records: readonly LogRecord[]): string =>
  `${fields.join(' ')}\n${lines(fields, records)}`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with files; a name that ends in `.gz` is compressed unless a buffer is given. */
export function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'flow-logs-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, name.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content);
  }
  return folder;
}

/** Writes a Parquet file as AWS names its columns; `nulls` says how an absent value is written. */
export async function writeParquet(
  path: string,
  fields: readonly string[],
  records: readonly LogRecord[],
  nulls: 'null' | 'dash' = 'null',
): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const whole = new Set([
    'version',
    'srcport',
    'dstport',
    'protocol',
    'tcp-flags',
    'traffic-path',
    'encryption-status',
  ]);
  const large = new Set(['packets', 'bytes', 'start', 'end']);
  const type = (field: string): string =>
    whole.has(field) ? 'INTEGER' : large.has(field) || field.startsWith('packets-lost') ? 'BIGINT' : 'VARCHAR';
  const cell = (field: string, one: LogRecord): string => {
    const value = one[field];
    if (value === undefined || value === '-') return type(field) === 'VARCHAR' && nulls === 'dash' ? "'-'" : 'NULL';
    return type(field) === 'VARCHAR' ? `'${String(value).replaceAll("'", "''")}'` : String(value);
  };
  await connection.run(
    `CREATE TABLE t (${fields.map((field) => `"${field.replaceAll('-', '_')}" ${type(field)}`).join(', ')})`,
  );
  if (records.length > 0)
    await connection.run(
      `INSERT INTO t VALUES ${records.map((one) => `(${fields.map((field) => cell(field, one)).join(', ')})`).join(', ')}`,
    );
  mkdirSync(dirname(path), { recursive: true });
  await connection.run(`COPY t TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

/** What is other than usual when evidence is gathered. */
export interface Given {
  readonly net?: RegionBuilder;
  readonly window?: { readonly since: number; readonly until: number };
  readonly thresholds?: Partial<Thresholds>;
  readonly logFormat?: readonly string[];
}

/** The evidence of a folder; of the hour from noon unless said otherwise. */
export async function evidenceOf(folder: string, given: Given = {}): Promise<FlowEvidence> {
  const window = given.window ?? { since: noon, until: noon + 3600 };
  const snapshot = given.net === undefined ? undefined : snapshotOf(given.net.toWorld());
  return evidenceFromFiles(await findFiles(folder, window.since * 1000, window.until * 1000), {
    source: 'logs',
    window,
    network: snapshot === undefined ? undefined : buildNetwork(snapshot),
    thresholds: thresholdsWith(given.thresholds),
    nameOf: namesOf([]),
    formatOf: formatsOf(given.logFormat, snapshot),
    memoryLimit: '512MB',
    threads: 1,
  });
}

/** The evidence of records alone. */
export const evidenceOfRecords = (
  records: readonly LogRecord[],
  given: Given & { readonly fields?: readonly string[] } = {},
): Promise<FlowEvidence> => evidenceOf(folderOf({ 'a.log': text(given.fields ?? v5, records) }), given);
