import { describe, expect, it } from 'vitest';
import { allTraffic, icmp, region, type RegionBuilder, tcp, type VpcBuilder } from '../../../mocks/builders.ts';
import { ask, blockersOf, expectBlocked, expectReachable, expectUnknown, onPort, rulesOf } from './scenario.ts';

const everything = allTraffic('0.0.0.0/0');
const open = (vpc: VpcBuilder): { readonly securityGroups: readonly { readonly id: string }[] } => ({
  securityGroups: [vpc.securityGroup('open', { ingress: [everything] })],
});
const s3 = 'com.amazonaws.eu-west-1.s3';

describe('a gateway endpoint', () => {
  it('takes the addresses of its service before the default route, and nothing else', () => {
    const net = region();
    const vpc = net.vpc();
    const subnet = vpc.publicSubnet();
    const table = vpc.routeTable({ routes: [['0.0.0.0/0', vpc.internetGateway()]] });
    table.associate(subnet);
    const endpoint = vpc.gatewayEndpoint('s3', { routeTables: [table] });
    const host = subnet.instance({ publicIp: true });
    const result = expectReachable(net, { from: host, to: s3, ...onPort(443) });
    expect(result.forwardPathComponents.map(({ component }) => component.id)).toContain(endpoint.id);
    expect(rulesOf(result.forwardPathComponents)).toContain(`${endpoint.prefixListId} ${endpoint.id}`);
    expect(result.returnPathComponents[0]?.component.id).toBe(endpoint.id);
    const elsewhere = ask(net, { from: host, to: 'internet', ...onPort(443) });
    expect(elsewhere.forwardPathComponents.map(({ component }) => component.type)).toContain('internet-gateway');
    expectReachable(net, { from: host, to: endpoint.id, ...onPort(443) });
  });

  it('carries TCP and ICMP echo alone, for groups that admit its addresses', () => {
    const net = region();
    const vpc = net.vpc();
    const subnet = vpc.subnet();
    const endpoint = vpc.gatewayEndpoint('s3', { routeTables: [vpc.mainRouteTable] });
    expectBlocked(
      net,
      { from: subnet.instance(), to: s3, protocol: 'udp', port: 443 },
      ['VPCE_GATEWAY_PROTOCOL_RESTRICTION'],
      'final',
    );
    expectReachable(net, {
      from: subnet.instance({
        securityGroups: [vpc.securityGroup('ping', { egress: [icmp({ type: 8, code: 0 }, '0.0.0.0/0')] })],
      }),
      to: s3,
      protocol: 'icmp',
      icmpType: 8,
      icmpCode: 0,
    });
    const narrow = subnet.instance({
      securityGroups: [vpc.securityGroup('narrow', { egress: [tcp(443, '10.0.0.0/8')] })],
    });
    expectBlocked(net, { from: narrow, to: s3, ...onPort(443) }, ['ENI_SG_RULES_MISMATCH']);
    const listed = subnet.instance({
      securityGroups: [vpc.securityGroup('listed', { egress: [tcp(443, endpoint.prefixListId)] })],
    });
    expectReachable(net, { from: listed, to: s3, ...onPort(443) });
  });

  it('serves a NAT gateway of its VPC, whoever is behind it', () => {
    const net = region();
    const egress = net.vpc({ cidr: '10.1.0.0/16' });
    const spoke = net.vpc({ cidr: '10.2.0.0/16' });
    const edge = egress.publicSubnet();
    const inner = egress.subnet();
    const tgw = net.transitGateway();
    const attachment = tgw.attachVpc(egress, { subnets: [inner] });
    const client = spoke.subnet().instance();
    tgw.attachVpc(spoke);
    tgw.defaultRouteTable.route('0.0.0.0/0', attachment);
    spoke.mainRouteTable.route('0.0.0.0/0', tgw);
    egress.routeTable({ routes: [['0.0.0.0/0', edge.natGateway()]] }).associate(inner);
    const table = egress.routeTable({
      routes: [
        ['0.0.0.0/0', egress.internetGateway()],
        ['10.2.0.0/16', tgw],
      ],
    });
    table.associate(edge);
    const endpoint = egress.gatewayEndpoint('s3', { routeTables: [table] });
    const result = expectReachable(net, { from: client, to: s3, ...onPort(443) });
    expect(rulesOf(result.forwardPathComponents)).toContain(`${endpoint.prefixListId} ${endpoint.id}`);
  });

  it('does not serve a peer', () => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    b.gatewayEndpoint('s3', { routeTables: [b.mainRouteTable] });
    const peering = a.peerWith(b);
    a.mainRouteTable.route('0.0.0.0/0', peering);
    expectBlocked(
      net,
      { from: a.subnet().instance(), to: s3, ...onPort(443) },
      ['PCX_REQUIRES_ADDRESS_IN_VPC_CIDR'],
      'final',
    );
  });

  it('is not usable over a transit gateway', () => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    b.gatewayEndpoint('s3', { routeTables: [b.mainRouteTable] });
    const host = a.subnet().instance();
    b.subnet();
    const tgw = net.transitGateway();
    tgw.attachVpc(a);
    tgw.defaultRouteTable.route('0.0.0.0/0', tgw.attachVpc(b));
    a.mainRouteTable.route('0.0.0.0/0', tgw);
    expectBlocked(net, { from: host, to: s3, ...onPort(443) }, ['NO_PATH'], 'final');
  });
});

