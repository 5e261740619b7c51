import { isRaw, type Raw } from '../../decode.ts';
import { resourceKinds, type ResourceKey } from '../../resources.ts';

/** What an answer itself says of the account and Region that it was printed for. */
export interface Whereabouts {
  /** Accounts by how surely they are the caller's own, the surest first; with the number of items that say so. */
  readonly accounts: readonly [Map<string, number>, Map<string, number>, Map<string, number>];
  readonly regions: Set<string>;
  readonly vpcIds: Set<string>;
}

const regionPattern = '(?:af|ap|ca|cn|eu|eusc|il|me|mx|sa|us)(?:-[a-z]+){1,2}-\\d{1,2}';
/** A zone name is its Region's name and more: `us-west-2a`, `us-west-2-lax-1a`, `us-east-1-wl1-bos-wlz-1`. */
const zonePattern = new RegExp(`^(${regionPattern})(?:[a-z]|-[a-z0-9-]+)?$`);
const arnPattern = new RegExp(`^arn:aws[a-z-]*:[a-z0-9-]+:(${regionPattern})?:(\\d{12})?:`);
const servicePattern = new RegExp(`(?:^|\\.)(${regionPattern})\\.`);

/**
 * How surely an owner that these kinds name is the caller. Reservations, load balancers and settings are never anyone
 * else's; groups and interfaces seldom are; networks are shared every day (VPC guide, vpc-share-limitations).
 */
const sureness: { readonly [K in ResourceKey]?: 0 | 1 | 2 } = {
  instances: 0,
  loadBalancers: 0,
  targetGroups: 0,
  listeners: 0,
  listenerRules: 0,
  vpcBlockPublicAccessOptions: 0,
  securityGroups: 1,
  securityGroupRules: 1,
  networkInterfaces: 1,
  addresses: 1,
  vpcEndpoints: 1,
  vpcs: 2,
  subnets: 2,
  routeTables: 2,
  networkAcls: 2,
  internetGateways: 2,
  carrierGateways: 2,
  transitGateways: 2,
};

/** Kinds that name the far side too: what they say of places is as often about the other one. */
const twoSided: ReadonlySet<ResourceKey> = new Set([
  'vpcPeeringConnections',
  'transitGatewayPeeringAttachments',
  'transitGatewayAttachments',
  'transitGatewayVpcAttachments',
  'securityGroupVpcAssociations',
]);

const ownerMembers = ['OwnerId', 'GroupOwnerId', 'NetworkInterfaceOwnerId', 'AwsAccountId'] as const;
const zoneMembers = ['AvailabilityZone', 'ZoneName', 'RegionName', 'AwsRegion'] as const;
const arnMembers = [
  'SubnetArn',
  'SecurityGroupArn',
  'LoadBalancerArn',
  'TargetGroupArn',
  'ListenerArn',
  'RuleArn',
  'PrefixListArn',
  'TransitGatewayArn',
] as const;
/** Names with a Region in them; of an endpoint to another Region's service it is that one, so `ServiceRegion` bars it. */
const serviceMembers = ['ServiceName', 'PrefixListName'] as const;

/** Of an answer that says nothing. */
export function noWhereabouts(): Whereabouts {
  return { accounts: [new Map(), new Map(), new Map()], regions: new Set(), vpcIds: new Set() };
}

/** Looks through the items of one kind in an answer. */
export function whereaboutsOf(key: ResourceKey, answer: Raw): Whereabouts {
  const whereabouts = noWhereabouts();
  if (twoSided.has(key)) return whereabouts;
  const { member, nested } = resourceKinds[key];
  for (const item of rawsIn(member === undefined ? answer : answer[member])) {
    lookAt(key, item, whereabouts);
    for (const inner of nested === undefined ? [] : rawsIn(item[nested])) lookAt(key, inner, whereabouts);
  }
  return whereabouts;
}

const rawsIn = (value: unknown): readonly Raw[] =>
  Array.isArray(value) ? value.filter(isRaw) : isRaw(value) ? [value] : [];

function lookAt(key: ResourceKey, item: Raw, into: Whereabouts): void {
  const votes = into.accounts[sureness[key] ?? 2];
  const vote = (account: string | undefined): void => {
    if (account !== undefined && /^\d{12}$/.test(account)) votes.set(account, (votes.get(account) ?? 0) + 1);
  };
  const inRegion = (region: string | undefined): void => {
    if (region !== undefined) into.regions.add(region);
  };
  for (const member of ownerMembers) vote(stringAt(item, member));
  for (const member of zoneMembers) inRegion(zonePattern.exec(stringAt(item, member) ?? '')?.[1]);
  if (!('ServiceRegion' in item))
    for (const member of serviceMembers) inRegion(servicePattern.exec(stringAt(item, member) ?? '')?.[1]);
  for (const member of arnMembers) {
    const [, region, account] = arnPattern.exec(stringAt(item, member) ?? '') ?? [];
    inRegion(region);
    vote(account);
  }
  const placement = item['Placement'];
  if (isRaw(placement)) inRegion(zonePattern.exec(stringAt(placement, 'AvailabilityZone') ?? '')?.[1]);
  const vpcId = stringAt(item, 'VpcId');
  if (vpcId !== undefined) into.vpcIds.add(vpcId);
}

function stringAt(item: Raw, member: string): string | undefined {
  const value = item[member];
  return typeof value === 'string' ? value : undefined;
}

/** What the names of a file and its folders say, the deepest first. */
export function placeInPath(path: string): {
  readonly account: string | undefined;
  readonly region: string | undefined;
} {
  const segments = path.split('/').toReversed();
  return {
    account: segments.map(accountIn).find((account) => account !== undefined),
    region: segments.map((segment) => regionInName.exec(segment)?.[1]).find((region) => region !== undefined),
  };
}

const regionInName = new RegExp(`(?<![a-z0-9])(${regionPattern})(?![0-9])`);

/** Twelve digits that stand alone in a name and are no date and time such as 202511241530. */
function accountIn(segment: string): string | undefined {
  const account = /(?<![A-Za-z0-9])(\d{12})(?!\d)/.exec(segment)?.[1];
  return account === undefined || /^20\d\d(?:0[1-9]|1[0-2])[0-3]\d[0-2]\d[0-5]\d$/.test(account) ? undefined : account;
}
