import { cleanLandingZone } from './clean-landing-zone.ts';
import { eksPrivate } from './eks-private.ts';
import { hostile } from './hostile.ts';
import { hubSpokeOrg } from './hub-spoke-org.ts';
import { legacyFlat } from './legacy-flat.ts';
import { naclTraps } from './nacl-traps.ts';
import { peeredDevProd } from './peered-dev-prod.ts';
import type { SampleAccount } from './sample-account.ts';

/** The sample accounts by name. Each is built when asked for. */
export const sampleAccounts: Readonly<Record<string, () => SampleAccount>> = {
  'clean-landing-zone': cleanLandingZone,
  'legacy-flat': legacyFlat,
  'peered-dev-prod': peeredDevProd,
  'nacl-traps': naclTraps,
  'eks-private': eksPrivate,
  'hub-spoke-org': hubSpokeOrg,
  hostile,
};

/** A sample account by its name. Throws with the names that exist where it is none of them. */
export function sampleAccount(name: string): SampleAccount {
  const make = Object.hasOwn(sampleAccounts, name) ? sampleAccounts[name] : undefined;
  if (make === undefined) {
    throw new Error(`there is no sample account ${name}; there are ${Object.keys(sampleAccounts).join(', ')}`);
  }
  return make();
}
