import type Handlebars from 'handlebars';
import { stringify } from 'csv-stringify/sync';
import { jsonText } from '../json-text.ts';
import { xmlText } from '../junit/xml.ts';
import { code, prose } from '../markdown/escape.ts';

type Environment = typeof Handlebars;
type Block = Handlebars.HelperDelegate;

/** A value as words. */
function listed(value: unknown): string {
  if (Array.isArray(value)) return value.map(listed).join(', ');
  if (value === null) return '';
  return typeof value === 'string' ? value : jsonText(value);
}

/** Text for a file of another language than HTML; each makes any value harmless there, and only there. */
const languages: Readonly<Record<string, (value: unknown) => string>> = {
  // Safe in a JSON file and within a script element, which `</script>` would end.
  json: (value) => jsonText(value ?? null).replaceAll(/[<>&]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`),
  csv: (value) => stringify([[listed(value)]], { quoted: true, escape_formulas: true, record_delimiter: '' }),
  markdown: (value) => prose(listed(value)),
  code: (value) => code(listed(value)),
  xml: (value) => xmlText(listed(value)),
};

/** Pure functions of their arguments; their results are escaped like any other text. */
const plain: Readonly<Record<string, (...values: readonly unknown[]) => unknown>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  and: (...values) => values.every(isTrue),
  or: (...values) => values.some(isTrue),
  not: (value) => !isTrue(value),
  lower: (value) => listed(value).toLowerCase(),
  upper: (value) => listed(value).toUpperCase(),
  join: (list, separator) => (Array.isArray(list) ? list.map(listed).join(listed(separator)) : listed(list)),
};

/** As `#if` sees it: an empty list is not true. */
const isTrue = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** The names of the helpers, in the order in which the documentation lists them. */
export const helperNames: readonly string[] = [...Object.keys(languages), ...Object.keys(plain)].sort();

/**
 * Gives an environment the helpers of a template and takes `log` away, which writes to the console. All of them refuse
 * what is not there: a list whose name is misspelt would otherwise be an empty one, and the report would show no findings.
 */
export function registerHelpers(environment: Environment): void {
  environment.registerHelper('log', () => {
    throw new Error('there is no log');
  });
  for (const [name, write] of Object.entries(languages)) {
    environment.registerHelper(name, (value: unknown) => new environment.SafeString(write(present(name, value))));
  }
  for (const [name, compute] of Object.entries(plain)) {
    // The last argument is Handlebars' own options.
    environment.registerHelper(name, (...given: readonly unknown[]) =>
      compute(...given.slice(0, -1).map((value) => present(name, value))),
    );
  }
  for (const name of ['each', 'if', 'unless', 'with']) {
    const original = (environment.helpers as Readonly<Record<string, Block | undefined>>)[name];
    if (original === undefined) throw new Error(`Handlebars has no helper ${name}`);
    environment.registerHelper(name, function strict(this: unknown, ...given: unknown[]) {
      if (given.length === 2 && given[0] === undefined)
        throw new Error(`#${name} is given something that is not there`);
      return Reflect.apply(original, this, given) as unknown;
    });
  }
}

/** In the view nothing is undefined, so what is undefined has a wrong name. */
function present(name: string, value: unknown): unknown {
  if (value === undefined) throw new Error(`${name} is given something that is not there`);
  return value;
}
