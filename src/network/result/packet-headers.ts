import type { PacketHeaders } from '../../model/verdict/path.ts';
import type { Box } from '../sets/box.ts';
import { cidrTexts } from '../sets/cidr.ts';
import { formatIcmp } from '../sets/icmp.ts';
import { portRanges } from '../sets/port-set.ts';
import { protocolName } from '../sets/protocol.ts';
import { canonicalTraffic, type Traffic } from '../sets/traffic.ts';

/** A set of packets for printing: canonical, one line per kind of protocol and combination of addresses and ports. */
export function packetHeaders(traffic: Traffic): readonly PacketHeaders[] {
  return canonicalTraffic(traffic).flatMap(headersOfBox);
}

/** The protocols that are printed each by its own name, because their ports or types mean something. */
const named = [1, 6, 17, 58];

function headersOfBox(box: Box): readonly PacketHeaders[] {
  const addresses = {
    sourceAddresses: cidrTexts(box.family, box.sources),
    destinationAddresses: cidrTexts(box.family, box.destinations),
  };
  const out: PacketHeaders[] = [];
  const everything = box.protocols.length === 2 && box.protocols[0] === 0 && box.protocols[1] === 256;
  if (everything) return [{ protocol: 'all', ...addresses }];
  for (const number of named) {
    if (!has(box.protocols, number)) continue;
    const protocol = protocolName(number);
    if (number === 1 || number === 58)
      out.push({ protocol, ...addresses, icmpTypeCodes: formatIcmp(box.destinationPorts).split(', ') });
    else
      out.push({
        protocol,
        ...addresses,
        sourcePortRanges: portRanges(box.sourcePorts),
        destinationPortRanges: portRanges(box.destinationPorts),
      });
  }
  if (out.length === 1 && box.protocols.length === 2 && Number(box.protocols[1]) - Number(box.protocols[0]) === 1)
    return out;
  const others = numbersBut(box.protocols, named);
  if (others !== '') out.push({ protocol: others, ...addresses });
  return out;
}

const has = (protocols: readonly number[], number: number): boolean =>
  protocols.filter((bound) => bound <= number).length % 2 === 1;

/** `0, 2-5, 7-16`: the members but some, as ranges. */
function numbersBut(protocols: readonly number[], but: readonly number[]): string {
  const ranges: string[] = [];
  let from: number | undefined;
  for (let number = 0; number <= 256; number++) {
    const member = number < 256 && has(protocols, number) && !but.includes(number);
    if (member && from === undefined) from = number;
    if (member || from === undefined) continue;
    ranges.push(from === number - 1 ? `${from}` : `${from}-${number - 1}`);
    from = undefined;
  }
  return ranges.join(', ');
}
