import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleAccount } from '../../mocks/accounts/index.ts';
import { writeWorld } from '../../mocks/write-world.ts';
import { runCli } from './run-cli.ts';

interface Entry {
  readonly time: string;
  readonly level: string;
  readonly message: string;
  readonly event?: string;
  readonly exitCode?: number;
}

const entries = (stderr: string): readonly Entry[] =>
  stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry);

describe('--log json', () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-log-'));
    await writeWorld(sampleAccount('legacy-flat').world, join(folder, 'snapshot'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('writes one record a line, the last of them how it ended, and leaves the data alone', async () => {
    const { code, stdout, stderr } = await runCli([
      'audit',
      '--snapshot',
      join(folder, 'snapshot'),
      '-o',
      'json=-',
      '--log',
      'json',
    ]);
    const all = entries(stderr);
    for (const { time, level, message } of all) {
      expect(new Date(time).toISOString()).toBe(time);
      expect(['info', 'warning']).toContain(level);
      expect(message).not.toContain(String.fromCodePoint(27));
    }
    expect(all.at(-1)).toMatchObject({ event: 'end', exitCode: code });
    expect(all.filter(({ event }) => event === 'end')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: '1' });
  });

  it('tells what stops it in the same way, and only in words that follow the option', async () => {
    const { code, stderr } = await runCli(['audit', '--snapshot', join(folder, 'none'), '--log=json']);
    expect(code).toBe(64);
    expect(entries(stderr).at(-1)).toMatchObject({ level: 'error', event: 'end', exitCode: 64 });
  });
});
