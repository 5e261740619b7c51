import { describe, expect, it } from 'vitest';
import { allow, allTraffic, estate, region, snapshotOf, tcp, type VpcBuilder } from '../../../mocks/builders.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import {
  ask,
  askSnapshot,
  blockersOf,
  doubtsOf,
  expectBlocked,
  expectReachable,
  expectUnknown,
  onPort,
} from './scenario.ts';

const everything = allTraffic('0.0.0.0/0', '::/0');
const open = (vpc: VpcBuilder): { readonly securityGroups: readonly { readonly id: string }[] } => ({
  securityGroups: [vpc.securityGroup('open', { ingress: [everything] })],
});

describe('hosts', () => {
  it('deliver to their own other interface past every filter, but not to its public address', () => {
    const net = region();
    const vpc = net.vpc();
    const edge = vpc.publicSubnet({ networkAcl: vpc.networkAcl() });
    const closed = { securityGroups: [vpc.securityGroup('closed', { egress: [] })] };
    const host = edge.instance({ publicIp: true, ...closed });
    const second = vpc.publicSubnet({ networkAcl: vpc.networkAcl() }).attach(host, { publicIp: true, ...closed });
    const result = expectReachable(net, { from: host.networkInterface, to: second, ...onPort(443) });
    expect(result.explanations.map(({ explanationCode }) => explanationCode)).toEqual(['SAME_HOST']);
    const outside = ask(net, { from: host.networkInterface, to: second.publicIp ?? '', ...onPort(443) });
    expect([outside.verdict, blockersOf(outside)[0]]).toEqual(['not-reachable', 'SG_HAS_NO_RULES']);
  });

  it('own all their addresses, and delegated prefixes', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const subnet = vpc.subnet({ cidr: '10.0.0.0/24' });
    const client = subnet.instance();
    const server = vpc.subnet({ cidr: '10.0.1.0/24' }).networkInterface({
      privateIp: '10.0.1.10',
      secondaryIps: ['10.0.1.11'],
      status: 'in-use',
      raw: { Ipv4Prefixes: [{ Ipv4Prefix: '10.0.1.32/28' }] },
      ...open(vpc),
    });
    for (const to of ['10.0.1.10', '10.0.1.11', '10.0.1.40'])
      expectReachable(net, { from: client, to, ...onPort(443) });
    const all = ask(net, { from: client, to: server, ...onPort(443) });
    expect(all.admittedTraffic.map(({ destinationAddresses }) => destinationAddresses)).toEqual([
      ['10.0.1.10/31', '10.0.1.32/28'],
    ]);
  });

  it('that are stopped, terminated or attached to nothing answer nobody', () => {
    const net = region();
    const vpc = net.vpc();
    const edge = vpc.publicSubnet();
    const stopped = edge.instance({ publicIp: true, state: 'stopped', ...open(vpc) });
    expectBlocked(net, { from: edge.instance(), to: stopped, ...onPort(443) }, ['INSTANCE_NOT_RUNNING']);
    expectBlocked(net, { from: stopped, to: 'internet', ...onPort(443) }, ['INSTANCE_NOT_RUNNING']);
    const loose = edge.networkInterface({ publicIp: true, status: 'available', ...open(vpc) });
    expectBlocked(net, { from: 'internet', to: loose, ...onPort(443) }, ['INTERFACE_NOT_ATTACHED']);
  });

  it('whose state was not read leave it open, unless they are assumed to run', () => {
    const net = region();
    const vpc = net.vpc();
    const subnet = vpc.subnet();
    const question = { from: subnet.instance(), to: subnet.instance(), ...onPort(443) };
    const snapshot = snapshotOf(net.toWorld());
    const withInstances = (instances: object, assumedOff: readonly string[] = []): Snapshot =>
      ({
        ...snapshot,
        regions: snapshot.regions.map((one) => ({ ...one, assumedOff, resources: { ...one.resources, instances } })),
      }) as unknown as Snapshot;
    const call = { operation: 'DescribeInstances', iamAction: 'ec2:DescribeInstances' };
    const refused = askSnapshot(
      withInstances({ ...call, status: 'failed', failure: 'denied', errorCode: 'UnauthorizedOperation', message: '' }),
      question,
    );
    expect([refused.verdict, refused.missing?.[0]?.iamAction]).toEqual(['unknown', 'ec2:DescribeInstances']);
    expect(askSnapshot(withInstances({ ...call, status: 'not-called' }), question).verdict).toBe('unknown');
    const never = askSnapshot(withInstances({ ...call, status: 'not-called' }, ['instances']), question);
    expect([never.verdict, never.assumptions]).toEqual(['reachable', ['Instances are taken as running']]);
  });

  it('with a stopped appliance as their route target reach nothing', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const appliance = vpc
      .subnet({ cidr: '10.0.9.0/24' })
      .instance({ state: 'stopped', sourceDestCheck: false, ...open(vpc) });
    const subnet = vpc.subnet({ cidr: '10.0.1.0/24' });
    vpc.routeTable({ routes: [['0.0.0.0/0', appliance]] }).associate(subnet);
    const result = ask(net, { from: subnet.instance(), to: 'internet', ...onPort(443) });
    expect([result.verdict, blockersOf(result)]).toEqual(['not-reachable', ['INSTANCE_NOT_RUNNING']]);
  });

  it('in two VPCs with one address have to be told apart', () => {
    const net = region();
    const [a, b] = [net.vpc({ cidr: '10.0.0.0/16' }), net.vpc({ cidr: '10.0.0.0/16' })];
    for (const vpc of [a, b]) vpc.subnet().instance({ privateIp: '10.0.0.9' });
    const client = a.subnet().instance();
    expect(() => ask(net, { from: 'internet', to: '10.0.0.9', ...onPort(443) })).toThrow(/lies in 2 VPCs/);
    expectReachable(net, { from: client, to: `${a.id}/10.0.0.9`, ...onPort(443) });
  });

  it('nobody holds an address: dropped where the list of interfaces is complete, open where it is not', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const client = vpc.subnet().instance();
    expectBlocked(net, { from: client, to: '10.0.200.200', ...onPort(443) }, ['ADDRESS_WITHOUT_INTERFACE'], 'final');
    const snapshot = snapshotOf(net.toWorld());
    const call = {
      accountId: '111122223333',
      region: 'eu-west-1',
      service: 'ec2',
      operation: 'DescribeNetworkInterfaces',
      status: 'collected',
      iamAction: 'ec2:DescribeNetworkInterfaces',
      requests: 1,
      throttled: 0,
      durationMs: 1,
    };
    const listed = (input: object): Snapshot =>
      ({ ...snapshot, manifest: { ...snapshot.manifest, calls: [{ ...call, input }] } }) as unknown as Snapshot;
    expect(
      askSnapshot(listed({ IncludeManagedResources: true }), { from: client, to: '10.0.200.200', ...onPort(443) })
        .verdict,
    ).toBe('not-reachable');
    const hidden = askSnapshot(listed({}), { from: client, to: '10.0.200.200', ...onPort(443) });
    expect([hidden.verdict, doubtsOf(hidden)]).toEqual(['unknown', ['UNKNOWN_RESOURCE']]);
    const incomplete: Snapshot = {
      ...snapshot,
      regions: snapshot.regions.map((one) => {
        const list = one.resources.networkInterfaces;
        if (list.status !== 'collected') return one;
        const missing = [
          { resourceId: 'eni-0damaged', reason: 'Status is absent', iamAction: 'ec2:DescribeNetworkInterfaces' },
        ];
        return { ...one, resources: { ...one.resources, networkInterfaces: { ...list, missing } } };
      }),
    };
    expect(doubtsOf(askSnapshot(incomplete, { from: client, to: '10.0.200.200', ...onPort(443) }))).toEqual([
      'NOT_COLLECTED',
    ]);
  });

  it('of a function are no destination, whatever their groups say', () => {
    const net = region();
    const vpc = net.vpc();
    const edge = vpc.publicSubnet();
    const lambda = edge.interfaceOf('lambda', open(vpc));
    expectBlocked(
      net,
      { from: edge.instance(), to: lambda, ...onPort(443) },
      ['INTERFACE_IS_NOT_A_DESTINATION'],
      'final',
    );
    expectBlocked(net, { from: lambda, to: 'internet', ...onPort(443) }, ['IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS']);
  });

  it('reach the resolver and the metadata past every filter', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const host = vpc
      .subnet({ networkAcl: vpc.networkAcl() })
      .instance({ securityGroups: [vpc.securityGroup('closed', { egress: [] })] });
    for (const to of ['10.0.0.2', '169.254.169.253', '169.254.169.254'])
      expectReachable(net, { from: host, to, protocol: 'udp', port: 53 });
  });
});

