import { describe, expect, test } from 'vitest';
import { allow, allTraffic, deny, estate, fakePreSharedKey, icmp, region, tcp } from '../../mocks/builders.ts';
import { itemsOf, listOf, type World } from '../../mocks/world.ts';

type Any = Readonly<Record<string, unknown>>;

/** The items of an operation, as they lie in the world. */
function items(world: World, key: string, member: string, accountId = '111122223333', name = 'eu-west-1'): Any[] {
  return [...itemsOf(listOf(world.accounts.get(accountId)?.regions.get(name)?.get(key), member))];
}

/** A list inside an item. */
const within = (item: Any | undefined, member: string): Any[] => (item?.[member] ?? []) as Any[];

const one = (list: readonly Any[], member: string, value: unknown): Any => {
  const found = list.find((item) => item[member] === value);
  if (found === undefined) throw new Error(`no item with ${member} ${String(value)}`);
  return found;
};

describe('a VPC', () => {
  test('comes available, with DNS support and without DNS host names', () => {
    const net = region();
    const vpc = net.vpc();
    const world = net.toWorld();
    const [item] = items(world, 'ec2.DescribeVpcs', 'Vpcs');
    expect(item).toMatchObject({
      VpcId: vpc.id,
      State: 'available',
      CidrBlock: '10.0.0.0/16',
      InstanceTenancy: 'default',
    });
    expect(item?.['CidrBlockAssociationSet']).toMatchObject([
      { CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } },
    ]);
    const documents = world.accounts.get('111122223333')?.regions.get('eu-west-1');
    expect(documents?.get(`ec2.DescribeVpcAttribute/${vpc.id}+enableDnsSupport`)).toEqual({
      VpcId: vpc.id,
      EnableDnsSupport: { Value: true },
    });
    expect(documents?.get(`ec2.DescribeVpcAttribute/${vpc.id}+enableDnsHostnames`)).toEqual({
      VpcId: vpc.id,
      EnableDnsHostnames: { Value: false },
    });
  });

  test('of the default kind has a /20 per zone, public addresses and an IPv4 route to the internet only', () => {
    const net = region();
    const vpc = net.defaultVpc();
    const world = net.toWorld();
    expect(items(world, 'ec2.DescribeVpcs', 'Vpcs')[0]).toMatchObject({ IsDefault: true, CidrBlock: '172.31.0.0/16' });
    const subnets = items(world, 'ec2.DescribeSubnets', 'Subnets');
    expect(subnets.map((subnet) => subnet['CidrBlock'])).toEqual(['172.31.0.0/20', '172.31.16.0/20', '172.31.32.0/20']);
    expect(subnets.every((subnet) => subnet['MapPublicIpOnLaunch'] === true)).toBe(true);
    expect(vpc.mainRouteTable.item['Routes']).toMatchObject([
      { GatewayId: 'local' },
      { DestinationCidrBlock: '0.0.0.0/0', GatewayId: vpc.internetGateway().id },
    ]);
    const attribute = world.accounts
      .get('111122223333')
      ?.regions.get('eu-west-1')
      ?.get(`ec2.DescribeVpcAttribute/${vpc.id}+enableDnsHostnames`);
    expect(attribute).toMatchObject({ EnableDnsHostnames: { Value: true } });
  });

  test.each([
    ['eu-west-1', 'eu-west-1.compute.internal'],
    ['us-east-1', 'ec2.internal'],
  ])('in %s has DHCP options with the domain %s', (name, domain) => {
    const net = region('111122223333', name);
    net.vpc();
    net.vpc({ cidr: '10.1.0.0/16' });
    const options = items(net.toWorld(), 'ec2.DescribeDhcpOptions', 'DhcpOptions', '111122223333', name);
    expect(options).toHaveLength(1);
    expect(options[0]?.['DhcpConfigurations']).toEqual([
      { Key: 'domain-name', Values: [{ Value: domain }] },
      { Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] },
    ]);
  });
});

