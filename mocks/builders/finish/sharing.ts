import { type Draft, draftRegionOf, listIn, ownList } from '../draft.ts';
import type { Item } from '../state.ts';

const without = (item: Item, member: string, value: unknown): Item => ({ ...item, [member]: value });

/**
 * What a participant sees of a VPC whose subnet is shared with it, and its owner of what the participant made there:
 * the participant describes subnets, the VPC, route tables, network ACLs, internet gateways and DHCP options, without
 * their tags; the owner describes the participant's interfaces and groups (VPC guide, vpc-share-limitations).
 */
export function share(draft: Draft): void {
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
