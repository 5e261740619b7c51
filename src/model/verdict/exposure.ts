import type { PacketHeaders, PathComponent, PathRule } from './path.ts';
import type { Missing } from './verdict.ts';

/** One address of one interface. */
export interface ExposedAddress {
  readonly networkInterfaceId: string;
  readonly instanceId?: string;
  readonly privateAddress: string;
  /** The public IPv4 address in front of it. */
  readonly publicAddress?: string;
}

/** The way of one client's packets to an exposed address and of the replies, component by component. */
export interface ExamplePath {
  /** An address in the internet that gets through. */
  readonly from: string;
  readonly to: string;
  readonly forwardPathComponents: readonly PathComponent[];
  readonly returnPathComponents: readonly PathComponent[];
}

/**
 * What a class of addresses receives, and has answered: interfaces that every filter, route and gateway treats alike are
 * told once. In the traffic, the addresses of the class itself stand as "all", since it is the same for each of them.
 */
export interface ExposedClass {
  /** How the addresses are called: `public-ipv4`, `ipv6` or `private-ipv4`. */
  readonly kind: 'public-ipv4' | 'ipv6' | 'private-ipv4';
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly securityGroupIds: readonly string[];
  readonly addresses: readonly ExposedAddress[];
  /** Arrives, and the reply gets back. */
  readonly admittedTraffic: readonly PacketHeaders[];
  /** May arrive and be answered, depending on what `missing` names. */
  readonly possibleTraffic: readonly PacketHeaders[];
  /** Arrives, but the reply does not get back: exposure all the same for one-way protocols. */
  readonly deliveredTraffic: readonly PacketHeaders[];
  /** The rules and routes that let it through, there and back. */
  readonly rules: readonly PathRule[];
  /** Where the packets end up, if not at the addresses themselves: targets behind a load balancer or endpoint. */
  readonly targets: readonly { readonly networkInterfaceId: string; readonly instanceId?: string }[];
  readonly missing: readonly Missing[];
  /** A question to `trace` that shows the path of one of them. */
  readonly example: { readonly from: string; readonly to: string };
  /** The way to one of them and back; only where something is admitted, and of a bounded number of classes. */
  readonly path?: ExamplePath;
}
