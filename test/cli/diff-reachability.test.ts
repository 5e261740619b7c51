/** `vpc-auditor diff`: what became reachable between two audits, what no longer is, and what cannot be compared. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { region, type RegionBuilder, tcp } from '../../mocks/builders.ts';
import { writeWorld } from '../../mocks/write-world.ts';
import type { Diff } from '../../src/findings/diff/diff.ts';
import type { PacketHeaders } from '../../src/model/verdict/path.ts';
import { runCli } from './run-cli.ts';

const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../schema', name), 'utf8')) as Record<string, unknown>;

/** The web server's public port and the database's are the ones that change. */
const build = (web: number, database: number): RegionBuilder => {
  const net = region();
  const vpc = net.vpc({ cidr: '10.0.0.0/16' });
  const front = vpc.securityGroup('web', { ingress: [tcp(web, '198.51.100.0/24')] });
  vpc.publicSubnet({ name: 'edge' }).instance({ name: 'web', publicIp: true, securityGroups: [front] });
  const back = vpc.securityGroup('db', { ingress: [tcp(database, front)], egress: [] });
  vpc.subnet({ name: 'inner' }).instance({ name: 'db', securityGroups: [back] });
  return net;
};

const short = (headers: readonly PacketHeaders[]): readonly string[] =>
  headers.map(
    ({ protocol, sourceAddresses, destinationPortRanges }) =>
      `${protocol} ${destinationPortRanges?.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join() ?? ''} ${sourceAddresses.join()}`,
  );

describe('diff of what is reachable', () => {
  let folder = '';
  const admits = new Ajv2020({ strict: true, allowUnionTypes: true })
    .addSchema(read('audit-report.schema.json'))
    .compile(read('diff.schema.json'));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-diff-'));
    await writeWorld(build(443, 5432).toWorld(), join(folder, 'old'));
    await writeWorld(build(8443, 5433).toWorld(), join(folder, 'new'));
    await writeWorld(build(443, 5432).toWorld(), join(folder, 'lost'));
    const manifestPath = join(folder, 'lost', 'manifest.json');
    const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as {
      calls: { operation: string; status: string; file?: string; errorCode?: string }[];
    };
    for (const call of manifest.calls) {
      if (call.operation !== 'DescribeNetworkInterfaces') continue;
      call.status = 'failed';
      call.errorCode = 'UnauthorizedOperation';
      delete call.file;
    }
    writeFileSync(manifestPath, JSON.stringify(manifest));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const compare = async (
    before: string,
    after: string,
    ...more: readonly string[]
  ): Promise<{ readonly code: number; readonly diff: Diff; readonly stderr: string }> => {
    const args = ['diff', join(folder, before), join(folder, after), '--format', 'json', ...more];
    const { code, stdout, stderr } = await runCli(args);
    const document = JSON.parse(stdout) as Diff;
    expect(admits(document), JSON.stringify(admits.errors)).toBe(true);
    return { code, diff: document, stderr };
  };

  it('names exactly the packets, from the internet and between interfaces', async () => {
    const { code, diff, stderr } = await compare('old', 'new', '--fail-on', 'critical');
    expect(
      diff.reachability?.exposure.map(({ became, gone, incomparable }) => [
        short(became),
        short(gone),
        incomparable.length,
      ]),
    ).toEqual([[['tcp 8443 198.51.100.0/24'], ['tcp 443 198.51.100.0/24'], 0]]);
    expect(
      diff.reachability?.pairs?.map(({ from, to, became, gone }) => [
        from.length,
        to.length,
        short(became),
        short(gone),
      ]),
    ).toEqual([[1, 1, ['tcp 5433 0.0.0.0/0'], ['tcp 5432 0.0.0.0/0']]]);
    expect([code & 1, diff.reachability?.notCompared]).toEqual([1, []]);
    expect(stderr).toContain('the internet reaches more of 1 address');
    expect((await compare('old', 'new', '--fail-on', 'none')).code & 1).toBe(0);
    const text = await runCli(['diff', join(folder, 'old'), join(folder, 'new')]);
    expect(text.stdout).toMatch(
      /Reachable from the internet\n.*\n +\+ tcp 8443 from 198\.51\.100\.0\/24.*\n +- tcp 443/,
    );
    expect(text.stdout).toMatch(/Reachable between interfaces\n.* → .*\n +\+ tcp 5433\n +- tcp 5432/);
  });

  it('says nothing of what is the same', async () => {
    const { code, diff } = await compare('old', 'old');
    expect([code, diff.reachability]).toEqual([0, { exposure: [], pairs: [], notCompared: [] }]);
  });

  it('compares nothing with what was not read', async () => {
    for (const [before, after] of [
      ['old', 'lost'],
      ['lost', 'old'],
    ] as const) {
      const { code, diff } = await compare(before, after);
      expect(diff.reachability?.exposure.map(({ became, gone }) => became.length + gone.length)).toEqual([0]);
      expect(short(diff.reachability?.exposure[0]?.incomparable ?? [])).toEqual(['tcp 443 198.51.100.0/24']);
      expect(diff.reachability?.exposure[0]?.coverage).toMatch(/DescribeNetworkInterfaces/);
      expect(diff.reachability?.pairs?.map(({ coverage }) => coverage !== undefined)).toEqual([true]);
      expect(code & 3).toBe(2);
    }
  });

  it('takes reports for what the internet reaches, and says that they keep no more', async () => {
    for (const name of ['old', 'new', 'lost']) {
      await runCli(['audit', '--snapshot', join(folder, name), '-o', `json=${join(folder, `${name}.json`)}`, '-qq']);
    }
    const snapshots = await compare('old', 'new');
    for (const [before, after] of [
      ['old.json', 'new.json'],
      ['old', 'new.json'],
      ['old.json', 'new'],
    ] as const) {
      const { diff } = await compare(before, after);
      expect(diff.reachability?.exposure).toEqual(snapshots.diff.reachability?.exposure);
      expect(diff.reachability?.pairs).toBeUndefined();
      expect(diff.reachability?.notCompared).toHaveLength(1);
    }
    const lost = await compare('old.json', 'lost.json');
    expect(lost.diff.reachability?.exposure[0]?.coverage).toMatch(/DescribeNetworkInterfaces/);
    const text = readFileSync(join(folder, 'old.json'), 'utf8').replaceAll('"protocol":"tcp"', '"protocol":"tcq"');
    writeFileSync(join(folder, 'odd.json'), text.replaceAll('"protocol": "tcp"', '"protocol": "tcq"'));
    const odd = await runCli(['diff', join(folder, 'odd.json'), join(folder, 'new.json')]);
    expect([odd.code, odd.stdout]).toEqual([64, '']);
    expect(odd.stderr).toMatch(/odd\.json cannot be read: tcq is not a protocol/);
  });
});
