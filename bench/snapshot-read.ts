/**
 * Reading a large snapshot against `JSON.parse` over the same files: how much longer it takes and how much memory it
 * holds at its peak. Prints a table and, with `--json FILE`, writes the figures.
 *
 *   node dist/bench/snapshot-read.js [--interfaces 100000] [--groups 20000] [--vpcs 1000] [--json FILE]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readSnapshot } from '../src/model/snapshot/read.ts';
import type { Manifest } from '../src/model/snapshot/manifest.ts';
import { generateSnapshot } from './generate-snapshot.ts';

const { values } = parseArgs({
  options: {
    interfaces: { type: 'string', default: '100000' },
    groups: { type: 'string', default: '20000' },
    vpcs: { type: 'string', default: '1000' },
    json: { type: 'string' },
    folder: { type: 'string' },
    task: { type: 'string' },
  },
});

interface Measured {
  readonly milliseconds: number;
  /** Largest resident set of the process, in bytes. */
  readonly peak: number;
  readonly heap: number;
}

const filesOf = (folder: string): readonly string[] => {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  return manifest.calls.flatMap(({ file, parts = 1 }) =>
    file === undefined
      ? []
      : Array.from({ length: parts }, (_, part) => join(folder, file.replace(/\.1\.json$/, `.${part + 1}.json`))),
  );
};

/** What one process does, alone, so that its peak memory is its own. */
async function measure(task: string, folder: string): Promise<Measured> {
  const start = performance.now();
  let kept: unknown;
  if (task === 'parse') for (const file of filesOf(folder)) JSON.parse(readFileSync(file, 'utf8'));
  else if (task === 'read') kept = await readSnapshot(folder);
  const milliseconds = performance.now() - start;
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed;
  if (kept === null) throw new Error('nothing was read');
  return { milliseconds, peak: process.resourceUsage().maxRSS * 1024, heap };
}

const inOwnProcess = (task: string, folder: string): Measured =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['--expose-gc', fileURLToPath(import.meta.url), '--task', task, '--folder', folder],
      {
        encoding: 'utf8',
      },
    ),
  ) as Measured;

const best = (task: string, folder: string): Measured =>
  [1, 2, 3].map(() => inOwnProcess(task, folder)).reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a));

if (values.task !== undefined && values.folder !== undefined) {
  process.stdout.write(JSON.stringify(await measure(values.task, values.folder)));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-bench-'));
  try {
    const bytes = generateSnapshot(folder, {
      interfaces: Number(values.interfaces),
      securityGroups: Number(values.groups),
      vpcs: Number(values.vpcs),
    });
    const idle = best('idle', folder);
    const parse = best('parse', folder);
    const read = best('read', folder);
    const figures = {
      megabytes: Math.round(bytes / 1e6),
      parseMilliseconds: Math.round(parse.milliseconds),
      readMilliseconds: Math.round(read.milliseconds),
      timeRatio: Number((read.milliseconds / parse.milliseconds).toFixed(2)),
      peakRatio: Number((read.peak / bytes).toFixed(2)),
      peakRatioOfParse: Number((parse.peak / bytes).toFixed(2)),
      keptRatio: Number(((read.heap - idle.heap) / bytes).toFixed(2)),
    };
    console.table(figures);
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
