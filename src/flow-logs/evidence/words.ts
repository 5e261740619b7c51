import { parseIpAddress } from '../../network/sets/ip-address.ts';
import { hasAddress } from '../../network/sets/address-set.ts';
import { addressesOfCidr } from '../../network/sets/address-set.ts';
import { parseCidrOrAddress } from '../../network/sets/cidr.ts';
import { protocolName } from '../../network/sets/protocol.ts';
import { FlowLogsUnusable } from '../unusable.ts';

/** Seconds since 1970 as ISO 8601, UTC. */
export const instantOf = (seconds: number | null): string => new Date((seconds ?? 0) * 1000).toISOString();

/** `tcp`, or the number. */
export const protocolOf = (number: number | null): string => (number === null ? 'all' : protocolName(number));

/** A block of addresses with the name that its owner gives it. */
export interface KnownBlock {
  readonly cidr: string;
  readonly name: string;
}

/** Finds the name of an address among known blocks; the smallest block wins. */
export type NameOf = (address: string) => string | undefined;

/** Reads lines of `CIDR NAME`; `#` begins a remark. */
export function parseKnownBlocks(text: string, file: string): readonly KnownBlock[] {
  return text.split('\n').flatMap((line, index): readonly KnownBlock[] => {
    const [cidr = '', ...name] = line
      .replace(/#.*/, '')
      .trim()
      .split(/[\s,]+/);
    if (cidr === '') return [];
    const parsed = parseCidrOrAddress(cidr);
    if (parsed.reason !== undefined) throw new FlowLogsUnusable(`${file}, line ${index + 1}: ${parsed.reason}.`);
    return [{ cidr, name: name.join(' ') || cidr }];
  });
}

/** Names from known blocks. */
export function namesOf(blocks: readonly KnownBlock[]): NameOf {
  const sets = blocks
    .flatMap(({ cidr, name }) => {
      const parsed = parseCidrOrAddress(cidr).value;
      return parsed === undefined ? [] : [{ name, length: parsed.prefixLength, set: addressesOfCidr(parsed) }];
    })
    .sort((a, b) => b.length - a.length);
  return (address) => {
    const parsed = parseIpAddress(address).value;
    return parsed === undefined ? undefined : sets.find(({ set }) => hasAddress(set, parsed))?.name;
  };
}
