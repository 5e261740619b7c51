import { describe, expect, it } from 'vitest';
import type { DraftEntry } from './estate/filters.ts';
import { addHost } from './estate/hosts.ts';
import { ask, site, withAcls, withHosts, withTables } from './estate/pair.ts';
import type { Simulation } from './simulator/simulate.ts';

type Acls = NonNullable<Parameters<typeof withAcls>[1]>;
type Question = Omit<Parameters<typeof ask>[1], 'from' | 'destination'>;

function between(acls: Acls, question: Question = {}): Simulation & { a: string; b: string } {
  const one = site();
  const ids = withAcls(one, acls);
  withTables(one);
  const { client } = withHosts(one);
  return { ...ask(one.draft, { from: client, destination: '10.0.2.20', ...question }), ...ids };
}

const https: DraftEntry = [100, 'allow', 6, '0.0.0.0/0', 443];
const ephemeral: DraftEntry = [100, 'allow', 6, '0.0.0.0/0', 1024, 65535];

describe('a network ACL', () => {
  it('decides by the lowest rule number, however the answer is ordered', () => {
    const deny: DraftEntry = [90, 'deny', 6, '10.0.1.0/24', 443];
    expect(between({ b: { ingress: [https, deny] } })).toMatchObject({ verdict: 'not-reachable' });
    expect(between({ b: { ingress: [[110, 'deny', 6, '10.0.1.0/24', 443], https] } }).verdict).toBe('reachable');
  });

  it.each<[string, readonly DraftEntry[], string]>([
    ['a denied sub-CIDR', [[90, 'deny', -1, '10.0.1.8/29'], https], 'not-reachable'],
    ['a denied neighbour', [[90, 'deny', -1, '10.0.1.16/29'], https], 'reachable'],
    ['a denied sub-range', [[90, 'deny', 6, '0.0.0.0/0', 400, 443], https], 'not-reachable'],
    ['a denied range that ends before', [[90, 'deny', 6, '0.0.0.0/0', 400, 442], https], 'reachable'],
    ['no rule at all', [], 'not-reachable'],
    ['a rule for all protocols, whose ports count for nothing', [[100, 'allow', -1, '0.0.0.0/0', 1, 1]], 'reachable'],
    ['IPv6 alone', [[100, 'allow', -1, '::/0']], 'not-reachable'],
  ])('with %s', (_, ingress, verdict) => {
    const answer = between({ b: { ingress } });
    expect(answer.verdict).toBe(verdict);
    if (verdict === 'not-reachable') expect(answer.component).toBe(answer.b);
  });

  it('of the source subnet judges the packet by its destination on the way out', () => {
    const answer = between({ a: { egress: [[100, 'allow', 6, '10.0.3.0/24', 443]] } });
    expect(answer).toMatchObject({ verdict: 'not-reachable', component: answer.a });
  });

  it.each<[string, DraftEntry, number, string]>([
    ['all ephemeral ports', ephemeral, 1024, 'reachable'],
    ['the ports of Linux', [100, 'allow', 6, '0.0.0.0/0', 32768, 61000], 50_000, 'reachable'],
    [
      'the ports of Linux, for a client of Windows',
      [100, 'allow', 6, '0.0.0.0/0', 32768, 61000],
      62_000,
      'not-reachable',
    ],
    ['privileged ports only', [100, 'allow', 6, '0.0.0.0/0', 0, 1023], 50_000, 'not-reachable'],
  ])('admits the reply with %s', (_, egress, sourcePort, verdict) => {
    const answer = between({ b: { ingress: [https], egress: [egress] } }, { sourcePort });
    expect(answer.verdict).toBe(verdict);
    if (verdict === 'reachable') return;
    expect(answer.component).toBe(answer.b);
    expect(answer.log.at(-1)?.direction).toBe('return');
  });

  it('of the source subnet judges the reply on the way in', () => {
    const answer = between({ a: { ingress: [https] } });
    expect(answer).toMatchObject({ verdict: 'not-reachable', component: answer.a });
    expect(answer.log.at(-1)?.direction).toBe('return');
  });

  it('that admits the echo request and not the echo reply cuts ping', () => {
    const request: DraftEntry = [100, 'allow', 1, '0.0.0.0/0', 8, -1];
    const reply: DraftEntry = [100, 'allow', 1, '0.0.0.0/0', 0, -1];
    const ping = { protocol: 1 } as const;
    expect(between({ b: { ingress: [request], egress: [reply] } }, ping).verdict).toBe('reachable');
    expect(between({ b: { ingress: [request], egress: [request] } }, ping).verdict).toBe('not-reachable');
  });

  it('knows protocols by number, and UDP replies', () => {
    expect(between({ b: { ingress: [[100, 'allow', 50, '0.0.0.0/0']] } }, { protocol: 50 }).verdict).toBe('reachable');
    expect(between({ b: { ingress: [[100, 'allow', 47, '0.0.0.0/0']] } }, { protocol: 50 }).verdict).toBe(
      'not-reachable',
    );
    const udp: DraftEntry = [100, 'allow', 17, '0.0.0.0/0', 53];
    expect(between({ b: { ingress: [udp], egress: [udp] } }, { protocol: 17, port: 53 }).verdict).toBe('not-reachable');
  });

  it('is not asked inside a subnet', () => {
    const one = site();
    withAcls(one, { a: { ingress: [], egress: [] } });
    withTables(one);
    const { client } = withHosts(one);
    addHost(one.draft, one.a, { addresses: ['10.0.1.11'], groups: [one.open] });
    expect(ask(one.draft, { from: client, destination: '10.0.1.11' }).verdict).toBe('reachable');
  });

  it('without an IPv6 rule denies all IPv6', () => {
    const one = site();
    const { b } = withAcls(one, { b: { ingress: [[100, 'allow', -1, '0.0.0.0/0']] } });
    withTables(one);
    const { client } = withHosts(one);
    const answer = ask(one.draft, { from: client, source: '2001:db8:0:1::10', destination: '2001:db8:0:2::20' });
    expect(answer).toMatchObject({ verdict: 'not-reachable', component: b });
  });
});
