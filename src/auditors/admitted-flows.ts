import type { RouteTarget } from '../model/resources/route-table.ts';
import type { NetworkInterface } from '../model/resources/network-interface.ts';
import type { Subnet } from '../model/resources/subnet.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import { derive, type Derived } from '../network/facts/derive.ts';
import { routeTableOfSubnet } from '../network/facts/vpc-tables.ts';
import { type CompiledRouteTable, selectRoutes } from '../network/filters/route-selection.ts';
import { type ReferencedPeers, trafficOfClauses } from '../network/filters/security-group-decision.ts';
import { groupRules } from '../network/hops/security-group.ts';
import { type AddressSet, noAddresses, parseAddressSet, subtractAddresses } from '../network/sets/address-set.ts';
import type { Box } from '../network/sets/box.ts';
import { allIpv4Addresses, allIpv6Addresses } from '../network/sets/cidr.ts';
import { type Intervals, uniteIntervals } from '../network/sets/intervals.ts';
import { everyIpv4Packet, everyIpv6Packet, intersectTraffic, type Traffic } from '../network/sets/traffic.ts';
import { groupBy } from './group-by.ts';
import { membersSeenFrom } from './reference-members.ts';

/** TCP and UDP packets that open connections over the border of a subnet, as far as groups and routes let them. */
export interface AdmittedFlow {
  readonly direction: 'ingress' | 'egress';
  /** A group whose rules admit it. */
  readonly groupIds: readonly string[];
  readonly traffic: Traffic;
}

/**
 * What the interfaces of a subnet can really exchange with others: what their groups admit, between them and addresses
 * outside the subnet that its routes lead to. Interfaces with the same groups are asked once.
 */
export function admittedFlows(
  snapshot: Snapshot,
  subnet: Subnet,
  interfaces: readonly NetworkInterface[],
): { readonly flows: readonly AdmittedFlow[]; readonly missing: readonly Missing[] } {
  const table = routeTableOfSubnet(snapshot, subnet);
  if (table.value === undefined) return { flows: [], missing: [table.missing] };
  const inside = parseAddressSet([
    ...(subnet.cidrBlock === undefined ? [] : [subnet.cidrBlock]),
    ...subnet.ipv6CidrBlocks,
  ]);
  if (inside.reason !== undefined) return { flows: [], missing: [{ fact: inside.reason }] };
  const missing: Missing[] = table.value.unreadable.map((route) => route.missing);
  const resolve = membersSeenFrom(snapshot, subnet.vpcId);
  const memo = admittedByGroups(snapshot);
  const admitted = ({ groupIds }: NetworkInterface, direction: 'ingress' | 'egress'): Traffic => {
    const key = `${direction} ${subnet.vpcId} ${groupIds.toSorted().join(' ')}`;
    const known =
      memo.get(key) ?? trafficOfClauses(groupRules(snapshot, groupIds, direction === 'egress').clauses, resolve);
    memo.set(key, known);
    return known;
  };
  const flows: AdmittedFlow[] = [];
  const classes = groupBy(interfaces, (own) => `${isPublic(own)} ${own.groupIds.toSorted().join(' ')}`);
  for (const [first] of classes.values()) {
    if (first === undefined) continue;
    for (const direction of ['ingress', 'egress'] as const) {
      const rules = groupRules(snapshot, first.groupIds, direction === 'egress');
      missing.push(
        ...rules.missing,
        ...rules.clauses.flatMap((clause) => clause.missing ?? unknownMembers(resolve(clause)) ?? []),
      );
      const peers = subtractAddresses(
        routed(table.value)[direction][isPublic(first) ? 'public' : 'private'],
        inside.value,
      );
      const traffic = intersectTraffic(admitted(first, direction), withPeers(peers, direction));
      if (traffic.length > 0) flows.push({ direction, groupIds: first.groupIds.toSorted(), traffic });
    }
  }
  return { flows, missing };
}

/** What sets of groups admit in a VPC: many subnets ask the same. */
const admittedByGroups: Derived<Snapshot, Map<string, Traffic>> = derive(() => new Map());

const unknownMembers = (peers: ReferencedPeers): Missing | undefined =>
  peers.kind === 'unknown' ? peers.missing : undefined;

/** Has the interface an address by which an internet gateway carries its packets? */
const isPublic = ({ privateIpAddresses, ipv6Addresses }: NetworkInterface): boolean =>
  ipv6Addresses.length > 0 || privateIpAddresses.some(({ association }) => association?.publicIp !== undefined);

const ported: Intervals<number> = [6, 7, 17, 18];

function withPeers({ ipv4, ipv6 }: AddressSet, direction: 'ingress' | 'egress'): Traffic {
  const side = direction === 'ingress' ? 'sources' : 'destinations';
  const boxes: Box[] = [
    { ...everyIpv4Packet, protocols: ported, [side]: ipv4 },
    { ...everyIpv6Packet, protocols: ported, [side]: ipv6 },
  ];
  return boxes.filter((box) => box[side].length > 0);
}

interface Routed {
  readonly public: AddressSet;
  readonly private: AddressSet;
}

/** Who can open connections to the subnet, and to whom it can, by the active routes of its table. */
const routed: Derived<CompiledRouteTable, { readonly ingress: Routed; readonly egress: Routed }> = derive((table) => {
  const through = (passes: (kind: RouteTarget['kind']) => boolean): AddressSet => ({
    ipv4: destinationsOf(table, 4, passes) as Intervals<number>,
    ipv6: destinationsOf(table, 6, passes) as Intervals<bigint>,
  });
  return {
    ingress: {
      public: through((kind) => !outboundOnly.has(kind)),
      private: through((kind) => !outboundOnly.has(kind) && !needsPublicAddress.has(kind)),
    },
    egress: { public: through(() => true), private: through((kind) => !needsPublicAddress.has(kind)) },
  };
});

/** NAT and gateway endpoints answer; nobody opens a connection through them. */
const outboundOnly: ReadonlySet<RouteTarget['kind']> = new Set([
  'nat-gateway',
  'egress-only-internet-gateway',
  'vpc-endpoint',
]);
const needsPublicAddress: ReadonlySet<RouteTarget['kind']> = new Set(['internet-gateway', 'carrier-gateway']);

function destinationsOf(
  table: CompiledRouteTable,
  family: 4 | 6,
  passes: (kind: RouteTarget['kind']) => boolean,
): Intervals {
  let all: Intervals = family === 4 ? noAddresses.ipv4 : noAddresses.ipv6;
  for (const { route, destinations } of selectRoutes(
    table,
    family,
    family === 4 ? allIpv4Addresses : allIpv6Addresses,
  )) {
    if (route?.route.state === 'active' && passes(route.route.target.kind)) all = uniteIntervals(all, destinations);
  }
  return all;
}
