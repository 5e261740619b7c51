import { describe, expect, it } from 'vitest';
import { allTraffic, region, snapshotOf, tcp, type VpcBuilder } from '../../../mocks/builders.ts';
import { internetExposure } from '../../../src/network/exposure.ts';
import { buildNetwork } from '../../../src/network/network.ts';
import { generateEstate, interfaceId } from '../../../bench/network-estate.ts';
import {
  ask,
  askSnapshot,
  blockersOf,
  doubtsOf,
  expectBlocked,
  expectReachable,
  expectUnknown,
  onPort,
  rulesOf,
} from './scenario.ts';

const open = (vpc: VpcBuilder): { readonly securityGroups: readonly { readonly id: string }[] } => ({
  securityGroups: [vpc.securityGroup('open', { ingress: [allTraffic('0.0.0.0/0')] })],
});

describe('a reference to a security group', () => {
  it('is lost behind a gateway load balancer endpoint', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const [a, b, middle] = ['10.0.1.0/24', '10.0.2.0/24', '10.0.9.0/24'].map((cidr) => vpc.subnet({ cidr }));
    const clients = vpc.securityGroup('clients');
    const client = a?.instance({ securityGroups: [clients] });
    const server = b?.instance({ securityGroups: [vpc.securityGroup('server', { ingress: [tcp(443, clients)] })] });
    if (a === undefined || middle === undefined || client === undefined || server === undefined)
      throw new Error('built');
    expectReachable(net, { from: client, to: server, ...onPort(443) });
    const service = 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0';
    const endpoint = vpc.gatewayLoadBalancerEndpoint(service, middle);
    vpc.routeTable({ routes: [['10.0.2.0/24', endpoint]] }).associate(a);
    const result = ask(net, { from: client, to: server, ...onPort(443) });
    expect([result.verdict, blockersOf(result)]).toEqual(['not-reachable', ['SG_REFERENCES_NOT_PRESERVED']]);
  });
});

describe('a NAT gateway', () => {
  it('refuses what comes over a virtual private gateway', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const edge = vpc.publicSubnet();
    const nat = edge.natGateway();
    const vgw = vpc.vpnGateway();
    vpc.mainRouteTable.propagate(vgw);
    net.vpnConnection({ customerGateway: net.customerGateway(), vpnGateway: vgw, staticRoutes: ['192.168.0.0/16'] });
    vpc.routeTable({ routes: [['10.0.7.0/24', nat]] }).edgeAssociate(vgw);
    expectBlocked(
      net,
      { from: '192.168.1.1', to: `${vpc.id}/10.0.7.9`, ...onPort(443) },
      ['NGW_REQUIRES_SOURCE_IN_VPC'],
      'final',
    );
  });
});

