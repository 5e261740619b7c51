import { describe, expect, it } from 'vitest';
import { permission, securityGroup } from '../../../src/auditors/examples.ts';
import broad from '../../../src/auditors/security-groups/security-group-broad-public-range.ts';
import check from '../../../src/auditors/security-groups/security-group-rule-redundant.ts';
import wide from '../../../src/auditors/security-groups/security-group-ports-too-wide.ts';
import { judge } from '../judge.ts';

const narrow = (...permissions: ReturnType<typeof permission>[]) =>
  judge(check, { securityGroups: [securityGroup(permissions)] }).failures.map(({ evidence }) =>
    String(Reflect.get(evidence[0], 'peer')),
  );

describe('F25 every permission is compared with every other', () => {
  it('wherever the two stand, on port 0 and on all protocols', () => {
    const pair = [permission('tcp', [0, 30], '10.1.0.0/16'), permission('tcp', 0, '10.1.7.0/24')];
    const other = permission('udp', 53, '10.2.0.0/16');
    expect(narrow(...pair, other)).toEqual(['10.1.7.0/24']);
    expect(narrow(other, ...pair.toReversed())).toEqual(['10.1.7.0/24']);
    expect(narrow(permission('-1', undefined, '10.1.0.0/16'), permission('tcp', 22, '10.1.7.0/24'))).toEqual([
      '10.1.7.0/24',
    ]);
  });

  it('two peers of one permission too', () => {
    expect(narrow(permission('tcp', 443, '198.51.100.0/24', '198.51.100.0/25'))).toEqual(['198.51.100.0/25']);
  });
});

describe('F24 a reference to the own group', () => {
  it('clears nothing else of the group', () => {
    const open = [permission('-1', undefined, 'sg-0a1'), permission('-1', undefined, '192.168.0.0/24')];
    expect(judge(wide, { securityGroups: [securityGroup(open)] }).failures).toHaveLength(1);
  });
});

describe('the width of a rule', () => {
  const failures = (...permissions: ReturnType<typeof permission>[]) =>
    judge(wide, { securityGroups: [securityGroup(permissions)] }).failures.length;

  it('F5 is not that of port 0 alone', () => {
    expect(failures(permission('tcp', [0, 0], '10.0.0.0/16'))).toBe(0);
  });

  it('F8 is not that of a protocol without ports', () => {
    expect(failures(permission('47', undefined, '10.0.0.0/16'), permission('icmp', [-1, -1], '10.0.0.0/16'))).toBe(0);
  });

  it('is told once where the internet is let in, by the check of that', () => {
    expect(failures(permission('-1', undefined, '0.0.0.0/0'))).toBe(0);
    expect(
      judge(broad, { securityGroups: [securityGroup([permission('tcp', 22, '0.0.0.0/1', '128.0.0.0/1')])] }).failures,
    ).toEqual([]);
    expect(
      judge(broad, { securityGroups: [securityGroup([permission('tcp', 22, '52.0.0.0/8')])] }).failures,
    ).toHaveLength(1);
  });
});
