import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { ResourceEvidence, TrafficEvidence } from '../model/verdict/evidence.ts';
import type { Severity } from '../model/verdict/severity.ts';
import { type Exposure, internetExposure } from '../network/exposure.ts';
import { interfacesOfGroup } from '../network/facts/group-members.ts';
import { buildNetwork } from '../network/network.ts';
import { disjointIntervals, type Intervals, intervalsOfRanges } from '../network/sets/intervals.ts';
import { parseProtocol } from '../network/sets/protocol.ts';
import type { Traffic } from '../network/sets/traffic.ts';

/** The kinds that decide whether the internet gets through to an interface. */
export type ExposureKind =
  | 'networkInterfaces'
  | 'instances'
  | 'subnets'
  | 'vpcs'
  | 'routeTables'
  | 'networkAcls'
  | 'internetGateways'
  | 'vpcBlockPublicAccessOptions'
  | 'vpcBlockPublicAccessExclusions'
  | 'loadBalancers'
  | 'listeners'
  | 'targetGroups'
  | 'targetHealth';

/** The same as a list, for `uses`. */
export const exposureKinds: readonly ExposureKind[] = [
  'networkInterfaces',
  'instances',
  'subnets',
  'vpcs',
  'routeTables',
  'networkAcls',
  'internetGateways',
  'vpcBlockPublicAccessOptions',
  'vpcBlockPublicAccessExclusions',
  'loadBalancers',
  'listeners',
  'targetGroups',
  'targetHealth',
];

/** Whether what a group opens is really reached, and what follows for the severity. */
export interface Reach {
  readonly severity: Severity;
  /** How the title goes on; empty where nothing more is known. */
  readonly words: string;
  /** The interfaces that are reached, a few of them. */
  readonly evidence: readonly ResourceEvidence[];
}

/** What nobody reaches is reported, and not shouted about. */
const unreached: Readonly<Record<Severity, Severity>> = {
  critical: 'medium',
  high: 'low',
  medium: 'low',
  low: 'informational',
  informational: 'informational',
};

const named = 5;

/**
 * Follows what a group opens to the interfaces that carry it. An administration or data port that the internet really
 * reaches is critical, unless a wider opening beside it says so (`isImplied`); an opening that nothing reaches is downgraded, with the reason; where that cannot be told, the
 * severity stays as it is.
 */
export function reachOf(
  snapshot: Snapshot,
  groupId: string,
  severity: Severity,
  opened: readonly TrafficEvidence[],
  isImplied = false,
): Reach {
  const asItIs: Reach = { severity, words: '', evidence: [] };
  const complete = snapshot.regions.every(
    ({ resources: { networkInterfaces } }) =>
      networkInterfaces.status === 'collected' && networkInterfaces.missing.length === 0,
  );
  const carriers = (interfacesOfGroup(snapshot).get(groupId) ?? []).map(({ resource }) => resource.networkInterfaceId);
  if (carriers.length === 0) {
    return complete
      ? { severity: unreached[severity], words: ', though no interface carries the group', evidence: [] }
      : asItIs;
  }
  const exposures = internetExposure(buildNetwork(snapshot));
  const reached: string[] = [];
  let doubtful = !complete;
  for (const id of carriers) {
    const found = exposures.of(id);
    if (found.some((exposure) => reaches(exposure, id, groupId, opened))) reached.push(id);
    else if (found.some(({ doubtful: maybe }) => overlaps(maybe, opened))) doubtful = true;
  }
  if (reached.length > 0) {
    return {
      severity: severity === 'high' && !isImplied ? 'critical' : severity,
      words: ' and reached from there',
      evidence: reached
        .sort()
        .slice(0, named)
        .map((resourceId) => ({
          type: 'resource',
          resourceType: 'network-interface',
          resourceId,
          role: 'reached-from-internet',
        })),
    };
  }
  if (doubtful) return asItIs;
  return { severity: unreached[severity], words: ', though it reaches nothing that carries the group', evidence: [] };
}

/** By an address of its own on the ports in question, or as a target behind a load balancer by a rule of the group. */
function reaches(exposure: Exposure, id: string, groupId: string, opened: readonly TrafficEvidence[]): boolean {
  const { admitted, deliveredOnly, addresses, rules } = exposure;
  if (addresses.some(({ networkInterfaceId }) => networkInterfaceId === id)) {
    // A connection needs the reply; of everything else, arriving is exposure enough
    const oneWay = opened.filter(({ protocol }) => protocol !== 'tcp');
    return overlaps(admitted, opened) || overlaps(deliveredOnly, oneWay);
  }
  return (
    admitted.length > 0 && rules.some((rule) => rule.type === 'security-group-rule' && rule.securityGroupId === groupId)
  );
}

/** Have the packets a protocol and port in common with what is opened? */
function overlaps(traffic: Traffic, opened: readonly TrafficEvidence[]): boolean {
  return opened.some(({ protocol, portRanges }) => {
    const number = parseProtocol(protocol).value;
    const ports: Intervals<number> = intervalsOfRanges(portRanges.map(({ from, to }) => [from, to + 1]));
    return traffic.some(
      (box) =>
        (number === undefined || !disjointIntervals(box.protocols, [number, number + 1])) &&
        (portRanges.length === 0 || !disjointIntervals(box.destinationPorts, ports)),
    );
  });
}
