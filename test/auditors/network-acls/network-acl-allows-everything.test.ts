import { describe, expect, it } from 'vitest';
import { entry, networkAcl } from '../../../src/auditors/examples.ts';
import check from '../../../src/auditors/network-acls/network-acl-allows-everything.ts';
import { judge } from '../judge.ts';

const rules = (...entries: Parameters<typeof networkAcl>[0]) =>
  judge(check, { networkAcls: [networkAcl(entries)] }).failures.map(({ evidence }) =>
    evidence.map((item) => Number(Reflect.get(item, 'ruleNumber'))),
  );

describe('F9 both families', () => {
  it('finds IPv6 that is open alone', () => {
    expect(rules(entry(101, 'allow', 'ingress', '::/0'))).toEqual([[101]]);
  });
});

describe('F10 the order of rules', () => {
  it('is what decides', () => {
    expect(rules(entry(10, 'deny', 'ingress', '0.0.0.0/0'), entry(100, 'allow', 'ingress', '0.0.0.0/0'))).toEqual([]);
    expect(rules(entry(100, 'allow', 'ingress', '0.0.0.0/0'), entry(200, 'deny', 'ingress', '0.0.0.0/0'))).toEqual([
      [100],
    ]);
  });

  it('a deny of IPv4 says nothing of IPv6', () => {
    expect(rules(entry(10, 'deny', 'ingress', '0.0.0.0/0'), entry(101, 'allow', 'ingress', '::/0'))).toEqual([[101]]);
  });
});

describe('F11 protocol and ports', () => {
  it('one protocol is not everything, all of its ports or not', () => {
    expect(rules(entry(100, 'allow', 'ingress', '0.0.0.0/0', '1'))).toEqual([]);
    expect(rules(entry(100, 'allow', 'ingress', '0.0.0.0/0', '6', [0, 65_535]))).toEqual([]);
    expect(rules(entry(100, 'allow', 'ingress', '0.0.0.0/0', '6', [3306, 3306]))).toEqual([]);
  });
});

describe('F12 parts of the address space', () => {
  it('are taken together', () => {
    const halves = [entry(100, 'allow', 'ingress', '0.0.0.0/1'), entry(110, 'allow', 'ingress', '128.0.0.0/1')];
    expect(rules(...halves)).toEqual([[100, 110]]);
    expect(rules(entry(90, 'deny', 'ingress', '198.51.100.0/24'), ...halves)).toEqual([]);
  });
});

it('leaves out what is no part of the internet, the default ACL and one without subnets', () => {
  expect(rules(entry(90, 'deny', 'ingress', '10.0.0.0/8'), entry(100, 'allow', 'ingress', '0.0.0.0/0'))).toEqual([
    [100],
  ]);
  const open = [entry(100, 'allow', 'ingress', '0.0.0.0/0')];
  const acls = [networkAcl(open, { IsDefault: true }), networkAcl(open, { NetworkAclId: 'acl-0a2', Associations: [] })];
  expect(judge(check, { networkAcls: acls }).notApplicable).toHaveLength(2);
});
