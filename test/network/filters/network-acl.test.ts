import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkAclEntry } from '../../../src/model/resources/network-acl.ts';
import { networkAcls } from '../../../src/model/resources/network-acl.ts';
import {
  compileNetworkAcl,
  decidedByEntry,
  decideNetworkAcl,
  trafficOfAcl,
} from '../../../src/network/filters/network-acl.ts';
import { parseCidr } from '../../../src/network/sets/cidr.ts';
import { intervalsHave } from '../../../src/network/sets/intervals.ts';
import { allTraffic, type PacketHeader, trafficHas, type Traffic } from '../../../src/network/sets/traffic.ts';

const rawEntry = (
  RuleNumber: number,
  RuleAction: 'allow' | 'deny',
  CidrBlock: string,
  rest: Readonly<Record<string, unknown>> = { Protocol: '-1' },
): Readonly<Record<string, unknown>> => ({
  RuleNumber,
  RuleAction,
  Egress: false,
  ...(CidrBlock.includes(':') ? { Ipv6CidrBlock: CidrBlock } : { CidrBlock }),
  ...rest,
});

const acl = (entries: readonly Readonly<Record<string, unknown>>[]): ReturnType<typeof compileNetworkAcl> =>
  compileNetworkAcl(networkAcls.toModel({ NetworkAclId: 'acl-1', Associations: [], Entries: entries }, ''));

const tcp = (source: string, port: number): Traffic => {
  const cidr = parseCidr(source).value;
  if (cidr === undefined) throw new Error(source);
  const anywhere = cidr.family === 4 ? [0, 2 ** 32] : [0n, 1n << 128n];
  return [
    {
      family: cidr.family,
      protocols: [6, 7],
      sources: cidr.addresses,
      destinations: anywhere,
      sourcePorts: [1024, 65_536],
      destinationPorts: [port, port + 1],
    },
  ];
};

const ssh = { Protocol: '6', PortRange: { From: 22, To: 22 } };

