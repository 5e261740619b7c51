import type { SubnetExposure } from '../../../model/verdict/defence-in-depth.ts';
import type { NetworkInterface } from '../../../model/resources/network-interface.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import { type Exposure, internetExposure } from '../../../network/exposure.ts';
import { interfaceInventoryGap } from '../../../network/facts/addresses.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { interfaceRole } from '../../../network/facts/interface-role.ts';
import { interfaceById } from '../../../network/facts/resources-by-id.ts';
import { buildNetwork } from '../../../network/network.ts';
import { protocolNumbers } from '../../../network/sets/protocol.ts';
import type { Traffic } from '../../../network/sets/traffic.ts';
import { type Balancer, balancers } from '../tier-chains/balancers.ts';
import { isFromStrangers } from './opening.ts';

interface Seen {
  exposed: boolean;
  limited: boolean;
  behind: boolean;
  doubtful: boolean;
}

interface Exposures {
  readonly bySubnet: ReadonlyMap<string, Seen>;
  /** VPCs with targets that could not be told, behind a load balancer that may be reached. */
  readonly doubtfulVpcs: ReadonlySet<string>;
}

const exposures: Derived<Snapshot, Exposures> = derive((snapshot) => {
  const bySubnet = new Map<string, Seen>();
  const doubtfulVpcs = new Set<string>();
  const at = (subnetId: string, family: 4 | 6): Seen => {
    const key = `${subnetId} ${family}`;
    const known = bySubnet.get(key) ?? { exposed: false, limited: false, behind: false, doubtful: false };
    bySubnet.set(key, known);
    return known;
  };
  const behind = (target: NetworkInterface): Seen =>
    // A target is called by its IPv4 address unless it has none
    at(target.subnetId, target.privateIpAddresses.length > 0 ? 4 : 6);
  const balancerOf = derivedBalancers(snapshot);
  for (const exposure of internetExposure(buildNetwork(snapshot)).classes) {
    const family = exposure.kind === 'ipv6' ? 6 : 4;
    const own = at(exposure.subnetId, family);
    const reached = reachedBy(exposure);
    if (isFromStrangers(family, reached)) own.exposed = true;
    else if (reached.length > 0) own.limited = true;
    else if (exposure.doubtful.length > 0) own.doubtful = true;
    if (exposure.admitted.length > 0) {
      for (const { networkInterfaceId } of exposure.targets) {
        const target = interfaceById(snapshot).get(networkInterfaceId)?.resource;
        if (target !== undefined) behind(target).behind = true;
      }
    }
    if (exposure.doubtful.length === 0) continue;
    for (const { networkInterfaceId } of exposure.addresses) {
      const balancer = balancerOf.get(networkInterfaceId);
      for (const target of balancer?.targets.interfaces ?? []) behind(target).doubtful = true;
      const node = interfaceById(snapshot).get(networkInterfaceId)?.resource;
      const isNode = node !== undefined && interfaceRole(node) !== 'plain';
      if (isNode && (balancer === undefined || balancer.targets.missing.length > 0)) doubtfulVpcs.add(exposure.vpcId);
    }
  }
  return { bySubnet, doubtfulVpcs };
});

/** The load balancer of each node. */
const derivedBalancers: Derived<Snapshot, ReadonlyMap<string, Balancer>> = derive(
  (snapshot) =>
    new Map(
      balancers(snapshot).flatMap((balancer) =>
        balancer.nodes.map(({ networkInterfaceId }) => [networkInterfaceId, balancer] as const),
      ),
    ),
);

/** A connection needs the answer; of everything else, arriving is exposure enough. */
const reachedBy = ({ admitted, deliveredOnly }: Exposure): Traffic => [
  ...admitted,
  ...deliveredOnly.filter(({ protocols: [from, to] }) => from !== protocolNumbers.tcp || to !== from + 1),
];

/** What the internet reaches in a subnet in one family, as the engine finds it. */
export function subnetExposure(snapshot: Snapshot, vpcId: string, subnetId: string, family: 4 | 6): SubnetExposure {
  const { bySubnet, doubtfulVpcs } = exposures(snapshot);
  const seen = bySubnet.get(`${subnetId} ${family}`);
  if (seen?.exposed === true) return 'exposed';
  if (seen?.limited === true) return 'limited';
  if (seen?.behind === true) return 'behind-load-balancer';
  if (seen?.doubtful === true || doubtfulVpcs.has(vpcId) || interfaceInventoryGap(snapshot, vpcId) !== undefined)
    return 'unknown';
  return 'blocked';
}
