import { describe, expect, it } from 'vitest';
import type { ExampleResources } from '../../../src/auditors/check.ts';
import { entry, networkAcl, subnet } from '../../../src/auditors/examples.ts';
import check from '../../../src/auditors/network-acls/network-acl-ipv6-open-where-ipv4-denied.ts';
import { judge } from '../judge.ts';

const dual = subnet({
  Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8:0:1::/64', Ipv6CidrBlockState: { State: 'associated' } }],
});
const acl = (...entries: readonly ReturnType<typeof entry>[]): ExampleResources => ({
  networkAcls: [networkAcl(entries)],
  subnets: [dual],
});
const web = (cidr: string, number: number): ReturnType<typeof entry> =>
  entry(number, 'allow', 'ingress', cidr, '6', [443, 443]);
const replies = (cidr: string, number: number, from = 1024): ReturnType<typeof entry> =>
  entry(number, 'allow', 'ingress', cidr, '6', [from, 65_535]);

describe('network-acl-ipv6-open-where-ipv4-denied', () => {
  it('finds ports that no IPv4 rule opens, though no rule denies them either', () => {
    const { failures } = judge(check, acl(web('0.0.0.0/0', 100), entry(101, 'allow', 'ingress', '::/0')));
    expect(failures.map(({ evidence }) => evidence[0])).toEqual([
      expect.objectContaining({
        type: 'traffic',
        protocol: 'tcp',
        direction: 'ingress',
        portRanges: [
          { from: 0, to: 442 },
          { from: 444, to: 65_535 },
        ],
      }),
      expect.objectContaining({ type: 'traffic', protocol: 'udp', portRanges: [{ from: 0, to: 65_535 }] }),
    ]);
    expect(failures[0]?.evidence.slice(1)).toEqual([
      expect.objectContaining({ ruleNumber: 101, cidrBlock: '::/0', ruleAction: 'allow' }),
      expect.objectContaining({ ruleNumber: 32_767, cidrBlock: '0.0.0.0/0', ruleAction: 'deny' }),
    ]);
  });

  it('finds them where IPv4 is for private networks alone', () => {
    const { failures } = judge(check, acl(web('10.0.0.0/8', 100), web('::/0', 101)));
    expect(failures.map(({ evidence }) => evidence[0])).toEqual([
      expect.objectContaining({ protocol: 'tcp', portRanges: [{ from: 443, to: 443 }] }),
    ]);
  });

  it('compares sets and not rules: two halves are the whole', () => {
    const halves = [web('0.0.0.0/1', 100), web('128.0.0.0/1', 110)];
    expect(judge(check, acl(...halves, web('::/0', 120))).failures).toEqual([]);
  });

  it('leaves each family its own ephemeral ports', () => {
    const { failures, passes } = judge(check, acl(replies('0.0.0.0/0', 100, 32_768), replies('::/0', 101)));
    expect([failures.length, passes.length]).toEqual([0, 1]);
  });

  it('tells what a deny says once', () => {
    const { failures } = judge(
      check,
      acl(
        entry(90, 'deny', 'ingress', '0.0.0.0/0', '6', [22, 22]),
        entry(100, 'allow', 'ingress', '0.0.0.0/0'),
        entry(101, 'allow', 'ingress', '::/0'),
      ),
    );
    expect(failures).toHaveLength(1);
    expect(failures[0]?.evidence[0]).toMatchObject({ type: 'network-acl-entry', ruleNumber: 90 });
  });
});