describe('a virtual private gateway', () => {
  const site = () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const vgw = vpc.vpnGateway();
    net.vpnConnection({ customerGateway: net.customerGateway(), vpnGateway: vgw, staticRoutes: ['192.168.0.0/16'] });
    vpc.mainRouteTable.propagate(vgw);
    return { net, vpc, vgw };
  };

  it('brings packets to any subnet of its VPC', () => {
    const { net, vpc } = site();
    for (const cidr of ['10.0.1.0/24', '10.0.200.0/24']) {
      const host = vpc.subnet({ cidr }).instance(open(vpc));
      const result = expectUnknown(net, { from: '192.168.1.1', to: host, ...onPort(443) }, ['ON_PREMISES_NOT_VISIBLE']);
      expect(result.possibleTraffic?.[0]?.destinationAddresses).toEqual([`${host.privateIp}/32`]);
    }
  });

  it('with a route table of its own sends through a middlebox first', () => {
    const { net, vpc, vgw } = site();
    const served = vpc.subnet({ cidr: '10.0.1.0/24' });
    const middle = vpc.subnet({ cidr: '10.0.9.0/24' });
    const host = served.instance(open(vpc));
    const appliance = middle.instance({ sourceDestCheck: false, ...open(vpc) });
    vpc.routeTable({ routes: [['10.0.1.0/24', appliance]] }).edgeAssociate(vgw);
    const result = ask(net, { from: '192.168.1.1', to: host, ...onPort(443) });
    expect([result.verdict, doubtsOf(result)]).toEqual([
      'unknown',
      ['ON_PREMISES_NOT_VISIBLE', 'MIDDLEBOX_NOT_VISIBLE'],
    ]);
    expect(rulesOf(result.forwardPathComponents)[0]).toBe(`10.0.1.0/24 ${appliance.id}`);
  });

  it('takes the longest prefix, be it of a VPN and the shorter one of Direct Connect', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.1.0.0/16' });
    const tgw = net.transitGateway();
    const client = vpc.subnet().instance();
    tgw.attachVpc(vpc);
    vpc.mainRouteTable.route('192.168.0.0/16', tgw);
    const direct = tgw.attach('direct-connect-gateway', '11aa22bb-33cc-44dd-55ee-66ff77aa88bb');
    const vpn = net.vpnConnection({
      customerGateway: net.customerGateway(),
      transitGateway: tgw,
      learned: [],
    }).attachment;
    if (vpn === undefined) throw new Error('built');
    tgw.defaultRouteTable.route('192.168.0.0/16', direct);
    tgw.defaultRouteTable.route('192.168.7.0/24', vpn as typeof direct);
    for (const [to, attachment] of [
      ['192.168.7.1', vpn.id],
      ['192.168.8.1', direct.id],
    ] as const) {
      const result = expectUnknown(net, { from: client, to, ...onPort(443) }, ['ON_PREMISES_NOT_VISIBLE']);
      expect(rulesOf(result.forwardPathComponents).at(-1)).toMatch(new RegExp(` ${attachment}$`));
    }
  });
});

describe('a question', () => {
  it('from anywhere in a VPC to one interface, and from one to all of it, is answered with the exact sets', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const subnet = vpc.subnet({ cidr: '10.0.1.0/24' });
    const admin = vpc.securityGroup('admin');
    const one = subnet.instance({ securityGroups: [admin] });
    const other = subnet.instance();
    const server = subnet.instance({ securityGroups: [vpc.securityGroup('server', { ingress: [tcp(22, admin)] })] });
    const into = expectReachable(net, { from: vpc, to: server, ...onPort(22) });
    expect(into.admittedTraffic.map(({ sourceAddresses }) => sourceAddresses)).toEqual([
      [`${one.privateIp}/32`, `${server.privateIp}/32`],
    ]);
    const out = expectReachable(net, { from: one, to: vpc, ...onPort(22) });
    expect(out.admittedTraffic.map(({ destinationAddresses }) => destinationAddresses)).toEqual([
      [`${one.privateIp}/32`, `${server.privateIp}/32`],
    ]);
    expectBlocked(net, { from: other, to: server, ...onPort(22) }, ['ENI_SG_RULES_MISMATCH']);
  });

  it('in a snapshot of 10,000 interfaces is answered as in a small one', () => {
    const snapshot = generateEstate({ vpcs: 20, subnetsPerVpc: 6, groupsPerVpc: 10, interfaces: 10_000 });
    const network = buildNetwork(snapshot);
    expect(internetExposure(network).classes.reduce((sum, { addresses }) => sum + addresses.length, 0)).toBeGreaterThan(
      1000,
    );
    const result = askSnapshot(snapshot, { from: interfaceId(0), to: interfaceId(140), ...onPort(443) });
    expect(result.forwardPathComponents.length).toBeGreaterThan(2);
  });

  it('asked twice has the same answer, byte for byte', () => {
    const net = region();
    const vpc = net.vpc();
    const server = vpc.publicSubnet().instance({ publicIp: true, ...open(vpc) });
    const texts = [1, 2].map(() =>
      JSON.stringify(askSnapshot(snapshotOf(net.toWorld()), { from: 'internet', to: server })),
    );
    expect(texts[0]).toBe(texts[1]);
  });
});
