import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allTraffic, region, tcp, type VpcBuilder } from '../../../mocks/builders.ts';
import { networkInsightsCodes, ownCodes } from '../../../src/model/verdict/explanation-code.ts';
import type { TraceResult } from '../../../src/model/verdict/path.ts';
import { ask, blockersOf, doubtsOf, expectBlocked, expectReachable, onPort } from './scenario.ts';

const open = (vpc: VpcBuilder): { readonly securityGroups: readonly { readonly id: string }[] } => ({
  securityGroups: [vpc.securityGroup('open', { ingress: [allTraffic('0.0.0.0/0')] })],
});
const notesOf = (result: TraceResult): readonly (readonly [string, string])[] =>
  result.explanations
    .filter(({ effect }) => effect === 'note')
    .map(({ explanationCode, component }) => [explanationCode, component.id] as const);
const detailsOf = (result: TraceResult): readonly string[] =>
  [...result.forwardPathComponents, ...result.returnPathComponents].flatMap(
    ({ additionalDetails }) => additionalDetails ?? [],
  );
const service = 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0';

describe('explanation codes', () => {
  it('are all said somewhere, and no others', () => {
    const root = join(import.meta.dirname, '../../../src/network');
    const text = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    for (const code of [...networkInsightsCodes, ...ownCodes]) expect(text, code).toContain(`'${code}'`);
    expect(new Set([...networkInsightsCodes, ...ownCodes]).size).toBe(networkInsightsCodes.length + ownCodes.length);
  });

  it('tell where Availability Zones are crossed', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const [a, b] = [vpc.subnet({ az: 'a' }), vpc.subnet({ az: 'b' })];
    const client = a.instance();
    const [near, far] = [a.instance(open(vpc)), b.instance(open(vpc))];
    expect(notesOf(expectReachable(net, { from: client, to: near, ...onPort(443) }))).toEqual([]);
    expect(notesOf(expectReachable(net, { from: client, to: far, ...onPort(443) }))).toEqual([
      ['AVAILABILITY_ZONE_CROSSED', b.id],
    ]);
  });

  it('tell a virtual private gateway that is no transit, and addresses that nobody holds behind it', () => {
    const net = region();
    const [spoke, hub] = [net.vpc({ cidr: '10.1.0.0/16' }), net.vpc({ cidr: '10.2.0.0/16' })];
    const vgw = hub.vpnGateway();
    const customerGateway = net.customerGateway();
    net.vpnConnection({ customerGateway, vpnGateway: vgw, staticRoutes: ['192.168.0.0/16'] });
    const tgw = net.transitGateway();
    const subnet = hub.subnet();
    tgw.attachVpc(spoke);
    const attachment = tgw.attachVpc(hub);
    tgw.defaultRouteTable.route('192.168.0.0/16', attachment);
    spoke.mainRouteTable.route('192.168.0.0/16', tgw);
    hub.mainRouteTable.route('10.1.0.0/16', tgw).propagate(vgw);
    const host = spoke.subnet().instance();
    expect(blockersOf(ask(net, { from: host, to: '192.168.1.1', ...onPort(443) }))).toContain(
      'VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS',
    );
    subnet.instance();
    expectBlocked(
      net,
      { from: '192.168.1.1', to: `${hub.id}/10.2.0.99`, ...onPort(443) },
      ['VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS'],
      'final',
    );
  });

  const inspected = (applianceMode: boolean): TraceResult => {
    const net = region();
    const [left, right] = [net.vpc({ cidr: '10.1.0.0/16' }), net.vpc({ cidr: '10.2.0.0/16' })];
    const middle = net.vpc({ cidr: '10.9.0.0/16' });
    const client = left.subnet({ az: 'a' }).instance();
    const server = right.subnet({ az: 'b' }).instance(open(right));
    const tgw = net.transitGateway({ defaultAssociation: false, defaultPropagation: false });
    const [l, r] = [tgw.attachVpc(left), tgw.attachVpc(right)];
    const gates = (['a', 'b'] as const).map((az) => middle.subnet({ az }));
    const m = tgw.attachVpc(middle, { subnets: gates, applianceMode });
    for (const [index, az] of (['a', 'b'] as const).entries()) {
      const own = middle.subnet({ az });
      const endpoint = middle.gatewayLoadBalancerEndpoint(service, own);
      middle.routeTable({ routes: [['0.0.0.0/0', endpoint]] }).associate(gates[index] as (typeof gates)[number]);
      middle.routeTable({ routes: [['10.0.0.0/8', tgw]] }).associate(own);
    }
    const [before, after] = [tgw.routeTable(), tgw.routeTable()];
    before.associate(l).associate(r).route('0.0.0.0/0', m);
    after.associate(m).route('10.1.0.0/16', l).route('10.2.0.0/16', r);
    left.mainRouteTable.route('10.0.0.0/8', tgw);
    right.mainRouteTable.route('10.0.0.0/8', tgw);
    return ask(net, { from: client, to: server, ...onPort(443) });
  };

  it('recommend appliance mode where inspection stands behind a transit gateway in several zones', () => {
    const off = inspected(false);
    expect(off.verdict).toBe('unknown');
    expect(notesOf(off).map(([code]) => code)).toContain('TRANSIT_GATEWAY_APPLIANCE_MODE_RECOMMENDED');
    expect(doubtsOf(off)).toContain('TGW_ATTACH_VPC_AZ_RESTRICTION on return');
    const on = inspected(true);
    expect(on.verdict).toBe('unknown');
    expect(notesOf(on).map(([code]) => code)).not.toContain('TRANSIT_GATEWAY_APPLIANCE_MODE_RECOMMENDED');
    expect(doubtsOf(on)).not.toContain('TGW_ATTACH_VPC_AZ_RESTRICTION on return');
  });

  it('tell the route that comes before the one that was meant', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const other = net.vpc({ cidr: '10.5.0.0/16' });
    const peering = vpc.peerWith(other);
    const tgw = net.transitGateway();
    const subnet = vpc.subnet();
    other.subnet().instance();
    tgw.attachVpc(vpc);
    tgw.attachVpc(other);
    vpc.mainRouteTable.route('10.0.0.0/8', tgw).route('10.5.0.0/16', peering);
    const host = subnet.instance();
    const result = ask(net, { from: host, to: peering, ...onPort(443) });
    expect(result.verdict).toBe('reachable');
    const lost = net.vpc({ cidr: '10.6.0.0/16' });
    const second = lost.peerWith(other);
    lost.subnet();
    lost.mainRouteTable.route('10.5.0.0/16', second).route('10.5.0.0/17', tgw).route('10.5.128.0/17', tgw);
    tgw.attachVpc(lost);
    const client = (lost.subnets[0] as ReturnType<VpcBuilder['subnet']>).instance();
    expect(blockersOf(ask(net, { from: client, to: second, ...onPort(443) }))).toContain('MORE_SPECIFIC_ROUTE');
  });

  it('are repeated as details where a component changes the packet', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const edge = vpc.publicSubnet();
    const inner = vpc.subnet();
    vpc.routeTable({ routes: [['0.0.0.0/0', edge.natGateway()]] }).associate(inner);
    const client = inner.instance();
    const server = edge.instance({
      publicIp: true,
      securityGroups: [vpc.securityGroup('web', { ingress: [tcp(443, '0.0.0.0/0')] })],
    });
    expect(detailsOf(ask(net, { from: client, to: server.publicIp ?? '', ...onPort(443) }))).toEqual([
      'NGW_SOURCE_ADDRESS_REASSIGN',
      'NGW_DEST_ADDRESS_PRESERVATION',
      'REMAP_EPHEMERAL_PORT',
      'IGW_NAT_REFLECTION',
    ]);
    const spoke = net.vpc({ cidr: '10.1.0.0/16' });
    const tgw = net.transitGateway();
    tgw.attachVpc(vpc, { subnets: [inner] });
    const far = spoke.subnet().instance(open(spoke));
    tgw.attachVpc(spoke);
    vpc.mainRouteTable.route('10.1.0.0/16', tgw);
    const lone = vpc.subnet().instance();
    expect(detailsOf(ask(net, { from: lone, to: far, ...onPort(443) }))).toContain(
      'RESPONSE_RTB_HAS_NO_ROUTE_TO_TRANSIT_GATEWAY',
    );
  });
});
