import type { NetworkInterface } from '../../../model/resources/network-interface.ts';
import type { SecurityGroup } from '../../../model/resources/security-group.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import { type HeldAddress, holdersIn, vpcAddresses } from '../../../network/facts/addresses.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { interfacesOfGroup } from '../../../network/facts/group-members.ts';
import { compareText } from '../../../network/facts/inventory.ts';
import { securityGroupById } from '../../../network/facts/resources-by-id.ts';
import type { SecurityGroupClause } from '../../../network/filters/security-group-clause.ts';
import { rulesOfGroup } from '../../../network/hops/security-group.ts';
import { allAddresses, disjointAddresses, noAddresses, parseAddressSet } from '../../../network/sets/address-set.ts';
import { type Intervals, intervalsHave } from '../../../network/sets/intervals.ts';
import { isClient } from '../../client-interfaces.ts';
import { dataPorts } from '../../data-rules.ts';
import { groupBy } from '../../group-by.ts';
import { internetSize } from '../../internet-share.ts';
import { clauseAddresses } from '../../open-ports.ts';
import { connects, directExposures } from './direct-reach.ts';

/** A group that opens the ports of a data service to others, and the interfaces that carry it. */
export interface DatabaseGroup {
  readonly group: SecurityGroup;
  readonly interfaces: readonly NetworkInterface[];
  /** The groups that its rules name: the tier that it is for. */
  readonly tierGroupIds: readonly string[];
}

/** A rule about the ports of a data service. */
export type DataClause = SecurityGroupClause & { readonly ports: Intervals<number> };

/** The rules of a database about its own service. */
export const dataClauses = (snapshot: Snapshot, { group }: DatabaseGroup): readonly DataClause[] =>
  rulesOfGroup(snapshot, group.groupId, false).clauses.flatMap((clause): readonly DataClause[] => {
    const ports = dataPorts(clause.permission);
    return ports === undefined ? [] : [{ ...clause, ports }];
  });

/** Every such group that some interface carries, by its id. */
export const databaseGroups: Derived<Snapshot, ReadonlyMap<string, DatabaseGroup>> = derive((snapshot) => {
  const found = new Map<string, DatabaseGroup>();
  const groups = [...securityGroupById(snapshot)].sort(([a], [b]) => compareText(a, b));
  for (const [groupId, { resource: group }] of groups) {
    const permissions = group.ipPermissions.filter((own) => dataPorts(own) !== undefined);
    const carriers = permissions.length === 0 ? [] : (interfacesOfGroup(snapshot).get(groupId) ?? []);
    if (carriers.length === 0) continue;
    const named = permissions.flatMap(({ userIdGroupPairs }) =>
      userIdGroupPairs.flatMap((pair) => (pair.groupId === groupId ? [] : (pair.groupId ?? []))),
    );
    found.set(groupId, {
      group,
      interfaces: carriers
        .map(({ resource }) => resource)
        .sort((a, b) => compareText(a.networkInterfaceId, b.networkInterfaceId)),
      tierGroupIds: [...new Set<string>(named)].sort(compareText),
    });
  }
  return found;
});

/** Somebody who is no member of the database's tier and gets to it by a rule for addresses. */
export interface Outsiders {
  readonly clause: SecurityGroupClause;
  readonly interfaces: readonly NetworkInterface[];
  /** Can the internet open connections to some of them? */
  readonly isExposed: boolean;
}

/** So many unlike outsiders of one rule are followed by the engine. */
const mostFollowed = 20;

/**
 * Who reaches a database by a rule for addresses without being of its tier. Where rules name groups, their members are the
 * tier; where none does, a host that the internet reaches is no member while others that it does not reach are there.
 */
export function outsidersOf(snapshot: Snapshot, database: DatabaseGroup): readonly Outsiders[] {
  const clients = clientsNear(snapshot, database);
  if (clients.length === 0) return [];
  return dataClauses(snapshot, database).flatMap((clause): readonly Outsiders[] => {
    const addresses = clauseAddresses(clause);
    // What is open to the internet is told as that
    if (clause.peer.kind === 'security-group' || clause.missing !== undefined || internetSize(addresses) > 0) return [];
    const admitted = clients.filter(({ family, value }) =>
      intervalsHave(family === 4 ? addresses.ipv4 : addresses.ipv6, value),
    );
    const own = [...new Set(admitted.map(({ located }) => located.resource))];
    const exposed = own.filter((client) => directExposures(snapshot, client).length > 0);
    const strange =
      database.tierGroupIds.length > 0
        ? own.filter(({ groupIds }) => !groupIds.some((id) => database.tierGroupIds.includes(id)))
        : exposed.length < own.length
          ? exposed
          : [];
    const reaching = thatConnect(snapshot, strange, database, clause.ports);
    if (reaching.length === 0) return [];
    return [{ clause, interfaces: reaching, isExposed: reaching.some((client) => exposed.includes(client)) }];
  });
}

/** The clients of the VPC that some rule of the database admits by their address; prefix lists may hold any of them. */
function clientsNear(snapshot: Snapshot, { group }: DatabaseGroup): readonly HeldAddress[] {
  const permissions = group.ipPermissions.filter((own) => dataPorts(own) !== undefined);
  const blocks = permissions.flatMap(({ ipRanges, ipv6Ranges }) => [
    ...ipRanges.map(({ cidrIp }) => cidrIp),
    ...ipv6Ranges.map(({ cidrIpv6 }) => cidrIpv6),
  ]);
  const isListed = permissions.some(({ prefixListIds }) => prefixListIds.length > 0);
  const named = blocks.length === 0 ? noAddresses : (parseAddressSet(blocks).value ?? allAddresses);
  const within = isListed ? allAddresses : named;
  const vpcId = group.vpcId ?? '';
  if (disjointAddresses(within, vpcAddresses(snapshot).get(vpcId) ?? noAddresses)) return [];
  return clientsOf(snapshot, vpcId).filter(
    ({ family, value, located: { resource } }) =>
      intervalsHave(family === 4 ? within.ipv4 : within.ipv6, value) && !resource.groupIds.includes(group.groupId),
  );
}

const clientsMemo: Derived<Snapshot, Map<string, readonly HeldAddress[]>> = derive(() => new Map());

/** The addresses of a VPC's interfaces that open connections. */
function clientsOf(snapshot: Snapshot, vpcId: string): readonly HeldAddress[] {
  const memo = clientsMemo(snapshot);
  let clients = memo.get(vpcId);
  if (clients === undefined) {
    clients = holdersIn(snapshot, vpcId).sorted.filter(({ located }) => isClient(located.resource));
    memo.set(vpcId, clients);
  }
  return clients;
}

/** Those that the engine sees arrive and answered; interfaces of one subnet with the same groups are asked once. */
function thatConnect(
  snapshot: Snapshot,
  strange: readonly NetworkInterface[],
  { interfaces }: DatabaseGroup,
  ports: Intervals<number>,
): readonly NetworkInterface[] {
  const classes = [
    ...groupBy(
      strange.toSorted((a, b) => compareText(a.networkInterfaceId, b.networkInterfaceId)),
      ({ subnetId, groupIds }) => `${subnetId} ${groupIds.toSorted().join(' ')}`,
    ).values(),
  ];
  const [target] = interfaces;
  return classes.slice(0, mostFollowed).flatMap((members) => {
    const [first] = members;
    return first !== undefined && target !== undefined && connects(snapshot, first, target, ports) ? members : [];
  });
}
