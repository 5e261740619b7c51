import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { layers } from '../layers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [relative(root, path)];
  });
}

const sources = filesUnder(join(root, 'src')).filter((path) => path.endsWith('.ts'));

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

const cruise = (folders: readonly string[]): Cruise =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        '--config',
        '.dependency-cruiser.mjs',
        '--output-type',
        'json',
        ...folders,
      ],
      { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
    ),
  ) as Cruise;

describe('the architecture', () => {
  it('has no import against the layers, no cycle, and sees every source file', () => {
    const { modules, summary } = cruise(['src', 'mocks']);
    // A cruise that reads nothing also finds nothing: the count of files proves that it read them.
    const cruised = modules
      .map(({ source }) => source)
      .filter((source) => source.startsWith('src/') && source.endsWith('.ts'));
    expect([...cruised].sort()).toEqual([...sources].sort());
    expect(summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  it('knows every folder of src', () => {
    const folders = new Set(
      sources.map((path) => path.split('/')[1]).filter((name) => name !== undefined && !name.endsWith('.ts')),
    );
    for (const folder of folders) expect(Object.keys(layers)).toContain(folder);
  });

  it('keeps every source file within a reader’s reach', () => {
    const long = sources
      .filter((path) => !path.endsWith('.generated.ts'))
      .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  it('has no unescaped output in a template', () => {
    for (const path of filesUnder(join(root, 'templates')).filter((name) => name.endsWith('.hbs'))) {
      expect(readFileSync(join(root, path), 'utf8'), path).not.toMatch(/\{\{\{|\{\{&/);
    }
  });
});
