import { inChunks } from './chunks.ts';
import type { OutputFormat, Render, Reporter } from './reporter.ts';

/** A format that `-o` knows. */
export type FormatName =
  | 'html'
  | 'json'
  | 'jsonl'
  | 'sarif'
  | 'ocsf'
  | 'asff'
  | 'csv'
  | 'junit'
  | 'markdown'
  | 'prometheus';

interface LoadableFormat extends OutputFormat {
  readonly format: FormatName;
  /** Loads the code of the format, which nobody pays for who does not ask for it. */
  readonly load: () => Promise<Render>;
}

const jsonLines = 'application/x-ndjson';

const table: readonly LoadableFormat[] = [
  {
    format: 'html',
    defaultFile: 'report.html',
    endings: ['.html', '.htm'],
    mediaType: 'text/html',
    load: async () => {
      const { renderHtml } = await import('../html/render.ts');
      return (report) => [renderHtml(report)];
    },
  },
  {
    format: 'json',
    defaultFile: 'report.json',
    endings: ['.json'],
    mediaType: 'application/json',
    load: async () => (await import('../json.ts')).jsonPieces,
  },
  {
    format: 'jsonl',
    defaultFile: 'report.jsonl',
    endings: ['.jsonl', '.ndjson'],
    mediaType: jsonLines,
    load: async () => (await import('./jsonl.ts')).renderJsonl,
  },
  {
    format: 'sarif',
    defaultFile: 'report.sarif',
    endings: ['.sarif', '.sarif.json'],
    mediaType: 'application/sarif+json',
    load: async () => (await import('./sarif/sarif.ts')).renderSarif,
  },
  {
    format: 'ocsf',
    defaultFile: 'report.ocsf.jsonl',
    endings: ['.ocsf.jsonl', '.ocsf.ndjson', '.ocsf.json'],
    mediaType: jsonLines,
    load: async () => (await import('./ocsf/ocsf.ts')).renderOcsf,
  },
  {
    format: 'asff',
    defaultFile: 'report.asff.jsonl',
    endings: ['.asff.jsonl', '.asff.ndjson', '.asff.json'],
    mediaType: jsonLines,
    load: async () => (await import('./asff/asff.ts')).renderAsff,
  },
  {
    format: 'csv',
    defaultFile: 'report.csv',
    endings: ['.csv'],
    mediaType: 'text/csv',
    load: async () => (await import('./csv.ts')).renderCsv,
  },
  {
    format: 'junit',
    defaultFile: 'report.junit.xml',
    endings: ['.xml'],
    mediaType: 'application/xml',
    load: async () => (await import('./junit/junit.ts')).renderJunit,
  },
  {
    format: 'markdown',
    defaultFile: 'report.md',
    endings: ['.md', '.markdown'],
    mediaType: 'text/markdown',
    load: async () => (await import('./markdown/markdown.ts')).renderMarkdown,
  },
  {
    format: 'prometheus',
    defaultFile: 'vpc-auditor.prom',
    endings: ['.prom'],
    mediaType: 'text/plain; version=0.0.4',
    load: async () => (await import('./prometheus.ts')).renderPrometheus,
  },
];

/** Every format, in the order in which help lists them. Loads none of their code. */
export const outputFormats: readonly (OutputFormat & { readonly format: FormatName })[] = table;

/** The format that a file name's ending means: the longest ending that fits. */
export function formatOfPath(path: string): FormatName | undefined {
  const name = path.toLowerCase();
  let best: { readonly format: FormatName; readonly length: number } | undefined;
  for (const { format, endings } of outputFormats) {
    for (const ending of endings) {
      if (name.endsWith(ending) && ending.length > (best?.length ?? 0)) best = { format, length: ending.length };
    }
  }
  return best?.format;
}

/** Loads what writes a format. Its pieces are large enough to be worth a write each. */
export async function loadReporter(format: FormatName): Promise<Reporter> {
  const found = table.find((row) => row.format === format);
  if (found === undefined) throw new Error(`there is no format ${format}`);
  const { load, ...description } = found;
  const render = await load();
  return { ...description, render: (report) => inChunks(render(report)) };
}
