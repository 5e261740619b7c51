import { type Draft, type DraftRegion, listIn, ownList } from './draft.ts';
import type { Item } from './state.ts';
import { zoneLetters, zoneOf } from './zones.ts';

/** What every account answers of itself in every Region: Regions, zones, attributes, Block Public Access. */
export function addAccountDocuments(draft: Draft): void {
  for (const region of draft.regions) {
    addRegions(draft, region);
    addZones(region);
    addAttributes(region);
    addBlockPublicAccess(region);
  }
}

function addRegions(draft: Draft, region: DraftRegion): void {
  const list = ownList(region, 'ec2.DescribeRegions');
  if (list.length > 0) return;
  const enabled = draft.regions.filter(({ state }) => state.account === region.state.account);
  for (const { state } of enabled) list.push(regionItem(state.region, 'opt-in-not-required'));
  for (const name of region.state.account.notOptedIn) list.push(regionItem(name, 'not-opted-in'));
}

const regionItem = (name: string, status: string): Item => ({
  OptInStatus: status,
  RegionName: name,
  Endpoint: `ec2.${name}.amazonaws.com`,
});

function addZones(region: DraftRegion): void {
  const list = ownList(region, 'ec2.DescribeAvailabilityZones');
  if (list.length > 0) return;
  for (const letter of zoneLetters) {
    const { zone, zoneId } = zoneOf(region.state, letter);
    list.push({
      OptInStatus: 'opt-in-not-required',
      Messages: [],
      RegionName: region.state.region,
      ZoneName: zone,
      ZoneId: zoneId,
      GroupName: region.state.region,
      NetworkBorderGroup: region.state.region,
      ZoneType: 'availability-zone',
      State: 'available',
    });
  }
}

function addAttributes(region: DraftRegion): void {
  const list = ownList(region, 'ec2.DescribeAccountAttributes');
  if (list.length > 0) return;
  const defaultVpc = listIn(region, 'ec2.DescribeVpcs').find((vpc) => vpc['IsDefault'] === true);
  const attributes: Readonly<Record<string, string>> = {
    'default-vpc': (defaultVpc?.['VpcId'] as string | undefined) ?? 'none',
    'supported-platforms': 'VPC',
    'max-instances': '20',
    'vpc-max-security-groups-per-interface': '5',
    'max-elastic-ips': '5',
    'vpc-max-elastic-ips': '5',
  };
  for (const [AttributeName, AttributeValue] of Object.entries(attributes)) {
    list.push({ AttributeName, AttributeValues: [{ AttributeValue }] });
  }
}

function addBlockPublicAccess(region: DraftRegion): void {
  const key = 'ec2.DescribeVpcBlockPublicAccessOptions';
  if (region.documents.has(key)) return;
  region.documents.set(key, {
    VpcBlockPublicAccessOptions: {
      AwsAccountId: region.state.accountId,
      AwsRegion: region.state.region,
      State: 'default-state',
      InternetGatewayBlockMode: 'off',
      ManagedBy: 'account',
      ExclusionsAllowed: 'allowed',
    },
  });
}
