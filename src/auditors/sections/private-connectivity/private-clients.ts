import type { NetworkInterface } from '../../../model/resources/network-interface.ts';
import type { Subnet } from '../../../model/resources/subnet.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { Advice, Mechanism } from '../../../model/verdict/advice.ts';
import type { RouteEvidence } from '../../../model/verdict/evidence.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';
import { compareText } from '../../../network/facts/inventory.ts';
import { natGatewayById } from '../../../network/facts/resources-by-id.ts';
import { isClient } from '../../client-interfaces.ts';
import { privateSubnetsByTable, wayToInternet } from '../../internet-routes.ts';
import { interfacesIn, subnetsIn } from '../../vpc-inventory.ts';

/** Private subnets with clients that share a route table, and how they get out. */
export interface ClientTable {
  readonly routeTableId: string;
  readonly subnets: readonly Subnet[];
  readonly hosts: readonly NetworkInterface[];
  readonly way: { readonly mechanism: Mechanism; readonly id: string; readonly evidence: RouteEvidence } | undefined;
}

/** The private subnets of a VPC in which something opens connections, by route table. */
export function clientTables(
  snapshot: Snapshot,
  vpcId: string,
): { readonly tables: readonly ClientTable[]; readonly missing: readonly Missing[] } {
  const hostsOf = (subnetId: string): readonly NetworkInterface[] =>
    (interfacesIn(snapshot).get(subnetId) ?? []).filter(isClient);
  const inhabited = (subnetsIn(snapshot).get(vpcId) ?? []).filter(({ subnetId }) => hostsOf(subnetId).length > 0);
  const byId = new Map<string, Subnet>(inhabited.map((subnet) => [subnet.subnetId, subnet]));
  const found = [...privateSubnetsByTable(inhabited, snapshot)].sort(([a], [b]) => compareText(a, b));
  return {
    missing: found.flatMap(([, { missing }]) => missing),
    tables: found.flatMap(([routeTableId, { table, subnetIds }]): readonly ClientTable[] => {
      const subnets = subnetIds.flatMap((id) => byId.get(id) ?? []);
      if (subnets.length === 0) return [];
      const way = wayToInternet(table);
      return [
        {
          routeTableId,
          subnets,
          hosts: subnets.flatMap(({ subnetId }) => hostsOf(subnetId)),
          way:
            way === undefined
              ? undefined
              : { mechanism: mechanismOf(snapshot, way), id: way.evidence.target, evidence: way.evidence },
        },
      ];
    }),
  };
}

function mechanismOf(snapshot: Snapshot, { kind, evidence }: NonNullable<ReturnType<typeof wayToInternet>>): Mechanism {
  switch (kind) {
    case 'nat-gateway':
      return natGatewayById(snapshot).get(evidence.target)?.resource.availabilityMode === 'regional'
        ? 'regional-nat-gateway'
        : 'nat-gateway';
    case 'network-interface':
    case 'instance':
      return 'nat-instance';
    case 'transit-gateway':
    case 'vpn-gateway':
    case 'vpc-peering-connection':
    case 'internet-gateway':
    case 'egress-only-internet-gateway':
      return kind;
    default:
      return 'other';
  }
}

/** So many resources and pieces of evidence are told of one need. */
const mostTold = 10;

/** The members of an advice that say who has the need. */
export function needers(ids: readonly string[]): Pick<Advice, 'resources' | 'resourceCount'> {
  const sorted = [...new Set(ids)].sort(compareText);
  return { resources: sorted.slice(0, mostTold), resourceCount: sorted.length };
}

/** What serves a need now: each mechanism once, with the ids of what it is made of. */
export function presentOf(found: readonly { readonly mechanism: Mechanism; readonly id: string }[]): Advice['present'] {
  const byMechanism = new Map<Mechanism, Set<string>>();
  for (const { mechanism, id } of found) byMechanism.set(mechanism, (byMechanism.get(mechanism) ?? new Set()).add(id));
  return [...byMechanism]
    .sort(([a], [b]) => compareText(a, b))
    .map(([mechanism, ids]) => ({ mechanism, ids: [...ids].sort(compareText).slice(0, mostTold) }));
}

/** How the clients of some tables get out now. */
export const waysOf = (tables: readonly ClientTable[]): Advice['present'] =>
  presentOf(tables.map(({ way, routeTableId }) => way ?? { mechanism: 'none', id: routeTableId }));

/** The default routes of some tables, as evidence. */
export const wayEvidence = (tables: readonly ClientTable[]): Advice['evidence'] =>
  tables.flatMap(({ way }) => (way === undefined ? [] : [way.evidence])).slice(0, mostTold);

/** Is a need met for all, for some or for none? */
export const metOf = (all: number, served: number): Advice['met'] =>
  served === all ? 'yes' : served === 0 ? 'no' : 'partly';
