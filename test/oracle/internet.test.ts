import { describe, expect, it } from 'vitest';
import { show } from './estate/draft.ts';
import { addGroup, type DraftRule, everything } from './estate/filters.ts';
import {
  addEgressOnlyGateway,
  addInspectionEndpoint,
  addInternetGateway,
  addNatGateway,
  addRegionalNatGateway,
} from './estate/gateways.ts';
import { addHost, addNic } from './estate/hosts.ts';
import { ask, home, type Site, site, withAcls, withHosts, withTables } from './estate/pair.ts';
import { addTable } from './estate/routes.ts';
import { addSubnet } from './estate/vpc.ts';
import { nextId } from './estate/draft.ts';

const client = '198.51.100.7';
const PUBLIC_A = '203.0.113.10';
const PUBLIC_B = '203.0.113.20';

/** A VPC whose two subnets have a default route to its internet gateway. */
function facing(
  options: {
    readonly routeB?: string;
    readonly publicB?: string | null;
    readonly state?: string;
    readonly ingress?: readonly DraftRule[];
  } = {},
): Site & ReturnType<typeof withHosts> & { igw: string; tables: { a: string; b: string } } {
  const one = site(0);
  withAcls(one);
  const igw = addInternetGateway(one.draft, one.vpc, options.state);
  const tables = withTables(one, {
    a: [{ to: '0.0.0.0/0', via: igw }],
    b: options.routeB === '' ? [] : [{ to: options.routeB ?? '0.0.0.0/0', via: igw }],
  });
  const hosts = withHosts(one, {
    publicA: PUBLIC_A,
    ...(options.publicB === null ? {} : { publicB: options.publicB ?? PUBLIC_B }),
    ...(options.ingress === undefined ? {} : { ingress: options.ingress }),
  });
  return { ...one, ...hosts, igw, tables };
}

describe('from the internet', () => {
  it('a public address behind an attached gateway with a route back is reachable', () => {
    expect(ask(facing().draft, { from: 'internet', destination: PUBLIC_B }).verdict).toBe('reachable');
  });

  it('the filters see the private destination and the public source', () => {
    const rule = (cidr: string): readonly DraftRule[] => [{ protocol: 'tcp', from: 443, peers: [cidr] }];
    const seen = facing({ ingress: rule('198.51.100.0/24') });
    expect(ask(seen.draft, { from: 'internet', destination: PUBLIC_B }).verdict).toBe('reachable');
    const closed = facing({ ingress: rule('10.0.0.0/8') });
    expect(ask(closed.draft, { from: 'internet', destination: PUBLIC_B })).toMatchObject({
      verdict: 'not-reachable',
      component: closed.server.id,
    });
  });

  it('without a route back the reply does not leave', () => {
    const one = facing({ routeB: '' });
    const answer = ask(one.draft, { from: 'internet', destination: PUBLIC_B });
    expect(answer).toMatchObject({ verdict: 'not-reachable', component: one.tables.b, reason: 'no route' });
    expect(answer.log.at(-1)?.direction).toBe('return');
  });

  it('a route for one /24 returns replies to that /24 only', () => {
    const one = facing({ routeB: '198.51.100.0/24' });
    expect(ask(one.draft, { from: 'internet', destination: PUBLIC_B }).verdict).toBe('reachable');
    expect(ask(one.draft, { from: 'internet', source: '192.0.2.9', destination: PUBLIC_B }).verdict).toBe(
      'not-reachable',
    );
  });

  it('a detached gateway lets nothing in', () => {
    const one = facing({ state: 'detached' });
    expect(ask(one.draft, { from: 'internet', destination: PUBLIC_B })).toMatchObject({
      verdict: 'not-reachable',
      component: one.vpc.id,
    });
  });

  it('private sources are refused', () => {
    const one = facing();
    for (const source of ['10.9.9.9', '100.64.0.1', '192.168.1.1', '172.31.0.1']) {
      expect(ask(one.draft, { from: 'internet', source, destination: PUBLIC_B })).toMatchObject({
        verdict: 'not-reachable',
        component: one.igw,
      });
    }
  });

  it('a reply that leaves by a NAT gateway is dropped', () => {
    const one = site(0);
    withAcls(one);
    const igw = addInternetGateway(one.draft, one.vpc);
    const nat = addNatGateway(one.draft, one.a, { address: '10.0.1.5', publicAddress: '203.0.113.5' });
    withTables(one, { a: [{ to: '0.0.0.0/0', via: igw }], b: [{ to: '0.0.0.0/0', via: nat.id }] });
    withHosts(one, { publicB: PUBLIC_B });
    expect(ask(one.draft, { from: 'internet', destination: PUBLIC_B })).toMatchObject({
      verdict: 'not-reachable',
      component: nat.id,
    });
  });

  it('a secondary private address has its own public one', () => {
    const one = facing();
    addHost(one.draft, one.b, {
      addresses: ['10.0.2.30', '10.0.2.31'],
      publicAddresses: [undefined, '203.0.113.31'],
      groups: [one.open],
    });
    expect(ask(one.draft, { from: 'internet', destination: '203.0.113.31' }).verdict).toBe('reachable');
  });

  it('a stopped instance and an unattached interface answer nothing', () => {
    const one = facing();
    const { draft, b, open } = one;
    const stopped = addHost(draft, b, {
      addresses: ['10.0.2.31'],
      publicAddresses: ['203.0.113.31'],
      groups: [open],
      state: 'stopped',
    });
    const loose = addNic(draft, b, {
      addresses: ['10.0.2.32'],
      publicAddresses: ['203.0.113.32'],
      groups: [open],
      status: 'available',
    });
    expect(ask(draft, { from: 'internet', destination: '203.0.113.31' }).component).toBe(stopped.instanceId);
    expect(ask(draft, { from: 'internet', destination: '203.0.113.32' }).component).toBe(loose.id);
  });

  it('an address of a customer’s own range may not be advertised', () => {
    const one = facing();
    show(one.draft, [home], 'addresses', { PublicIp: PUBLIC_B, PublicIpv4Pool: 'ipv4pool-ec2-00000000000000001' });
    expect(ask(one.draft, { from: 'internet', destination: PUBLIC_B }).verdict).toBe('unknown');
    expect(ask(one.draft, { from: 'internet', destination: PUBLIC_A }).verdict).toBe('reachable');
  });

  it('an address that nobody of the snapshot has is unknown', () => {
    expect(ask(facing().draft, { from: 'internet', destination: '192.0.2.77' }).verdict).toBe('unknown');
  });
});

