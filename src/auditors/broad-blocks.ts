import { internetAddresses, rfc1918 } from '../network/facts/special-addresses.ts';
import { addressesOfCidr, addressesWithin, disjointAddresses, parseAddressSet } from '../network/sets/address-set.ts';
import { parseCidr } from '../network/sets/cidr.ts';

/** Blocks up to these lengths are a provider's: few organisations hold a /16 of IPv4, none more than a /32 of IPv6. */
const longestBroad = { 4: 15, 6: 31 } as const;

/** Is the block public and larger than what one organisation uses? */
export function broadPublicBlock(block: string): boolean {
  // The lengths of nearly all blocks tell, without taking them apart
  if (/\/(1[6-9]|2\d|3[0-2])$/.test(block) && !block.includes(':')) return false;
  const cidr = parseCidr(block).value;
  if (cidr === undefined || cidr.prefixLength > longestBroad[cidr.family]) return false;
  return !disjointAddresses(addressesOfCidr(cidr), internetAddresses);
}

const wholePrivate = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap(
  (block) => parseAddressSet([block]).value ?? [],
);
const uniqueLocal = parseAddressSet(['fc00::/7']).value;

/** Is the block private and does it hold one of the private ranges as a whole (RFC 1918, RFC 4193)? */
export function wholePrivateRange(block: string): boolean {
  if (!/\/([789]|1[0-6])$/.test(block)) return false;
  const cidr = parseCidr(block).value;
  if (cidr === undefined) return false;
  const addresses = addressesOfCidr(cidr);
  if (cidr.family === 6)
    return uniqueLocal !== undefined && cidr.prefixLength <= 8 && addressesWithin(addresses, uniqueLocal);
  return addressesWithin(addresses, rfc1918) && wholePrivate.some((range) => addressesWithin(range, addresses));
}
