import type { ExposedClass } from '../../model/verdict/exposure.ts';
import type { Exposure, Exposures } from '../exposure.ts';
import { packetHeaders } from './packet-headers.ts';

/** Exposures as data for reports, in the order of their classes. */
export const exposedClasses = ({ classes }: Exposures): readonly ExposedClass[] => classes.map(exposedClass);

function exposedClass(exposure: Exposure): ExposedClass {
  const { kind, accountId, region, vpcId, subnetId, securityGroupIds, rules, missing, example } = exposure;
  return {
    kind,
    accountId,
    region,
    vpcId,
    subnetId,
    securityGroupIds,
    addresses: exposure.addresses.map(({ networkInterfaceId, instanceId, privateAddress, publicAddress }) => ({
      networkInterfaceId,
      ...(instanceId === undefined ? {} : { instanceId }),
      privateAddress,
      ...(publicAddress === undefined ? {} : { publicAddress }),
    })),
    admittedTraffic: packetHeaders(exposure.admitted),
    possibleTraffic: packetHeaders(exposure.doubtful),
    deliveredTraffic: packetHeaders(exposure.deliveredOnly),
    rules,
    targets: exposure.targets.map(({ networkInterfaceId, instanceId }) => ({
      networkInterfaceId,
      ...(instanceId === undefined ? {} : { instanceId }),
    })),
    missing,
    example,
  };
}
