import type { NetworkInterface } from '../../../model/resources/network-interface.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { TierChain, TierLink } from '../../../model/verdict/tier-chain.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { interfacesOfGroup } from '../../../network/facts/group-members.ts';
import { compareText } from '../../../network/facts/inventory.ts';
import { securityGroupById } from '../../../network/facts/resources-by-id.ts';
import { isClient } from '../../client-interfaces.ts';
import { groupBy } from '../../group-by.ts';
import { interfaceKind } from '../../interface-kinds.ts';
import type { BalancedTargets } from './balanced-targets.ts';
import { firstDistinct } from '../defence-in-depth/first-distinct.ts';
import { groupsOpening } from '../defence-in-depth/group-opening.ts';
import { type Balancer, balancers } from './balancers.ts';
import { distinctRules, fromInternet, fromOutsiders, linkOf, tierOf } from './chain-parts.ts';
import { dataClauses, type DatabaseGroup, databaseGroups } from './database-groups.ts';
import { type Admission, admissionOf, ingressOf, rangesForReference, vainReferences } from './tier-rules.ts';

/**
 * The applications of a snapshot: one chain for each load balancer with targets, and one for each database of a service that no such
 * chain leads to, where its rules name the tier that it is for or somebody gets past it.
 */
export const tierChains: Derived<Snapshot, readonly TierChain[]> = derive((snapshot) => {
  const balanced = balancers(snapshot).map((balancer) => balancedChain(snapshot, balancer));
  const told = new Set(balanced.flatMap(({ databases }) => databases));
  const others = [...databaseGroups(snapshot)]
    .filter(([groupId, { interfaces }]) => !told.has(groupId) && interfaces.some(isDatabase))
    .flatMap(([, database]) => databaseChain(snapshot, database));
  return [...balanced.map(({ chain }) => chain), ...others];
});

const isDatabase = (own: NetworkInterface): boolean => interfaceKind(own) === 'database';

interface Balanced {
  readonly chain: TierChain;
  /** The groups of the databases that it leads to. */
  readonly databases: readonly string[];
}

function balancedChain(snapshot: Snapshot, balancer: Balancer): Balanced {
  const { id, name, scheme, vpcId, region, nodes, targets } = balancer;
  const groupIds = groupsOf(targets.interfaces);
  const application = ingressOf(snapshot, groupIds);
  const admission = admissionOf(application, nodes);
  const databases = databasesOf(snapshot, targets, vpcId);
  const hasApplication = targets.interfaces.length > 0;
  return {
    databases: databases.map(({ database }) => database.group.groupId),
    chain: {
      accountId: region.accountId,
      region: region.region,
      vpcId,
      loadBalancer: { id, name, scheme },
      tiers: [
        tierOf(snapshot, 'load-balancer', balancer.groupIds, nodes),
        ...(hasApplication ? [tierOf(snapshot, 'application', groupIds, targets.interfaces)] : []),
        ...databases.map(({ database }) => databaseTier(snapshot, database)),
      ],
      links: [
        ...(scheme === 'internet-facing' ? [internetLink(snapshot, balancer)] : []),
        ...(hasApplication ? [linkOf('load-balancer', 'application', admission)] : []),
        ...databases.map((one) => linkOf('application', 'database', one.admission)),
      ],
      skips: [
        ...fromInternet(snapshot, 'application', targets.interfaces),
        ...databases.flatMap(({ database }) => databaseSkips(snapshot, database)),
      ],
      rules: distinctRules([
        ...rangesForReference(admission, nodes),
        ...vainReferences(snapshot, application),
        ...databases.flatMap(({ database, admission: own }) => [
          ...rangesForReference(own, targets.interfaces),
          ...vainReferences(snapshot, dataClauses(snapshot, database)),
        ]),
      ]),
      missing: targets.missing,
    },
  };
}

const groupsOf = (interfaces: readonly NetworkInterface[]): readonly string[] =>
  [...new Set<string>(interfaces.flatMap(({ groupIds }) => groupIds))].sort(compareText);

const databasesIn: Derived<Snapshot, ReadonlyMap<string, readonly DatabaseGroup[]>> = derive((snapshot) =>
  groupBy(databaseGroups(snapshot).values(), ({ group: { vpcId = '' } }) => vpcId),
);

/** The databases of the VPC that some rule opens to the application. */
function databasesOf(
  snapshot: Snapshot,
  { interfaces }: BalancedTargets,
  vpcId: string,
): readonly { readonly database: DatabaseGroup; readonly admission: Admission }[] {
  if (interfaces.length === 0) return [];
  const own = new Set<string>(groupsOf(interfaces));
  return (databasesIn(snapshot).get(vpcId) ?? []).flatMap((database) => {
    if (own.has(database.group.groupId)) return [];
    const admission = admissionOf(dataClauses(snapshot, database), interfaces);
    return admission.by === 'nothing' ? [] : [{ database, admission }];
  });
}

/** The rules by which the internet is admitted to the nodes; those without groups admit everything. */
function internetLink(snapshot: Snapshot, { nodes, groupIds }: Balancer): TierLink {
  const openings = ([4, 6] as const).map((family) =>
    groupsOpening(snapshot, groupIds, nodes[0]?.networkInterfaceId ?? '', family),
  );
  const evidence = openings.flatMap((opening) => (opening.admitted.length > 0 ? opening.evidence : []));
  return {
    from: 'internet',
    to: 'load-balancer',
    by: evidence.length > 0 ? 'address' : 'nothing',
    evidence: firstDistinct([evidence], (one) => one),
  };
}

const databaseTier = (snapshot: Snapshot, { group, interfaces }: DatabaseGroup): TierChain['tiers'][number] =>
  tierOf(snapshot, 'database', [group.groupId], interfaces);

const databaseSkips = (snapshot: Snapshot, database: DatabaseGroup): TierChain['skips'] => [
  ...fromInternet(snapshot, 'database', database.interfaces),
  ...fromOutsiders(snapshot, database),
];

/** A database and the tier that its rules name, where nothing balances the load before it. */
function databaseChain(snapshot: Snapshot, database: DatabaseGroup): readonly TierChain[] {
  const { group, tierGroupIds } = database;
  const clauses = dataClauses(snapshot, database);
  const clients = tierGroupIds.flatMap((groupId) =>
    (interfacesOfGroup(snapshot).get(groupId) ?? []).map(({ resource }) => resource).filter(isClient),
  );
  const home = securityGroupById(snapshot).get(group.groupId)?.region;
  const skips = databaseSkips(snapshot, database);
  if (home === undefined || group.vpcId === undefined || tierGroupIds.length + skips.length === 0) return [];
  const application = [...new Map(clients.map((own) => [own.networkInterfaceId, own])).values()].sort((a, b) =>
    compareText(a.networkInterfaceId, b.networkInterfaceId),
  );
  return [
    {
      accountId: group.ownerId ?? home.accountId,
      region: home.region,
      vpcId: group.vpcId,
      tiers: [
        ...(tierGroupIds.length === 0 ? [] : [tierOf(snapshot, 'application', tierGroupIds, application)]),
        databaseTier(snapshot, database),
      ],
      links: tierGroupIds.length === 0 ? [] : [linkOf('application', 'database', admissionOf(clauses, application))],
      skips,
      rules: distinctRules(vainReferences(snapshot, clauses)),
      missing: [],
    },
  ];
}
