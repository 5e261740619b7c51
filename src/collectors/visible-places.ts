import type { Connection } from '../aws/connect.ts';
import type { Account } from '../aws/identify.ts';
import { type RegionSelection, selectRegions } from '../aws/regions.ts';
import type { AccountId, RegionName } from '../model/id.ts';
import type { NotVisible } from '../model/snapshot/manifest.ts';
import type { AccountRegions } from './account-regions.ts';

/** An account and a Region of it. */
export interface Place {
  readonly account: Account;
  readonly region: RegionName;
}

/** Which Regions of an account are read. Where its list of Regions could not be had, those asked for, or its home Region. */
export function visiblePlaces(
  { account, outcome }: AccountRegions,
  selection: RegionSelection,
): { readonly places: readonly Place[]; readonly notVisible: readonly NotVisible[] } {
  const { accountId } = account;
  if ('failure' in outcome) {
    const names = selection === 'all' ? [account.homeRegion] : selection;
    const reason = `The list of its Regions could not be read (${outcome.failure.errorCode}): only ${names.join(', ')} was looked at.`;
    return {
      places: names.map((name) => ({ account, region: name as RegionName })),
      notVisible: selection === 'all' ? [{ accountId, reason }] : [],
    };
  }
  const { selected, disabled } = selectRegions(outcome.regions, selection);
  return {
    places: selected.map((region) => ({ account, region })),
    notVisible: disabled.map((region) => ({
      accountId,
      region,
      reason:
        'The Region is not enabled for the account. Resources that were made in it before go on running and cannot be read.',
    })),
  };
}

/** Sources of credentials that led to no account. */
export function unusableSources({ unusable }: Connection): readonly NotVisible[] {
  return unusable.map(({ accountId, reason, inactive }) => ({
    accountId: accountId ?? ('unknown' as AccountId),
    reason,
    ...(inactive === true ? { inactive } : {}),
  }));
}
