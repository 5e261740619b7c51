import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/vpc-endpoints/vpc-endpoint-policy-open.ts';
import { type Item, vpcEndpoint } from '../../../src/auditors/examples.ts';
import { judge } from '../judge.ts';

const open = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const judged = (policy: unknown, members: Item = {}) =>
  judge(check, {
    vpcEndpoints: [
      vpcEndpoint({ PolicyDocument: typeof policy === 'string' ? policy : JSON.stringify(policy), ...members }),
    ],
  });
const outcome = (...statements: readonly object[]): string => {
  const { failures, passes } = judged({ Statement: statements });
  return failures.length > 0 ? 'fail' : passes.length > 0 ? 'pass' : 'neither';
};
const when = (operator: string, key: string, value: unknown): object => ({
  ...open,
  Condition: { [operator]: { [key]: value } },
});

describe('F19, F25 every statement and every principal is read', () => {
  it.each([
    ['one statement instead of a list', () => judged({ Statement: open }).failures.length],
    [
      'the principal among others',
      () => judged({ Statement: [{ ...open, Principal: { AWS: ['111122223333', '*'] } }] }).failures.length,
    ],
    [
      'the resource among others',
      () => judged({ Statement: [{ ...open, Resource: ['arn:aws:s3:::mine', 'arn:aws:s3:::*'] }] }).failures.length,
    ],
    [
      'behind a narrow one',
      () => judged({ Statement: [{ ...open, Principal: { AWS: '111122223333' } }, open] }).failures.length,
    ],
    [
      'all but one principal',
      () =>
        judged({ Statement: [{ Effect: 'Allow', NotPrincipal: { AWS: '111122223333' }, Action: '*', Resource: '*' }] })
          .failures.length,
    ],
    [
      'all but one action',
      () =>
        judged({ Statement: [{ Effect: 'Allow', Principal: '*', NotAction: 's3:DeleteBucket', Resource: '*' }] })
          .failures.length,
    ],
    [
      'all but one resource',
      () =>
        judged({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', NotResource: 'arn:aws:s3:::x' }] })
          .failures.length,
    ],
  ])('%s', (_, failures) => {
    expect(failures()).toBe(1);
  });

  it('narrows by principal or resource', () => {
    expect(outcome({ ...open, Principal: { AWS: 'arn:aws:iam::111122223333:root' } })).toBe('pass');
    expect(outcome({ ...open, Resource: ['arn:aws:s3:::mine', 'arn:aws:s3:::mine/*'] })).toBe('pass');
    expect(outcome({ ...open, Resource: 'arn:aws:s3:::mine-*' })).toBe('pass');
  });
});

describe('conditions', () => {
  it('bound by who calls or whose the resource is', () => {
    expect(outcome(when('StringEquals', 'aws:PrincipalOrgID', 'o-0a1b2c3d4e'))).toBe('pass');
    expect(outcome(when('StringEquals', 's3:ResourceAccount', ['111122223333']))).toBe('pass');
  });

  it('that hold for everybody bound nothing', () => {
    expect(outcome(when('Bool', 'aws:SecureTransport', 'true'))).toBe('fail');
    expect(outcome(when('StringEquals', 'aws:SourceVpc', 'vpc-0a1'))).toBe('fail');
    expect(outcome(when('StringLike', 'aws:PrincipalArn', '*'))).toBe('fail');
    expect(outcome(when('Null', 'aws:PrincipalOrgID', 'false'))).toBe('fail');
  });

  it('of a deny make a perimeter around an open allow, if it covers every action', () => {
    const outside = { StringNotEquals: { 'aws:ResourceOrgID': 'o-0a1b2c3d4e' } };
    const perimeter = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: outside };
    expect(outcome(open, perimeter)).toBe('pass');
    expect(outcome(open, { ...perimeter, Action: 's3:DeleteBucket' })).toBe('fail');
    expect(outcome(open, { ...perimeter, Condition: { Bool: { 'aws:SecureTransport': 'false' } } })).toBe('fail');
  });
});

describe('what cannot be read', () => {
  it.each(['not json', '[]', '{"Statement":[{"Principal":"*"}]}', '{}'])('is unknown: %s', (text) => {
    expect(judged(text).unknowns).toHaveLength(1);
  });
});

describe('weight', () => {
  it('is that of a way out for data', () => {
    expect(judged({ Statement: open }).failures[0]?.severity).toBe('medium');
    expect(judged({ Statement: { ...open, Action: 's3:GetObject' } }).failures[0]?.severity).toBe('low');
    expect(judged({ Statement: open }, { ServiceName: 'com.amazonaws.eu-west-1.ssm' }).failures[0]?.severity).toBe(
      'low',
    );
  });

  it('has a fix that names the account', () => {
    expect(judged({ Statement: open }).failures[0]?.fix?.cli?.[0]).toContain('"aws:PrincipalAccount":"111122223333"');
  });
});