describe('to the internet', () => {
  it('needs a public address and a route', () => {
    const one = facing({ publicB: null });
    expect(ask(one.draft, { from: one.client, to: 'internet', destination: client }).verdict).toBe('reachable');
    expect(ask(one.draft, { from: one.server, to: 'internet', destination: client })).toMatchObject({
      verdict: 'not-reachable',
      component: one.igw,
    });
  });

  it('a foreign public address as such is unknown, a private one refused', () => {
    const one = facing();
    expect(ask(one.draft, { from: one.client, destination: client }).verdict).toBe('unknown');
    for (const destination of ['10.200.0.1', '100.127.255.255', '192.168.0.1']) {
      expect(ask(one.draft, { from: one.client, to: 'internet', destination })).toMatchObject({
        verdict: 'not-reachable',
        component: one.igw,
      });
    }
  });

  it('reflection: a public address of the same VPC sees the caller’s public address, no group', () => {
    const one = facing({ ingress: [{ protocol: 'tcp', from: 443, peers: [`${PUBLIC_A}/32`] }] });
    expect(ask(one.draft, { from: one.client, destination: PUBLIC_B }).verdict).toBe('reachable');
    const two = site(0);
    withAcls(two);
    const igw = addInternetGateway(two.draft, two.vpc);
    const route = [{ to: '0.0.0.0/0', via: igw }];
    withTables(two, { a: route, b: route });
    const own = addGroup(two.draft, two.vpc, {});
    const byReference = addGroup(two.draft, two.vpc, { ingress: [{ protocol: 'tcp', from: 443, peers: [own] }] });
    const caller = addHost(two.draft, two.a, { addresses: ['10.0.1.10'], publicAddresses: [PUBLIC_A], groups: [own] });
    const callee = addHost(two.draft, two.b, {
      addresses: ['10.0.2.20'],
      publicAddresses: [PUBLIC_B],
      groups: [byReference],
    });
    expect(ask(two.draft, { from: caller, destination: '10.0.2.20' }).verdict).toBe('reachable');
    expect(ask(two.draft, { from: caller, destination: PUBLIC_B })).toMatchObject({
      verdict: 'not-reachable',
      component: callee.id,
    });
  });
});

