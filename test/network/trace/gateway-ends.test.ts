import { describe, expect, it } from 'vitest';
import {
  allow,
  allTraffic,
  deny,
  region,
  type RegionBuilder,
  type SubnetBuilder,
  tcp,
  type TransitGatewayBuilder,
  type VpcBuilder,
} from '../../../mocks/builders.ts';
import { ask, blockersOf, doubtsOf, expectBlocked, expectReachable, expectUnknown, onPort } from './scenario.ts';

const everything = allTraffic('0.0.0.0/0');
const open = (vpc: VpcBuilder): { readonly securityGroups: readonly { readonly id: string }[] } => ({
  securityGroups: [vpc.securityGroup('open', { ingress: [everything] })],
});

/** The destinations that a question's answer is about. */
const destinations = (result: ReturnType<typeof ask>): readonly string[] =>
  result.admittedTraffic.flatMap(({ destinationAddresses }) => destinationAddresses);
const sources = (result: ReturnType<typeof ask>): readonly string[] => [
  ...new Set(result.admittedTraffic.flatMap(({ sourceAddresses }) => sourceAddresses)),
];
const last = (result: ReturnType<typeof ask>): string | undefined => result.forwardPathComponents.at(-1)?.component.id;

describe('a question that leads to a gateway', () => {
  it('is answered when the internet gateway takes the packets, and not when another way does', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const igw = vpc.internetGateway();
    const edge = vpc.publicSubnet();
    const outer = edge.instance({ publicIp: true });
    const bare = edge.instance();
    const inner = vpc.subnet();
    const nat = edge.natGateway();
    vpc.routeTable({ routes: [['0.0.0.0/0', nat]] }).associate(inner);
    const hidden = inner.instance();
    expect(last(expectReachable(net, { from: outer, to: igw, ...onPort(443) }))).toBe(igw.id);
    expect(last(expectReachable(net, { from: hidden, to: igw, ...onPort(443) }))).toBe(igw.id);
    expectBlocked(net, { from: bare, to: igw, ...onPort(443) }, ['IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS'], 'final');
    const lost = net.vpc({ cidr: '10.1.0.0/16' });
    lost.internetGateway();
    expectBlocked(
      net,
      { from: lost.subnet().instance({ publicIp: true }), to: igw, ...onPort(443) },
      ['NO_ROUTE_TO_DESTINATION', 'BAD_STATE_ATTACHMENT'],
      'final',
    );
  });

  it('asks an egress-only gateway for IPv6 alone', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16', ipv6: true });
    const eigw = vpc.egressOnlyInternetGateway();
    const subnet = vpc.subnet({ ipv6: true });
    vpc.mainRouteTable.route('::/0', eigw);
    const host = subnet.instance({ ipv6: true });
    const result = expectReachable(net, { from: host, to: eigw, ...onPort(443) });
    expect(last(result)).toBe(eigw.id);
    expect(destinations(result).every((block) => block.includes(':'))).toBe(true);
    expectBlocked(net, { from: eigw, to: host, ...onPort(443) }, ['EIGW_REJECTS_INBOUND'], 'final');
  });

  it('takes the addresses of the far side of a peering, whether or not somebody holds them', () => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    const peering = a.peerWith(b);
    const client = a.subnet().instance();
    expectBlocked(net, { from: client, to: peering, ...onPort(443) }, ['NO_ROUTE_TO_DESTINATION'], 'final');
    a.mainRouteTable.route('10.2.4.0/24', peering);
    const result = expectReachable(net, { from: client, to: peering, ...onPort(443) });
    expect([last(result), destinations(result)]).toEqual([peering.id, ['10.2.4.0/24']]);
  });

  it('asks a transit gateway, an attachment of one and its route tables', () => {
    const { net, tgw, client, near, far, clientSubnet, a, b } = spokes();
    const all = expectReachable(net, { from: client, to: tgw, ...onPort(443) });
    expect([last(all), destinations(all)]).toEqual([
      tgw.id,
      // 10.0.0.0/8 but for the sender's own 10.1.0.0/16
      [
        '10.0.0.0/16',
        '10.2.0.0/15',
        '10.4.0.0/14',
        '10.8.0.0/13',
        '10.16.0.0/12',
        '10.32.0.0/11',
        '10.64.0.0/10',
        '10.128.0.0/9',
      ],
    ]);
    expect(destinations(expectReachable(net, { from: client, to: near, ...onPort(443) }))).toEqual(destinations(all));
    const through = expectReachable(net, { from: client, to: far, ...onPort(443) });
    expect([last(through), destinations(through)]).toEqual([far.id, [b.cidr]]);
    const acl = a.networkAcl({
      ingress: [allow(100, everything)],
      egress: [deny(90, tcp(443, '10.2.128.0/17')), allow(100, everything)],
    });
    acl.associate(clientSubnet);
    expect(destinations(ask(net, { from: client, to: far, ...onPort(443) }))).toEqual(['10.2.0.0/17']);
  });

  it('asks a virtual private gateway and a VPN for what they take', () => {
    const { net, host, vgw, vpn } = site();
    const result = expectReachable(net, { from: host, to: vgw, ...onPort(443) });
    expect([last(result), destinations(result)]).toEqual([vgw.id, ['192.168.0.0/16']]);
    expect(last(expectReachable(net, { from: host, to: vpn, ...onPort(443) }))).toBe(vgw.id);
    const down = site(0);
    expectBlocked(down.net, { from: down.host, to: down.vpn, ...onPort(443) }, ['BAD_STATE_VPN'], 'final');
    expectBlocked(down.net, { from: down.vpn, to: down.host, ...onPort(22) }, ['BAD_STATE_VPN'], 'final');
  });
});

