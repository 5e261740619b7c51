import type { ExposedAddress as Address, ExposedClass } from '../../model/verdict/exposure.ts';
import type {
  ExposureDifference,
  PairDifference,
  ReachabilityDifference,
  TrafficDifference,
} from '../../model/verdict/reachability-difference.ts';
import { exposureChanges, exposureSide, type ExposureSide, type TrafficChange } from '../difference.ts';
import type { ExposedAddress } from '../exposure.ts';
import type { Network } from '../network.ts';
import { pairwiseDifference } from '../pairwise-difference.ts';
import { packetHeaders } from './packet-headers.ts';
import { trafficOfHeaders } from './traffic-of-headers.ts';

/** What one of two audits knows of who reaches whom: a whole snapshot, or the exposures that a report kept. */
export type ReachabilitySide = { readonly network: Network } | { readonly exposure: ExposureSide };

/** More paths between classes than this are not followed, which is minutes: the comparison is to end tonight. */
const mostPaths = 200_000;

/**
 * What became reachable between two audits, what no longer is, and what cannot be compared, exactly: from the internet, and
 * between interfaces where both audits are snapshots.
 */
export function reachabilityDifference(before: ReachabilitySide, after: ReachabilitySide): ReachabilityDifference {
  const exposure = exposureChanges(sideOf(before), sideOf(after)).map((change): ExposureDifference => {
    const { accountId, region, vpcId } = (change.after ?? change.before) as NonNullable<typeof change.after>;
    const { addresses, coverage } = change;
    return {
      accountId,
      region,
      vpcId,
      addresses: addresses.map(addressOf),
      ...printed(change),
      ...(coverage === undefined ? {} : { coverage }),
    };
  });
  if (!('network' in before) || !('network' in after)) {
    return {
      exposure,
      notCompared: ['What interfaces reach of each other: a report does not keep it. Compare the snapshots.'],
    };
  }
  const pairs = pairwiseDifference(before.network, after.network, mostPaths);
  if (pairs === undefined) {
    return { exposure, notCompared: ['What interfaces reach of each other: there are too many kinds of them.'] };
  }
  return {
    exposure,
    pairs: pairs.map(
      (change): PairDifference => ({
        from: change.from.map(addressOf),
        to: change.to.map(addressOf),
        ...printed(change),
        ...(change.coverage === undefined ? {} : { coverage: change.coverage }),
      }),
    ),
    notCompared: [],
  };
}

const sideOf = (side: ReachabilitySide): ExposureSide =>
  'network' in side ? exposureSide(side.network) : side.exposure;

/** The exposures of a report as a side of a comparison. Throws HeadersUnreadable where a report was tampered with. */
export function reportedExposure(exposures: readonly ExposedClass[], gap: ExposureSide['gap']): ExposureSide {
  return {
    gap,
    classes: exposures.map((one, index) => ({
      key: String(index).padStart(8, '0'),
      accountId: one.accountId,
      region: one.region,
      vpcId: one.vpcId,
      addresses: one.addresses.map((address) => ({
        networkInterfaceId: address.networkInterfaceId,
        instanceId: address.instanceId,
        privateAddress: address.privateAddress,
        publicAddress: address.publicAddress,
      })),
      admitted: trafficOfHeaders(one.admittedTraffic),
      doubtful: trafficOfHeaders(one.possibleTraffic),
    })),
  };
}

const printed = ({ became, gone, incomparable }: TrafficChange): TrafficDifference => ({
  became: packetHeaders(became),
  gone: packetHeaders(gone),
  incomparable: packetHeaders(incomparable),
});

const addressOf = ({ networkInterfaceId, instanceId, privateAddress, publicAddress }: ExposedAddress): Address => ({
  networkInterfaceId,
  ...(instanceId === undefined ? {} : { instanceId }),
  privateAddress,
  ...(publicAddress === undefined ? {} : { publicAddress }),
});
