import type { PacketHeaders, TraceResult } from '../../../src/model/verdict/path.ts';
import { type HeaderSource, isForeign } from '../generator/headers.ts';
import type { Random } from '../generator/random.ts';
import { type Address, addressOf, anyContains, formatAddress, parseAddress, parseCidr } from '../simulator/address.ts';
import type { Header } from '../simulator/simulate.ts';

const numbers: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

/** A protocol that the set names; of ranges the first or the last. */
function protocolOf(random: Random, text: string, now: number): number {
  if (text === 'all') return now;
  const known = numbers[text];
  if (known !== undefined) return known;
  return Number(random.pick(random.pick(text.split(',')).trim().split('-')));
}

/** The first or last port of a range, or now and then the one beyond. */
function portOf(random: Random, ranges: PacketHeaders['sourcePortRanges'], now: number, least: number): number {
  if (ranges === undefined || ranges.length === 0) return now;
  const { from, to } = random.pick(ranges);
  const port = random.pick([from, from, to, to, from - 1, to + 1]);
  return port >= least && port <= 65_535 ? port : from;
}

/** The first or last address of a block, or the one beyond. */
function addressIn(random: Random, blocks: readonly string[], now: Address): Address {
  if (blocks.length === 0) return now;
  const text = random.pick(blocks);
  const { family, first, last } = parseCidr(text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`);
  if (family !== now.family) return now;
  const bits = family === 4 ? 32n : 128n;
  const value = random.pick([first, last, first, last, first - 1n, last + 1n]);
  return value < 0n || value >= 1n << bits ? now : addressOf(family, value);
}

/** `8/0`, `3/*`, `0-7/*`, `8/1-8/255`: the first of a range. */
function icmpOf(random: Random, texts: readonly string[], now: Header): Pick<Header, 'icmpType' | 'icmpCode'> {
  const [from = ''] = random.pick(texts).split('-');
  const [type = '', code = '*'] = from.split('/');
  if (type === 'all' || type === '') return { icmpType: now.icmpType, icmpCode: now.icmpCode };
  return { icmpType: Number(type), icmpCode: code === '*' ? random.pick([0, 255]) : Number(code) };
}

/**
 * A header at the border of what the engine says gets through or may, within the question that it was asked: the same
 * ends, another port, protocol, type or internet address. `undefined` where the answer has no sets.
 */
export function drawFromAnswer(
  random: Random,
  source: HeaderSource,
  header: Header,
  { admittedTraffic, possibleTraffic = [], query }: TraceResult,
): Header | undefined {
  const family = parseAddress(header.source).family;
  const sets = [...admittedTraffic, ...possibleTraffic].filter(({ sourceAddresses }) =>
    sourceAddresses.some((text) => text.includes(':') === (family === 6)),
  );
  if (sets.length === 0) return undefined;
  const set = random.pick(sets);
  const protocol = query.protocol === undefined ? protocolOf(random, set.protocol, header.protocol) : header.protocol;
  let { sourcePort, destinationPort, icmpType, icmpCode } = header;
  if (protocol === 6 || protocol === 17) {
    if (query.sourcePort === undefined) sourcePort = portOf(random, set.sourcePortRanges, sourcePort, 1024);
    if (query.port === undefined) destinationPort = portOf(random, set.destinationPortRanges, destinationPort, 0);
  } else if (query.icmpType === undefined && set.icmpTypeCodes !== undefined) {
    ({ icmpType, icmpCode } = icmpOf(random, set.icmpTypeCodes, header));
  }
  const [now, aim] = [parseAddress(header.source), parseAddress(header.destination)];
  const sender = header.from === 'internet' ? addressIn(random, set.sourceAddresses, now) : now;
  const target = header.to === 'internet' ? addressIn(random, set.destinationAddresses, aim) : aim;
  // An interface of the snapshot is no part of the internet, but somebody there may pretend to be the receiver's neighbour.
  const may = isForeign(source, sender) || anyContains(source.ownBlocks.get(header.to) ?? [], sender);
  const mayBe = isForeign(source, target) || anyContains(source.ownBlocks.get(header.from) ?? [], target);
  return {
    ...header,
    protocol,
    sourcePort,
    destinationPort,
    icmpType,
    icmpCode,
    source: may ? formatAddress(sender) : header.source,
    destination: mayBe ? formatAddress(target) : header.destination,
  };
}
