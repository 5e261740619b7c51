import { describe, expect, it } from 'vitest';
import { securityGroupRules, securityGroups } from '../../../src/model/resources/security-group.ts';
import { type ClauseFacts, securityGroupClauses } from '../../../src/network/filters/security-group-clause.ts';
import {
  decideSecurityGroups,
  type ReferenceResolver,
  trafficOfClauses,
} from '../../../src/network/filters/security-group-decision.ts';
import { type AddressSet, parseAddressSet } from '../../../src/network/sets/address-set.ts';
import { sameTraffic, type Traffic } from '../../../src/network/sets/traffic.ts';

const addresses = (...texts: readonly string[]): AddressSet => {
  const parsed = parseAddressSet(texts);
  if (parsed.value === undefined) throw new Error(parsed.reason);
  return parsed.value;
};

const packets = (source: string, protocol: number, from: number, to = from): Traffic => {
  const set = addresses(source);
  const v6 = set.ipv6.length > 0;
  return [
    {
      family: v6 ? 6 : 4,
      protocols: [protocol, protocol + 1],
      sources: v6 ? set.ipv6 : set.ipv4,
      destinations: v6 ? [0n, 1n << 128n] : [0, 2 ** 32],
      sourcePorts: [0, 65_536],
      destinationPorts: [from, to + 1],
    },
  ];
};

const nothingKnown: ClauseFacts = {
  prefixList: (id) => ({ missing: { fact: `entries of ${id}` } }),
  rulesOf: () => [],
};
const noMembers: ReferenceResolver = () => ({ kind: 'members', addresses: { ipv4: [], ipv6: [] } });

const ingress = (
  permissions: readonly Readonly<Record<string, unknown>>[],
  facts: ClauseFacts = nothingKnown,
): ReturnType<typeof securityGroupClauses> =>
  securityGroupClauses(
    securityGroups.toModel(
      { GroupId: 'sg-1', GroupName: 'web', IpPermissions: permissions, IpPermissionsEgress: [] },
      '',
    ),
    false,
    facts,
  );

const everywhere = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

