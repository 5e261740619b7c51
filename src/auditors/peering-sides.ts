import type { VpcPeeringConnection } from '../model/resources/vpc-peering-connection.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import { gapIn } from '../network/facts/inventory.ts';
import { vpcById } from '../network/facts/resources-by-id.ts';

/** One VPC of a peering with every block that is known of it, secondary and IPv6 ones included. */
export interface PeeringSide {
  readonly vpcId: string | undefined;
  readonly ownerId: string | undefined;
  readonly region: string | undefined;
  readonly blocks: readonly string[];
}

/**
 * Both sides of a peering, the requester's first. EC2 answers the blocks of a side only while the peering is active, so
 * they are completed from the VPC itself where the snapshot has it.
 */
export function sidesOf(snapshot: Snapshot, peering: VpcPeeringConnection): readonly PeeringSide[] {
  return [peering.requesterVpcInfo, peering.accepterVpcInfo].map((info) => {
    const vpc = info?.vpcId === undefined ? undefined : vpcById(snapshot).get(info.vpcId)?.resource;
    const blocks = [info?.cidrBlocks, info?.ipv6CidrBlocks, vpc?.cidrBlocks, vpc?.ipv6CidrBlocks].flatMap(
      (list) => list ?? [],
    );
    return {
      vpcId: info?.vpcId,
      ownerId: info?.ownerId,
      region: info?.region,
      blocks: [...new Set(blocks)].sort(),
    };
  });
}

/** The side that a VPC reaches through the peering; nothing where the VPC is not a side of it. */
export function farSideOf(snapshot: Snapshot, peering: VpcPeeringConnection, vpcId: string): PeeringSide | undefined {
  const [requester, accepter] = sidesOf(snapshot, peering);
  if (requester?.vpcId === vpcId) return accepter;
  return accepter?.vpcId === vpcId ? requester : undefined;
}

/** What of a side's subnets and routes was not read: nothing follows from routes that nobody has seen. */
export function unreadSide(snapshot: Snapshot, { vpcId, ownerId, region }: PeeringSide): Missing | undefined {
  if (ownerId === undefined || region === undefined) return undefined;
  const there = snapshot.regions.find((one) => one.accountId === ownerId && one.region === region);
  if (there !== undefined) return gapIn(there, 'subnets') ?? gapIn(there, 'routeTables');
  return {
    fact: `the subnets and route tables of ${vpcId ?? 'the other VPC'}: account ${ownerId}, ${region} is not in scope`,
  };
}
