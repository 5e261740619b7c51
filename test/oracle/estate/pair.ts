import type { Simulation } from '../simulator/simulate.ts';
import { simulate } from '../simulator/simulate.ts';
import { buildWorld } from '../simulator/world/world.ts';
import { type Draft, newDraft, type Place, toSnapshots } from './draft.ts';
import { addAcl, addGroup, allowAll, type DraftEntry, type DraftRule, everything } from './filters.ts';
import { addHost, type DraftNic } from './hosts.ts';
import { addTable, type DraftRoute } from './routes.ts';
import { addSubnet, addVpc, type DraftSubnet, type DraftVpc } from './vpc.ts';

export const home: Place = { accountId: '111122223333', region: 'eu-west-1' };
export const neighbour: Place = { accountId: '444455556666', region: 'eu-west-1' };
export const abroad: Place = { accountId: '111122223333', region: 'us-west-2' };

/** A header with what most cases have in common: TCP, an ephemeral source port. */
export function ask(
  draft: Draft,
  query: {
    readonly from: DraftNic | 'internet';
    readonly to?: string;
    readonly source?: string;
    readonly destination: string;
    readonly port?: number;
    readonly sourcePort?: number;
    readonly protocol?: number;
    readonly icmp?: readonly [type: number, code: number];
  },
): Simulation {
  const { from, to = 'address', destination, port = 443, sourcePort = 50_000, protocol = 6, icmp = [8, 0] } = query;
  const source = query.source ?? (from === 'internet' ? '198.51.100.7' : (from.addresses[0] ?? from.ipv6Addresses[0]));
  return simulate(buildWorld(toSnapshots(draft)), {
    from: from === 'internet' ? 'internet' : from.id,
    to,
    source: source ?? '',
    sourcePort,
    destination,
    destinationPort: port,
    protocol,
    icmpType: icmp[0],
    icmpCode: icmp[1],
  });
}

/** A VPC with a subnet in each of two zones; what is not given admits everything. */
export interface Site {
  readonly draft: Draft;
  readonly vpc: DraftVpc;
  readonly a: DraftSubnet;
  readonly b: DraftSubnet;
  readonly open: string;
}

/** Draws a VPC `10.<n>.0.0/16` with subnets `10.<n>.1.0/24` and `10.<n>.2.0/24`. Tables and ACLs are not yet there. */
export function site(n = 0, draft: Draft = newDraft(), place: Place = home, zones?: readonly [string, string]): Site {
  const ipv6 = `2001:db8:${n}`;
  const vpc = addVpc(draft, place, { cidrs: [`10.${n}.0.0/16`], ipv6Cidrs: [`${ipv6}::/48`] });
  const prefix = place.region === 'us-west-2' ? 'usw2' : 'euw1';
  const [first, second] = zones ?? [`${prefix}-az1`, `${prefix}-az2`];
  const a = addSubnet(draft, vpc, { cidr: `10.${n}.1.0/24`, ipv6Cidr: `${ipv6}:1::/64`, zone: first });
  const b = addSubnet(draft, vpc, { cidr: `10.${n}.2.0/24`, ipv6Cidr: `${ipv6}:2::/64`, zone: second });
  const open = addGroup(draft, vpc, { ingress: [everything] });
  return { draft, vpc, a, b, open };
}

/** ACLs of the two subnets; an absent one admits everything. */
export function withAcls(
  { draft, vpc, a, b }: Site,
  acls: {
    readonly a?: { readonly ingress?: readonly DraftEntry[]; readonly egress?: readonly DraftEntry[] };
    readonly b?: { readonly ingress?: readonly DraftEntry[]; readonly egress?: readonly DraftEntry[] };
  } = {},
): { readonly a: string; readonly b: string } {
  const one = (subnet: DraftSubnet, acl: (typeof acls)['a']): string =>
    addAcl(draft, vpc, [subnet], { ingress: acl?.ingress ?? allowAll, egress: acl?.egress ?? allowAll });
  return { a: one(a, acls.a), b: one(b, acls.b) };
}

/** The route tables of the two subnets. */
export function withTables(
  { draft, vpc, a, b }: Site,
  routes: { readonly a?: readonly DraftRoute[]; readonly b?: readonly DraftRoute[] } = {},
): { readonly a: string; readonly b: string } {
  return {
    a: addTable(draft, vpc, { subnets: [a], routes: routes.a ?? [] }),
    b: addTable(draft, vpc, { subnets: [b], routes: routes.b ?? [], main: true }),
  };
}

/** Two hosts, `10.<n>.1.10` in subnet a and `10.<n>.2.20` in subnet b, with groups of their own rules. */
export function withHosts(
  { draft, vpc, a, b }: Site,
  rules: {
    readonly egress?: readonly DraftRule[];
    readonly ingress?: readonly DraftRule[];
    readonly publicA?: string;
    readonly publicB?: string;
    readonly state?: string;
  } = {},
): { readonly client: DraftNic; readonly server: DraftNic } {
  const clientGroup = addGroup(draft, vpc, { ingress: [everything], egress: rules.egress ?? [everything] });
  const serverGroup = addGroup(draft, vpc, { ingress: rules.ingress ?? [everything] });
  const prefix = a.cidr.split('.').slice(0, 2).join('.');
  const ipv6 = a.ipv6Cidr?.replace(':1::/64', '') ?? '';
  return {
    client: addHost(draft, a, {
      addresses: [`${prefix}.1.10`],
      ipv6Addresses: [`${ipv6}:1::10`],
      publicAddresses: [rules.publicA],
      groups: [clientGroup],
    }),
    server: addHost(draft, b, {
      addresses: [`${prefix}.2.20`],
      ipv6Addresses: [`${ipv6}:2::20`],
      publicAddresses: [rules.publicB],
      groups: [serverGroup],
      ...(rules.state === undefined ? {} : { state: rules.state }),
    }),
  };
}
