import { describe, expect, it } from 'vitest';
import {
  allow,
  allTraffic,
  estate,
  region,
  type RegionBuilder,
  snapshotOf,
  type SubnetBuilder,
  type TransitGatewayBuilder,
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

describe('a VPC peering', () => {
  it('needs a route on both sides', () => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    const peering = a.peerWith(b);
    const client = a.subnet().instance();
    const server = b.subnet().instance(open(b));
    expectBlocked(net, { from: client, to: server, ...onPort(443) }, [
      'NO_ROUTE_TO_DESTINATION',
      'NO_ROUTE_TO_DESTINATION on return',
    ]);
    a.mainRouteTable.route(b.cidr, peering);
    b.mainRouteTable.route(a.cidr, peering);
    const result = expectReachable(net, { from: client, to: server, ...onPort(443) });
    expect(result.forwardPathComponents.map(({ component }) => component.id)).toContain(peering.id);
    expect(result.returnPathComponents.map(({ component }) => component.id)).toContain(peering.id);
  });

  it('is not transitive, and lends no gateway', () => {
    const net = region();
    const [a, b, c] = ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16'].map((cidr) => net.vpc({ cidr })) as [
      VpcBuilder,
      VpcBuilder,
      VpcBuilder,
    ];
    const ab = a.peerWith(b);
    const bc = b.peerWith(c);
    a.mainRouteTable.route('0.0.0.0/0', ab).route(c.cidr, ab);
    b.mainRouteTable.route(a.cidr, ab).route(c.cidr, bc).route('0.0.0.0/0', b.internetGateway());
    c.mainRouteTable.route(a.cidr, bc);
    const client = a.subnet().instance();
    for (const to of [c.subnet().instance(open(c)), 'internet']) {
      const result = expectBlocked(
        net,
        { from: client, to, ...onPort(443) },
        ['PCX_REQUIRES_ADDRESS_IN_VPC_CIDR'],
        'final',
      );
      expect(result.explanations[0]?.component.id).toBe(ab.id);
    }
  });

  it('joins Regions, and carries nothing while it is pending or after it was deleted', () => {
    const all = estate();
    const account = all.account('111122223333');
    const a = account.region('eu-west-1').vpc({ cidr: '10.1.0.0/16' });
    const b = account.region('us-east-1').vpc({ cidr: '10.2.0.0/16' });
    const peering = a.peerWith(b);
    a.mainRouteTable.route(b.cidr, peering);
    b.mainRouteTable.route(a.cidr, peering);
    const client = a.subnet().instance();
    const server = b.subnet().instance(open(b));
    expectReachable(all, { from: client, to: server, ...onPort(443) });
    peering.delete();
    expect(blockersOf(ask(all, { from: client, to: server, ...onPort(443) }))[0]).toBe('BAD_STATE_ROUTE');
    const net = region();
    const c = net.vpc({ cidr: '10.1.0.0/16' });
    const d = net.vpc({ cidr: '10.2.0.0/16' });
    const pending = c.peerWith(d, { status: 'pending-acceptance' });
    c.mainRouteTable.route(d.cidr, pending);
    d.mainRouteTable.route(c.cidr, pending);
    const codes = blockersOf(
      ask(net, { from: c.subnet().instance(), to: d.subnet().instance(open(d)), ...onPort(443) }),
    );
    expect(codes.length).toBeGreaterThan(0);
    expect(['BAD_STATE', 'BAD_STATE_ROUTE']).toContain(codes[0]);
  });

  it('is shadowed by a longer prefix where blocks overlap', () => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    const c = net.vpc({ cidr: '10.2.0.0/24' });
    const ab = a.peerWith(b);
    const ac = a.peerWith(c);
    a.mainRouteTable.route('10.2.0.0/16', ab).route('10.2.0.0/24', ac);
    for (const [vpc, peering] of [
      [b, ab],
      [c, ac],
    ] as const)
      vpc.mainRouteTable.route(a.cidr, peering);
    const client = a.subnet().instance();
    const shadowed = b.subnet({ cidr: '10.2.0.0/24' }).instance({ privateIp: '10.2.0.9', ...open(b) });
    const winner = c.subnet({ cidr: '10.2.0.0/24' }).instance({ privateIp: '10.2.0.9', ...open(c) });
    expectReachable(net, { from: client, to: winner, ...onPort(443) });
    expectBlocked(net, { from: client, to: shadowed, ...onPort(443) }, ['ENI_ADDRESS_RESTRICTION'], 'final');
    expect(() => ask(net, { from: client, to: '10.2.0.9', ...onPort(443) })).toThrow(/lies in 2 VPCs.*10\.2\.0\.9/);
    expectReachable(net, { from: client, to: `${c.id}/10.2.0.9`, ...onPort(443) });
  });

  it('to a VPC outside the snapshot leaves the answer open', () => {
    const all = estate();
    const here = all.account('111122223333').region('eu-west-1');
    const a = here.vpc({ cidr: '10.1.0.0/16' });
    const b = all.account('444455556666').region('eu-west-1').vpc({ cidr: '10.2.0.0/16' });
    const peering = a.peerWith(b);
    a.mainRouteTable.route(b.cidr, peering);
    const client = a.subnet().instance();
    const snapshot = snapshotOf(all.toWorld());
    const alone: Snapshot = {
      ...snapshot,
      regions: snapshot.regions.filter(({ accountId }) => accountId === '111122223333'),
    };
    const result = askSnapshot(alone, { from: client, to: '10.2.0.4', ...onPort(443) });
    expect([result.verdict, doubtsOf(result)]).toEqual(['unknown', ['NOT_COLLECTED']]);
    expect(result.missing?.[0]?.fact).toContain('444455556666');
  });
});