describe('a network ACL', () => {
  it('is read by rule number, whatever the order of the answer', () => {
    const compiled = acl([
      rawEntry(32_767, 'deny', '0.0.0.0/0'),
      rawEntry(200, 'allow', '0.0.0.0/0'),
      rawEntry(100, 'deny', '203.0.113.0/24', ssh),
    ]);
    const denied = decideNetworkAcl(compiled.ingress, tcp('203.0.113.7/32', 22));
    expect(denied.admitted).toEqual([]);
    expect(denied.refusedBy.map(({ entry }) => entry.ruleNumber)).toEqual([100]);
    const allowed = decideNetworkAcl(compiled.ingress, tcp('198.51.100.7/32', 22));
    expect(allowed.refused).toEqual([]);
    expect(allowed.admittedBy.map(({ entry }) => entry.ruleNumber)).toEqual([200]);
  });

  it('splits a question that several entries decide', () => {
    const compiled = acl([rawEntry(100, 'deny', '10.0.0.0/25'), rawEntry(110, 'allow', '10.0.0.0/24', ssh)]);
    const decision = decideNetworkAcl(compiled.ingress, tcp('10.0.0.0/24', 22));
    expect(decision.admitted.map(({ sources }) => sources)).toEqual([parseCidr('10.0.0.128/25').value?.addresses]);
    expect(decision.admittedBy.map(({ entry }) => entry.ruleNumber)).toEqual([110]);
    expect(decision.refusedBy.map(({ entry }) => entry.ruleNumber)).toEqual([100]);
  });

  it('denies IPv6 where its entries are all IPv4', () => {
    const compiled = acl([rawEntry(100, 'allow', '0.0.0.0/0'), rawEntry(32_767, 'deny', '0.0.0.0/0')]);
    expect(decideNetworkAcl(compiled.ingress, tcp('2001:db8::1/128', 22)).admitted).toEqual([]);
  });

  it('ignores ports of protocols that have none, and of -1', () => {
    const compiled = acl([
      rawEntry(90, 'deny', '10.0.0.0/8', { Protocol: '47', PortRange: { From: 22, To: 22 } }),
      rawEntry(100, 'allow', '0.0.0.0/0', { Protocol: '-1', PortRange: { From: 80, To: 80 } }),
    ]);
    expect(decideNetworkAcl(compiled.ingress, tcp('10.0.0.1/32', 22)).refused).toEqual([]);
    const [deny] = decidedByEntry(compiled.ingress);
    expect(deny?.decides[0]?.destinationPorts).toEqual([0, 65_536]);
  });

  it('takes ICMP type and code, and every type for protocol 58 on an IPv4 block', () => {
    const compiled = acl([
      rawEntry(90, 'allow', '0.0.0.0/0', { Protocol: '1', IcmpTypeCode: { Type: 8, Code: 0 } }),
      rawEntry(91, 'allow', '0.0.0.0/0', { Protocol: '58', IcmpTypeCode: { Type: 128, Code: 0 } }),
      rawEntry(92, 'allow', '0.0.0.0/0', { Protocol: '1', IcmpTypeCode: { Type: 3, Code: -1 } }),
    ]);
    expect(compiled.ingress.map(({ box }) => box?.destinationPorts)).toEqual([
      [2048, 2049],
      [0, 65_536],
      [768, 1024],
    ]);
  });

  it('knows the entries that never match', () => {
    const compiled = acl([
      rawEntry(100, 'allow', '0.0.0.0/0'),
      rawEntry(110, 'deny', '10.0.0.0/8', ssh),
      rawEntry(120, 'deny', '::/0'),
    ]);
    expect(decidedByEntry(compiled.ingress).map(({ decides }) => decides.length > 0)).toEqual([true, false, true]);
  });

  it('is doubtful from an unreadable entry on, and definite before it', () => {
    const compiled = acl([
      rawEntry(100, 'allow', '10.0.0.0/8'),
      rawEntry(110, 'deny', '10.0.0.1/8'),
      rawEntry(120, 'allow', '0.0.0.0/0'),
    ]);
    expect(decideNetworkAcl(compiled.ingress, tcp('10.9.9.9/32', 22)).missing).toEqual([]);
    const doubt = decideNetworkAcl(compiled.ingress, tcp('192.0.2.1/32', 22));
    expect(doubt.doubtful).not.toEqual([]);
    expect(doubt.missing[0]?.fact).toContain('entry 110 of acl-1');
  });

  it('agrees with a plain first-match evaluation for random packets', () => {
    const entry = fc
      .record({
        RuleNumber: fc.integer({ min: 1, max: 32_766 }),
        RuleAction: fc.constantFrom<'allow' | 'deny'>('allow', 'deny'),
        CidrBlock: fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', '10.0.0.0/30', '10.0.0.2/31', '::/0', '2001:db8::/126'),
        rest: fc.oneof(
          fc.constant({ Protocol: '-1' }),
          fc.record({
            Protocol: fc.constantFrom('6', '17', '47'),
            PortRange: fc.tuple(fc.nat(6), fc.nat(6)).map(([a, b]) => ({ From: Math.min(a, b), To: Math.max(a, b) })),
          }),
          fc.record({
            Protocol: fc.constant('1'),
            IcmpTypeCode: fc.record({ Type: fc.integer({ min: -1, max: 2 }), Code: fc.integer({ min: -1, max: 1 }) }),
          }),
        ),
      })
      .map(({ RuleNumber, RuleAction, CidrBlock, rest }) => rawEntry(RuleNumber, RuleAction, CidrBlock, rest));
    const header: fc.Arbitrary<PacketHeader> = fc
      .record({
        v6: fc.boolean(),
        protocol: fc.constantFrom(6, 17, 47, 1),
        host: fc.nat(7),
        port: fc.nat(7),
        type: fc.nat(3),
        code: fc.nat(1),
      })
      .map(({ v6, protocol, host, port, type, code }) => ({
        protocol,
        source: v6
          ? { family: 6, value: (0x20010db8n << 96n) + BigInt(host) }
          : { family: 4, value: 10 * 2 ** 24 + host },
        destination: v6 ? { family: 6, value: 5n } : { family: 4, value: 7 },
        sourcePort: 2000,
        destinationPort: protocol === 1 ? type * 256 + code : port,
      }));
    const matches = (entry: NetworkAclEntry, packet: PacketHeader): boolean => {
      const cidr = parseCidr(entry.cidrBlock ?? entry.ipv6CidrBlock ?? '').value;
      if (cidr === undefined || cidr.family !== packet.source.family) return false;
      if (!intervalsHave(cidr.addresses, packet.source.value)) return false;
      if (entry.protocol === '-1') return true;
      if (Number(entry.protocol) !== packet.protocol) return false;
      if (entry.protocol === '47') return true;
      if (entry.protocol === '1') {
        const { type, code } = entry.icmpTypeCode ?? { type: -1, code: -1 };
        if (type === -1) return true;
        return type === packet.destinationPort >> 8 && (code === -1 || code === (packet.destinationPort & 255));
      }
      const range = entry.portRange ?? { from: 0, to: 65_535 };
      return range.from <= packet.destinationPort && packet.destinationPort <= range.to;
    };
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { selector: (e) => e['RuleNumber'], maxLength: 8 }),
        fc.array(header, { minLength: 8, maxLength: 8 }),
        (entries, packets) => {
          const compiled = acl(entries);
          const admitted = decideNetworkAcl(compiled.ingress, allTraffic).admitted;
          const whole = trafficOfAcl(compiled.ingress);
          for (const packet of packets) {
            const deciding = compiled.ingress.find(({ entry }) => matches(entry, packet));
            const expected = deciding?.entry.ruleAction === 'allow';
            expect(trafficHas(admitted, packet)).toBe(expected);
            expect(trafficHas(whole, packet)).toBe(expected);
            const decided = decidedByEntry(compiled.ingress).filter(({ decides }) => trafficHas(decides, packet));
            expect(decided.map(({ entry }) => entry.ruleNumber)).toEqual(
              deciding === undefined ? [] : [deciding.entry.ruleNumber],
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
