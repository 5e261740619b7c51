/**
 * Flow logs of a generated day as gzip text of versions 2 and 5 and as Parquet: how long reading and asking takes beside
 * plain `gunzip` of the same files, how much memory a process holds, and whether what was planted is found. Everything is
 * measured as a ratio within one run; the budgets are printed beside the figures.
 *
 *   node dist/bench/flow-logs/run.js [--rows 1000000] [--hosts 300] [--json FILE]
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { snapshotOf } from '../../mocks/builders.ts';
import { openDuckdb } from '../../src/flow-logs/duckdb/duckdb-engine.ts';
import { ask } from '../../src/flow-logs/engine/question.ts';
import { thresholdsWith } from '../../src/flow-logs/engine/thresholds.ts';
import { placesOf } from '../../src/flow-logs/evidence/places-of.ts';
import { findFiles } from '../../src/flow-logs/files/find.ts';
import { inspectFiles } from '../../src/flow-logs/files/inspect.ts';
import { rejectsByPort } from '../../src/flow-logs/questions/rejects.ts';
import { evidenceFromFiles } from '../../src/flow-logs/sources/files-evidence.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { generateDay, plantedIn } from './day.ts';
import { buildEstate } from './estate.ts';
import { headerV2, headerV5, lineV2, lineV5 } from './formats.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    hosts: { type: 'string', default: '300' },
    json: { type: 'string' },
    task: { type: 'string' },
    folder: { type: 'string', default: '' },
    memory: { type: 'string', default: '1GB' },
  },
});
const rows = Number(values.rows);
const midnight = Date.UTC(2026, 0, 15) / 1000;
const window = { since: midnight, until: midnight + 86_400 };
const thresholds = thresholdsWith();

interface Measured {
  readonly seconds: number;
  /** Largest resident set of the process, in megabytes. */
  readonly peak: number;
  readonly note: string;
}

/** Both text formats of the day, a gzip file per five minutes as AWS delivers them. */
function writeText(folder: string): void {
  const estate = buildEstate(Number(values.hosts));
  const formats = [
    { name: 'v2', header: headerV2, line: lineV2 },
    { name: 'v5', header: headerV5, line: lineV5 },
  ];
  let open = -1;
  const texts: string[][] = formats.map(() => []);
  const flush = (): void => {
    formats.forEach(({ name, header }, index) => {
      mkdirSync(join(folder, name), { recursive: true });
      const file = openSync(join(folder, name, `part-${String(open).padStart(3, '0')}.log.gz`), 'w');
      writeSync(file, gzipSync(`${header}\n${(texts[index] ?? []).join('')}`, { level: 4 }));
      closeSync(file);
      texts[index] = [];
    });
  };
  generateDay({ estate, seed: 1, rows, midnight }, (row, at) => {
    if (at !== open) {
      if (open >= 0) flush();
      open = at;
    }
    formats.forEach(({ line }, index) => texts[index]?.push(line(row)));
  });
  flush();
}

/** The files of version 5 once more as Parquet, file by file. */
async function writeParquet(folder: string): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' });
  const connection = await instance.connect();
  mkdirSync(join(folder, 'parquet'), { recursive: true });
  const whole = new Set(['version', 'srcport', 'dstport', 'protocol', 'tcp-flags', 'traffic-path']);
  const large = new Set(['packets', 'bytes', 'start', 'end']);
  const columns = headerV5
    .split(' ')
    .map(
      (field) =>
        `'${field.replaceAll('-', '_')}': '${whole.has(field) ? 'INTEGER' : large.has(field) ? 'BIGINT' : 'VARCHAR'}'`,
    );
  for (const file of readdirSync(join(folder, 'v5'))) {
    await connection.run(
      `COPY (SELECT * FROM read_csv('${join(folder, 'v5', file)}', delim=' ', header=true, quote='', escape='', nullstr='-', auto_detect=false, columns={${columns.join(', ')}})) TO '${join(folder, 'parquet', file.replace('.log.gz', '.log.parquet'))}' (FORMAT parquet, COMPRESSION gzip)`,
    );
  }
  connection.closeSync();
  instance.closeSync();
}

/** One question over files, without converting them. */
async function rejects(folder: string): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), 'flow-logs-bench-work-'));
  const found = await findFiles(folder, window.since * 1000, window.until * 1000);
  const inspection = await inspectFiles(found.files, () => undefined);
  const engine = await openDuckdb(inspection, {
    inputs: [folder],
    workFolder: work,
    memoryLimit: values.memory,
    threads: 2,
    window,
    several: false,
  });
  const { rows: answer } = await ask(engine, rejectsByPort, { places: placesOf(undefined), thresholds, window });
  engine.close();
  rmSync(work, { recursive: true });
  return `${answer?.length} ports`;
}

