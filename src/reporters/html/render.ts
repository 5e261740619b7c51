import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import type { AuditReport } from '../../findings/audit-report.ts';
import { openFindings } from '../../findings/open-findings.ts';
import { packageRoot } from '../../model/tool.ts';
import { type EncodedIsland, encodeIsland, islandOf } from './island.ts';
import { pageScript } from './page-script.ts';
import { reportView } from './view-model.ts';

const folder = join(packageRoot, 'templates');

type Page = (view: object, island: EncodedIsland | undefined) => string;

let compiled: Page | undefined;

/**
 * The report as one HTML page that needs nothing besides itself. Its content-security policy admits the one style and the
 * one script by their hashes and nothing else, and takes no text for markup, so that even markup that slipped through
 * could neither run nor call out.
 */
export function renderHtml(report: AuditReport): string {
  compiled ??= compilePage();
  const open = openFindings(report);
  return compiled(reportView(report), open.results.length === 0 ? undefined : encodeIsland(islandOf(open)));
}

function compilePage(): Page {
  const handlebars = Handlebars.create();
  const contents = new Map<string, string>([
    ['report.css', readFileSync(join(folder, 'report.css'), 'utf8')],
    ['report.js', pageScript(join(folder, 'script'))],
  ]);
  const contentOf = (name: string): string => {
    const content = contents.get(name);
    if (content === undefined) throw new Error(`the page has no asset ${name}`);
    return content;
  };
  for (const file of readdirSync(join(folder, 'partials'))) {
    if (file.endsWith('.hbs'))
      handlebars.registerPartial(file.slice(0, -4), readFileSync(join(folder, 'partials', file), 'utf8'));
  }
  handlebars.registerHelper('asset', (name: string) => new Handlebars.SafeString(contentOf(name)));
  // The island is escaped by its encoding; nothing else that comes from outside goes in past the template's escaping.
  handlebars.registerHelper('island', (island: EncodedIsland) => new Handlebars.SafeString(island.text));
  handlebars.registerHelper('policy', () => new Handlebars.SafeString(policy(contentOf)));
  const template = handlebars.compile(readFileSync(join(folder, 'report.hbs'), 'utf8'), {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: { asset: true, island: true, policy: true },
  });
  return (view, island) => template({ ...view, island });
}

/** The content-security policy (CSP level 2, hash-source). */
function policy(contentOf: (name: string) => string): string {
  const hash = (name: string): string => `'sha256-${createHash('sha256').update(contentOf(name)).digest('base64')}'`;
  return [
    "default-src 'none'",
    `style-src ${hash('report.css')}`,
    `script-src ${hash('report.js')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}
