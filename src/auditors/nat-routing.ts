import type { NatGateway } from '../model/resources/nat-gateway.ts';
import type { Subnet } from '../model/resources/subnet.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { derive, type Derived } from '../network/facts/derive.ts';
import { everywhere } from '../network/facts/inventory.ts';
import { natGatewayById, subnetById } from '../network/facts/resources-by-id.ts';
import { routeTableOfSubnet } from '../network/facts/vpc-tables.ts';

/** A zonal NAT gateway that works, with the zone in which it stands. */
export interface ZonalNatGateway {
  readonly natGateway: NatGateway;
  readonly zone: string | undefined;
}

/** The working NAT gateways of zones; regional ones stand in every zone and are none of these. */
const zonal: Derived<Snapshot, ReadonlyMap<string, ZonalNatGateway>> = derive((snapshot) => {
  const found = new Map<string, ZonalNatGateway>();
  for (const { resource } of natGatewayById(snapshot).values()) {
    if (resource.state !== 'available' || resource.availabilityMode !== 'zonal') continue;
    found.set(resource.natGatewayId, { natGateway: resource, zone: zoneOf(snapshot, resource.subnetId) });
  }
  return found;
});

const zoneOf = (snapshot: Snapshot, subnetId: string | undefined): string | undefined =>
  subnetId === undefined ? undefined : subnetById(snapshot).get(subnetId)?.resource.availabilityZone;

/** The NAT gateway of a zone by which a subnet sends something, as its route table says; nothing where there is none. */
export function natGatewayOf(snapshot: Snapshot, subnet: Subnet): ZonalNatGateway | undefined {
  const table = routeTableOfSubnet(snapshot, subnet).value;
  for (const { route } of table?.ipv4 ?? []) {
    const { target, state } = route.route;
    if (target.kind === 'nat-gateway' && state === 'active') return zonal(snapshot).get(target.id);
  }
  return undefined;
}

/** The working NAT gateways of zones in one VPC. */
export const zonalNatGatewaysIn = (snapshot: Snapshot, vpcId: string): readonly ZonalNatGateway[] =>
  [...zonal(snapshot).values()].filter(({ natGateway }) => natGateway.vpcId === vpcId);

const tables = everywhere('routeTables');

/** Everything that some route leads to, whatever its state, by id. */
export const routeTargets: Derived<Snapshot, ReadonlySet<string>> = derive(
  (snapshot) =>
    new Set(
      tables(snapshot).flatMap(({ resource }) =>
        resource.routes.flatMap(({ target }) =>
          target.networkInterfaceId === undefined ? [target.id] : [target.id, target.networkInterfaceId],
        ),
      ),
    ),
);
