import type { PortRange } from '../model/verdict/evidence.ts';
import { seriesOfMost } from './wording.ts';

const protocolNames: Readonly<Record<string, string>> = { all: 'all traffic', '-1': 'all traffic', icmpv6: 'ICMPv6' };

/** `TCP 22 (SSH)`, `UDP 1024–65535`, `ICMP type 8`, `all traffic`, `protocol 50`, `protocols 0, 2-5`. */
export function trafficWords(protocol: string, ranges: readonly PortRange[], service?: string): string {
  const name = protocolNames[protocol] ?? (/^\d/.test(protocol) ? numbered(protocol) : protocol.toUpperCase());
  const ports = protocol.startsWith('icmp') ? icmpWords(ranges) : portWords(protocol, ranges);
  // A rule for everything admits more than the service that it was found for.
  const named = service === undefined || service === name || name === protocolNames['all'] ? '' : ` (${service})`;
  return `${name}${ports}${named}`;
}

const numbered = (protocol: string): string => `${/^\d+$/.test(protocol) ? 'protocol' : 'protocols'} ${protocol}`;

function portWords(protocol: string, ranges: readonly PortRange[]): string {
  if (protocol !== 'tcp' && protocol !== 'udp') return '';
  const words = ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  if (words.length === 0 || words[0] === '0–65535') return ', all ports';
  return ` ${seriesOfMost(words, 6)}`;
}

function icmpWords([first]: readonly PortRange[]): string {
  if (first === undefined || first.from < 0) return ', all types';
  return first.to < 0 ? ` type ${first.from}` : ` type ${first.from} code ${first.to}`;
}