describe('an interface endpoint', () => {
  const site = (
    groups: 'https' | 'default' | 'closed',
  ): {
    readonly net: RegionBuilder;
    readonly vpc: VpcBuilder;
    readonly endpoint: { readonly id: string };
    readonly host: { readonly id: string };
  } => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16', enableDnsHostnames: true });
    const subnet = vpc.subnet();
    const securityGroups =
      groups === 'default'
        ? undefined
        : [
            vpc.securityGroup('vpce', {
              ingress:
                groups === 'https'
                  ? [tcp(443, '10.0.0.0/8'), tcp(22, '10.0.0.0/8'), icmp({ type: -1, code: -1 }, '10.0.0.0/8')]
                  : [],
            }),
          ];
    const endpoint = vpc.interfaceEndpoint('ssm', {
      subnets: [subnet],
      ...(securityGroups === undefined ? {} : { securityGroups }),
    });
    return {
      net,
      vpc,
      endpoint,
      host: vpc.subnet({ az: 'b' }).instance({ securityGroups: [vpc.securityGroup('host')] }),
    };
  };

  it('answers on its port where its groups admit it', () => {
    const { net, endpoint, host } = site('https');
    expectReachable(net, { from: host, to: endpoint, ...onPort(443) });
    expectReachable(net, { from: host, to: 'com.amazonaws.eu-west-1.ssm', ...onPort(443) });
    expectBlocked(net, { from: host, to: endpoint, ...onPort(22) }, ['ENDPOINT_PORT_NOT_SERVED'], 'final');
    expectBlocked(
      net,
      { from: host, to: endpoint, protocol: 'icmp', icmpType: 8, icmpCode: 0 },
      ['ENDPOINT_PORT_NOT_SERVED'],
      'final',
    );
  });

  it('without rules for 443, or with the default group, answers nobody', () => {
    for (const [groups, code] of [
      ['closed', 'SG_HAS_NO_RULES'],
      ['default', 'ENI_SG_RULES_MISMATCH'],
    ] as const) {
      const { net, endpoint, host } = site(groups);
      expectBlocked(net, { from: host, to: endpoint, ...onPort(443) }, [code]);
    }
  });

  it('opens no connections', () => {
    const { net, vpc } = site('https');
    const target = vpc.subnet().instance(open(vpc));
    const subnet = vpc.subnet();
    const endpoint = vpc.interfaceEndpoint('sqs', { subnets: [subnet] });
    expectBlocked(
      net,
      { from: endpoint.networkInterfaces[0]?.id ?? '', to: target, ...onPort(443) },
      ['VPCE_INTRA_VPC_TRAFFIC'],
      'final',
    );
  });

  it.each([
    ['without private DNS', false, true],
    ['in a VPC without DNS host names', true, false],
  ])('%s leaves the public name to the internet', (_, privateDns, enableDnsHostnames) => {
    const net = region();
    const vpc = net.vpc({ enableDnsHostnames });
    const subnet = vpc.subnet();
    vpc.interfaceEndpoint('ssm', { subnets: [subnet], privateDns });
    const result = ask(net, { from: subnet.instance(), to: 'com.amazonaws.eu-west-1.ssm', ...onPort(443) });
    expect([result.verdict, result.missing?.[0]?.iamAction]).toEqual(['unknown', 'ec2:DescribePrefixLists']);
  });

  it('is reached over a transit gateway', () => {
    const net = region();
    const hub = net.vpc({ cidr: '10.1.0.0/16' });
    const spoke = net.vpc({ cidr: '10.2.0.0/16' });
    const endpoint = hub.interfaceEndpoint('ssm', {
      subnets: [hub.subnet()],
      securityGroups: [hub.securityGroup('vpce', { ingress: [tcp(443, '10.0.0.0/8')] })],
    });
    const host = spoke.subnet().instance();
    const tgw = net.transitGateway();
    for (const vpc of [hub, spoke]) {
      tgw.attachVpc(vpc);
      vpc.mainRouteTable.route('10.0.0.0/8', tgw);
    }
    expectReachable(net, { from: host, to: endpoint, ...onPort(443) });
  });
});

