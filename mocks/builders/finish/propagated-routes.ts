import { type Draft, type DraftRegion, everyItem, listIn, ownList } from '../draft.ts';
import type { Item } from '../state.ts';
import { propagationsKey, transitRoutesKey, transitTablesKey } from '../transit-gateway-route-table.ts';

/** The routes that attachments propagate into transit gateway route tables: the CIDRs of a VPC, what a VPN learned. */
export function propagatedRoutes(draft: Draft): void {
  for (const region of draft.regions) {
    for (const table of listIn(region, transitTablesKey)) propagateInto(draft, region, table);
  }
}

function propagateInto(draft: Draft, region: DraftRegion, table: Item): void {
  const id = table['TransitGatewayRouteTableId'] as string;
  const key = transitRoutesKey(id);
  for (const propagation of listIn(region, propagationsKey(id))) {
    const { ResourceId, ResourceType, TransitGatewayAttachmentId } = propagation;
    for (const cidr of blocksOf(draft, ResourceType as string, ResourceId as string)) {
      const routes = ownList(region, key);
      const existing = routes.find((route) => route['DestinationCidrBlock'] === cidr);
      const attachment = { ResourceId, TransitGatewayAttachmentId, ResourceType };
      if (existing === undefined) {
        const TransitGatewayAttachments = [attachment];
        routes.push({ DestinationCidrBlock: cidr, TransitGatewayAttachments, Type: 'propagated', State: 'active' });
      } else if (existing['Type'] === 'propagated' && ResourceType === 'vpn') {
        // Only VPN connections share a route between equal paths
        const attachments = existing['TransitGatewayAttachments'] as Item[];
        if (attachments.every((other) => other['ResourceType'] === 'vpn')) attachments.push(attachment);
      }
    }
  }
}

function blocksOf(draft: Draft, resourceType: string, resourceId: string): readonly string[] {
  if (resourceType !== 'vpc') return draft.estate.learned.get(resourceId) ?? [];
  const vpc = everyItem(draft, 'ec2.DescribeVpcs').find(({ item }) => item['VpcId'] === resourceId)?.item;
  const attachment = everyItem(draft, 'ec2.DescribeTransitGatewayVpcAttachments').find(
    ({ item }) => item['VpcId'] === resourceId,
  )?.item;
  const ipv6 = (attachment?.['Options'] as Item | undefined)?.['Ipv6Support'] === 'enable';
  const cidrs = ((vpc?.['CidrBlockAssociationSet'] ?? []) as Item[]).map((block) => block['CidrBlock'] as string);
  const ipv6Cidrs = ((vpc?.['Ipv6CidrBlockAssociationSet'] ?? []) as Item[]).map(
    (block) => block['Ipv6CidrBlock'] as string,
  );
  return ipv6 ? [...cidrs, ...ipv6Cidrs] : cidrs;
}
