import type { ResourceKey } from '../../../../src/model/resources.ts';
import type { RegionSnapshot } from '../../../../src/model/snapshot/snapshot.ts';

/** Where a resource lives. */
export interface Home {
  readonly accountId: string;
  readonly region: string;
}

/** Says whether a list is complete: only then does "not in the list" mean "does not exist". */
export type Coverage = (kind: ResourceKey, home: Home | undefined) => boolean;

/** Without a home, every account and Region must have been read. */
export function coverageOf(regions: readonly RegionSnapshot[]): Coverage {
  return (kind, home) => {
    const asked = regions.filter(
      ({ accountId, region }) => home === undefined || (accountId === home.accountId && region === home.region),
    );
    return asked.length > 0 && asked.every((snapshot) => isComplete(snapshot, kind));
  };
}

function isComplete(snapshot: RegionSnapshot, kind: ResourceKey): boolean {
  const collected = snapshot.resources[kind];
  if (collected.status === 'collected') return collected.missing.length === 0;
  return collected.status === 'not-called' && snapshot.assumedOff.includes(kind);
}
