import { describe, expect, it } from 'vitest';
import { defaultExitPolicy, type ExitPolicy, exitStatus } from '../../src/findings/exit-status.ts';
import type { Coverage, Summary } from '../../src/findings/audit-report.ts';
import type { AccountId, RegionName } from '../../src/model/id.ts';

const none = { critical: 0, high: 0, medium: 0, low: 0, informational: 0 };
const accountId = '444455556666' as AccountId;
const region = 'me-south-1' as RegionName;

const status = (
  changes: {
    readonly failures?: Partial<Summary['failures']>;
    readonly fresh?: Partial<Summary['failures']>;
    readonly suppressed?: Partial<Summary['failures']>;
    readonly unread?: number;
    readonly unknown?: number;
    readonly calls?: number;
    readonly collected?: number;
    readonly coverage?: Partial<Coverage>;
    readonly defects?: number;
  },
  policy: Partial<ExitPolicy> = {},
) => {
  const failures = { ...none, ...changes.failures };
  const fail = Object.values(failures).reduce((sum, count) => sum + count, 0);
  const { calls = 10, collected = 10 } = changes;
  return exitStatus(
    {
      summary: {
        failures,
        ...(changes.fresh === undefined ? {} : { new: { ...none, ...changes.fresh } }),
        ...(changes.suppressed === undefined ? {} : { suppressed: { ...none, ...changes.suppressed } }),
        outcomes: { fail, unknown: changes.unknown ?? changes.unread ?? 0, pass: 3, 'not-applicable': 0 },
        resourcesFailing: fail,
        unread: changes.unread ?? 0,
        listed: ['fail', 'unknown'],
      },
      coverage: {
        ratio: calls === 0 ? 0 : collected / calls,
        calls,
        collected,
        requests: calls,
        throttled: 0,
        rows: [],
        notVisible: [],
        missingPermissions: [],
        assumedOff: [],
        notes: [],
        ...changes.coverage,
      },
      defects: Array.from({ length: changes.defects ?? 0 }, () => ({ checkId: 'a', accountId, region, message: 'm' })),
    },
    { ...defaultExitPolicy, ...policy },
  );
};

describe('exitStatus', () => {
  it.each<[string, number, Parameters<typeof status>]>([
    ['clean and complete', 0, [{}]],
    ['only milder findings', 0, [{ failures: { medium: 4 } }]],
    ['a finding at the threshold', 1, [{ failures: { high: 1 } }]],
    ['a finding over the threshold', 1, [{ failures: { critical: 1 } }]],
    ['a lower threshold', 1, [{ failures: { low: 1 } }, { failOn: 'low' }]],
    ['a higher threshold', 0, [{ failures: { high: 1 } }, { failOn: 'critical' }]],
    ['no threshold', 0, [{ failures: { critical: 9 } }, { failOn: 'none' }]],
    ['a reading that failed', 2, [{ collected: 9 }]],
    ['enough of the readings', 0, [{ collected: 9 }, { minCoverage: 90 }]],
    ['fewer readings than enough', 2, [{ collected: 8 }, { minCoverage: 90 }]],
    ['nothing read, whatever is enough', 2, [{ calls: 0, collected: 0 }, { minCoverage: 0 }]],
    ['unknown for want of a reading', 2, [{ unread: 1 }]],
    ['unknown for want of a reading that is tolerated', 0, [{ unread: 1, collected: 9 }, { minCoverage: 90 }]],
    ['unknown because it is not modelled', 0, [{ unknown: 2, unread: 0 }]],
    ['a defect of a check', 2, [{ defects: 1 }, { minCoverage: 0 }]],
    ['an account that could not be entered', 2, [{ coverage: { notVisible: [{ accountId, reason: 'denied' }] } }]],
    ['a Region that is not enabled', 0, [{ coverage: { notVisible: [{ accountId, region, reason: 'off' }] } }]],
    ['only what is suppressed', 0, [{ suppressed: { critical: 2 } }]],
    ['a finding that is known', 0, [{ failures: { high: 3 }, fresh: {} }, { onlyNew: true }]],
    ['a finding that is new', 1, [{ failures: { high: 3 }, fresh: { high: 1 } }, { onlyNew: true }]],
    ['a new finding that is milder', 0, [{ failures: { high: 3 }, fresh: { low: 1 } }, { onlyNew: true }]],
    ['a new finding where all count', 1, [{ failures: { high: 3 }, fresh: {} }]],
    ['news against nothing', 1, [{ failures: { high: 3 } }, { onlyNew: true }]],
    ['findings and a reading that failed', 3, [{ failures: { high: 2 }, collected: 9 }]],
    [
      'findings that do not count and a reading that failed',
      2,
      [{ failures: { high: 2 }, collected: 9 }, { failOn: 'none' }],
    ],
  ])('%s: %i', (_, code, given) => {
    const { code: actual, sentence } = status(...given);
    expect(actual).toBe(code);
    expect(sentence.startsWith(`Exit ${code}: `)).toBe(true);
    expect(sentence.endsWith('.')).toBe(true);
  });

  it('says how many are new, known and suppressed', () => {
    const changes = { failures: { critical: 3, low: 2 }, fresh: { critical: 1 }, suppressed: { high: 4 } };
    expect(status(changes, { onlyNew: true }).sentence).toMatch(
      /^Exit 1: 1 critical new finding \(fails on new high and worse\)/,
    );
    expect(status({ ...changes, fresh: { low: 1 } }, { onlyNew: true }).sentence).toMatch(
      /^Exit 0: no new finding at high or worse \(1 new and milder, 4 known and 4 suppressed\)/,
    );
    expect(status({ suppressed: { high: 4 } }).sentence).toMatch(
      /^Exit 0: no finding at high or worse \(0 milder and 4 suppressed\)/,
    );
    expect(status({ failures: { low: 1 }, suppressed: { high: 1 } }, { failOn: 'none' }).sentence).toMatch(
      /^Exit 0: 1 finding and 1 suppressed, none of which counts/,
    );
  });

  it('says what was found and which permission would mend most', () => {
    const { sentence } = status({
      failures: { critical: 2, high: 1, low: 5 },
      collected: 6,
      unread: 3,
      coverage: { missingPermissions: [{ iamAction: 'ec2:DescribeFlowLogs', readings: 3 }] },
    });
    for (const part of ['2 critical', '1 high', '4 of 10 readings are missing', 'ec2:DescribeFlowLogs', '3 verdicts']) {
      expect(sentence).toContain(part);
    }
    expect(sentence).not.toContain('5 low');
  });
});
