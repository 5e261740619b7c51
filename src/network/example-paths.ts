import type { ExamplePath, ExposedClass } from '../model/verdict/exposure.ts';
import type { PacketHeaders } from '../model/verdict/path.ts';
import type { Network } from './network.ts';
import { hasAddress } from './sets/address-set.ts';
import { type Cidr, parseCidr } from './sets/cidr.ts';
import { formatIpAddress, type IpAddress, parseIpAddress } from './sets/ip-address.ts';
import { addressesOfCidr } from './sets/address-set.ts';
import { trace } from './trace.ts';

/** So many classes are walked: beyond that a report of them is read by its rules alone. */
const walked = 300;

/**
 * The classes, each that the internet reaches with the path of one client that gets through. The client is a single
 * address, so that every component of the path has one answer for it.
 */
export function withExamplePaths(network: Network, classes: readonly ExposedClass[]): readonly ExposedClass[] {
  let left = walked;
  return classes.map((one) => {
    if (one.admittedTraffic.length === 0 || left === 0) return one;
    left -= 1;
    const path = examplePath(network, one);
    return path === undefined ? one : { ...one, path };
  });
}

/** TCP tells most; a class may be reached by other protocols alone. */
const byInterest = ({ protocol }: PacketHeaders): number => (protocol === 'tcp' ? 0 : protocol === 'udp' ? 1 : 2);

function examplePath(network: Network, { admittedTraffic, addresses, example }: ExposedClass): ExamplePath | undefined {
  const [headers] = admittedTraffic.toSorted((a, b) => byInterest(a) - byInterest(b));
  const from = clientOf(headers?.sourceAddresses ?? [], new Set(addresses.map(({ privateAddress }) => privateAddress)));
  if (headers === undefined || from === undefined) return undefined;
  const { forwardPathComponents, returnPathComponents } = trace(network, { from, to: example.to, ...asked(headers) });
  return { from, to: example.to, forwardPathComponents, returnPathComponents };
}

/** One port is asked for by name; of several, the path shows the rule of each. */
function asked({ protocol, destinationPortRanges }: PacketHeaders): {
  readonly protocol?: string;
  readonly port?: number;
} {
  if (protocol !== 'tcp' && protocol !== 'udp') return {};
  const [only, ...more] = destinationPortRanges ?? [];
  return only === undefined || more.length > 0 || only.from !== only.to ? { protocol } : { protocol, port: only.from };
}

/** What documentation calls somebody in the internet (RFC 5737). */
const somebody = parseIpAddress('198.51.100.1').value;

/** An address of the largest block that does not belong to the receiver itself. */
function clientOf(blocks: readonly string[], own: ReadonlySet<string>): string | undefined {
  const cidrs = blocks.flatMap((block) => parseCidr(block).value ?? []);
  if (somebody !== undefined && cidrs.some((cidr) => hasAddress(addressesOfCidr(cidr), somebody)))
    return formatIpAddress(somebody);
  const clients = cidrs
    .toSorted((a, b) => a.prefixLength - b.prefixLength)
    .flatMap((cidr) => formatIpAddress(secondOf(cidr)));
  return clients.find((client) => !own.has(client));
}

/** The address behind the block's first, or the only one. */
function secondOf({ family, addresses }: Cidr): IpAddress {
  if (family === 4) {
    const [from = 0, to = from + 1] = addresses;
    return { family, value: Math.min(from + 1, to - 1) };
  }
  const [from = 0n, to = from + 1n] = addresses;
  return { family, value: from + 1n < to ? from + 1n : from };
}
