/**
 * The HTML report over more and more findings: how large it is, how long it takes to make, and in Chromium how long until
 * the list can be used, how many elements the document then has and how much the script holds. Prints a table and, with
 * `--json FILE`, writes the figures.
 *
 *   node dist/bench/report-page.js [--findings 1000,10000,50000] [--json FILE]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { renderHtml } from '../src/reporters/html/render.ts';
import { openBrowser } from '../test/reporters/chromium.ts';
import { generateReport } from './generate-report.ts';

const { values } = parseArgs({
  options: { findings: { type: 'string', default: '1000,10000,50000' }, json: { type: 'string' } },
});

interface InPage {
  readonly readyMs: number;
  readonly elements: number;
  readonly heapMegabytes: number;
  readonly searchMs: number;
}

/** Waits for the list, then types a word into the search. */
const measureInPage = `(async () => {
  while (!document.documentElement.dataset.ready) await new Promise((resolve) => setTimeout(resolve, 5));
  const readyMs = Math.round(performance.now());
  const elements = document.getElementsByTagName('*').length;
  const heapMegabytes = Math.round(performance.memory.usedJSHeapSize / 1e6);
  const search = document.getElementById('search');
  search.value = 'service-7';
  const before = performance.now();
  search.dispatchEvent(new Event('input', { bubbles: true }));
  return { readyMs, elements, heapMegabytes, searchMs: Math.round(performance.now() - before) };
})()`;

const folder = await mkdtemp(join(tmpdir(), 'vpc-auditor-bench-'));
const browser = await openBrowser();
try {
  const figures = [];
  for (const findings of values.findings.split(',').map(Number)) {
    const report = generateReport(findings);
    const start = performance.now();
    const html = renderHtml(report);
    const renderMs = Math.round(performance.now() - start);
    const path = join(folder, `${findings}.html`);
    await writeFile(path, html);
    const page = await browser.newPage();
    await page.open(pathToFileURL(path).href);
    const inPage = await page.evaluate<InPage>(measureInPage);
    figures.push({ findings, megabytes: Number((Buffer.byteLength(html) / 1e6).toFixed(2)), renderMs, ...inPage });
  }
  console.table(figures);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
