import { describe, expect, test } from 'vitest';
import { sampleAccount, sampleAccounts } from '../../mocks/accounts/index.ts';
import { huge } from '../../mocks/accounts/huge.ts';
import {
  type NatGatewayBuilder,
  type NetworkInterfaceBuilder,
  region,
  type RegionBuilder,
  type SubnetBuilder,
  tcp,
  type VpcBuilder,
} from '../../mocks/builders.ts';
import { lint } from '../../mocks/lint.ts';
import { richWorld } from './rich-world.ts';

describe('the lint of fixtures', () => {
  test.each(Object.keys(sampleAccounts))('finds nothing in %s', async (name) => {
    expect(await lint(sampleAccount(name))).toEqual([]);
  });

  test('finds nothing in what the builders make', async () => {
    expect(await lint({ world: richWorld(), exceptions: {} })).toEqual([]);
  });

  test('finds nothing in a small huge account', async () => {
    const world = huge({ vpcs: 3, securityGroups: 60, networkInterfaces: 300 });
    expect(await lint({ world, exceptions: {} })).toEqual([]);
  });
});

describe('the lint of fixtures finds', () => {
  const accountId = '111122223333';

  /** What the lint says of a small Region after something in it was spoilt. */
  async function problemsOf(spoil: (parts: Parts) => void): Promise<string> {
    const net = region(accountId, 'eu-west-1');
    const vpc = net.vpc({ ipv6: true });
    const subnet = vpc.publicSubnet({ cidr: '10.0.0.0/24' });
    const nat = subnet.natGateway();
    const instance = subnet.instance();
    spoil({ net, vpc, subnet, nat, nic: instance.networkInterface });
    const problems = await lint({ world: net.toWorld(), exceptions: {} });
    return problems.map(({ problem }) => problem).join('\n');
  }

  interface Parts {
    readonly net: RegionBuilder;
    readonly vpc: VpcBuilder;
    readonly subnet: SubnetBuilder;
    readonly nat: NatGatewayBuilder;
    readonly nic: NetworkInterfaceBuilder;
  }

  const listIn = (item: Record<string, unknown>, member: string) => item[member] as Record<string, unknown>[];

  test('nothing before anything is spoilt', async () => {
    expect(await problemsOf(() => undefined)).toBe('');
  });

  test.each<readonly [string, (parts: Parts) => void, RegExp]>([
    ['a member that no schema knows', ({ vpc }) => (vpc.item['VpcID'] = 'x'), /Vpcs\[0\]\.VpcID is no member/],
    ['a member of another type', ({ vpc }) => (vpc.item['IsDefault'] = 'false'), /IsDefault should be true or false/],
    [
      'a value that is in no list',
      ({ vpc }) => (vpc.item['State'] = 'levitating'),
      /State is levitating, which is no VpcState/,
    ],
    [
      'a reference to nothing',
      ({ nic }) => (nic.item['SubnetId'] = 'subnet-0123456789abcdef0'),
      /subnet-0123456789abcdef0 is nowhere/,
    ],
    [
      'a route to nothing',
      ({ vpc }) => vpc.mainRouteTable.route('192.168.0.0/16', 'pcx-0123456789abcdef0'),
      /pcx-0123456789abcdef0 is nowhere/,
    ],
    ['an id of the wrong form', ({ nic }) => (nic.item['VpcId'] = 'vpc-12xz'), /vpc-12xz has not the form/],
    [
      'a subnet outside its VPC',
      ({ vpc }) => vpc.subnet({ cidr: '10.99.0.0/24' }),
      /10\.99\.0\.0\/24 lies outside its VPC/,
    ],
    ['subnets over one another', ({ vpc }) => vpc.subnet({ cidr: '10.0.0.128/25' }), /overlaps subnet-/],
    [
      'an address outside the subnet',
      ({ subnet }) => subnet.networkInterface({ privateIp: '10.0.9.9' }),
      /10\.0\.9\.9 lies outside its subnet/,
    ],
    [
      'an address that AWS reserves',
      ({ subnet }) => subnet.networkInterface({ privateIp: '10.0.0.2' }),
      /10\.0\.0\.2 is reserved/,
    ],
    [
      'the last address of a subnet',
      ({ subnet }) => subnet.networkInterface({ privateIp: '10.0.0.255' }),
      /10\.0\.0\.255 is reserved/,
    ],
    [
      'an address in use twice',
      ({ subnet, nic }) => subnet.networkInterface({ privateIp: nic.privateIp }),
      /is in use twice/,
    ],
    [
      'a NAT gateway that disagrees with its interface',
      ({ nat }) => (nat.item['SubnetId'] = 'subnet-0123456789abcdef0'),
      /and its interface disagree/,
    ],
    [
      'an endpoint without its interfaces',
      ({ vpc, subnet }) => (vpc.interfaceEndpoint('ssm', { subnets: [subnet] }).item['NetworkInterfaceIds'] = []),
      /and its interfaces disagree/,
    ],
    [
      'a table without its local route',
      ({ vpc }) => listIn(vpc.mainRouteTable.item, 'Routes').shift(),
      /has no local route of 10\.0\.0\.0\/16/,
    ],
    [
      'an ACL without its implicit deny',
      ({ vpc }) => listIn(vpc.defaultNetworkAcl.item, 'Entries').pop(),
      /lacks the implicit deny 32768 in/,
    ],
    [
      'a VPC without a main table',
      ({ vpc }) => listIn(vpc.mainRouteTable.item, 'Associations').pop(),
      /has 0 main route tables/,
    ],
    [
      'a subnet without an ACL',
      ({ vpc }) => listIn(vpc.defaultNetworkAcl.item, 'Associations').pop(),
      /has 0 network ACLs/,
    ],
    [
      'an address that somebody owns',
      ({ vpc }) => vpc.securityGroup('g', { ingress: [tcp(22, '8.8.8.8/32')] }),
      /names 8\.8\.8\.8\/32, which somebody owns/,
    ],
    [
      'an IPv6 address that somebody owns',
      ({ vpc }) => vpc.securityGroup('g', { ingress: [tcp(22, '2600::/12')] }),
      /names 2600::\/12/,
    ],
    ['an account that somebody owns', ({ vpc }) => (vpc.item['OwnerId'] = '210987654321'), /account 210987654321/],
    ['a mail address', ({ vpc }) => vpc.subnet({ name: 'jane@corp.example' }), /mail address/],
    ['a pre-shared key that may be real', ({ net, vpc }) => spoilKey(net, vpc), /PreSharedKey is not the fake one/],
  ])('%s', async (_, spoil, expected) => {
    expect(await problemsOf(spoil)).toMatch(expected);
  });

  function spoilKey(net: RegionBuilder, vpc: VpcBuilder): void {
    const { item } = net.vpnConnection({ customerGateway: net.customerGateway(), vpnGateway: vpc.vpnGateway() });
    for (const tunnel of listIn(item['Options'] as Record<string, unknown>, 'TunnelOptions'))
      tunnel['PreSharedKey'] = 'hunter2';
  }
});
