import { describe, expect, it } from 'vitest';
import type { Check, ExampleResources } from '../../src/auditors/check.ts';
import { exampleRegion, exampleSnapshot } from '../../src/auditors/example-region.ts';
import { runChecks } from '../../src/auditors/run.ts';
import type { AccountId } from '../../src/model/id.ts';
import { denied, judgeRegion, withGap } from './judge.ts';

const description = {
  title: 'Network interface has no group',
  severity: 'low',
  rationale: 'why',
  remediation: 'what',
  references: ['https://docs.aws.amazon.com/vpc/'],
  relatedChecks: [],
  examples: { fails: [{ title: 'x', resources: {} }], passes: [{ title: 'x', resources: {} }] },
} as const;

/** Fails each VPC whose name is `bad`; passes the others. */
const check: Check<'vpcs' | 'subnets', 'flowLogs'> = {
  ...description,
  id: 'vpc-named-bad',
  judges: 'vpcs',
  needs: ['vpcs', 'subnets'],
  uses: ['flowLogs'],
  *evaluate({ vpcs }) {
    for (const { vpcId, tags } of vpcs) {
      const resource = { type: 'vpc', id: vpcId } as const;
      yield tags.some(({ value }) => value === 'bad')
        ? {
            outcome: 'fail',
            resource,
            title: 'is bad',
            evidence: [{ type: 'attribute', resourceId: vpcId, attribute: 'Name', value: 'bad' }],
          }
        : { outcome: 'pass', resource };
    }
  },
};

const vpcs: ExampleResources = {
  vpcs: [
    { VpcId: 'vpc-2', OwnerId: '111122223333', Tags: [{ Key: 'Name', Value: 'bad' }] },
    { VpcId: 'vpc-1', OwnerId: '111122223333' },
  ],
};
const outcomes = (judged: ReturnType<typeof judgeRegion>): readonly string[] =>
  judged.all.map(({ resource, verdict }) => `${resource.type} ${resource.id} ${verdict.outcome}`);

describe('what the runner hands a check', () => {
  it('is the declared kinds and nothing else', () => {
    let seen: readonly string[] = [];
    const spy: Check<'vpcs', 'flowLogs'> = {
      ...description,
      id: 'vpc-spied-on',
      judges: 'vpcs',
      needs: ['vpcs'],
      uses: ['flowLogs'],
      evaluate: (input) => {
        seen = Object.keys(input).sort();
        return [];
      },
    };
    judgeRegion(spy, exampleRegion({}));
    expect(seen).toEqual(['flowLogs', 'vpcs']);
  });

  it('is sorted by id, and the verdicts come sorted by resource', () => {
    expect(outcomes(judgeRegion(check, exampleRegion(vpcs)))).toEqual(['vpc vpc-1 pass', 'vpc vpc-2 fail']);
  });
});

describe('a need that was not collected', () => {
  it('is one unknown for the Region, naming every permission that is lacking', () => {
    const judged = judgeRegion(check, denied(denied(exampleRegion(vpcs), 'vpcs'), 'subnets'));
    expect(outcomes(judged)).toEqual(['region eu-west-1 unknown']);
    expect(judged.unknowns[0]?.missing.map(({ iamAction }) => iamAction)).toEqual([
      'ec2:DescribeVpcs',
      'ec2:DescribeSubnets',
    ]);
  });

  it('does not hold for a kind that is only used', () => {
    expect(judgeRegion(check, denied(exampleRegion(vpcs), 'flowLogs')).unknowns).toEqual([]);
  });
});

