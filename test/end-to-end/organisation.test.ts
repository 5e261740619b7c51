/** The organisation of `bench/organisation-run.ts`, small: under troubles, killed, and resumed. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge } from '../../bench/organisation/judge.ts';
import { organisationOptions, runAgainst, serveOrganisation } from '../../bench/organisation/processes.ts';
import { differences, snapshotDigest } from '../../bench/organisation/snapshot-digest.ts';

const size = { accounts: 3, regions: ['eu-west-1', 'us-east-1'] };
const seed = 11;
const common = [...organisationOptions, '--call-timeout', '30', '-q'];
const patience = 300_000;

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-organisation-test-'));
  mkdirSync(at('run'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('an organisation in trouble', () => {
  it(
    'is audited with every trouble on record, nothing lost that was answered, and no pass on a gap',
    async () => {
      const calm = await serveOrganisation(size);
      const quiet = await runAgainst(calm, ['collect', ...common, '--out', at('quiet')], at('run'));
      calm.stop();
      expect(quiet.code, quiet.stderr).toBe(2);
      const rough = await serveOrganisation({ ...size, seed });
      const audit = await runAgainst(rough, ['audit', ...common, '--output-dir', at('report')], at('run'));
      const seen = await rough.seen();
      rough.stop();
      expect(audit.code, audit.stderr).toBe(3);
      const judgement = await judge(at('quiet'), at('report/snapshot'), seen);
      expect(judgement.problems).toEqual([]);
      expect(judgement.failed).toBeGreaterThan(0);
      expect(judgement.answeredAfterTrouble).toBeGreaterThan(0);
      expect(judgement.passes).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'killed and resumed, gives the same snapshot',
    async () => {
      const again = await serveOrganisation({ ...size, seed });
      const resumed = ['collect', ...common, '--resume', at('killed')];
      let last = await runAgainst(again, resumed, at('run'), 2500);
      for (const ms of [3500, 5000]) if (last.code === null) last = await runAgainst(again, resumed, at('run'), ms);
      if (last.code === null) last = await runAgainst(again, resumed, at('run'));
      again.stop();
      expect(last.code, last.stderr).toBe(2);
      expect(differences(await snapshotDigest(at('report/snapshot')), await snapshotDigest(at('killed')))).toEqual([]);
    },
    patience,
  );
});
