import type { MemberOptions } from '../aws/member-options.ts';
import { type Operation, type OperationId, operationId } from '../aws/operation.ts';
import { organizationOperations } from '../aws/organization.ts';
import type { ResourceKey } from '../model/resources.ts';
import { ec2Lists } from './ec2.ts';
import { ec2PerResource } from './ec2-per-resource.ts';
import { elbRows } from './elb.ts';
import { firewallRows } from './network-firewall.ts';
import { directConnectRows, logRows, resolverRows } from './around-the-network.ts';
import { operationOf, type Row } from './row.ts';

/** Every row. Nothing is called that does not stand here, apart from `accountOperations`. */
export const rows: readonly Row[] = [
  ...ec2Lists,
  ...ec2PerResource,
  ...elbRows,
  ...firewallRows,
  ...directConnectRows,
  ...resolverRows,
  ...logRows,
];

/** What is asked once per account whatever is collected: who we are, and which Regions there are. */
export const accountOperations: readonly Operation[] = [
  { service: 'sts', operation: 'GetCallerIdentity' },
  { service: 'ec2', operation: 'DescribeRegions' },
];

/** The rows that collect these kinds, with those of the kinds they fan out over; all rows where no kinds are given. */
export function rowsFor(kinds: readonly ResourceKey[] | undefined): readonly Row[] {
  if (kinds === undefined) return rows;
  const wanted = new Set<ResourceKey>(kinds);
  const byKey = new Map(rows.map((row) => [row.key, row]));
  // A set visits what is added to it while it is walked.
  for (const key of wanted) {
    const parent = byKey.get(key)?.forEach?.kind;
    if (parent !== undefined) wanted.add(parent);
  }
  return rows.filter(({ key }) => wanted.has(key));
}

/** The operations that a collection of these rows may send, and no others. */
export function declaredOperations(selected: readonly Row[], members?: MemberOptions): ReadonlySet<OperationId> {
  const listing = members?.organization === true ? organizationOperations : [];
  return new Set([...accountOperations, ...listing, ...selected.map(operationOf)].map(operationId));
}
