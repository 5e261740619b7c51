import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Bound } from '../sets/intervals.ts';
import { parseCidrOrAddress } from '../sets/cidr.ts';
import type { Family } from '../sets/ip-address.ts';
import { derive, type Derived } from './derive.ts';
import { everywhere } from './inventory.ts';

const groups = everywhere('securityGroups');
const acls = everywhere('networkAcls');
const tables = everywhere('routeTables');
const listEntries = everywhere('managedPrefixListEntries');
const awsLists = everywhere('prefixLists');
const transitRoutes = everywhere('transitGatewayRoutes');
const policyEntries = everywhere('transitGatewayPolicyTableEntries');

interface Edges {
  readonly ipv4: readonly Bound[];
  readonly ipv6: readonly Bound[];
}

/** Every address at which some rule or route of the snapshot begins or ends, ascending. */
const edges: Derived<Snapshot, Edges> = derive((snapshot) => {
  const texts = new Set<string | undefined>();
  for (const { resource } of groups(snapshot)) {
    for (const { ipRanges, ipv6Ranges } of [...resource.ipPermissions, ...resource.ipPermissionsEgress]) {
      for (const { cidrIp } of ipRanges) texts.add(cidrIp);
      for (const { cidrIpv6 } of ipv6Ranges) texts.add(cidrIpv6);
    }
  }
  for (const { resource } of acls(snapshot))
    for (const entry of resource.entries) texts.add(entry.cidrBlock ?? entry.ipv6CidrBlock);
  for (const { resource } of tables(snapshot)) {
    for (const route of resource.routes) texts.add(route.destinationCidrBlock ?? route.destinationIpv6CidrBlock);
  }
  for (const { resource } of listEntries(snapshot)) texts.add(resource.cidr);
  for (const { resource } of awsLists(snapshot)) for (const cidr of resource.cidrs) texts.add(cidr);
  for (const { resource } of transitRoutes(snapshot)) texts.add(resource.destinationCidrBlock);
  for (const { resource } of policyEntries(snapshot))
    texts.add(resource.sourceCidrBlock).add(resource.destinationCidrBlock);
  const ipv4 = new Set<Bound>();
  const ipv6 = new Set<Bound>();
  for (const text of texts) {
    const cidr = text === undefined ? undefined : parseCidrOrAddress(text).value;
    if (cidr !== undefined) for (const bound of cidr.addresses) (cidr.family === 4 ? ipv4 : ipv6).add(bound);
  }
  return { ipv4: ascending(ipv4), ipv6: ascending(ipv6) };
});

const ascending = (bounds: ReadonlySet<Bound>): readonly Bound[] =>
  [...bounds].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/**
 * The atom of an address: two addresses of one atom are on the same side of every block that any rule or route of the
 * snapshot names, so that no filter and no table can tell them apart.
 */
export function atomOf(snapshot: Snapshot, family: Family, address: Bound): number {
  const sorted = family === 4 ? edges(snapshot).ipv4 : edges(snapshot).ipv6;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as Bound) <= address) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The edges that divide a stretch of addresses, both ends excluded. */
export function edgesWithin(snapshot: Snapshot, family: Family, from: Bound, to: Bound): readonly Bound[] {
  const sorted = family === 4 ? edges(snapshot).ipv4 : edges(snapshot).ipv6;
  const out: Bound[] = [];
  for (let i = atomOf(snapshot, family, from); i < sorted.length; i++) {
    const edge = sorted[i] as Bound;
    if (edge >= to) break;
    out.push(edge);
  }
  return out;
}
