import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The modules of the page's script, each after those that it imports. */
export const scriptModules = [
  'elements.js',
  'results.js',
  'selection.js',
  'rows.js',
  'address.js',
  'virtual-list.js',
  'copy.js',
  'finding-detail.js',
  'finding-rows.js',
  'facet-menus.js',
  'paper.js',
  'explorer.js',
  'main.js',
] as const;

/**
 * The page's script as one text: its modules one after another in one scope. They import only each other, so that taking
 * off the words `import` and `export` is all the bundling there is; a name that two modules declare is a syntax error.
 */
export function pageScript(folder: string): string {
  const parts = scriptModules.map((name) =>
    readFileSync(join(folder, name), 'utf8')
      .replaceAll(/^import [^;]*;\n/gm, '')
      .replaceAll(/^export (?=(async )?(function|const))/gm, '')
      .trim(),
  );
  return `'use strict';\n(() => {\n${parts.join('\n\n')}\n})();\n`;
}
