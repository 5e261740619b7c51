import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalCidr } from '../../../src/findings/canonical-cidr.ts';
import { keepsWithin, liesIn } from '../../../src/findings/suppressions/evidence-bounds.ts';
import { matchesGlob } from '../../../src/findings/suppressions/glob.ts';
import type { Evidence } from '../../../src/model/verdict/evidence.ts';
import { cidr, evidence } from '../evidence-arbitrary.ts';

describe('a pattern', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  const words = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });

  it('matches as the regular expression with .* for each star does', () => {
    fc.assert(
      fc.property(letters, words, (pattern, word) => {
        expect(matchesGlob(pattern, word)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(word));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes the characters of regular expressions by the letter', () => {
    expect(matchesGlob('a.c', 'abc')).toBe(false);
    expect(matchesGlob('(a|b)*', '(a|b)+')).toBe(true);
  });

  it('is no way to make the program work: many stars over a long word', () => {
    expect(matchesGlob(`${'*a'.repeat(2000)}b`, 'a'.repeat(20_000))).toBe(false);
  });
});

describe('a bound', () => {
  it('holds a block that lies in it and none that is wider', () => {
    fc.assert(
      fc.property(cidr, fc.nat({ max: 128 }), (text, cut) => {
        const [address = '', length = '0'] = text.split('/');
        const inner = canonicalCidr(text);
        const wider = canonicalCidr(`${address}/${Math.max(0, Number(length) - cut)}`);
        expect(liesIn(inner, wider)).toBe(true);
        expect(liesIn(wider, inner)).toBe(wider === inner);
      }),
    );
  });

  it('never holds what has no rule, and holds no rule less when it is widened', () => {
    const range = fc
      .tuple(fc.nat({ max: 65_535 }), fc.nat({ max: 65_535 }))
      .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
    fc.assert(
      fc.property(fc.array(evidence, { maxLength: 4 }), range, range, (items, ports, more) => {
        const speaks = items.some(
          ({ type }) => type === 'security-group-rule' || type === 'network-acl-entry' || type === 'traffic',
        );
        const narrow = keepsWithin(items, { ports: [ports] });
        if (!speaks) expect(narrow).toBe(false);
        if (narrow)
          expect(
            keepsWithin(items, { ports: [{ from: Math.min(ports.from, more.from), to: Math.max(ports.to, more.to) }] }),
          ).toBe(true);
      }),
    );
  });

  const rule: Evidence = {
    type: 'security-group-rule',
    securityGroupId: 'sg-1',
    isEgress: false,
    protocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    peer: '203.0.113.0/25',
  };
  it.each<[string, Evidence, boolean]>([
    ['the rule itself', rule, true],
    ['more ports', { ...rule, toPort: 444 }, false],
    ['a wider block', { ...rule, peer: '203.0.112.0/23' }, false],
    ['another block', { ...rule, peer: '198.51.100.0/25' }, false],
    ['a group in place of a block', { ...rule, peer: 'sg-2' }, false],
    ['a prefix list in place of a block', { ...rule, peer: 'pl-1' }, false],
    ['the other family', { ...rule, peer: '::/0' }, false],
    ['every protocol', { ...rule, protocol: '-1' }, false],
    ['ICMP of such a type', { ...rule, protocol: 'icmp' }, false],
  ])('of one port and block: %s', (_, item, holds) => {
    expect(keepsWithin([item], { ports: [{ from: 443, to: 443 }], cidrs: [canonicalCidr('203.0.113.0/24')] })).toBe(
      holds,
    );
    expect(
      keepsWithin([rule, item], { ports: [{ from: 443, to: 443 }], cidrs: [canonicalCidr('203.0.113.0/24')] }),
    ).toBe(holds);
  });
});
