import { type Draft, everyItem } from '../draft.ts';
import { completeReferences } from '../security-group.ts';
import type { Item } from '../state.ts';

/** References to security groups of other VPCs name account, VPC and peering connection. */
export function references(draft: Draft): void {
  const groups = new Map(
    everyItem(draft, 'ec2.DescribeSecurityGroups').map(({ item }) => [item['GroupId'] as string, item]),
  );
  const pairs: { pair: Item; vpcId: string }[] = [];
  for (const group of groups.values()) {
    for (const member of ['IpPermissions', 'IpPermissionsEgress']) {
      for (const permission of (group[member] ?? []) as Item[]) {
        for (const pair of (permission['UserIdGroupPairs'] ?? []) as Item[]) {
          pairs.push({ pair, vpcId: group['VpcId'] as string });
        }
      }
    }
  }
  for (const { item } of everyItem(draft, 'ec2.DescribeSecurityGroupRules')) {
    const pair = item['ReferencedGroupInfo'] as Item | undefined;
    const group = groups.get(item['GroupId'] as string);
    if (pair !== undefined && group !== undefined) pairs.push({ pair, vpcId: group['VpcId'] as string });
  }
  const peerings = everyItem(draft, 'ec2.DescribeVpcPeeringConnections').map(({ item }) => ({
    id: item['VpcPeeringConnectionId'] as string,
    status: (item['Status'] as Item)['Code'] as string,
    vpcs: [(item['RequesterVpcInfo'] as Item)['VpcId'], (item['AccepterVpcInfo'] as Item)['VpcId']],
  }));
  completeReferences(pairs, groups, (a, b) => peerings.find(({ vpcs }) => vpcs.includes(a) && vpcs.includes(b)));
}
