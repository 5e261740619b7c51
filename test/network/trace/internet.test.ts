import { describe, expect, it } from 'vitest';
import {
  allTraffic,
  estate,
  region,
  type RegionBuilder,
  snapshotOf,
  tcp,
  type VpcBuilder,
} from '../../../mocks/builders.ts';
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
  rulesOf,
} from './scenario.ts';

const everything = allTraffic('0.0.0.0/0', '::/0');

const open = (vpc: VpcBuilder): { readonly securityGroups: readonly { readonly id: string }[] } => ({
  securityGroups: [vpc.securityGroup('open', { ingress: [everything] })],
});

/** A snapshot with its internet gateways attached to nothing. */
const detached = (net: RegionBuilder): Snapshot => {
  const snapshot = snapshotOf(net.toWorld());
  const regions = snapshot.regions.map((one) => {
    const gateways = one.resources.internetGateways;
    if (gateways.status !== 'collected') return one;
    const resources = gateways.resources.map((gateway) => ({ ...gateway, attachments: [] }));
    return { ...one, resources: { ...one.resources, internetGateways: { ...gateways, resources } } };
  });
  return { ...snapshot, regions };
};

describe('an internet gateway', () => {
  it('maps public addresses one to one: filters see the private one', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const server = vpc.publicSubnet().instance({ publicIp: true, ...open(vpc) });
    const result = expectReachable(net, { from: 'internet', to: server, ...onPort(443) });
    expect(result.forwardPathComponents[0]).toMatchObject({
      component: { type: 'internet-gateway' },
      outboundHeader: { destinationAddress: server.privateIp },
    });
    expect(result.returnPathComponents.at(-2)).toMatchObject({
      component: { type: 'internet-gateway' },
      outboundHeader: { sourceAddress: server.publicIp },
    });
    expect(result.admittedTraffic[0]?.destinationAddresses).toEqual([`${server.publicIp}/32`]);
  });

  it('named as the source is the one that the packets have to come in by', () => {
    const net = region();
    const [own, other] = [net.vpc({ cidr: '10.1.0.0/16' }), net.vpc({ cidr: '10.2.0.0/16' })];
    const server = own.publicSubnet().instance({ publicIp: true, ...open(own) });
    const gateways = [own, other].map((vpc) => {
      vpc.publicSubnet();
      const all = snapshotOf(net.toWorld()).regions[0]?.resources.internetGateways;
      const found = all?.status === 'collected' ? all.resources : [];
      return found.find(({ attachments }) => attachments[0]?.vpcId === vpc.id)?.internetGatewayId ?? '';
    });
    const [by, beside] = gateways.map((from) => ask(net, { from, to: server, ...onPort(443) }));
    expect(by?.verdict).toBe('reachable');
    expect([beside?.verdict, blockersOf(beside ?? ask(net, { from: 'internet', to: server }))]).toEqual([
      'not-reachable',
      ['NO_PATH'],
    ]);
  });

  it('lets nobody out without a public address, and nobody in', () => {
    const net = region();
    const vpc = net.vpc();
    const host = vpc.publicSubnet().instance({ publicIp: false, ...open(vpc) });
    expectBlocked(net, { from: host, to: 'internet', ...onPort(443) }, ['IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS']);
    expectBlocked(net, { from: 'internet', to: host, ...onPort(443) }, [
      'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
      'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS on return',
    ]);
  });

  it('delivers without a route of the subnet, and the reply needs one', () => {
    const net = region();
    const vpc = net.vpc();
    vpc.internetGateway();
    const host = vpc.subnet().instance({ publicIp: true, ...open(vpc) });
    const result = expectBlocked(net, { from: 'internet', to: host, ...onPort(443) }, [
      'NO_ROUTE_TO_DESTINATION on return',
    ]);
    expect(result.deliveredTraffic?.[0]?.destinationAddresses).toEqual([`${host.publicIp}/32`]);
    expect(result.explanations[0]?.missingComponent?.type).toBe('internet-gateway');
  });

  it('that is detached carries nothing', () => {
    const net = region();
    const vpc = net.vpc();
    const host = vpc.publicSubnet().instance({ publicIp: true, ...open(vpc) });
    expect(blockersOf(askSnapshot(detached(net), { from: host, to: 'internet', ...onPort(443) }))).toContain(
      'BAD_STATE_ATTACHMENT',
    );
    const inbound = askSnapshot(detached(net), { from: 'internet', to: host, ...onPort(443) });
    expect([inbound.verdict, blockersOf(inbound)[0]]).toEqual(['not-reachable', 'BAD_STATE_ATTACHMENT']);
  });

  it('returns replies only to the prefixes that are routed to it', () => {
    const net = region();
    const vpc = net.vpc();
    const subnet = vpc.subnet();
    vpc.routeTable({ routes: [['198.51.100.0/24', vpc.internetGateway()]] }).associate(subnet);
    const host = subnet.instance({ publicIp: true, ...open(vpc) });
    const result = ask(net, { from: 'internet', to: host, ...onPort(443) });
    expect(result.verdict).toBe('reachable');
    expect(result.admittedTraffic.map(({ sourceAddresses }) => sourceAddresses)).toEqual([['198.51.100.0/24']]);
    expectBlocked(net, { from: '192.0.2.1', to: host, ...onPort(443) }, ['NO_ROUTE_TO_DESTINATION on return'], 'final');
  });

  it.each([
    ['10.99.0.1', 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS'],
    ['100.64.0.1', 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS'],
  ])('rejects the private destination %s', (to, code) => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const host = vpc.publicSubnet().instance({ publicIp: true, ...open(vpc) });
    const result = ask(net, { from: host, to, ...onPort(443) });
    expect([result.verdict, blockersOf(result)]).toEqual(['not-reachable', [code]]);
  });

  it('reflects a call to a public address, in the same VPC and in another', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const other = net.vpc({ cidr: '10.1.0.0/16' });
    const edge = vpc.publicSubnet();
    const caller = edge.instance({ publicIp: true, ...open(vpc) });
    const near = edge.instance({
      publicIp: true,
      securityGroups: [vpc.securityGroup('near', { ingress: [tcp(443, `${caller.publicIp}/32`)] })],
    });
    const far = other.publicSubnet().instance({
      publicIp: true,
      securityGroups: [other.securityGroup('far', { ingress: [tcp(443, `${caller.publicIp}/32`)] })],
    });
    for (const server of [near, far]) {
      const result = expectReachable(net, { from: caller, to: server.publicIp ?? '', ...onPort(443) });
      expect(rulesOf(result.forwardPathComponents).at(-1)).toBe(`sg tcp 443 ${caller.publicIp}/32`);
    }
    const hidden = vpc.subnet();
    const nat = edge.natGateway();
    vpc.routeTable({ routes: [['0.0.0.0/0', nat]] }).associate(hidden);
    expectBlocked(net, { from: hidden.instance(), to: far.publicIp ?? '', ...onPort(443) }, ['ENI_SG_RULES_MISMATCH']);
  });

  it('does not reach a VPC without one', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const closed = net.vpc({ cidr: '10.1.0.0/16' });
    const caller = vpc.publicSubnet().instance({ publicIp: true });
    const server = closed.subnet().instance({ publicIp: true, ...open(closed) });
    const result = expectBlocked(
      net,
      { from: caller, to: server.publicIp ?? '', ...onPort(443) },
      ['BAD_STATE_ATTACHMENT'],
      'final',
    );
    expect(result.explanations[0]?.component).toEqual({ id: closed.id, type: 'vpc' });
  });

  it('knows each private address with a public one of its own', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const host = vpc.publicSubnet().networkInterface({
      privateIp: '10.0.0.10',
      secondaryIps: ['10.0.0.11'],
      publicIp: true,
      status: 'in-use',
      ...open(vpc),
    });
    expectReachable(net, { from: '10.0.0.10', to: 'internet', ...onPort(443) });
    expectBlocked(net, { from: '10.0.0.11', to: 'internet', ...onPort(443) }, ['IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS']);
    const both = ask(net, { from: host, to: 'internet', ...onPort(443) });
    expect(both.admittedTraffic.map(({ sourceAddresses }) => sourceAddresses)).toEqual([['10.0.0.10/32']]);
  });

  it('with an edge route table sends through the appliance, or through its endpoint', () => {
    for (const inspected of ['appliance', 'endpoint'] as const) {
      const net = region();
      const vpc = net.vpc({ cidr: '10.0.0.0/16' });
      const middle = vpc.subnet({ cidr: '10.0.9.0/24' });
      const served = vpc.publicSubnet({ cidr: '10.0.1.0/24' });
      const server = served.instance({ publicIp: true, ...open(vpc) });
      const target =
        inspected === 'appliance'
          ? middle.instance({ sourceDestCheck: false, ...open(vpc) })
          : vpc.gatewayLoadBalancerEndpoint('com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0', middle);
      vpc.routeTable({ routes: [['10.0.1.0/24', target]] }).edgeAssociate(vpc.internetGateway());
      // The reply goes straight to the gateway: the middlebox sees one direction alone
      const around = ask(net, { from: 'internet', to: server, ...onPort(443) });
      if (inspected === 'endpoint') {
        expect([around.verdict, doubtsOf(around)]).toEqual([
          'unknown',
          ['PATH_THROUGH_GWLB_NOT_CHECKED', 'INGRESS_RTB_TRAFFIC_REDIRECTION on return'],
        ]);
        expect(around.explanations[1]?.rule).toMatchObject({ destination: '10.0.1.0/24', target: target.id });
      }
      vpc.routeTable({ routes: [['0.0.0.0/0', vpc.internetGateway()]] }).associate(middle);
      vpc.routeTable({ routes: [['0.0.0.0/0', target]] }).associate(served);
      expectUnknown(
        net,
        { from: 'internet', to: server, ...onPort(443) },
        inspected === 'appliance'
          ? ['MIDDLEBOX_NOT_VISIBLE']
          : ['PATH_THROUGH_GWLB_NOT_CHECKED', 'PATH_THROUGH_GWLB_NOT_CHECKED on return'],
      );
    }
  });

  it('leaves what happens at a foreign host open, and finds what blocks on the way', () => {
    const net = region();
    const vpc = net.vpc();
    const edge = vpc.publicSubnet();
    expectUnknown(net, { from: edge.instance({ publicIp: true }), to: '198.51.100.9', ...onPort(443) }, [
      'UNKNOWN_DESTINATION',
    ]);
    const shut = edge.instance({ publicIp: true, securityGroups: [vpc.securityGroup('shut', { egress: [] })] });
    expect(blockersOf(ask(net, { from: shut, to: '198.51.100.9', ...onPort(443) }))).toEqual(['SG_HAS_NO_RULES']);
  });
});

