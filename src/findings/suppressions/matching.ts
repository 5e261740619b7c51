import type { Result } from '../audit-report.ts';
import { keepsWithin } from './evidence-bounds.ts';
import { matchesGlob } from './glob.ts';
import type { Match, Suppression } from './suppression.ts';

/** The tags of a result's resource. */
export type TagsOf = (resource: Result['resource']) => ReadonlyMap<string, string>;

/** Is this finding one of those that are meant? */
export function matches(match: Match, result: Result, tagsOf: TagsOf): boolean {
  const { resource, checkId, fingerprint, evidence } = result;
  const { check, accounts, regions, vpcs, resources, resourceGlob, tags, ports, cidrs } = match;
  if (match.fingerprint !== undefined && match.fingerprint !== fingerprint) return false;
  if (accounts !== undefined && !accounts.includes(resource.accountId)) return false;
  if (regions !== undefined && !regions.includes(resource.region)) return false;
  if (vpcs !== undefined && !(resource.vpcId !== undefined && vpcs.includes(resource.vpcId))) return false;
  if (resources !== undefined && !resources.includes(resource.id) && !resources.includes(resource.arn)) return false;
  if (check !== undefined && !matchesGlob(check, checkId)) return false;
  if (resourceGlob !== undefined && !matchesGlob(resourceGlob, resource.id)) return false;
  if (tags !== undefined) {
    const own = tagsOf(resource);
    if (!tags.every(({ key, value }) => own.get(key) === value)) return false;
  }
  return (ports === undefined && cidrs === undefined) || keepsWithin(evidence, match);
}

/** The suppressions that may match a finding, in the order of their file, without trying every one of them. */
export function candidates(suppressions: readonly Suppression[]): (result: Result) => readonly Suppression[] {
  const exact = new Map<string, Suppression[]>();
  const others: Suppression[] = [];
  for (const suppression of suppressions) {
    const { fingerprint, resources } = suppression.match;
    const keys = fingerprint === undefined ? resources : [fingerprint];
    if (keys === undefined) others.push(suppression);
    else for (const key of new Set(keys)) pushTo(exact, key, suppression);
  }
  const wide = new Map<string, readonly Suppression[]>();
  const wideFor = ({ checkId, resource: { accountId, region } }: Result): readonly Suppression[] => {
    const key = `${checkId} ${accountId} ${region}`;
    const known = wide.get(key);
    if (known !== undefined) return known;
    const own = others.filter(
      ({ match: { check, accounts, regions } }) =>
        (accounts === undefined || accounts.includes(accountId)) &&
        (regions === undefined || regions.includes(region)) &&
        (check === undefined || matchesGlob(check, checkId)),
    );
    wide.set(key, own);
    return own;
  };
  return (result) => {
    const { fingerprint, resource } = result;
    const found = [fingerprint, resource.id, resource.arn].flatMap((key) => exact.get(key) ?? []);
    if (found.length === 0) return wideFor(result);
    return [...new Set([...found, ...wideFor(result)])].sort((a, b) => a.line - b.line);
  };
}

function pushTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
