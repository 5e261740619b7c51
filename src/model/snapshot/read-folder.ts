import { readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { posix, join } from 'node:path';
import { isRaw, MalformedAnswer } from '../decode.ts';
import type { AccountId, RegionName } from '../id.ts';
import { resourceKeys, resourceKinds, type ResourceKey } from '../resources.ts';
import { readDocument, type Root, UnreadableFile } from './document.ts';
import {
  brokenAnswer,
  type GatheredKinds,
  gatheredOf,
  itemsFor,
  type OperationFailure,
  recordFailure,
} from './gathered.ts';
import type { Manifest, ManifestCall } from './manifest.ts';
import { isContinued, mapAnswer } from './map-answer.ts';
import { settleRegion } from './settle.ts';
import type { Snapshot } from './snapshot.ts';

const keyOfOperation: ReadonlyMap<string, ResourceKey> = new Map(
  resourceKeys.map((key) => [`${resourceKinds[key].service}.${resourceKinds[key].operation}`, key]),
);

/** The kind of resource that an operation answers; `undefined` for one that answers none (`sts.GetCallerIdentity`). */
export function keyOf(service: string, operation: string): ResourceKey | undefined {
  return keyOfOperation.get(`${service}.${operation}`);
}

/**
 * Reads a snapshot whose manifest is known. Answers are read one part at a time and kept only as nouns; an answer that
 * cannot be read costs its operation and nothing else. Other work gets its turn between two Regions.
 */
export async function readFolder(root: Root, manifest: Manifest): Promise<Snapshot> {
  const regions = [];
  for (const [{ accountId, region }, calls] of callsByRegion(manifest)) {
    const kinds: GatheredKinds = new Map();
    for (const { key, of, call } of calls) readCall(root, kinds, key, of, call);
    regions.push(settleRegion(accountId, region, kinds));
    await setImmediate();
  }
  return { manifest, regions, notes: [] };
}

interface PlacedCall {
  readonly key: ResourceKey;
  /** The resource that the call was made for, or an empty string. */
  readonly of: string;
  readonly call: ManifestCall;
}

interface Place {
  readonly accountId: AccountId;
  readonly region: RegionName;
}

/**
 * The calls of each Region, in a fixed order. An account of the scope in which nothing was called is there too, with
 * every kind of every Region not called: it is not a clean one. Accounts need not have the same Regions.
 */
function callsByRegion(manifest: Manifest): readonly (readonly [Place, readonly PlacedCall[]])[] {
  const places = new Map<string, readonly [Place, PlacedCall[]]>();
  const at = (accountId: AccountId, region: RegionName): PlacedCall[] => {
    const name = `${accountId}/${region}`;
    const entry = places.get(name) ?? ([{ accountId, region }, []] as const);
    places.set(name, entry);
    return entry[1];
  };
  const hidden = new Set(manifest.notVisible.map(({ accountId, region }) => `${accountId}/${region ?? ''}`));
  const entered = new Set(
    manifest.calls.flatMap(({ accountId, service, operation }) =>
      keyOf(service, operation) === undefined ? [] : [accountId],
    ),
  );
  for (const accountId of manifest.scope.accounts.filter((id) => !entered.has(id))) {
    for (const region of manifest.scope.regions) {
      if (!hidden.has(`${accountId}/`) && !hidden.has(`${accountId}/${region}`)) at(accountId, region);
    }
  }
  for (const call of manifest.calls) {
    const key = keyOf(call.service, call.operation);
    if (key !== undefined) at(call.accountId, call.region).push({ key, of: askedFor(key, call), call });
  }
  for (const [, calls] of places.values())
    calls.sort((a, b) => compare(a.of, b.of) || compare(a.call.file, b.call.file));
  return [...places.entries()].sort(([a], [b]) => compare(a, b)).map(([, entry]) => entry);
}

/** The resource that a call was made for; empty for a plain list and where the input does not name one. */
function askedFor(key: ResourceKey, call: ManifestCall): string {
  const { per } = resourceKinds[key];
  const value = per === undefined ? undefined : call.input[per.input];
  return typeof value === 'string' ? value : '';
}

function readCall(root: Root, kinds: GatheredKinds, key: ResourceKey, of: string, call: ManifestCall): void {
  const kind = resourceKinds[key];
  if (call.status === 'skipped' && kind.per === undefined && call.failure === undefined) return;
  const gathered = gatheredOf(kinds, key);
  gathered.asked.add(of);
  if (call.status !== 'collected') {
    recordFailure(key, gathered, of, failureOf(call));
    return;
  }
  if (gathered.failure !== undefined) return;
  let file = call.file ?? '';
  try {
    if (kind.per !== undefined && of === '')
      throw new UnreadableFile(
        'manifest.json',
        `does not say for which ${kind.per.input} ${kind.operation} was called`,
      );
    if (file === '') throw new UnreadableFile('manifest.json', `names no file for a collected ${kind.operation}`);
    let continued = false;
    for (file of partsOf(root, file, call.parts)) {
      const answer = readDocument(root, file);
      mapAnswer<unknown>(kind, answer, of, itemsFor(gathered, of));
      continued = isRaw(answer) && isContinued(answer);
    }
    if (continued) throw new MalformedAnswer('', 'is cut off: its last page says that another one follows');
  } catch (error) {
    recordFailure(key, gathered, of, brokenAnswer(error, file));
  }
}

function failureOf(call: ManifestCall): OperationFailure {
  const { failure = 'other', errorCode = '', message = '' } = call;
  return { failure, errorCode, message: message === '' ? `${call.operation} was ${call.status}` : message };
}

const partName = /^(.*)\.1(\.json)(?:\.gz)?$/s;

/**
 * The files of an answer in order. The manifest says how many parts there are; where it does not, they go on to the
 * highest one that the folder has, so that a gap in the row is seen.
 */
function* partsOf(root: Root, first: string, parts: number | undefined): Generator<string> {
  yield first;
  const [, stem, suffix] = partName.exec(first) ?? [];
  if (stem === undefined || suffix === undefined) return;
  const count = parts ?? highestPart(root, stem);
  for (let part = 2; part <= count; part += 1) yield `${stem}.${part}${suffix}`;
}

function highestPart(root: Root, stem: string): number {
  const start = `${posix.basename(stem)}.`;
  const numbers = readdirSync(join(root.path, posix.dirname(stem)))
    .filter((name) => name.startsWith(start))
    .map((name) => /^(\d{1,6})\.json(?:\.gz)?$/.exec(name.slice(start.length))?.[1]);
  return Math.max(1, ...numbers.map((part) => Number(part ?? 1)));
}

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);
