/** The mistakes that other tools make, F1 to F26: each has a test of ours that carries its number. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
const own = fileURLToPath(import.meta.url);
const numbers = Array.from({ length: 26 }, (_, index) => `F${index + 1}`);

/** The titles of all tests of checks. */
const titles = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => path !== own)
  .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\b(?:describe|it)\(\s*'([^'\n]+)'/g)])
  .map(([, title = '']) => title);

describe('the mistakes of other tools', () => {
  it.each(numbers)('%s is tested by its number', (number) => {
    expect(titles.filter((title) => new RegExp(`\\b${number}\\b`).test(title)).length).toBeGreaterThan(0);
  });

  it('are no others', () => {
    const named = new Set(titles.flatMap((title) => title.match(/\bF\d+\b/g) ?? []));
    expect([...named].filter((number) => !numbers.includes(number))).toEqual([]);
  });
});
