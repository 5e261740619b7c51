import { describe, expect, it } from 'vitest';
import { miss } from './estate/draft.ts';
import { addPrefixList } from './estate/filters.ts';
import { addNatGateway, addPeering, addVpnGateway } from './estate/gateways.ts';
import { addHost, addNic } from './estate/hosts.ts';
import { ask, home, type Site, site, withAcls, withHosts, withTables } from './estate/pair.ts';
import { addTable, type DraftRoute } from './estate/routes.ts';
import { addSubnet, addVpc } from './estate/vpc.ts';

/** Two peered VPCs; `routes` are those of the client's subnet. */
function peered(routes: (peering: string, one: Site) => readonly DraftRoute[]) {
  const one = site(0);
  const two = site(1, one.draft);
  const pcx = addPeering(one.draft, one.vpc, two.vpc);
  withAcls(one);
  withAcls(two);
  const tables = withTables(one, { a: routes(pcx, one) });
  withTables(two, { b: [{ to: '10.0.0.0/16', via: pcx }] });
  const { client } = withHosts(one);
  withHosts(two);
  return { draft: one.draft, client, tables, pcx };
}

describe('route selection', () => {
  it('takes the longest prefix', () => {
    const igw = 'igw-00000000000000001';
    const good = peered((pcx) => [
      { to: '10.0.0.0/8', via: igw },
      { to: '10.1.2.0/24', via: pcx },
    ]);
    expect(ask(good.draft, { from: good.client, destination: '10.1.2.20' }).verdict).toBe('reachable');
    const bad = peered((pcx) => [
      { to: '10.1.2.0/24', via: igw, state: 'blackhole' },
      { to: '10.1.0.0/16', via: pcx },
    ]);
    expect(ask(bad.draft, { from: bad.client, destination: '10.1.2.20' })).toMatchObject({
      verdict: 'not-reachable',
      component: bad.tables.a,
      reason: `black hole ${igw}`,
    });
  });

  it('prefers static to prefix list to propagated at equal length', () => {
    const one = site(0);
    const two = site(1, one.draft);
    const { draft } = one;
    const pcx = addPeering(draft, one.vpc, two.vpc);
    const vgw = addVpnGateway(draft, one.vpc);
    const list = addPrefixList(draft, home, ['10.1.2.0/24']);
    withAcls(one);
    withAcls(two);
    withTables(two, { b: [{ to: '10.0.0.0/16', via: pcx }] });
    withTables(one, {
      a: [
        { to: '10.1.2.0/24', via: vgw, propagated: true },
        { to: '10.1.2.0/24', via: pcx },
      ],
      b: [
        { to: '10.1.2.0/24', via: vgw, propagated: true },
        { to: list, via: pcx },
      ],
    });
    const { client, server } = withHosts(one);
    withHosts(two);
    expect(ask(draft, { from: client, destination: '10.1.2.20' }).verdict).toBe('reachable');
    expect(ask(draft, { from: server, destination: '10.1.2.20' }).verdict).toBe('reachable');
  });

  it('does not install filtered routes', () => {
    const { draft, client, tables } = peered((pcx) => [{ to: '10.1.0.0/16', via: pcx, state: 'filtered' }]);
    expect(ask(draft, { from: client, destination: '10.1.2.20' })).toMatchObject({
      verdict: 'not-reachable',
      component: tables.a,
      reason: 'no route',
    });
  });

  it('of overlapping prefix lists with different targets is AWS’s choice', () => {
    const one = site(0);
    const two = site(1, one.draft);
    const three = site(2, one.draft);
    const { draft } = one;
    const right = addPeering(draft, one.vpc, two.vpc);
    const wrong = addPeering(draft, one.vpc, three.vpc);
    const lists = [addPrefixList(draft, home, ['10.1.0.0/16']), addPrefixList(draft, home, ['10.1.0.0/16'])] as const;
    withAcls(one);
    withAcls(two);
    withTables(two, { b: [{ to: '10.0.0.0/16', via: right }] });
    withTables(one, {
      a: [
        { to: lists[0], via: right },
        { to: lists[1], via: wrong },
      ],
    });
    const { client } = withHosts(one);
    withHosts(two);
    expect(ask(draft, { from: client, destination: '10.1.2.20' })).toMatchObject({
      verdict: 'unknown',
      intermittent: true,
      component: wrong,
    });
  });

  it('with a prefix list that could not be read is not known', () => {
    const one = site(0);
    const two = site(1, one.draft);
    const pcx = addPeering(one.draft, one.vpc, two.vpc);
    const list = addPrefixList(one.draft, home, []);
    miss(one.draft, home, 'managedPrefixListEntries', list);
    withAcls(one);
    withAcls(two);
    withTables(two, { b: [{ to: '10.0.0.0/16', via: pcx }] });
    withTables(one, { a: [{ to: list, via: pcx }] });
    const { client } = withHosts(one);
    withHosts(two);
    expect(ask(one.draft, { from: client, destination: '10.1.2.20' }).verdict).toBe('unknown');
  });

  it('falls back to the main table of the VPC, not of another', () => {
    const one = site(0);
    const two = site(1, one.draft);
    const { draft } = one;
    const pcx = addPeering(draft, one.vpc, two.vpc);
    withAcls(one);
    withAcls(two);
    addTable(draft, two.vpc, { main: true, routes: [{ to: '10.0.0.0/16', via: pcx }] });
    const main = addTable(draft, one.vpc, { main: true });
    const { client } = withHosts(one);
    const other = withHosts(two);
    expect(ask(draft, { from: client, destination: '10.1.2.20' })).toMatchObject({
      verdict: 'not-reachable',
      component: main,
    });
    const answer = ask(draft, { from: other.client, destination: '10.0.2.20' });
    expect(answer).toMatchObject({ verdict: 'not-reachable', component: main });
    expect(answer.log.at(-1)?.direction).toBe('return');
  });
});