describe('a NAT gateway', () => {
  const site = (): {
    readonly net: RegionBuilder;
    readonly vpc: VpcBuilder;
    readonly nat: {
      readonly id: string;
      readonly networkInterface: { readonly privateIp: string; readonly publicIp: string | undefined };
      delete: () => unknown;
    };
    readonly host: { readonly id: string; readonly privateIp: string };
  } => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const nat = vpc.publicSubnet({ cidr: '10.0.0.0/24' }).natGateway();
    const hidden = vpc.subnet({ cidr: '10.0.1.0/24' });
    vpc.routeTable({ routes: [['0.0.0.0/0', nat]] }).associate(hidden);
    return { net, vpc, nat, host: hidden.instance(open(vpc)) };
  };

  it('takes a private subnet out, and its replies back', () => {
    const { net, nat, host } = site();
    const result = expectReachable(net, { from: host, to: 'internet', ...onPort(443) });
    for (const components of [result.forwardPathComponents, result.returnPathComponents]) {
      expect(components.map(({ component }) => component.id)).toContain(nat.id);
    }
  });

  it('with several addresses uses any of them', () => {
    const { net, host } = site();
    const snapshot = snapshotOf(net.toWorld());
    const regions = snapshot.regions.map((one) => {
      const { natGateways, networkInterfaces } = one.resources;
      if (natGateways.status !== 'collected' || networkInterfaces.status !== 'collected') return one;
      const gateways = natGateways.resources.map((gateway) => ({
        ...gateway,
        natGatewayAddresses: gateway.natGatewayAddresses.flatMap((address) => [
          address,
          { ...address, privateIp: '10.0.0.200', publicIp: '203.0.113.200', isPrimary: false },
        ]),
      }));
      const interfaces = networkInterfaces.resources.map((eni) => {
        const [first] = eni.privateIpAddresses;
        if (first === undefined || !eni.interfaceType.toLowerCase().startsWith('nat')) return eni;
        const association = {
          publicIp: '203.0.113.200',
          carrierIp: undefined,
          ipOwnerId: undefined,
          allocationId: undefined,
        };
        const second = { privateIpAddress: '10.0.0.200', primary: false, association };
        return { ...eni, privateIpAddresses: [first, second] };
      });
      return {
        ...one,
        resources: {
          ...one.resources,
          natGateways: { ...natGateways, resources: gateways },
          networkInterfaces: { ...networkInterfaces, resources: interfaces },
        },
      };
    });
    expect(askSnapshot({ ...snapshot, regions }, { from: host, to: 'internet', ...onPort(443) }).verdict).toBe(
      'reachable',
    );
  });

  it('drops the reply of an inbound connection', () => {
    const net = region();
    const vpc = net.vpc();
    vpc.internetGateway();
    const nat = vpc.publicSubnet().natGateway();
    const hidden = vpc.subnet();
    vpc.routeTable({ routes: [['0.0.0.0/0', nat]] }).associate(hidden);
    const host = hidden.instance({ publicIp: true, ...open(vpc) });
    const result = expectBlocked(net, { from: 'internet', to: host, ...onPort(443) }, [
      'NAT_GATEWAY_HAS_NO_STATE on return',
    ]);
    expect(result.deliveredTraffic).toHaveLength(1);
  });

  it.each(['tcp', 'udp', 'icmp'] as const)('is no destination for %s', (protocol) => {
    const { net, vpc, nat } = site();
    const caller = vpc.subnet().instance(open(vpc));
    const packet = protocol === 'icmp' ? { protocol } : { protocol, port: 443 };
    expectBlocked(
      net,
      { from: caller, to: nat.networkInterface.privateIp, ...packet },
      ['NAT_GATEWAY_IS_NOT_A_DESTINATION'],
      'final',
    );
    expectBlocked(
      net,
      { from: 'internet', to: nat.networkInterface.publicIp ?? '', ...packet },
      ['NAT_GATEWAY_IS_NOT_A_DESTINATION'],
      'final',
    );
    expectBlocked(net, { from: caller, to: nat, ...packet }, ['NAT_GATEWAY_IS_NOT_A_DESTINATION'], 'final');
  });

  it('carries TCP, UDP and ICMP alone', () => {
    const { net, host } = site();
    expectBlocked(net, { from: host, to: 'internet', protocol: '50' }, ['PROTOCOL_RESTRICTION'], 'final');
    expectReachable(net, { from: host, to: 'internet', protocol: 'icmp', icmpType: 8, icmpCode: 0 });
  });

  it('refuses what comes over a peering', () => {
    const { net, vpc, nat } = site();
    const other = net.vpc({ cidr: '10.9.0.0/16' });
    const peering = other.peerWith(vpc);
    other.mainRouteTable.route('0.0.0.0/0', peering);
    const result = ask(net, { from: other.subnet().instance(), to: 'internet', ...onPort(443) });
    expect([result.verdict, blockersOf(result)]).toEqual(['not-reachable', ['PCX_REQUIRES_ADDRESS_IN_VPC_CIDR']]);
    expect(nat.id).toMatch(/^nat-/);
  });

  it('serves a spoke over a transit gateway, if the way back exists', () => {
    const net = region();
    const egress = net.vpc({ cidr: '10.0.0.0/16' });
    const spoke = net.vpc({ cidr: '10.5.0.0/16' });
    const edge = egress.publicSubnet({ cidr: '10.0.0.0/24' });
    const inner = egress.subnet({ cidr: '10.0.1.0/24' });
    egress.routeTable({ routes: [['0.0.0.0/0', edge.natGateway()]] }).associate(inner);
    const tgw = net.transitGateway();
    const host = spoke.subnet().instance();
    const hub = tgw.attachVpc(egress, { subnets: [inner] });
    tgw.attachVpc(spoke);
    tgw.defaultRouteTable.route('0.0.0.0/0', hub);
    spoke.mainRouteTable.route('0.0.0.0/0', tgw);
    const blocked = ask(net, { from: host, to: 'internet', ...onPort(443) });
    expect([blocked.verdict, blockersOf(blocked)]).toEqual([
      'not-reachable',
      ['IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS on return'],
    ]);
    const routes = egress.routeTable({
      routes: [
        ['0.0.0.0/0', egress.internetGateway()],
        ['10.5.0.0/16', tgw],
      ],
    });
    routes.associate(edge);
    expectReachable(net, { from: host, to: 'internet', ...onPort(443) });
  });

  it('in a subnet without a route to an internet gateway reaches nothing', () => {
    const net = region();
    const vpc = net.vpc();
    vpc.internetGateway();
    const inner = vpc.subnet();
    const nat = inner.natGateway();
    const hidden = vpc.subnet();
    vpc.routeTable({ routes: [['0.0.0.0/0', nat]] }).associate(hidden);
    const result = expectBlocked(net, { from: hidden.instance(), to: 'internet', ...onPort(443) }, [
      'NO_ROUTE_TO_DESTINATION',
    ]);
    expect(result.explanations[0]?.missingComponent?.type).toBe('internet-gateway');
  });

  it('that is private gets nothing through an internet gateway, and its own address over a transit gateway', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const far = net.vpc({ cidr: '10.8.0.0/16' });
    const outer = vpc.publicSubnet({ cidr: '10.0.0.0/24' });
    const nat = outer.natGateway({ connectivityType: 'private' });
    const hidden = vpc.subnet({ cidr: '10.0.1.0/24' });
    vpc
      .routeTable({
        routes: [
          ['0.0.0.0/0', nat],
          ['10.8.0.0/16', nat],
        ],
      })
      .associate(hidden);
    const host = hidden.instance();
    const out = ask(net, { from: host, to: 'internet', ...onPort(443) });
    expect(blockersOf(out)[0]).toBe('IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS');
    const tgw = net.transitGateway();
    tgw.attachVpc(vpc, { subnets: [outer] });
    const server = far.subnet().instance({
      securityGroups: [far.securityGroup('nat', { ingress: [tcp(443, `${nat.networkInterface.privateIp}/32`)] })],
    });
    tgw.attachVpc(far);
    far.mainRouteTable.route('10.0.0.0/16', tgw);
    vpc
      .routeTable({
        routes: [
          ['10.8.0.0/16', tgw],
          ['0.0.0.0/0', vpc.internetGateway()],
        ],
      })
      .associate(outer);
    expectReachable(net, { from: host, to: server, ...onPort(443) });
  });

  it('gets its replies over a peering without a route back', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const far = net.vpc({ cidr: '10.8.0.0/16' });
    const outer = vpc.subnet({ cidr: '10.0.0.0/24' });
    const nat = outer.natGateway({ connectivityType: 'private' });
    const hidden = vpc.subnet({ cidr: '10.0.1.0/24' });
    const peering = vpc.peerWith(far);
    vpc.routeTable({ routes: [['10.8.0.0/16', nat]] }).associate(hidden);
    vpc.routeTable({ routes: [['10.8.0.0/16', peering]] }).associate(outer);
    const server = far.subnet().instance(open(far));
    expectReachable(net, { from: hidden.instance(), to: server, ...onPort(443) });
    expectBlocked(net, { from: outer.instance(), to: server, ...onPort(443) }, ['NO_ROUTE_TO_DESTINATION on return']);
  });

  it('of a Region serves the zones that it is registered in', () => {
    const net = region();
    const vpc = net.vpc();
    vpc.internetGateway();
    const nat = vpc.regionalNatGateway({ azs: ['a'], raw: { AutoProvisionZones: 'disabled' } });
    vpc.mainRouteTable.route('0.0.0.0/0', nat);
    expectReachable(net, { from: vpc.subnet({ az: 'a' }).instance(), to: 'internet', ...onPort(443) });
    expectBlocked(
      net,
      { from: vpc.subnet({ az: 'b' }).instance(), to: 'internet', ...onPort(443) },
      ['REGIONAL_NGW_ROUTE_AZ_RESTRICTION'],
      'final',
    );
  });

  it('that is deleted leaves a black hole', () => {
    const { net, nat, host } = site();
    nat.delete();
    const result = ask(net, { from: host, to: 'internet', ...onPort(443) });
    expect([result.verdict, blockersOf(result)[0]]).toEqual(['not-reachable', 'BAD_STATE_ROUTE']);
  });

  it('serves no client of its own subnet', () => {
    const net = region();
    const vpc = net.vpc();
    vpc.internetGateway();
    const subnet = vpc.subnet();
    vpc.routeTable({ routes: [['0.0.0.0/0', subnet.natGateway()]] }).associate(subnet);
    expectBlocked(net, { from: subnet.instance(), to: 'internet', ...onPort(443) }, ['ROUTING_LOOP'], 'final');
  });
});

