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
  /** The last line, and in a log the record that a machine waits for: how it ended. Shown unless `-qq`. */
  readonly end: (code: number, sentence: string) => void;
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

/** How much is said, and how. */
export interface TerminalSettings {
  readonly quiet: number;
  readonly color: 'auto' | 'always' | 'never';
  readonly log?: 'text' | 'json';
}

/** The terminal of this process. */
export function openTerminal(options: TerminalSettings): Terminal {
  return options.log === 'json' ? openLog(options) : openText(options);
}

/** One JSON object a line, for whatever gathers the logs. */
function openLog({ quiet }: TerminalSettings): Terminal {
  const style = styleWith(false);
  return {
    note: (text) => {
      if (quiet === 0) writeRecord('info', { message: text.trim() });
    },
    say: (text) => {
      if (quiet < 2) writeRecord('info', { message: text.trim() });
    },
    warn: (text) => writeRecord('warning', { message: text.trim() }),
    data: (text) => void process.stdout.write(text),
    live: () => undefined,
    end: (exitCode, message) => writeRecord(exitCode === 0 ? 'info' : 'warning', { event: 'end', exitCode, message }),
    style,
    dataStyle: style,
  };
}

/** Writes one record of a log as JSON: `time` (ISO 8601, UTC), `level`, and what else there is. */
export function writeRecord(level: 'info' | 'warning' | 'error', fields: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, ...fields })}\n`);
}

function openText(options: TerminalSettings): Terminal {
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
    end: (_code, sentence) => {
      if (options.quiet < 2) line(sentence);
    },
    style: styleWith(wantsColor(options.color, stderr, process.env)),
    dataStyle: styleWith(wantsColor(options.color, stdout, process.env)),
  };
}
