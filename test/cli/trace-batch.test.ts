/** A file of questions: one answer a line in the same order, whatever the other lines are. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { region, tcp } from '../../mocks/builders.ts';
import { writeWorld } from '../../mocks/write-world.ts';
import { runCli } from './run-cli.ts';

interface Answer {
  readonly query: unknown;
  readonly verdict?: string;
  readonly error?: { readonly message: string; readonly candidates: readonly string[] };
}

describe('trace --queries', () => {
  let folder = '';
  let server = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-batch-'));
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const group = vpc.securityGroup('web', { ingress: [tcp(443, '0.0.0.0/0')] });
    server = vpc.publicSubnet().instance({ publicIp: true, securityGroups: [group] }).id;
    const twin = net.vpc({ cidr: '10.0.0.0/16' });
    twin.subnet().instance();
    await writeWorld(net.toWorld(), join(folder, 'snapshot'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const asked = async (
    text: string,
    ...more: readonly string[]
  ): Promise<{ readonly code: number; readonly answers: readonly Answer[]; readonly stderr: string }> => {
    const path = join(folder, 'questions.jsonl');
    writeFileSync(path, text);
    const args = ['trace', '--snapshot', join(folder, 'snapshot'), '--queries', path, '--format', 'json', ...more];
    const { code, stdout, stderr } = await runCli(args);
    const answers = stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Answer);
    return { code, answers, stderr };
  };

  it('answers good lines and explains bad ones, each on its own line', async () => {
    const good = { from: 'internet', to: server, protocol: 'tcp', port: 443 };
    const lines = [
      JSON.stringify(good),
      'nonsense',
      '',
      JSON.stringify({ from: 'internet' }),
      JSON.stringify({ ...good, port: '443' }),
      JSON.stringify({ ...good, to: `${server.slice(0, -1)}z` }),
      JSON.stringify({ ...good, to: '10.0.0.0/33' }),
      JSON.stringify({ ...good, protocol: 'icmp' }),
      JSON.stringify({ ...good, from: '10.0.0.4' }),
      'x'.repeat(200_000),
      JSON.stringify({ ...good, port: 22 }),
    ];
    const { code, answers, stderr } = await asked(`${lines.join('\n')}\n\n`);
    expect(answers.map(({ verdict, error }) => verdict ?? error?.message)).toEqual([
      'reachable',
      expect.stringMatching(/^The line is not JSON/),
      expect.stringMatching(/^The line is empty/),
      expect.stringMatching(/to is missing/),
      expect.stringMatching(/port must be a whole number/),
      expect.stringMatching(/is not in the snapshot/),
      expect.stringMatching(/not a prefix length/),
      expect.stringMatching(/icmp has no ports/),
      expect.stringMatching(/10\.0\.0\.4 lies in 2 VPCs/),
      expect.stringMatching(/longer than 65536/),
      'not-reachable',
    ]);
    expect(answers[0]?.query).toEqual(good);
    expect(answers[5]?.error?.candidates).toContain(server);
    expect(answers[8]?.error?.candidates).toHaveLength(2);
    expect(code).toBe(64);
    expect(stderr).toContain('1 reachable, 1 not reachable, 0 unknown, 9 made no sense');
  });

  it('exits by what was answered, and by what was expected', async () => {
    const lines = [443, 22].map((port) => JSON.stringify({ from: 'internet', to: server, protocol: 'tcp', port }));
    expect((await asked(lines.join('\n'))).code).toBe(0);
    expect((await asked(lines.join('\r\n'), '--expect', 'not-reachable')).code).toBe(1);
    expect((await asked(`\uFEFF${lines[1] ?? ''}`, '--expect', 'not-reachable')).code).toBe(0);
    expect((await asked('')).answers).toEqual([]);
  });

  it('says which file cannot be read', async () => {
    const args = ['trace', '--snapshot', join(folder, 'snapshot'), '--queries', join(folder, 'nowhere.jsonl')];
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(/nowhere\.jsonl cannot be read/);
  });
});
