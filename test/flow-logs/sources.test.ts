/** Flow logs in S3, behind Athena and in CloudWatch Logs, through the real SDK. */
import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openLogs, type LogConnection } from '../../src/aws/log-queries/log-connection.ts';
import { athenaDdl } from '../../src/flow-logs/athena/ddl.ts';
import { thresholdsWith } from '../../src/flow-logs/engine/thresholds.ts';
import { insightsQuery } from '../../src/flow-logs/insights/insights-query.ts';
import { evidenceFromAthena } from '../../src/flow-logs/sources/athena-evidence.ts';
import { evidenceFromBucket, findObjects } from '../../src/flow-logs/sources/bucket.ts';
import type { FilesOptions } from '../../src/flow-logs/sources/files-evidence.ts';
import { evidenceFromLogGroup } from '../../src/flow-logs/sources/log-group-evidence.ts';
import type { FlowEvidence } from '../../src/model/verdict/flow-evidence.ts';
import { runCli } from '../cli/run-cli.ts';
import { type FakeAnswer, type FakeCall, type FakeOptions, type FakeServices, startFakes } from './fake-services.ts';
import {
  evidenceOf,
  evidenceOfRecords,
  folderOf,
  lines,
  type LogRecord,
  noon,
  record,
  text,
  v2,
  v5,
  writeParquet,
} from './log-files.ts';

const window = { since: noon, until: noon + 3600 };
let fakes: FakeServices | undefined;
let connection: LogConnection | undefined;
afterEach(async () => {
  connection?.close();
  await fakes?.close();
});
beforeAll(() => {
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIAIOSFODNN7EXAMPLE';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'secret';
  process.env['AWS_REGION'] = 'eu-west-1';
});

async function connected(options: FakeOptions): Promise<LogConnection> {
  fakes = await startFakes(options);
  const clock = { now: () => Date.now(), sleep: async (_: number, signal?: AbortSignal) => signal?.throwIfAborted() };
  connection = await openLogs({ endpointUrl: fakes.url, maxAttempts: 3, clock, retryStrategy: undefined });
  return connection;
}

const filesOptions = (more: Partial<FilesOptions> = {}): FilesOptions => ({
  source: 'test',
  window,
  network: undefined,
  thresholds: thresholdsWith(),
  nameOf: () => undefined,
  formatOf: () => undefined,
  memoryLimit: '512MB',
  threads: 1,
  ...more,
});

const one = record({
  'interface-id': 'eni-1',
  srcaddr: '10.0.0.5',
  dstaddr: '10.0.1.5',
  srcport: 40_000,
  dstport: 5432,
  action: 'REJECT',
  'tcp-flags': 2,
  'flow-direction': 'ingress',
});
const busy: readonly LogRecord[] = [
  one,
  ...Array.from({ length: 30 }, (_, i) =>
    record({
      'interface-id': 'eni-2',
      srcaddr: '10.0.0.9',
      dstaddr: `10.0.2.${i}`,
      srcport: 41_000 + i,
      dstport: 445,
      action: 'REJECT',
      'tcp-flags': 2,
      packets: 1,
      start: noon + i,
    }),
  ),
  record({
    'interface-id': 'eni-3',
    srcaddr: '203.0.113.9',
    dstaddr: '10.0.0.7',
    srcport: 50_000,
    dstport: 22,
    'tcp-flags': 2,
    'flow-direction': 'ingress',
  }),
  record({
    'interface-id': 'eni-3',
    srcaddr: '10.0.0.7',
    dstaddr: '203.0.113.9',
    srcport: 22,
    dstport: 50_000,
    'tcp-flags': 18,
    'flow-direction': 'egress',
  }),
];

/** What does not depend on where records were read. */
const substance = ({ rejected, exercised, detections, patterns, noise }: FlowEvidence) => ({
  rejected,
  exercised,
  detections,
  patterns,
  noise,
});

