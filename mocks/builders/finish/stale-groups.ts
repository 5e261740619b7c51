import { type Draft, type DraftRegion, everyItem, listIn } from '../draft.ts';
import type { Item } from '../state.ts';

/**
 * Groups with rules that refer, over a peering connection, to a group or connection that is gone (VPC guide,
 * vpc-peering-security-groups): what DescribeStaleSecurityGroups answers for each VPC.
 */
export function staleGroups(draft: Draft): void {
  const groups = new Set(everyItem(draft, 'ec2.DescribeSecurityGroups').map(({ item }) => item['GroupId']));
  for (const region of draft.regions) {
    for (const vpc of listIn(region, 'ec2.DescribeVpcs')) {
      const key = `ec2.DescribeStaleSecurityGroups/${vpc['VpcId'] as string}`;
      if (!region.lists.has(key)) region.lists.set(key, staleIn(region, vpc['VpcId'], groups));
    }
  }
}

function staleIn(region: DraftRegion, vpcId: unknown, groups: ReadonlySet<unknown>): Item[] {
  return listIn(region, 'ec2.DescribeSecurityGroups')
    .filter((group) => group['VpcId'] === vpcId)
    .flatMap((group) => {
      const ingress = stalePermissions(group['IpPermissions'], groups);
      const egress = stalePermissions(group['IpPermissionsEgress'], groups);
      if (ingress.length + egress.length === 0) return [];
      return [
        {
          Description: group['Description'],
          GroupId: group['GroupId'],
          GroupName: group['GroupName'],
          StaleIpPermissions: ingress,
          StaleIpPermissionsEgress: egress,
          VpcId: vpcId,
        },
      ];
    });
}

function stalePermissions(permissions: unknown, groups: ReadonlySet<unknown>): Item[] {
  return ((permissions ?? []) as Item[]).flatMap((permission) => {
    const pairs = ((permission['UserIdGroupPairs'] ?? []) as Item[]).filter(
      (pair) =>
        pair['VpcPeeringConnectionId'] !== undefined &&
        (pair['PeeringStatus'] === 'deleted' || (pair['UserId'] === undefined && !groups.has(pair['GroupId']))),
    );
    if (pairs.length === 0) return [];
    const { IpProtocol, FromPort, ToPort } = permission;
    const ports = FromPort === undefined ? {} : { FromPort, ToPort };
    return [{ IpProtocol, ...ports, IpRanges: [], PrefixListIds: [], UserIdGroupPairs: structuredClone(pairs) }];
  });
}
