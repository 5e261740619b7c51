import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('vpc-auditor is not installed properly: its package.json is missing');
    folder = parent;
  }
  return folder;
}

/** The folder this program is installed in; `templates/` lies in it. */
export const packageRoot: string = findPackageRoot();

/** This program's name and version, as its package.json says. */
export const tool: { readonly name: string; readonly version: string } = (() => {
  const { name, version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return { name, version };
})();
