import { describe, expect, it } from 'vitest';
import { exampleRegion } from '../../../src/auditors/example-region.ts';
import { permission, securityGroup } from '../../../src/auditors/examples.ts';
import check from '../../../src/auditors/security-groups/security-group-egress-unrestricted.ts';
import { denied, judge, judgeRegion } from '../judge.ts';

const group = (...permissions: ReturnType<typeof permission>[]) =>
  securityGroup([], { IpPermissionsEgress: permissions });
const failures = (...permissions: ReturnType<typeof permission>[]) =>
  judge(check, { securityGroups: [group(...permissions)] }).failures.length;

describe('everything may go out', () => {
  it('F4 on nearly all ports as on all', () => {
    expect(failures(permission('tcp', [1, 65_535], '0.0.0.0/0'))).toBe(1);
    expect(failures(permission('tcp', [443, 443], '0.0.0.0/0'))).toBe(0);
  });

  it('F6 to parts that make up the internet', () => {
    expect(failures(permission('-1', undefined, '0.0.0.0/1', '128.0.0.0/1'))).toBe(1);
    expect(failures(permission('-1', undefined, '2000::/3'))).toBe(1);
    expect(failures(permission('-1', undefined, '0.0.0.0/1'))).toBe(0);
  });

  it('F7 by a prefix list', () => {
    const resources = {
      securityGroups: [group(permission('-1', undefined, 'pl-0a1'))],
      managedPrefixLists: [{ PrefixListId: 'pl-0a1', AddressFamily: 'IPv4' }],
      managedPrefixListEntries: [{ PrefixListId: 'pl-0a1', Cidr: '0.0.0.0/0' }],
    };
    expect(judge(check, resources).failures).toHaveLength(1);
    const unread = judgeRegion(check, denied(exampleRegion(resources), 'managedPrefixListEntries'));
    expect([unread.passes.length, unread.unknowns.length]).toEqual([0, 1]);
  });

  it('not to private networks or to groups', () => {
    expect(failures(permission('-1', undefined, '10.0.0.0/8'), permission('-1', undefined, 'sg-0a2'))).toBe(0);
  });
});
