import type { Route, RouteTable, RouteTarget } from '../../../../src/model/resources/route-table.ts';
import type { RegionSnapshot } from '../../../../src/model/snapshot/snapshot.ts';
import { type Cidr, parseCidr } from '../address.ts';
import { gatherById } from './gather.ts';

/** One route with its destination as a block, or as a prefix list. */
export interface TableRoute {
  readonly cidr: Cidr | undefined;
  readonly prefixListId: string | undefined;
  readonly propagated: boolean;
  readonly state: string;
  readonly target: RouteTarget;
}

export interface Table {
  readonly id: string;
  readonly routes: readonly TableRoute[];
}

/** The tables by what they are associated with. */
export interface Tables {
  readonly byId: ReadonlyMap<string, Table>;
  readonly bySubnet: ReadonlyMap<string, Table>;
  readonly mainByVpc: ReadonlyMap<string, Table>;
  readonly byGateway: ReadonlyMap<string, Table>;
}

function toTableRoute(route: Route): TableRoute {
  const block = route.destinationCidrBlock ?? route.destinationIpv6CidrBlock;
  return {
    cidr: block === undefined ? undefined : parseCidr(block),
    prefixListId: route.destinationPrefixListId,
    propagated: route.origin === 'EnableVgwRoutePropagation' || route.origin === 'Advertisement',
    state: route.state,
    target: route.target,
  };
}

const toTable = (table: RouteTable): Table => ({ id: table.routeTableId, routes: table.routes.map(toTableRoute) });

export function tablesOf(regions: readonly RegionSnapshot[]): Tables {
  const byId = new Map<string, Table>();
  const bySubnet = new Map<string, Table>();
  const mainByVpc = new Map<string, Table>();
  const byGateway = new Map<string, Table>();
  const seen = gatherById(
    regions,
    'routeTables',
    ({ routeTableId }) => routeTableId,
    ({ ownerId }) => ownerId,
  );
  for (const { noun } of seen.values()) {
    const table = toTable(noun);
    byId.set(table.id, table);
    for (const { main, subnetId, gatewayId, state } of noun.associations) {
      if (state !== undefined && state !== 'associated') continue;
      if (subnetId !== undefined) bySubnet.set(subnetId, table);
      else if (gatewayId !== undefined) byGateway.set(gatewayId, table);
      else if (main && noun.vpcId !== undefined) mainByVpc.set(noun.vpcId, table);
    }
  }
  return { byId, bySubnet, mainByVpc, byGateway };
}
