import { describe, expect, it } from 'vitest';
import { readYaml, YamlRefused } from '../../../src/findings/yaml/yaml-tree.ts';

const refusal = (text: string): YamlRefused => {
  try {
    readYaml(text);
  } catch (error) {
    if (error instanceof YamlRefused) return error;
    throw error;
  }
  throw new Error('it was read');
};
const mega = 1 << 20;

describe('a file that is meant to make its reader work', () => {
  it.each<[string, string, RegExp]>([
    ['aliases that multiply', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]', /anchors and aliases/],
    ['an alias of itself', 'a: &a [*a]', /anchors and aliases/],
    ['an alias without an anchor', 'a: *nowhere', /anchors and aliases/],
    ['a merge', 'a: &a {b: c}\nd: {<<: *a}', /anchors and aliases/],
    ['a tag that makes objects', 'a: !!js/function "function () {}"', /tags and directives/],
    ['a directive', '%TAG ! tag:example.com,2026:\n---\na: b', /tags and directives/],
    ['brackets without end', '['.repeat(mega), /nested too deeply/],
    ['braces without end', '{'.repeat(mega), /nested too deeply/],
    ['lists in one line', '- '.repeat(mega / 2), /nested too deeply/],
    ['keys in one line', '? '.repeat(mega / 2), /nested too deeply/],
    ['a staircase', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), /indented/],
    ['pairs of brackets', '[]'.repeat(mega / 2), /more in this file/],
    ['quotation marks', '"'.repeat(mega), /more in this file/],
    ['documents', '---\n'.repeat(mega / 4), /more in this file/],
    ['keys without number', Array.from({ length: 90_000 }, (_, key) => `a${key}: x`).join('\n'), /more in this file/],
    ['more than anybody writes', 'x'.repeat(mega + 1), /larger than 1 MiB/],
  ])('with %s is refused', (_, text, reason) => {
    const { message, line } = refusal(text);
    expect(message).toMatch(reason);
    expect(line).toBeGreaterThan(0);
  });

  it('names the line', () => {
    expect(refusal('a: b\nc: d\ne: &x f').line).toBe(3);
    expect(refusal('a: |\n  text &not an anchor\nb: *x').line).toBe(3);
  });

  it('keeps every scalar a text, whatever it looks like', () => {
    const values = ['on', 'null', '~', '1e3', '012345678901', '2026-01-01', '0x10', '.nan', 'true'];
    expect(readYaml(values.map((value) => `- ${value}`).join('\n'))).toMatchObject({
      items: values.map((text) => ({ kind: 'text', text })),
    });
  });

  it('does not see an anchor in words', () => {
    const text = 'reason: "AT&T *and* others, 100% [sic] {really}"\nowner: a & b * c ! d';
    expect(readYaml(text)).toMatchObject({
      members: [{ value: { text: 'AT&T *and* others, 100% [sic] {really}' } }, { value: { text: 'a & b * c ! d' } }],
    });
  });

  it('takes no key for a part of the machine', () => {
    const tree = readYaml('__proto__: {polluted: true}\nconstructor: x');
    expect(tree).toMatchObject({ members: [{ key: '__proto__' }, { key: 'constructor' }] });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
