import { allTraffic, described, icmp, region, type SecurityGroupBuilder, tcp, udp } from '../builders.ts';
import { findings, type SampleAccount } from './sample-account.ts';

const accountId = '123456789012';
const place = 'us-east-1';

/**
 * An old account in which everything is public: the mistakes of the well-known training stacks together.
 */
export function legacyFlat(): SampleAccount {
  const net = region(accountId, place);
  const old = net.defaultVpc({ name: 'default' });
  const oldSubnet = old.subnets[0];
  if (oldSubnet === undefined) throw new Error('a default VPC has subnets');
  const forgotten = oldSubnet.instance({ name: 'forgotten' });

  const flat = net.vpc({ name: 'flat', cidr: '10.0.0.0/16', ipv6: true });
  const flatSubnet = flat.publicSubnet({
    name: 'flat-a',
    cidr: '10.0.3.0/24',
    ipv6: true,
    mapPublicIp: true,
    assignIpv6: true,
  });
  const rulesOfWorld: readonly (readonly [name: string, rule: ReturnType<typeof tcp>])[] = [
    ['all-ports', tcp([0, 65_535], '0.0.0.0/0')],
    ['all-traffic', allTraffic('0.0.0.0/0', '::/0')],
    ['icmp', icmp({ type: -1, code: -1 }, '0.0.0.0/0')],
    ['ssh', tcp(22, '0.0.0.0/0')],
    ['ssh-halves', tcp(22, '0.0.0.0/1', '128.0.0.0/1')],
    ['mail', tcp(25, '0.0.0.0/0')],
    ['dns', udp(53, '0.0.0.0/0')],
    ['sql-server', tcp(1433, '0.0.0.0/0')],
    ['oracle', tcp(1521, '0.0.0.0/0')],
    ['nfs', tcp(2049, '0.0.0.0/0')],
    ['mysql', tcp(3306, '0.0.0.0/0')],
    ['rdp', tcp(3389, '0.0.0.0/0', '::/0')],
    ['postgresql', tcp(5432, '0.0.0.0/0')],
    ['mongodb', tcp(27_017, '0.0.0.0/0')],
    ['plaintext', tcp([21, 23], '0.0.0.0/0')],
  ];
  const groups = new Map(
    rulesOfWorld.map(([name, rule]) => [name, flat.securityGroup(name, { ingress: [rule] })] as const),
  );
  const named = (...names: readonly string[]): readonly SecurityGroupBuilder[] =>
    names.flatMap((name) => groups.get(name) ?? []);
  const partners = flat.securityGroup('partners', {
    ingress: [
      tcp([0, 65_535], described('partner range', '198.51.100.0/24'), '198.51.100.0/25'),
      tcp(22, described('nobody knows who this is', '203.0.113.8/32')),
      tcp(443, '127.0.0.0/8', '0.0.0.0/8'),
    ],
  });
  for (const group of named('all-traffic')) group.ingress(allTraffic(group));
  const server = flatSubnet.instance({
    name: 'server',
    securityGroups: named('all-traffic', 'icmp', 'ssh', 'mail', 'dns'),
  });
  const database = flatSubnet.interfaceOf('rds', {
    name: 'public-database',
    securityGroups: [...named('sql-server', 'oracle', 'mysql', 'postgresql'), partners],
    publicIp: true,
  });
  const desktop = flatSubnet.instance({
    name: 'desktop',
    securityGroups: named('rdp', 'ssh-halves', 'plaintext', 'mongodb', 'nfs'),
  });

  const shop = net.vpc({ name: 'shop', cidr: '172.16.0.0/16' });
  const [a, b] = [
    shop.publicSubnet({ name: 'shop-a', az: 'a', cidr: '172.16.10.0/24', mapPublicIp: true }),
    shop.publicSubnet({ name: 'shop-b', az: 'b', cidr: '172.16.11.0/24', mapPublicIp: true }),
  ];
  const web = shop.securityGroup('shop-web', { ingress: [tcp(80, '0.0.0.0/0'), tcp(22, '0.0.0.0/0')] });
  const shopDatabase = shop.securityGroup('shop-database', { ingress: [tcp(3306, shop.cidr)] });
  const shopWeb = a.instance({ name: 'shop-web', securityGroups: [web] });
  b.interfaceOf('rds', { name: 'shop-database', securityGroups: [shopDatabase] });
  shop.classicLoadBalancer('shop', {
    subnets: [a],
    securityGroups: [web],
    listeners: [{ port: 80, protocol: 'HTTP' }],
    instances: [shopWeb],
  });
  const log = shop.flowLog({ name: 'shop-all', destinationType: 's3' });
  const branch = net.customerGateway({ name: 'branch-office' });
  const vpnGateway = shop.vpnGateway({ name: 'branch-office' });
  const line = net.vpnConnection({
    name: 'branch-office',
    customerGateway: branch,
    vpnGateway,
    staticRoutes: ['192.168.0.0/24'],
  });
  shop.mainRouteTable.propagate(vpnGateway);

  return {
    name: 'legacy-flat',
    description:
      'Three VPCs in which everything is public: the default VPC with a forgotten instance in the default group, a flat ' +
      'dual-stack network whose groups open one port after another to the world, overlapping and senseless ranges, a ' +
      'database with a public address, and a shop behind a Classic Load Balancer in one zone. The shop has a correct flow ' +
      'log and a VPN to a branch office; the rest has no flow log at all.',
    world: net.toWorld(),
    expectedFindings: [
      ...findings(accountId, place, 'security-group-open-to-internet', ...groups.values(), web),
      ...findings(
        accountId,
        place,
        'security-group-default-in-use',
        old.defaultSecurityGroup,
        flat.defaultSecurityGroup,
        shop.defaultSecurityGroup,
      ),
      ...findings(accountId, place, 'security-group-unused', ...named('all-ports')),
      ...findings(
        accountId,
        place,
        'network-acl-admin-ports-open-to-internet',
        old.defaultNetworkAcl,
        flat.defaultNetworkAcl,
        shop.defaultNetworkAcl,
      ),
      ...findings(accountId, place, 'subnet-public-ip-on-launch', ...old.subnets, flatSubnet, a, b),
      ...findings(accountId, place, 'flow-log-missing', old, flat),
      ...findings(accountId, place, 'flow-log-fields-missing', log),
      ...findings(accountId, place, 'vpc-dns-queries-not-logged', old, flat, shop),
      ...findings(accountId, place, 'metric-alarm-missing-for-network-changes', { id: place }),
      ...findings(accountId, place, 'instance-public-ip', forgotten, server, desktop, shopWeb),
      ...findings(
        accountId,
        place,
        'security-group-egress-unrestricted',
        ...groups.values(),
        partners,
        web,
        shopDatabase,
      ),
      ...findings(accountId, place, 'security-group-ports-too-wide', partners),
      ...findings(accountId, place, 'security-group-range-of-one-group', shopDatabase),
      ...findings(accountId, place, 'security-group-rule-redundant', partners),
      ...findings(accountId, place, 'security-group-rule-undescribed', partners),
      ...findings(accountId, place, 'vpc-all-subnets-public', old, flat, shop),
      ...findings(accountId, place, 'vpc-block-public-access-off', { id: place }),
      ...findings(accountId, place, 'subnet-single-layer-of-defence', oldSubnet, flatSubnet),
      ...findings(accountId, place, 'vpc-default-present', old),
      ...findings(accountId, place, 'vpc-single-zone', flat),
      ...findings(accountId, place, 'vpn-connection-logging-off', line),
    ],
    expectedTraces: [
      {
        from: 'internet',
        to: server.id,
        protocol: 'tcp',
        port: 22,
        verdict: 'reachable',
        decidedBy: ['acl 100 ingress', 'sg all 0.0.0.0/0', 'acl 100 egress'],
        because: 'public address, open group, default network ACL',
      },
      {
        from: 'internet',
        to: database.id,
        protocol: 'tcp',
        port: 1433,
        verdict: 'reachable',
        decidedBy: ['acl 100 ingress', 'sg tcp 1433 0.0.0.0/0', 'acl 100 egress'],
        because: 'the database has a public address and its groups are open',
      },
      {
        from: 'internet',
        to: forgotten.id,
        protocol: 'tcp',
        port: 22,
        verdict: 'not-reachable',
        explanationCode: 'ENI_SG_RULES_MISMATCH',
        componentId: old.defaultSecurityGroup.id,
        because: 'the default group admits its own members only',
      },
    ],
    exceptions: {},
  };
}
