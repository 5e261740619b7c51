import { type AddressSet, allIpv4, parseAddressSet, subtractAddresses } from '../sets/address-set.ts';

const set = (...cidrs: readonly string[]): AddressSet => parseAddressSet(cidrs).value ?? { ipv4: [], ipv6: [] };

/** RFC 1918: an internet gateway rejects them on either side. */
export const rfc1918: AddressSet = set('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16');
/** RFC 6598, shared address space: rejected likewise. */
export const rfc6598: AddressSet = set('100.64.0.0/10');

/** The public internet: unicast addresses that anybody can send from and be answered at (IANA special-purpose registries). */
export const internetAddresses: AddressSet = {
  ipv4: subtractAddresses(
    allIpv4,
    set(
      '0.0.0.0/8',
      '10.0.0.0/8',
      '100.64.0.0/10',
      '127.0.0.0/8',
      '169.254.0.0/16',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '224.0.0.0/3',
    ),
  ).ipv4,
  ipv6: set('2000::/3').ipv6,
};

/** Services that every interface reaches beside all filters: DNS, time, metadata (VPC guide, network ACL basics). */
export const hostServices: AddressSet = set(
  '169.254.169.253/32',
  '169.254.169.254/32',
  '169.254.169.123/32',
  '169.254.170.2/32',
  'fd00:ec2::/32',
);

/** The prefix in which NAT64 writes IPv4 addresses (RFC 6052). */
export const nat64: AddressSet = set('64:ff9b::/96');