describe('NAT gateways', () => {
  function behindNat(options: { natRoute?: boolean; natState?: string; natAcl?: Parameters<typeof withAcls>[1] } = {}) {
    const one = site(0);
    withAcls(one, options.natAcl);
    const igw = addInternetGateway(one.draft, one.vpc);
    const nat = addNatGateway(one.draft, one.a, {
      address: '10.0.1.5',
      publicAddress: '203.0.113.5',
      ...(options.natState === undefined ? {} : { state: options.natState }),
    });
    const tables = withTables(one, {
      a: options.natRoute === false ? [] : [{ to: '0.0.0.0/0', via: igw }],
      b: [{ to: '0.0.0.0/0', via: nat.id }],
    });
    const { client: near, server } = withHosts(one, { publicA: PUBLIC_A });
    return { ...one, near, server, nat, igw, tables };
  }

  it('bring a private subnet to the internet, for TCP, UDP and ICMP', () => {
    const one = behindNat();
    const question = { from: one.server, to: 'internet', destination: client };
    expect(ask(one.draft, question).verdict).toBe('reachable');
    expect(ask(one.draft, { ...question, protocol: 17 }).verdict).toBe('reachable');
    expect(ask(one.draft, { ...question, protocol: 1 }).verdict).toBe('reachable');
    expect(ask(one.draft, { ...question, protocol: 50 })).toMatchObject({
      verdict: 'not-reachable',
      component: one.nat.id,
    });
  });

  it('need a route of their own subnet and state available', () => {
    const noRoute = behindNat({ natRoute: false });
    expect(ask(noRoute.draft, { from: noRoute.server, to: 'internet', destination: client })).toMatchObject({
      verdict: 'not-reachable',
      component: noRoute.tables.a,
    });
    const gone = behindNat({ natState: 'deleted' });
    expect(ask(gone.draft, { from: gone.server, to: 'internet', destination: client }).component).toBe(gone.nat.id);
  });

  it('pick a port from all of 1024–65535, so a narrower return rule works for some flows only', () => {
    const narrow = behindNat({
      natAcl: {
        a: {
          ingress: [
            [90, 'allow', 6, '10.0.0.0/16', 443],
            [100, 'allow', 6, '0.0.0.0/0', 32768, 61000],
          ],
        },
      },
    });
    expect(ask(narrow.draft, { from: narrow.server, to: 'internet', destination: client })).toMatchObject({
      verdict: 'unknown',
      intermittent: true,
    });
  });

  it('are no destination, by whichever address', () => {
    const one = behindNat();
    for (const [from, destination] of [
      [one.near, '10.0.1.5'],
      [one.server, '10.0.1.5'],
      [one.near, '203.0.113.5'],
      ['internet', '203.0.113.5'],
    ] as const) {
      for (const protocol of [6, 17, 1]) {
        expect(ask(one.draft, { from, destination, protocol })).toMatchObject({
          verdict: 'not-reachable',
          component: one.nat.id,
        });
      }
    }
  });

  it('in the client’s own subnet route back to themselves', () => {
    const one = site(0);
    withAcls(one);
    addInternetGateway(one.draft, one.vpc);
    const nat = addNatGateway(one.draft, one.a, { address: '10.0.1.5', publicAddress: '203.0.113.5' });
    withTables(one, { a: [{ to: '0.0.0.0/0', via: nat.id }] });
    const { client: near } = withHosts(one);
    expect(ask(one.draft, { from: near, to: 'internet', destination: client })).toMatchObject({
      verdict: 'not-reachable',
      component: nat.id,
    });
  });

  it('private ones have no way to the internet', () => {
    const one = site(0);
    withAcls(one);
    const igw = addInternetGateway(one.draft, one.vpc);
    const nat = addNatGateway(one.draft, one.a, { address: '10.0.1.5' });
    withTables(one, { a: [{ to: '0.0.0.0/0', via: igw }], b: [{ to: '0.0.0.0/0', via: nat.id }] });
    const { server } = withHosts(one);
    expect(ask(one.draft, { from: server, to: 'internet', destination: client })).toMatchObject({
      verdict: 'not-reachable',
      component: igw,
    });
  });

  it('hide the caller from a public address of the same estate', () => {
    const one = behindNat();
    const { draft, vpc, a } = one;
    const group = addGroup(draft, vpc, { ingress: [{ protocol: 'tcp', from: 443, peers: ['203.0.113.5/32'] }] });
    addHost(draft, a, { addresses: ['10.0.1.30'], publicAddresses: ['203.0.113.30'], groups: [group] });
    expect(ask(draft, { from: one.server, destination: '203.0.113.30' }).verdict).toBe('reachable');
    expect(ask(draft, { from: one.near, destination: '203.0.113.30' }).verdict).toBe('not-reachable');
  });

  it('regional ones serve the zones they are registered in', () => {
    const one = site(0);
    withAcls(one);
    const igw = addInternetGateway(one.draft, one.vpc);
    const routeTableId = nextId(one.draft, 'rtb');
    addTable(one.draft, one.vpc, { id: routeTableId, routes: [{ to: '0.0.0.0/0', via: igw }] });
    const nat = addRegionalNatGateway(one.draft, one.vpc, {
      routeTableId,
      addresses: [{ zone: 'euw1-az1', publicAddress: '203.0.113.6' }],
    });
    const route = [{ to: '0.0.0.0/0', via: nat }];
    withTables(one, { a: route, b: route });
    const { client: near, server } = withHosts(one);
    expect(ask(one.draft, { from: near, to: 'internet', destination: client }).verdict).toBe('reachable');
    expect(ask(one.draft, { from: server, to: 'internet', destination: client })).toMatchObject({
      verdict: 'unknown',
      component: nat,
    });
  });
});