describe('a transit gateway', () => {
  interface Spokes {
    readonly net: RegionBuilder;
    readonly tgw: TransitGatewayBuilder;
    readonly a: VpcBuilder;
    readonly b: VpcBuilder;
    readonly client: { readonly id: string };
    readonly server: { readonly id: string; readonly privateIp: string };
    readonly clientSubnet: SubnetBuilder;
    readonly serverSubnet: SubnetBuilder;
  }
  const spokes = (
    options: { readonly zone?: string; readonly attach?: boolean; readonly defaults?: boolean } = {},
  ): Spokes => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    const clientSubnet = a.subnet({ cidr: '10.1.0.0/24', az: 'a' });
    const serverSubnet = b.subnet({ cidr: '10.2.0.0/24', az: options.zone ?? 'a' });
    const defaults = options.defaults ?? true;
    const tgw = net.transitGateway({ defaultAssociation: defaults, defaultPropagation: defaults });
    a.mainRouteTable.route('10.0.0.0/8', tgw);
    b.mainRouteTable.route('10.0.0.0/8', tgw);
    if (options.attach ?? true) {
      tgw.attachVpc(a);
      tgw.attachVpc(b);
    }
    return {
      net,
      tgw,
      a,
      b,
      clientSubnet,
      serverSubnet,
      client: clientSubnet.instance(),
      server: serverSubnet.instance(open(b)),
    };
  };

  it('joins VPCs by its route tables', () => {
    const { net, client, server, tgw } = spokes();
    const result = expectReachable(net, { from: client, to: server, ...onPort(443) });
    const ids = result.forwardPathComponents.map(({ component }) => component.id);
    expect(ids).toContain(tgw.id);
    expect(ids).toContain(tgw.defaultRouteTable.id);
    expect(rulesOf(result.forwardPathComponents).some((rule) => rule.startsWith('10.2.0.0/16 tgw-attach-'))).toBe(true);
  });

  it('is entered in the zone of the sender alone, and replies in theirs', () => {
    for (const [missing, codes] of [
      ['client', ['TGW_ROUTE_AZ_RESTRICTION']],
      ['server', ['TGW_ROUTE_AZ_RESTRICTION on return']],
    ] as const) {
      const { net, tgw, a, b, client, server, clientSubnet, serverSubnet } = spokes({ attach: false });
      const other = (missing === 'client' ? a : b).subnet({ az: 'b' });
      tgw.attachVpc(a, { subnets: [missing === 'client' ? other : clientSubnet] });
      tgw.attachVpc(b, { subnets: [missing === 'server' ? other : serverSubnet] });
      expectBlocked(net, { from: client, to: server, ...onPort(443) }, codes);
    }
  });

  it.each([
    ['source', 'ingress', ['SUBNET_ACL_RESTRICTION']],
    ['source', 'egress', ['SUBNET_ACL_RESTRICTION on return']],
    ['destination', 'ingress', ['SUBNET_ACL_RESTRICTION on return']],
    ['destination', 'egress', ['SUBNET_ACL_RESTRICTION']],
  ] as const)('meets the ACL of the attachment subnet at the %s: %s', (side, denied, codes) => {
    const { net, tgw, a, b, client, server } = spokes({ attach: false });
    const make = (vpc: VpcBuilder, closed: boolean): SubnetBuilder => {
      const acl = vpc.networkAcl();
      if (!closed || denied === 'ingress') acl.egress(allow(100, everything4));
      if (!closed || denied === 'egress') acl.ingress(allow(100, everything4));
      return vpc.subnet({ az: 'a', networkAcl: acl });
    };
    tgw.attachVpc(a, { subnets: [make(a, side === 'source')] });
    tgw.attachVpc(b, { subnets: [make(b, side === 'destination')] });
    expectBlocked(net, { from: client, to: server, ...onPort(443) }, codes);
  });

  it('with sender or receiver in the attachment subnet asks that ACL both ways on entry and not at all on exit', () => {
    const { net, tgw, a, b, client, server, clientSubnet, serverSubnet } = spokes({ attach: false });
    tgw.attachVpc(a, { subnets: [clientSubnet] });
    tgw.attachVpc(b, { subnets: [serverSubnet] });
    const result = expectReachable(net, { from: client, to: server, ...onPort(443) });
    expect(
      result.forwardPathComponents
        .filter(({ component }) => component.type === 'network-acl')
        .map(({ packetDirection, subnetId }) => [packetDirection, subnetId]),
    ).toEqual([
      ['egress', clientSubnet.id],
      ['ingress', clientSubnet.id],
    ]);
  });

  it('uses the route table of the attachment subnet in the destination VPC', () => {
    const { net, tgw, a, b, client, server, clientSubnet } = spokes({ attach: false });
    const inner = b.subnet({ az: 'a' });
    const appliance = b.subnet({ az: 'a' }).instance({ sourceDestCheck: false, ...open(b) });
    b.routeTable({ routes: [['10.2.0.0/24', appliance]] }).associate(inner);
    tgw.attachVpc(a, { subnets: [clientSubnet] });
    tgw.attachVpc(b, { subnets: [inner] });
    expectUnknown(net, { from: client, to: server, ...onPort(443) }, ['MIDDLEBOX_NOT_VISIBLE']);
  });

  it('needs an association and a route in each direction', () => {
    const one = spokes({ attach: false, defaults: false });
    const a = one.tgw.attachVpc(one.a);
    const b = one.tgw.attachVpc(one.b);
    const question = { from: one.client, to: one.server, ...onPort(443) };
    expectBlocked(one.net, question, ['TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION'], 'final');
    const forward = one.tgw.routeTable().associate(a);
    const none = expectBlocked(
      one.net,
      question,
      ['TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT', 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION on return'],
      'final',
    );
    expect(none.explanations[0]).toMatchObject({ component: { id: forward.id }, missingComponent: { id: b.id } });
    forward.propagate(b);
    const back = one.tgw.routeTable().associate(b);
    expectBlocked(one.net, question, ['TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT on return'], 'final');
    back.propagate(a);
    expectReachable(one.net, question);
    back.blackhole('10.1.0.0/24');
    expectBlocked(one.net, question, ['TGW_RTB_BAD_STATE_ROUTE on return'], 'final');
  });

  it('prefers static to propagated routes, and knows prefix lists', () => {
    const { net, tgw, client, server, b } = spokes();
    const dead = net.vpc({ cidr: '10.7.0.0/16' });
    dead.subnet();
    const elsewhere = tgw.attachVpc(dead);
    tgw.defaultRouteTable.route(b.cidr, elsewhere);
    const result = ask(net, { from: client, to: server, ...onPort(443) });
    expect(result.verdict).toBe('not-reachable');
    expect(rulesOf(result.forwardPathComponents)).toContain(`10.2.0.0/16 ${elsewhere.id}`);
    tgw.defaultRouteTable.prefixList(net.prefixList('two', ['10.2.0.0/24']), 'blackhole');
    expectBlocked(net, { from: client, to: server, ...onPort(443) }, ['TGW_RTB_BAD_STATE_ROUTE'], 'final');
  });

  it('may be two, one for each direction', () => {
    const { net, tgw, a, b, client, server } = spokes({ attach: false });
    const second = net.transitGateway();
    tgw.attachVpc(a);
    tgw.attachVpc(b);
    second.attachVpc(a);
    second.attachVpc(b);
    b.mainRouteTable.route('10.1.0.0/24', second);
    const result = expectReachable(net, { from: client, to: server, ...onPort(443) });
    expect(result.forwardPathComponents.map(({ component }) => component.id)).toContain(tgw.id);
    expect(result.returnPathComponents.map(({ component }) => component.id)).toContain(second.id);
  });

  it('peers with another by static routes on both sides', () => {
    const all = estate();
    const account = all.account('111122223333');
    const [eu, us] = [account.region('eu-west-1'), account.region('us-east-1')];
    const a = eu.vpc({ cidr: '10.1.0.0/16' });
    const b = us.vpc({ cidr: '10.2.0.0/16' });
    const client = a.subnet().instance();
    const server = b.subnet().instance(open(b));
    const [near, far] = [eu.transitGateway(), us.transitGateway()];
    near.attachVpc(a);
    far.attachVpc(b);
    const [here, there] = near.peer(far);
    near.defaultRouteTable.associate(here);
    far.defaultRouteTable.associate(there);
    a.mainRouteTable.route('10.0.0.0/8', near);
    b.mainRouteTable.route('10.0.0.0/8', far);
    near.defaultRouteTable.route('10.2.0.0/16', here);
    const question = { from: client, to: server, ...onPort(443) };
    expect(blockersOf(ask(all, question))).toEqual(['TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT on return']);
    far.defaultRouteTable.route('10.1.0.0/16', there);
    expectReachable(all, question);
  });

  it('in appliance mode picks one zone for a flow: all have to work', () => {
    const { net, tgw, a, b, client, server } = spokes({ attach: false });
    tgw.attachVpc(a);
    const closed = b.subnet({ az: 'b', networkAcl: b.networkAcl() });
    tgw.attachVpc(b, { subnets: [b.subnets[0] as SubnetBuilder, closed], applianceMode: true });
    const result = ask(net, { from: client, to: server, ...onPort(443) });
    expect([result.verdict, doubtsOf(result)]).toEqual(['unknown', ['INTERMITTENT']]);
    const off = spokes({ attach: false });
    off.tgw.attachVpc(off.a);
    const shut = off.b.subnet({ az: 'b', networkAcl: off.b.networkAcl() });
    off.tgw.attachVpc(off.b, { subnets: [off.b.subnets[0] as SubnetBuilder, shut] });
    expectReachable(off.net, { from: off.client, to: off.server, ...onPort(443) });
  });

  it('whose routes lead in a circle ends nowhere', () => {
    const { net, tgw, a, b, client } = spokes({ attach: false });
    tgw.attachVpc(a);
    const far = tgw.attachVpc(b, {
      applianceMode: true,
      subnets: [b.subnets[0] as SubnetBuilder, b.subnet({ az: 'b' })],
    });
    tgw.defaultRouteTable.route('10.9.0.0/16', far);
    expectBlocked(net, { from: client, to: '10.9.0.1', ...onPort(443) }, ['ROUTING_LOOP'], 'final');
  });

  it('asks a policy table before its route tables', () => {
    const { net, tgw, a, b, client, server } = spokes({ attach: false });
    const own = tgw.attachVpc(a);
    tgw.attachVpc(b);
    const closed = tgw.routeTable();
    net.policyTable(tgw, {
      attachments: [own],
      rules: [{ protocol: '6', destinationPorts: '22', routeTable: closed }],
    });
    expectReachable(net, { from: client, to: server, ...onPort(443) });
    const ssh = expectBlocked(
      net,
      { from: client, to: server, ...onPort(22) },
      ['TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT'],
      'final',
    );
    expect(ssh.explanations[0]?.component.id).toBe(closed.id);
    const snapshot = snapshotOf(net.toWorld());
    const unread: Snapshot = {
      ...snapshot,
      regions: snapshot.regions.map((one) => ({
        ...one,
        resources: {
          ...one.resources,
          transitGatewayPolicyTableEntries: {
            status: 'failed',
            operation: 'GetTransitGatewayPolicyTableEntries',
            iamAction: 'ec2:GetTransitGatewayPolicyTableEntries',
            failure: 'denied',
            errorCode: 'UnauthorizedOperation',
            message: '',
          },
        },
      })),
    };
    const result = askSnapshot(unread, { from: client, to: server, ...onPort(443) });
    expect([result.verdict, doubtsOf(result)]).toEqual(['unknown', ['TGW_POLICY_TABLE_NOT_EVALUATED']]);
  });

  it('of another account keeps its tables to its owner', () => {
    const all = estate();
    const owner = all.account('111122223333').region('eu-west-1');
    const user = all.account('444455556666').region('eu-west-1');
    const a = user.vpc({ cidr: '10.1.0.0/16' });
    const b = user.vpc({ cidr: '10.2.0.0/16' });
    const client = a.subnet().instance();
    const server = b.subnet().instance(open(b));
    const tgw = owner.transitGateway({ sharedWith: [user] });
    tgw.attachVpc(a);
    tgw.attachVpc(b);
    a.mainRouteTable.route('10.0.0.0/8', tgw);
    b.mainRouteTable.route('10.0.0.0/8', tgw);
    expectReachable(all, { from: client, to: server, ...onPort(443) });
    const snapshot = snapshotOf(all.toWorld());
    const alone: Snapshot = {
      ...snapshot,
      regions: snapshot.regions.filter(({ accountId }) => accountId === '444455556666'),
    };
    const result = askSnapshot(alone, { from: client, to: server, ...onPort(443) });
    expect([result.verdict, doubtsOf(result)]).toEqual(['unknown', ['TGW_RTB_ROUTES_ARE_UNKNOWN']]);
  });

  it('leads out of AWS by routes that a VPN announced', () => {
    const { net, tgw, client } = spokes();
    net.vpnConnection({
      customerGateway: net.customerGateway(),
      transitGateway: tgw,
      learned: ['10.200.0.0/16'],
    });
    expectUnknown(net, { from: client, to: '10.200.0.5', ...onPort(443) }, ['ON_PREMISES_NOT_VISIBLE']);
  });
});

