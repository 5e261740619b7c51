import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalCidr } from '../../src/findings/canonical-cidr.ts';

describe('canonicalCidr', () => {
  it.each([
    ['10.1.2.3/8', 'ipv4:0a000000/8'],
    ['0.0.0.0/0', 'ipv4:00000000/0'],
    ['255.255.255.255/0', 'ipv4:00000000/0'],
    ['192.0.2.1', 'ipv4:c0000201/32'],
    ['::/0', 'ipv6:00000000000000000000000000000000/0'],
    ['2001:DB8::1/32', 'ipv6:20010db8000000000000000000000000/32'],
    ['2001:db8:0:0:0:0:0:1', 'ipv6:20010db8000000000000000000000001/128'],
    ['::ffff:192.0.2.1/128', 'ipv6:00000000000000000000ffffc0000201/128'],
    ['1::', 'ipv6:00010000000000000000000000000000/128'],
  ])('%s', (text, canonical) => {
    expect(canonicalCidr(text)).toBe(canonical);
  });

  it.each([
    'pl-0123',
    'sg-0123',
    '10.0.0.0/33',
    '010.0.0.0/8',
    '1.2.3/8',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    'fe80::1%eth0',
    '',
  ])('leaves %j, which is no block, as it is', (text) => {
    expect(canonicalCidr(text)).toBe(text);
  });

  it('spells an IPv6 block alike however it is written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 0, max: 128 }),
        (groups, length) => {
          const full = groups.map((group) => group.toString(16).padStart(4, '0')).join(':');
          const short = new URL(`http://[${groups.map((group) => group.toString(16)).join(':')}]/`).hostname.slice(
            1,
            -1,
          );
          expect(canonicalCidr(`${short}/${length}`)).toBe(canonicalCidr(`${full.toUpperCase()}/${length}`));
        },
      ),
    );
  });

  it('depends on the bits before the prefix and on nothing behind them', () => {
    const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 32 }), (a, b, length) => {
        const mask = length === 0 ? 0 : (-1 << (32 - length)) >>> 0;
        const same = (a & mask) === (b & mask);
        expect(canonicalCidr(`${dotted(a)}/${length}`) === canonicalCidr(`${dotted(b)}/${length}`)).toBe(same);
      }),
    );
  });
});
