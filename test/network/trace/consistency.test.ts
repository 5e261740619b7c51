import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allow,
  allTraffic,
  type AclRule,
  deny,
  estate,
  icmp,
  type NetworkAclBuilder,
  snapshotOf,
  type SubnetBuilder,
  tcp,
  udp,
  type VpcBuilder,
} from '../../../mocks/builders.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import type { PacketHeaders, TraceQuery } from '../../../src/model/verdict/path.ts';
import { buildNetwork } from '../../../src/network/network.ts';
import { parseAddressSet, hasAddress } from '../../../src/network/sets/address-set.ts';
import type { Box } from '../../../src/network/sets/box.ts';
import { type Intervals, intervalsOfRanges } from '../../../src/network/sets/intervals.ts';
import { parseIpAddress } from '../../../src/network/sets/ip-address.ts';
import { everyIpv4Packet, sameTraffic, type Traffic, uniteAllTraffic } from '../../../src/network/sets/traffic.ts';
import { trace } from '../../../src/network/trace.ts';
import { lifted } from './lift.ts';
import { addressOf, sameLift } from './scenario.ts';
import { shuffled } from './shuffled.ts';

/** A generated network: what is drawn decides groups, ACLs, routes and connections. */
const cidr = fc.constantFrom(
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.1.0.0/16',
  '10.2.0.0/16',
  '10.1.0.0/24',
  '10.1.1.0/24',
  '198.51.100.0/24',
  '198.51.100.128/25',
);
const range = fc.tuple(fc.nat(5), fc.nat(3)).map(([from, size]) => [440 + from, 440 + from + size] as const);
const ephemeral = fc.constantFrom<readonly [number, number]>([0, 65_535], [1024, 65_535], [32_768, 61_000], [0, 1023]);
const rule = fc.oneof(
  fc.tuple(range, cidr).map(([ports, peer]) => tcp(ports, peer)),
  fc.tuple(range, cidr).map(([ports, peer]) => udp(ports, peer)),
  fc.tuple(ephemeral, cidr).map(([ports, peer]) => tcp(ports, peer)),
  cidr.map((peer) => allTraffic(peer)),
  fc.tuple(fc.constantFrom(0, 3, 8), cidr).map(([type, peer]) => icmp({ type, code: -1 }, peer)),
);
const aclRules = fc
  .array(fc.tuple(fc.boolean(), rule), { maxLength: 4 })
  .map((rules) => rules.map(([allows, one], index): AclRule => (allows ? allow : deny)(100 + index, one)));
