import type { RouteTarget } from '../../model/resources/route-table.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { instanceById, interfaceById, natGatewayById, vpcEndpointById } from '../facts/resources-by-id.ts';
import type { CompiledRouteTable } from '../filters/route-selection.ts';

/** The interface that a route to an interface or an instance leads to. */
export function interfaceOfTarget(snapshot: Snapshot, target: RouteTarget): string | undefined {
  if (target.kind === 'network-interface') return target.id;
  return target.networkInterfaceId ?? instanceById(snapshot).get(target.id)?.resource.networkInterfaceIds[0];
}

/** The subnet that a NAT gateway, an appliance or an inspecting endpoint stands in; other targets stand in none. */
export function subnetOfTarget(snapshot: Snapshot, target: RouteTarget): string | undefined {
  switch (target.kind) {
    case 'nat-gateway':
      return natGatewayById(snapshot).get(target.id)?.resource.subnetId;
    case 'vpc-endpoint':
      return vpcEndpointById(snapshot).get(target.id)?.resource.subnetIds[0];
    case 'network-interface':
    case 'instance':
      return interfaceById(snapshot).get(interfaceOfTarget(snapshot, target) ?? '')?.resource.subnetId;
    default:
      return undefined;
  }
}

/**
 * Does one of the routes lead to something in the subnet itself? What goes there crosses no border, so no network ACL is
 * asked on the way (VPC guide, network ACL basics).
 */
export function leadsToNeighbours(snapshot: Snapshot, table: CompiledRouteTable, subnetId: string): boolean {
  return table.targets.some((target) => subnetOfTarget(snapshot, target) === subnetId);
}
