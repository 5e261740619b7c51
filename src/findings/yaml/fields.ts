import { nearestNames } from '../../model/nearest-names.ts';
import type { PortRange } from '../../model/verdict/evidence.ts';
import { canonicalCidr } from '../canonical-cidr.ts';
import { quoted } from '../../model/quoted.ts';
import { YamlRefused, type YamlMap, type YamlValue } from './yaml-tree.ts';

/** The members of a map by their keys, each known; a key that is not known is refused with the nearest that is. */
export function membersOf<K extends string>(
  value: YamlValue,
  what: string,
  known: readonly K[],
): ReadonlyMap<K, YamlValue> {
  if (value.kind !== 'map') throw new YamlRefused(value.line, `${what} must be a map of keys, not ${nameOf(value)}`);
  const members = new Map<K, YamlValue>();
  for (const { key, value: member, line } of (value satisfies YamlMap).members) {
    const name = known.find((candidate) => candidate === key);
    if (name === undefined)
      throw new YamlRefused(line, unknownWord(`there is no key ${quoted(key)} in ${what}`, key, known));
    members.set(name, member);
  }
  return members;
}

/** `…; did you mean a or b?` */
export function unknownWord(sentence: string, word: string, known: readonly string[]): string {
  // A word that is longer than any key could be is no misspelling, and comparing it would take long.
  const near = word.length > 100 ? [] : nearestNames(word, known);
  return near.length === 0
    ? `${sentence}; known are ${known.join(', ')}`
    : `${sentence}; did you mean ${near.join(' or ')}?`;
}

/** Each item of a list, or the one value that stands in place of a list. */
export function textsOf(value: YamlValue, key: string): readonly { readonly text: string; readonly line: number }[] {
  const items = value.kind === 'list' ? value.items : [value];
  if (items.length === 0) throw new YamlRefused(value.line, `${key} is an empty list, which nothing matches`);
  return items.map((item) => ({ text: textOf(item, key), line: item.line }));
}

/** A text that is not blank. */
export function textOf(value: YamlValue, key: string): string {
  if (value.kind !== 'text') throw new YamlRefused(value.line, `${key} must be a text, not ${nameOf(value)}`);
  const text = value.text.trim();
  if (text === '') throw new YamlRefused(value.line, `${key} is empty`);
  return text;
}

/** A text of a form that is checked; `form` says which. */
export function formed(value: YamlValue, key: string, expression: RegExp, form: string): string {
  const text = textOf(value, key);
  if (!expression.test(text)) throw new YamlRefused(value.line, `${key} must be ${form}, not ${quoted(text)}`);
  return text;
}

/** A day of the calendar, as `YYYY-MM-DD`. */
export function dayText(value: YamlValue, key: string): string {
  const text = formed(value, key, /^2\d{3}-\d{2}-\d{2}$/, 'a date such as 2026-12-31');
  const day = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) {
    throw new YamlRefused(value.line, `${key} ${quoted(text)} is no day of the calendar`);
  }
  return text;
}

/** `443` or `8000-8100`. */
export function portRange(text: string, line: number): PortRange {
  const [, first = '', last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const range = { from: Number(first), to: Number(last) };
  if (first === '' || range.to > 65_535 || range.from > range.to) {
    throw new YamlRefused(line, `ports must be ports such as 443 or 8000-8100, not ${quoted(text)}`);
  }
  return range;
}

/** An address block, in its one spelling. */
export function cidrBlock(text: string, line: number): string {
  const canonical = canonicalCidr(text);
  if (canonical === text)
    throw new YamlRefused(line, `cidrs must be address blocks such as 10.0.0.0/8, not ${quoted(text)}`);
  return canonical;
}

const nameOf = (value: YamlValue): string =>
  value.kind === 'list'
    ? 'a list'
    : value.kind === 'map'
      ? 'a map'
      : value.text === ''
        ? 'nothing'
        : quoted(value.text);
