import { describe, expect, it } from 'vitest';
import { entry, networkAcl, subnet } from '../../../src/auditors/examples.ts';
import check from '../../../src/auditors/network-acls/network-acl-deny-missing-on-tier.ts';
import { judge } from '../judge.ts';

const zone = (letter: string, members: object = {}): ReturnType<typeof subnet> =>
  subnet({ SubnetId: `subnet-0${letter}`, Tags: [{ Key: 'Name', Value: `app-${letter}` }], ...members });
const aclOf = (letter: string, ...entries: readonly ReturnType<typeof entry>[]): ReturnType<typeof networkAcl> =>
  networkAcl(entries, { NetworkAclId: `acl-0${letter}`, Associations: [{ SubnetId: `subnet-0${letter}` }] });

describe('network-acl-deny-missing-on-tier', () => {
  it('compares both families, each by itself', () => {
    const everything = [entry(100, 'allow', 'ingress', '0.0.0.0/0'), entry(101, 'allow', 'ingress', '::/0')];
    const { failures } = judge(check, {
      subnets: [zone('a'), zone('b')],
      networkAcls: [
        aclOf(
          'a',
          entry(90, 'deny', 'ingress', '203.0.113.0/24'),
          entry(91, 'deny', 'ingress', '2001:db8:bad::/48'),
          ...everything,
        ),
        aclOf('b', entry(90, 'deny', 'ingress', '203.0.113.0/24'), ...everything),
      ],
    });
    expect(failures.map(({ resource, evidence }) => [resource.id, evidence[0]])).toEqual([
      ['acl-0b', expect.objectContaining({ networkAclId: 'acl-0a', ruleNumber: 91, cidrBlock: '2001:db8:bad::/48' })],
    ]);
  });

  it('is content where the other zone denies the same in other words', () => {
    const { failures } = judge(check, {
      subnets: [zone('a'), zone('b')],
      networkAcls: [
        aclOf('a', entry(90, 'deny', 'ingress', '203.0.113.0/24'), entry(100, 'allow', 'ingress', '0.0.0.0/0')),
        aclOf(
          'b',
          entry(80, 'deny', 'ingress', '203.0.113.0/25'),
          entry(81, 'deny', 'ingress', '203.0.113.128/25'),
          entry(100, 'allow', 'ingress', '0.0.0.0/0'),
        ),
      ],
    });
    expect(failures).toEqual([]);
  });

  it('does not know what an entry that cannot be read decides', () => {
    const { passes, unknowns } = judge(check, {
      subnets: [zone('a'), zone('b')],
      networkAcls: [
        aclOf('a', entry(100, 'allow', 'ingress', '0.0.0.0/0')),
        aclOf('b', { ...entry(90, 'deny', 'ingress', '203.0.113.0/24'), Protocol: 'quantum' }),
      ],
    });
    expect(passes).toEqual([]);
    expect(unknowns.map(({ resource }) => resource.id)).toEqual(['acl-0a', 'acl-0b']);
  });
});
