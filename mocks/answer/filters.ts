import type { Raw } from '../../src/model/decode.ts';
import type { OperationRules } from '../operations/rules.ts';
import { itemsOf, isItemList } from '../world.ts';
import { Refusal } from './refusal.ts';

/** A filter as a request sends it. */
interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** Does an item pass all the filters? */
export type Predicate = (item: Raw) => boolean;

const largestNumberOfValues = 200;

/**
 * The filters of a request: OR between the values of one, AND between filters; `undefined` where there is none. Throws a
 * `Refusal` for a bad one.
 */
export function filterOf(rules: OperationRules | undefined, input: Raw): Predicate | undefined {
  const filters = readFilters(input[rules?.filterInput ?? 'Filters']);
  if (rules?.filtersRequired === true && filters.length === 0) {
    throw new Refusal('MissingParameter', 'The request must contain the parameter Filters');
  }
  const values = filters.reduce((sum, filter) => sum + filter.values.length, 0);
  if (values > largestNumberOfValues) {
    throw new Refusal(
      'FilterLimitExceeded',
      `The maximum number of filter values specified on a single call is ${largestNumberOfValues}`,
    );
  }
  if (filters.length === 0) return undefined;
  const predicates = filters.map((filter) => predicateOf(rules?.filters ?? {}, filter));
  return (item) => predicates.every((predicate) => predicate(item));
}

function readFilters(value: unknown): readonly Filter[] {
  if (!isItemList(value)) return [];
  return [...itemsOf(value)].map((filter) => ({
    name: String(filter['Name']),
    values: Array.isArray(filter['Values']) ? filter['Values'].map(String) : [],
  }));
}

function predicateOf(paths: Readonly<Record<string, string>>, { name, values }: Filter): Predicate {
  const tests = values.map(wildcard);
  const passes = (found: readonly string[]): boolean => found.some((text) => tests.some((test) => test(text)));
  if (name.startsWith('tag:')) {
    const key = name.slice('tag:'.length);
    return (item) => passes(tagsOf(item).flatMap((tag) => (tag['Key'] === key ? valueOf(tag) : [])));
  }
  if (name === 'tag-key') return (item) => passes(tagsOf(item).map((tag) => String(tag['Key'])));
  if (name === 'tag-value') return (item) => passes(tagsOf(item).flatMap(valueOf));
  const path = Object.hasOwn(paths, name) ? paths[name] : undefined;
  if (path === undefined) throw new Refusal('InvalidParameterValue', `The filter '${name}' is invalid`);
  return (item) => passes(valuesAt(item, path));
}

const valueOf = (tag: Raw): readonly string[] => (typeof tag['Value'] === 'string' ? [tag['Value']] : ['']);

const tagsOf = (item: Raw): readonly Raw[] => {
  const tags = item['Tags'] ?? item['TagSet'];
  return isItemList(tags) ? [...itemsOf(tags)] : [];
};

/** Everything at a path such as `Associations.SubnetId`, as text; lists on the way are searched through. */
export function valuesAt(value: unknown, path: string): readonly string[] {
  let found: readonly unknown[] = [value];
  for (const member of path.split('.')) {
    found = found
      .flatMap((item) => (Array.isArray(item) ? (item as readonly unknown[]) : [item]))
      .map((item) => (typeof item === 'object' && item !== null ? (item as Raw)[member] : undefined));
  }
  return found
    .flatMap((item) => (Array.isArray(item) ? (item as readonly unknown[]) : [item]))
    .filter((item) => item !== undefined && item !== null)
    .map(String);
}

/** `*` stands for any characters and `?` for one; a backslash takes the meaning away (EC2 guide, filtering). */
function wildcard(pattern: string): (text: string) => boolean {
  if (!/[*?\\]/.test(pattern)) return (text) => text === pattern;
  const source = pattern.replaceAll(
    /\\(.)|[*]|[?]|[.+^${}()|[\]\\/]/gs,
    (match: string, escaped: string | undefined) => {
      if (escaped !== undefined) return escapeForPattern(escaped);
      return match === '*' ? '[\\s\\S]*' : match === '?' ? '[\\s\\S]' : `\\${match}`;
    },
  );
  const expression = new RegExp(`^${source}$`, 'u');
  return (text) => expression.test(text);
}

const escapeForPattern = (character: string): string => character.replace(/[.*+?^${}()|[\]\\/]/, String.raw`\$&`);
