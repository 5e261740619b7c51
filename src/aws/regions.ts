import { items, type Raw, requiredText, text } from '../model/decode.ts';
import type { RegionName } from '../model/id.ts';
import { nearestNames } from '../model/nearest-names.ts';
import { UsageError } from './usage-error.ts';

/** A Region as one account sees it. */
export interface Region {
  readonly name: RegionName;
  /** `opt-in-not-required`, `opted-in` or `not-opted-in`. */
  readonly optInStatus: string | undefined;
}

/** The Regions of an answer of DescribeRegions (with `AllRegions`), by name. */
export function regionsIn(answer: Raw): readonly Region[] {
  return items(answer, 'Regions', (region) => ({
    name: requiredText(region, 'RegionName') as RegionName,
    optInStatus: text(region, 'OptInStatus'),
  })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Resources in a Region that is off keep running and cost money, and cannot be read: it is not visible, never clean. */
function isEnabled({ optInStatus }: Region): boolean {
  return optInStatus !== 'not-opted-in';
}

/** `all` enabled Regions, or these. */
export type RegionSelection = 'all' | readonly string[];

/** Which Regions of one account are read, and which cannot be although they were meant. */
export interface SelectedRegions {
  readonly selected: readonly RegionName[];
  readonly disabled: readonly RegionName[];
}

/** The Regions of an account that a selection means. */
export function selectRegions(known: readonly Region[], selection: RegionSelection): SelectedRegions {
  const meant = selection === 'all' ? known : known.filter(({ name }) => selection.includes(name));
  return {
    selected: meant.filter(isEnabled).map(({ name }) => name),
    disabled: meant.filter((region) => !isEnabled(region)).map(({ name }) => name),
  };
}

/** Refuses a selection that names what is no Region in any of the accounts, with the nearest names. */
export function refuseUnknownRegions(selection: RegionSelection, known: readonly string[]): void {
  if (selection === 'all' || known.length === 0) return;
  for (const name of selection) {
    if (known.includes(name)) continue;
    const near = nearestNames(name, known);
    const hint = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
    throw new UsageError(`There is no Region "${name}".${hint}`);
  }
}

/**
 * A selection from what a user gave: `all`, or names. A name that cannot be a Region is refused before anything is
 * asked, because the SDK would look it up as a host.
 */
export function regionSelection(names: readonly string[] | undefined): RegionSelection {
  if (names === undefined || names.length === 0) return 'all';
  if (names.length === 1 && names[0] === 'all') return 'all';
  for (const name of names) {
    if (name === 'all') throw new UsageError('Give either "all" or names of Regions, not both.');
    if (!/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(name))
      throw new UsageError(`"${name}" is not the name of a Region, such as eu-west-1.`);
  }
  return [...new Set(names)].sort();
}