const spokes = (): {
  readonly net: RegionBuilder;
  readonly tgw: TransitGatewayBuilder;
  readonly a: VpcBuilder;
  readonly b: VpcBuilder;
  readonly client: { readonly id: string };
  readonly server: { readonly id: string };
  readonly near: { readonly id: string };
  readonly far: { readonly id: string };
  readonly clientSubnet: SubnetBuilder;
} => {
  const net = region();
  const a = net.vpc({ cidr: '10.1.0.0/16' });
  const b = net.vpc({ cidr: '10.2.0.0/16' });
  const clientSubnet = a.subnet({ cidr: '10.1.0.0/24', az: 'a' });
  const serverSubnet = b.subnet({ cidr: '10.2.0.0/24', az: 'a' });
  const tgw = net.transitGateway();
  const [near, far] = [tgw.attachVpc(a), tgw.attachVpc(b)];
  a.mainRouteTable.route('10.0.0.0/8', tgw);
  b.mainRouteTable.route('10.0.0.0/8', tgw);
  return {
    net,
    tgw,
    a,
    b,
    near,
    far,
    clientSubnet,
    client: clientSubnet.instance(),
    server: serverSubnet.instance(open(b)),
  };
};

const site = (
  tunnelsUp: 0 | 2 = 2,
): Readonly<Record<'host' | 'vgw' | 'vpn', { readonly id: string }>> & { readonly net: RegionBuilder } => {
  const net = region();
  const vpc = net.vpc({ cidr: '10.0.0.0/16' });
  const vgw = vpc.vpnGateway();
  const customerGateway = net.customerGateway();
  const vpn = net.vpnConnection({ customerGateway, vpnGateway: vgw, staticRoutes: ['192.168.0.0/16'], tunnelsUp });
  vpc.mainRouteTable.propagate(vgw);
  const office = vpc.securityGroup('office', { ingress: [tcp(22, '192.168.0.0/16')] });
  return { net, vgw, vpn, host: vpc.subnet().instance({ securityGroups: [office] }) };
};

