import type { Subnet } from '../../../model/resources/subnet.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { Advice, Mechanism } from '../../../model/verdict/advice.ts';
import { internetAddresses } from '../../../network/facts/special-addresses.ts';
import { routeTableOfSubnet } from '../../../network/facts/vpc-tables.ts';
import { selectRoutes } from '../../../network/filters/route-selection.ts';
import { noAddresses } from '../../../network/sets/address-set.ts';
import type { Intervals } from '../../../network/sets/intervals.ts';
import { spansInternet } from '../../internet-share.ts';
import { natGatewayOf } from '../../nat-routing.ts';
import { type ClientTable, metOf, needers, presentOf, wayEvidence, waysOf } from './private-clients.ts';
import type { Place } from './service-advice.ts';

const pages = {
  nat: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html',
  regional: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html',
  ipv6: 'https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html',
} as const;

/** The internet for private clients that have a way to it: a route out is what shows the need. */
export function ipv4EgressAdvice(snapshot: Snapshot, place: Place, tables: readonly ClientTable[]): readonly Advice[] {
  const leaving = tables.filter(({ way }) => way !== undefined);
  if (leaving.length === 0) return [];
  const subnets = leaving.flatMap(({ subnets: own, way }) => own.map((subnet) => ({ subnet, way })));
  const served = subnets.filter(({ subnet, way }) => isServed(snapshot, subnet, way?.mechanism));
  const crossing = subnets.length - served.length;
  return [
    {
      ...place,
      need: 'internet-ipv4',
      ...needers(subnets.map(({ subnet }) => subnet.subnetId)),
      present: waysOf(leaving),
      recommended: crossing > 0 ? 'regional-nat-gateway' : (leaving[0]?.way?.mechanism ?? 'nat-gateway'),
      met: metOf(subnets.length, served.length),
      why:
        crossing > 0
          ? 'A regional NAT gateway stands in every zone by itself, needs no public subnet and is patched by AWS; one of another zone or an instance fails with that zone or host.'
          : 'Connections go out and none come in, by a way that does not depend on another zone.',
      reference: crossing > 0 ? pages.regional : pages.nat,
      evidence: wayEvidence(leaving),
    },
  ];
}

/** By a NAT gateway of its own zone or of the Region, or by a network that sees to it centrally. */
function isServed(snapshot: Snapshot, subnet: Subnet, mechanism: Mechanism | undefined): boolean {
  if (mechanism === 'nat-instance') return false;
  if (mechanism !== 'nat-gateway') return true;
  const zone = natGatewayOf(snapshot, subnet)?.zone;
  return zone === undefined || zone === subnet.availabilityZone;
}

/** The same over IPv6: every address is public there, so only the gateway keeps connections from coming in. */
export function ipv6EgressAdvice(snapshot: Snapshot, place: Place, tables: readonly ClientTable[]): readonly Advice[] {
  const leaving = tables.flatMap(({ subnets }) =>
    subnets.flatMap((subnet) => {
      const way = subnet.ipv6CidrBlocks.length === 0 ? undefined : ipv6WayOf(snapshot, subnet);
      return way === undefined ? [] : [{ subnet, way }];
    }),
  );
  if (leaving.length === 0) return [];
  const served = leaving.filter(({ way }) => way.mechanism !== 'internet-gateway');
  return [
    {
      ...place,
      need: 'internet-ipv6',
      ...needers(leaving.map(({ subnet }) => subnet.subnetId)),
      present: presentOf(leaving.map(({ way: { mechanism, evidence } }) => ({ mechanism, id: evidence.target }))),
      recommended: 'egress-only-internet-gateway',
      met: metOf(leaving.length, served.length),
      why: 'An egress-only internet gateway lets IPv6 connections out and none in; an internet gateway lets both.',
      reference: pages.ipv6,
      evidence: [...new Map(leaving.map(({ way: { evidence } }) => [JSON.stringify(evidence), evidence])).values()],
    },
  ];
}

function ipv6WayOf(
  snapshot: Snapshot,
  subnet: Subnet,
):
  | { readonly mechanism: Mechanism; readonly evidence: Extract<Advice['evidence'][number], { type: 'route' }> }
  | undefined {
  const table = routeTableOfSubnet(snapshot, subnet).value;
  if (table === undefined) return undefined;
  for (const { route, destinations } of selectRoutes(table, 6, internetAddresses.ipv6)) {
    const addresses = { ...noAddresses, ipv6: destinations as Intervals<bigint> };
    if (route?.route.state !== 'active' || !spansInternet(addresses)) continue;
    const { kind } = route.route.target;
    const mechanism =
      kind === 'internet-gateway' || kind === 'egress-only-internet-gateway' || kind === 'transit-gateway'
        ? kind
        : 'other';
    return { mechanism, evidence: route.evidence };
  }
  return undefined;
}
