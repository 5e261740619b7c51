import { beforeAll, describe, expect, it } from 'vitest';
import type { AnyCheck, ExampleResources } from '../../src/auditors/check.ts';
import { exampleRegion, exampleSnapshot } from '../../src/auditors/example-region.ts';
import { checkIds, loadChecks } from '../../src/auditors/registry.ts';
import { runChecks } from '../../src/auditors/run.ts';
import { atLeast, type Severity } from '../../src/model/verdict/severity.ts';
import { applyFix } from './apply-fix.ts';
import { judge } from './judge.ts';

let checks: readonly AnyCheck[] = [];
beforeAll(async () => {
  checks = await loadChecks();
});

/** Every failure that any check sees, with its weight. */
function failuresOf(resources: ExampleResources): ReadonlyMap<string, Severity> {
  const { verdicts, defects } = runChecks(exampleSnapshot([exampleRegion(resources)]), checks);
  expect(defects).toEqual([]);
  return new Map(
    verdicts.flatMap(({ checkId, resource, verdict }) => {
      if (verdict.outcome !== 'fail') return [];
      const own = checks.find(({ id }) => id === checkId)?.severity ?? 'critical';
      return [[`${checkId} ${resource.id} ${verdict.title}`, verdict.severity ?? own] as const];
    }),
  );
}

describe.each(checkIds)('the fix of %s', (id) => {
  it('takes each failing example away and brings nothing worse', () => {
    const check = checks.find((own) => own.id === id) as AnyCheck;
    for (const { title, resources, configuration } of check.examples.fails) {
      const [failure] = judge(check, resources, configuration).failures;
      const cli = failure?.fix?.cli;
      if (failure === undefined || cli === undefined) continue;
      const after = applyFix(resources, cli);
      expect(judge(check, after, configuration).failures, title).toEqual([]);
      const before = failuresOf(resources);
      const weight = failure.severity ?? check.severity;
      const fresh = [...failuresOf(after)].filter(([what]) => !before.has(what));
      expect(
        fresh.filter(([, severity]) => atLeast(severity, weight) && severity !== weight),
        title,
      ).toEqual([]);
    }
  });
});

describe('fixes as a whole', () => {
  // Some changes are no command: a second zone, a log's destination, what an alarm says to whom.
  it('come with commands for a good part of the checks', () => {
    const withCommands = checks.filter((check) =>
      check.examples.fails.some(
        ({ resources, configuration }) => judge(check, resources, configuration).failures[0]?.fix?.cli !== undefined,
      ),
    );
    expect(withCommands.length).toBeGreaterThan(checks.length * 0.4);
  });

  it('are refused where a command is not known', () => {
    expect(() => applyFix({}, ['aws ec2 terminate-instances --instance-ids i-0a1'])).toThrow('cannot apply');
  });
});
