import { type Draft, everyItem } from '../draft.ts';
import type { Item } from '../state.ts';

/** EC2 answers the CIDRs of the two VPCs only while the peering connection is active. */
export function peeringBlocks(draft: Draft): void {
  for (const { item } of everyItem(draft, 'ec2.DescribeVpcPeeringConnections')) {
    if ((item['Status'] as Item | undefined)?.['Code'] === 'active') continue;
    for (const side of ['RequesterVpcInfo', 'AccepterVpcInfo']) {
      const info = item[side] as Item;
      for (const member of ['CidrBlock', 'CidrBlockSet', 'Ipv6CidrBlockSet']) delete info[member];
    }
  }
}
