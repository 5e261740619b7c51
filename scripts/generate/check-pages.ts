import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyCheck, Example } from '../../src/auditors/check.ts';
import { exampleRegion, exampleSnapshot } from '../../src/auditors/example-region.ts';
import { runChecks } from '../../src/auditors/run.ts';
import { noConfiguration } from '../../src/model/configuration/configuration.ts';
import { iamActionOf, type ResourceKey } from '../../src/model/resources.ts';
import type { CheckOption } from '../../src/model/verdict/check-description.ts';
import type { FailVerdict } from '../../src/model/verdict/verdict.ts';
import type { Standard } from '../../src/auditors/standard.ts';
import { standardsOf } from '../../src/auditors/standards.ts';
import type { GeneratedFile } from './check-files.ts';
import { type FieldQuestion, questionTables } from './field-questions.ts';

/** A check with the folder of its resource. */
export interface PlacedCheck {
  readonly folder: string;
  readonly check: AnyCheck;
}

const folder = 'docs/checks';
/** So many of the peers' checks stand in the table; the check's page has them all. */
const mostRelated = 8;
const tools = ['securityhub', 'config', 'prowler', 'cloudsploit', 'scoutsuite', 'steampipe'] as const;

/** What is said of the catalogue as a whole, from data files. */
export interface CatalogueData {
  readonly questions: readonly FieldQuestion[];
  readonly standards: readonly Standard[];
}

/** A page per check, and the catalogue. */
export function checkPages(
  checks: readonly PlacedCheck[],
  { questions, standards }: CatalogueData,
): readonly GeneratedFile[] {
  return [
    { path: `${folder}/README.md`, content: catalogue(checks, { questions, standards }) },
    ...checks.map(({ check }) => ({ path: `${folder}/${check.id}.md`, content: page(check, standards) })),
  ];
}

/** Pages whose check is gone. */
export function orphanPages(root: string, wanted: readonly GeneratedFile[]): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  const known = new Set(wanted.map(({ path }) => path));
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)
    .filter((path) => !known.has(path))
    .sort();
}

function catalogue(checks: readonly PlacedCheck[], { questions, standards }: CatalogueData): string {
  const folders = [...new Set(checks.map((placed) => placed.folder))].sort();
  const rows = (own: string): readonly string[] =>
    checks
      .filter((placed) => placed.folder === own)
      .map(({ check }) => {
        const related = tools.flatMap((tool) => check.relatedChecks.filter((other) => other.tool === tool));
        const names = related.slice(0, mostRelated).map(({ tool, id }) => `${tool} \`${id}\``);
        const more = related.length > mostRelated ? [`${related.length - mostRelated} more`] : [];
        return `| [${check.id}](${check.id}.md) | ${check.severity} | ${check.title} | ${[...names, ...more].join(', ')} |`;
      });
  return lines(
    '# Catalogue of checks',
    '',
    `${checks.length} checks. A finding can weigh more or less than its check where the instance is worse or better.`,
    ...folders.flatMap((own) => [
      '',
      `## ${own.replaceAll('-', ' ')}`,
      '',
      '| check | severity | what is wrong | the same question elsewhere |',
      '|---|---|---|---|',
      ...rows(own),
    ]),
    ...standardTables(standards),
    ...questionTables(questions),
  );
}

/** Each standard control by control, with what is not covered and why. */
const standardTables = (standards: readonly Standard[]): readonly string[] => [
  '',
  '## Standards',
  ...standards.flatMap(({ id, name, scope, controls }) => [
    '',
    `### ${name} (\`${id}\`)`,
    '',
    `${scope}.`,
    '',
    '| control | asks | checks |',
    '|---|---|---|',
    ...controls.map(({ id: control, title, mode, checks, notCovered = '' }) => {
      const ids = [...new Set((checks ?? []).map(({ check }) => check))];
      const by =
        checks === undefined ? `not covered: ${notCovered}` : ids.map((own) => `[${own}](${own}.md)`).join(', ');
      return `| ${control}${mode === 'manual' ? ' (manual)' : ''} | ${title} | ${by} |`;
    }),
  ]),
];

function page(check: AnyCheck, standards: readonly Standard[]): string {
  const controls = standardsOf(check.id, standards);
  return lines(
    `# ${check.id}`,
    '',
    `**${check.title}.** Severity: ${check.severity}.`,
    '',
    '## Why it matters',
    '',
    check.rationale,
    '',
    '## What to do',
    '',
    check.remediation,
    '',
    '## What it reads',
    '',
    '| kind | permission | without it |',
    '|---|---|---|',
    ...check.needs.map((kind) => reads(kind, 'unknown')),
    ...(check.uses ?? []).map((kind) => reads(kind, 'unknown only where it decides')),
    '',
    ...optionTable(check.options ?? []),
    '## Fails',
    ...check.examples.fails.flatMap((example) => ['', `### ${capital(example.title)}`, '', ...failure(check, example)]),
    '',
    '## Passes',
    ...check.examples.passes.flatMap((example) => ['', `### ${capital(example.title)}`, '', ...given(example)]),
    ...(check.relatedChecks.length === 0
      ? []
      : ['', '## Elsewhere', '', ...check.relatedChecks.map(({ tool, id }) => `- ${tool}: \`${id}\``)]),
    ...(controls.length === 0 ? [] : ['', '## Standards', '', ...controls.map((control) => `- ${control}`)]),
    '',
    '## References',
    '',
    ...check.references.map((reference) => `- <${reference}>`),
  );
}

const optionTable = (options: readonly CheckOption[]): readonly string[] =>
  options.length === 0
    ? []
    : [
        '## Options',
        '',
        '| option | says | default | from | to |',
        '|---|---|--:|--:|--:|',
        ...options.map(
          ({ name, title, default: usual, least, most }) =>
            `| \`${name}\` | ${title} | ${usual} | ${least} | ${most} |`,
        ),
        '',
      ];

const reads = (kind: ResourceKey, without: string): string => `| ${kind} | \`${iamActionOf(kind)}\` | ${without} |`;

function failure(check: AnyCheck, example: Example): readonly string[] {
  const { verdicts } = runChecks(exampleSnapshot([exampleRegion(example.resources)]), [check], {
    ...noConfiguration,
    ...example.configuration,
  });
  const failures = verdicts.flatMap(({ verdict }) => (verdict.outcome === 'fail' ? [verdict] : []));
  return [...failures.flatMap((verdict) => finding(check, verdict)), ...given(example)];
}

function finding(check: AnyCheck, { resource, title, severity, evidence, fix }: FailVerdict): readonly string[] {
  return [
    `\`${resource.id}\`: ${title} (${severity ?? check.severity})`,
    '',
    '```json',
    ...evidence.map((item) => JSON.stringify(item)),
    '```',
    '',
    ...(fix === undefined ? [] : [fix.summary, '']),
    ...(fix?.cli === undefined ? [] : ['```sh', ...fix.cli, '```', '']),
    ...(fix?.terraform === undefined ? [] : ['```hcl', fix.terraform, '```', '']),
  ];
}

const given = (example: Example): readonly string[] => [
  'Given:',
  '',
  '```json',
  JSON.stringify(example.resources, null, 2),
  ...(example.configuration === undefined ? [] : [JSON.stringify(example.configuration)]),
  '```',
];

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const lines = (...text: readonly string[]): string => `${text.join('\n')}\n`;
