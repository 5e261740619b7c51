import { grouped } from '../../findings/grouped.ts';
import { compareText } from '../../findings/order.ts';
import { counted } from '../wording.ts';

/** An account and the Regions in it that something holds for; no Regions: for the account as a whole. */
export interface PlaceView {
  readonly accountId: string;
  readonly regions: readonly string[];
}

/** The first few places, and how many accounts follow. */
export interface PlacesView {
  readonly shown: readonly PlaceView[];
  readonly more: string;
}

const shownAccounts = 6;

/** The places for the page, which names some of them. */
export function placesView(entries: readonly { readonly accountId: string; readonly region?: string }[]): PlacesView {
  const places = placesOf(entries);
  const left = places.length - shownAccounts;
  return { shown: places.slice(0, shownAccounts), more: left > 0 ? `and ${counted(left, 'more account')}` : '' };
}

/** Places account by account, each Region once. */
function placesOf(entries: readonly { readonly accountId: string; readonly region?: string }[]): readonly PlaceView[] {
  return [...grouped(entries, ({ accountId }) => accountId)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([accountId, own]) => ({
      accountId,
      regions: [...new Set(own.flatMap(({ region }) => (region === undefined ? [] : [region])))].sort(),
    }));
}
