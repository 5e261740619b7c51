/** What is asked of DuckDB reaches the logs and its own folder, and nothing else on this machine or beyond. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/flow-logs/duckdb/database.ts';
import { folderOf, text, v2 } from './log-files.ts';

describe('the sandbox', () => {
  const output = mkdtempSync(join(tmpdir(), 'flow-logs-sandbox-'));
  const inputs = [folderOf({ 'a.log': text(v2, []) })];
  const elsewhere = folderOf({ 'secret.txt': 'secret\n' });
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ inputs, output, memoryLimit: '256MB', threads: 1 });
  });
  afterAll(() => {
    database.close();
    rmSync(output, { recursive: true });
  });

  it('reads the logs and writes its own folder', async () => {
    await database.query(`SELECT count(*) AS n FROM read_text('${inputs[0]}/a.log')`, { n: 'number' });
    await database.execute(`COPY (SELECT 1 AS x) TO '${output}/x.parquet'`);
    expect(statSync(join(output, 'x.parquet')).size).toBeGreaterThan(0);
  });

  it.each([
    ['reading elsewhere', `SELECT * FROM read_text('${elsewhere}/secret.txt')`],
    ['reading above', `SELECT * FROM read_text('${inputs[0]}/../../etc/passwd')`],
    ['listing', `SELECT * FROM glob('${elsewhere}/*')`],
    ['writing elsewhere', `COPY (SELECT 1) TO '${elsewhere}/x.csv'`],
    ['other databases', `ATTACH '${elsewhere}/x.db'`],
    ['the network', "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')"],
    ['extensions', 'INSTALL httpfs'],
    ['loading them', 'LOAD httpfs'],
    ['settings', "SET memory_limit = '64GB'"],
    ['opening the sandbox', 'SET enable_external_access = true'],
  ])('refuses %s', async (_, sql) => {
    await expect(database.execute(sql)).rejects.toThrow(
      /Permission|Cannot change|disabled|not found|Invalid Input|lock/i,
    );
  });

  it('gives up where memory does not suffice, and says what to do', async () => {
    const greedy = 'SELECT len(list(i)) AS n FROM range(200000000) t(i)';
    await expect(database.query(greedy, { n: 'number' })).rejects.toThrow(/--memory-limit.*--threads 1/);
  });

  it('is interrupted by its signal', async () => {
    const stop = new AbortController();
    const own = mkdtempSync(join(tmpdir(), 'flow-logs-sandbox-'));
    const other = await openDatabase({ inputs, output: own, memoryLimit: '256MB', threads: 1, signal: stop.signal });
    const asked = other.query('SELECT count(*) AS n FROM range(100000000000) t(i) WHERE i % 7 = 3', { n: 'number' });
    setTimeout(() => stop.abort(), 50);
    await expect(asked).rejects.toThrow(/abort/i);
    other.close();
    rmSync(own, { recursive: true });
  });
});
