/** Baselines, suppressions, history and diff on the command line: what is said, what is written, how it ends. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { region, type Rule, tcp } from '../../mocks/builders.ts';
import { writeWorld } from '../../mocks/write-world.ts';
import type { AuditReport } from '../../src/findings/audit-report.ts';
import type { Baseline } from '../../src/findings/baseline/baseline.ts';
import type { Diff } from '../../src/findings/diff/diff.ts';
import { type Ended, runCli } from './run-cli.ts';

const ssh = tcp(22, '0.0.0.0/0');
const rdp = tcp(3389, '0.0.0.0/0');
const only = ['--check', 'security-group-open-to-internet', '--min-coverage', '0'];

describe('an audit that remembers', () => {
  let folder = '';
  const at = (...names: readonly string[]): string => join(folder, ...names);
  const run = (...args: readonly string[]): Promise<Ended> => runCli(args, { cwd: folder });
  const report = (name: string): AuditReport => JSON.parse(readFileSync(at(name), 'utf8')) as AuditReport;
  const snapshot = async (name: string, rules: readonly Rule[], day: number): Promise<void> => {
    const net = region('111122223333', 'eu-west-1');
    const vpc = net.vpc({ name: 'prod' });
    const web = vpc.securityGroup('web', { ingress: rules });
    vpc.publicSubnet().instance({ securityGroups: [web], publicIp: true });
    await writeWorld(net.toWorld(), at(name), `2026-03-0${day}T02:00:00.000Z`);
  };
  const audit = (snapshotName: string, ...more: readonly string[]): Promise<Ended> =>
    run('audit', '--snapshot', snapshotName, '-o', `json=${snapshotName}.json`, ...only, ...more);
  const lastLine = ({ stderr }: Ended): string => stderr.trim().split('\n').at(-1) ?? '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-memory-'));
    await snapshot('monday', [ssh], 1);
    await snapshot('tuesday', [ssh, rdp], 2);
    await snapshot('wednesday', [rdp], 3);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('fails on what is new against a baseline, and on nothing else', async () => {
    expect((await audit('monday')).code & 1).toBe(1);
    const created = await run('baseline', 'create', '--results', 'monday.json', '--baseline', 'accepted.json');
    expect(created).toMatchObject({ code: 0, stdout: '' });
    expect(statSync(at('accepted.json')).mode & 0o777).toBe(0o600);
    const known = JSON.parse(readFileSync(at('accepted.json'), 'utf8')) as Baseline;
    expect(known.findings.map(({ firstSeen }) => firstSeen)).toEqual(
      known.findings.map(() => '2026-03-01T02:00:00.000Z'),
    );

    const same = await audit('monday', '--baseline', 'accepted.json', '--fail-on', 'new:low');
    expect(same.code & 1).toBe(0);
    expect(lastLine(same)).toMatch(/^Exit \d: no new finding at low or worse/);
    const more = await audit('tuesday', '--baseline', 'accepted.json', '--fail-on', 'new:low');
    expect(more.code & 1).toBe(1);
    expect(lastLine(more)).toMatch(/new finding \(fails on new low and worse\)/);
    expect(report('tuesday.json').results.filter(({ sinceBaseline }) => sinceBaseline === 'new')).toHaveLength(1);
    // A report of an earlier audit serves as well.
    expect((await audit('tuesday', '--baseline', 'monday.json', '--fail-on', 'new:low')).code & 1).toBe(1);
    // What is displayed decides nothing.
    expect(
      (await audit('tuesday', '--baseline', 'accepted.json', '--fail-on', 'new:low', '--status', 'pass')).code & 1,
    ).toBe(1);
  });

  it('refuses to overwrite a baseline but by bringing it up to date', async () => {
    await audit('monday');
    await audit('tuesday');
    await audit('wednesday');
    await run('baseline', 'create', '--results', 'monday.json', '--baseline', 'ours.json');
    const first = readFileSync(at('ours.json'), 'utf8');
    const again = await run('baseline', 'create', '--results', 'tuesday.json', '--baseline', 'ours.json');
    expect(again.code).toBe(64);
    expect(again.stderr).toMatch(/ours\.json is there already.*baseline update/);
    expect(readFileSync(at('ours.json'), 'utf8')).toBe(first);

    const titles = (): readonly string[] =>
      (JSON.parse(readFileSync(at('ours.json'), 'utf8')) as Baseline).findings.map(({ title }) => title.slice(0, 3));
    await run('baseline', 'update', '--results', 'tuesday.json', '--baseline', 'ours.json');
    expect(titles().toSorted()).toEqual(['RDP', 'SSH']);
    await run('baseline', 'prune', '--results', 'wednesday.json', '--baseline', 'ours.json');
    expect(titles()).toEqual(['RDP']);
    await run('baseline', 'prune', '--results', 'monday.json', '--baseline', 'ours.json');
    expect(titles()).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.includes('.partial'))).toEqual([]);
  });

  it('keeps every night, counts since when, and forgets what is old', async () => {
    const night = (name: string, ...more: readonly string[]): Promise<Ended> =>
      audit(name, '--history', 'runs', '--fail-on', 'new:low', ...more);
    const first = await night('monday');
    expect(first.code & 1).toBe(1);
    expect(readdirSync(at('runs')).toSorted()).toEqual(['report-20260301T020000000Z.json', 'state.json']);
    expect(statSync(at('runs')).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(at('runs'))) expect(statSync(at('runs', name)).mode & 0o777).toBe(0o600);
    expect((await night('tuesday')).code & 1).toBe(1);
    expect(
      report('tuesday.json')
        .results.map(({ title, firstSeen }) => [title.slice(0, 3), firstSeen?.slice(8, 10)])
        .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    ).toEqual([
      ['RDP', '02'],
      ['SSH', '01'],
    ]);
    // Once more the same night: the same news.
    expect((await night('tuesday')).code & 1).toBe(1);
    expect((await night('wednesday', '--status', 'unknown')).code & 1).toBe(0);
    expect(report('wednesday.json').trend).toHaveLength(3);
    expect(JSON.parse(readFileSync(at('runs', 'report-20260303T020000000Z.json'), 'utf8'))).toMatchObject({
      summary: { listed: ['fail', 'unknown'] },
    });
    writeFileSync(at('runs', 'notes.txt'), 'mine');
    await night('wednesday', '--history-days', '1');
    expect(readdirSync(at('runs')).toSorted()).toEqual([
      'notes.txt',
      'report-20260302T020000000Z.json',
      'report-20260303T020000000Z.json',
      'state.json',
    ]);
  });

  it('compares reports, baselines and snapshot folders', async () => {
    await audit('monday');
    await audit('wednesday');
    const options = ['--check', 'security-group-open-to-internet'];
    const text = await run('diff', 'monday.json', 'wednesday.json', '--fail-on', 'low');
    expect(text.stdout).toMatch(/1 new, 1 resolved, 0 changed, 0 unchanged, 0 incomparable/);
    expect(text.stdout).toMatch(/New\n +\S+ +sg-.*RDP.*\n\nResolved\n +\S+ +sg-.*SSH/);
    expect(text.code).toBe(1);
    const json = await run('diff', 'monday', 'wednesday', '--format', 'json', '--fail-on', 'none', ...options);
    const { findings } = JSON.parse(json.stdout) as Diff;
    expect([findings.new.length, findings.resolved.length, findings.incomparable.length]).toEqual([1, 1, 0]);
    expect(json.code).toBe(0);
    const mixed = await run('diff', 'monday', 'wednesday.json', '--format', 'json', '--fail-on', 'none', ...options);
    const { findings: same, reachability } = JSON.parse(mixed.stdout) as Diff;
    expect(same).toEqual(findings);
    // A report keeps what the internet reaches, and not what interfaces reach of each other
    expect(reachability?.notCompared).toHaveLength(1);
    // Without what the check reads, nothing is resolved.
    rmSync(at('wednesday', '111122223333', 'eu-west-1', 'ec2.DescribeSecurityGroups.json'));
    const blind = await run('diff', 'monday', 'wednesday', '--format', 'json', ...options);
    const compared = (JSON.parse(blind.stdout) as Diff).findings;
    expect([compared.new.length, compared.resolved.length, compared.incomparable.length]).toEqual([0, 0, 1]);
    expect(compared.incomparable[0]).toMatchObject({ in: 'old', doubt: { code: 'unknown' } });
    expect(blind.code).toBe(2);
    expect(lastLine(blind)).toMatch(/incomparable/);
    await snapshot('wednesday', [rdp], 3);
  });

  it('takes the usual file of suppressions where it is there, and says what each did', async () => {
    const group = report('monday.json').results[0]?.resource.id ?? '';
    const entry = (id: string, resource: string, expires: string): string =>
      `  - {id: ${id}, check: security-group-open-to-internet, match: {resource: ${resource}}, owner: network team, reason: Meant to be so., expires: ${expires}}\n`;
    const usual = at('vpc-auditor.suppressions.yaml');
    writeFileSync(usual, `suppressions:\n${entry('web', group, '2999-12-31')}${entry('old', group, '2026-01-01')}`);
    const hidden = await audit('monday', '--fail-on', 'low');
    expect(hidden.code & 1).toBe(0);
    expect(hidden.stderr).toMatch(/Suppressed 1 finding by 2 suppressions/);
    expect(hidden.stderr).toMatch(/expired old \(network team\): ended on 2026-01-01/);
    expect(report('monday.json').results.filter(({ suppression }) => suppression?.id === 'web')).toHaveLength(1);
    expect((await audit('monday', '--fail-on', 'low', '--no-suppressions')).code & 1).toBe(1);
    // What is suppressed enters no baseline.
    await audit('monday');
    await run('baseline', 'create', '--results', 'monday.json', '--baseline', 'without.json');
    expect((JSON.parse(readFileSync(at('without.json'), 'utf8')) as Baseline).findings).toEqual([]);

    const lint = await run('suppress', 'lint');
    expect(lint.code).toBe(1);
    expect(lint.stderr).toMatch(/line 2: web ends in \d+ days, and --max-days allows 180/);
    expect(lint.stderr).toMatch(/line 3: old ended on 2026-01-01/);
    writeFileSync(at('fine.yaml'), 'suppressions: []');
    expect((await run('suppress', 'lint', 'fine.yaml')).code).toBe(0);
    rmSync(usual);
  });

  const bad = (name: string, text: string): string => {
    writeFileSync(at(name), text);
    return name;
  };
  it.each<[string, () => readonly string[], RegExp]>([
    [
      'new without anything to compare with',
      () => ['--fail-on', 'new:high'],
      /--fail-on new:high asks what is new.*--baseline or --history/,
    ],
    ['a severity that is none', () => ['--fail-on', 'new:hihg'], /--fail-on.*new:hihg.*critical, high/s],
    [
      'a baseline that is not there',
      () => ['--baseline', 'gone.json'],
      /gone\.json cannot be read: there is no such file/,
    ],
    [
      'a baseline that breaks off',
      () => ['--baseline', bad('torn.json', '{"schemaVersion": "1", ')],
      /torn\.json is not JSON/,
    ],
    [
      'a baseline that is something else',
      () => ['--baseline', bad('cats.json', '{"cats": 1}')],
      /cats\.json is not a baseline: schemaVersion is absent/,
    ],
    ['suppressions that are not there', () => ['--suppressions', 'gone.yaml'], /gone\.yaml cannot be read/],
    [
      'suppressions with a misspelt key',
      () => ['--suppressions', bad('a.yaml', 'suppressions:\n- id: a\n  onwer: b')],
      /a\.yaml, line 3: .*"onwer".*did you mean owner\?/,
    ],
    [
      'suppressions with a bomb',
      () => ['--suppressions', bad('b.yaml', 'a: &a [x]\nb: *a')],
      /b\.yaml, line 1: anchors/,
    ],
    ['a history that is a file', () => ['--history', bad('runs-file', 'x')], /runs-file cannot be (read|written)/],
    [
      'a history whose state is broken',
      () => ['--history', brokenHistory()],
      /state\.json is not the state of a history.*move it away/,
    ],
  ])('refuses %s before it does anything', async (_, args, reason) => {
    rmSync(at('out'), { recursive: true, force: true });
    const ended = await run('audit', '--snapshot', 'monday', '--output-dir', 'out', ...args());
    expect(ended.stderr).toMatch(reason);
    expect(ended).toMatchObject({ code: 64, stdout: '' });
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(at('out'))).toBe(false);
  });

  function brokenHistory(): string {
    rmSync(at('broken'), { recursive: true, force: true });
    mkdirSync(at('broken'));
    writeFileSync(at('broken', 'state.json'), '{"schemaVersion": "1"}');
    return 'broken';
  }

  it.each<[string, readonly string[], RegExp]>([
    ['a comparison with one side', ['diff', 'monday'], /new/],
    ['a comparison with nothing', ['diff', 'monday', 'nowhere'], /nowhere cannot be read/],
    ['a baseline of no results', ['baseline', 'create'], /--results/],
    [
      'an update of no baseline',
      ['baseline', 'update', '--results', 'monday.json', '--baseline', 'none.json'],
      /none\.json cannot be read/,
    ],
  ])('refuses %s', async (_, args, reason) => {
    const ended = await run(...args);
    expect(ended.stderr).toMatch(reason);
    expect(ended).toMatchObject({ code: 64, stdout: '' });
  });

  it('refuses to compare a report that does not list what it counts', async () => {
    await audit('monday', '--status', 'pass');
    const ended = await run('diff', 'monday.json', 'wednesday');
    expect(ended.code).toBe(64);
    expect(ended.stderr).toMatch(/monday\.json lists 0 of 1 results that are "fail".*--status fail,unknown/);
  });
});