describe('IPv6', () => {
  it('goes out and in untranslated, where route, group, ACL and interface let it', () => {
    const net = region();
    const vpc = net.vpc({ ipv6: true });
    const edge = vpc.publicSubnet({ ipv6: true });
    const host = edge.instance({ ipv6: true, ...open(vpc) });
    const result = expectReachable(net, { from: '2001:db8:ffff::1', to: host.ipv6 ?? '', ...onPort(443) });
    expect(result.forwardPathComponents[0]).not.toHaveProperty('outboundHeader');
    expectReachable(net, { from: host, to: 'internet', ...onPort(443) });
    const denied = edge.networkInterface({
      ipv6: true,
      status: 'in-use',
      raw: { DenyAllIgwTraffic: true },
      ...open(vpc),
    });
    expectBlocked(net, { from: '2001:db8:ffff::1', to: denied.ipv6 ?? '', ...onPort(443) }, [
      'ENI_DENIES_IGW_TRAFFIC',
      'ENI_DENIES_IGW_TRAFFIC on return',
    ]);
  });

  it('with an egress-only gateway goes out alone', () => {
    const net = region();
    const vpc = net.vpc({ ipv6: true });
    const subnet = vpc.subnet({ ipv6: true });
    vpc.routeTable({ routes: [['::/0', vpc.egressOnlyInternetGateway()]] }).associate(subnet);
    vpc.internetGateway();
    const host = subnet.instance({ ipv6: true, ...open(vpc) });
    expectReachable(net, { from: host.ipv6 ?? '', to: 'internet', ...onPort(443) });
    expectBlocked(
      net,
      { from: '2001:db8:ffff::1', to: host.ipv6 ?? '', ...onPort(443) },
      ['EIGW_REJECTS_INBOUND on return'],
      'final',
    );
  });

  it('meets ACLs of its own family alone, and crosses peerings', () => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16', ipv6: true });
    const b = net.vpc({ cidr: '10.2.0.0/16', ipv6: true });
    const peering = a.peerWith(b);
    a.mainRouteTable.route(b.ipv6Cidr ?? '', peering);
    b.mainRouteTable.route(a.ipv6Cidr ?? '', peering);
    const client = a.subnet({ ipv6: true }).instance({ ipv6: true });
    const server = b.subnet({ ipv6: true }).instance({ ipv6: true, ...open(b) });
    expectReachable(net, { from: client.ipv6 ?? '', to: server.ipv6 ?? '', ...onPort(443) });
    const four = b
      .subnet({
        ipv6: true,
        networkAcl: b.networkAcl({
          ingress: [allow(100, allTraffic('0.0.0.0/0'))],
          egress: [allow(100, allTraffic('0.0.0.0/0'))],
        }),
      })
      .instance({ ipv6: true, ...open(b) });
    expectBlocked(net, { from: client.ipv6 ?? '', to: four.ipv6 ?? '', ...onPort(443) }, [
      'SUBNET_ACL_RESTRICTION',
      'SUBNET_ACL_RESTRICTION on return',
    ]);
  });

  it('reaches IPv4 hosts through NAT64', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16', ipv6: true });
    const nat = vpc.publicSubnet().natGateway();
    const subnet = vpc.subnet({ ipv6: true });
    vpc.routeTable({ routes: [['64:ff9b::/96', nat]] }).associate(subnet);
    const far = net.vpc({ cidr: '10.9.0.0/16' });
    const server = far.publicSubnet().instance({ publicIp: '203.0.113.77', ...open(far) });
    const host = subnet.instance({
      ipv6: true,
      securityGroups: [vpc.securityGroup('six', { egress: [tcp(443, '64:ff9b::/96'), allTraffic('64:ff9b::/96')] })],
    });
    const ping = { protocol: 'icmpv6', icmpType: 128, icmpCode: 0 } as const;
    expectUnknown(net, { from: host.ipv6 ?? '', to: '64:ff9b::cb00:714d', ...ping }, ['NOT_MODELLED']);
    expectReachable(net, { from: host.ipv6 ?? '', to: '64:ff9b::cb00:714d', ...onPort(443) });
    expect(server.publicIp).toBe('203.0.113.77');
  });

  it('and IPv4 have no path to each other', () => {
    const net = region();
    const vpc = net.vpc({ ipv6: true });
    const client = vpc.subnet().instance();
    const server = vpc.subnet({ ipv6: true }).instance({ ipv6: true });
    expectBlocked(net, { from: client, to: server.ipv6 ?? '', ...onPort(443) }, ['NO_PATH'], 'final');
  });

  it('enters a dual-stack load balancer, which shows its own address to IPv4 targets', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16', ipv6: true });
    const edge = vpc.publicSubnet({ ipv6: true, cidr: '10.0.0.0/24' });
    const target = vpc
      .subnet()
      .instance({ securityGroups: [vpc.securityGroup('target', { ingress: [tcp(8443, '10.0.0.0/24')] })] });
    const group = vpc.targetGroup('web', {
      protocol: 'TCP',
      port: 8443,
      targetType: 'ip',
      targets: [target.privateIp],
    });
    const balancer = vpc.loadBalancer('nlb', {
      type: 'network',
      subnets: [edge],
      ipAddressType: 'dualstack',
      listeners: [{ port: 443, targets: group }],
    });
    expectReachable(net, { from: '2001:db8:ffff::1', to: balancer.networkInterfaces[0]?.ipv6 ?? '', ...onPort(443) });
  });
});

