/**
 * A whole organisation over HTTP through the built command line, in quiet and under seeded troubles: denials, throttling,
 * resets, silence, slow drips, broken answers. Then the same killed at ten moments and resumed. Prints what was seen, the
 * wall time, the requests and peak memory; exits with 1 where anything does not hold.
 *
 *   node dist/bench/organisation-run.js [--accounts 50] [--regions 17] [--seed N] [--kills 10] [--json FILE]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomFrom } from '../mocks/answer/order.ts';
import { defaultRegions } from '../mocks/wide-organisation.ts';
import { judge } from './organisation/judge.ts';
import { type Ended, organisationOptions, runAgainst, serveOrganisation } from './organisation/processes.ts';
import { differences, snapshotDigest } from './organisation/snapshot-digest.ts';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '50' },
    regions: { type: 'string', default: '17' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    kills: { type: 'string', default: '10' },
    json: { type: 'string' },
  },
});
const seed = Number(values.seed);
const size = { accounts: Number(values.accounts), regions: defaultRegions.slice(0, Number(values.regions)) };
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const told = ({ code, seconds, peak }: Ended): string =>
  `exit ${code ?? 'killed'}, ${seconds.toFixed(1)} s, ${(peak / 1e6).toFixed(0)} MB at most`;

const folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-organisation-'));
const at = (name: string): string => join(folder, name);
const problems: string[] = [];
const expect = (holds: boolean, sentence: string): void => {
  if (!holds) problems.push(sentence);
};
const common = [...organisationOptions, '--call-timeout', '30', '-q'];

say(`seed ${seed}: ${size.accounts} accounts × ${size.regions.length} Regions`);
try {
  mkdirSync(at('run'));
  const calm = await serveOrganisation(size);
  const quiet = await runAgainst(calm, ['collect', ...common, '--out', at('quiet')], at('run'));
  say(`in quiet, collect:   ${told(quiet)}, ${(await calm.seen()).requests} requests`);
  calm.stop();
  const quietAudit = await runAgainst(
    calm,
    ['audit', '--snapshot', at('quiet'), '--output-dir', at('a'), '-q'],
    at('run'),
  );
  say(`in quiet, audit:     ${told(quietAudit)}`);
  expect(
    quiet.code === 2,
    `the quiet collection ends with ${quiet.code}, not with 2 for the account that locks us out`,
  );

  const rough = await serveOrganisation({ ...size, seed });
  const audit = await runAgainst(rough, ['audit', ...common, '--output-dir', at('report')], at('run'));
  const seen = await rough.seen();
  rough.stop();
  say(`in trouble, audit:   ${told(audit)}, ${seen.requests} requests`);
  expect(audit.code === 3, `the audit in trouble ends with ${audit.code}, not with 3: ${audit.stderr.slice(-2000)}`);
  const judgement = await judge(at('quiet'), at('report/snapshot'), seen);
  problems.push(...judgement.problems);
  const { calls, failed, struckCalls, answeredAfterTrouble, passes, incomparable } = judgement;
  say(
    `  ${calls} calls on record, ${failed} failed; ${struckCalls} met trouble, ${answeredAfterTrouble} of them were answered`,
  );
  say(`  ${passes} passes, none on a gap; ${incomparable} findings incomparable with the quiet audit`);

  const random = randomFrom(seed);
  const again = await serveOrganisation({ ...size, seed });
  const resumed = ['collect', ...common, '--resume', at('killed')];
  let killed = 0;
  let last: Ended | undefined;
  for (; killed < Number(values.kills); killed += 1) {
    const ms = 500 + random() * audit.seconds * 1000 * 0.14;
    last = await runAgainst(again, resumed, at('run'), ms);
    if (last.code !== null) break;
  }
  if (last === undefined || last.code === null) last = await runAgainst(again, resumed, at('run'));
  say(`killed ${killed} times:     ${told(last)} at the end, ${(await again.seen()).requests} requests`);
  again.stop();
  const different = differences(await snapshotDigest(at('report/snapshot')), await snapshotDigest(at('killed')));
  expect(different.length === 0, `the resumed snapshot differs: ${different.slice(0, 5).join('; ')}`);
  for (const [name, { peak }] of Object.entries({ quiet, quietAudit, audit }))
    expect(peak < 1e9, `${name} took ${(peak / 1e6).toFixed(0)} MB`);
  if (values.json !== undefined)
    writeFileSync(
      values.json,
      `${JSON.stringify({ seed, ...judgement, quiet, quietAudit, audit, killed }, null, 2)}\n`,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems.slice(0, 40)) say(`WRONG: ${problem}`);
say(problems.length === 0 ? 'everything holds' : `${problems.length} things do not hold`);
process.exitCode = problems.length === 0 ? 0 : 1;
