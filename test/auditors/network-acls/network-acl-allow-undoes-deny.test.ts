import { describe, expect, it } from 'vitest';
import { entry, networkAcl, subnet } from '../../../src/auditors/examples.ts';
import check from '../../../src/auditors/network-acls/network-acl-allow-undoes-deny.ts';
import dead from '../../../src/auditors/network-acls/network-acl-deny-never-matches.ts';
import twin from '../../../src/auditors/network-acls/network-acl-ipv6-open-where-ipv4-denied.ts';
import { judge } from '../judge.ts';

const rules = (...entries: Parameters<typeof networkAcl>[0]) =>
  judge(check, { networkAcls: [networkAcl(entries)] }).failures.map(({ evidence }) =>
    evidence.map((item) => Number(Reflect.get(item, 'ruleNumber'))),
  );

describe('an allow before a deny', () => {
  const blocked = entry(200, 'deny', 'ingress', '198.51.100.0/24');

  it('undoes it for wider addresses only', () => {
    expect(rules(entry(100, 'allow', 'ingress', '198.51.0.0/16', '6', [443, 443]), blocked)).toEqual([[200, 100]]);
    expect(rules(entry(100, 'allow', 'ingress', '198.51.100.0/24', '6', [443, 443]), blocked)).toEqual([]);
    expect(rules(entry(100, 'allow', 'ingress', '198.51.100.8/32', '6', [443, 443]), blocked)).toEqual([]);
  });

  it('does not where an earlier deny has decided already', () => {
    const first = entry(90, 'deny', 'ingress', '198.51.100.0/24', '6', [443, 443]);
    expect(rules(first, entry(100, 'allow', 'ingress', '0.0.0.0/0', '6', [443, 443]), blocked)).toEqual([]);
  });

  it('is one finding with the check of denies that never match, not two', () => {
    const acl = { networkAcls: [networkAcl([entry(100, 'allow', 'ingress', '0.0.0.0/0'), blocked])] };
    expect([judge(check, acl).failures.length, judge(dead, acl).failures.length]).toEqual([0, 1]);
  });

  it('is of the other direction where it says so', () => {
    expect(rules(entry(100, 'allow', 'egress', '0.0.0.0/0', '6', [443, 443]), blocked)).toEqual([]);
  });
});

describe('the twin of a deny', () => {
  const subnets = [
    subnet({
      Ipv6CidrBlockAssociationSet: [
        { Ipv6CidrBlock: '2001:db8:0:1::/64', Ipv6CidrBlockState: { State: 'associated' } },
      ],
    }),
  ];
  const twins = (
    entries: Parameters<typeof networkAcl>[0],
    where: readonly Readonly<Record<string, unknown>>[] = subnets,
  ) => judge(twin, { networkAcls: [networkAcl(entries)], subnets: where });
  const deny = entry(90, 'deny', 'ingress', '0.0.0.0/0', '6', [22, 22]);

  it('is asked for where the subnets have IPv6', () => {
    const open = [deny, entry(100, 'allow', 'ingress', '::/0', '6', [0, 1023])];
    expect(twins(open).failures).toHaveLength(1);
    expect(twins(open, [subnet()]).notApplicable).toHaveLength(1);
    expect(
      twins(
        open,
        subnets.map((own) => ({ ...own, Ipv6Native: true })),
      ).notApplicable,
    ).toHaveLength(1);
  });

  it('is not asked for a network, or where IPv6 is shut', () => {
    const wide = [entry(100, 'allow', 'ingress', '0.0.0.0/0'), entry(101, 'allow', 'ingress', '::/0')];
    expect(twins([entry(90, 'deny', 'ingress', '198.51.100.0/24', '6', [22, 22]), ...wide]).passes).toHaveLength(1);
    expect(twins([deny, entry(100, 'allow', 'ingress', '0.0.0.0/0')]).passes).toHaveLength(1);
  });

  it('is the whole family where IPv4 is shut and IPv6 is not', () => {
    const { failures } = twins([entry(90, 'deny', 'ingress', '0.0.0.0/0'), entry(100, 'allow', 'ingress', '::/0')]);
    expect(failures.map(({ evidence }) => evidence[0]).map((first) => Reflect.get(first, 'protocol'))).toEqual([
      'tcp',
      'udp',
    ]);
  });

  it('of ICMP is ICMPv6', () => {
    const open = [entry(90, 'deny', 'ingress', '0.0.0.0/0', '1'), entry(100, 'allow', 'ingress', '::/0', '58')];
    expect(twins(open).failures).toHaveLength(1);
  });
});
