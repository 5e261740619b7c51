import { cidrSize } from '../cidr.ts';
import { type Draft, draftRegionOf, everyItem, listIn, ownList } from './draft.ts';
import { repeatInterfaces } from './instance.ts';
import { completeReferences } from './security-group.ts';
import type { Item } from './state.ts';

/** Works out everything that depends on the rest, in an order in which each step finds what it needs. */
export function finish(draft: Draft): void {
  for (const region of draft.regions) {
    repeatInterfaces(listIn(region, 'ec2.DescribeInstances'), listIn(region, 'ec2.DescribeNetworkInterfaces'));
  }
  blackholes(draft);
  references(draft);
  freeAddresses(draft);
  share(draft);
}

/** Routes to what was deleted drop their packets. */
function blackholes(draft: Draft): void {
  const { gone } = draft.estate;
  for (const { item } of everyItem(draft, 'ec2.DescribeRouteTables')) {
    for (const route of item['Routes'] as Item[]) {
      if (Object.values(route).some((value) => typeof value === 'string' && gone.has(value)))
        route['State'] = 'blackhole';
    }
  }
}

/** References to security groups of other VPCs name account, VPC and peering connection. */
function references(draft: Draft): void {
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

/** A subnet's free addresses: its size less the five that AWS reserves and those in use (VPC guide, subnet sizing). */
function freeAddresses(draft: Draft): void {
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

const without = (item: Item, member: string, value: unknown): Item => ({ ...item, [member]: value });

/**
 * What a participant sees of a VPC whose subnet is shared with it, and its owner of what the participant made there:
 * the participant describes subnets, the VPC, route tables, network ACLs, internet gateways and DHCP options, without
 * their tags; the owner describes the participant's interfaces and groups (VPC guide, vpc-share-limitations).
 */
function share(draft: Draft): void {
  const seen = new Set<string>();
  for (const { subnetId, owner, participant } of draft.estate.shares) {
    const from = draftRegionOf(draft, owner);
    const to = draftRegionOf(draft, participant);
    const subnet = listIn(from, 'ec2.DescribeSubnets').find((item) => item['SubnetId'] === subnetId);
    const vpcId = subnet?.['VpcId'] as string;
    const copy = (key: string, keep: (item: Item) => boolean): void => {
      for (const item of listIn(from, key).filter(keep)) {
        const mark = `${participant.accountId}/${key}/${JSON.stringify(item)}`;
        if (seen.has(mark)) continue;
        seen.add(mark);
        ownList(to, key).push(structuredClone(without(item, 'Tags', [])));
      }
    };
    const vpc = listIn(from, 'ec2.DescribeVpcs').find((item) => item['VpcId'] === vpcId);
    copy('ec2.DescribeSubnets', (item) => item['SubnetId'] === subnetId);
    copy('ec2.DescribeVpcs', (item) => item['VpcId'] === vpcId);
    copy('ec2.DescribeRouteTables', (item) => item['VpcId'] === vpcId);
    copy('ec2.DescribeNetworkAcls', (item) => item['VpcId'] === vpcId);
    copy('ec2.DescribeDhcpOptions', (item) => item['DhcpOptionsId'] === vpc?.['DhcpOptionsId']);
    copy('ec2.DescribeInternetGateways', (item) =>
      (item['Attachments'] as Item[]).some((attachment) => attachment['VpcId'] === vpcId),
    );
    for (const attribute of ['enableDnsSupport', 'enableDnsHostnames']) {
      const key = `ec2.DescribeVpcAttribute/${vpcId}+${attribute}`;
      const document = from.documents.get(key);
      if (document !== undefined) to.documents.set(key, document);
    }
    const back = `${owner.accountId}<${participant.accountId}/${owner.region}/${vpcId}`;
    if (seen.has(back)) continue;
    seen.add(back);
    for (const key of [
      'ec2.DescribeNetworkInterfaces',
      'ec2.DescribeSecurityGroups',
      'ec2.DescribeSecurityGroupRules',
    ]) {
      const groups = new Set(
        listIn(to, 'ec2.DescribeSecurityGroups')
          .filter((item) => item['VpcId'] === vpcId)
          .map((item) => item['GroupId']),
      );
      const theirs = listIn(to, key).filter(
        (item) =>
          (item['OwnerId'] ?? item['GroupOwnerId']) === participant.accountId &&
          (item['VpcId'] === vpcId || (item['VpcId'] === undefined && groups.has(item['GroupId']))),
      );
      ownList(from, key).push(
        ...structuredClone(theirs).map((item) => ({ ...item, ...('TagSet' in item ? { TagSet: [] } : { Tags: [] }) })),
      );
    }
  }
}