describe('the edge table of an internet gateway', () => {
  function withEdge(target: 'appliance' | 'endpoint', routeBack: 'through' | 'around') {
    const one = site(0);
    const { draft, vpc, b } = one;
    const c = addSubnet(draft, vpc, { cidr: '10.0.3.0/24', zone: 'euw1-az1' });
    withAcls(one);
    withAcls({ ...one, a: c, b: c });
    const igw = addInternetGateway(draft, vpc);
    const middle =
      target === 'endpoint'
        ? addInspectionEndpoint(draft, c, '10.0.3.5')
        : addNic(draft, c, { addresses: ['10.0.3.5'], groups: [one.open], sourceDestCheck: false }).id;
    addTable(draft, vpc, { gatewayId: igw, routes: [{ to: '10.0.2.0/24', via: middle }] });
    addTable(draft, vpc, { subnets: [c], routes: [{ to: '0.0.0.0/0', via: igw }] });
    addTable(draft, vpc, { subnets: [b], routes: [{ to: '0.0.0.0/0', via: routeBack === 'through' ? middle : igw }] });
    withHosts(one, { publicB: PUBLIC_B });
    return { draft, middle, igw };
  }

  it('leads through an appliance whose verdict nobody knows', () => {
    const byAppliance = withEdge('appliance', 'through');
    expect(ask(byAppliance.draft, { from: 'internet', destination: PUBLIC_B })).toMatchObject({
      verdict: 'unknown',
      component: byAppliance.middle,
    });
    const byEndpoint = withEdge('endpoint', 'through');
    expect(ask(byEndpoint.draft, { from: 'internet', destination: PUBLIC_B })).toMatchObject({
      verdict: 'unknown',
      component: byEndpoint.middle,
    });
  });
});

describe('VPC Block Public Access', () => {
  type Mode = 'off' | 'block-bidirectional' | 'block-ingress';

  /** NAT gateway and public host in subnet a, private host in subnet b; the mode is told by options and exclusions. */
  function blocked(mode: Mode, exclusion?: { of: 'a' | 'vpc'; mode: string; state?: string }) {
    const one = site(0);
    const { draft, vpc, a } = one;
    withAcls(one);
    show(draft, [home], 'vpcBlockPublicAccessOptions', { InternetGatewayBlockMode: mode, State: 'update-complete' });
    if (exclusion !== undefined) {
      show(draft, [home], 'vpcBlockPublicAccessExclusions', {
        ExclusionId: 'vpcbpa-exclude-00000000000000001',
        InternetGatewayExclusionMode: exclusion.mode,
        ResourceArn: `arn:aws:ec2:eu-west-1:111122223333:${exclusion.of === 'a' ? `subnet/${a.id}` : `vpc/${vpc.id}`}`,
        State: exclusion.state ?? 'create-complete',
      });
    }
    const igw = addInternetGateway(draft, vpc);
    const nat = addNatGateway(draft, a, { address: '10.0.1.5', publicAddress: '203.0.113.5' });
    withTables(one, { a: [{ to: '0.0.0.0/0', via: igw }], b: [{ to: '0.0.0.0/0', via: nat.id }] });
    const hosts = withHosts(one, { publicA: PUBLIC_A });
    const verdict = (question: Parameters<typeof ask>[1]): string => ask(draft, question).verdict;
    return {
      inbound: verdict({ from: 'internet', destination: PUBLIC_A }),
      outbound: verdict({ from: hosts.client, to: 'internet', destination: client }),
      nat: verdict({ from: hosts.server, to: 'internet', destination: client }),
    };
  }

  it.each<[Mode, Parameters<typeof blocked>[1], string, string, string]>([
    ['off', undefined, 'reachable', 'reachable', 'reachable'],
    ['block-bidirectional', undefined, 'not-reachable', 'not-reachable', 'not-reachable'],
    ['block-ingress', undefined, 'not-reachable', 'not-reachable', 'reachable'],
    ['block-bidirectional', { of: 'a', mode: 'allow-bidirectional' }, 'reachable', 'reachable', 'reachable'],
    ['block-bidirectional', { of: 'vpc', mode: 'allow-bidirectional' }, 'reachable', 'reachable', 'reachable'],
    ['block-bidirectional', { of: 'a', mode: 'allow-egress' }, 'not-reachable', 'not-reachable', 'reachable'],
    ['block-ingress', { of: 'vpc', mode: 'allow-bidirectional' }, 'reachable', 'reachable', 'reachable'],
    [
      'block-bidirectional',
      { of: 'a', mode: 'allow-bidirectional', state: 'delete-complete' },
      'not-reachable',
      'not-reachable',
      'not-reachable',
    ],
  ])('%s with exclusion %o', (mode, exclusion, inbound, outbound, nat) => {
    expect(blocked(mode, exclusion)).toEqual({ inbound, outbound, nat });
  });
});