const everything4 = allTraffic('0.0.0.0/0');

describe('a virtual private gateway', () => {
  const site = (
    tunnelsUp: 0 | 2 = 2,
  ): { readonly net: RegionBuilder; readonly host: { readonly id: string }; readonly vgw: { readonly id: string } } => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const vgw = vpc.vpnGateway();
    net.vpnConnection({
      customerGateway: net.customerGateway(),
      vpnGateway: vgw,
      staticRoutes: ['192.168.0.0/16'],
      tunnelsUp,
    });
    vpc.mainRouteTable.propagate(vgw);
    return {
      net,
      vgw,
      host: vpc.subnet().instance({
        securityGroups: [
          vpc.securityGroup('office', {
            ingress: [{ protocol: 'tcp', fromPort: 22, toPort: 22, peers: ['192.168.0.0/16'] }],
          }),
        ],
      }),
    };
  };

  it('leads to a network that is not visible, in both directions', () => {
    const { net, host, vgw } = site();
    expectUnknown(net, { from: host, to: '192.168.1.1', ...onPort(443) }, ['ON_PREMISES_NOT_VISIBLE']);
    const inbound = expectUnknown(net, { from: '192.168.1.1', to: host, ...onPort(22) }, ['ON_PREMISES_NOT_VISIBLE']);
    expect(inbound.possibleTraffic).toHaveLength(1);
    expectBlocked(net, { from: '192.168.1.1', to: host, ...onPort(443) }, ['ENI_SG_RULES_MISMATCH'], 'final');
    expect(ask(net, { from: vgw, to: host, ...onPort(22) }).verdict).toBe('unknown');
  });

  it('with both tunnels down carries nothing', () => {
    const { net, host } = site(0);
    expectBlocked(net, { from: host, to: '192.168.1.1', ...onPort(443) }, ['BAD_STATE_VPN'], 'final');
  });
});
