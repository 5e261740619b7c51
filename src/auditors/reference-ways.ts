import type { SecurityGroup } from '../model/resources/security-group.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { derive, type Derived } from '../network/facts/derive.ts';
import { everywhere } from '../network/facts/inventory.ts';
import { peeringById, transitGatewayById, transitGatewayVpcAttachmentById } from '../network/facts/resources-by-id.ts';

/** Does a rule of a group, in its VPC, match members of the group that it names? */
export type ReferenceCrosses = (
  groupId: string,
  vpcId: string | undefined,
  named: SecurityGroup,
  isEgress: boolean,
) => boolean;

const associations = everywhere('securityGroupVpcAssociations');

/**
 * Where references to groups reach: within a VPC, across an active peering of one Region, and inbound across a transit
 * gateway that supports it, as both attachments do (VPC guide, security group referencing).
 */
export const referenceWays: Derived<Snapshot, ReferenceCrosses> = derive((snapshot) => {
  const joined = new Set<string>();
  for (const { resource } of peeringById(snapshot).values()) {
    const { requesterVpcInfo: one, accepterVpcInfo: other, statusCode } = resource;
    if (statusCode !== 'active' || one?.region !== other?.region) continue;
    joined.add(`${one?.vpcId} ${other?.vpcId}`).add(`${other?.vpcId} ${one?.vpcId}`);
  }
  const supporting = new Map<string, string[]>();
  for (const { resource } of transitGatewayVpcAttachmentById(snapshot).values()) {
    const { transitGatewayId, vpcId, state, securityGroupReferencingSupport } = resource;
    if (transitGatewayId === undefined || vpcId === undefined || state !== 'available') continue;
    const gateway = transitGatewayById(snapshot).get(transitGatewayId)?.resource;
    if (gateway?.securityGroupReferencingSupport === 'disable' || securityGroupReferencingSupport === 'disable')
      continue;
    supporting.set(transitGatewayId, [...(supporting.get(transitGatewayId) ?? []), vpcId]);
  }
  const groupsOf = [...supporting.values()].map((vpcIds) => new Set(vpcIds));
  const homes = new Map<string, Set<string>>();
  for (const { resource } of associations(snapshot)) {
    if (resource.state !== 'associated') continue;
    homes.set(resource.groupId, (homes.get(resource.groupId) ?? new Set()).add(resource.vpcId));
  }
  const vpcsOf = (groupId: string, vpcId: string | undefined): readonly string[] => [
    ...(vpcId === undefined ? [] : [vpcId]),
    ...(homes.get(groupId) ?? []),
  ];
  return (groupId, vpcId, named, isEgress) =>
    vpcsOf(groupId, vpcId).some((here) =>
      vpcsOf(named.groupId, named.vpcId).some(
        (there) =>
          here === there ||
          joined.has(`${here} ${there}`) ||
          (!isEgress && groupsOf.some((vpcIds) => vpcIds.has(here) && vpcIds.has(there))),
      ),
    );
});
