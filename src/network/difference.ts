import type { AddressClass } from './facts/address-classes.ts';
import { compareText, gapIn } from './facts/inventory.ts';
import { type Exposure, type ExposedAddress, internetExposure } from './exposure.ts';
import type { Network } from './network.ts';
import { type ClassPair, pairwise } from './pairwise.ts';
import { noTraffic, subtractTraffic, type Traffic, uniteTraffic } from './sets/traffic.ts';

/** What changed between two snapshots, exactly; what either side does not know is compared with nothing. */
export interface TrafficChange {
  /** Gets through now, and surely did not before. */
  readonly became: Traffic;
  /** Got through before, and surely does not now. */
  readonly gone: Traffic;
  /** Cannot be compared: one of the two snapshots does not know. */
  readonly incomparable: Traffic;
}

/** The change of exposure of interfaces that changed alike. */
export interface ExposureChange extends TrafficChange {
  readonly addresses: readonly ExposedAddress[];
  readonly before: Exposure | undefined;
  readonly after: Exposure | undefined;
  /** Why they cannot be compared, where an account or Region was read in one snapshot only. */
  readonly coverage: string | undefined;
}

/** What became reachable from the internet, what no longer is, and what cannot be compared. */
export function exposureDifference(before: Network, after: Network): readonly ExposureChange[] {
  const old = byAddress(before);
  const now = byAddress(after);
  const groups = new Map<
    string,
    {
      before: Exposure | undefined;
      after: Exposure | undefined;
      coverage: string | undefined;
      addresses: ExposedAddress[];
    }
  >();
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(key), now.get(key)];
    const address = (is ?? was)?.address;
    if (address === undefined) continue;
    const coverage = coverageGap(
      was === undefined ? before : is === undefined ? after : undefined,
      (was ?? is)?.exposure,
    );
    const group = `${was?.exposure.key ?? '-'}|${is?.exposure.key ?? '-'}|${coverage ?? ''}`;
    const known = groups.get(group);
    if (known === undefined)
      groups.set(group, { before: was?.exposure, after: is?.exposure, coverage, addresses: [address] });
    else known.addresses.push(address);
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, group]) => ({ ...group, ...changeOf(group) }))
    .filter(({ became, gone, incomparable }) => became.length + gone.length + incomparable.length > 0);
}

interface Entry {
  readonly address: ExposedAddress;
  readonly exposure: Exposure;
}

function byAddress(network: Network): ReadonlyMap<string, Entry> {
  const out = new Map<string, Entry>();
  for (const exposure of internetExposure(network).classes) {
    for (const address of exposure.addresses) {
      out.set(`${address.networkInterfaceId} ${address.privateAddress}`, { address, exposure });
    }
  }
  return out;
}

/** The interface is missing on one side: is that because it does not exist there, or because nobody looked? */
function coverageGap(network: Network | undefined, exposure: Exposure | undefined): string | undefined {
  if (network === undefined || exposure === undefined) return undefined;
  const { accountId, region } = exposure;
  const own = network.snapshot.regions.find((one) => one.accountId === accountId && one.region === region);
  if (own === undefined) return `account ${accountId}, ${region} is in one of the snapshots only`;
  return gapIn(own, 'networkInterfaces')?.fact;
}

function changeOf({
  before,
  after,
  coverage,
}: {
  readonly before: Exposure | undefined;
  readonly after: Exposure | undefined;
  readonly coverage: string | undefined;
}): TrafficChange {
  const was = { admitted: before?.admitted ?? noTraffic, doubtful: before?.doubtful ?? noTraffic };
  const is = { admitted: after?.admitted ?? noTraffic, doubtful: after?.doubtful ?? noTraffic };
  if (coverage === undefined) return trafficChange(was, is);
  const all = uniteTraffic(uniteTraffic(was.admitted, was.doubtful), uniteTraffic(is.admitted, is.doubtful));
  return { became: noTraffic, gone: noTraffic, incomparable: all };
}

interface Known {
  readonly admitted: Traffic;
  readonly doubtful: Traffic;
}

/**
 * A packet counts as changed only where both sides know; where one alone does not, it is incomparable. What both do not
 * know is no news.
 */
export function trafficChange(was: Known, is: Known): TrafficChange {
  const became = subtractTraffic(subtractTraffic(is.admitted, was.admitted), was.doubtful);
  const gone = subtractTraffic(subtractTraffic(was.admitted, is.admitted), is.doubtful);
  const incomparable = uniteTraffic(
    subtractTraffic(was.doubtful, is.doubtful),
    subtractTraffic(is.doubtful, was.doubtful),
  );
  return { became, gone, incomparable };
}

/** A change between private addresses: sources and destinations that changed alike. */
export interface PairChange extends TrafficChange {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

interface Refined {
  readonly before: AddressClass;
  readonly after: AddressClass;
  readonly members: string[];
}

/**
 * What became reachable between the interfaces that both snapshots have, by classes that are alike in both: quadratic in
 * classes, never in interfaces.
 */
export function pairwiseDifference(before: Network, after: Network): readonly PairChange[] {
  const [old, now] = [pairwise(before), pairwise(after)];
  const refined = refine(classOfAddress(old.classes), classOfAddress(now.classes));
  const out: PairChange[] = [];
  for (const from of refined) {
    for (const to of refined) {
      const change = trafficChange(
        pairOf(old.between(from.before, to.before)),
        pairOf(now.between(from.after, to.after)),
      );
      if (change.became.length + change.gone.length + change.incomparable.length === 0) continue;
      out.push({ ...change, from: from.members, to: to.members });
    }
  }
  return out;
}

const pairOf = ({ admitted, doubtful }: ClassPair): Known => ({ admitted, doubtful });

function classOfAddress(classes: readonly AddressClass[]): ReadonlyMap<string, AddressClass> {
  return new Map(
    classes.flatMap((one) =>
      one.members.map(({ located, value }) => [`${located.resource.networkInterfaceId} ${value}`, one] as const),
    ),
  );
}

function refine(old: ReadonlyMap<string, AddressClass>, now: ReadonlyMap<string, AddressClass>): readonly Refined[] {
  const groups = new Map<string, Refined>();
  for (const [address, before] of old) {
    const after = now.get(address);
    if (after === undefined) continue;
    const key = `${before.key}|${after.key}`;
    const id = address.slice(0, address.indexOf(' '));
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { before, after, members: [id] });
    else if (known.members[known.members.length - 1] !== id) known.members.push(id);
  }
  return [...groups].sort(([a], [b]) => compareText(a, b)).map(([, one]) => one);
}
