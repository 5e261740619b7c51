import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AuditReport } from '../findings/audit-report.ts';
import type { Output } from './output-option.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Renders and writes every output; returns the files written. A file is there whole or not at all, mode 0600. */
export async function writeOutputs(
  report: AuditReport,
  outputs: readonly Output[],
  terminal: Terminal,
): Promise<readonly string[]> {
  const { renderReport } = await import('../index.ts');
  const written: string[] = [];
  for (const { format, path } of outputs) {
    const text = renderReport(report, format);
    if (path === '-') {
      terminal.data(text);
      continue;
    }
    await writeWhole(path, text);
    written.push(path);
  }
  return written;
}

/** Writes a file under a temporary name in its folder, then renames it, so that nobody ever sees half of it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, text, { mode: 0o600 });
    await chmod(temporary, 0o600);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new UsageError(`${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`, {
      cause,
    });
  }
}
