import type { NetworkInterface } from '../../../model/resources/network-interface.ts';
import type { SecurityGroup } from '../../../model/resources/security-group.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import { holdersIn } from '../../../network/facts/addresses.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { interfacesOfGroup } from '../../../network/facts/group-members.ts';
import { compareText } from '../../../network/facts/inventory.ts';
import { securityGroupById } from '../../../network/facts/resources-by-id.ts';
import type { SecurityGroupClause } from '../../../network/filters/security-group-clause.ts';
import { rulesOfGroup } from '../../../network/hops/security-group.ts';
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
  readonly clauses: readonly (SecurityGroupClause & { readonly ports: Intervals<number> })[];
  /** The groups that its rules name: the tier that it is for. */
  readonly tierGroupIds: readonly string[];
}

/** Every such group that some interface carries, by its id. */
export const databaseGroups: Derived<Snapshot, ReadonlyMap<string, DatabaseGroup>> = derive((snapshot) => {
  const found = new Map<string, DatabaseGroup>();
  const groups = [...securityGroupById(snapshot)].sort(([a], [b]) => compareText(a, b));
  for (const [groupId, { resource: group }] of groups) {
    if (!group.ipPermissions.some((own) => dataPorts(own) !== undefined)) continue;
    const carriers = interfacesOfGroup(snapshot).get(groupId) ?? [];
    if (carriers.length === 0) continue;
    const clauses = rulesOfGroup(snapshot, groupId, false).clauses.flatMap((clause) => {
      const ports = dataPorts(clause.permission);
      return ports === undefined ? [] : [{ ...clause, ports }];
    });
    const named = clauses.flatMap(({ peer }) =>
      peer.kind === 'security-group' && peer.text !== groupId ? [peer.text] : [],
    );
    found.set(groupId, {
      group,
      interfaces: carriers
        .map(({ resource }) => resource)
        .sort((a, b) => compareText(a.networkInterfaceId, b.networkInterfaceId)),
      clauses,
      tierGroupIds: [...new Set(named)].sort(compareText),
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
  return database.clauses.flatMap((clause): readonly Outsiders[] => {
    const vpcId = database.group.vpcId ?? '';
    const addresses = clauseAddresses(clause);
    // What is open to the internet is told as that
    if (clause.peer.kind === 'security-group' || clause.missing !== undefined || internetSize(addresses) > 0) return [];
    const clients = holdersIn(snapshot, vpcId)
      .sorted.filter(({ family, value }) => intervalsHave(family === 4 ? addresses.ipv4 : addresses.ipv6, value))
      .map(({ located }) => located.resource)
      .filter((own) => isClient(own) && !own.groupIds.includes(database.group.groupId));
    const exposed = clients.filter((own) => directExposures(snapshot, own).length > 0);
    const strange =
      database.tierGroupIds.length > 0
        ? clients.filter(({ groupIds }) => !groupIds.some((id) => database.tierGroupIds.includes(id)))
        : exposed.length < clients.length
          ? exposed
          : [];
    const reaching = thatConnect(snapshot, strange, database, clause.ports);
    if (reaching.length === 0) return [];
    return [{ clause, interfaces: reaching, isExposed: reaching.some((own) => exposed.includes(own)) }];
  });
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
      [...new Set(strange)].sort((a, b) => compareText(a.networkInterfaceId, b.networkInterfaceId)),
      ({ subnetId, groupIds }) => `${subnetId} ${groupIds.toSorted().join(' ')}`,
    ).values(),
  ];
  const [target] = interfaces;
  return classes.slice(0, mostFollowed).flatMap((members) => {
    const [first] = members;
    return first !== undefined && target !== undefined && connects(snapshot, first, target, ports) ? members : [];
  });
}
