import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/network-acls/network-acl-deny-never-matches.ts';
import { entry, type Item, networkAcl } from '../../../src/auditors/examples.ts';
import { judge } from '../judge.ts';

const found = (...entries: readonly Item[]) =>
  judge(check, { networkAcls: [networkAcl(entries)] }).failures.map(({ evidence, severity }) => ({
    rules: evidence.map((item) => Reflect.get(item, 'ruleNumber')),
    severity,
  }));

describe('network-acl-deny-never-matches', () => {
  it('finds a deny that several rules overtake together, and names them', () => {
    const halves = [
      entry(100, 'allow', 'ingress', '198.51.100.0/25'),
      entry(110, 'allow', 'ingress', '198.51.100.128/25'),
    ];
    expect(found(...halves, entry(200, 'deny', 'ingress', '198.51.100.0/24'))).toEqual([
      { rules: [200, 100, 110], severity: 'medium' },
    ]);
  });

  it('leaves a deny alone that still decides one port, address or protocol', () => {
    const deny = entry(200, 'deny', 'ingress', '198.51.100.0/24');
    expect(found(entry(100, 'allow', 'ingress', '198.51.100.0/25'), deny)).toEqual([]);
    expect(found(entry(100, 'allow', 'ingress', '0.0.0.0/0', '6'), deny)).toEqual([]);
    expect(
      found(
        entry(100, 'allow', 'ingress', '0.0.0.0/0', '6', [0, 65_534]),
        entry(200, 'deny', 'ingress', '0.0.0.0/0', '6'),
      ),
    ).toEqual([]);
  });

  it('keeps families and directions apart', () => {
    expect(found(entry(100, 'allow', 'ingress', '0.0.0.0/0'), entry(200, 'deny', 'ingress', '::/0'))).toEqual([]);
    expect(found(entry(100, 'allow', 'egress', '0.0.0.0/0'), entry(200, 'deny', 'ingress', '0.0.0.0/0'))).toEqual([]);
  });

  it('thinks little of a deny that only repeats denies, and deletes it', () => {
    const [failure] = judge(check, {
      networkAcls: [
        networkAcl([entry(10, 'deny', 'egress', '10.0.0.0/8'), entry(20, 'deny', 'egress', '10.1.0.0/16')]),
      ],
    }).failures;
    expect(failure?.severity).toBe('low');
    expect(failure?.fix?.cli).toEqual([
      'aws ec2 delete-network-acl-entry --region eu-west-1 --network-acl-id acl-0a1 --egress --rule-number 20',
    ]);
  });

  it('moves the deny to the nearest free number before the first allow that overtakes it', () => {
    const [failure] = judge(check, {
      networkAcls: [
        networkAcl([
          entry(99, 'deny', 'ingress', '203.0.113.0/24'),
          entry(100, 'allow', 'ingress', '0.0.0.0/0'),
          entry(200, 'deny', 'ingress', '198.51.100.7/32', '6', [22, 22]),
        ]),
      ],
    }).failures;
    expect(failure?.fix?.cli?.[0]).toContain('--rule-number 98 --protocol 6 --port-range From=22,To=22');
    expect(failure?.fix?.cli?.[1]).toContain('delete-network-acl-entry');
  });

  it('never takes the implicit deny for one of the owner’s', () => {
    expect(found(entry(100, 'allow', 'ingress', '0.0.0.0/0'), entry(100, 'allow', 'egress', '0.0.0.0/0'))).toEqual([]);
  });

  it('says unknown behind an entry that cannot be read', () => {
    const entries = [entry(100, 'allow', 'ingress', '10.0.0.1/8'), entry(200, 'deny', 'ingress', '10.0.0.0/8')];
    const judged = judge(check, { networkAcls: [networkAcl(entries)] });
    expect([judged.failures.length, judged.unknowns.length]).toEqual([0, 1]);
  });
});
