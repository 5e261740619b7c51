import { describe, expect, it } from 'vitest';
import { allTraffic, region, snapshotOf } from '../../../mocks/builders.ts';
import { ask, askSnapshot, expectBlocked, expectReachable, expectUnknown, onPort, rulesOf } from './scenario.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';

const everything = allTraffic('0.0.0.0/0');

describe('routes', () => {
  it('of the longest prefix win, also over a prefix list', () => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    const c = net.vpc({ cidr: '10.3.0.0/16' });
    const toB = a.peerWith(b);
    const toC = a.peerWith(c);
    const list = net.prefixList('wide', ['10.0.0.0/8']);
    a.mainRouteTable.route(list, toC).route('10.2.0.0/16', toB).route('10.0.0.0/9', toC);
    b.mainRouteTable.route('10.1.0.0/16', toB);
    const server = b.subnet().instance({ securityGroups: [b.securityGroup('open', { ingress: [everything] })] });
    const result = expectReachable(net, { from: a.subnet().instance(), to: server, ...onPort(443) });
    expect(rulesOf(result.forwardPathComponents)).toContain(`10.2.0.0/16 ${toB.id}`);
  });

  it('static beat prefix lists and propagated ones of equal length', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const other = net.vpc({ cidr: '192.168.0.0/16' });
    const peering = vpc.peerWith(other);
    const vgw = vpc.vpnGateway();
    net.vpnConnection({ customerGateway: net.customerGateway(), vpnGateway: vgw, staticRoutes: ['192.168.0.0/16'] });
    vpc.mainRouteTable.propagate(vgw).route('192.168.0.0/16', peering);
    other.mainRouteTable.route('10.0.0.0/16', peering);
    const server = other
      .subnet()
      .instance({ securityGroups: [other.securityGroup('open', { ingress: [everything] })] });
    const result = expectReachable(net, { from: vpc.subnet().instance(), to: server, ...onPort(443) });
    expect(rulesOf(result.forwardPathComponents)).toContain(`192.168.0.0/16 ${peering.id}`);
  });

  it('of two prefix lists that overlap are ambiguous', () => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    const toB = a.peerWith(b);
    const toC = a.peerWith(net.vpc({ cidr: '10.3.0.0/16' }));
    a.mainRouteTable
      .route(net.prefixList('one', ['10.2.0.0/16']), toB)
      .route(net.prefixList('two', ['10.2.0.0/16']), toC);
    b.mainRouteTable.route('10.1.0.0/16', toB);
    const server = b.subnet().instance({ securityGroups: [b.securityGroup('open', { ingress: [everything] })] });
    const result = ask(net, { from: a.subnet().instance(), to: server, ...onPort(443) });
    expect(result.verdict).toBe('unknown');
    expect(result.explanations.map(({ explanationCode }) => explanationCode)).toContain('AMBIGUOUS_PREFIX_LIST_ROUTES');
  });

  it('of overlapping prefix lists are not ordered by length, unless another route is as specific', () => {
    const make = (...more: readonly string[]) => {
      const net = region();
      const a = net.vpc({ cidr: '10.1.0.0/16' });
      const b = net.vpc({ cidr: '10.2.0.0/16' });
      const toB = a.peerWith(b);
      a.mainRouteTable
        .route(net.prefixList('short', ['10.0.0.0/8']), a.peerWith(net.vpc({ cidr: '10.3.0.0/16' })))
        .route(net.prefixList('long', ['10.2.0.0/16']), toB);
      for (const cidr of more) a.mainRouteTable.route(cidr, toB);
      b.mainRouteTable.route('10.1.0.0/16', toB);
      const server = b.subnet().instance({ securityGroups: [b.securityGroup('open', { ingress: [everything] })] });
      return ask(net, { from: a.subnet().instance(), to: server, ...onPort(443) });
    };
    const either = make();
    expect(either.verdict).toBe('unknown');
    expect(either.explanations.filter(({ effect }) => effect === 'unknown')).toMatchObject([
      { explanationCode: 'AMBIGUOUS_PREFIX_LIST_ROUTES' },
    ]);
    expect(make('10.2.0.0/16').verdict).toBe('reachable');
    expect(make('10.2.0.0/17').verdict).toBe('reachable');
  });

  it('of the main table are those of the same VPC', () => {
    const net = region();
    const closed = net.vpc({ cidr: '10.1.0.0/16' });
    const open = net.vpc({ cidr: '10.2.0.0/16' });
    open.mainRouteTable.route('0.0.0.0/0', open.internetGateway());
    closed.internetGateway();
    expectReachable(net, { from: open.subnet().instance({ publicIp: true }), to: 'internet', ...onPort(443) });
    expectBlocked(net, { from: closed.subnet().instance({ publicIp: true }), to: 'internet', ...onPort(443) }, [
      'NO_ROUTE_TO_DESTINATION',
    ]);
  });

  it('that are blackholes drop the packets and nothing shorter is tried', () => {
    const net = region();
    const vpc = net.vpc();
    const subnet = vpc.publicSubnet();
    const table = vpc.routeTable({ routes: [['0.0.0.0/0', vpc.internetGateway()]] });
    table.blackhole('198.51.100.0/24', 'pcx-0deleted');
    table.associate(subnet);
    const client = subnet.instance({ publicIp: true });
    const result = ask(net, { from: client, to: '198.51.100.7', ...onPort(443) });
    expect(result.verdict).toBe('not-reachable');
    expect(result.explanations.map(({ explanationCode, rule }) => [explanationCode, rule])).toMatchObject([
      ['MORE_SPECIFIC_ROUTE', { destination: '198.51.100.0/24', state: 'blackhole' }],
      ['BAD_STATE_ROUTE', { destination: '198.51.100.0/24', state: 'blackhole' }],
    ]);
  });

  it('in state filtered are not installed', () => {
    const net = region();
    const vpc = net.vpc();
    const subnet = vpc.publicSubnet();
    const client = subnet.instance({ publicIp: true });
    const snapshot = snapshotOf(net.toWorld());
    const filtered: Snapshot = {
      ...snapshot,
      regions: snapshot.regions.map((one) => {
        const tables = one.resources.routeTables;
        if (tables.status !== 'collected') return one;
        const resources = tables.resources.map((table) => ({
          ...table,
          routes: table.routes.map((route) =>
            route.target.kind === 'local' ? route : { ...route, state: 'filtered' },
          ),
        }));
        return { ...one, resources: { ...one.resources, routeTables: { ...tables, resources } } };
      }),
    };
    const result = askSnapshot(filtered, { from: client, to: 'internet', ...onPort(443) });
    expect(result.explanations.map(({ explanationCode }) => explanationCode)).toEqual(['NO_ROUTE_TO_DESTINATION']);
  });

  it('that are missing name the one that is needed', () => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    const peering = a.peerWith(b);
    a.mainRouteTable.route(b.cidr, peering);
    const server = b.subnet().instance({ securityGroups: [b.securityGroup('open', { ingress: [everything] })] });
    const client = a.subnet().instance();
    const result = expectBlocked(net, { from: client, to: server, ...onPort(443) }, [
      'NO_ROUTE_TO_DESTINATION on return',
    ]);
    expect(result.explanations[0]).toMatchObject({
      component: { id: b.mainRouteTable.id },
      missingComponent: { id: peering.id },
    });
    expect(result.deliveredTraffic).toHaveLength(1);
    const back = expectBlocked(net, { from: server, to: client, ...onPort(443) }, [
      'NO_ROUTE_TO_DESTINATION',
      'ENI_SG_RULES_MISMATCH',
    ]);
    expect(back.explanations[0]?.missingComponent?.id).toBe(peering.id);
  });

  it('cover secondary blocks of the VPC', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16', secondaryCidrs: ['100.64.0.0/16'] });
    expectReachable(net, {
      from: vpc.subnet().instance(),
      to: vpc.subnet({ cidr: '100.64.0.0/24' }).instance(),
      ...onPort(443),
    });
  });

  it('more specific than local lead through an appliance, as does a replaced local target', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const middle = vpc.subnet({ cidr: '10.0.9.0/24' });
    const appliance = middle.instance({ sourceDestCheck: false });
    const server = vpc.subnet({ cidr: '10.0.2.0/24' }).instance();
    const clients = vpc.subnet({ cidr: '10.0.1.0/24' });
    vpc.routeTable({ routes: [['10.0.2.0/24', appliance]] }).associate(clients);
    const client = clients.instance();
    const result = expectUnknown(net, { from: client, to: server, ...onPort(443) }, ['MIDDLEBOX_NOT_VISIBLE']);
    expect(rulesOf(result.forwardPathComponents).at(2)).toContain('10.0.2.0/24');
    const checking = middle.instance();
    vpc.routeTable({ routes: [['10.0.2.0/24', checking]] }).associate(clients);
    expectBlocked(net, { from: client, to: server, ...onPort(443) }, ['ENI_SOURCE_DEST_CHECK_RESTRICTION'], 'final');
  });

  it('to a target of an unknown kind are not "no route"', () => {
    const net = region();
    const vpc = net.vpc();
    const subnet = vpc.subnet();
    vpc.routeTable({ routes: [['192.168.0.0/16', 'lgw-0123456789abcdef0']] }).associate(subnet);
    expectUnknown(net, { from: subnet.instance(), to: '192.168.1.1', ...onPort(443) }, ['NOT_MODELLED']);
  });

  it('that were not collected leave it open', () => {
    const net = region();
    const vpc = net.vpc();
    const client = vpc.subnet().instance();
    const server = vpc.subnet().instance();
    const snapshot = snapshotOf(net.toWorld());
    for (const kind of ['routeTables', 'networkAcls', 'securityGroups', 'subnets', 'networkInterfaces'] as const) {
      const regions = snapshot.regions.map((one) => ({
        ...one,
        resources: {
          ...one.resources,
          [kind]: {
            status: 'failed',
            operation: 'Describe',
            iamAction: `ec2:Describe-${kind}`,
            failure: 'denied',
            errorCode: 'UnauthorizedOperation',
            message: '',
          },
        },
      }));
      const result = askSnapshot({ ...snapshot, regions }, { from: client, to: server, ...onPort(443) });
      expect([kind, result.verdict, result.missing?.[0]?.iamAction]).toEqual([kind, 'unknown', `ec2:Describe-${kind}`]);
    }
  });
});