describe('the local route', () => {
  it('covers secondary blocks', () => {
    const one = site(0);
    const { draft } = one;
    const vpc = addVpc(draft, home, { cidrs: ['10.8.0.0/24', '10.9.0.0/24'] });
    const near = addSubnet(draft, vpc, { cidr: '10.8.0.0/25', zone: 'euw1-az1' });
    const far = addSubnet(draft, vpc, { cidr: '10.9.0.0/25', zone: 'euw1-az1' });
    const both = { ...one, vpc, a: near, b: far };
    withAcls(both);
    withTables(both);
    const client = addHost(draft, near, { addresses: ['10.8.0.10'], groups: [one.open] });
    addHost(draft, far, { addresses: ['10.9.0.10'], groups: [one.open] });
    expect(ask(draft, { from: client, destination: '10.9.0.10' }).verdict).toBe('reachable');
    expect(ask(draft, { from: client, destination: '10.9.0.11' })).toMatchObject({
      verdict: 'not-reachable',
      component: vpc.id,
    });
  });

  it('yields to a more specific route to an appliance, beyond which nothing is known', () => {
    const one = site(0);
    const { draft, vpc } = one;
    const c = addSubnet(draft, vpc, { cidr: '10.0.3.0/24', zone: 'euw1-az1' });
    withAcls(one);
    withAcls({ ...one, a: c, b: c });
    const appliance = addNic(draft, c, { addresses: ['10.0.3.5'], groups: [one.open], sourceDestCheck: false });
    const checked = addNic(draft, c, { addresses: ['10.0.3.6'], groups: [one.open] });
    withTables(one, {
      a: [{ to: '10.0.2.0/24', via: appliance.id }],
      b: [{ to: '10.0.1.0/24', via: checked.id }],
    });
    const { client, server } = withHosts(one);
    expect(ask(draft, { from: client, destination: '10.0.2.20' })).toMatchObject({
      verdict: 'unknown',
      component: appliance.id,
    });
    expect(ask(draft, { from: server, destination: '10.0.1.10' })).toMatchObject({
      verdict: 'not-reachable',
      component: checked.id,
    });
  });

  it('may lead through a NAT gateway inside the VPC', () => {
    const one = site(0);
    const { draft, vpc } = one;
    const c = addSubnet(draft, vpc, { cidr: '10.0.3.0/24', zone: 'euw1-az1' });
    withAcls(one);
    withAcls({ ...one, a: c, b: c });
    const nat = addNatGateway(draft, c, { address: '10.0.3.5' });
    withTables(one, { a: [{ to: '10.0.2.0/24', via: nat.id }] });
    addTable(draft, vpc, { subnets: [c] });
    const { client } = withHosts(one, { ingress: [{ protocol: 'tcp', from: 443, peers: ['10.0.3.5/32'] }] });
    expect(ask(draft, { from: client, destination: '10.0.2.20' }).verdict).toBe('reachable');
  });
});

it('a route target that is not known is unknown, never "no route"', () => {
  const { draft, client } = peered(() => [{ to: '10.1.0.0/16', via: 'xyz-00000000000000001' }]);
  expect(ask(draft, { from: client, destination: '10.1.2.20' })).toMatchObject({
    verdict: 'unknown',
    component: 'xyz-00000000000000001',
  });
});

it('a route to the interface of a stopped instance leads nowhere', () => {
  const one = site(0);
  const { draft, vpc } = one;
  const c = addSubnet(draft, vpc, { cidr: '10.0.3.0/24', zone: 'euw1-az1' });
  withAcls(one);
  withAcls({ ...one, a: c, b: c });
  const appliance = addHost(draft, c, {
    addresses: ['10.0.3.5'],
    groups: [one.open],
    sourceDestCheck: false,
    state: 'stopped',
  });
  withTables(one, { a: [{ to: '10.0.2.0/24', via: appliance.instanceId ?? '', interfaceId: appliance.id }] });
  const { client } = withHosts(one);
  expect(ask(draft, { from: client, destination: '10.0.2.20' })).toMatchObject({
    verdict: 'not-reachable',
    component: appliance.instanceId,
  });
});

it('tables that are not in the snapshot leave the verdict unknown', () => {
  const one = site(0);
  withAcls(one);
  const { client } = withHosts(one);
  expect(ask(one.draft, { from: client, destination: '10.0.2.20' }).verdict).toBe('unknown');
});
