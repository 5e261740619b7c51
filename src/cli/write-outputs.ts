import { chmod, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AuditReport } from '../findings/audit-report.ts';
import { whyUnwritable } from '../model/snapshot/write-error.ts';
import type { Output } from './output-option.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { makeFolder } from '../model/snapshot/make-folder.ts';

/** A template of the caller's own, and the folder that its output goes to. */
export interface OwnTemplate {
  readonly file: string;
  readonly folder: string;
}

/** Something that can be written: loaded and, for a template, known to be sound. */
export interface Writer {
  readonly path: string;
  readonly render: (report: AuditReport) => Iterable<string>;
}

/** Loads what writes the outputs, before any long work: a broken template is told at once. */
export async function writersOf(outputs: readonly Output[], template?: OwnTemplate): Promise<readonly Writer[]> {
  const { loadReporter, templateReporter } = await import('../index.ts');
  const writers = await Promise.all(
    outputs.map(async ({ format, path }) => ({ path, render: (await loadReporter(format)).render })),
  );
  if (template === undefined) return writers;
  const source = await readFile(template.file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`--template ${template.file} cannot be read.`, { cause });
  });
  const { defaultFile, render } = templateReporter(source, template.file);
  return [...writers, { path: join(template.folder, defaultFile), render }];
}

/** Renders and writes every output; returns the files written. A file is there whole or not at all, mode 0600. */
export async function writeOutputs(
  report: AuditReport,
  writers: readonly Writer[],
  terminal: Terminal,
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const { path, render } of writers) {
    if (path === '-') for (const piece of render(report)) terminal.data(piece);
    else {
      await writeWhole(path, render(report));
      written.push(path);
    }
  }
  return written;
}

/** Writes a file piece by piece under a temporary name in its folder, then renames it: nobody ever sees half of it. */
export async function writeWhole(path: string, pieces: Iterable<string>): Promise<void> {
  const temporary = `${path}.${process.pid}.partial`;
  await writing(path, async () => {
    try {
      await makeFolder(dirname(path));
      const file = await open(temporary, 'w', 0o600);
      try {
        for (const piece of pieces) await file.writeFile(piece);
      } finally {
        await file.close();
      }
      await chmod(temporary, 0o600);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  });
}

/** Does something to a path; a failure of the file system becomes one sentence that names the path. */
export async function writing(path: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    const why = cause instanceof UsageError ? undefined : whyUnwritable(cause);
    if (why === undefined) throw cause;
    throw new UsageError(`${path} cannot be written: ${why}.`, { cause });
  }
}
