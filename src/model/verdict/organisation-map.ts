import type { ExplanationCode } from './explanation-code.ts';
import type { Missing } from './verdict.ts';

/** A VPC of the organisation, or one beyond it that something joins ours with. */
export interface OrganisationVpc {
  readonly vpcId: string;
  readonly accountId?: string;
  readonly region?: string;
  /** The `Name` tag: hostile text until escaped. */
  readonly name?: string;
  readonly cidrBlocks: readonly string[];
  /** Is it part of the audit? */
  readonly isInScope: boolean;
}

/**
 * Do connections get through one way, answers included? `yes`: every interface of the one VPC reaches something in the
 * other; `partly`: some do; `no`: none does, or there is none; `unknown`: it hangs on what is missing.
 */
export type TrafficFlow = 'yes' | 'partly' | 'no' | 'unknown';

/** One way across a link. */
export interface LinkDirection {
  readonly fromVpcId: string;
  readonly toVpcId: string;
  readonly traffic: TrafficFlow;
  /** How many interfaces could open a connection, and to how many: without any, nothing flows. */
  readonly fromInterfaces: number;
  readonly toInterfaces: number;
  /** What stops the connections that do not get through, the commonest reason first. */
  readonly blockedBy: readonly ExplanationCode[];
  /** A question to `trace` that shows it. */
  readonly example?: { readonly from: string; readonly to: string };
  readonly missing?: readonly Missing[];
}

/** Something that joins two VPCs. */
export interface VpcLink {
  readonly type: 'vpc-peering-connection' | 'transit-gateway';
  /** Of the peering, or of the transit gateway that the first VPC is attached to. */
  readonly id: string;
  /** The other VPC's transit gateway, where the two are peered. */
  readonly peerTransitGatewayId?: string;
  readonly state?: string;
  /** In the order of their ids. */
  readonly vpcIds: readonly [string, string];
  readonly directions: readonly [LinkDirection, LinkDirection];
}

/** How the VPCs are joined, over all accounts and Regions. */
export interface OrganisationMap {
  readonly vpcs: readonly OrganisationVpc[];
  readonly links: readonly VpcLink[];
  /** Pairs of VPCs on one transit gateway that are not listed, because there are too many and nothing is routed between them. */
  readonly omittedPairs: number;
}
