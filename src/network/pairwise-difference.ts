import type { ExposedAddress } from './exposure.ts';
import { interfaceGap, type TrafficChange, trafficChange } from './difference.ts';
import type { AddressClass } from './facts/address-classes.ts';
import type { HeldAddress } from './facts/addresses.ts';
import { compareText } from './facts/inventory.ts';
import type { Network } from './network.ts';
import { type Pairwise, pairwise } from './pairwise.ts';
import { formatIpAddress } from './sets/ip-address.ts';
import { noTraffic, type Traffic, uniteTraffic } from './sets/traffic.ts';

/** A change between private addresses: sources and destinations that changed alike. */
export interface PairChange extends TrafficChange {
  readonly from: readonly ExposedAddress[];
  readonly to: readonly ExposedAddress[];
  /** Why they cannot be compared, where an account or Region was read in one snapshot only. */
  readonly coverage: string | undefined;
}

/** Addresses that are alike in both snapshots, or are in one of them only. */
interface Refined {
  readonly before: AddressClass | undefined;
  readonly after: AddressClass | undefined;
  readonly coverage: string | undefined;
  readonly members: ExposedAddress[];
  readonly hosts: Set<string>;
}

/**
 * What became reachable between interfaces, by classes that are alike in both snapshots: quadratic in classes, never in
 * interfaces. What is in one snapshot only got nothing through in the other, unless nobody looked there. `undefined` where
 * there would be more than `most` paths between classes to follow.
 */
export function pairwiseDifference(
  before: Network,
  after: Network,
  most: number = Number.POSITIVE_INFINITY,
): readonly PairChange[] | undefined {
  const [old, now] = [pairwise(before), pairwise(after)];
  const refined = refine(before, after, old, now);
  if (walks(refined, old, now, most) > most) return undefined;
  return refined.flatMap((from) =>
    refined.flatMap((to) => {
      if (oneHost(from, to)) return [];
      const was = known(old, from.before, to.before);
      const is = known(now, from.after, to.after);
      const coverage = from.coverage ?? to.coverage;
      const change = coverage === undefined ? trafficChange(was, is) : unknown(was, is);
      if (change.became.length + change.gone.length + change.incomparable.length === 0) return [];
      return [{ ...change, coverage, from: from.members, to: to.members }];
    }),
  );
}

/** How many paths the comparison would follow; not counted on beyond `most`. */
function walks(refined: readonly Refined[], old: Pairwise, now: Pairwise, most: number): number {
  const joins = (side: Pairwise, from: AddressClass | undefined, to: AddressClass | undefined): boolean =>
    from !== undefined && to !== undefined && side.joins(from, to);
  let count = 0;
  for (const from of refined) {
    for (const to of refined) {
      if (joins(old, from.before, to.before)) count++;
      if (joins(now, from.after, to.after)) count++;
    }
    if (count > most) break;
  }
  return count;
}

/** Interfaces of one host reach each other past everything: no pair of the two classes is left. */
const oneHost = (from: Refined, to: Refined): boolean => new Set([...from.hosts, ...to.hosts]).size < 2;

interface Known {
  readonly admitted: Traffic;
  readonly doubtful: Traffic;
}

const nothing: Known = { admitted: noTraffic, doubtful: noTraffic };

const known = (side: Pairwise, from: AddressClass | undefined, to: AddressClass | undefined): Known =>
  from === undefined || to === undefined ? nothing : side.between(from, to);

function unknown(was: Known, is: Known): TrafficChange {
  const all = uniteTraffic(uniteTraffic(was.admitted, was.doubtful), uniteTraffic(is.admitted, is.doubtful));
  return { became: noTraffic, gone: noTraffic, incomparable: all };
}

interface Member {
  readonly held: HeldAddress;
  readonly own: AddressClass;
}

function byAddress({ classes }: Pairwise): ReadonlyMap<string, Member> {
  return new Map(
    classes.flatMap((own) =>
      own.members.map(
        (held) => [`${held.located.resource.networkInterfaceId} ${held.family} ${held.value}`, { held, own }] as const,
      ),
    ),
  );
}

function refine(before: Network, after: Network, old: Pairwise, now: Pairwise): readonly Refined[] {
  const [was, is] = [byAddress(old), byAddress(now)];
  const groups = new Map<string, Refined>();
  for (const address of new Set([...was.keys(), ...is.keys()])) {
    const [earlier, later] = [was.get(address), is.get(address)];
    const held = (later ?? earlier)?.held;
    if (held === undefined) continue;
    const { resource, region } = held.located;
    const lacking = earlier === undefined ? before : later === undefined ? after : undefined;
    const coverage =
      lacking === undefined ? undefined : interfaceGap(lacking, resource.ownerId ?? region.accountId, region.region);
    const key = `${earlier?.own.key ?? '-'}|${later?.own.key ?? '-'}|${coverage ?? ''}`;
    let group = groups.get(key);
    if (group === undefined) {
      group = { before: earlier?.own, after: later?.own, coverage, members: [], hosts: new Set() };
      groups.set(key, group);
    }
    group.members.push(memberOf(held));
    group.hosts.add(resource.attachment?.instanceId ?? resource.networkInterfaceId);
  }
  return [...groups].sort(([a], [b]) => compareText(a, b)).map(([, one]) => one);
}

const memberOf = ({ family, value, located, publicIp }: HeldAddress): ExposedAddress => ({
  networkInterfaceId: located.resource.networkInterfaceId,
  instanceId: located.resource.attachment?.instanceId,
  privateAddress: formatIpAddress(family === 4 ? { family, value: Number(value) } : { family, value: BigInt(value) }),
  publicAddress: publicIp,
});
