import Handlebars from 'handlebars';
import { visibleText } from '../../visible-text.ts';
import { FormatUnusable } from '../format-unusable.ts';
import type { Reporter } from '../reporter.ts';
import { registerHelpers } from './expressions.ts';
import { templateView } from './view.ts';

/**
 * A reporter from one's own Handlebars template. `file` names it in messages and, without `.hbs`, gives the output its
 * name. A template sees the report (see `templateView`) and the helpers, and nothing of this program or the machine; what
 * it prints is escaped for HTML unless it says otherwise. Throws FormatUnusable at once where the template is broken, and
 * when rendering where it asks for something that is not there: never half a file.
 */
export function templateReporter(source: string, file: string): Reporter {
  const environment = Handlebars.create();
  registerHelpers(environment);
  // Compiling is lazy; this finds what is broken before an audit of hours has run.
  attempt(file, () => environment.precompile(source, options));
  const template = environment.compile(source, options);
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.(?:hbs|handlebars)$/, '');
  return {
    format: 'template',
    defaultFile: name === '' || name.startsWith('.') ? 'report.txt' : name,
    endings: [],
    mediaType: /\.html?$/.test(name) ? 'text/html' : 'text/plain',
    *render(report) {
      const view = templateView(report);
      yield attempt(file, () =>
        template(view, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false }),
      );
    },
  };
}

/** In strict mode a name that is not there is an error; lines keep the indentation that they have. */
const options = { strict: true, preventIndent: true } as const;

function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new FormatUnusable(`The template ${visibleText(file)} cannot be used: ${reason(cause)}`, { cause });
  }
}

/** What is wrong and in which line, out of Handlebars' messages, which are made for consoles. */
function reason(cause: unknown): string {
  if (cause instanceof RangeError) return 'a partial includes itself.';
  if (!(cause instanceof Error)) return String(cause);
  const { message } = cause;
  const parse = /^Parse error on line (\d+):\n([^\n]*)\n-*\^/.exec(message);
  if (parse !== null) return `line ${parse[1]} is no Handlebars: ${visibleText((parse[2] ?? '').slice(-60))}`;
  const { lineNumber } = cause as { readonly lineNumber?: unknown };
  const line = typeof lineNumber === 'number' ? `line ${lineNumber}: ` : '';
  const missing = /^"(.*)" not defined in /s.exec(message);
  if (missing !== null) return `${line}there is no ${visibleText(missing[1] ?? '')}.`;
  const member = /^Cannot read properties of (?:undefined|null) \(reading '(.*)'\)$/s.exec(message);
  if (member !== null) return `${line}what is asked for ${visibleText(member[1] ?? '')} is not there.`;
  return `${line}${visibleText(message.replace(/ - \d+:\d+$/, '')).slice(0, 300)}.`;
}
