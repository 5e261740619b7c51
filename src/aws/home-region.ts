/**
 * The Regions that are enabled in every account of partition `aws`; the others are opt-in (AWS Account Management,
 * "Enable or disable AWS Regions"). STS is asked in one of these, since it refuses roles in a Region that is off.
 */
const alwaysEnabled: ReadonlySet<string> = new Set([
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

/** For every partition, how its Regions begin and the one Region where all its accounts can be asked. */
const partitions: readonly { readonly name: string; readonly region: RegExp; readonly home: string }[] = [
  { name: 'aws-cn', region: /^cn-/, home: 'cn-north-1' },
  { name: 'aws-us-gov', region: /^us-gov-/, home: 'us-gov-west-1' },
  { name: 'aws-eusc', region: /^eusc-/, home: 'eusc-de-east-1' },
  { name: 'aws-iso', region: /^us-iso-/, home: 'us-iso-east-1' },
  { name: 'aws-iso-b', region: /^us-isob-/, home: 'us-isob-east-1' },
  { name: 'aws-iso-e', region: /^eu-isoe-/, home: 'eu-isoe-west-1' },
  { name: 'aws-iso-f', region: /^us-isof-/, home: 'us-isof-south-1' },
  { name: 'aws', region: /^/, home: 'us-east-1' },
];

/** What is known of where an account lives before anything was asked. */
export interface HomeRegionHints {
  /** The role to be assumed: its ARN names the partition. */
  readonly roleArn?: string | undefined;
  /** `AWS_REGION`, `AWS_DEFAULT_REGION` or the profile's `region`. */
  readonly configured?: string | undefined;
  /** The first Region that is to be collected. */
  readonly requested?: string | undefined;
}

/**
 * The Region in which STS and DescribeRegions are asked: the configured one where it is certainly enabled and lies in
 * the right partition, else that partition's main Region.
 */
export function homeRegion({ roleArn, configured, requested }: HomeRegionHints): string {
  const partition =
    partitions.find(({ name }) => name === roleArn?.split(':')[1]) ??
    partitions.find(({ region }) => region.test(requested ?? configured ?? ''));
  if (partition === undefined) return 'us-east-1';
  const usable = configured !== undefined && partition === partitions.find(({ region }) => region.test(configured));
  if (!usable) return partition.home;
  return partition.name !== 'aws' || alwaysEnabled.has(configured) ? configured : partition.home;
}
