import type { AccountId, RegionName } from '../../id.ts';
import type { ResourceKey } from '../../resources.ts';
import { placeInPath, type Whereabouts } from './whereabouts.ts';

/** One answer whose account and Region are to be told. */
export interface Unplaced {
  /** Relative to the tree's root. */
  readonly file: string;
  readonly key: ResourceKey;
  readonly whereabouts: Whereabouts;
}

/** The account and Region that an answer was printed for; `unknown` where nothing tells it. */
export interface Placed {
  readonly accountId: AccountId;
  readonly region: RegionName;
}

/** An answer with what it and its path say of themselves. */
interface Told extends Unplaced {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** What all answers in a folder and below it say together. */
interface Folder {
  readonly regions: Set<string>;
  readonly votes: readonly [Map<string, number>, Map<string, number>, Map<string, number>];
  /** Per operation, and for the path, the accounts that single answers are surely of. */
  readonly accounts: Map<ResourceKey | 'path', Set<string>>;
}

/**
 * Tells for each answer the account and Region. Names of folders and files come first, then what the answer says, then
 * what the other answers in its folder (and the folders above) say, then the VPCs that it names. A folder is taken for one
 * account, whoever owns the networks in it, unless one operation was printed there for two.
 */
export function placeAnswers(answers: readonly Unplaced[], rootPath: string): readonly Placed[] {
  const told = answers.map(
    (answer): Told => ({
      ...answer,
      account: placeInPath(answer.file).account,
      region: placeInPath(answer.file).region ?? only(answer.whereabouts.regions),
    }),
  );
  const folders = foldersOf(told);
  const near = told.map((answer) => ({
    account: answer.account ?? nearestAccount(answer, folders),
    region: answer.region ?? nearestRegion(answer, folders),
  }));
  const ofVpcs = placesOfVpcs(told, near);
  const ofRoot = placeInPath(rootPath.split(/[/\\]/).slice(-2).join('/'));
  return told.map(({ whereabouts }, index) => {
    const vpcs = [...whereabouts.vpcIds].map((vpcId) => ofVpcs.get(vpcId));
    const account = near[index]?.account ?? only(new Set(vpcs.flatMap((vpc) => [...(vpc?.accounts ?? [])])));
    const region = near[index]?.region ?? only(new Set(vpcs.flatMap((vpc) => [...(vpc?.regions ?? [])])));
    return {
      accountId: (account ?? ofRoot.account ?? 'unknown') as AccountId,
      region: (region ?? ofRoot.region ?? 'unknown') as RegionName,
    };
  });
}

/** The folder of a file and all folders above it, the nearest first; the tree's root is the empty string. */
function foldersAbove(file: string): readonly string[] {
  const segments = file.split('/').slice(0, -1);
  return [...segments.map((_, index) => segments.slice(0, segments.length - index).join('/')), ''];
}

function foldersOf(told: readonly Told[]): ReadonlyMap<string, Folder> {
  const folders = new Map<string, Folder>();
  for (const answer of told) {
    for (const name of foldersAbove(answer.file)) {
      const folder = folders.get(name) ?? {
        regions: new Set(),
        votes: [new Map(), new Map(), new Map()],
        accounts: new Map(),
      };
      folders.set(name, folder);
      addTo(folder, answer);
    }
  }
  return folders;
}

function addTo(folder: Folder, { key, account, region, whereabouts }: Told): void {
  if (region !== undefined) folder.regions.add(region);
  const sure = account ?? sureAccount(whereabouts);
  if (sure !== undefined) {
    const kind = account === undefined ? key : 'path';
    folder.accounts.set(kind, (folder.accounts.get(kind) ?? new Set()).add(sure));
  }
  if (account !== undefined) {
    addVotes(folder.votes[0], [[account, 1]]);
    return;
  }
  for (const [tier, votes] of folder.votes.entries()) addVotes(votes, whereabouts.accounts[tier] ?? []);
}

function addVotes(votes: Map<string, number>, more: Iterable<readonly [string, number]>): void {
  for (const [account, count] of more) votes.set(account, (votes.get(account) ?? 0) + count);
}

function nearestRegion({ file }: Told, folders: ReadonlyMap<string, Folder>): string | undefined {
  const telling = foldersAbove(file).find((name) => (folders.get(name)?.regions.size ?? 0) > 0);
  return telling === undefined ? undefined : only(folders.get(telling)?.regions ?? new Set());
}

function nearestAccount(answer: Told, folders: ReadonlyMap<string, Folder>): string | undefined {
  for (const name of foldersAbove(answer.file)) {
    const folder = folders.get(name);
    if (folder === undefined || folder.votes.every((votes) => votes.size === 0)) continue;
    const several = [...folder.accounts.values()].some((accounts) => accounts.size > 1);
    return several ? sureAccount(answer.whereabouts) : mostNamed(folder.votes);
  }
  return undefined;
}

/** The account of an answer that tells it itself, without the owners of shared networks. */
function sureAccount({ accounts: [surest, sure] }: Whereabouts): string | undefined {
  return mostNamed([surest, sure]);
}

/** Of the surest votes there are, the account with most; of two with as many, the smaller number. */
function mostNamed(tiers: readonly ReadonlyMap<string, number>[]): string | undefined {
  const votes = tiers.find((tier) => tier.size > 0);
  return [...(votes ?? [])].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0];
}

interface VpcPlaces {
  readonly accounts: Set<string>;
  readonly regions: Set<string>;
}

function placesOfVpcs(
  told: readonly Told[],
  places: readonly { readonly account: string | undefined; readonly region: string | undefined }[],
): ReadonlyMap<string, VpcPlaces> {
  const ofVpcs = new Map<string, VpcPlaces>();
  for (const [index, { whereabouts }] of told.entries()) {
    for (const vpcId of whereabouts.vpcIds) {
      const vpc = ofVpcs.get(vpcId) ?? { accounts: new Set(), regions: new Set() };
      ofVpcs.set(vpcId, vpc);
      const { account, region } = places[index] ?? {};
      if (account !== undefined) vpc.accounts.add(account);
      if (region !== undefined) vpc.regions.add(region);
    }
  }
  return ofVpcs;
}

const only = (values: ReadonlySet<string>): string | undefined => (values.size === 1 ? [...values][0] : undefined);
