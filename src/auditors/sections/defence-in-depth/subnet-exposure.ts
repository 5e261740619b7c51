import type { SubnetExposure } from '../../../model/verdict/defence-in-depth.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import { type Exposure, internetExposure } from '../../../network/exposure.ts';
import { interfaceInventoryGap } from '../../../network/facts/addresses.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { interfaceById } from '../../../network/facts/resources-by-id.ts';
import { buildNetwork } from '../../../network/network.ts';
import { protocolNumbers } from '../../../network/sets/protocol.ts';
import type { Traffic } from '../../../network/sets/traffic.ts';
import { isFromStrangers } from './opening.ts';

interface Seen {
  exposed: boolean;
  limited: boolean;
  behind: boolean;
  doubtful: boolean;
}

const exposures: Derived<Snapshot, ReadonlyMap<string, Seen>> = derive((snapshot) => {
  const seen = new Map<string, Seen>();
  const at = (subnetId: string, family: 4 | 6): Seen => {
    const key = `${subnetId} ${family}`;
    const known = seen.get(key) ?? { exposed: false, limited: false, behind: false, doubtful: false };
    seen.set(key, known);
    return known;
  };
  for (const exposure of internetExposure(buildNetwork(snapshot)).classes) {
    const family = exposure.kind === 'ipv6' ? 6 : 4;
    const own = at(exposure.subnetId, family);
    const reached = reachedBy(exposure);
    if (isFromStrangers(family, reached)) own.exposed = true;
    else if (reached.length > 0) own.limited = true;
    else if (exposure.doubtful.length > 0) own.doubtful = true;
    if (exposure.admitted.length === 0) continue;
    for (const { networkInterfaceId } of exposure.targets) {
      const target = interfaceById(snapshot).get(networkInterfaceId)?.resource;
      // A target is called by its IPv4 address unless it has none
      if (target !== undefined) at(target.subnetId, target.privateIpAddresses.length > 0 ? 4 : 6).behind = true;
    }
  }
  return seen;
});

/** A connection needs the answer; of everything else, arriving is exposure enough. */
const reachedBy = ({ admitted, deliveredOnly }: Exposure): Traffic => [
  ...admitted,
  ...deliveredOnly.filter(({ protocols: [from, to] }) => from !== protocolNumbers.tcp || to !== from + 1),
];

/** What the internet reaches in a subnet in one family, as the engine finds it. */
export function subnetExposure(snapshot: Snapshot, vpcId: string, subnetId: string, family: 4 | 6): SubnetExposure {
  const seen = exposures(snapshot).get(`${subnetId} ${family}`);
  if (seen?.exposed === true) return 'exposed';
  if (seen?.limited === true) return 'limited';
  if (seen?.behind === true) return 'behind-load-balancer';
  if (seen?.doubtful === true || interfaceInventoryGap(snapshot, vpcId) !== undefined) return 'unknown';
  return 'blocked';
}