describe('VPC Block Public Access', () => {
  const site = (): {
    readonly net: RegionBuilder;
    readonly vpc: VpcBuilder;
    readonly edge: ReturnType<VpcBuilder['publicSubnet']>;
    readonly server: { readonly id: string };
    readonly hidden: { readonly id: string };
  } => {
    const net = region();
    const vpc = net.vpc();
    const edge = vpc.publicSubnet();
    const inner = vpc.subnet();
    vpc.routeTable({ routes: [['0.0.0.0/0', edge.natGateway()]] }).associate(inner);
    return { net, vpc, edge, server: edge.instance({ publicIp: true, ...open(vpc) }), hidden: inner.instance() };
  };
  const both = ['VPC_BLOCK_PUBLIC_ACCESS_ENABLED', 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED on return'];

  it('in both directions cuts everything, and ingress leaves what a NAT gateway opens', () => {
    const { net, server, hidden } = site();
    net.blockPublicAccess('block-bidirectional');
    expectBlocked(net, { from: 'internet', to: server, ...onPort(443) }, both);
    expectBlocked(net, { from: server, to: 'internet', ...onPort(443) }, both);
    expectBlocked(net, { from: hidden, to: 'internet', ...onPort(443) }, both);
    net.blockPublicAccess('block-ingress');
    expectBlocked(net, { from: 'internet', to: server, ...onPort(443) }, both);
    expectBlocked(net, { from: server, to: 'internet', ...onPort(443) }, both);
    expectReachable(net, { from: hidden, to: 'internet', ...onPort(443) });
  });

  it('spares an excluded VPC, an excluded subnet, and with an egress exclusion what goes out by NAT', () => {
    for (const excluded of ['vpc', 'edge'] as const) {
      const guarded = site();
      guarded.net.blockPublicAccess('block-bidirectional');
      guarded.net.blockPublicAccessExclusion(guarded[excluded], 'allow-bidirectional');
      expectReachable(guarded.net, { from: 'internet', to: guarded.server, ...onPort(443) });
      expectReachable(guarded.net, { from: guarded.hidden, to: 'internet', ...onPort(443) });
    }
    const { net, edge, server, hidden } = site();
    net.blockPublicAccess('block-bidirectional');
    net.blockPublicAccessExclusion(edge, 'allow-egress');
    expectBlocked(net, { from: 'internet', to: server, ...onPort(443) }, both);
    expectReachable(net, { from: hidden, to: 'internet', ...onPort(443) });
  });

  it('of the owner applies to a participant of a shared subnet', () => {
    const all = estate();
    const owner = all.account('111122223333').region('eu-west-1');
    const participant = all.account('444455556666').region('eu-west-1');
    const vpc = owner.vpc();
    const shared = vpc.publicSubnet().shareWith(participant);
    const server = shared.instance({
      publicIp: true,
      securityGroups: [shared.securityGroup('open', { ingress: [everything] })],
    });
    expectReachable(all, { from: 'internet', to: server, ...onPort(443) });
    owner.blockPublicAccess('block-bidirectional');
    const result = ask(all, { from: 'internet', to: server, ...onPort(443) });
    expect([result.verdict, blockersOf(result)]).toEqual(['not-reachable', both]);
  });

  it('lets an excluded load-balancer subnet feed targets that are not excluded', () => {
    const { net, vpc, edge } = site();
    net.blockPublicAccess('block-bidirectional');
    net.blockPublicAccessExclusion(edge, 'allow-bidirectional');
    const inner = vpc.subnet();
    const target = inner.instance(open(vpc));
    const group = vpc.targetGroup('web', { protocol: 'TCP', port: 443, targets: [target] });
    const balancer = vpc.loadBalancer('nlb', {
      type: 'network',
      subnets: [edge],
      listeners: [{ port: 443, targets: group }],
    });
    expectReachable(net, { from: 'internet', to: balancer.arn, ...onPort(443) });
  });

  it('that was not asked for is unknown, and an assumption in a folder of plain answers', () => {
    const { net, server } = site();
    const snapshot = snapshotOf(net.toWorld());
    const without = (assumedOff: Snapshot['regions'][number]['assumedOff']): Snapshot => ({
      ...snapshot,
      regions: snapshot.regions.map((one) => ({
        ...one,
        assumedOff,
        resources: {
          ...one.resources,
          vpcBlockPublicAccessOptions: {
            status: 'not-called',
            operation: 'DescribeVpcBlockPublicAccessOptions',
            iamAction: 'ec2:DescribeVpcBlockPublicAccessOptions',
          },
          vpcs:
            one.resources.vpcs.status === 'collected'
              ? {
                  ...one.resources.vpcs,
                  resources: one.resources.vpcs.resources.map((each) => ({
                    ...each,
                    blockPublicAccessStates: undefined,
                  })),
                }
              : one.resources.vpcs,
          subnets:
            one.resources.subnets.status === 'collected'
              ? {
                  ...one.resources.subnets,
                  resources: one.resources.subnets.resources.map((each) => ({
                    ...each,
                    blockPublicAccessStates: undefined,
                  })),
                }
              : one.resources.subnets,
        },
      })),
    });
    const live = askSnapshot(without([]), { from: 'internet', to: server, ...onPort(443) });
    expect([live.verdict, live.missing?.[0]?.iamAction]).toEqual([
      'unknown',
      'ec2:DescribeVpcBlockPublicAccessOptions',
    ]);
    const folder = askSnapshot(without(['vpcBlockPublicAccessOptions']), {
      from: 'internet',
      to: server,
      ...onPort(443),
    });
    expect([folder.verdict, folder.assumptions]).toEqual(['reachable', ['VPC Block Public Access is taken as off']]);
  });
});

describe('addresses brought along', () => {
  it('are on the internet only while their range is advertised, which is not known', () => {
    const net = region();
    const vpc = net.vpc();
    const address = net.address({ raw: { PublicIpv4Pool: 'ipv4pool-ec2-0123456789abcdef0' } });
    const server = vpc.publicSubnet().instance({ publicIp: address, ...open(vpc) });
    const result = ask(net, { from: 'internet', to: server, ...onPort(443) });
    expect([result.verdict, result.missing?.[0]?.iamAction]).toEqual(['unknown', 'ec2:DescribeByoipCidrs']);
  });
});