const plan = fc.record({
  groups: fc.array(
    fc.record({
      ingress: fc.array(rule, { maxLength: 3 }),
      egress: fc.array(rule, { maxLength: 2 }),
      wide: fc.boolean(),
    }),
    { minLength: 2, maxLength: 2 },
  ),
  reference: fc.boolean(),
  acls: fc.array(fc.option(fc.record({ ingress: aclRules, egress: aclRules, open: fc.boolean() })), {
    minLength: 4,
    maxLength: 4,
  }),
  joint: fc.constantFrom('none', 'peering', 'transit', 'both'),
  back: fc.boolean(),
  nat: fc.boolean(),
  publicIps: fc.tuple(fc.boolean(), fc.boolean()),
  balancer: fc.option(fc.record({ preserve: fc.boolean(), crossZone: fc.boolean(), sick: fc.boolean() })),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

interface Built {
  readonly snapshot: Snapshot;
  readonly network: ReturnType<typeof buildNetwork>;
  readonly turned: ReturnType<typeof buildNetwork>;
  readonly ends: readonly string[];
}

function build(drawn: Plan): Built {
  const all = estate();
  const net = all.account('111122223333').region('eu-west-1');
  const vpcs = ['10.1.0.0/16', '10.2.0.0/16'].map((block) => net.vpc({ cidr: block })) as [VpcBuilder, VpcBuilder];
  const ends: string[] = ['internet', '198.51.100.200'];
  const subnets: SubnetBuilder[] = [];
  vpcs.forEach((vpc, v) => {
    const networkAcl = (index: number): { readonly networkAcl?: NetworkAclBuilder } => {
      const acl = drawn.acls[v * 2 + index];
      if (acl === null || acl === undefined) return {};
      const rest = acl.open ? [allow(200, allTraffic('0.0.0.0/0'))] : [];
      return { networkAcl: vpc.networkAcl({ ingress: [...acl.ingress, ...rest], egress: [...acl.egress, ...rest] }) };
    };
    const edge = vpc.publicSubnet({ cidr: `10.${v + 1}.0.0/24`, az: 'a', ...networkAcl(0) });
    const inner = vpc.subnet({ cidr: `10.${v + 1}.1.0/24`, az: v === 0 ? 'a' : 'b', ...networkAcl(1) });
    if (drawn.nat) vpc.routeTable({ routes: [['0.0.0.0/0', edge.natGateway()]] }).associate(inner);
    subnets.push(edge, inner);
    const own = drawn.groups[v];
    const group = vpc.securityGroup(`g${v}`, {
      ingress: own?.ingress ?? [],
      ...(own?.wide === true ? {} : { egress: own?.egress ?? [] }),
    });
    if (drawn.reference) group.ingress(tcp(443, group));
    const outer = edge.instance({ securityGroups: [group], publicIp: drawn.publicIps[v] === true });
    const host = inner.instance({ securityGroups: [group] });
    ends.push(outer.id, host.id, ...(outer.publicIp === undefined ? [] : [outer.publicIp]));
    if (v === 0 && drawn.balancer !== null) {
      const { preserve, crossZone, sick } = drawn.balancer;
      const targets = [{ target: host, state: sick ? 'unhealthy' : 'healthy' }];
      const attributes = {
        'preserve_client_ip.enabled': String(preserve),
        'load_balancing.cross_zone.enabled': String(crossZone),
      };
      const web = vpc.targetGroup('web', { protocol: 'TCP', port: 444, targets, attributes });
      ends.push(
        vpc.loadBalancer('nlb', { type: 'network', subnets: [edge], listeners: [{ port: 443, targets: web }] }).arn,
      );
    }
  });
  const [a, b] = vpcs;
  const tables = (vpc: VpcBuilder): readonly { readonly route: VpcBuilder['mainRouteTable']['route'] }[] => [
    vpc.mainRouteTable,
    ...(subnets[0] === undefined ? [] : []),
  ];
  if (drawn.joint === 'peering' || drawn.joint === 'both') {
    const peering = a.peerWith(b);
    for (const table of tables(a)) table.route('10.2.0.0/24', peering);
    if (drawn.back) for (const table of tables(b)) table.route('10.1.0.0/16', peering);
  }
  if (drawn.joint === 'transit' || drawn.joint === 'both') {
    const tgw = net.transitGateway({ securityGroupReferencing: true });
    tgw.attachVpc(a);
    tgw.attachVpc(b);
    for (const table of tables(a)) table.route('10.0.0.0/8', tgw);
    for (const table of tables(b)) table.route('10.0.0.0/8', tgw);
  }
  const snapshot = snapshotOf(all.toWorld());
  return { snapshot, network: buildNetwork(snapshot), turned: buildNetwork(shuffled(snapshot)), ends };
}

const inRanges = (ranges: PacketHeaders['sourcePortRanges'], port: number): boolean =>
  (ranges ?? []).some(({ from, to }) => from <= port && port <= to);

const hasAny = (texts: readonly string[], text: string): boolean => {
  const set = parseAddressSet(texts).value;
  const address = parseIpAddress(text).value;
  return set !== undefined && address !== undefined && hasAddress(set, address);
};

/** The packets of a printed line but for their sources: two prints of one set may be cut differently. */
const ipv4Box = ({ destinationAddresses, sourcePortRanges, destinationPortRanges }: PacketHeaders): Box => {
  const destinations = parseAddressSet(destinationAddresses).value?.ipv4;
  if (destinations === undefined) throw new Error(`not addresses: ${destinationAddresses.join(', ')}`);
  const ports = (ranges: PacketHeaders['sourcePortRanges']): Intervals<number> =>
    intervalsOfRanges((ranges ?? []).map(({ from, to }) => [from, to + 1] as const));
  return {
    ...everyIpv4Packet,
    destinations,
    sourcePorts: ports(sourcePortRanges),
    destinationPorts: ports(destinationPortRanges),
  };
};

describe('whatever the network', () => {
  it('a question about one packet agrees with the set that answers the question about all', () => {
    const packet = fc.record({
      port: fc.integer({ min: 439, max: 449 }),
      sourcePort: fc.constantFrom(1024, 32_767, 32_768, 61_000, 61_001, 65_535),
      protocol: fc.constantFrom('tcp', 'udp'),
    });
    let compared = 0;
    fc.assert(
      fc.property(
        plan,
        fc.array(fc.tuple(fc.nat(20), fc.nat(20), packet), { minLength: 6, maxLength: 6 }),
        (drawn, questions) => {
          const { network, turned, ends } = build(drawn);
          for (const [f, t, { port, sourcePort, protocol }] of questions) {
            const from = ends[f % ends.length] as string;
            const to = ends[t % ends.length] as string;
            if (
              from === to ||
              from.startsWith('arn:') ||
              (from === 'internet' && to === '198.51.100.200') ||
              (to === 'internet' && from === '198.51.100.200')
            )
              continue;
            const wide: TraceQuery = { from, to, protocol };
            const narrow: TraceQuery = { from, to, protocol, port, sourcePort };
            const all = trace(network, wide);
            const one = trace(network, narrow);
            expect(JSON.stringify(trace(turned, wide))).toBe(JSON.stringify(all));
            expect(JSON.stringify(trace(turned, narrow))).toBe(JSON.stringify(one));
            const within = (list: readonly PacketHeaders[] | undefined): boolean =>
              (list ?? []).some(
                (line) =>
                  line.protocol === protocol &&
                  inRanges(line.destinationPortRanges, port) &&
                  inRanges(line.sourcePortRanges, sourcePort),
              );
            expect([narrow, one.admittedTraffic.length > 0]).toEqual([narrow, within(all.admittedTraffic)]);
            expect([narrow, (one.possibleTraffic?.length ?? 0) > 0]).toEqual([narrow, within(all.possibleTraffic)]);
            if (one.verdict === 'not-reachable')
              expect(one.explanations.filter(({ effect }) => effect === 'blocks').length).toBeGreaterThan(0);
            if (one.verdict === 'unknown')
              expect(one.explanations.filter(({ effect }) => effect === 'unknown').length).toBeGreaterThan(0);
            compared++;
          }
        },
      ),
      { numRuns: 120 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('the blockers that are named are all there are, and none of them is too many', () => {
    let [opened, stillShut] = [0, 0];
    fc.assert(
      fc.property(plan, fc.nat(50), fc.nat(50), fc.integer({ min: 439, max: 449 }), (drawn, f, t, port) => {
        const { snapshot, network, ends } = build({ ...drawn, balancer: null });
        const hosts = ends.slice(2).filter((end) => end.startsWith('i-'));
        const [from, to] = [hosts[f % hosts.length] as string, hosts[t % hosts.length] as string];
        if (from === to) return;
        const query: TraceQuery = { from, to, protocol: 'tcp', port, sourcePort: 40_000 };
        const { verdict, explanations } = trace(network, query);
        if (verdict !== 'not-reachable') return;
        const blockers = explanations.filter(({ effect }) => effect === 'blocks');
        const at = { source: addressOf(snapshot, from), destination: addressOf(snapshot, to) };
        const open = lifted(snapshot, blockers, at);
        if (open === undefined) return;
        const codes = blockers.map(({ explanationCode, direction, component }) => [
          explanationCode,
          direction,
          component.id,
        ]);
        expect([query, codes, trace(buildNetwork(open), query).verdict]).toEqual([query, codes, 'reachable']);
        opened++;
        for (const blocker of blockers) {
          const others = blockers.filter((other) => other !== blocker && !sameLift(other, blocker));
          const shut = lifted(snapshot, others, at);
          if (shut === undefined) continue;
          expect([query, blocker, trace(buildNetwork(shut), query).verdict]).toEqual([query, blocker, 'not-reachable']);
          stillShut++;
        }
      }),
      { numRuns: 150 },
    );
    expect([opened > 30, stillShut > 30]).toEqual([true, true]);
  });

  it('a question about one sender on the internet agrees with the question about all of it', () => {
    fc.assert(
      fc.property(
        plan,
        fc.constantFrom('198.51.100.7', '198.51.100.200', '192.0.2.1'),
        fc.integer({ min: 439, max: 449 }),
        (drawn, sender, port) => {
          const { network, ends } = build(drawn);
          for (const to of ends.slice(2)) {
            const all = trace(network, { from: 'internet', to, protocol: 'tcp', port });
            const one = trace(network, { from: sender, to, protocol: 'tcp', port });
            const fromSender = (list: readonly PacketHeaders[]): Traffic =>
              uniteAllTraffic(
                list.filter(({ sourceAddresses }) => hasAny(sourceAddresses, sender)).map((line) => [ipv4Box(line)]),
              );
            const [narrow, wide] = [fromSender(one.admittedTraffic), fromSender(all.admittedTraffic)];
            expect([to, sameTraffic(narrow, wide), narrow.length > 0]).toEqual([to, true, wide.length > 0]);
          }
        },
      ),
      { numRuns: 120 },
    );
  });
});
