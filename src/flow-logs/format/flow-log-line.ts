import { FlowLogsUnusable } from '../unusable.ts';
import { defaultFormat, fieldNamed } from './fields.ts';
import { readFirstLine } from './log-format.ts';

/** One record as its line has it; `undefined` for `-` and for fields that the format lacks. */
export type FlowLogLine = Readonly<Record<string, string | undefined>>;

/**
 * Reads one line of a log. Its fields are those given, else the fixed ones of the default format; a line that does not
 * fit them in number and kind is refused, never bent. Values of tags are percent-decoded.
 */
export function parseFlowLogLine(line: string, fields: readonly string[] | undefined): FlowLogLine {
  const words = line.trim().split(/\s+/);
  if (readFirstLine(words.join(' ')).kind === 'export') words.shift();
  const names = fields ?? defaultFormat;
  const hint = fields === undefined ? ' Give the format of the flow log with --log-format.' : '';
  if (words.length !== names.length) {
    const format = fields === undefined ? 'the default format' : '--log-format';
    throw new FlowLogsUnusable(`The line has ${words.length} fields and ${format} has ${names.length}.${hint}`);
  }
  return Object.fromEntries(
    names.map((name, index) => {
      const word = words[index] ?? '-';
      if (word === '-') return [name, undefined];
      const type = fieldNamed(name)?.type ?? 'text';
      if (type !== 'text' && !/^\d+$/.test(word))
        throw new FlowLogsUnusable(`"${word.slice(0, 60)}" stands where the format has ${name}, a number.${hint}`);
      return [name, name.includes('-tag') ? percentDecoded(word) : word];
    }),
  );
}

/** The text behind percent-encoding; one that is no encoding stays as it is. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
