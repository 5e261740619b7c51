import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Standard } from '../../src/auditors/standard.ts';
import type { GeneratedFile } from './check-files.ts';

const folder = 'src/auditors/standards';

/** The data files of standards, in alphabetical order. */
export const readStandards = (root: string): readonly Standard[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(root, folder, name), 'utf8')) as Standard);

/** The data files as a module, so that the program ships and loads them without reading files. */
export function standardsModule(root: string): GeneratedFile {
  const texts = readStandards(root).map((standard) => JSON.stringify(standard, null, 2));
  return {
    path: 'src/auditors/standards.generated.ts',
    content: [
      '// Written by `npm run generate` from the files in standards/; do not edit.',
      "import type { Standard } from './standard.ts';",
      '',
      '/** Every standard, in alphabetical order. */',
      `export const standards: readonly Standard[] = [\n${texts.join(',\n')},\n];`,
      '',
    ].join('\n'),
  };
}