describe('a question that comes from a gateway', () => {
  it('of a peering is about the addresses of its far side', () => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    const peering = a.peerWith(b);
    const server = b
      .subnet()
      .instance({ securityGroups: [b.securityGroup('x', { ingress: [tcp(443, '10.1.0.0/24')] })] });
    // Of the others the group stops the packet already
    const both = ['ENI_SG_RULES_MISMATCH', 'NO_ROUTE_TO_DESTINATION on return'];
    expectBlocked(net, { from: peering, to: server, ...onPort(443) }, both, 'final');
    b.mainRouteTable.route(a.cidr, peering);
    expect(sources(expectReachable(net, { from: peering, to: server, ...onPort(443) }))).toEqual(['10.1.0.0/24']);
  });

  it('of a transit gateway is about whoever is attached, and of an attachment about its VPC', () => {
    const { net, tgw, near, server, a } = spokes();
    expect(sources(expectReachable(net, { from: near, to: server, ...onPort(443) }))).toEqual([a.cidr]);
    expect(sources(expectReachable(net, { from: tgw, to: server, ...onPort(443) }))).toEqual([a.cidr]);
    tgw.defaultRouteTable.blackhole(a.cidr);
    expect(blockersOf(ask(net, { from: near, to: server, ...onPort(443) }))).toEqual([
      'TGW_RTB_BAD_STATE_ROUTE on return',
    ]);
  });

  it('of a virtual private gateway, its VPN or the range behind it leaves open what the far side does', () => {
    const { net, host, vgw, vpn } = site();
    for (const from of ['192.168.0.0/16', '192.168.7.0/24']) {
      expectUnknown(net, { from, to: host, ...onPort(22) }, ['ON_PREMISES_NOT_VISIBLE']);
      expectBlocked(net, { from, to: host, ...onPort(443) }, ['ENI_SG_RULES_MISMATCH'], 'final');
    }
    // Anybody may be behind the gateway; the way back is routed for 192.168.0.0/16 alone
    for (const from of [vgw, vpn]) {
      const result = ask(net, { from, to: host, ...onPort(22) });
      expect([result.verdict, result.possibleTraffic?.[0]?.sourceAddresses]).toEqual(['unknown', ['192.168.0.0/16']]);
      const both = ['ENI_SG_RULES_MISMATCH', 'NO_ROUTE_TO_DESTINATION on return'];
      expectBlocked(net, { from, to: host, ...onPort(443) }, both, 'final');
    }
  });

  it('of a NAT gateway is about what its clients get through it', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const edge = vpc.publicSubnet();
    const nat = edge.natGateway();
    const result = expectReachable(net, { from: nat, to: 'internet', ...onPort(443) });
    expect(sources(result)).toEqual([vpc.cidr]);
    vpc.networkAcl({ ingress: [allow(100, everything)], egress: [allow(100, tcp(80, '0.0.0.0/0'))] }).associate(edge);
    expectBlocked(net, { from: nat, to: 'internet', ...onPort(443) }, ['SUBNET_ACL_RESTRICTION'], 'final');
  });

  it('of an endpoint has one answer', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const subnet = vpc.subnet();
    const host = subnet.instance(open(vpc));
    const gateway = vpc.gatewayEndpoint('s3', { routeTables: [vpc.mainRouteTable] });
    const ssm = vpc.interfaceEndpoint('ssm', { subnets: [subnet] });
    for (const from of [gateway, ssm])
      expectBlocked(net, { from, to: host, ...onPort(443) }, ['VPCE_INTRA_VPC_TRAFFIC'], 'final');
  });
});