describe('PrivateLink', () => {
  const site = (
    enforced: boolean,
  ): { readonly net: RegionBuilder; readonly provider: VpcBuilder; readonly question: Parameters<typeof ask>[1] } => {
    const net = region();
    const provider = net.vpc({ cidr: '10.1.0.0/16' });
    const consumer = net.vpc({ cidr: '10.2.0.0/16' });
    const nodes = provider.subnet();
    const target = provider
      .subnet()
      .instance({ securityGroups: [provider.securityGroup('target', { ingress: [tcp(8443, '10.1.0.0/16')] })] });
    const group = provider.targetGroup('api', { protocol: 'TCP', port: 8443, targets: [target] });
    const balancer = provider.loadBalancer('api', {
      type: 'network',
      scheme: 'internal',
      subnets: [nodes],
      securityGroups: [provider.securityGroup('nlb', { ingress: [tcp(443, '192.0.2.0/24')] })],
      enforcePrivateLinkRules: enforced,
      listeners: [{ port: 443, targets: group }],
    });
    const service = net.endpointService({ loadBalancers: [balancer] });
    const subnet = consumer.subnet();
    const endpoint = consumer.interfaceEndpoint(service.serviceName, {
      subnets: [subnet],
      securityGroups: [consumer.securityGroup('vpce', { ingress: [tcp(443, '10.2.0.0/16')] })],
    });
    return { net, provider, question: { from: subnet.instance(), to: endpoint, ...onPort(443) } };
  };

  it('reaches the targets from the address of the load balancer, whose groups apply only where enforced', () => {
    const relaxed = site(false);
    const result = expectReachable(relaxed.net, relaxed.question);
    expect(rulesOf(result.forwardPathComponents)).toContain('sg tcp 8443 10.1.0.0/16');
    const strict = site(true);
    expectBlocked(strict.net, strict.question, ['ENI_SG_RULES_MISMATCH']);
  });

  it('to a provider outside the snapshot is open', () => {
    const net = region();
    const vpc = net.vpc();
    const subnet = vpc.subnet();
    const endpoint = vpc.interfaceEndpoint('com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0', {
      subnets: [subnet],
      ...open(vpc),
    });
    expectUnknown(net, { from: subnet.instance(), to: endpoint, ...onPort(443) }, ['UNKNOWN_DESTINATION']);
    expect(blockersOf(ask(net, { from: subnet.instance(), to: endpoint, ...onPort(443) }))).toEqual([]);
  });
});
