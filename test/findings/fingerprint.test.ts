import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint, type Identity } from '../../src/findings/fingerprint.ts';
import type { AccountId, RegionName } from '../../src/model/id.ts';
import type {
  Evidence,
  NetworkAclEntryEvidence,
  SecurityGroupRuleEvidence,
  TrafficEvidence,
} from '../../src/model/verdict/evidence.ts';
import { cidr, evidence } from './evidence-arbitrary.ts';

const place: Identity = {
  checkId: 'security-group-open-to-internet',
  resource: {
    accountId: '111122223333' as AccountId,
    region: 'eu-west-1' as RegionName,
    type: 'security-group',
    id: 'sg-0a1b2c3d4e5f60718',
  },
  evidence: [],
};
const of = (...items: readonly Evidence[]): string => fingerprint({ ...place, evidence: items });

const rule: SecurityGroupRuleEvidence = {
  type: 'security-group-rule',
  securityGroupId: 'sg-0a1b2c3d4e5f60718',
  securityGroupRuleId: 'sgr-0a1b2c3d4e5f60718',
  isEgress: false,
  protocol: 'tcp',
  fromPort: 22,
  toPort: 22,
  peer: '10.0.0.0/8',
  service: 'SSH',
};
const entry: NetworkAclEntryEvidence = {
  type: 'network-acl-entry',
  networkAclId: 'acl-0a1b2c3d4e5f60718',
  ruleNumber: 100,
  egress: false,
  ruleAction: 'allow',
  protocol: 'tcp',
  cidrBlock: '0.0.0.0/0',
  fromPort: 22,
  toPort: 22,
};
const traffic: TrafficEvidence = {
  type: 'traffic',
  role: 'not-admitted',
  direction: 'ingress',
  protocol: 'tcp',
  cidrBlocks: ['10.0.0.0/16', '10.1.0.0/16'],
  portRanges: [
    { from: 1024, to: 4999 },
    { from: 5000, to: 65_535 },
  ],
};

