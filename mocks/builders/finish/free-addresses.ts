import { cidrSize } from '../../cidr.ts';
import { type Draft, everyItem } from '../draft.ts';
import type { Item } from '../state.ts';

/** A subnet's free addresses: its size less the five that AWS reserves and those in use (VPC guide, subnet sizing). */
export function freeAddresses(draft: Draft): void {
  const used = new Map<string, number>();
  for (const { item } of everyItem(draft, 'ec2.DescribeNetworkInterfaces')) {
    const subnetId = item['SubnetId'] as string;
    used.set(subnetId, (used.get(subnetId) ?? 0) + ((item['PrivateIpAddresses'] ?? []) as Item[]).length);
  }
  for (const { item } of everyItem(draft, 'ec2.DescribeSubnets')) {
    const cidr = item['CidrBlock'];
    const size = typeof cidr === 'string' ? Number(cidrSize(cidr)) - 5 : 0;
    item['AvailableIpAddressCount'] ??= Math.max(size - (used.get(item['SubnetId'] as string) ?? 0), 0);
  }
}