describe('a route table', () => {
  test('starts with one local route per CIDR, secondary and IPv6 ones included', () => {
    const net = region();
    const vpc = net.vpc({ secondaryCidrs: ['10.1.0.0/16'], ipv6: '2001:db8:1234::/56' });
    const table = vpc.routeTable({ routes: [['0.0.0.0/0', 'nat-0123456789abcdef0']] });
    const local = { GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' };
    expect(table.item['Routes']).toEqual([
      { DestinationCidrBlock: '10.0.0.0/16', ...local },
      { DestinationCidrBlock: '10.1.0.0/16', ...local },
      { DestinationIpv6CidrBlock: '2001:db8:1234::/56', ...local },
      {
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: 'nat-0123456789abcdef0',
        Origin: 'CreateRoute',
        State: 'active',
      },
    ]);
  });

  test('that is the main one names no subnet; subnets without a table of their own are in none', () => {
    const net = region();
    const vpc = net.vpc();
    const bare = vpc.subnet();
    const own = vpc.routeTable();
    const explicit = vpc.subnet({ routeTable: own });
    const tables = items(net.toWorld(), 'ec2.DescribeRouteTables', 'RouteTables');
    const main = within(one(tables, 'RouteTableId', vpc.mainRouteTable.id), 'Associations');
    expect(main).toMatchObject([{ Main: true }]);
    expect(Object.keys(main[0] ?? {})).not.toContain('SubnetId');
    expect(JSON.stringify(tables)).not.toContain(bare.id);
    expect(one(tables, 'RouteTableId', own.id)['Associations']).toMatchObject([{ Main: false, SubnetId: explicit.id }]);
  });

  test('moves an association instead of doubling it, and takes an edge association by gateway', () => {
    const vpc = region().vpc();
    const [first, second] = [vpc.routeTable(), vpc.routeTable()];
    const subnet = vpc.subnet({ routeTable: first });
    second.associate(subnet).edgeAssociate(vpc.internetGateway());
    expect(first.item['Associations']).toEqual([]);
    expect(second.item['Associations']).toMatchObject([
      { SubnetId: subnet.id },
      { GatewayId: vpc.internetGateway().id },
    ]);
  });

  test('drops what was routed to a deleted NAT gateway', () => {
    const net = region();
    const vpc = net.vpc();
    const nat = vpc.publicSubnet().natGateway();
    const table = vpc.routeTable({ routes: [['0.0.0.0/0', nat]] });
    nat.delete();
    const world = net.toWorld();
    const described = one(items(world, 'ec2.DescribeRouteTables', 'RouteTables'), 'RouteTableId', table.id);
    const routes = within(described, 'Routes');
    expect(routes[1]).toMatchObject({ NatGatewayId: nat.id, State: 'blackhole' });
    expect(items(world, 'ec2.DescribeNatGateways', 'NatGateways')[0]).toMatchObject({ State: 'deleted' });
    expect(items(world, 'ec2.DescribeNetworkInterfaces', 'NetworkInterfaces')).toEqual([]);
  });

  test('takes over what the VPN of a propagating virtual private gateway learned', () => {
    const net = region();
    const vpc = net.vpc();
    const vpnGateway = vpc.vpnGateway();
    net.vpnConnection({ customerGateway: net.customerGateway(), vpnGateway, learned: ['192.168.0.0/16'] });
    vpc.mainRouteTable.propagate(vpnGateway);
    const routes = within(items(net.toWorld(), 'ec2.DescribeRouteTables', 'RouteTables')[0], 'Routes');
    expect(routes[1]).toEqual({
      DestinationCidrBlock: '192.168.0.0/16',
      GatewayId: vpnGateway.id,
      Origin: 'EnableVgwRoutePropagation',
      State: 'active',
    });
  });
});

test('an internet gateway is attached in the state `available`', () => {
  const vpc = region().vpc();
  expect(vpc.internetGateway().item['Attachments']).toEqual([{ State: 'available', VpcId: vpc.id }]);
  expect(vpc.internetGateway().id).toBe(vpc.internetGateway().id);
});

describe('a NAT gateway', () => {
  test('that is zonal has an address of its subnet and a managed interface that agrees', () => {
    const net = region();
    const subnet = net.vpc().publicSubnet({ cidr: '10.0.7.0/24' });
    const nat = subnet.natGateway();
    expect(nat.item).toMatchObject({ SubnetId: subnet.id, ConnectivityType: 'public', State: 'available' });
    const [address] = within(nat.item, 'NatGatewayAddresses');
    expect(address).toMatchObject({ PrivateIp: '10.0.7.4', NetworkInterfaceId: nat.networkInterface.id });
    expect(nat.networkInterface.item).toMatchObject({
      InterfaceType: 'nat_gateway',
      RequesterManaged: true,
      Description: `Interface for NAT Gateway ${nat.id}`,
      PrivateIpAddress: '10.0.7.4',
      Groups: [],
      Association: { PublicIp: address?.['PublicIp'] },
    });
    const [eip] = items(net.toWorld(), 'ec2.DescribeAddresses', 'Addresses');
    expect(eip).toMatchObject({ PublicIp: address?.['PublicIp'], NetworkInterfaceId: nat.networkInterface.id });
  });

  test('that is private has no public address', () => {
    const nat = region().vpc().subnet().natGateway({ connectivityType: 'private' });
    expect(nat.item).toMatchObject({ ConnectivityType: 'private' });
    expect(nat.networkInterface.publicIp).toBeUndefined();
  });

  test('that is regional has no subnet, a table of its own and an address per zone', () => {
    const vpc = region().vpc();
    const nat = vpc.regionalNatGateway({ azs: ['a', 'b'] });
    expect(nat.item).toMatchObject({
      AvailabilityMode: 'regional',
      NatGatewayAddresses: [{ AvailabilityZoneId: 'euw1-az1' }, { AvailabilityZoneId: 'euw1-az2' }],
    });
    expect(nat.item['SubnetId']).toBeUndefined();
    expect(nat.item['RouteTableId']).toMatch(/^rtb-/);
  });
});

describe('a security group', () => {
  test('of the default kind lets itself in and everything out', () => {
    const vpc = region().vpc();
    const { id, item } = vpc.defaultSecurityGroup;
    expect(item).toMatchObject({ GroupName: 'default', Description: 'default VPC security group' });
    expect(item['IpPermissions']).toEqual([
      {
        IpProtocol: '-1',
        IpRanges: [],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [{ GroupId: id, UserId: '111122223333' }],
      },
    ]);
    expect(item['IpPermissionsEgress']).toEqual([
      {
        IpProtocol: '-1',
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      },
    ]);
  });

  test('that is new lets nothing in and everything out, IPv6 too where the VPC has it', () => {
    const group = region().vpc({ ipv6: true }).securityGroup('new');
    expect(group.item['IpPermissions']).toEqual([]);
    expect(group.item['IpPermissionsEgress']).toMatchObject([
      { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
    ]);
  });

  test('merges its rules by protocol and ports, and has one rule with an id per peer', () => {
    const net = region();
    const vpc = net.vpc();
    const list = net.prefixList('offices', ['198.51.100.0/28']);
    const app = vpc.securityGroup('app', { egress: [] });
    const web = vpc.securityGroup('web', {
      ingress: [tcp(443, '0.0.0.0/0', '::/0', list, app), allTraffic(app)],
      egress: [],
    });
    const [merged, all] = within(web.item, 'IpPermissions');
    expect(merged).toMatchObject({
      FromPort: 443,
      ToPort: 443,
      PrefixListIds: [{ PrefixListId: list.id }],
      UserIdGroupPairs: [{ GroupId: app.id }],
    });
    expect(Object.keys(all ?? {})).not.toContain('FromPort');
    const rules = items(net.toWorld(), 'ec2.DescribeSecurityGroupRules', 'SecurityGroupRules').filter(
      (rule) => rule['GroupId'] === web.id,
    );
    expect(rules).toHaveLength(5);
    expect(new Set(rules.map((rule) => rule['SecurityGroupRuleId'])).size).toBe(5);
    expect(
      rules.map(
        ({ CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo }) =>
          CidrIpv4 ?? CidrIpv6 ?? PrefixListId ?? (ReferencedGroupInfo as Any)['GroupId'],
      ),
    ).toEqual(['0.0.0.0/0', '::/0', list.id, app.id, app.id]);
  });

  test('that refers across an active peering connection names account, VPC and connection', () => {
    const all = estate();
    const dev = all.account('111122223333').region('eu-west-1').vpc({ cidr: '10.10.0.0/16' });
    const prod = all.account('444455556666').region('eu-west-1').vpc({ cidr: '10.20.0.0/16' });
    const peering = dev.peerWith(prod);
    const app = prod.securityGroup('app');
    const web = dev.securityGroup('web', { egress: [tcp(5432, app)] });
    const world = all.toWorld();
    const expected = {
      GroupId: app.id,
      UserId: '444455556666',
      VpcId: prod.id,
      VpcPeeringConnectionId: peering.id,
      PeeringStatus: 'active',
    };
    const group = one(items(world, 'ec2.DescribeSecurityGroups', 'SecurityGroups'), 'GroupId', web.id);
    expect(within(group, 'IpPermissionsEgress')[0]?.['UserIdGroupPairs']).toEqual([expected]);
    const rules = items(world, 'ec2.DescribeSecurityGroupRules', 'SecurityGroupRules');
    expect(one(rules, 'GroupId', web.id)['ReferencedGroupInfo']).toEqual(expected);
  });

  test('is stale when the peering connection that its rule crosses is deleted', () => {
    const net = region();
    const [a, b] = [net.vpc(), net.vpc({ cidr: '10.1.0.0/16' })];
    const peering = a.peerWith(b);
    const far = b.securityGroup('far');
    const near = a.securityGroup('near', { ingress: [tcp(22, far)] });
    peering.delete();
    const stale = items(net.toWorld(), `ec2.DescribeStaleSecurityGroups/${a.id}`, 'StaleSecurityGroupSet');
    expect(stale).toMatchObject([
      {
        GroupId: near.id,
        StaleIpPermissions: [{ FromPort: 22, UserIdGroupPairs: [{ GroupId: far.id, PeeringStatus: 'deleted' }] }],
      },
    ]);
  });
});

describe('a network ACL', () => {
  const numbers = (acl: { readonly item: Record<string, unknown> }, egress: boolean): unknown[] =>
    within(acl.item, 'Entries')
      .filter((entry) => entry['Egress'] === egress)
      .map((entry) => [entry['RuleNumber'], entry['RuleAction'], entry['CidrBlock'] ?? entry['Ipv6CidrBlock']]);

  test.each([
    [
      false,
      [
        [100, 'allow', '0.0.0.0/0'],
        [32767, 'deny', '0.0.0.0/0'],
      ],
    ],
    [
      true,
      [
        [100, 'allow', '0.0.0.0/0'],
        [101, 'allow', '::/0'],
        [32767, 'deny', '0.0.0.0/0'],
        [32768, 'deny', '::/0'],
      ],
    ],
  ])('of the default kind (IPv6: %s) allows everything above the implicit denies', (ipv6, expected) => {
    const acl = region().vpc({ ipv6 }).defaultNetworkAcl;
    expect(acl.item['IsDefault']).toBe(true);
    expect(numbers(acl, true)).toEqual(expected);
    expect(numbers(acl, false)).toEqual(expected);
  });

  test('that is custom starts with the implicit denies only', () => {
    expect(numbers(region().vpc({ ipv6: true }).networkAcl(), false)).toEqual([
      [32767, 'deny', '0.0.0.0/0'],
      [32768, 'deny', '::/0'],
    ]);
  });

  test('spells protocols as numbers, ports in PortRange, ICMP in IcmpTypeCode and CIDRs canonically', () => {
    const acl = region()
      .vpc()
      .networkAcl({
        ingress: [allow(100, tcp([80, 81], '10.1.2.3/16')), deny(90, icmp({ type: 8, code: -1 }, '0.0.0.0/0'))],
      });
    expect(within(acl.item, 'Entries').filter((entry) => entry['Egress'] === false)).toEqual([
      {
        CidrBlock: '0.0.0.0/0',
        Egress: false,
        IcmpTypeCode: { Type: 8, Code: -1 },
        Protocol: '1',
        RuleAction: 'deny',
        RuleNumber: 90,
      },
      {
        CidrBlock: '10.1.0.0/16',
        Egress: false,
        PortRange: { From: 80, To: 81 },
        Protocol: '6',
        RuleAction: 'allow',
        RuleNumber: 100,
      },
      { CidrBlock: '0.0.0.0/0', Egress: false, Protocol: '-1', RuleAction: 'deny', RuleNumber: 32767 },
    ]);
    expect(() => acl.ingress(allow(100, tcp(22, '0.0.0.0/0')))).toThrow(/rule 100/);
  });

  test('is exactly one for each subnet', () => {
    const vpc = region().vpc();
    const subnet = vpc.subnet();
    expect(vpc.defaultNetworkAcl.item['Associations']).toMatchObject([{ SubnetId: subnet.id }]);
    vpc.networkAcl({ subnets: [subnet] });
    expect(vpc.defaultNetworkAcl.item['Associations']).toEqual([]);
  });
});

describe('an interface', () => {
  test.each([
    ['efs', 'efs', true],
    ['lambda', 'lambda', false],
    ['branch', 'branch', false],
    ['rds', 'interface', true],
  ] as const)('of %s is of type %s, requester-managed %s', (creator, type, managed) => {
    const { item } = region().vpc().subnet().interfaceOf(creator);
    expect(item).toMatchObject({ InterfaceType: type, RequesterManaged: managed });
  });

  test('of an instance is repeated in the instance', () => {
    const net = region();
    const subnet = net.vpc().publicSubnet();
    const instance = subnet.instance({ publicIp: true, ipv6: false });
    const second = subnet.attach(instance);
    const [reservation] = items(net.toWorld(), 'ec2.DescribeInstances', 'Reservations');
    const [repeated] = within(reservation, 'Instances');
    expect(within(repeated, 'NetworkInterfaces').map((nic) => nic['NetworkInterfaceId'])).toEqual([
      instance.networkInterface.id,
      second.id,
    ]);
    expect(repeated?.['PublicIpAddress']).toBe(instance.publicIp);
    expect(second.item['Attachment']).toMatchObject({ DeviceIndex: 1, InstanceId: instance.id });
  });

  test('that is managed and hidden carries its operator', () => {
    const { item } = region()
      .vpc()
      .subnet()
      .networkInterface({ operator: { principal: 'eks.amazonaws.com', hiddenByDefault: true } });
    expect(item['Operator']).toEqual({ Managed: true, Principal: 'eks.amazonaws.com', HiddenByDefault: true });
  });
});

describe('a VPC endpoint', () => {
  test('of the gateway kind adds its prefix-list route and has no interface', () => {
    const net = region();
    const vpc = net.vpc();
    const endpoint = vpc.gatewayEndpoint('s3', { routeTables: [vpc.mainRouteTable] });
    expect(endpoint.item).toMatchObject({
      VpcEndpointType: 'Gateway',
      RouteTableIds: [vpc.mainRouteTable.id],
      NetworkInterfaceIds: [],
      ServiceName: 'com.amazonaws.eu-west-1.s3',
    });
    expect(within(vpc.mainRouteTable.item, 'Routes')[1]).toMatchObject({
      DestinationPrefixListId: net.awsPrefixListId('s3'),
      GatewayId: endpoint.id,
    });
    const lists = items(net.toWorld(), 'ec2.DescribePrefixLists', 'PrefixLists');
    expect(one(lists, 'PrefixListName', 'com.amazonaws.eu-west-1.s3')['PrefixListId']).toBe(endpoint.prefixListId);
  });

  test('of the interface kind has a managed interface per subnet and, unless told, the default group', () => {
    const vpc = region().vpc();
    const subnets = [vpc.subnet({ az: 'a' }), vpc.subnet({ az: 'b' })];
    const endpoint = vpc.interfaceEndpoint('ssm', { subnets });
    expect(endpoint.item).toMatchObject({
      VpcEndpointType: 'Interface',
      Groups: [{ GroupId: vpc.defaultSecurityGroup.id, GroupName: 'default' }],
      SubnetIds: subnets.map(({ id }) => id),
      NetworkInterfaceIds: endpoint.networkInterfaces.map(({ id }) => id),
    });
    for (const { item } of endpoint.networkInterfaces) {
      expect(item).toMatchObject({
        InterfaceType: 'vpc_endpoint',
        RequesterManaged: true,
        Description: `VPC Endpoint Interface ${endpoint.id}`,
      });
    }
  });
});

describe('a peering connection', () => {
  test('is seen from both sides, with CIDRs while it is active', () => {
    const all = estate();
    const a = all.account('111122223333').region('eu-west-1').vpc();
    const b = all.account('444455556666').region('us-east-1').vpc({ cidr: '10.1.0.0/16' });
    const peering = a.peerWith(b);
    const read = (): Any[][] => {
      const world = all.toWorld();
      return [
        items(world, 'ec2.DescribeVpcPeeringConnections', 'VpcPeeringConnections'),
        items(world, 'ec2.DescribeVpcPeeringConnections', 'VpcPeeringConnections', '444455556666', 'us-east-1'),
      ];
    };
    for (const side of read()) {
      expect(side).toMatchObject([
        { VpcPeeringConnectionId: peering.id, AccepterVpcInfo: { CidrBlock: '10.1.0.0/16', Region: 'us-east-1' } },
      ]);
    }
    peering.delete();
    for (const side of read()) expect(JSON.stringify(side)).not.toContain('CidrBlock');
  });
});

describe('a transit gateway', () => {
  test('associates and propagates into its default table, and says blackholes without attachments', () => {
    const net = region();
    const gateway = net.transitGateway();
    const vpc = net.vpc({ secondaryCidrs: ['10.9.0.0/16'] });
    const subnet = vpc.subnet();
    const attachment = gateway.attachVpc(vpc);
    gateway.defaultRouteTable.blackhole('198.51.100.0/24').route('0.0.0.0/0', attachment);
    const world = net.toWorld();
    const table = gateway.defaultRouteTable.id;
    expect(items(world, `ec2.GetTransitGatewayRouteTableAssociations/${table}`, 'Associations')).toMatchObject([
      { TransitGatewayAttachmentId: attachment.id, State: 'associated' },
    ]);
    expect(
      items(world, `ec2.GetTransitGatewayRouteTablePropagations/${table}`, 'TransitGatewayRouteTablePropagations'),
    ).toMatchObject([{ TransitGatewayAttachmentId: attachment.id, State: 'enabled' }]);
    const routes = items(world, `ec2.SearchTransitGatewayRoutes/${table}`, 'Routes');
    expect(routes.map(({ DestinationCidrBlock, Type, State }) => [DestinationCidrBlock, Type, State])).toEqual([
      ['198.51.100.0/24', 'static', 'blackhole'],
      ['0.0.0.0/0', 'static', 'active'],
      ['10.0.0.0/16', 'propagated', 'active'],
      ['10.9.0.0/16', 'propagated', 'active'],
    ]);
    expect(routes[0]).not.toHaveProperty('TransitGatewayAttachments');
    expect(routes[1]).toMatchObject({ TransitGatewayAttachments: [{ ResourceId: vpc.id }] });
    const [nic] = items(world, 'ec2.DescribeNetworkInterfaces', 'NetworkInterfaces');
    expect(nic).toMatchObject({ InterfaceType: 'transit_gateway', RequesterManaged: false, SubnetId: subnet.id });
  });

  test('shows its route tables to its owner alone', () => {
    const all = estate();
    const hub = all.account('111122223333').region('eu-west-1');
    const spoke = all.account('444455556666').region('eu-west-1');
    const gateway = hub.transitGateway({ sharedWith: [spoke] });
    const vpc = spoke.vpc();
    vpc.subnet();
    const attachment = gateway.attachVpc(vpc);
    const world = all.toWorld();
    const seen = (key: string, member: string): Any[] => items(world, key, member, '444455556666');
    expect(seen('ec2.DescribeTransitGateways', 'TransitGateways')).toMatchObject([{ OwnerId: '111122223333' }]);
    expect(seen('ec2.DescribeTransitGatewayRouteTables', 'TransitGatewayRouteTables')).toEqual([]);
    const [theirs] = seen('ec2.DescribeTransitGatewayAttachments', 'TransitGatewayAttachments');
    expect(theirs).toMatchObject({ TransitGatewayAttachmentId: attachment.id });
    expect(theirs).not.toHaveProperty('Association');
    const ours = items(world, 'ec2.DescribeTransitGatewayAttachments', 'TransitGatewayAttachments');
    expect(ours[0]).toMatchObject({ Association: { TransitGatewayRouteTableId: gateway.defaultRouteTable.id } });
  });
});

test('a flow log that fails says so with an access error', () => {
  const vpc = region().vpc();
  expect(vpc.flowLog({ deliverLogsStatus: 'FAILED' }).item).toMatchObject({
    DeliverLogsStatus: 'FAILED',
    DeliverLogsErrorMessage: 'Access error',
    TrafficType: 'ALL',
    MaxAggregationInterval: 600,
  });
});

test('a subnet has its size less five and less the addresses in use, and both names of its zone', () => {
  const net = region();
  const subnet = net.vpc().subnet({ cidr: '10.0.1.0/28', az: 'b' });
  subnet.instance({ secondaryIps: 2 });
  const [item] = items(net.toWorld(), 'ec2.DescribeSubnets', 'Subnets');
  expect(item).toMatchObject({
    AvailableIpAddressCount: 16 - 5 - 3,
    AvailabilityZone: 'eu-west-1b',
    AvailabilityZoneId: 'euw1-az2',
  });
});

test('zone names are rotated per account, zone ids are not', () => {
  const net = estate().account('444455556666', { zoneOffset: 1 }).region('eu-west-1');
  expect(net.vpc().subnet({ az: 'a' }).item).toMatchObject({
    AvailabilityZone: 'eu-west-1a',
    AvailabilityZoneId: 'euw1-az2',
  });
});

test('a shared subnet is seen by the participant without tags and NAT gateways, and what it builds there by the owner', () => {
  const all = estate();
  const owner = all.account('111122223333').region('eu-west-1');
  const member = all.account('444455556666').region('eu-west-1');
  const vpc = owner.vpc({ name: 'shared' });
  const subnet = vpc.publicSubnet({ name: 'app' });
  subnet.natGateway();
  subnet.instance();
  const theirs = subnet.shareWith(member);
  const group = theirs.securityGroup('member-app');
  const instance = theirs.instance({ securityGroups: [group] });
  expect(() => theirs.instance()).toThrow(/security groups/);
  const world = all.toWorld();
  const seen = (key: string, member: string): Any[] => items(world, key, member, '444455556666');
  expect(seen('ec2.DescribeSubnets', 'Subnets')).toMatchObject([
    { SubnetId: subnet.id, OwnerId: '111122223333', Tags: [] },
  ]);
  expect(seen('ec2.DescribeVpcs', 'Vpcs')).toMatchObject([{ VpcId: vpc.id, Tags: [] }]);
  expect(seen('ec2.DescribeNatGateways', 'NatGateways')).toEqual([]);
  expect(seen('ec2.DescribeNetworkInterfaces', 'NetworkInterfaces').map((nic) => nic['NetworkInterfaceId'])).toEqual([
    instance.networkInterface.id,
  ]);
  const owned = items(world, 'ec2.DescribeNetworkInterfaces', 'NetworkInterfaces');
  expect(owned.map((nic) => nic['NetworkInterfaceId'])).toContain(instance.networkInterface.id);
  expect(items(world, 'ec2.DescribeSecurityGroups', 'SecurityGroups').map((item) => item['GroupId'])).toContain(
    group.id,
  );
  const [shared] = items(world, 'ec2.DescribeSubnets', 'Subnets');
  expect(shared?.['AvailableIpAddressCount']).toBe(251 - 3);
});

test('Block Public Access is worked out for VPCs and subnets, exclusions taken in', () => {
  const net = region();
  const [open, closed] = [net.vpc(), net.vpc({ cidr: '10.1.0.0/16' })];
  const subnet = closed.subnet();
  net.blockPublicAccess('block-bidirectional');
  net.blockPublicAccessExclusion(open, 'allow-bidirectional');
  net.blockPublicAccessExclusion(subnet, 'allow-egress');
  const world = net.toWorld();
  const mode = (item: Any | undefined): unknown =>
    (item?.['BlockPublicAccessStates'] as Any | undefined)?.['InternetGatewayBlockMode'];
  expect(items(world, 'ec2.DescribeVpcs', 'Vpcs').map(mode)).toEqual(['off', 'block-bidirectional']);
  expect(items(world, 'ec2.DescribeSubnets', 'Subnets').map(mode)).toEqual(['block-ingress']);
});

test('a load balancer has a managed interface per subnet, and its target group knows it', () => {
  const net = region();
  const vpc = net.vpc();
  const subnets = [vpc.publicSubnet({ az: 'a' }), vpc.publicSubnet({ az: 'b' })];
  const targets = vpc.targetGroup('web', { targets: [vpc.subnet().instance()] });
  const balancer = vpc.loadBalancer('web', { subnets, listeners: [{ port: 443, targets }] });
  expect(balancer.networkInterfaces).toHaveLength(2);
  expect(balancer.networkInterfaces[0]?.item).toMatchObject({
    RequesterId: 'amazon-elb',
    InterfaceType: 'interface',
    Description: `ELB ${balancer.arn.split('loadbalancer/')[1]}`,
  });
  expect(targets.item['LoadBalancerArns']).toEqual([balancer.arn]);
  const unused = vpc.targetGroup('unused', { targets: ['10.0.0.9'] });
  const health = items(
    net.toWorld(),
    `elbv2.DescribeTargetHealth/${unused.arn.split(':').at(-1)?.replaceAll('/', '+')}`,
    'TargetHealthDescriptions',
  );
  expect(health).toMatchObject([{ TargetHealth: { State: 'unused', Reason: 'Target.NotInUse' } }]);
});

test('a VPN connection carries its secret in both places in which AWS answers it', () => {
  const net = region();
  const { item } = net.vpnConnection({ customerGateway: net.customerGateway(), vpnGateway: net.vpc().vpnGateway() });
  expect(JSON.stringify(item['Options'])).toContain(fakePreSharedKey);
  expect(item['CustomerGatewayConfiguration']).toContain(fakePreSharedKey);
});

test('ids depend on the names, not on what else is built', () => {
  const [first, second] = [region(), region()];
  second.vpc({ name: 'other' });
  expect(first.vpc({ name: 'prod' }).id).toBe(second.vpc({ name: 'prod' }).id);
  expect(first.vpc({ name: 'prod' }).id).toMatch(/^vpc-[0-9a-f]{17}$/);
});

test('a world can be made, built upon and made again', () => {
  const net = region();
  const vpc = net.vpc();
  const before = net.toWorld();
  vpc.subnet();
  expect(items(before, 'ec2.DescribeSubnets', 'Subnets')).toHaveLength(0);
  expect(items(net.toWorld(), 'ec2.DescribeSubnets', 'Subnets')).toHaveLength(1);
});
