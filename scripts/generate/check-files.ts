import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A file that `npm run generate` writes; `path` is relative to the project's root. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** Where a check lies: `src/auditors/<folder>/<id>.ts`. */
export interface CheckFile {
  readonly folder: string;
  readonly id: string;
}

/** Every check there is, by id: one file each in a folder per resource. */
export function checkFiles(root: string): readonly CheckFile[] {
  const auditors = join(root, 'src/auditors');
  return readdirSync(auditors, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: folder }) =>
      readdirSync(join(auditors, folder))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => ({ folder, id: name.slice(0, -'.ts'.length) })),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
