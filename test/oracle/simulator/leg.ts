import type { Ending, Identity } from './journey.ts';
import type { Packet } from './packet.ts';
import type { Nic } from './world/interfaces.ts';

/** One stretch that a packet travels with the same ends; a load balancer ends one and begins another. */
export interface Leg {
  readonly sender: Nic | 'internet';
  readonly packet: Packet;
  readonly identity: readonly Identity[];
  /** The node shows the target its client's address; the reply then comes back to the node, whatever the routes say. */
  readonly preservesClient: boolean;
}

/** What the receiving interface does with the packet. */
export type Service = { readonly kind: 'answers' } | { readonly kind: 'next-leg'; readonly leg: Leg } | Ending;
