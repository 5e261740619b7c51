import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import { type Exposure, internetExposure } from '../network/exposure.ts';
import { derive, type Derived } from '../network/facts/derive.ts';
import { internetAddresses } from '../network/facts/special-addresses.ts';
import { buildNetwork } from '../network/network.ts';
import {
  type AddressSet,
  addressesOfCidr,
  disjointAddresses,
  formatAddresses,
  intersectAddresses,
  uniteAllAddresses,
} from '../network/sets/address-set.ts';
import type { Box } from '../network/sets/box.ts';
import { parseCidrOrAddress } from '../network/sets/cidr.ts';
import { intersectIntervals, type Intervals } from '../network/sets/intervals.ts';
import type { Traffic } from '../network/sets/traffic.ts';
import { groupBy } from './group-by.ts';

/** A block list as a set, as far as its addresses are on the internet. */
export const blockedAddresses: Derived<readonly string[], AddressSet> = derive((blocks) =>
  intersectAddresses(
    uniteAllAddresses(
      blocks.flatMap((block) => {
        const cidr = parseCidrOrAddress(block).value;
        return cidr === undefined ? [] : [addressesOfCidr(cidr)];
      }),
    ),
    internetAddresses,
  ),
);

/** What addresses of a block list can send into a subnet. */
export interface BlockedReach {
  readonly traffic: Traffic;
  /** The interfaces that it gets to. */
  readonly networkInterfaceIds: readonly string[];
  /** What may get in besides, depending on what is not known. */
  readonly missing: readonly Missing[];
}

const bySubnet: Derived<Snapshot, ReadonlyMap<string, readonly Exposure[]>> = derive((snapshot) =>
  groupBy(internetExposure(buildNetwork(snapshot)).classes, ({ subnetId }) => subnetId),
);

/** What gets into a subnet from blocked addresses, whether or not it is answered: route, ACL and group admit it. */
export function blockedReach(snapshot: Snapshot, subnetId: string, blocked: AddressSet): BlockedReach {
  const classes = bySubnet(snapshot).get(subnetId) ?? [];
  const part = sourcesWithin(blocked);
  const reaching = classes.map((one) => ({ one, traffic: part([...one.admitted, ...one.deliveredOnly]) }));
  return {
    traffic: reaching.flatMap(({ traffic }) => traffic),
    networkInterfaceIds: [
      ...new Set(
        reaching.flatMap(({ one, traffic }) =>
          traffic.length === 0 ? [] : one.addresses.map(({ networkInterfaceId }) => networkInterfaceId),
        ),
      ),
    ],
    missing: classes.flatMap(({ doubtful, missing }) => (part(doubtful).length === 0 ? [] : missing)),
  };
}

/** The packets from some sources; rules share their sets of sources, so that each is cut once. */
function sourcesWithin({ ipv4, ipv6 }: AddressSet): (traffic: Traffic) => Traffic {
  const cut = new Map<Intervals, Intervals>();
  return (traffic) =>
    traffic.flatMap((box): readonly Box[] => {
      let sources = cut.get(box.sources);
      if (sources === undefined) {
        sources = intersectIntervals<number | bigint>(box.sources, box.family === 4 ? ipv4 : ipv6);
        cut.set(box.sources, sources);
      }
      return sources.length === 0 ? [] : [{ ...box, sources }];
    });
}

/** The sources of packets. */
export function sourcesOf(traffic: Traffic): AddressSet {
  return uniteAllAddresses(
    traffic.map(({ family, sources }) =>
      family === 4
        ? { ipv4: sources as Intervals<number>, ipv6: [] }
        : { ipv4: [], ipv6: sources as Intervals<bigint> },
    ),
  );
}

/** The blocks of the list, in as few as it takes, that have an address in common with some others. */
export const blocksTouching = (blocked: AddressSet, others: AddressSet): readonly string[] =>
  formatAddresses(blocked).filter((block) => {
    const cidr = parseCidrOrAddress(block).value;
    return cidr !== undefined && !disjointAddresses(addressesOfCidr(cidr), others);
  });