describe('a gap in a list', () => {
  it('of the judged kind is unknown for that resource alone', () => {
    expect(outcomes(judgeRegion(check, withGap(exampleRegion(vpcs), 'vpcs', 'vpc-3')))).toEqual([
      'vpc vpc-1 pass',
      'vpc vpc-2 fail',
      'vpc vpc-3 unknown',
    ]);
  });

  it('of another need lets nothing pass and leaves what fails', () => {
    const judged = judgeRegion(check, withGap(exampleRegion(vpcs), 'subnets', 'subnet-1'));
    expect(outcomes(judged)).toEqual(['vpc vpc-1 unknown', 'vpc vpc-2 fail']);
    expect(judged.unknowns[0]?.missing[0]).toMatchObject({ iamAction: 'ec2:DescribeSubnets' });
    expect(judged.unknowns[0]?.missing[0]?.fact).toContain('subnet-1');
  });

  it('lets nothing fail either where the failure rests on absence', () => {
    const absence = { ...check, failsOnAbsence: true } as const;
    expect(outcomes(judgeRegion(absence, withGap(exampleRegion(vpcs), 'subnets', 'subnet-1')))).toEqual([
      'vpc vpc-1 unknown',
      'vpc vpc-2 unknown',
    ]);
    expect(judgeRegion(absence, withGap(exampleRegion(vpcs), 'vpcs', 'vpc-3')).failures).toEqual([]);
  });
});

describe('a kind that is assumed off', () => {
  it('is an empty list, and every verdict of the check names it', () => {
    const region = { ...denied(exampleRegion(vpcs), 'subnets'), assumedOff: ['subnets'] } as const;
    const judged = judgeRegion(check, region);
    expect(outcomes(judged)).toEqual(['vpc vpc-1 pass', 'vpc vpc-2 fail']);
    expect(judged.all.map(({ assumedOff }) => assumedOff)).toEqual([['subnets'], ['subnets']]);
  });
});

describe('a resource of another account (F26)', () => {
  const shared = exampleRegion({
    vpcs: [
      { VpcId: 'vpc-8', OwnerId: '444455556666' },
      { VpcId: 'vpc-9', OwnerId: '444455556666', Tags: [{ Key: 'Name', Value: 'bad' }] },
    ],
  });

  it('never fails in the account that it is shared with, and may pass there', () => {
    const judged = judgeRegion(check, shared);
    expect(outcomes(judged)).toEqual(['vpc vpc-8 pass', 'vpc vpc-9 not-applicable']);
    expect(judged.notApplicable[0]?.reason).toContain('444455556666');
    expect(judged.all[1]?.resource.arn).toBe('arn:aws:ec2:eu-west-1:444455556666:vpc/vpc-9');
  });

  it('is judged once, in its owner’s account, where that is part of the snapshot', () => {
    const owner = { ...shared, accountId: '444455556666' as AccountId };
    const { verdicts } = runChecks(exampleSnapshot([shared, owner]), [check]);
    expect(verdicts.map(({ resource, verdict }) => [resource.accountId, verdict.outcome])).toEqual([
      ['111122223333', 'not-applicable'],
      ['111122223333', 'not-applicable'],
      ['444455556666', 'pass'],
      ['444455556666', 'fail'],
    ]);
  });
});

describe('an exception in a check', () => {
  const broken: Check<'vpcs'> = {
    ...description,
    id: 'vpc-broken',
    judges: 'vpcs',
    needs: ['vpcs'],
    *evaluate({ vpcs: all }) {
      for (const { vpcId } of all) {
        if (vpcId === 'vpc-2') throw new TypeError('boom');
        yield { outcome: 'pass', resource: { type: 'vpc', id: vpcId } };
      }
    },
  };

  it('is a defect, never a verdict, and the other checks go on', () => {
    const { verdicts, defects } = runChecks(exampleSnapshot([exampleRegion(vpcs)]), [broken, check]);
    expect(defects).toEqual([
      { checkId: 'vpc-broken', accountId: '111122223333', region: 'eu-west-1', message: 'TypeError: boom' },
    ]);
    expect(new Set(verdicts.map(({ checkId }) => checkId))).toEqual(new Set(['vpc-named-bad']));
  });
});
