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
  await writing(path, async () => {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, text, { mode: 0o600 });
      await chmod(temporary, 0o600);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  });
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'it is a file, not a folder',
  EISDIR: 'it is a folder',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'it is a file, not a folder, or lies in one',
  EROFS: 'the file system is read-only',
};

/** Does something to a path; a failure of the file system becomes one sentence that names the path. */
export async function writing(path: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    const code = (cause as { readonly code?: unknown }).code;
    if (typeof code !== 'string') throw cause;
    throw new UsageError(`${path} cannot be written: ${reasons[code] ?? code}.`, { cause });
  }
}
