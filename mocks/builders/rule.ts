import { canonicalCidr } from '../cidr.ts';
import type { Item } from './state.ts';

/** What a rule admits, without the peers: the protocol as security groups write it, and ports or ICMP type and code. */
export interface RuleTraffic {
  readonly protocol: string;
  /** For ICMP the type, -1 for all. */
  readonly fromPort?: number;
  /** For ICMP the code, -1 for all. */
  readonly toPort?: number;
}

/** A reference to a group of another account or VPC that is not part of the scenario. */
export interface GroupReference {
  readonly groupId: string;
  readonly userId?: string;
  readonly vpcId?: string;
  readonly vpcPeeringConnectionId?: string;
  readonly peeringStatus?: string;
}

/** The other end of a rule: a CIDR of either family, `pl-…`, `sg-…`, or a built prefix list or security group. */
export type Peer = string | { readonly id: string } | GroupReference;

/** Peers with the description that each of their rules carries. */
export interface DescribedPeer {
  readonly peer: Peer;
  readonly description: string;
}

/** One protocol and port range with its peers. */
export interface Rule extends RuleTraffic {
  readonly peers: readonly (Peer | DescribedPeer)[];
}

/** A port, or an inclusive range of them. */
export type Ports = number | readonly [from: number, to: number];

const range = (ports: Ports): { fromPort: number; toPort: number } =>
  typeof ports === 'number' ? { fromPort: ports, toPort: ports } : { fromPort: ports[0], toPort: ports[1] };

/** TCP on a port or `[from, to]`: `tcp(443, '0.0.0.0/0', sg)`. */
export function tcp(ports: Ports, ...peers: readonly (Peer | DescribedPeer)[]): Rule {
  return { protocol: 'tcp', ...range(ports), peers };
}

/** UDP on a port or `[from, to]`. */
export function udp(ports: Ports, ...peers: readonly (Peer | DescribedPeer)[]): Rule {
  return { protocol: 'udp', ...range(ports), peers };
}

/** ICMP of a type and code; `-1` stands for all. */
export function icmp(typeCode: { type: number; code: number }, ...peers: readonly (Peer | DescribedPeer)[]): Rule {
  return { protocol: 'icmp', fromPort: typeCode.type, toPort: typeCode.code, peers };
}

/** ICMPv6 of a type and code; `-1` stands for all. */
export function icmpv6(typeCode: { type: number; code: number }, ...peers: readonly (Peer | DescribedPeer)[]): Rule {
  return { protocol: 'icmpv6', fromPort: typeCode.type, toPort: typeCode.code, peers };
}

/** Every protocol and port. */
export function allTraffic(...peers: readonly (Peer | DescribedPeer)[]): Rule {
  return { protocol: '-1', peers };
}

/** A protocol by its number, such as `50` (ESP): no ports. */
export function protocol(number: number, ...peers: readonly (Peer | DescribedPeer)[]): Rule {
  return { protocol: String(number), peers };
}

/** A peer with a description. */
export function described(description: string, peer: Peer): DescribedPeer {
  return { peer, description };
}

/** A peer sorted by what it is. */
export type SortedPeer = { readonly description?: string } & (
  | { readonly kind: 'ipv4' | 'ipv6' | 'prefix-list'; readonly value: string }
  | { readonly kind: 'group'; readonly group: GroupReference }
);

/** What kind of peer this is, with the CIDR as EC2 would store it. */
export function sortPeer(given: Peer | DescribedPeer): SortedPeer {
  if (typeof given === 'object' && 'peer' in given) {
    return { ...sortPeer(given.peer), description: given.description };
  }
  if (typeof given === 'object' && 'groupId' in given) return { kind: 'group', group: given };
  const value = typeof given === 'string' ? given : given.id;
  if (value.startsWith('sg-')) return { kind: 'group', group: { groupId: value } };
  if (value.startsWith('pl-')) return { kind: 'prefix-list', value };
  return { kind: value.includes(':') ? 'ipv6' : 'ipv4', value: canonicalCidr(value) };
}

/** The protocol with its ports; `-1` and protocols other than TCP, UDP and ICMP carry none (EC2 API, IpPermission). */
export function portsOf(traffic: RuleTraffic): Item {
  return {
    IpProtocol: traffic.protocol,
    ...(traffic.fromPort === undefined ? {} : { FromPort: traffic.fromPort }),
    ...(traffic.toPort === undefined ? {} : { ToPort: traffic.toPort }),
  };
}
