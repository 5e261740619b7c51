import { iamActionOf, resourceKeys, resourceKinds, type ResourceKey } from '../../resources.ts';
import {
  type Gathered,
  type GatheredKinds,
  gatheredOf,
  itemsFor,
  type OperationFailure,
  recordFailure,
} from '../gathered.ts';
import type { Manifest, ManifestCall } from '../manifest.ts';
import type { MappedItems } from '../map-answer.ts';
import { settleRegion } from '../settle.ts';
import type { RegionSnapshot } from '../snapshot.ts';
import type { Placed } from './place.ts';

/** One answer of one operation, mapped or failed, with the place it was printed for. */
export interface FoundAnswer {
  readonly place: Placed;
  readonly key: ResourceKey;
  /** The resource that it was printed for, where the operation is called per resource; else an empty string. */
  readonly of: string;
  readonly file: string;
  readonly outcome: MappedItems<unknown> | OperationFailure;
  /** It says that another page follows. */
  readonly continued: boolean;
}

/**
 * Kinds that are seldom in force and that nobody thinks to print: a tree without them is read as if they were off, and
 * verdicts name the assumption.
 */
const seldomInForce: readonly ResourceKey[] = [
  'securityGroupVpcAssociations',
  'vpcBlockPublicAccessOptions',
  'vpcBlockPublicAccessExclusions',
  'vpcEncryptionControls',
  'transitGatewayPolicyTables',
  'transitGatewayPolicyTableAssociations',
  'transitGatewayPolicyTableEntries',
];

/** All answers of a tree as Regions, with a manifest that tells what there was as that of a collection does. */
export function assemble(answers: readonly FoundAnswer[]): {
  readonly manifest: Manifest;
  readonly regions: readonly RegionSnapshot[];
} {
  const calls: ManifestCall[] = [];
  const regions = groupsBy(answers, ({ place }) => `${place.accountId}/${place.region}`).map((ofPlace) => {
    const kinds: GatheredKinds = new Map();
    for (const ofCall of groupsBy(
      ofPlace,
      ({ key, of }) => `${String(resourceKeys.indexOf(key)).padStart(3, '0')} ${of}`,
    ))
      calls.push(addCall(ofCall, kinds));
    return regionOf(ofPlace[0].place, kinds);
  });
  const manifest: Manifest = {
    schemaVersion: '1',
    tool: { name: 'aws', version: 'unknown' },
    createdAt: undefined,
    caller: undefined,
    scope: {
      accounts: [...new Set(regions.map(({ accountId }) => accountId))].sort(),
      regions: [...new Set(regions.map(({ region }) => region))].sort(),
    },
    notVisible: [],
    calls,
  };
  return { manifest, regions };
}

function regionOf({ accountId, region }: Placed, kinds: GatheredKinds): RegionSnapshot {
  const assumedOff = seldomInForce.filter((key) => !kinds.has(key) && !isPartOfRead(key, kinds));
  for (const key of assumedOff) gatheredOf(kinds, key);
  return settleRegion(accountId, region, kinds, assumedOff);
}

/** A kind read per resource is not assumed off where its parents were printed: there, it was forgotten. */
const isPartOfRead = (key: ResourceKey, kinds: GatheredKinds): boolean =>
  kinds.has(resourceKinds[key].per?.kind as ResourceKey);

/** Puts the pages of one call together; without the last of them the listing cannot be relied on. */
function addCall(pages: Group<FoundAnswer>, kinds: GatheredKinds): ManifestCall {
  const [{ key, of, file, place }] = pages;
  const gathered = gatheredOf(kinds, key);
  gathered.asked.add(of);
  const failure =
    pages.map(({ outcome }) => outcome).find((outcome) => 'failure' in outcome) ??
    (pages.every(({ continued }) => continued) ? cutOff(pages) : undefined);
  if (failure === undefined) addItems(gathered, of, pages);
  else recordFailure(key, gathered, of, failure);
  const { service, operation, per } = resourceKinds[key];
  return {
    ...place,
    service,
    operation,
    input: per === undefined ? {} : { [per.input]: of },
    file,
    ...(failure === undefined ? { status: 'collected' } : { status: 'failed', ...failure }),
    iamAction: iamActionOf(key),
    requests: 0,
    throttled: 0,
    durationMs: 0,
  };
}

const cutOff = (pages: Group<FoundAnswer>): OperationFailure => ({
  failure: 'broken-answer',
  errorCode: 'BrokenAnswer',
  message: `${pages.map(({ file }) => file).join(', ')}: the listing is cut off, since every page says that another one follows`,
});

function addItems(gathered: Gathered, of: string, pages: Group<FoundAnswer>): void {
  const items = itemsFor(gathered, of);
  for (const { outcome } of pages) {
    if ('failure' in outcome) continue;
    for (const id of outcome.ids) items.ids.push(id);
    for (const resource of outcome.resources) items.resources.push(resource);
    items.incomplete.push(...outcome.incomplete);
  }
}

type Group<T> = readonly [T, ...T[]];

/** The items with one name together, in the order of the names. */
function groupsBy<T>(items: readonly T[], nameOf: (item: T) => string): readonly Group<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
