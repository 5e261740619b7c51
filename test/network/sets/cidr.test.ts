import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidrTexts, formatCidr, parseCidr, parseCidrOrAddress } from '../../../src/network/sets/cidr.ts';
import { formatIpv4, formatIpv6, parseIpAddress, parseIpv4, parseIpv6 } from '../../../src/network/sets/ip-address.ts';
import { parseAddressSet, formatAddresses, countAddresses } from '../../../src/network/sets/address-set.ts';

describe('CIDR blocks', () => {
  it.each([
    ['10.0.0.5/24', 'the block is 10.0.0.0/24'],
    ['10.0.0.0/33', 'not a prefix length from 0 to 32'],
    ['10.0.0.0/08', 'not a prefix length'],
    ['10.0.0.0/', 'not a prefix length'],
    ['10.0.0.0/-1', 'not a prefix length'],
    ['10.0.0.0/8/8', 'not a prefix length'],
    ['010.0.0.0/8', 'leading zero'],
    ['10.0.0/8', 'four parts'],
    ['10.0.0.256/32', 'above 255'],
    ['10.0.0.0x/32', 'not a number'],
    [' 10.0.0.0/8', 'not a number'],
    ['10.0.0.0', 'no prefix length'],
    ['0.0.0.1/0', 'the block is 0.0.0.0/0'],
    ['2001:db8::1/64', 'the block is 2001:db8::/64'],
    ['2001:db8::/129', 'not a prefix length from 0 to 128'],
    ['::ffff:10.0.0.1/128', 'holds an IPv4 address'],
    ['::ffff:a00:1/128', 'IPv4-mapped'],
    ['fe80::1%eth0/128', 'zone index'],
    ['1::2::3/128', 'only once'],
    ['1:2:3:4:5:6:7/128', 'eight groups'],
    ['1:2:3:4:5:6:7:8:9/128', 'eight groups'],
    ['1:2:3:4:5:6:7:8::/128', 'eight groups'],
    ['12345::/128', 'not a group'],
    [':1:2:3:4:5:6:7/128', 'not a group'],
    ['', 'no prefix length'],
  ])('refuses %s', (text, reason) => {
    expect(parseCidr(text).reason).toContain(reason);
  });

  it.each(['0.0.0.0/0', '10.0.0.0/8', '255.255.255.255/32', '::/0', '2001:db8::/32', '::1/128', '64:ff9b::/96'])(
    'reads %s and prints it back',
    (text) => {
      const parsed = parseCidr(text);
      expect(parsed.value === undefined ? parsed.reason : formatCidr(parsed.value)).toBe(text);
    },
  );

  it('take a bare address as the block that holds it alone', () => {
    expect(parseCidrOrAddress('10.1.2.3').value).toEqual(parseCidr('10.1.2.3/32').value);
    expect(parseCidrOrAddress('2001:db8::7').value).toEqual(parseCidr('2001:db8::7/128').value);
  });

  it('round-trip every address', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => parseIpv4(formatIpv4(value)).value === value),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (value) => {
        fc.pre(value >> 32n !== 0xffffn);
        return parseIpv6(formatIpv6(value)).value === value;
      }),
    );
  });

  it('print in the shortest form of RFC 5952', () => {
    for (const [input, output] of [
      ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
      ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
      ['0:0:0:0:0:0:0:0', '::'],
      ['1:0:0:0:0:0:0:0', '1::'],
    ] as const) {
      const parsed = parseIpAddress(input).value;
      expect(parsed?.family === 6 ? formatIpv6(parsed.value) : undefined).toBe(output);
    }
  });

  it('cover any range exactly and with the fewest blocks', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 1, max: 5000 }), (from, size) => {
        const texts = cidrTexts(4, [from, from + size]);
        const back = parseAddressSet(texts).value;
        expect(back?.ipv4).toEqual([from, from + size]);
        expect(cidrTexts(6, [BigInt(from), BigInt(from + size)])).toHaveLength(texts.length);
      }),
    );
    expect(cidrTexts(4, [0, 2 ** 32])).toEqual(['0.0.0.0/0']);
    expect(cidrTexts(4, [1, 2 ** 32 - 1])).toHaveLength(62);
  });
});

describe('address sets', () => {
  it('name the first text that is no address', () => {
    expect(parseAddressSet(['10.0.0.0/8', '10.0.0.1/8']).reason).toContain('10.0.0.1/8');
  });
  it('join adjacent blocks and print both families', () => {
    const set = parseAddressSet(['10.0.1.0/24', '10.0.0.0/24', '2001:db8::/33', '2001:db8:8000::/33']).value;
    expect(set && formatAddresses(set)).toEqual(['10.0.0.0/23', '2001:db8::/32']);
    expect(set && countAddresses(set)).toBe(512n + (1n << 96n));
  });
});
