import { type Draft, type DraftRegion, listIn } from '../draft.ts';
import type { Item } from '../state.ts';

const counted: ReadonlySet<unknown> = new Set(['create-complete', 'update-complete']);

/** What VPC Block Public Access does to each VPC and subnet, exclusions taken in (VPC guide, security-vpc-bpa). */
export function blockPublicAccessStates(draft: Draft): void {
  for (const region of draft.regions) {
    const options = region.documents.get('ec2.DescribeVpcBlockPublicAccessOptions')?.['VpcBlockPublicAccessOptions'];
    const mode = (options as Item | undefined)?.['InternetGatewayBlockMode'];
    if (typeof mode !== 'string' || mode === 'off') continue;
    const of = exclusionsOf(region);
    for (const vpc of listIn(region, 'ec2.DescribeVpcs')) setState(vpc, mode, of.get(vpc['VpcId']));
    for (const subnet of listIn(region, 'ec2.DescribeSubnets')) {
      setState(subnet, mode, of.get(subnet['SubnetId']) ?? of.get(subnet['VpcId']));
    }
  }
}

function exclusionsOf(region: DraftRegion): ReadonlyMap<unknown, unknown> {
  return new Map(
    listIn(region, 'ec2.DescribeVpcBlockPublicAccessExclusions')
      .filter((exclusion) => counted.has(exclusion['State']))
      .map((exclusion) => [
        (exclusion['ResourceArn'] as string).split('/').at(-1),
        exclusion['InternetGatewayExclusionMode'],
      ]),
  );
}

function setState(item: Item, mode: string, exclusion: unknown): void {
  const left = exclusion === 'allow-bidirectional' ? 'off' : exclusion === 'allow-egress' ? 'block-ingress' : mode;
  item['BlockPublicAccessStates'] = { InternetGatewayBlockMode: left };
}
