/** A configuration on the command line: where it is found, what is said of it, what the report holds. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { region, tcp } from '../../mocks/builders.ts';
import { writeWorld } from '../../mocks/write-world.ts';
import type { AuditReport } from '../../src/findings/audit-report.ts';
import { type Ended, runCli } from './run-cli.ts';

const configuration = `version: 1
public_services:
  - name: shop
    reason: The shop is for everybody.
    ports: 443
  - name: forgotten
    reason: It was switched off long ago.
    ports: 8443
checks:
  vpc-single-zone:
    disabled: one zone is enough for a test
  security-group-too-many-rules:
    most_rules: 7
`;

describe('a configuration', () => {
  let folder = '';
  const run = (...args: readonly string[]): Promise<Ended> => runCli(args, { cwd: folder });
  const audit = (...more: readonly string[]): Promise<Ended> =>
    run('audit', '--snapshot', 'snapshot', '-o', 'json=report.json', '--min-coverage', '0', ...more);
  const report = (): AuditReport => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as AuditReport;
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-configuration-'));
    const net = region('111122223333', 'eu-west-1');
    const vpc = net.vpc({ name: 'prod' });
    const web = vpc.securityGroup('web', { ingress: [tcp(443, '0.0.0.0/0')] });
    vpc.publicSubnet().instance({ securityGroups: [web], publicIp: true });
    await writeWorld(net.toWorld(), join(folder, 'snapshot'), '2026-03-01T02:00:00.000Z');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is found in the working directory, said aloud, and told in the report with what it did', async () => {
    write('vpc-auditor.yaml', configuration);
    const { stderr } = await audit('--standard', 'fsbp', '--check', 'security-group-*');
    expect(stderr).toMatch(/^Configuration {2}vpc-auditor\.yaml$/m);
    expect(stderr).toContain('public service shop lets 1 finding pass');
    expect(stderr).toContain('Lets nothing pass: public service forgotten');
    await audit();
    const { configuration: told, checks, results } = report();
    expect(told).toMatchObject({
      file: 'vpc-auditor.yaml',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      publicServices: [
        { name: 'shop', ports: ['443/tcp'], verdicts: 1, resources: [{ type: 'security-group' }] },
        { name: 'forgotten', verdicts: 0, resources: [] },
      ],
      disabledChecks: [{ id: 'vpc-single-zone', reason: 'one zone is enough for a test' }],
      options: [{ checkId: 'security-group-too-many-rules', name: 'most_rules', value: 7, default: 50 }],
    });
    expect(checks.map(({ id }) => id)).not.toContain('vpc-single-zone');
    expect(results.filter(({ checkId }) => checkId === 'security-group-open-to-internet')).toEqual([]);
    // The report is one that this program reads
    expect(await run('report', '--results', 'report.json', '-o', 'markdown=-')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('### Configuration') as string,
    });
  });

  it('shows a pass by its entry among the passes', async () => {
    write('vpc-auditor.yaml', configuration);
    await audit('--status', 'all', '--check', 'security-group-open-to-internet');
    expect(report().results.find(({ allowedBy }) => allowedBy !== undefined)).toMatchObject({
      outcome: 'pass',
      title: 'HTTPS (tcp 443) is open to the internet',
      reason: 'The shop is for everybody.',
      allowedBy: { kind: 'public-service', by: 'shop' },
      evidence: expect.arrayContaining([expect.objectContaining({ type: 'security-group-rule' })]) as unknown[],
    });
  });

  it('is left alone with --no-config, and named with --config', async () => {
    write('vpc-auditor.yaml', 'version: 2');
    write('other.yaml', configuration);
    await audit('--no-config');
    expect(report().configuration).toBeUndefined();
    expect(report().results.map(({ checkId }) => checkId)).toContain('security-group-open-to-internet');
    await audit('--config', 'other.yaml');
    expect(report().configuration?.file).toBe('other.yaml');
  });

  it.each<[string, readonly string[], RegExp]>([
    ['cannot be used', [], /^vpc-auditor: vpc-auditor\.yaml, line 1: .*version 1/],
    ['is not there', ['--config', 'none.yaml'], /^vpc-auditor: none\.yaml cannot be read/],
    [
      'leaves no check',
      ['--config', 'other.yaml', '--check', 'vpc-single-zone'],
      /^vpc-auditor: other\.yaml disables every check/,
    ],
  ])('ends with 64 and one sentence where it %s', async (_, args, sentence) => {
    write('vpc-auditor.yaml', 'version: 2');
    write('other.yaml', configuration);
    const { code, stderr, stdout } = await audit(...args);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr.trim()).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('finds the subnets that an address of a block list reaches', async () => {
    write('list.txt', '# feed\n198.51.100.0/24 ; one\n');
    const only = ['--no-config', '--check', 'network-acl-block-list-gap'];
    await audit(...only, '--block-list', 'list.txt');
    expect(report()).toMatchObject({
      blockList: { file: 'list.txt', blocks: 1 },
      results: [{ checkId: 'network-acl-block-list-gap', outcome: 'fail', resource: { type: 'subnet' } }],
    });
    expect((await run('report', '--results', 'report.json', '-o', 'json=again.json')).code).toBe(0);
    write('list.txt', '198.51.100.0/24\nnobody\n');
    const refused = await audit(...only, '--block-list', 'list.txt');
    expect([refused.code, refused.stderr.trim()]).toEqual([
      64,
      'vpc-auditor: list.txt, line 2: "nobody" is neither an address nor a CIDR such as 198.51.100.0/24.',
    ]);
  });

  it('tells the options of a check', async () => {
    const { stdout } = await run('checks', 'show', 'security-group-too-many-rules');
    expect(stdout).toMatch(/most_rules {2}.*default 50/);
  });
});