describe('S3', () => {
  const key = (day: string, minute: string, hash: string, ending = 'log.gz'): string =>
    `prod/AWSLogs/111122223333/vpcflowlogs/eu-west-1/2026/01/${day}/111122223333_vpcflowlogs_eu-west-1_fl-0a_202601${day}T${minute}Z_${hash}.${ending}`;
  const place = { bucket: 'flow-logs', prefix: 'prod' };

  it('is listed by time, downloaded into a private folder, read like a folder, and nothing is left', async () => {
    const parquet = join(folderOf({ x: '' }), 'p.parquet');
    await writeParquet(parquet, v5, busy.slice(0, 5));
    const objects = {
      [key('15', '1205', 'a')]: gzipSync(text(v5, busy.slice(5, 20))),
      [key('15', '1210', 'b')]: gzipSync(text(v5, busy.slice(20))),
      [key('15', '1215', 'c', 'log.parquet')]: readFileSync(parquet),
      [key('09', '1205', 'd')]: gzipSync(text(v5, busy)),
    };
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('vpc-auditor-flows-'));
    const way = await connected({ objects });
    const found = await findObjects(way, place, window);
    expect(found.files.map(({ name }) => name)).toEqual([
      key('15', '1205', 'a'),
      key('15', '1210', 'b'),
      key('15', '1215', 'c', 'log.parquet'),
    ]);
    expect(fakes?.calls.some(({ input }) => String(input['prefix']).includes('/01/09/'))).toBe(false);
    const evidence = await evidenceFromBucket(way, place, found, filesOptions());
    expect(evidence.reading).toMatchObject({ files: 3, records: busy.length, skipped: [] });
    expect(substance(evidence)).toEqual(substance(await evidenceOfRecords(busy)));
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('vpc-auditor-flows-'))).toEqual(before);
  });

  it('names objects that cannot be read and those that came in part', async () => {
    const objects = Object.fromEntries(
      ['a', 'b', 'c'].map((hash, i) => [key('15', `12${i + 1}0`, hash), gzipSync(text(v5, [one]))]),
    );
    const way = await connected({
      objects,
      cut: (name) => name.includes('_b.'),
      denied: (operation, name) => operation === 'GetObject' && name.includes('_c.'),
    });
    const { reading } = await evidenceFromBucket(way, place, await findObjects(way, place, window), filesOptions());
    expect(reading.records).toBe(1);
    expect(reading.skipped.map(({ file, reason, costsRecords }) => [file.slice(-8), reason, costsRecords])).toEqual([
      ['b.log.gz', 'unreadable', true],
      ['c.log.gz', 'unreadable', true],
    ]);
  });

  it('says which permission is missing, and what lies there instead', async () => {
    const closed = await connected({ denied: () => true });
    await expect(findObjects(closed, place, window)).rejects.toThrow(
      /bucket flow-logs cannot be read: AccessDenied.*Allow s3:ListBucket/,
    );
    connection?.close();
    await fakes?.close();
    const old = await connected({ objects: { [key('15', '0905', 'a')]: gzipSync(text(v5, [one])) } });
    const found = await findObjects(old, place, window);
    await expect(evidenceFromBucket(old, place, found, filesOptions())).rejects.toThrow(
      /none of them of this window; the nearest are of 2026-01-15T09:05/,
    );
  });
});

it('the command line reads a bucket, an account’s credentials from the environment', async () => {
  const name = '111122223333_vpcflowlogs_eu-west-1_fl-0a_20260115T1205Z_a.log.gz';
  fakes = await startFakes({
    objects: { [`prod/AWSLogs/111122223333/vpcflowlogs/eu-west-1/2026/01/15/${name}`]: gzipSync(text(v5, busy)) },
  });
  const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-west-1' };
  const args = ['--since', '2026-01-15T12:00Z', '--until', '2026-01-15T13:00Z', '--endpoint-url', fakes.url];
  const asked = await runCli(['flows', '--source', 's3://flow-logs/prod', ...args, '--format', 'json'], { env });
  expect(asked.code).toBe(1);
  expect(asked.stderr).toMatch(/s3:\/\/flow-logs\/prod: 1 file\(s\)/);
  expect(substance(JSON.parse(asked.stdout) as FlowEvidence)).toEqual(substance(await evidenceOfRecords(busy)));
  const dear = await runCli(['flows', '--source', 's3://flow-logs/prod', ...args, '--max-bytes', '10'], { env });
  expect([dear.code, dear.stdout]).toEqual([64, '']);
  expect(dear.stderr).toMatch(/more than --max-bytes/);
  const bare = await runCli(['flows', '--source', 'log-group:/vpc/flow-logs', ...args], { env });
  expect(bare.stderr).toMatch(/no header: name the format .*--log-format/);
});

