import { type FormatName, formatOfPath, outputFormats } from '../reporters/formats/formats.ts';
import { UsageError, suggestion } from './usage-error.ts';

/** One `-o`: a format and where it goes; `-` is stdout. */
export interface Output {
  readonly format: FormatName;
  readonly path: string;
}

const formats = outputFormats.map(({ format }) => format);

/**
 * Reads `-o FORMAT`, `-o FORMAT=PATH` or `-o PATH` with an ending that tells the format. Without a path the file gets
 * its usual name in `folder`.
 */
export function parseOutput(value: string, folder: string): Output {
  const equals = value.indexOf('=');
  const word = equals === -1 ? value : value.slice(0, equals);
  const path = equals === -1 ? undefined : value.slice(equals + 1);
  const known = outputFormats.find(({ format }) => format === word);
  if (known !== undefined) {
    if (path === '') throw new UsageError(`-o ${value}: the path after = is empty; give a file, or - for stdout.`);
    return { format: known.format, path: path ?? `${folder}/${known.defaultFile}` };
  }
  const byEnding = formatOfPath(value);
  if (equals === -1 && byEnding !== undefined) return { format: byEnding, path: value };
  throw new UsageError(
    `-o ${value}: there is no format ${word}.${suggestion(word, formats)} Formats: ${formats.join(', ')}.`,
  );
}

/** All outputs asked for; `defaults` where none was. At most one may go to stdout. */
export function parseOutputs(
  values: readonly string[],
  folder: string,
  defaults: readonly FormatName[],
): readonly Output[] {
  const outputs = (values.length === 0 ? defaults : values).map((value) => parseOutput(value, folder));
  const onStdout = outputs.filter(({ path }) => path === '-');
  if (onStdout.length > 1) {
    throw new UsageError(
      `Only one output can go to stdout, and ${onStdout.map(({ format }) => format).join(' and ')} would.`,
    );
  }
  const paths = new Set<string>();
  for (const { path } of outputs) {
    if (path !== '-' && paths.has(path))
      throw new UsageError(`Two outputs would be written to ${path}; give one of them another path.`);
    paths.add(path);
  }
  return outputs;
}