describe('a shared VPC', () => {
  it('joins what owner and participants see', () => {
    const all = estate();
    const owner = all.account('111122223333').region('eu-west-1');
    const one = all.account('444455556666').region('eu-west-1');
    const other = all.account('777788889999').region('eu-west-1');
    const vpc = owner.vpc();
    const edge = vpc.publicSubnet();
    const inner = vpc.subnet();
    const nat = edge.natGateway();
    vpc.routeTable({ routes: [['0.0.0.0/0', nat]] }).associate(inner);
    const [mine, theirs] = [inner.shareWith(one), inner.shareWith(other)];
    const clients = mine.securityGroup('clients');
    const client = mine.instance({ securityGroups: [clients] });
    const server = theirs.instance({
      securityGroups: [theirs.securityGroup('server', { ingress: [tcp(5432, clients)] })],
    });
    expectReachable(all, { from: client, to: server, ...onPort(5432) });
    expectReachable(all, { from: client, to: 'internet', ...onPort(443) });
    const snapshot = snapshotOf(all.toWorld());
    const alone: Snapshot = {
      ...snapshot,
      regions: snapshot.regions.filter(({ accountId }) => accountId === '444455556666'),
    };
    const result = askSnapshot(alone, { from: client, to: 'internet', ...onPort(443) });
    expect([result.verdict, doubtsOf(result)]).toEqual(['unknown', ['UNKNOWN_RESOURCE']]);
    expect(result.missing?.[0]?.fact).toContain('111122223333');
    const nobody = askSnapshot(alone, { from: client, to: server.privateIp, ...onPort(5432) });
    expect([nobody.verdict, doubtsOf(nobody)]).toEqual(['unknown', ['NOT_COLLECTED']]);
  });
});