describe('Athena', () => {
  /** A workgroup, a table, and a query engine that really runs the SQL. */
  async function athena(
    records: readonly LogRecord[],
    more: {
      readonly answer?: (call: FakeCall) => FakeAnswer | undefined;
      readonly parameters?: Record<string, string>;
      readonly cutOff?: number;
    } = {},
  ) {
    const instance = await DuckDBInstance.create(':memory:');
    const duckdb = await instance.connect();
    const parquet = join(folderOf({ x: '' }), 't.parquet');
    await writeParquet(parquet, v5, records);
    await duckdb.run('CREATE SCHEMA logs');
    await duckdb.run(`CREATE TABLE logs.flow AS SELECT *, '2026/01/15' AS p_day FROM read_parquet('${parquet}')`);
    await duckdb.run('CREATE MACRO approx_percentile(x, p) AS quantile_cont(x, p)');
    await duckdb.run('CREATE MACRO bitwise_or_agg(x) AS bit_or(x)');
    const results = new Map<string, (string | null)[][]>();
    const polls = new Map<string, number>();
    const rows = (all: (string | null)[][]) =>
      all.map((row) => ({ Data: row.map((value) => (value === null ? {} : { VarCharValue: value })) }));
    const answer = async (call: FakeCall): Promise<FakeAnswer> => {
      const special = more.answer?.(call);
      if (special !== undefined) return special;
      const asked = call.input['QueryExecutionId'];
      const id = typeof asked === 'string' ? asked : `q-${results.size}`;
      switch (call.operation) {
        case 'GetTableMetadata':
          return {
            body: {
              TableMetadata: {
                Name: 'flow',
                Columns: v5.map((field) => ({ Name: field.replaceAll('-', '_'), Type: 'string' })),
                PartitionKeys: [{ Name: 'p_day', Type: 'string' }],
                Parameters: more.parameters ?? {},
              },
            },
          };
        case 'GetWorkGroup':
          return {
            body: {
              WorkGroup: {
                Name: 'primary',
                Configuration: {
                  BytesScannedCutoffPerQuery: more.cutOff ?? 1e9,
                  ResultConfiguration: { OutputLocation: 's3://results/' },
                },
              },
            },
          };
        case 'StartQueryExecution': {
          const read = await duckdb.runAndReadAll(String(call.input['QueryString']));
          results.set(id, [
            read.columnNames(),
            ...read.getRows().map((row) => row.map((value) => (value === null ? null : String(value)))),
          ]);
          return { body: { QueryExecutionId: id } };
        }
        case 'GetQueryExecution': {
          const seen = polls.get(id) ?? 0;
          polls.set(id, seen + 1);
          const State = ['QUEUED', 'RUNNING', 'QUEUED', 'SUCCEEDED'][Math.min(seen, 3)];
          return {
            body: {
              QueryExecution: {
                QueryExecutionId: id,
                Status: { State },
                Statistics: { DataScannedInBytes: 1000, TotalExecutionTimeInMillis: 5 },
              },
            },
          };
        }
        case 'GetQueryResults': {
          const from = Number(call.input['NextToken'] ?? 0);
          const all = results.get(id) ?? [];
          return {
            body: {
              ResultSet: { Rows: rows(all.slice(from, from + 3)) },
              ...(from + 3 < all.length ? { NextToken: String(from + 3) } : {}),
            },
          };
        }
        default:
          return { body: {} };
      }
    };
    const way = await connected({ answer });
    const ask = (options: Partial<Parameters<typeof evidenceFromAthena>[1]> = {}) =>
      evidenceFromAthena(way, {
        source: 'athena:logs.flow',
        database: 'logs',
        table: 'flow',
        workGroup: 'primary',
        window,
        formats: [],
        maxBytes: 1e9,
        network: undefined,
        thresholds: thresholdsWith(),
        nameOf: () => undefined,
        ...options,
      });
    return { ask };
  }

  it('answers as DuckDB does, page by page, with what it cost', async () => {
    const { ask } = await athena(busy);
    const evidence = await ask();
    expect(substance(evidence)).toEqual(substance(await evidenceOf(folderOf({ 'a.log': text(v5, busy) }))));
    expect(evidence.cost).toEqual({
      bytesScanned: evidence.questions.length * 1000,
      milliseconds: evidence.questions.length * 5,
      queries: evidence.questions.length,
    });
    const queries = (fakes?.calls ?? [])
      .filter(({ operation }) => operation === 'StartQueryExecution')
      .map(({ input }) => String(input['QueryString']));
    expect(queries.every((sql) => sql.includes(`"p_day" BETWEEN '2026/01/15' AND '2026/01/15'`))).toBe(true);
    expect(fakes?.calls.every(({ operation }) => !operation.startsWith('Create'))).toBe(true);
  });

  it('waits out throttling', async () => {
    let refusals = 0;
    const { ask } = await athena([one], {
      answer: ({ operation }) =>
        operation === 'StartQueryExecution' && refusals++ === 1
          ? { error: 'TooManyRequestsException', status: 400 }
          : undefined,
    });
    expect((await ask()).reading.records).toBe(1);
    expect(refusals).toBeGreaterThan(2);
  });

  it.each([
    ['FAILED', 'SYNTAX_ERROR: line 1', /could not answer.*SYNTAX_ERROR/],
    ['FAILED', 'Bytes scanned limit was exceeded', /limit was exceeded\. The workgroup cuts queries off/],
    ['CANCELLED', 'Query cancelled by user', /cancelled a question/],
  ])('says why a query ends: %s %s', async (State, StateChangeReason, sentence) => {
    const { ask } = await athena([one], {
      answer: ({ operation }) =>
        operation === 'GetQueryExecution'
          ? { body: { QueryExecution: { Status: { State, StateChangeReason } } } }
          : undefined,
    });
    await expect(ask()).rejects.toThrow(sentence);
  });

  it('stops the query at AWS when interrupted', async () => {
    const stop = new AbortController();
    const { ask } = await athena([one], {
      answer: ({ operation }) => {
        if (operation !== 'GetQueryExecution') return undefined;
        stop.abort();
        return { body: { QueryExecution: { Status: { State: 'RUNNING' } } } };
      },
    });
    await expect(ask({ signal: stop.signal })).rejects.toThrow();
    expect(fakes?.calls.map(({ operation }) => operation)).toContain('StopQueryExecution');
  });

  it('refuses what would cost or mislead', async () => {
    const limitless = await athena([one], {
      answer: ({ operation }) =>
        operation === 'GetWorkGroup'
          ? {
              body: {
                WorkGroup: { Name: 'primary', Configuration: { ResultConfiguration: { OutputLocation: 's3://r/' } } },
              },
            }
          : undefined,
    });
    await expect(limitless.ask()).rejects.toThrow(/BytesScannedCutoffPerQuery/);
    await expect(limitless.ask({ maxBytes: 1 })).rejects.toThrow(/BytesScannedCutoffPerQuery/);
    connection?.close();
    await fakes?.close();
    const late = await athena([one], {
      parameters: {
        'projection.p_day.type': 'date',
        'projection.p_day.format': 'yyyy/MM/dd',
        'projection.p_day.range': '2026/02/01,NOW',
      },
    });
    await expect(late.ask()).rejects.toThrow(/projection .* begins at 2026\/02\/01/);
    connection?.close();
    await fakes?.close();
    const positional = await athena([one], { parameters: { 'skip.header.line.count': '1' } });
    await expect(positional.ask({ formats: [v5, v2] })).rejects.toThrow(/reads text by position/);
    await expect(positional.ask({ maxBytes: 1500 })).rejects.toThrow(/--max-bytes/);
    connection?.close();
    await fakes?.close();
    const denied = await athena([one], {
      answer: ({ operation }) =>
        operation === 'GetTableMetadata' ? { error: 'AccessDeniedException', status: 400 } : undefined,
    });
    await expect(denied.ask()).rejects.toThrow(/Allow athena:GetTableMetadata/);
  });

  it('has a table made for the format and its order', () => {
    const ddl = athenaDdl({
      database: 'd',
      table: 't',
      location: 's3://b/p/AWSLogs/',
      fields: ['version', 'end', 'region'],
      fileFormat: 'plain-text',
      hive: false,
      hourly: true,
      accounts: ['111122223333'],
      regions: ['eu-west-1'],
      since: '2026/01/01',
    });
    expect(ddl).toMatch(/`version` int,\n {2}`end` bigint,\n {2}`region` string\n\)/);
    expect(ddl).toContain(
      "'storage.location.template' = 's3://b/p/AWSLogs/${p_account}/vpcflowlogs/${p_region}/${p_day}/${p_hour}/'",
    );
    expect(ddl).toContain('PARTITIONED BY (p_account string, p_region string, p_day string, p_hour string)');
  });
});