describe('other ends of a question', () => {
  it('may be a block of a VPC: its interfaces in that block', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const clients = vpc.subnet({ cidr: '10.0.1.0/24' });
    const [one, other] = [clients.instance(), clients.instance()];
    const server = vpc.subnet({ cidr: '10.0.2.0/24' }).instance(open(vpc));
    expect(sources(expectReachable(net, { from: '10.0.1.0/24', to: server, ...onPort(443) }))).toEqual([
      `${one.privateIp}/31`,
    ]);
    expect(other.privateIp).toBe('10.0.1.5');
    expect(() => ask(net, { from: '10.0.9.0/24', to: server, ...onPort(443) })).toThrow(
      `no interface in ${vpc.id} holds an address of 10.0.9.0/24`,
    );
    const twin = net.vpc({ cidr: '10.0.0.0/16' });
    twin.subnet({ cidr: '10.0.1.0/24' }).instance();
    expect(() => ask(net, { from: '10.0.1.0/24', to: server, ...onPort(443) })).toThrow(
      /10\.0\.1\.0\/24 lies in 2 VPCs that overlap.*candidates: vpc-.*\/10\.0\.1\.0\/24, vpc-.*\/10\.0\.1\.0\/24/,
    );
    expectReachable(net, { from: `${vpc.id}/10.0.1.0/24`, to: `${vpc.id}/${server.privateIp}`, ...onPort(443) });
  });

  it('may be a private block asked for from the internet, which is told by its public addresses', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const edge = vpc.publicSubnet({ cidr: '10.0.1.0/24' });
    const open443 = { securityGroups: [vpc.securityGroup('web', { ingress: [tcp(443, '0.0.0.0/0')] })] };
    edge.instance(open443);
    expect(ask(net, { from: 'internet', to: '10.0.1.0/24', ...onPort(443) }).verdict).toBe('not-reachable');
    const server = edge.instance({ ...open443, publicIp: true });
    expect(destinations(expectReachable(net, { from: 'internet', to: '10.0.1.0/24', ...onPort(443) }))).toEqual([
      `${server.publicIp}/32`,
    ]);
  });

  it('may be load balancers of every kind, by name', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const edge = vpc.publicSubnet();
    const target = edge.instance(open(vpc));
    const balancer = vpc.securityGroup('lb', { ingress: [tcp(80, '0.0.0.0/0')] });
    vpc.classicLoadBalancer('old', {
      subnets: [edge],
      securityGroups: [balancer],
      listeners: [{ port: 80 }],
      instances: [target],
    });
    expect(doubtsOf(expectUnknown(net, { from: 'internet', to: 'old', ...onPort(80) }, ['NOT_MODELLED']))).toEqual([
      'NOT_MODELLED',
    ]);
    expectBlocked(
      net,
      { from: 'internet', to: 'old', ...onPort(81) },
      ['ENI_SG_RULES_MISMATCH', 'ELB_LISTENERS_MISMATCH'],
      'final',
    );
    expectReachable(net, { from: 'old', to: target, ...onPort(80) });
    expect(() => ask(net, { from: 'internet', to: 'olds', ...onPort(80) })).toThrow(
      /olds is no destination.*candidates: old/,
    );
  });

  it('may be ARNs of what has an id', () => {
    const net = region();
    const vpc = net.vpc();
    const subnet = vpc.subnet();
    const [client, server] = [subnet.instance(), subnet.instance(open(vpc))];
    const arn = (id: string): string => `arn:aws:ec2:eu-west-1:111122223333:instance/${id}`;
    expectReachable(net, { from: arn(client.id), to: arn(server.id), ...onPort(443) });
  });

  it('that are none name what may be meant', () => {
    const net = region();
    const vpc = net.vpc();
    const group = vpc.securityGroup('web', { ingress: [everything] });
    const subnet = vpc.subnet();
    const host = subnet.instance({ name: 'web-1', securityGroups: [group] });
    const wrong = (from: string, to: string, message: RegExp): void =>
      expect(() => ask(net, { from, to, ...onPort(443) })).toThrow(message);
    wrong('internet', group.id, new RegExp(`${group.id} is no destination.*candidates: ${host.networkInterface.id}`));
    wrong('internet', vpc.mainRouteTable.id, new RegExp(`candidates: ${subnet.id}`));
    wrong('internet', vpc.defaultNetworkAcl.id, new RegExp(`candidates: ${subnet.id}`));
    wrong('web-1', host.id, new RegExp(`the Name tag of an instance.*candidates: ${host.id}`));
    wrong('com.amazonaws.eu-west-1.s3', host.id, /ask for it as the destination/);
    wrong('internet', `${subnet.id.slice(0, -1)}_`, new RegExp(`is not in the snapshot.*${subnet.id}`));
    wrong('vpc-0123/10.0.0.1', host.id, new RegExp(`vpc-0123 is not in the snapshot.*candidates: ${vpc.id}`));
    wrong(vpc.subnet().id, host.id, /there is no interface in subnet-/);
    wrong(net.vpc({ cidr: '10.7.0.0/16' }).id, host.id, /there is no interface in vpc-/);
    wrong('internet', 'internet', /both lie on the internet/);
    wrong('internet', '198.51.100.0/24', /both lie on the internet/);
    wrong('internet', '10.99.0.0/16', /private, and no interface in the snapshot/);
  });

  it('of a kind that is not modelled leave it open, and gateways attached to nothing bring nothing', () => {
    const net = region();
    const vpc = net.vpc();
    const host = vpc.subnet().instance(open(vpc));
    for (const gateway of ['lgw-0123456789abcdef0', 'cagw-0123456789abcdef0']) {
      expectUnknown(net, { from: gateway, to: host, ...onPort(443) }, ['UNSUPPORTED_COMPONENT']);
      expectUnknown(net, { from: host, to: gateway, ...onPort(443) }, ['UNSUPPORTED_COMPONENT']);
    }
    const loose = net.vpc({ cidr: '10.8.0.0/16' }).internetGateway({ raw: { Attachments: [] } });
    expectBlocked(net, { from: loose, to: host, ...onPort(443) }, ['UNASSOCIATED_COMPONENT'], 'final');
  });
});
