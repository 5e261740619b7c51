import type { ServiceName } from '../model/service.ts';

/** The value of an option: one word, several, an object that the CLI takes as JSON, or a switch. */
export type OptionValue = string | readonly string[] | Readonly<Record<string, unknown>> | readonly object[] | true;

/**
 * One line for the AWS CLI. Values are quoted for a POSIX shell whatever they hold, since they come from answers and may
 * be somebody's idea of a joke; an option without a value is left out.
 */
export function awsCli(
  region: string,
  service: ServiceName,
  command: string,
  options: Readonly<Record<string, OptionValue | undefined>>,
): string {
  const words = Object.entries({ region, ...options }).flatMap(([name, value]) => option(name, value));
  return ['aws', service, command, ...words].join(' ');
}

function option(name: string, value: OptionValue | undefined): readonly string[] {
  if (value === undefined) return [];
  if (value === true) return [`--${name}`];
  if (typeof value === 'string') return [joined(name, value)];
  if (!isTexts(value)) return [joined(name, JSON.stringify(value))];
  return value.length === 0 ? [] : [`--${name}`, ...value.map(shellQuoted)];
}

const isTexts = (value: Exclude<OptionValue, string | true>): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** `--name value`; a value that looks like an option is tied to its name. */
const joined = (name: string, value: string): string =>
  value.startsWith('-') ? `--${name}=${shellQuoted(value)}` : `--${name} ${shellQuoted(value)}`;

/** A word that the shell takes literally; control characters are written as escapes, so that a line stays a line. */
export function shellQuoted(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  if (!/\p{Cc}/u.test(word)) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = word
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)
    .replaceAll(/\p{Cc}/gu, (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`);
  return `$'${escaped}'`;
}