describe('Logs Insights', () => {
  /** A small evaluator of the one kind of query: glob parse, stats by groups and bins, limit. */
  function insights(
    query: string,
    events: readonly { readonly at: number; readonly message: string }[],
    start: number,
    end: number,
  ) {
    const [, glob = '', aliases = ''] = /parse @message "([^"]*)" as ([^|]*)/.exec(query) ?? [];
    const [, by = ''] = / by (.*?) \|/.exec(query) ?? [];
    const names = aliases.trim().split(', ');
    const keys = by.split(', ').filter((key) => !key.startsWith('bin('));
    const limit = Number(/limit (\d+)/.exec(query)?.[1]);
    expect(glob.split(' ')).toHaveLength(names.length);
    const groups = new Map<string, Record<string, string>[]>();
    for (const { at, message } of events) {
      if (at < start || at > end) continue;
      const words = message.split(' ');
      const row = Object.fromEntries(names.map((name, i) => [name, words[i] ?? '']));
      const key = JSON.stringify([...keys.map((name) => row[name]), Math.floor(at / 300)]);
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return [...groups.values()].slice(0, limit).map((rows) => {
      const sum = (name: string) => String(rows.reduce((total, row) => total + (Number(row[name]) || 0), 0));
      const edge = (name: string, pick: (...values: number[]) => number) =>
        String(pick(...rows.map((row) => Number(row[name]))));
      const cells = {
        ...Object.fromEntries(keys.map((name) => [name, rows[0]?.[name] ?? ''])),
        s_packets: sum('f_packets'),
        s_bytes: sum('f_bytes'),
        s_start: edge('f_start', Math.min),
        s_end: edge('f_end', Math.max),
      };
      return Object.entries(cells).map(([field, value]) => ({ field, value }));
    });
  }

  async function group(records: readonly LogRecord[], fields: readonly string[], status?: (poll: number) => string) {
    const events = records.map((entry) => ({ at: Number(entry['start']), message: lines(fields, [entry]).trim() }));
    const queries = new Map<string, { input: Record<string, unknown>; polls: number }>();
    const way = await connected({
      answer: ({ operation, input }) => {
        if (operation === 'StartQuery') {
          const queryId = `q-${queries.size}`;
          queries.set(queryId, { input, polls: 0 });
          return { body: { queryId } };
        }
        const query = queries.get(String(input['queryId']));
        if (operation !== 'GetQueryResults' || query === undefined) return { body: { success: true } };
        query.polls += 1;
        const state = status?.(query.polls) ?? ['Scheduled', 'Running', 'Complete'][Math.min(query.polls - 1, 2)] ?? '';
        const results = insights(
          String(query.input['queryString']),
          events,
          Number(query.input['startTime']),
          Number(query.input['endTime']),
        );
        return {
          body: {
            status: state,
            results: state === 'Running' ? results.slice(0, 1) : results,
            statistics: { bytesScanned: 500 },
          },
        };
      },
    });
    return (options: Partial<Parameters<typeof evidenceFromLogGroup>[1]> = {}) =>
      evidenceFromLogGroup(way, { ...filesOptions(), logGroup: '/vpc/flow-logs', fields, maxBytes: 1e9, ...options });
  }

  it.each([
    ['the default format', v2],
    ['all fields', v5],
  ])('gives what the records give, with parse made from the format: %s', async (_, fields) => {
    const ask = await group(busy, fields);
    const evidence = await ask();
    expect(substance(evidence)).toEqual(substance(await evidenceOfRecords(busy, { fields })));
    expect(evidence.cost).toMatchObject({ bytesScanned: 500, queries: 1 });
    expect(insightsQuery(fields, 10)).toContain(`"${fields.map(() => '*').join(' ')}"`);
  });

  it('halves the time until no answer is cut', async () => {
    const many = Array.from({ length: 12_000 }, (_, i) => ({
      ...one,
      srcport: 1024 + i,
      start: noon + Math.floor(i / 4),
      end: noon + Math.floor(i / 4),
    }));
    const ask = await group(many, v5);
    const { reading, cost } = await ask();
    expect(reading.records).toBe(12_000);
    expect(cost?.queries).toBe(3);
    const starts = (fakes?.calls ?? [])
      .filter(({ operation }) => operation === 'StartQuery')
      .map(({ input }) => [input['startTime'], input['endTime']]);
    expect(starts).toEqual(
      expect.arrayContaining([
        [noon, noon + 1799],
        [noon + 1800, noon + 3599],
      ]),
    );
  });

  it('stops at failures, budgets and interrupts', async () => {
    await expect((await group([one], v5, () => 'Failed'))()).rejects.toThrow(/did not answer.*Failed/);
    connection?.close();
    await fakes?.close();
    await expect((await group([one], v5))({ maxBytes: 100 })).rejects.toThrow(/--max-bytes/);
    connection?.close();
    await fakes?.close();
    const stop = new AbortController();
    const ask = await group([one], v5, () => {
      stop.abort();
      return 'Running';
    });
    await expect(ask({ signal: stop.signal })).rejects.toThrow();
    expect(fakes?.calls.map(({ operation }) => operation)).toContain('StopQuery');
  });
});
