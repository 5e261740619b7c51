import type { Evidence } from './evidence.ts';
import type { Missing } from './verdict.ts';

/** The layers that can each keep the internet from the interfaces of a subnet, from the outside in. */
export type DefenceLayerName = 'block-public-access' | 'route' | 'network-acl' | 'security-group';

/**
 * Does the layer, all by itself, keep the internet at large off? `holds` admits at most single networks, which its
 * evidence names; `open` lets strangers through; `unknown` rests on what was not read.
 */
export type LayerState = 'holds' | 'open' | 'unknown';

/** One layer of one subnet in one family, over all interfaces of the subnet. */
export interface DefenceLayer {
  readonly layer: DefenceLayerName;
  /** `open` where it is open for at least one interface. */
  readonly state: LayerState;
  /** For how many of the family's interfaces it is open. */
  readonly openFor: number;
  /** What decides: the routes, entries and rules that let strangers through, or those that are all there is. */
  readonly evidence: readonly Evidence[];
  readonly missing?: readonly Missing[];
}

/** A change that, made once and by mistake, takes the last layer away. */
export type Mistake =
  | 'block-public-access-turned-off'
  | 'internet-gateway-attached'
  | 'route-to-internet-gateway-added'
  | 'public-address-given'
  | 'network-acl-opened'
  | 'security-group-opened';

/** Interfaces that one mistake would expose; nodes of load balancers, which are there for everybody, are none. */
export interface SingleMistake {
  readonly layer: DefenceLayerName;
  readonly mistake: Mistake;
  /** How many interfaces it would expose. */
  readonly interfaces: number;
  /** How many of them belong to databases. */
  readonly databases: number;
  /** Some of them by id, ascending. */
  readonly examples: readonly string[];
  /** What would have to be changed for it: the route table, the network ACL, the security groups. */
  readonly resourceIds: readonly string[];
  /** The rules by which all other layers are open. */
  readonly evidence: readonly Evidence[];
}

/**
 * What the internet reaches in a subnet, as the engine finds it: an interface of it, one for single networks only
 * (`limited`), or targets behind a load balancer. The worst counts.
 */
export type SubnetExposure = 'exposed' | 'limited' | 'behind-load-balancer' | 'blocked' | 'unknown';

/** The layers of one subnet in one address family. */
export interface FamilyDefence {
  readonly family: 'ipv4' | 'ipv6';
  /** Interfaces that could be called in this family; those of NAT gateways and of the VPC's own plumbing are none. */
  readonly interfaces: number;
  /** In the order of the names in `DefenceLayerName`. */
  readonly layers: readonly DefenceLayer[];
  /** How many layers hold for the interface that the fewest hold for; of an empty subnet, how many hold at all. */
  readonly holding: number;
  readonly exposure: SubnetExposure;
  /** Where one mistake would expose something that is not exposed now; empty where two or more would be needed. */
  readonly singleMistakes: readonly SingleMistake[];
  /** What would have to be known to say that there are no more of them. */
  readonly undecided?: readonly Missing[];
}

/** What keeps the internet from a subnet, layer by layer and family by family. */
export interface DefenceInDepth {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** The `Name` tag: hostile text until escaped. */
  readonly name?: string;
  readonly availabilityZone?: string;
  readonly families: readonly FamilyDefence[];
}