describe('security-group rules', () => {
  it('admit by union and name the one rule that suffices', () => {
    const clauses = ingress([
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...everywhere },
      {
        IpProtocol: 'tcp',
        FromPort: 22,
        ToPort: 22,
        IpRanges: [{ CidrIp: '10.0.0.0/8' }, { CidrIp: '192.168.0.0/16' }],
      },
    ]);
    const decision = decideSecurityGroups(clauses, packets('10.1.1.1', 6, 22), noMembers);
    expect(decision.admittedBy.map(({ evidence }) => evidence)).toEqual([
      {
        type: 'security-group-rule',
        securityGroupId: 'sg-1',
        isEgress: false,
        protocol: 'tcp',
        fromPort: 22,
        toPort: 22,
        peer: '10.0.0.0/8',
      },
    ]);
    expect(decideSecurityGroups(clauses, packets('172.16.0.1', 6, 22), noMembers).admitted).toEqual([]);
  });

  it('split a question over several rules', () => {
    const clauses = ingress([
      { IpProtocol: 'tcp', FromPort: 80, ToPort: 89, ...everywhere },
      { IpProtocol: 'tcp', FromPort: 85, ToPort: 95, ...everywhere },
    ]);
    const decision = decideSecurityGroups(clauses, packets('10.1.1.1', 6, 80, 100), noMembers);
    expect(sameTraffic(decision.admitted, packets('10.1.1.1', 6, 80, 95))).toBe(true);
    expect(sameTraffic(decision.refused, packets('10.1.1.1', 6, 96, 100))).toBe(true);
    expect(decision.admittedBy).toHaveLength(2);
  });

  it.each([
    ['-1 with ports means every port', { IpProtocol: '-1', FromPort: 22, ToPort: 22 }, 17, 53, true],
    ['a protocol number ignores ports', { IpProtocol: '50', FromPort: 22, ToPort: 22 }, 50, 0, true],
    ['a protocol number admits no other', { IpProtocol: '50' }, 51, 0, false],
    ['6 is tcp', { IpProtocol: '6', FromPort: 22, ToPort: 22 }, 6, 22, true],
    ['port 0', { IpProtocol: 'udp', FromPort: 0, ToPort: 0 }, 17, 0, true],
    ['port 65535', { IpProtocol: 'udp', FromPort: 65_535, ToPort: 65_535 }, 17, 65_535, true],
    ['below 65535', { IpProtocol: 'udp', FromPort: 65_535, ToPort: 65_535 }, 17, 65_534, false],
    ['ICMP type and code', { IpProtocol: 'icmp', FromPort: 8, ToPort: 0 }, 1, 8 * 256, true],
    ['ICMP other code', { IpProtocol: 'icmp', FromPort: 8, ToPort: 0 }, 1, 8 * 256 + 1, false],
    ['ICMP type, any code', { IpProtocol: 'icmp', FromPort: 3, ToPort: -1 }, 1, 3 * 256 + 4, true],
    ['ICMP any type', { IpProtocol: 'icmp', FromPort: -1, ToPort: -1 }, 1, 5 * 256, true],
    ['icmpv6 without ports', { IpProtocol: 'icmpv6' }, 58, 128 * 256, true],
  ])('%s', (_, permission, protocol, port, admitted) => {
    const clauses = ingress([{ ...permission, ...everywhere }]);
    expect(decideSecurityGroups(clauses, packets('198.51.100.1', protocol, port), noMembers).admitted.length > 0).toBe(
      admitted,
    );
  });

  it('never match the other family', () => {
    const clauses = ingress([{ IpProtocol: '-1', ...everywhere }]);
    expect(decideSecurityGroups(clauses, packets('2001:db8::1', 6, 22), noMembers).admitted).toEqual([]);
  });

  it('match the members of a referenced group, or say why they cannot', () => {
    const clauses = ingress([
      {
        IpProtocol: 'tcp',
        FromPort: 5432,
        ToPort: 5432,
        UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: '111122223333' }],
      },
    ]);
    const asked = packets('10.0.0.5', 6, 5432);
    const members: ReferenceResolver = () => ({ kind: 'members', addresses: addresses('10.0.0.5', '10.0.0.9') });
    expect(decideSecurityGroups(clauses, asked, members).admittedBy[0]?.evidence.peer).toBe('sg-2');
    expect(decideSecurityGroups(clauses, packets('10.0.0.6', 6, 5432), members).admitted).toEqual([]);
    const lost = decideSecurityGroups(clauses, asked, () => ({
      kind: 'lost',
      explanationCode: 'SG_REFERENCES_NOT_PRESERVED',
    }));
    expect(lost.admitted).toEqual([]);
    expect(lost.lostReferences.map(({ explanationCode }) => explanationCode)).toEqual(['SG_REFERENCES_NOT_PRESERVED']);
    const unknown = decideSecurityGroups(clauses, asked, () => ({
      kind: 'unknown',
      missing: { fact: 'members of sg-2' },
    }));
    expect(sameTraffic(unknown.doubtful, asked)).toBe(true);
    expect(unknown.missing).toEqual([{ fact: 'members of sg-2' }]);
  });

  it('are doubtful over an unreadable prefix list only where no other rule admits', () => {
    const permission = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: 'pl-1' }] };
    const asked = packets('198.51.100.1', 6, 443);
    expect(decideSecurityGroups(ingress([permission]), asked, noMembers).missing).toEqual([
      { fact: 'entries of pl-1' },
    ]);
    const both = ingress([permission, { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...everywhere }]);
    expect(decideSecurityGroups(both, asked, noMembers).missing).toEqual([]);
    const read = ingress([permission], {
      ...nothingKnown,
      prefixList: () => ({ value: addresses('198.51.100.0/24') }),
    });
    expect(decideSecurityGroups(read, asked, noMembers).refused).toEqual([]);
  });

  it('name the rule by its own id where the rules were read', () => {
    const rule = (
      SecurityGroupRuleId: string,
      rest: Readonly<Record<string, unknown>>,
    ): ReturnType<typeof securityGroupRules.toModel> =>
      securityGroupRules.toModel({ SecurityGroupRuleId, GroupId: 'sg-1', IsEgress: false, ...rest }, '');
    const rules = [
      rule('sgr-1', { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '10.0.0.0/8' }),
      rule('sgr-2', { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '192.168.0.0/16' }),
      rule('sgr-3', { IpProtocol: '-1', FromPort: -1, ToPort: -1, ReferencedGroupInfo: { GroupId: 'sg-1' } }),
    ];
    const clauses = ingress(
      [
        {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          IpRanges: [{ CidrIp: '192.168.0.0/16' }, { CidrIp: '10.0.0.0/8' }],
        },
        { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1' }] },
      ],
      { ...nothingKnown, rulesOf: () => rules },
    );
    expect(clauses.map(({ evidence }) => [evidence.peer, evidence.securityGroupRuleId])).toEqual([
      ['sg-1', 'sgr-3'],
      ['10.0.0.0/8', 'sgr-1'],
      ['192.168.0.0/16', 'sgr-2'],
    ]);
  });

  it('add up to one traffic set', () => {
    const clauses = ingress([
      { IpProtocol: 'tcp', FromPort: 0, ToPort: 100, ...everywhere },
      { IpProtocol: 'tcp', FromPort: 101, ToPort: 65_535, ...everywhere },
    ]);
    expect(trafficOfClauses(clauses, noMembers)).toHaveLength(1);
  });
});
