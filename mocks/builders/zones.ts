import type { RegionState } from './state.ts';

const directions: Readonly<Record<string, string>> = {
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  central: 'c',
  northeast: 'ne',
  northwest: 'nw',
  southeast: 'se',
  southwest: 'sw',
};

/** The short name of a Region in zone ids: `eu-west-1` is `euw1`. */
export function shortRegion(region: string): string {
  const parts = region.split('-');
  const number = parts.pop() ?? '';
  const direction = parts.pop() ?? '';
  return `${parts.join('')}${directions[direction] ?? direction}${number}`;
}

/** The letters of the zones that every Region of a sample has. */
export const zoneLetters = ['a', 'b', 'c'] as const;

/** The name and id of a zone: `a` or `eu-west-1a`. Names are aliases of one account, ids are not. */
export function zoneOf(state: RegionState, az: string): { readonly zone: string; readonly zoneId: string } {
  const letter = az.slice(-1);
  const index = letter.charCodeAt(0) - 'a'.charCodeAt(0);
  const size = Math.max(zoneLetters.length, index + 1);
  return {
    zone: `${state.region}${letter}`,
    zoneId: `${shortRegion(state.region)}-az${((index + state.account.zoneOffset) % size) + 1}`,
  };
}
