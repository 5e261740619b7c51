/**
 * Every output format over a report of many findings: how long each takes, how large its file is, and the largest memory
 * that a process holds which has the report and writes it; last, one process that writes them all. Prints a table and,
 * with `--json FILE`, writes the figures.
 *
 * The heap of each process is limited to --heap megabytes: what a process could hold is no news, what it needs is.
 *
 *   node dist/bench/reporters.js [--findings 100000] [--heap 640] [--json FILE]
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { AuditReport } from '../src/findings/audit-report.ts';
import { loadReporter, outputFormats } from '../src/reporters/formats/formats.ts';
import type { Render } from '../src/reporters/formats/reporter.ts';
import { templateReporter } from '../src/reporters/formats/template/template.ts';
import { generateReport } from './generate-report.ts';

const { values } = parseArgs({
  options: {
    findings: { type: 'string', default: '100000' },
    heap: { type: 'string', default: '640' },
    json: { type: 'string' },
    task: { type: 'string' },
    folder: { type: 'string', default: '' },
  },
});

const template =
  '{{#each failures}}<p>{{effectiveSeverity}} {{headline}} {{resource.id}} {{place}}{{#each grounds}} {{this}}{{/each}}</p>{{/each}}';
const formats: readonly string[] = [...outputFormats.map(({ format }) => format), 'template'];

interface Measured {
  readonly milliseconds: number;
  /** Largest resident set of the process, in bytes. */
  readonly peak: number;
}

async function renderOf(format: string): Promise<Render> {
  if (format === 'template') return templateReporter(template, 'bench.html.hbs').render;
  const known = outputFormats.find((row) => row.format === format);
  if (known === undefined) throw new Error(`there is no format ${format}`);
  return (await loadReporter(known.format)).render;
}

async function write(report: AuditReport, format: string, folder: string): Promise<void> {
  const render = await renderOf(format);
  const file = openSync(join(folder, format), 'w');
  for (const chunk of render(report)) writeSync(file, chunk);
  closeSync(file);
}

/** What one process does, alone, so that its peak memory is its own. */
async function measure(task: string, folder: string): Promise<Measured> {
  const report = generateReport(Number(values.findings));
  const start = performance.now();
  if (task !== 'nothing') for (const format of task === 'all' ? formats : [task]) await write(report, format, folder);
  return { milliseconds: performance.now() - start, peak: process.resourceUsage().maxRSS * 1024 };
}

const inOwnProcess = (task: string, folder: string): Measured =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        `--max-old-space-size=${values.heap}`,
        fileURLToPath(import.meta.url),
        '--task',
        task,
        '--folder',
        folder,
        '--findings',
        values.findings,
      ],
      { encoding: 'utf8' },
    ),
  ) as Measured;

const megabytes = (bytes: number): number => Number((bytes / 1e6).toFixed(1));

if (values.task !== undefined) {
  process.stdout.write(JSON.stringify(await measure(values.task, values.folder)));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-bench-'));
  try {
    const figures = ['nothing', ...formats, 'all'].map((task) => {
      const { milliseconds, peak } = inOwnProcess(task, folder);
      const size = formats.includes(task) ? megabytes(statSync(join(folder, task)).size) : undefined;
      return {
        task,
        seconds: Number((milliseconds / 1000).toFixed(2)),
        peakMegabytes: megabytes(peak),
        fileMegabytes: size,
      };
    });
    console.table(figures);
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
