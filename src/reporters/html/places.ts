import { grouped } from '../../findings/grouped.ts';
import { compareText } from '../../findings/order.ts';

/** An account and the Regions in it that something holds for; no Regions: for the account as a whole. */
export interface PlaceView {
  readonly accountId: string;
  readonly regions: readonly string[];
}

/** Places account by account, each Region once. */
export function placesOf(
  entries: readonly { readonly accountId: string; readonly region?: string }[],
): readonly PlaceView[] {
  return [...grouped(entries, ({ accountId }) => accountId)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([accountId, own]) => ({
      accountId,
      regions: [...new Set(own.flatMap(({ region }) => (region === undefined ? [] : [region])))].sort(),
    }));
}
