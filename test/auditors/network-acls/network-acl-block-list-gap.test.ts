import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleRegion } from '../../../src/auditors/example-region.ts';
import {
  entry,
  type Item,
  networkAcl,
  permission,
  reachedHost,
  securityGroup,
} from '../../../src/auditors/examples.ts';
import { placesBefore } from '../../../src/auditors/deny-entries.ts';
import check from '../../../src/auditors/network-acls/network-acl-block-list-gap.ts';
import type { NetworkAcl } from '../../../src/model/resources/network-acl.ts';
import { applyFix } from '../apply-fix.ts';
import { denied, judge, judgeRegion } from '../judge.ts';

const allowAll = entry(100, 'allow', 'ingress', '0.0.0.0/0');
const out = entry(100, 'allow', 'egress', '0.0.0.0/0');
const host = (...entries: readonly Item[]) => ({ ...reachedHost, networkAcls: [networkAcl([...entries, out])] });
const list = (...blockList: readonly string[]) => ({ blockList });

describe('what reaches a subnet', () => {
  it('is told with the entry that lets it in and the numbers for the denies', () => {
    const [failure] = judge(check, host(allowAll), list('198.51.100.0/24', '203.0.113.77', '10.0.0.0/8')).failures;
    expect(failure?.resource).toMatchObject({ type: 'subnet', id: 'subnet-0a1' });
    expect(failure?.evidence).toContainEqual(
      expect.objectContaining({ type: 'network-acl-entry', networkAclId: 'acl-0a1', ruleNumber: 100, egress: false }),
    );
    expect(failure?.evidence).toContainEqual(
      expect.objectContaining({ type: 'traffic', protocol: 'tcp', portRanges: [{ from: 443, to: 443 }] }),
    );
    // Private addresses come from nowhere on the internet
    expect(failure?.fix?.cli?.map((line) => /--rule-number (\d+) .*--cidr-block (\S+)/.exec(line)?.slice(1))).toEqual([
      ['98', '198.51.100.0/24'],
      ['99', '203.0.113.77/32'],
    ]);
  });

  it.each<[string, readonly Item[], readonly string[], 'pass' | 'fail']>([
    [
      'a deny of the very block',
      [entry(90, 'deny', 'ingress', '198.51.100.0/24'), allowAll],
      ['198.51.100.0/24'],
      'pass',
    ],
    ['a deny of half of it', [entry(90, 'deny', 'ingress', '198.51.100.0/25'), allowAll], ['198.51.100.0/24'], 'fail'],
    [
      'a deny that comes too late',
      [allowAll, entry(110, 'deny', 'ingress', '198.51.100.0/24')],
      ['198.51.100.0/24'],
      'fail',
    ],
    [
      'a deny of another port',
      [entry(90, 'deny', 'ingress', '198.51.100.0/24', '6', [22, 22]), allowAll],
      ['198.51.100.1'],
      'fail',
    ],
    [
      'an ACL that admits others alone',
      [entry(100, 'allow', 'ingress', '203.0.113.0/24')],
      ['198.51.100.0/24'],
      'pass',
    ],
  ])('with %s', (_, entries, blocks, outcome) => {
    expect(judge(check, host(...entries), list(...blocks)).all.map(({ verdict }) => verdict.outcome)).toEqual([
      outcome,
    ]);
  });

  it('is what the groups admit too, and what a route leads to', () => {
    const closed = { ...host(allowAll), securityGroups: [securityGroup([permission('tcp', 443, '203.0.113.0/24')])] };
    expect(judge(check, closed, list('198.51.100.0/24')).failures).toEqual([]);
    expect(judge(check, { ...host(allowAll), internetGateways: [] }, list('198.51.100.0/24')).failures).toEqual([]);
  });

  it('counts although no reply gets out', () => {
    const mute = { ...reachedHost, networkAcls: [networkAcl([allowAll])] };
    expect(judge(check, mute, list('198.51.100.0/24')).failures).toHaveLength(1);
  });

  it('cannot be told without the rules of the groups', () => {
    const region = denied(exampleRegion(host(allowAll)), 'securityGroups');
    expect(judgeRegion(check, region, list('198.51.100.0/24')).passes).toEqual([]);
  });

  it('is not asked without a list', () => {
    expect(judge(check, host(allowAll)).all.map(({ verdict }) => verdict.outcome)).toEqual(['not-applicable']);
  });

  it('is too much for an ACL when the list is long, and then says so', () => {
    const blocks = Array.from({ length: 60 }, (_, index) => `198.51.${index * 2}.0/24`);
    const [failure] = judge(check, host(allowAll), list(...blocks)).failures;
    expect(failure?.fix?.cli).toBeUndefined();
    expect(failure?.fix?.summary).toMatch(/60 entries.*at most 40/);
  });
});

describe('the numbers for denies', () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 });
  const compiled = (own: readonly number[]): NetworkAcl =>
    exampleRegionAcl(own.map((number) => entry(number, 'allow', 'ingress', `10.${number}.0.0/16`)));

  it('are free, lie before the entry, and the order of all others is kept', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 6 }), fc.nat(), (own, count, pick) => {
        const sorted = own.toSorted((a, b) => a - b);
        const before = sorted[pick % sorted.length] ?? 1;
        const places = placesBefore(compiled(own), false, before, count);
        if (places === undefined) throw new Error('there is room for all of them');
        const moved = new Map(places.moves.map(({ entry: one, to }) => [one.ruleNumber, to]));
        const after = sorted.map((number) => moved.get(number) ?? number);
        expect(after.toSorted((a, b) => a - b)).toEqual(after);
        expect(new Set([...after, ...places.numbers]).size).toBe(after.length + count);
        const place = moved.get(before) ?? before;
        for (const number of places.numbers) expect([number >= 1, number < place]).toEqual([true, true]);
        // Each entry moves to a number that is free at that moment
        const taken = new Set(own);
        for (const { entry: one, to } of places.moves) {
          expect(taken.has(to)).toBe(false);
          taken.add(to);
          taken.delete(one.ruleNumber);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('mend the finding wherever the entries stand', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom(['198.51.100.0/24'], ['198.51.100.0/24', '203.0.113.77']), (own, blocks) => {
        const entries = own.map((number) =>
          entry(number, 'allow', 'ingress', number % 2 === 0 ? '0.0.0.0/0' : '198.51.0.0/16'),
        );
        const [failure] = judge(check, host(...entries), list(...blocks)).failures;
        if (failure?.fix?.cli === undefined) throw new Error('there is no fix');
        const after = applyFix(host(...entries), failure.fix.cli);
        expect(judge(check, after, list(...blocks)).failures).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

function exampleRegionAcl(entries: readonly Item[]): NetworkAcl {
  const collected = exampleRegion({ networkAcls: [networkAcl(entries)] }).resources.networkAcls;
  const [acl] = collected.status === 'collected' ? collected.resources : [];
  if (acl === undefined) throw new Error('there is no ACL');
  return acl;
}
