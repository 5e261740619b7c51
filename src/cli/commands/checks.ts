import type { Command } from 'commander';
import type { CheckOption } from '../../model/verdict/check-description.ts';
import { selectChecks } from '../select-checks.ts';
import { suggestion, UsageError } from '../usage-error.ts';

/** `vpc-auditor checks list | show ID`: the catalogue. */
export function registerChecks(root: Command): void {
  const checks = root.command('checks').description('the catalogue of checks');
  checks
    .command('list')
    .description('every check with its severity')
    .option('--standard <id>', 'only those that a standard asks for, such as cis-7.0')
    .option('--json', 'as JSON, with everything that is said of each')
    .action(async (options: { readonly json?: true; readonly standard?: string }) => {
      const { allChecks, describeCheck, standardChecks } = await import('../../index.ts');
      const asked = {
        check: [],
        skipCheck: [],
        standard: options.standard === undefined ? [] : [options.standard],
      };
      const described = selectChecks(await allChecks(), asked, standardChecks()).map(describeCheck);
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify(described, null, 2)}\n`);
        return;
      }
      const widest = Math.max(...described.map(({ id }) => id.length));
      for (const { id, severity, title } of described) {
        process.stdout.write(`${id.padEnd(widest)}  ${severity.padEnd(13)}  ${title}\n`);
      }
    });
  checks
    .command('show')
    .description('one check: what it asks, why, what to do, what it reads')
    .argument('<id>', 'the check, as `checks list` names it')
    .option('--json', 'as JSON')
    .action(async (id: string, options: { readonly json?: true }) => {
      const { allChecks, describeCheck } = await import('../../index.ts');
      const known = await allChecks();
      const check = known.find((candidate) => candidate.id === id);
      if (check === undefined) {
        throw new UsageError(
          `There is no check ${id}.${suggestion(
            id,
            known.map((candidate) => candidate.id),
          )} See: vpc-auditor checks list`,
        );
      }
      const described = describeCheck(check);
      process.stdout.write(options.json === true ? `${JSON.stringify(described, null, 2)}\n` : `${page(described)}\n`);
    });
}

interface Described {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly rationale: string;
  readonly remediation: string;
  readonly references: readonly string[];
  readonly relatedChecks: readonly { readonly tool: string; readonly id: string }[];
  readonly options?: readonly CheckOption[];
  readonly needs: readonly string[];
  readonly iamActions: readonly string[];
}

const page = (check: Described): string =>
  [
    check.id,
    '',
    `  ${check.title}. Severity: ${check.severity}.`,
    '',
    'Why it matters',
    wrapped(check.rationale),
    '',
    'What to do',
    wrapped(check.remediation),
    '',
    'Permissions it needs',
    ...check.iamActions.map((action) => `  ${action}`),
    '',
    ...(check.options === undefined
      ? []
      : [
          'Options, as vpc-auditor.yaml sets them',
          ...check.options.map(
            ({ name, title, default: usual, least, most }) =>
              `  ${name}  ${title} (default ${usual}, from ${least} to ${most})`,
          ),
          '',
        ]),
    'References',
    ...check.references.map((reference) => `  ${reference}`),
    ...(check.relatedChecks.length === 0
      ? []
      : ['', 'The same question in other tools', ...check.relatedChecks.map(({ tool, id }) => `  ${tool}: ${id}`)]),
  ].join('\n');

/** Folds a paragraph at 100 columns, indented by two. */
function wrapped(paragraph: string): string {
  const lines: string[] = [];
  let line = ' ';
  for (const word of paragraph.split(/\s+/)) {
    if (line.length + 1 + word.length > 100 && line.trim() !== '') {
      lines.push(line);
      line = ' ';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\n');
}
