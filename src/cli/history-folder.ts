import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditReport } from '../findings/audit-report.ts';
import type { History } from '../findings/history/history.ts';
import { readInputIfThere } from './input-file.ts';
import { writeWhole, writing } from './write-outputs.ts';

const stateFile = 'state.json';

/** `report-20261124T021500000Z.json`: by the time of the evidence, so that the same evidence takes its own place again. */
const reportFile = (time: string): string => `report-${time.replaceAll(/[-:.]/g, '')}.json`;

const reportName = /^report-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z\.json$/;

/** What the folder remembers; `undefined` where there is nothing yet. */
export async function readHistoryFolder(folder: string): Promise<History | undefined> {
  const path = join(folder, stateFile);
  const text = await readInputIfThere(path);
  if (text === undefined) return undefined;
  const { parsedJson, readHistory } = await import('../index.ts');
  return readHistory(parsedJson(text, path), path);
}

/**
 * Keeps the report of a run and what follows from it, and takes away the reports that are too old. The report comes
 * first, so that a run that is cut short is told again rather than forgotten.
 */
export async function keepRun(
  folder: string,
  report: AuditReport,
  { before, days }: { readonly before: History | undefined; readonly days: number },
): Promise<string> {
  const { continued, isForgotten, renderLines, timeOf } = await import('../index.ts');
  await writing(folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  });
  const path = join(folder, reportFile(timeOf(report)));
  await writeWhole(path, renderLines(report));
  const history = continued(before, report, days);
  await writeWhole(join(folder, stateFile), renderLines(history));
  const newest = history.runs.at(-1)?.collectedAt ?? timeOf(report);
  await writing(folder, async () => {
    for (const name of await readdir(folder)) {
      const [, year, month, day, hour, minute, second, fraction] = reportName.exec(name) ?? [];
      if (year === undefined) continue;
      const time = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}Z`;
      if (isForgotten(time, newest, days)) await rm(join(folder, name), { force: true });
    }
  });
  return path;
}