describe('questions', () => {
  it('without a port are answered with the exact set', () => {
    const net = region();
    const vpc = net.vpc();
    const server = vpc.publicSubnet().instance({
      publicIp: true,
      securityGroups: [
        vpc.securityGroup('web', { ingress: [tcp(443, '0.0.0.0/0'), tcp([8000, 8100], '198.51.100.0/24')] }),
      ],
    });
    const all = ask(net, { from: '198.51.100.0/25', to: server });
    expect(all.admittedTraffic).toEqual([
      {
        protocol: 'tcp',
        sourceAddresses: ['198.51.100.0/25'],
        sourcePortRanges: [{ from: 1024, to: 65_535 }],
        destinationAddresses: [`${server.publicIp}/32`],
        destinationPortRanges: [
          { from: 443, to: 443 },
          { from: 8000, to: 8100 },
        ],
      },
    ]);
    const one = ask(net, { from: '198.51.100.7', to: server, ...onPort(443), sourcePort: 5000 });
    expect(one.admittedTraffic[0]?.sourcePortRanges).toEqual([{ from: 5000, to: 5000 }]);
  });

  it('about a subnet are about everything in it', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const clients = vpc.subnet({ cidr: '10.0.1.0/24' });
    const servers = vpc.subnet({ cidr: '10.0.2.0/24' });
    const [a, b] = [clients.instance(), clients.instance()];
    const up = servers.instance(open(vpc));
    servers.instance({ securityGroups: [vpc.securityGroup('closed')] });
    const result = ask(net, { from: clients, to: servers, ...onPort(443) });
    expect(result.verdict).toBe('reachable');
    expect(
      result.admittedTraffic.map(({ sourceAddresses, destinationAddresses }) => [
        sourceAddresses,
        destinationAddresses,
      ]),
    ).toEqual([[[`${a.privateIp}/31`], [`${up.privateIp}/32`]]]);
    expect(b.privateIp).toBe('10.0.1.5');
  });

  it.each([
    [{ from: 'eni-0nothing', to: 'internet' }, /eni-0nothing is not in the snapshot/],
    [{ from: 'internet', to: '10.0.0.0/33' }, /not a prefix length/],
    [{ from: 'internet', to: '10.0.0.5/24' }, /the block is 10\.0\.0\.0\/24/],
    [{ from: 'internet', to: 'somewhere' }, /is no destination/],
    [{ from: 'internet', to: 'internet', protocol: 'icmp', port: 80 }, /icmp has no ports/],
    [{ from: 'internet', to: 'internet', protocol: 'tcp', icmpType: 8 }, /tcp has no ICMP type/],
    [{ from: 'internet', to: 'internet', protocol: 'tcpp', port: 80 }, /not a protocol/],
    [{ from: 'internet', to: 'internet', protocol: 'tcp', port: 65_536 }, /whole number from 0 to 65535/],
    [{ from: 'internet', to: 'internet', protocol: 'tcp', port: 1.5 }, /whole number/],
    [{ from: '10.99.0.1', to: 'internet', protocol: 'tcp', port: 80 }, /belongs to nobody/],
    [{ from: 'internet', to: 'tgw-attach-0123456789abcdef0' }, /tgw-attach-0123456789abcdef0 is not in the snapshot/],
  ] as const)('that make no sense say why: %o', (question, message) => {
    const net = region();
    const vpc = net.vpc();
    vpc.subnet().instance();
    expect(() => ask(net, question)).toThrow(message);
  });

  it('about ids that a refused list may hold are open, and others name candidates', () => {
    const net = region();
    const vpc = net.vpc();
    const host = vpc.subnet().instance();
    const near = `${host.networkInterface.id.slice(0, -1)}z`;
    expect(() => ask(net, { from: near, to: 'internet' })).toThrow(host.networkInterface.id);
    const snapshot = snapshotOf(net.toWorld());
    const refused = {
      ...snapshot,
      regions: snapshot.regions.map((one) => ({
        ...one,
        resources: {
          ...one.resources,
          natGateways: {
            status: 'failed',
            operation: 'DescribeNatGateways',
            iamAction: 'ec2:DescribeNatGateways',
            failure: 'denied',
            errorCode: 'UnauthorizedOperation',
            message: '',
          },
        },
      })),
    } as Snapshot;
    const result = askSnapshot(refused, { from: host, to: 'nat-0123456789abcdef0', ...onPort(443) });
    expect([result.verdict, result.missing?.[0]?.iamAction]).toEqual(['unknown', 'ec2:DescribeNatGateways']);
  });
});