/** Everything that `flows` does, with the estate's snapshot. */
async function whole(folder: string): Promise<string> {
  const estate = buildEstate(Number(values.hosts));
  const network = buildNetwork(snapshotOf(estate.net.toWorld()));
  const evidence = await evidenceFromFiles(await findFiles(folder, window.since * 1000, window.until * 1000), {
    source: folder,
    window,
    network,
    thresholds,
    nameOf: () => undefined,
    formatOf: () => undefined,
    memoryLimit: values.memory,
    threads: 2,
  });
  const planted = plantedIn({ estate, seed: 1, rows, midnight });
  const kinds = evidence.detections
    .map(({ id }) => id)
    .sort()
    .join(' ');
  const replies = evidence.rejected.filter(
    ({ part, networkInterfaceId }) => part === 'reply' && networkInterfaceId === planted.returnPath.interfaceId,
  ).length;
  return `${evidence.reading.records} records; ${evidence.detections.length} detections: ${kinds}; ${replies} return path`;
}

const tasks: Readonly<Record<string, (folder: string) => Promise<string> | string>> = {
  inflate: (folder) => {
    let bytes = 0;
    for (const name of readdirSync(folder)) bytes += gunzipSync(readFileSync(join(folder, name))).length;
    return `${Math.round(bytes / 1e6)} MB`;
  },
  rejects,
  whole,
};

function measured(task: string, folder: string, memory: string): Measured {
  const output = execFileSync(
    process.execPath,
    [
      fileURLToPath(import.meta.url),
      '--task',
      task,
      '--folder',
      folder,
      '--memory',
      memory,
      '--hosts',
      values.hosts,
      '--rows',
      values.rows,
    ],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  return JSON.parse(output) as Measured;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'flow-logs-bench-'));
  try {
    writeText(folder);
    await writeParquet(folder);
    const size = (name: string): number =>
      readdirSync(join(folder, name)).reduce((sum, file) => sum + statSync(join(folder, name, file)).size, 0);
    const run = (task: string, name: string, memory = '1GB'): Measured => measured(task, join(folder, name), memory);
    const inflate = { v2: run('inflate', 'v2'), v5: run('inflate', 'v5') };
    const text = { v2: run('rejects', 'v2'), v5: run('rejects', 'v5') };
    const parquet = run('rejects', 'parquet');
    const packParquet = run('whole', 'parquet');
    const packText = run('whole', 'v5');
    const packSmall = run('whole', 'parquet', '512MB');
    const table = [
      line('inflate v2', inflate.v2),
      line('inflate v5', inflate.v5),
      line('rejects, text v2', text.v2, text.v2.seconds / inflate.v2.seconds, 2.5, 'of inflating'),
      line('rejects, text v5', text.v5, text.v5.seconds / inflate.v5.seconds, 2.5, 'of inflating'),
      line('rejects, Parquet', parquet, text.v5.seconds / parquet.seconds, -3, 'faster than text'),
      line('whole pack, Parquet, 1 GB', packParquet, packParquet.seconds / text.v5.seconds, 2, 'of rejects over text'),
      line('whole pack, Parquet, 512 MB', packSmall, packSmall.seconds / packParquet.seconds, 3, 'of 1 GB'),
      line('whole pack, text v5, 1 GB', packText, packText.seconds / text.v5.seconds, 5, 'of rejects over text'),
    ];
    console.log(`${rows} records; v2 ${size('v2')} bytes, v5 ${size('v5')}, Parquet ${size('parquet')}`);
    console.table(table);
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify({ benchmark: 'flow-logs', rows, table }, undefined, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A line of the table; a negative budget is the least that the ratio has to be. */
function line(what: string, { seconds, peak, note }: Measured, ratio?: number, budget?: number, of?: string) {
  return {
    what,
    seconds: Math.round(seconds * 100) / 100,
    'peak MB': peak,
    ...(ratio === undefined || budget === undefined
      ? {}
      : {
          ratio: Math.round(ratio * 100) / 100,
          budget: `${budget < 0 ? '>=' : '<='} ${Math.abs(budget)} ${of}`,
          held: budget < 0 ? ratio >= -budget : ratio <= budget,
        }),
    note,
  };
}

const task = values.task === undefined ? undefined : tasks[values.task];
if (task === undefined) await main();
else {
  const start = performance.now();
  const note = await task(values.folder);
  const seconds = (performance.now() - start) / 1000;
  console.log(JSON.stringify({ seconds, peak: Math.round(process.resourceUsage().maxRSS / 1024), note }));
}
