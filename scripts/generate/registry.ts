import type { CheckFile, GeneratedFile } from './check-files.ts';

/** The list of checks from which the program loads them, each only when it is wanted. */
export function registry(files: readonly CheckFile[]): GeneratedFile {
  const rows = files.map(({ folder, id }) => `  { id: '${id}', load: () => import('./${folder}/${id}.ts') },`);
  return {
    path: 'src/auditors/registry.generated.ts',
    content: [
      '// Written by `npm run generate` from the folders beside it; do not edit.',
      "import type { AnyCheck } from './check.ts';",
      '',
      '/** Every check by its id, in alphabetical order, with the way to load it. */',
      'export const checkModules: readonly {',
      '  readonly id: string;',
      '  readonly load: () => Promise<{ readonly default: AnyCheck }>;',
      '}[] = [',
      ...rows,
      '];',
      '',
    ].join('\n'),
  };
}
