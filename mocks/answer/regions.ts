import type { Document, WorldAccount } from '../world.ts';

/** The Regions that every account has without opting in (Account Management guide, manage-acct-regions). */
const enabledByDefault: ReadonlySet<string> = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

/** Can the account use the Region? One that the world says nothing of has nothing in it. */
export function isEnabled(account: WorldAccount | undefined, region: string): boolean {
  return account !== undefined && (account.regions.has(region) || enabledByDefault.has(region));
}

/** The Regions of an account of which the world holds no DescribeRegions. */
export function regionsDocument(account: WorldAccount): Document {
  const known = [...account.regions.values()].map((documents) => documents.get('ec2.DescribeRegions'));
  const document = known.find((candidate) => candidate !== undefined);
  if (document !== undefined) return document;
  return {
    Regions: [...account.regions.keys()].sort().map((region) => ({
      OptInStatus: enabledByDefault.has(region) ? 'opt-in-not-required' : 'opted-in',
      RegionName: region,
      Endpoint: `ec2.${region}.amazonaws.com`,
    })),
  };
}
