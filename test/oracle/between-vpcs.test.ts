import { describe, expect, it } from 'vitest';
import { fail, newDraft } from './estate/draft.ts';
import { addGroup, addPrefixList, type DraftEntry, type DraftRule } from './estate/filters.ts';
import { addInternetGateway, addNatGateway, addPeering, addVpnGateway } from './estate/gateways.ts';
import { addHost } from './estate/hosts.ts';
import { abroad, ask, home, neighbour, type Site, site, withAcls, withHosts, withTables } from './estate/pair.ts';
import { addTable } from './estate/routes.ts';
import {
  addPolicyTable,
  addTransitGateway,
  addTransitPeering,
  addTransitPrefixListReference,
  addTransitRoutes,
  addVpcAttachment,
  reserveTransitTable,
} from './estate/transit.ts';
import { addSubnet } from './estate/vpc.ts';

const tcp = (port: number, ...peers: readonly string[]): DraftRule => ({ protocol: 'tcp', from: port, peers });

describe('VPC peering', () => {
  function peered(options: { status?: string; back?: boolean; far?: typeof home } = {}) {
    const one = site(0);
    const two = site(1, one.draft, options.far ?? home);
    withAcls(one);
    withAcls(two);
    const pcx = addPeering(one.draft, one.vpc, two.vpc, options.status);
    withTables(one, { a: [{ to: '10.1.0.0/16', via: pcx }] });
    const tables = withTables(two, { b: options.back === false ? [] : [{ to: '10.0.0.0/16', via: pcx }] });
    const { client } = withHosts(one);
    return { one, two, pcx, client, tables, draft: one.draft };
  }

  it('carries both ways where both sides have routes', () => {
    const { draft, client, two } = peered();
    withHosts(two);
    expect(ask(draft, { from: client, destination: '10.1.2.20' }).verdict).toBe('reachable');
  });

  it('needs the route back', () => {
    const { draft, client, two, tables } = peered({ back: false });
    withHosts(two);
    expect(ask(draft, { from: client, destination: '10.1.2.20' })).toMatchObject({
      verdict: 'not-reachable',
      component: tables.b,
    });
  });

  it.each(['pending-acceptance', 'deleted'])('carries nothing while %s', (status) => {
    const { draft, client, two, pcx } = peered({ status });
    withHosts(two);
    expect(ask(draft, { from: client, destination: '10.1.2.20' })).toMatchObject({
      verdict: 'not-reachable',
      component: pcx,
    });
  });

  it.each([
    ['the same Region', home, 'reachable'],
    ['another account', neighbour, 'reachable'],
    ['another Region', abroad, 'not-reachable'],
  ] as const)('keeps references to groups in %s', (_, far, verdict) => {
    const { draft, two, one } = peered({ far });
    const callers = addGroup(draft, one.vpc, {});
    const caller = addHost(draft, one.a, { addresses: ['10.0.1.11'], groups: [callers] });
    const group = addGroup(draft, two.vpc, { ingress: [tcp(443, callers)] });
    const callee = addHost(draft, two.b, { addresses: ['10.1.2.21'], groups: [group] });
    const outbound = addGroup(draft, one.vpc, { egress: [tcp(443, group)] });
    const second = addHost(draft, one.a, { addresses: ['10.0.1.12'], groups: [callers, outbound] });
    const only = addHost(draft, one.a, { addresses: ['10.0.1.13'], groups: [outbound] });
    const answer = ask(draft, { from: caller, destination: '10.1.2.21' });
    expect(answer.verdict).toBe(verdict);
    if (verdict === 'not-reachable') expect(answer.component).toBe(callee.id);
    expect(ask(draft, { from: second, destination: '10.1.2.21' }).verdict).toBe(verdict);
    expect(ask(draft, { from: only, destination: '10.1.2.21' }).verdict).toBe('not-reachable');
  });

  it('is not transitive', () => {
    const one = site(0);
    const two = site(1, one.draft);
    const three = site(2, one.draft);
    for (const each of [one, two, three]) withAcls(each);
    const left = addPeering(one.draft, one.vpc, two.vpc);
    const right = addPeering(one.draft, two.vpc, three.vpc);
    const igw = addInternetGateway(one.draft, two.vpc);
    withTables(one, { a: [{ to: '0.0.0.0/0', via: left }] });
    const middle = [
      { to: '10.0.0.0/16', via: left },
      { to: '10.2.0.0/16', via: right },
      { to: '0.0.0.0/0', via: igw },
    ];
    withTables(two, { a: middle, b: middle });
    withTables(three, { b: [{ to: '0.0.0.0/0', via: right }] });
    const { client } = withHosts(one);
    withHosts(three);
    expect(ask(one.draft, { from: client, destination: '10.2.2.20' }).component).toBe(left);
    expect(ask(one.draft, { from: client, to: 'internet', destination: '198.51.100.7' }).component).toBe(left);
  });

  it('returns to a NAT gateway without a route, and only an ACL stops it', () => {
    const build = (ingress?: readonly DraftEntry[]) => {
      const one = site(0);
      const two = site(1, one.draft);
      const { draft, vpc } = one;
      const c = addSubnet(draft, vpc, { cidr: '10.0.3.0/24', zone: 'euw1-az1' });
      withAcls(one);
      withAcls({ ...one, a: c, b: c }, ingress === undefined ? {} : { a: { ingress }, b: { ingress } });
      withAcls(two);
      const pcx = addPeering(draft, vpc, two.vpc);
      const nat = addNatGateway(draft, c, { address: '10.0.3.5' });
      withTables(one, { a: [{ to: '10.1.0.0/16', via: nat.id }] });
      addTable(draft, vpc, { subnets: [c], routes: [{ to: '10.1.0.0/16', via: pcx }] });
      withTables(two);
      const { client } = withHosts(one);
      withHosts(two);
      return ask(draft, { from: client, destination: '10.1.2.20' });
    };
    expect(build().verdict).toBe('reachable');
    expect(build([[100, 'allow', 6, '10.0.0.0/16', 443]]).verdict).toBe('not-reachable');
  });

  it('to a VPC that was not collected is unknown', () => {
    const { draft, client, two, pcx } = peered({ far: neighbour });
    withHosts(two);
    const alone = { ...draft, answers: draft.answers.filter(({ accountId }) => accountId === home.accountId) };
    expect(ask(alone, { from: client, destination: '10.1.2.20' })).toMatchObject({
      verdict: 'unknown',
      component: pcx,
    });
  });
});

