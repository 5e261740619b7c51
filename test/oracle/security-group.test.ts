import { describe, expect, it } from 'vitest';
import { miss, show } from './estate/draft.ts';
import { addGroup, addPrefixList, type DraftRule, everything, reserveGroup } from './estate/filters.ts';
import { addHost, addInstance, addNic, type DraftNic } from './estate/hosts.ts';
import { ask, home, type Site, site, withAcls, withHosts, withTables } from './estate/pair.ts';
import type { Simulation } from './simulator/simulate.ts';

function network(rules: { egress?: readonly DraftRule[]; ingress?: readonly DraftRule[] }): Site & {
  client: DraftNic;
  server: DraftNic;
} {
  const one = site();
  withAcls(one);
  withTables(one);
  return { ...one, ...withHosts(one, rules) };
}

const tcp = (port: number, ...peers: readonly string[]): DraftRule => ({ protocol: 'tcp', from: port, peers });

type Question = Omit<Parameters<typeof ask>[1], 'from' | 'destination'>;

const verdictOf = (
  rules: { egress?: readonly DraftRule[]; ingress?: readonly DraftRule[] },
  question: Question = {},
): Simulation & { client: string; server: string } => {
  const { draft, client, server } = network(rules);
  return {
    ...ask(draft, { from: client, destination: '10.0.2.20', ...question }),
    client: client.id,
    server: server.id,
  };
};

describe('outbound rules', () => {
  it('admit what they list', () => {
    expect(verdictOf({ egress: [tcp(443, '10.0.2.0/24')] })).toMatchObject({ verdict: 'reachable' });
  });

  it('deny what they do not list', () => {
    const answer = verdictOf({ egress: [tcp(443, '10.0.3.0/24')] });
    expect(answer).toMatchObject({ verdict: 'not-reachable', component: answer.client });
  });
});

describe('inbound rules', () => {
  it.each<[string, DraftRule, Question, string]>([
    ['the port', tcp(443, '10.0.1.0/24'), {}, 'reachable'],
    ['another port', tcp(22, '10.0.1.0/24'), {}, 'not-reachable'],
    ['another source', tcp(443, '10.0.2.0/24'), {}, 'not-reachable'],
    ['-1 whatever its ports', { protocol: '-1', from: 22, to: 22, peers: ['10.0.0.0/8'] }, {}, 'reachable'],
    [
      'protocol 50 whatever its ports',
      { protocol: '50', from: 1, to: 1, peers: ['10.0.0.0/8'] },
      { protocol: 50 },
      'reachable',
    ],
    ['protocol 47 for 50', { protocol: '47', peers: ['10.0.0.0/8'] }, { protocol: 50 }, 'not-reachable'],
    [
      'the first port of a range',
      { protocol: 'udp', from: 0, to: 0, peers: ['0.0.0.0/0'] },
      { protocol: 17, port: 0 },
      'reachable',
    ],
    [
      'the last port of a range',
      { protocol: 'udp', from: 9, to: 65535, peers: ['0.0.0.0/0'] },
      { protocol: 17, port: 65535 },
      'reachable',
    ],
    [
      'one below a range',
      { protocol: 'udp', from: 9, to: 65535, peers: ['0.0.0.0/0'] },
      { protocol: 17, port: 8 },
      'not-reachable',
    ],
    ['echo by type and code', { protocol: 'icmp', from: 8, to: 0, peers: ['0.0.0.0/0'] }, { protocol: 1 }, 'reachable'],
    ['any code', { protocol: 'icmp', from: 8, to: -1, peers: ['0.0.0.0/0'] }, { protocol: 1 }, 'reachable'],
    ['another type', { protocol: 'icmp', from: 0, to: 0, peers: ['0.0.0.0/0'] }, { protocol: 1 }, 'not-reachable'],
    ['IPv6 only', tcp(443, '::/0'), {}, 'not-reachable'],
  ])('with %s', (_, rule, question, verdict) => {
    const answer = verdictOf({ ingress: [rule] }, question);
    expect(answer.verdict).toBe(verdict);
    if (verdict === 'not-reachable') expect(answer.component).toBe(answer.server);
  });

  it('icmpv6 without ports means all types', () => {
    const { draft, client, server } = network({ ingress: [{ protocol: 'icmpv6', peers: ['::/0'] }] });
    const answer = ask(draft, {
      from: client,
      source: '2001:db8:0:1::10',
      destination: '2001:db8:0:2::20',
      protocol: 58,
      icmp: [128, 0],
    });
    expect(answer.verdict).toBe('reachable');
    expect(server.ipv6Addresses).toEqual(['2001:db8:0:2::20']);
  });

  it('are the union of all groups of the interface, and none of a group without rules', () => {
    const { draft, vpc, b, client } = network({});
    const empty = addGroup(draft, vpc, { ingress: [] });
    const https = addGroup(draft, vpc, { ingress: [tcp(443, '10.0.0.0/8')] });
    addHost(draft, b, { addresses: ['10.0.2.30'], groups: [empty, https] });
    const alone = addHost(draft, b, { addresses: ['10.0.2.31'], groups: [empty] });
    expect(ask(draft, { from: client, destination: '10.0.2.30' }).verdict).toBe('reachable');
    expect(ask(draft, { from: client, destination: '10.0.2.31' })).toMatchObject({
      verdict: 'not-reachable',
      component: alone.id,
    });
  });

  it('are those of the interface addressed, not of the instance', () => {
    const { draft, vpc, a, b, client, open } = network({});
    const closed = addGroup(draft, vpc, { ingress: [] });
    const instanceId = addInstance(draft, home);
    addNic(draft, b, { addresses: ['10.0.2.40'], groups: [open], instanceId });
    const second = addNic(draft, a, { addresses: ['10.0.1.40'], groups: [closed], instanceId, deviceIndex: 1 });
    expect(ask(draft, { from: client, destination: '10.0.2.40' }).verdict).toBe('reachable');
    expect(ask(draft, { from: client, destination: '10.0.1.40' })).toMatchObject({
      verdict: 'not-reachable',
      component: second.id,
    });
  });
});

