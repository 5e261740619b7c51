import { styleText } from 'node:util';

/** How the terminal is written to: data on stdout, everything else on stderr. */
export interface Terminal {
  /** A line of news, left out with `-q`. */
  readonly note: (line: string) => void;
  /** A line that is shown unless `-qq`. */
  readonly say: (line: string) => void;
  /** A line that is always shown. */
  readonly warn: (line: string) => void;
  /** Text for the next program in the pipe. */
  readonly data: (text: string) => void;
  /** Shows where a long work is: one live line on a terminal, nothing in a log; `undefined` takes it away. */
  readonly live: (line: string | undefined) => void;
  readonly style: Style;
  /** The style for text on stdout. */
  readonly dataStyle: Style;
}

/** The few styles used; each a function, so that no colour is simply the identity. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly cyan: (text: string) => string;
}

type Format = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

/** Are colours wanted on this stream? no-color.org, FORCE_COLOR and TERM=dumb are honoured; the flag wins. */
export function wantsColor(
  when: 'auto' | 'always' | 'never',
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (when !== 'auto') return when === 'always';
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  const force = environment['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

const styleWith = (colored: boolean): Style => {
  const paint = (format: Format) => (text: string) =>
    colored ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    yellow: paint('yellow'),
    green: paint('green'),
    cyan: paint('cyan'),
  };
};

/** The terminal of this process. */
export function openTerminal(options: {
  readonly quiet: number;
  readonly color: 'auto' | 'always' | 'never';
}): Terminal {
  const { stderr, stdout } = process;
  let liveShown = false;
  const clear = (): void => {
    if (liveShown) stderr.write('\r\u001B[K');
    liveShown = false;
  };
  const line = (text: string): void => {
    clear();
    stderr.write(`${text}\n`);
  };
  return {
    note: (text) => {
      if (options.quiet === 0) line(text);
    },
    say: (text) => {
      if (options.quiet < 2) line(text);
    },
    warn: line,
    data: (text) => {
      clear();
      stdout.write(text);
    },
    live: (text) => {
      if (options.quiet > 0 || !stderr.isTTY) return;
      clear();
      if (text === undefined) return;
      stderr.write(text.slice(0, Math.max(20, (stderr.columns ?? 80) - 1)));
      liveShown = true;
    },
    style: styleWith(wantsColor(options.color, stderr, process.env)),
    dataStyle: styleWith(wantsColor(options.color, stdout, process.env)),
  };
}