describe('transit gateways', () => {
  interface Options {
    readonly zones?: readonly (readonly ['a' | 'b', string])[];
    readonly farZones?: readonly (readonly ['a' | 'b', string])[];
    readonly referencing?: boolean;
    readonly attachmentReferencing?: boolean;
    readonly associated?: boolean;
    readonly routes?: 'both' | 'forward' | 'blackhole' | 'list';
    readonly far?: typeof home;
    readonly back?: boolean;
    readonly acls?: Parameters<typeof withAcls>[1];
    readonly farAcls?: Parameters<typeof withAcls>[1];
    readonly applianceMode?: boolean;
  }

  /** VPC 0 and VPC 1 on one gateway; each attached by its subnets a (zone 1) and b (zone 2) unless told otherwise. */
  function joined(options: Options = {}) {
    const one = site(0);
    const two = site(1, one.draft, options.far ?? home);
    const { draft } = one;
    const acls = withAcls(one, options.acls);
    const farAcls = withAcls(two, options.farAcls);
    const gateway = addTransitGateway(draft, home, {
      ...(options.referencing === undefined ? {} : { referencing: options.referencing }),
      sharedWith: options.far === undefined ? [] : [options.far],
    });
    const table = reserveTransitTable(draft, gateway);
    const places = (which: Site, zones: Options['zones']) =>
      (
        zones ?? [
          ['a', ''],
          ['b', ''],
        ]
      ).map(([name]) => ({
        subnet: which[name],
        address: `${which[name].cidr.slice(0, -4)}200`,
      }));
    const near = addVpcAttachment(draft, gateway, one.vpc, {
      places: places(one, options.zones),
      tableId: options.associated === false ? undefined : table,
    });
    const far = addVpcAttachment(draft, gateway, two.vpc, {
      places: places(two, options.farZones),
      tableId: table,
      referencing: options.attachmentReferencing ?? true,
      applianceMode: options.applianceMode ?? false,
    });
    const routes = options.routes ?? 'both';
    addTransitRoutes(draft, gateway, table, [
      ...(routes === 'forward' ? [] : [{ to: '10.0.0.0/16', via: near, propagated: true }]),
      ...(routes === 'list' ? [] : [{ to: '10.1.0.0/16', via: far, propagated: true }]),
      ...(routes === 'blackhole' ? [{ to: '10.1.2.0/24', via: undefined }] : []),
    ]);
    if (routes === 'list') {
      const cidrs = ['10.1.0.0/16'];
      addTransitPrefixListReference(draft, gateway, table, addPrefixList(draft, home, cidrs), cidrs, far);
    }
    const out = [{ to: '10.0.0.0/8', via: gateway.id }];
    const tables = withTables(one, { a: out, b: out });
    const farTables = withTables(two, options.back === false ? {} : { a: out, b: out });
    return { one, two, draft, gateway, table, near, far, acls, farAcls, tables, farTables };
  }

  const between = (options: Options = {}) => {
    const network = joined(options);
    const { client } = withHosts(network.one);
    withHosts(network.two);
    return { ...network, ...ask(network.draft, { from: client, destination: '10.1.2.20' }) };
  };

  it('join VPCs, also of two accounts, and by prefix list', () => {
    expect(between().verdict).toBe('reachable');
    expect(between({ far: neighbour }).verdict).toBe('reachable');
    expect(between({ routes: 'list' }).verdict).toBe('reachable');
  });

  it('need an attachment subnet in the zone of the sender, of the reply too', () => {
    const forward = between({ zones: [['b', '']] });
    expect(forward).toMatchObject({ verdict: 'not-reachable', component: forward.near.id });
    const back = between({ farZones: [['a', '']] });
    expect(back).toMatchObject({ verdict: 'not-reachable', component: back.far.id });
    expect(back.log.at(-1)?.direction).toBe('return');
    expect(between({ farZones: [['b', '']] }).verdict).toBe('reachable');
  });

  it('need an association and routes both ways', () => {
    const unassociated = between({ associated: false });
    expect(unassociated).toMatchObject({ verdict: 'not-reachable', component: unassociated.near.id });
    const oneWay = between({ routes: 'forward' });
    expect(oneWay).toMatchObject({ verdict: 'not-reachable', component: oneWay.table });
    const noRouteBack = between({ back: false });
    expect(noRouteBack).toMatchObject({ verdict: 'not-reachable', component: noRouteBack.farTables.b });
  });

  it('drop what a black hole takes', () => {
    const answer = between({ routes: 'blackhole' });
    expect(answer).toMatchObject({ verdict: 'not-reachable', component: answer.table, reason: 'black hole' });
  });

  it('meet the ACL of the attachment subnet: in from the VPC, out to the VPC', () => {
    // The server is in subnet b of VPC 1; the packet comes out through subnet a, in the zone of the sender.
    const out = between({ farAcls: { a: { egress: [[100, 'allow', 6, '10.1.1.0/24']] } } });
    expect(out).toMatchObject({ verdict: 'not-reachable', component: out.farAcls.a });
    const unused = between({ farAcls: { a: { ingress: [] } } });
    expect(unused.verdict).toBe('reachable');
    // The client shares subnet a of VPC 0 with the attachment: that ACL is asked for both directions.
    const same = between({ acls: { a: { ingress: [[100, 'allow', 6, '10.1.0.0/16']] } } });
    expect(same).toMatchObject({ verdict: 'not-reachable', component: same.acls.a });
    expect(same.log.at(-1)?.direction).toBe('forward');
  });

  it('keep references inbound only, and only with support on all three sides', () => {
    const ask1 = (options: Options, direction: 'ingress' | 'egress') => {
      const { draft, one, two } = joined(options);
      const callers = addGroup(draft, one.vpc, {});
      const callees = addGroup(draft, two.vpc, {
        ingress: [direction === 'ingress' ? tcp(443, callers) : tcp(443, '10.0.0.0/8')],
      });
      const restricted = addGroup(draft, one.vpc, { egress: [tcp(443, callees)] });
      const caller = addHost(draft, one.a, {
        addresses: ['10.0.1.11'],
        groups: direction === 'ingress' ? [callers] : [restricted],
      });
      addHost(draft, two.b, { addresses: ['10.1.2.21'], groups: [callees] });
      return ask(draft, { from: caller, destination: '10.1.2.21' }).verdict;
    };
    expect(ask1({ referencing: true }, 'ingress')).toBe('reachable');
    expect(ask1({ referencing: false }, 'ingress')).toBe('not-reachable');
    expect(ask1({}, 'ingress')).toBe('not-reachable');
    expect(ask1({ referencing: true, attachmentReferencing: false }, 'ingress')).toBe('not-reachable');
    expect(ask1({ referencing: true }, 'egress')).toBe('not-reachable');
  });

  it('whose tables are not visible are unknown', () => {
    const { draft, one, two, far } = joined({ far: neighbour });
    withHosts(one);
    const { client } = withHosts(two);
    const alone = { ...draft, answers: draft.answers.filter(({ accountId }) => accountId === neighbour.accountId) };
    expect(ask(alone, { from: client, destination: '10.0.2.20' })).toMatchObject({
      verdict: 'unknown',
      component: far.id,
    });
  });

  it('ask the policy table before the route table', () => {
    const build = (protocol: string, readable = true) => {
      const { draft, gateway, near, one, two } = joined();
      const other = reserveTransitTable(draft, gateway);
      addTransitRoutes(draft, gateway, other, [{ to: '0.0.0.0/0', via: undefined }]);
      addPolicyTable(draft, gateway, near.id, [[10, protocol, '10.0.0.0/16', '10.1.0.0/16', '440-450', other]]);
      if (!readable) fail(draft, home, 'transitGatewayPolicyTableEntries');
      const { client } = withHosts(one);
      withHosts(two);
      return { ...ask(draft, { from: client, destination: '10.1.2.20' }), other };
    };
    const diverted = build('6');
    expect(diverted).toMatchObject({ verdict: 'not-reachable', component: diverted.other });
    expect(build('17').verdict).toBe('reachable');
    expect(build('6', false).verdict).toBe('unknown');
  });

  it('joined by a peering need routes on both sides', () => {
    const build = (sides: 'both' | 'near' | 'far') => {
      const one = site(0);
      const two = site(1, one.draft, abroad);
      const { draft } = one;
      const end = (each: Site, index: number) => {
        withAcls(each);
        const gateway = addTransitGateway(draft, each.vpc.owner);
        const table = reserveTransitTable(draft, gateway);
        const attachment = addVpcAttachment(draft, gateway, each.vpc, {
          places: [
            { subnet: each.a, address: `10.${index}.1.200` },
            { subnet: each.b, address: `10.${index}.2.200` },
          ],
          tableId: table,
        });
        addTransitRoutes(draft, gateway, table, [{ to: `10.${index}.0.0/16`, via: attachment, propagated: true }]);
        const out = [{ to: '10.0.0.0/8', via: gateway.id }];
        withTables(each, { a: out, b: out });
        return { gateway, table };
      };
      const [near, far] = [end(one, 0), end(two, 1)];
      const peering = addTransitPeering(
        draft,
        { gateway: near.gateway, tableId: near.table },
        { gateway: far.gateway, tableId: far.table },
      );
      if (sides !== 'far') addTransitRoutes(draft, near.gateway, near.table, [{ to: '10.1.0.0/16', via: peering }]);
      if (sides !== 'near') addTransitRoutes(draft, far.gateway, far.table, [{ to: '10.0.0.0/16', via: peering }]);
      const { client } = withHosts(one);
      withHosts(two);
      return { ...ask(draft, { from: client, destination: '10.1.2.20' }), near, far };
    };
    expect(build('both').verdict).toBe('reachable');
    const noForward = build('far');
    expect(noForward).toMatchObject({ verdict: 'not-reachable', component: noForward.near.table });
    const noReturn = build('near');
    expect(noReturn).toMatchObject({ verdict: 'not-reachable', component: noReturn.far.table });
  });

  it('lead a spoke to a NAT gateway of another VPC, whose subnet must route back', () => {
    const build = (back: boolean) => {
      const { draft, one, two, gateway, table, far } = joined({
        farZones: [
          ['a', ''],
          ['b', ''],
        ],
      });
      const hub = two;
      const c = addSubnet(draft, hub.vpc, { cidr: '10.1.3.0/24', zone: 'euw1-az1' });
      withAcls({ ...hub, a: c, b: c });
      const igw = addInternetGateway(draft, hub.vpc);
      const nat = addNatGateway(draft, c, { address: '10.1.3.5', publicAddress: '203.0.113.5' });
      addTransitRoutes(draft, gateway, table, [{ to: '0.0.0.0/0', via: far }]);
      addTable(draft, hub.vpc, {
        subnets: [c],
        routes: [{ to: '0.0.0.0/0', via: igw }, ...(back ? [{ to: '10.0.0.0/16', via: gateway.id }] : [])],
      });
      addTable(draft, hub.vpc, { subnets: [hub.a], routes: [{ to: '0.0.0.0/0', via: nat.id }] });
      addTable(draft, one.vpc, { subnets: [one.a], routes: [{ to: '0.0.0.0/0', via: gateway.id }] });
      const { client } = withHosts(one);
      return { ...ask(draft, { from: client, to: 'internet', destination: '198.51.100.7' }), igw, nat };
    };
    expect(build(true).verdict).toBe('reachable');
    const stuck = build(false);
    expect(stuck).toMatchObject({ verdict: 'not-reachable' });
    expect(stuck.log.at(-1)?.direction).toBe('return');
  });

  it('route to what leaves AWS is unknown', () => {
    const { draft, one, gateway, table } = joined();
    addTransitRoutes(draft, gateway, table, [
      { to: '10.77.0.0/16', via: { id: 'tgw-attach-vpn', type: 'vpn' }, propagated: true },
    ]);
    const { client } = withHosts(one);
    expect(ask(draft, { from: client, destination: '10.77.0.1' })).toMatchObject({
      verdict: 'unknown',
      component: 'tgw-attach-vpn',
    });
  });
});

describe('virtual private gateways', () => {
  it('lead out of AWS, unless all tunnels are down', () => {
    const build = (tunnels: readonly ('UP' | 'DOWN')[]) => {
      const one = site(0, newDraft());
      withAcls(one);
      const vgw = addVpnGateway(one.draft, one.vpc, tunnels);
      withTables(one, { a: [{ to: '192.168.0.0/16', via: vgw, propagated: true }] });
      const { client } = withHosts(one);
      return { ...ask(one.draft, { from: client, destination: '192.168.1.1' }), vgw };
    };
    const up = build(['UP', 'DOWN']);
    expect(up).toMatchObject({ verdict: 'unknown', component: up.vgw });
    const down = build(['DOWN', 'DOWN']);
    expect(down).toMatchObject({ verdict: 'not-reachable', component: down.vgw });
  });
});
