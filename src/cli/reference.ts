import { readInput } from './input-file.ts';
import { UsageError } from './usage-error.ts';

/**
 * A value that may stand elsewhere than on the command line, where everybody on the machine can read it: `env:NAME` is
 * that variable, `file:PATH` the text of that file without the line break at its end; anything else is the value itself.
 */
export async function referredValue(flag: string, value: string): Promise<string> {
  if (value.startsWith('env:')) {
    const name = value.slice('env:'.length);
    const found = process.env[name];
    if (found === undefined || found === '') throw new UsageError(`${flag} ${value}: the variable ${name} is not set.`);
    return found;
  }
  if (!value.startsWith('file:')) return value;
  const text = (await readInput(value.slice('file:'.length))).replace(/\r?\n$/, '');
  if (text === '') throw new UsageError(`${flag} ${value}: the file is empty.`);
  return text;
}
