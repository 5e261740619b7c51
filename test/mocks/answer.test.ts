import { assert, integer, nat, option, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer } from '../../mocks/answer.ts';
import { type AnswerContext, defaultSettings, type Settings } from '../../mocks/answer/context.ts';
import { Refusal } from '../../mocks/answer/refusal.ts';
import { estate, region } from '../../mocks/builders.ts';
import { rulesOf } from '../../mocks/operations.ts';
import { createThrottle } from '../../mocks/throttle.ts';
import type { World } from '../../mocks/world.ts';

const accountId = '111122223333';
const identity = { accountId, arn: `arn:aws:iam::${accountId}:user/auditor`, userId: 'AIDA', isSession: false };

type Given = Partial<Omit<AnswerContext, 'settings'>> & { readonly settings?: Partial<Settings> };

function context(given: Given = {}): AnswerContext {
  const base = { service: 'ec2', accountId, region: 'eu-west-1', identity, now: 0, listMembers: [] } as const;
  return { ...base, ...given, settings: { ...defaultSettings, ...given.settings } };
}

type Asked = Record<string, unknown>;

/** The error code of an answer; `answered` where it is none. */
function codeOf(world: World, operation: string, input: Asked, given: Given = {}): string {
  try {
    answer(world, operation, input, context(given));
    return 'answered';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** A Region with so many security groups (the two of a VPC's own among them are not counted). */
function worldWithGroups(count: number): World {
  const net = region(accountId, 'eu-west-1');
  const vpc = net.vpc({ name: 'v' });
  for (let n = 1; n < count; n++) vpc.securityGroup(`group-${n}`, { tags: { Number: String(n) } });
  return net.toWorld();
}

const listed = (output: Asked, member: string): readonly Record<string, unknown>[] => output[member] as [];

/** All pages of an operation. */
function readAll(
  world: World,
  operation: string,
  input: Asked,
  given: Given = {},
): { items: Record<string, unknown>[]; pages: number[] } {
  const member = rulesOf(`ec2.${operation}`)?.list ?? '';
  const items: Record<string, unknown>[] = [];
  const pages: number[] = [];
  let token: unknown;
  do {
    const page = answer(
      world,
      operation,
      { ...input, ...(token === undefined ? {} : { NextToken: token }) },
      context(given),
    );
    items.push(...listed(page, member));
    pages.push(listed(page, member).length);
    token = page['NextToken'];
  } while (token !== undefined);
  return { items, pages };
}

describe('the size of a page', () => {
  const ranges: readonly (readonly [operation: string, min: number, max: number])[] = [
    ['DescribeVpcs', 5, 1000],
    ['DescribeSecurityGroups', 5, 1000],
    ['DescribeNetworkInterfaces', 5, 1000],
    ['DescribeRouteTables', 5, 100],
    ['DescribeEgressOnlyInternetGateways', 5, 255],
    ['DescribeManagedPrefixLists', 1, 100],
    ['DescribeInstanceConnectEndpoints', 1, 50],
    ['DescribeVpcBlockPublicAccessExclusions', 5, 1000],
  ];
  const world = region(accountId, 'eu-west-1').toWorld();

  test.each(ranges)('of %s lies between %i and %i', (operation, min, max) => {
    expect(codeOf(world, operation, { MaxResults: min })).toBe('answered');
    expect(codeOf(world, operation, { MaxResults: max })).toBe('answered');
    expect(codeOf(world, operation, { MaxResults: min - 1 })).toBe('InvalidParameterValue');
    expect(codeOf(world, operation, { MaxResults: max + 1 })).toBe('InvalidParameterValue');
  });

  test('of 255 for stale groups and 100 for prefix-list entries holds per resource', () => {
    const net = region(accountId, 'eu-west-1');
    const vpc = net.vpc();
    const list = net.prefixList('l', ['10.0.0.0/8']);
    const built = net.toWorld();
    expect(codeOf(built, 'DescribeStaleSecurityGroups', { VpcId: vpc.id, MaxResults: 256 })).toBe(
      'InvalidParameterValue',
    );
    expect(codeOf(built, 'GetManagedPrefixListEntries', { PrefixListId: list.id, MaxResults: 101 })).toBe(
      'InvalidParameterValue',
    );
    expect(codeOf(built, 'GetManagedPrefixListEntries', { PrefixListId: list.id, MaxResults: 100 })).toBe('answered');
  });

  test('above 1,000 is cut for VPC endpoints', () => {
    expect(codeOf(world, 'DescribeVpcEndpoints', { MaxResults: 5000 })).toBe('answered');
  });
});

describe('pages', () => {
  test('give everything once, in any order, for any size and number of items', () => {
    assert(
      property(
        integer({ min: 2, max: 40 }),
        integer({ min: 5, max: 12 }),
        option(nat(), { nil: undefined }),
        (count, size, seed) => {
          const { items, pages } = readAll(
            worldWithGroups(count),
            'DescribeSecurityGroups',
            { MaxResults: size },
            { settings: { seed } },
          );
          expect(items).toHaveLength(count);
          expect(new Set(items.map((item) => item['GroupId'])).size).toBe(count);
          expect(pages.every((length) => length <= size)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('end with an empty one where the items fill the last', () => {
    expect(readAll(worldWithGroups(10), 'DescribeSecurityGroups', { MaxResults: 5 }).pages).toEqual([5, 5, 0]);
    expect(readAll(worldWithGroups(11), 'DescribeSecurityGroups', { MaxResults: 5 }).pages).toEqual([5, 5, 1]);
    const settings = { emptyLastPage: false };
    expect(readAll(worldWithGroups(10), 'DescribeSecurityGroups', { MaxResults: 5 }, { settings }).pages).toEqual([
      5, 5,
    ]);
  });

  test('are shuffled by a seed, the same way each time', () => {
    const world = worldWithGroups(30);
    const order = (seed: number | undefined): unknown[] =>
      readAll(world, 'DescribeSecurityGroups', { MaxResults: 7 }, { settings: { seed } }).items.map(
        (item) => item['GroupId'],
      );
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
    expect(order(1)).not.toEqual(order(undefined));
    expect(new Set(order(1))).toEqual(new Set(order(undefined)));
  });

  test('of a list of which no size was asked come whole', () => {
    expect(readAll(worldWithGroups(30), 'DescribeSecurityGroups', {}).pages).toEqual([30]);
  });
});

describe('a token', () => {
  const world = worldWithGroups(20);
  const first = answer(world, 'DescribeSecurityGroups', { MaxResults: 5 }, context())['NextToken'];

  test.each([
    ['that is empty', '', 'InvalidParameterValue'],
    ['that is made up', 'token', 'InvalidPaginationToken'],
    ['that was altered', `${String(first)}x`, 'InvalidPaginationToken'],
  ])('%s is refused', (_, NextToken, code) => {
    expect(codeOf(world, 'DescribeSecurityGroups', { MaxResults: 5, NextToken })).toBe(code);
  });

  test('of another operation, account, Region or filter is refused', () => {
    const input = { MaxResults: 5, NextToken: first };
    expect(codeOf(world, 'DescribeSecurityGroups', input)).toBe('answered');
    expect(codeOf(world, 'DescribeSubnets', input)).toBe('InvalidPaginationToken');
    expect(
      codeOf(world, 'DescribeSecurityGroups', { ...input, Filters: [{ Name: 'group-name', Values: ['*'] }] }),
    ).toBe('InvalidPaginationToken');
    expect(codeOf(world, 'DescribeSecurityGroups', input, { region: 'us-east-1' })).toBe('InvalidPaginationToken');
  });

  test('expires', () => {
    const settings = { tokenLifetimeMs: 1000 };
    const input = { MaxResults: 5, NextToken: first };
    expect(codeOf(world, 'DescribeSecurityGroups', input, { settings, now: 1000 })).toBe('answered');
    expect(codeOf(world, 'DescribeSecurityGroups', input, { settings, now: 1001 })).toBe('InvalidPaginationToken');
  });

  test('of security-group rules needs its page size each time', () => {
    const token = answer(world, 'DescribeSecurityGroupRules', { MaxResults: 5 }, context())['NextToken'];
    expect(codeOf(world, 'DescribeSecurityGroupRules', { NextToken: token })).toBe('MissingParameter');
    expect(codeOf(world, 'DescribeSecurityGroups', { NextToken: first })).toBe('answered');
  });
});

describe('ids', () => {
  const net = region(accountId, 'eu-west-1');
  const vpc = net.vpc();
  const subnet = vpc.subnet();
  const instance = subnet.instance();
  subnet.instance();
  const world = net.toWorld();

  test('select what they name', () => {
    const { items } = readAll(world, 'DescribeNetworkInterfaces', {
      NetworkInterfaceIds: [instance.networkInterface.id],
    });
    expect(items.map((item) => item['NetworkInterfaceId'])).toEqual([instance.networkInterface.id]);
    const reservations = readAll(world, 'DescribeInstances', { InstanceIds: [instance.id] }).items;
    expect(reservations).toMatchObject([{ Instances: [{ InstanceId: instance.id }] }]);
  });

  test('that are empty ask for everything', () => {
    expect(readAll(world, 'DescribeInstances', { InstanceIds: [] }).items).toHaveLength(2);
  });

  test.each([
    ['DescribeVpcs', 'VpcIds', 'vpc-0123456789abcdef0', 'InvalidVpcID.NotFound'],
    ['DescribeVpcs', 'VpcIds', 'vpc-xyz', 'InvalidVpcID.Malformed'],
    ['DescribeSecurityGroups', 'GroupIds', 'sg-0123456789abcdef0', 'InvalidGroup.NotFound'],
    ['DescribeNatGateways', 'NatGatewayIds', 'nat-0123456789abcdef0', 'NatGatewayNotFound'],
    ['DescribeInstances', 'InstanceIds', 'i-0123456789abcdef0', 'InvalidInstanceID.NotFound'],
  ])('of %s that do not exist: %s %s is %s', (operation, input, id, code) => {
    expect(codeOf(world, operation, { [input]: [id] })).toBe(code);
  });

  test('and a page size exclude each other for instances and interfaces', () => {
    expect(codeOf(world, 'DescribeInstances', { InstanceIds: [instance.id], MaxResults: 5 })).toBe(
      'InvalidParameterCombination',
    );
    expect(
      codeOf(world, 'DescribeNetworkInterfaces', {
        NetworkInterfaceIds: [instance.networkInterface.id],
        MaxResults: 5,
      }),
    ).toBe('InvalidParameterCombination');
    expect(codeOf(world, 'DescribeVpcs', { VpcIds: [vpc.id], MaxResults: 5 })).toBe('answered');
  });

  test('of a resource that an operation is called for must exist', () => {
    expect(
      codeOf(world, 'DescribeVpcAttribute', { VpcId: 'vpc-0123456789abcdef0', Attribute: 'enableDnsSupport' }),
    ).toBe('InvalidVpcID.NotFound');
    expect(codeOf(world, 'DescribeVpcAttribute', { VpcId: vpc.id, Attribute: 'enableMagic' })).toBe(
      'InvalidParameterValue',
    );
    expect(codeOf(world, 'DescribeVpcAttribute', {})).toBe('MissingParameter');
    expect(
      answer(world, 'DescribeVpcAttribute', { VpcId: vpc.id, Attribute: 'enableDnsHostnames' }, context()),
    ).toEqual({ VpcId: vpc.id, EnableDnsHostnames: { Value: false } });
  });
});

describe('filters', () => {
  const net = region(accountId, 'eu-west-1');
  const vpc = net.vpc({ name: 'prod', tags: { Team: 'network' } });
  net.vpc({ name: 'dev', cidr: '10.1.0.0/16', tags: { Team: '' } });
  net.vpc({ name: 'what*ever', cidr: '10.2.0.0/16' });
  vpc.subnet({ routeTable: vpc.routeTable({ routes: [['0.0.0.0/0', vpc.internetGateway()]] }) });
  const world = net.toWorld();
  const names = (...filters: readonly Asked[]): string[] =>
    readAll(world, 'DescribeVpcs', { Filters: filters })
      .items.map((item) => String((item['Tags'] as Record<string, unknown>[])[0]?.['Value']))
      .sort();

  test.each([
    ['one value', [{ Name: 'tag:Name', Values: ['prod'] }], ['prod']],
    ['either of two values', [{ Name: 'tag:Name', Values: ['prod', 'dev'] }], ['dev', 'prod']],
    [
      'both of two filters',
      [
        { Name: 'tag:Name', Values: ['prod', 'dev'] },
        { Name: 'cidr', Values: ['10.1.0.0/16'] },
      ],
      ['dev'],
    ],
    ['a key of a tag', [{ Name: 'tag-key', Values: ['Team'] }], ['dev', 'prod']],
    ['an empty value', [{ Name: 'tag:Team', Values: [''] }], ['dev']],
    ['any characters', [{ Name: 'tag:Name', Values: ['*r*'] }], ['prod', 'what*ever']],
    ['one character', [{ Name: 'tag:Name', Values: ['de?'] }], ['dev']],
    ['an asterisk itself', [{ Name: 'tag:Name', Values: [String.raw`what\*ever`] }], ['what*ever']],
    ['a flag', [{ Name: 'is-default', Values: ['false'] }], ['dev', 'prod', 'what*ever']],
    ['nothing', [{ Name: 'state', Values: ['AVAILABLE'] }], []],
  ])('match %s', (_, filters, expected) => {
    expect(names(...filters)).toEqual(expected);
  });

  test('look into lists', () => {
    const { items } = readAll(world, 'DescribeRouteTables', {
      Filters: [{ Name: 'route.gateway-id', Values: [vpc.internetGateway().id] }],
    });
    expect(items).toHaveLength(1);
    expect(
      readAll(world, 'DescribeRouteTables', { Filters: [{ Name: 'association.main', Values: ['true'] }] }).items,
    ).toHaveLength(3);
  });

  test('of an unknown name are an error, never "no filter"', () => {
    expect(codeOf(world, 'DescribeVpcs', { Filters: [{ Name: 'colour', Values: ['red'] }] })).toBe(
      'InvalidParameterValue',
    );
    expect(codeOf(world, 'DescribeVpcs', { Filters: [{ Name: 'constructor', Values: ['x'] }] })).toBe(
      'InvalidParameterValue',
    );
  });

  test('hold 200 values at most', () => {
    const values = (count: number): string[] => Array.from({ length: count }, (_, index) => `vpc-${index}`);
    expect(codeOf(world, 'DescribeVpcs', { Filters: [{ Name: 'vpc-id', Values: values(200) }] })).toBe('answered');
    expect(codeOf(world, 'DescribeVpcs', { Filters: [{ Name: 'vpc-id', Values: values(201) }] })).toBe(
      'FilterLimitExceeded',
    );
  });

  test('are called Filter for NAT gateways and flow logs', () => {
    vpc.subnet().natGateway();
    const built = net.toWorld();
    const filter = [{ Name: 'state', Values: ['deleted'] }];
    expect(readAll(built, 'DescribeNatGateways', { Filter: filter }).items).toEqual([]);
    expect(readAll(built, 'DescribeNatGateways', { Filters: filter }).items).toHaveLength(1);
  });

  test('are required to search the routes of a transit gateway', () => {
    const table = net.transitGateway().defaultRouteTable;
    const built = net.toWorld();
    expect(codeOf(built, 'SearchTransitGatewayRoutes', { TransitGatewayRouteTableId: table.id })).toBe(
      'MissingParameter',
    );
  });
});

describe('the endpoint', () => {
  test('hides managed resources unless asked for them', () => {
    const net = region(accountId, 'eu-west-1');
    const subnet = net.vpc().subnet();
    const operator = { principal: 'eks.amazonaws.com', hiddenByDefault: true };
    subnet.instance({ operator });
    subnet.networkInterface({ operator: { principal: 'eks.amazonaws.com' } });
    const world = net.toWorld();
    expect(readAll(world, 'DescribeNetworkInterfaces', {}).items).toHaveLength(1);
    expect(readAll(world, 'DescribeNetworkInterfaces', { IncludeManagedResources: true }).items).toHaveLength(2);
    expect(readAll(world, 'DescribeInstances', {}).items).toHaveLength(0);
    expect(readAll(world, 'DescribeInstances', { IncludeManagedResources: true }).items).toHaveLength(1);
  });

  test('refuses to list a large account without pages, filters or ids', () => {
    const net = region(accountId, 'eu-west-1');
    const vpc = net.vpc();
    for (let n = 0; n < 5; n++) vpc.routeTable();
    const world = net.toWorld();
    const settings = { largeAccount: 5 };
    expect(codeOf(world, 'DescribeRouteTables', {}, { settings })).toBe('OperationNotPermitted');
    expect(codeOf(world, 'DescribeRouteTables', { MaxResults: 100 }, { settings })).toBe('answered');
    expect(
      codeOf(world, 'DescribeRouteTables', { Filters: [{ Name: 'vpc-id', Values: [vpc.id] }] }, { settings }),
    ).toBe('answered');
    expect(codeOf(world, 'DescribeSecurityGroups', {}, { settings })).toBe('answered');
  });

  test('lists Regions that are not opted in on request only, and refuses calls to them', () => {
    const all = estate();
    const net = all.account(accountId, { notOptedIn: ['ap-east-1'] }).region('eu-west-1');
    const world = net.toWorld();
    const regions = (input: Asked): unknown[] =>
      listed(answer(world, 'DescribeRegions', input, context()), 'Regions').map((item) => item['RegionName']);
    expect(regions({})).toEqual(['eu-west-1']);
    expect(regions({ AllRegions: true })).toEqual(['eu-west-1', 'ap-east-1']);
    expect(codeOf(world, 'DescribeVpcs', {}, { region: 'ap-east-1' })).toBe('AuthFailure');
    expect(answer(world, 'DescribeVpcs', {}, context({ region: 'us-east-1', listMembers: ['Vpcs'] }))).toEqual({
      Vpcs: [],
    });
  });

  test('answers a dry run before it looks at anything else', () => {
    const world = region(accountId, 'eu-west-1').toWorld();
    expect(
      codeOf(world, 'DescribeVpcAttribute', { VpcId: 'vpc-00000000000000000', Attribute: 'x', DryRun: true }),
    ).toBe('DryRunOperation');
  });

  test('never writes', () => {
    const world = region(accountId, 'eu-west-1').toWorld();
    expect(codeOf(world, 'CreateVpc', { CidrBlock: '10.0.0.0/16' })).toBe('UnauthorizedOperation');
    expect(codeOf(world, 'DeleteVpc', { DryRun: true })).toBe('UnauthorizedOperation');
  });

  test('says that nothing is there only of a world that is known to the end', () => {
    const built = region(accountId, 'eu-west-1').toWorld();
    expect(answer(built, 'DescribeVolumes', {}, context({ listMembers: ['Volumes'] }))).toEqual({ Volumes: [] });
    const loaded = { ...built, whenAbsent: 'refused' } as const;
    expect(codeOf(loaded, 'DescribeVolumes', {}, { listMembers: ['Volumes'] })).toBe('UnauthorizedOperation');
  });

  test('answers load balancers by ARN, by name and per balancer', () => {
    const net = region(accountId, 'eu-west-1');
    const vpc = net.vpc();
    const targets = vpc.targetGroup('t');
    const balancer = vpc.loadBalancer('web', { subnets: [vpc.publicSubnet()], listeners: [{ port: 80, targets }] });
    const world = net.toWorld();
    const elb = (operation: string, input: Asked): Asked =>
      answer(world, operation, input, context({ service: 'elbv2' }));
    const [listener] = listed(elb('DescribeListeners', { LoadBalancerArn: balancer.arn }), 'Listeners');
    expect(listed(elb('DescribeListeners', { ListenerArns: [listener?.['ListenerArn']] }), 'Listeners')).toEqual([
      listener,
    ]);
    expect(listed(elb('DescribeRules', { ListenerArn: listener?.['ListenerArn'] }), 'Rules')).toMatchObject([
      { IsDefault: true },
    ]);
    expect(listed(elb('DescribeTargetGroups', { LoadBalancerArn: balancer.arn }), 'TargetGroups')).toHaveLength(1);
    expect(codeOf(world, 'DescribeLoadBalancers', { Names: ['none'] }, { service: 'elbv2' })).toBe(
      'LoadBalancerNotFound',
    );
    expect(codeOf(world, 'DescribeLoadBalancers', { PageSize: 401 }, { service: 'elbv2' })).toBe('ValidationError');
  });
});

test('a world is not changed by being asked', () => {
  const world = worldWithGroups(12);
  const state = (): string =>
    JSON.stringify(
      [...world.accounts.values()].flatMap(({ regions }) => [...regions.values()].flatMap((all) => [...all])),
    );
  const before = state();
  readAll(world, 'DescribeSecurityGroups', { MaxResults: 5 }, { settings: { seed: 3 } });
  expect(state()).toBe(before);
});

describe('the throttle', () => {
  test('lets a burst through and then as many a second as EC2 publishes', () => {
    let now = 0;
    const throttle = createThrottle(() => now);
    const take = (operation: string, unpaginated = false): number =>
      Array.from({ length: 200 }, () => throttle.take('account/region', operation, unpaginated)).filter(Boolean).length;
    expect(take('DescribeVpcs')).toBe(100);
    expect(take('DescribeSubnets')).toBe(100);
    expect(take('DescribeStaleSecurityGroups')).toBe(20);
    expect(take('DescribeSecurityGroups', true)).toBe(50);
    expect(take('DescribeVpcs')).toBe(0);
    now += 1000;
    expect(take('DescribeVpcs')).toBe(20);
    expect(take('DescribeStaleSecurityGroups')).toBe(5);
  });
});
