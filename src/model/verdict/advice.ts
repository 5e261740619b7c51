import type { Evidence } from './evidence.ts';
import type { Missing } from './verdict.ts';

/** What somebody in the network needs to reach. */
export type AdviceNeed =
  | 's3'
  | 'dynamodb'
  | 'aws-service'
  | 'internet-ipv4'
  | 'internet-ipv6'
  | 'own-service'
  | 'other-vpcs'
  | 'on-premises';

/** How it is reached, or should be. `none` where there is no way. */
export type Mechanism =
  | 'gateway-endpoint'
  | 'interface-endpoint'
  | 'nat-gateway'
  | 'regional-nat-gateway'
  | 'nat-instance'
  | 'egress-only-internet-gateway'
  | 'internet-gateway'
  | 'endpoint-service'
  | 'vpc-peering-connection'
  | 'transit-gateway'
  | 'vpn-gateway'
  | 'other'
  | 'none';

/** One need, what serves it now, and what AWS recommends for it. */
export interface Advice {
  readonly accountId: string;
  readonly region: string;
  /** The VPC whose need it is; absent for the needs of several. */
  readonly vpcId?: string;
  readonly need: AdviceNeed;
  /** The services of AWS, as they stand behind the Region in endpoint names; for `own-service` the service's name. */
  readonly services?: readonly string[];
  /** Who has the need: subnets, or VPCs for the needs of several; the first by id, and how many there are. */
  readonly resources: readonly string[];
  readonly resourceCount: number;
  /** What serves the need now, with the ids of gateways, endpoints and connections. */
  readonly present: readonly { readonly mechanism: Mechanism; readonly ids: readonly string[] }[];
  readonly recommended: Mechanism;
  readonly met: 'yes' | 'partly' | 'no' | 'unknown';
  /** One sentence for people: why this mechanism. */
  readonly why: string;
  /** The page of AWS that recommends it. */
  readonly reference: string;
  /** What shows the need and how it is served. */
  readonly evidence: readonly Evidence[];
  readonly missing?: readonly Missing[];
}
