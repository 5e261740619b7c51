import type { LayerState } from '../../../model/verdict/defence-in-depth.ts';
import type { Evidence } from '../../../model/verdict/evidence.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';
import { type AddressSet, noAddresses } from '../../../network/sets/address-set.ts';
import type { Intervals } from '../../../network/sets/intervals.ts';
import { uniteIntervals } from '../../../network/sets/intervals.ts';
import type { Family } from '../../../network/sets/ip-address.ts';
import type { Traffic } from '../../../network/sets/traffic.ts';
import { spansInternet } from '../../internet-share.ts';

/** What one layer lets in from the internet, asked alone. */
export interface Opening {
  readonly admitted: Traffic;
  /** What it rests on: what admits, and where that is not the internet at large, what refuses. */
  readonly evidence: readonly Evidence[];
  /** What may admit more and was not read. */
  readonly missing: readonly Missing[];
}

/** Addresses of one family as a set of both. */
export const ofFamily = (family: Family, addresses: Intervals): AddressSet =>
  family === 4
    ? { ...noAddresses, ipv4: addresses as Intervals<number> }
    : { ...noAddresses, ipv6: addresses as Intervals<bigint> };

/** Does the traffic come from the internet at large, and not from single networks only? */
export function isFromStrangers(family: Family, traffic: Traffic): boolean {
  let sources: Intervals = [];
  for (const box of traffic) {
    if (spansInternet(ofFamily(family, box.sources))) return true;
    sources = uniteIntervals(sources, box.sources);
  }
  return traffic.length > 1 && spansInternet(ofFamily(family, sources));
}

/** The state of a layer by what it lets in. */
export function stateOf(family: Family, { admitted, missing }: Pick<Opening, 'admitted' | 'missing'>): LayerState {
  if (isFromStrangers(family, admitted)) return 'open';
  return missing.length > 0 ? 'unknown' : 'holds';
}
