import type { NetworkAcl } from '../../model/resources/network-acl.ts';
import type { RouteTable } from '../../model/resources/route-table.ts';
import type { Subnet } from '../../model/resources/subnet.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { type CompiledNetworkAcl, compileNetworkAcl } from '../filters/network-acl.ts';
import type { Known } from '../known.ts';
import { type CompiledRouteTable, compileRouteTable } from '../filters/route-selection.ts';
import { derive, type Derived } from './derive.ts';
import { missingResource } from './inventory.ts';
import { prefixListBlocks } from './prefix-lists.ts';
import { networkAclById, routeTableById, subnetById } from './resources-by-id.ts';

interface TableIndex<T> {
  readonly bySubnet: ReadonlyMap<string, T>;
  /** The default ACL or main route table, by VPC. */
  readonly byVpc: ReadonlyMap<string, T>;
}

const aclIndex: Derived<Snapshot, TableIndex<NetworkAcl>> = derive((snapshot) => {
  const bySubnet = new Map<string, NetworkAcl>();
  const byVpc = new Map<string, NetworkAcl>();
  for (const { resource } of networkAclById(snapshot).values()) {
    for (const subnetId of resource.subnetIds) bySubnet.set(subnetId, resource);
    if (resource.isDefault === true && resource.vpcId !== undefined) byVpc.set(resource.vpcId, resource);
  }
  return { bySubnet, byVpc };
});

interface RouteTableIndex extends TableIndex<RouteTable> {
  /** Edge associations: internet and virtual private gateways. */
  readonly byGateway: ReadonlyMap<string, RouteTable>;
}

const routeTableIndex: Derived<Snapshot, RouteTableIndex> = derive((snapshot) => {
  const bySubnet = new Map<string, RouteTable>();
  const byVpc = new Map<string, RouteTable>();
  const byGateway = new Map<string, RouteTable>();
  for (const { resource } of routeTableById(snapshot).values()) {
    for (const { subnetId, gatewayId, main, state } of resource.associations) {
      if (state !== undefined && state !== 'associated') continue;
      if (subnetId !== undefined) bySubnet.set(subnetId, resource);
      else if (gatewayId !== undefined) byGateway.set(gatewayId, resource);
      else if (main && resource.vpcId !== undefined) byVpc.set(resource.vpcId, resource);
    }
  }
  return { bySubnet, byVpc, byGateway };
});

const compiledAcl: Derived<NetworkAcl, CompiledNetworkAcl> = derive(compileNetworkAcl);

/** The one ACL in force for a subnet: the associated one, else the default ACL of its own VPC. */
export function networkAclOfSubnet(snapshot: Snapshot, subnet: Subnet): Known<CompiledNetworkAcl> {
  const index = aclIndex(snapshot);
  const acl = index.bySubnet.get(subnet.subnetId) ?? index.byVpc.get(subnet.vpcId);
  if (acl !== undefined) return { value: compiledAcl(acl) };
  return {
    missing: missingResource(snapshot, 'networkAcls', `the network ACL of ${subnet.subnetId}`, near(snapshot, subnet)),
  };
}

const compiledTables: Derived<Snapshot, Map<RouteTable, CompiledRouteTable>> = derive(() => new Map());

/** The routes of a table ready for selection, with its prefix lists expanded. */
export function compiledRouteTable(snapshot: Snapshot, table: RouteTable): CompiledRouteTable {
  const known = compiledTables(snapshot);
  let compiled = known.get(table);
  if (compiled === undefined) {
    compiled = compileRouteTable(table, (prefixListId) => prefixListBlocks(snapshot, prefixListId));
    known.set(table, compiled);
  }
  return compiled;
}

/** The route table in force for a subnet: the associated one, else the main table of its own VPC. */
export function routeTableOfSubnet(snapshot: Snapshot, subnet: Subnet): Known<CompiledRouteTable> {
  const index = routeTableIndex(snapshot);
  const table = index.bySubnet.get(subnet.subnetId) ?? index.byVpc.get(subnet.vpcId);
  if (table !== undefined) return { value: compiledRouteTable(snapshot, table) };
  return {
    missing: missingResource(snapshot, 'routeTables', `the route table of ${subnet.subnetId}`, near(snapshot, subnet)),
  };
}

/** The route table by its id, as a regional NAT gateway names it. */
export function routeTableNamed(snapshot: Snapshot, routeTableId: string): Known<CompiledRouteTable> {
  const table = routeTableById(snapshot).get(routeTableId)?.resource;
  if (table !== undefined) return { value: compiledRouteTable(snapshot, table) };
  return { missing: missingResource(snapshot, 'routeTables', routeTableId, {}) };
}

/** The table that diverts what enters through a gateway, where one is associated with it. */
export function edgeRouteTable(snapshot: Snapshot, gatewayId: string): CompiledRouteTable | undefined {
  const table = routeTableIndex(snapshot).byGateway.get(gatewayId);
  return table === undefined ? undefined : compiledRouteTable(snapshot, table);
}

function near(
  snapshot: Snapshot,
  subnet: Subnet,
): { readonly accountId: string | undefined; readonly region: string | undefined } {
  const located = subnetById(snapshot).get(subnet.subnetId);
  return { accountId: located?.region.accountId, region: located?.region.region };
}