describe('references', () => {
  it('match members of the group in the same VPC, inbound and outbound, across subnets', () => {
    const one = site();
    withAcls(one);
    withTables(one);
    const { draft, vpc, a, b } = one;
    const self = reserveGroup(draft);
    addGroup(draft, vpc, { ingress: [tcp(443, self)], egress: [tcp(443, self)] }, { id: self });
    const client = addHost(draft, a, { addresses: ['10.0.1.10'], groups: [self] });
    const stranger = addHost(draft, a, { addresses: ['10.0.1.11'], groups: [one.open] });
    const member = addHost(draft, b, { addresses: ['10.0.2.20'], groups: [self] });
    addHost(draft, b, { addresses: ['10.0.2.21'], groups: [one.open] });
    expect(ask(draft, { from: client, destination: '10.0.2.20' }).verdict).toBe('reachable');
    expect(ask(draft, { from: stranger, destination: '10.0.2.20' })).toMatchObject({
      verdict: 'not-reachable',
      component: member.id,
    });
    expect(ask(draft, { from: client, destination: '10.0.2.21' })).toMatchObject({
      verdict: 'not-reachable',
      component: client.id,
    });
  });

  it('to a group that nobody carries any more match nothing', () => {
    const answer = verdictOf({ ingress: [tcp(443, 'sg-0fffffffffffffff0')] });
    expect(answer).toMatchObject({ verdict: 'not-reachable', component: answer.server });
  });
});

describe('prefix lists', () => {
  it('count by their entries', () => {
    const { draft, vpc, b, client } = network({});
    const list = addPrefixList(draft, home, ['10.0.1.0/28', '192.0.2.0/24']);
    const group = addGroup(draft, vpc, { ingress: [tcp(443, list)] });
    addHost(draft, b, { addresses: ['10.0.2.30'], groups: [group] });
    expect(ask(draft, { from: client, destination: '10.0.2.30' }).verdict).toBe('reachable');
    const outside = addHost(draft, b, { addresses: ['10.0.2.99'], groups: [group] });
    expect(ask(draft, { from: outside, destination: '10.0.2.30' }).verdict).toBe('not-reachable');
  });

  it('that could not be read make the verdict unknown, but not where something else drops the packet', () => {
    const one = site();
    const acls = withAcls(one, { b: { egress: [[100, 'allow', 6, '0.0.0.0/0', 443]] } });
    withTables(one);
    const { draft, vpc, a, b } = one;
    const list = addPrefixList(draft, home, []);
    miss(draft, home, 'managedPrefixListEntries', list);
    const group = addGroup(draft, vpc, { ingress: [tcp(443, list)] });
    const near = addHost(draft, a, { addresses: ['10.0.1.11'], groups: [group] });
    addHost(draft, b, { addresses: ['10.0.2.30'], groups: [group] });
    const client = addHost(draft, a, { addresses: ['10.0.1.10'], groups: [one.open] });
    expect(ask(draft, { from: client, destination: '10.0.1.11' })).toMatchObject({
      verdict: 'unknown',
      intermittent: false,
      component: near.id,
    });
    const answer = ask(draft, { from: client, destination: '10.0.2.30' });
    expect(answer.verdict).toBe('not-reachable');
    expect(answer.components).toContain(acls.b);
  });
});

it('an interface whose group was not collected is unknown unless another group admits', () => {
  const { draft, b, client, open } = network({});
  addHost(draft, b, { addresses: ['10.0.2.50'], groups: ['sg-0eeeeeeeeeeeeeee0'] });
  addHost(draft, b, { addresses: ['10.0.2.51'], groups: ['sg-0eeeeeeeeeeeeeee0', open] });
  expect(ask(draft, { from: client, destination: '10.0.2.50' }).verdict).toBe('unknown');
  expect(ask(draft, { from: client, destination: '10.0.2.51' }).verdict).toBe('reachable');
});

it('a group made usable in a second VPC is a group of that VPC', () => {
  const one = site();
  const two = site(5, one.draft);
  withAcls(two);
  withTables(two);
  const { draft } = one;
  const shared = addGroup(draft, one.vpc, { ingress: [tcp(443, '10.5.1.0/24')] });
  show(draft, [home], 'securityGroupVpcAssociations', { GroupId: shared, VpcId: two.vpc.id, State: 'associated' });
  const client = addHost(draft, two.a, { addresses: ['10.5.1.10'], groups: [two.open] });
  addHost(draft, two.b, { addresses: ['10.5.2.20'], groups: [shared] });
  expect(ask(draft, { from: client, destination: '10.5.2.20' }).verdict).toBe('reachable');
  expect(ask(draft, { from: client, destination: '10.5.2.20', protocol: 17 }).verdict).toBe('not-reachable');
});

it('everything is admitted by the rule for everything', () => {
  expect(verdictOf({ ingress: [everything], egress: [everything] }, { protocol: 132 }).verdict).toBe('reachable');
});
