import { compareText, gapIn } from './facts/inventory.ts';
import { type Exposure, type ExposedAddress, internetExposure } from './exposure.ts';
import type { Network } from './network.ts';
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

/** What of an exposure is compared. */
export type ComparedExposure = Pick<
  Exposure,
  'key' | 'accountId' | 'region' | 'vpcId' | 'addresses' | 'admitted' | 'doubtful'
>;

/** One of the two sides of a comparison. */
export interface ExposureSide {
  readonly classes: readonly ComparedExposure[];
  /** Why an interface that is not there proves nothing: nobody looked for it in this account and Region. */
  readonly gap: (accountId: string, region: string) => string | undefined;
}

/** The change of exposure of interfaces that changed alike. */
export interface ExposureChange extends TrafficChange {
  readonly addresses: readonly ExposedAddress[];
  readonly before: ComparedExposure | undefined;
  readonly after: ComparedExposure | undefined;
  /** Why they cannot be compared, where an account or Region was read in one snapshot only. */
  readonly coverage: string | undefined;
}

/** What became reachable from the internet, what no longer is, and what cannot be compared. */
export const exposureDifference = (before: Network, after: Network): readonly ExposureChange[] =>
  exposureChanges(exposureSide(before), exposureSide(after));

/** A snapshot as a side of a comparison. */
export const exposureSide = (network: Network): ExposureSide => ({
  classes: internetExposure(network).classes,
  gap: (accountId, region) => interfaceGap(network, accountId, region),
});

/** Why the interfaces of an account and Region are not all known. */
export function interfaceGap({ snapshot }: Network, accountId: string, region: string): string | undefined {
  const own = snapshot.regions.find((one) => one.accountId === accountId && one.region === region);
  if (own === undefined) return notLookedAt(accountId, region);
  return gapIn(own, 'networkInterfaces')?.fact;
}

/** The words for an account and Region that only one side looked at. */
export const notLookedAt = (accountId: string, region: string): string =>
  `account ${accountId}, ${region} is in one of the two only`;

/** The same of any two sides. */
export function exposureChanges(before: ExposureSide, after: ExposureSide): readonly ExposureChange[] {
  const old = byAddress(before);
  const now = byAddress(after);
  const groups = new Map<
    string,
    {
      before: ComparedExposure | undefined;
      after: ComparedExposure | undefined;
      coverage: string | undefined;
      addresses: ExposedAddress[];
    }
  >();
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(key), now.get(key)];
    const known = was ?? is;
    const address = (is ?? was)?.address;
    if (known === undefined || address === undefined) continue;
    const side = was === undefined ? before : is === undefined ? after : undefined;
    const coverage = side?.gap(known.exposure.accountId, known.exposure.region);
    const group = `${was?.exposure.key ?? '-'}|${is?.exposure.key ?? '-'}|${coverage ?? ''}`;
    const own = groups.get(group);
    if (own === undefined)
      groups.set(group, { before: was?.exposure, after: is?.exposure, coverage, addresses: [address] });
    else own.addresses.push(address);
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, group]) => ({ ...group, ...changeOf(group) }))
    .filter(({ became, gone, incomparable }) => became.length + gone.length + incomparable.length > 0);
}

interface Entry {
  readonly address: ExposedAddress;
  readonly exposure: ComparedExposure;
}

function byAddress({ classes }: ExposureSide): ReadonlyMap<string, Entry> {
  const out = new Map<string, Entry>();
  for (const exposure of classes) {
    for (const address of exposure.addresses) {
      out.set(`${address.networkInterfaceId} ${address.privateAddress}`, { address, exposure });
    }
  }
  return out;
}

function changeOf({
  before,
  after,
  coverage,
}: {
  readonly before: ComparedExposure | undefined;
  readonly after: ComparedExposure | undefined;
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