describe('fingerprint', () => {
  it('is 64 hexadecimal digits and the same every time', () => {
    fc.assert(
      fc.property(fc.array(evidence, { maxLength: 4 }), (items) => {
        expect(of(...items)).toMatch(/^[0-9a-f]{64}$/);
        expect(of(...structuredClone(items))).toBe(of(...items));
      }),
    );
  });

  it('never changes by itself: a baseline written by an earlier version still matches', () => {
    expect(of(rule)).toBe('a10f83ee921cb36983cde38a260a1b095bd829034b7a5a91f5be0c1a92079c6e');
    expect(of(entry, traffic)).toBe('53388ec4b7197b4631310e23f8d64408af6794992cf0541abd359452ae35118e');
  });

  it('survives re-creation, reordering, repetition and renaming of rules', () => {
    fc.assert(
      fc.property(fc.array(evidence, { minLength: 1, maxLength: 5 }), fc.infiniteStream(fc.nat()), (items, random) => {
        const shuffled = items
          .map((item) => ({ item, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => recreated(item));
        expect(of(...shuffled, ...shuffled.slice(0, 1))).toBe(of(...items));
      }),
    );
  });

  it('changes when a block is widened', () => {
    fc.assert(
      fc.property(cidr, (text) => {
        const [address = '', length = ''] = text.split('/');
        fc.pre(Number(length) > 0);
        const wider = `${address}/${Number(length) - 1}`;
        expect(of({ ...rule, peer: wider })).not.toBe(of({ ...rule, peer: text }));
        expect(of({ ...entry, cidrBlock: wider })).not.toBe(of({ ...entry, cidrBlock: text }));
        expect(of({ ...traffic, cidrBlocks: [wider] })).not.toBe(of({ ...traffic, cidrBlocks: [text] }));
      }),
    );
  });

  it('changes when a range of ports is widened', () => {
    const ends = fc.tuple(fc.integer({ min: 1, max: 65_534 }), fc.nat({ max: 1000 }));
    fc.assert(
      fc.property(ends, ([from, size]) => {
        const to = Math.min(65_534, from + size);
        const narrow = of({ ...rule, fromPort: from, toPort: to });
        expect(of({ ...rule, fromPort: from - 1, toPort: to })).not.toBe(narrow);
        expect(of({ ...rule, fromPort: from, toPort: to + 1 })).not.toBe(narrow);
        expect(of({ ...traffic, portRanges: [{ from, to: to + 1 }] })).not.toBe(
          of({ ...traffic, portRanges: [{ from, to }] }),
        );
      }),
    );
  });

  it.each<[string, Evidence, Evidence]>([
    ['a protocol by name or number', rule, { ...rule, protocol: '6' }],
    [
      'all protocols with or without ports',
      { ...rule, protocol: 'all' },
      { ...rule, protocol: '-1', fromPort: -1, toPort: -1 },
    ],
    ['bits behind the prefix', rule, { ...rule, peer: '10.9.9.9/8' }],
    ['IPv6 in long form', { ...rule, peer: '2001:db8::/32' }, { ...rule, peer: '2001:0DB8:0:0::/32' }],
    ['the name given to a port', rule, { ...rule, service: 'something else' }],
    ['an ACL entry at another number', entry, { ...entry, ruleNumber: 32_000 }],
    ['touching ranges written as one', traffic, { ...traffic, portRanges: [{ from: 1024, to: 65_535 }] }],
    ['blocks in another order', traffic, { ...traffic, cidrBlocks: ['10.1.0.0/16', '10.0.0.0/16', '10.0.0.0/16'] }],
    [
      'any ICMP type, whatever the code',
      { ...rule, protocol: 'icmp', fromPort: -1, toPort: -1 },
      { ...rule, protocol: 'icmp', fromPort: -1, toPort: 5 },
    ],
  ])('does not see a difference in %s', (_, a, b) => {
    expect(of(a)).toBe(of(b));
  });

  it.each<[string, Evidence, Evidence]>([
    ['the direction', rule, { ...rule, isEgress: true }],
    ['the protocol', rule, { ...rule, protocol: 'udp' }],
    ['the peer', rule, { ...rule, peer: 'sg-0fffffffffffffff0' }],
    ['the group', rule, { ...rule, securityGroupId: 'sg-0fffffffffffffff0' }],
    ['allow and deny', entry, { ...entry, ruleAction: 'deny' }],
    [
      'the ICMP code',
      { ...rule, protocol: 'icmp', fromPort: 3, toPort: 4 },
      { ...rule, protocol: 'icmp', fromPort: 3, toPort: 1 },
    ],
    ['what the traffic does', traffic, { ...traffic, role: 'admitted' }],
    [
      'the value of an attribute',
      { type: 'attribute', resourceId: 'subnet-1', attribute: 'State', value: 'a' },
      { type: 'attribute', resourceId: 'subnet-1', attribute: 'State', value: 'b' },
    ],
  ])('sees a difference in %s', (_, a, b) => {
    expect(of(a)).not.toBe(of(b));
  });

  it('does not change when other interfaces come to use the rule', () => {
    const users = ['eni-1', 'eni-2'].map(
      (resourceId): Evidence => ({ type: 'resource', resourceType: 'network-interface', resourceId, role: 'uses' }),
    );
    expect(of(rule, ...users)).toBe(of(rule));
    expect(of(...users)).not.toBe(of(...users.slice(1)));
  });

  it('tells checks, accounts, Regions, resources and occurrences apart', () => {
    const identity: Identity = { ...place, evidence: [rule] };
    const others = [
      fingerprint(identity, 1),
      fingerprint({ ...identity, checkId: 'another' }),
      fingerprint({ ...identity, resource: { ...identity.resource, accountId: '444455556666' as AccountId } }),
      fingerprint({ ...identity, resource: { ...identity.resource, region: 'eu-west-2' as RegionName } }),
      fingerprint({ ...identity, resource: { ...identity.resource, id: 'sg-1' } }),
      fingerprint({ ...identity, resource: { ...identity.resource, type: 'vpc' } }),
    ];
    expect(new Set([fingerprint(identity), ...others]).size).toBe(others.length + 1);
  });
});

/** The same rule after somebody deleted it and made it again elsewhere in the list, with other words around it. */
function recreated(item: Evidence): Evidence {
  switch (item.type) {
    case 'security-group-rule':
      return { ...item, securityGroupRuleId: 'sgr-0fffffffffffffff0', service: 'another name' };
    case 'network-acl-entry':
      return { ...item, ruleNumber: (item.ruleNumber % 32_766) + 1 };
    case 'traffic':
      return { ...item, cidrBlocks: item.cidrBlocks.toReversed(), portRanges: item.portRanges.toReversed() };
    case 'route':
      return { ...item, state: item.state === 'active' ? 'blackhole' : 'active' };
    case 'policy-statement':
      return { ...item, sid: 'Renamed', actions: item.actions.toReversed() };
    default:
      return item;
  }
}
