/** Rubbish in: one clear sentence that names the thing, the right exit code, and nothing half-written. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keysOf } from '../../mocks/answer/identity.ts';
import { region } from '../../mocks/builders.ts';
import { type MockServer, startServer } from '../../mocks/server.ts';
import { runCli } from './run-cli.ts';

const accountId = '111122223333';

describe('bad input', () => {
  let folder = '';
  let server: MockServer;
  const signedIn = {
    AWS_ACCESS_KEY_ID: keysOf(accountId).accessKeyId,
    AWS_SECRET_ACCESS_KEY: keysOf(accountId).secretAccessKey,
    AWS_REGION: 'eu-west-1',
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-bad-'));
    server = await startServer({ world: region(accountId, 'eu-west-1').toWorld() });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    return path;
  };

  /** One sentence on stderr, without a stack, that names the thing. */
  async function refused(
    args: readonly string[],
    code: number,
    names: RegExp,
    env: Readonly<Record<string, string>> = {},
  ) {
    const out = join(folder, 'out');
    const ended = await runCli(args, { env, cwd: folder });
    expect(ended.stderr).toMatch(names);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(ended.stdout).toBe('');
    expect(ended.code).toBe(code);
    expect(existsSync(join(out, 'report.html'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('.partial'))).toEqual([]);
  }

  const offline = (snapshot: string): readonly string[] => [
    'audit',
    '--snapshot',
    snapshot,
    '--output-dir',
    join(folder, 'out'),
  ];
  const live = (...more: readonly string[]): readonly string[] => [
    'audit',
    '--endpoint-url',
    server.url,
    '--output-dir',
    join(folder, 'out'),
    ...more,
  ];

  it('a snapshot folder that is not there', () => refused(offline(join(folder, 'nowhere')), 64, /nowhere/));

  it('a file in place of a folder', () => refused(offline(file('a.json', '{}')), 64, /a\.json/));

  it('an empty folder', () => {
    mkdirSync(join(folder, 'empty'));
    return refused(offline(join(folder, 'empty')), 64, /empty/);
  });

  it('a manifest that breaks off', () => {
    file('torn/manifest.json', '{"schemaVersion": "1", "calls": [');
    return refused(offline(join(folder, 'torn')), 64, /manifest\.json/);
  });

  it('a manifest of a later version', () => {
    file('later/manifest.json', JSON.stringify({ schemaVersion: '9' }));
    return refused(offline(join(folder, 'later')), 64, /later.*newer version/);
  });

  it('files of which none is an answer', () => {
    file('strange/a.json', '{"Cats": []}');
    file('strange/b.json', '');
    file('strange/c.json', '[1, 2');
    return refused(offline(join(folder, 'strange')), 64, /strange/);
  });

  it('prices that are none, before anything else is done', () =>
    refused([...offline(folder), '--prices', file('prices.json', '{"source": 1}')], 64, /prices\.json: "source"/));

  it('a check that does not exist', () =>
    refused(['audit', '--snapshot', folder, '--check', 'route-blackhoel'], 64, /route-blackhoel.*route-blackhole/s));

  it('a check to show that does not exist', () => refused(['checks', 'show', 'nope'], 64, /no check nope/));

  it('a format that does not exist', () => refused([...offline(folder), '-o', 'htlm'], 64, /htlm.*html/s));

  it('an option that does not exist', () => refused(['audit', '--regoins', 'eu-west-1'], 64, /--regoins.*--regions/s));

  it('a command that does not exist', () => refused(['adit'], 64, /adit.*audit/s));

  it('a profile that does not exist', () => refused(live('--profile', 'nobody'), 77, /nobody/, signedIn));

  it('a configuration file that cannot be read', () => {
    mkdirSync(join(folder, 'config-folder'));
    return refused(live('--profile', 'prod'), 77, /config-folder/, {
      ...signedIn,
      AWS_CONFIG_FILE: join(folder, 'config-folder'),
    });
  });

  it('no credentials at all', () => refused(live(), 77, /credentials/));

  it('a Region that does not exist', () =>
    refused(live('--regions', 'eu-wset-1'), 64, /eu-wset-1.*eu-west-1/s, signedIn));

  it('something that is not a role', () => refused(live('--role-arn', 'admin'), 64, /"admin"/, signedIn));

  it('an endpoint from the environment that nobody asked for', () =>
    refused(['audit', '--output-dir', join(folder, 'out')], 64, /AWS_ENDPOINT_URL.*--endpoint-from-environment/s, {
      ...signedIn,
      AWS_ENDPOINT_URL: server.url,
    }));

  it('an endpoint that is no URL', () => refused(['audit', '--endpoint-url', 'nonsense'], 64, /nonsense/, signedIn));

  it('results that are no report', () =>
    refused(['report', '--results', file('cats.json', '{"cats": 1}')], 64, /cats\.json/));

  it('results that break off', () =>
    refused(['report', '--results', file('half.json', '{"schemaVersion"')], 64, /half\.json/));

  it('results that are not there', () => refused(['report', '--results', join(folder, 'gone.json')], 64, /gone\.json/));

  it('a folder that cannot be written', () =>
    refused([...live(), '--output-dir', file('taken', 'a file')], 64, /taken/, signedIn));

  it('a trace without an end', () => refused(['trace', '--snapshot', folder, '--from', 'internet'], 64, /--to/));
});
