import type { NetworkInterface } from '../model/resources/network-interface.ts';
import type { RouteTable } from '../model/resources/route-table.ts';
import type { Subnet } from '../model/resources/subnet.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { derive, type Derived } from '../network/facts/derive.ts';
import { compareText, type Located } from '../network/facts/inventory.ts';
import { interfaceById, routeTableById, subnetById } from '../network/facts/resources-by-id.ts';

/** Resources by the key of one, each once although several accounts may see it, in the order of their ids. */
function inOrder<T>(
  all: (snapshot: Snapshot) => ReadonlyMap<string, Located<T>>,
  keyOf: (resource: T) => string | undefined,
): Derived<Snapshot, ReadonlyMap<string, readonly T[]>> {
  return derive((snapshot) => {
    const groups = new Map<string, T[]>();
    const sorted = [...all(snapshot)].sort(([a], [b]) => compareText(a, b));
    for (const [, { resource }] of sorted) {
      const key = keyOf(resource);
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [resource]);
      else group.push(resource);
    }
    return groups;
  });
}

/** The subnets of each VPC. */
export const subnetsIn: Derived<Snapshot, ReadonlyMap<string, readonly Subnet[]>> = inOrder(
  subnetById,
  ({ vpcId }) => vpcId,
);

/** The interfaces in each subnet. */
export const interfacesIn: Derived<Snapshot, ReadonlyMap<string, readonly NetworkInterface[]>> = inOrder(
  interfaceById,
  ({ subnetId }) => subnetId,
);

/** The route tables of each VPC. */
export const routeTablesIn: Derived<Snapshot, ReadonlyMap<string, readonly RouteTable[]>> = inOrder(
  routeTableById,
  ({ vpcId }) => vpcId,
);