describe('IPv6', () => {
  const outside = '2001:db8:ffff::7';
  const V6: readonly DraftRule[] = [everything];

  function dual(target: 'igw' | 'eigw') {
    const one = site(0);
    withAcls(one);
    const igw = addInternetGateway(one.draft, one.vpc);
    const eigw = addEgressOnlyGateway(one.draft, one.vpc);
    withTables(one, { b: [{ to: '::/0', via: target === 'igw' ? igw : eigw }] });
    const { server } = withHosts(one, { ingress: V6 });
    return { draft: one.draft, server, igw, eigw };
  }

  it('a global address behind an internet gateway is public', () => {
    const one = dual('igw');
    expect(ask(one.draft, { from: 'internet', source: outside, destination: '2001:db8:0:2::20' }).verdict).toBe(
      'reachable',
    );
    expect(
      ask(one.draft, { from: one.server, source: '2001:db8:0:2::20', to: 'internet', destination: outside }).verdict,
    ).toBe('reachable');
  });

  it('an interface may deny internet gateways altogether', () => {
    const one = site(0);
    withAcls(one);
    const igw = addInternetGateway(one.draft, one.vpc);
    withTables(one, { b: [{ to: '::/0', via: igw }] });
    const host = addHost(one.draft, one.b, {
      addresses: ['10.0.2.30'],
      ipv6Addresses: ['2001:db8:0:2::30'],
      groups: [one.open],
      denyAllIgwTraffic: true,
    });
    for (const question of [
      { from: 'internet', source: outside, destination: '2001:db8:0:2::30' },
      { from: host, source: '2001:db8:0:2::30', to: 'internet', destination: outside },
    ] as const) {
      expect(ask(one.draft, question)).toMatchObject({ verdict: 'not-reachable', component: igw });
    }
  });

  it('an egress-only gateway lets out and not in', () => {
    const one = dual('eigw');
    expect(
      ask(one.draft, { from: one.server, source: '2001:db8:0:2::20', to: 'internet', destination: outside }).verdict,
    ).toBe('reachable');
    expect(ask(one.draft, { from: 'internet', source: outside, destination: '2001:db8:0:2::20' })).toMatchObject({
      verdict: 'not-reachable',
      component: one.eigw,
    });
  });

  it('NAT64 carries IPv6 to IPv4', () => {
    const one = site(0);
    withAcls(one);
    const igw = addInternetGateway(one.draft, one.vpc);
    const nat = addNatGateway(one.draft, one.a, { address: '10.0.1.5', publicAddress: '203.0.113.5' });
    withTables(one, { a: [{ to: '0.0.0.0/0', via: igw }], b: [{ to: '64:ff9b::/96', via: nat.id }] });
    const { server } = withHosts(one);
    const question = {
      from: server,
      source: '2001:db8:0:2::20',
      to: 'internet',
      destination: '64:ff9b::c633:6407',
    };
    expect(ask(one.draft, question).verdict).toBe('reachable');
    expect(ask(one.draft, { ...question, protocol: 58, icmp: [128, 0] }).verdict).toBe('unknown');
  });
});
