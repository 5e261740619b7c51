/** What AWS answers with secrets in it, and an owner who writes scripts into every name: nothing of a secret is written. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleAccount } from '../../mocks/accounts/index.ts';
import { keysOf } from '../../mocks/answer/identity.ts';
import { type MockServer, startServer } from '../../mocks/server.ts';
import type { World } from '../../mocks/world.ts';
import { outputFormats } from '../../src/index.ts';
import { type Ended, runCli } from '../cli/run-cli.ts';

const accountId = '123456789012';
const region = 'ap-southeast-2';
const secret = 'pre-shared-key-of-the-tests';

/** The hostile account with a VPN connection whose answer carries its keys, as DescribeVpnConnections does. */
function withKeys(world: World): World {
  const accounts = new Map(world.accounts);
  const account = accounts.get(accountId);
  const documents = new Map(account?.regions.get(region));
  documents.set('ec2.DescribeVpnConnections', {
    VpnConnections: [
      {
        VpnConnectionId: 'vpn-0123456789abcdef0',
        CustomerGatewayId: 'cgw-0123456789abcdef0',
        Category: 'VPN',
        Type: 'ipsec.1',
        State: 'available',
        CustomerGatewayConfiguration: `<vpn_connection><pre_shared_key>${secret}</pre_shared_key></vpn_connection>`,
        Options: {
          StaticRoutesOnly: false,
          TunnelOptions: [
            { OutsideIpAddress: '203.0.113.9', TunnelInsideCidr: '169.254.100.0/30', PreSharedKey: secret },
          ],
        },
        Routes: [],
        Tags: [],
        VgwTelemetry: [],
      },
    ],
  });
  if (account === undefined) throw new Error('the hostile account is not in its world');
  accounts.set(accountId, { ...account, regions: new Map([...account.regions, [region, documents]]) });
  return { ...world, accounts };
}

describe('secrets in what AWS answers', () => {
  let folder = '';
  let server: MockServer | undefined;
  const ended: Ended[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-secrets-'));
    server = await startServer({ world: withKeys(sampleAccount('hostile').world) });
    const { accessKeyId, secretAccessKey } = keysOf(accountId);
    const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_REGION: region };
    const live = ['--endpoint-url', server.url, '--regions', region, '--status', 'all'];
    const formats = outputFormats.flatMap(({ format }) => ['-o', format]);
    ended.push(await runCli(['audit', ...live, ...formats, '--output-dir', join(folder, 'plain')], { env }));
    const shared = ['--redact', '--log', 'json', '--output-dir', join(folder, 'redacted')];
    ended.push(await runCli(['audit', ...live, ...formats, ...shared], { env }));
    ended.push(
      await runCli(['audit', ...live, '--history', join(folder, 'history'), '--output-dir', join(folder, 'kept')], {
        env,
      }),
    );
  });
  afterAll(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const files = (): readonly string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));

  it('are in no file, in any format, and in nothing that is printed', () => {
    for (const { code } of ended) expect(code).toBeLessThan(4);
    expect(files().length).toBeGreaterThan(outputFormats.length * 2 + 100);
    const { secretAccessKey } = keysOf(accountId);
    for (const path of files()) {
      const text = readFileSync(path, 'utf8');
      expect([path, text.includes(secret), text.includes(secretAccessKey)]).toEqual([path, false, false]);
    }
    for (const { stdout, stderr } of ended) {
      expect((stdout + stderr).includes(secret)).toBe(false);
      expect((stdout + stderr).includes(secretAccessKey)).toBe(false);
    }
  });

  it('do not keep the connection itself from being read', () => {
    const [path = ''] = files().filter((name) => name.includes('plain') && name.includes('DescribeVpnConnections'));
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('vpn-0123456789abcdef0');
    expect(text).toContain('203.0.113.9');
  });
});
