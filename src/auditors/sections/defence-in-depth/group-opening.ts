import type { SecurityGroup } from '../../../model/resources/security-group.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { missingResource } from '../../../network/facts/inventory.ts';
import { securityGroupById } from '../../../network/facts/resources-by-id.ts';
import type { SecurityGroupClause } from '../../../network/filters/security-group-clause.ts';
import { rulesOfGroup } from '../../../network/hops/security-group.ts';
import type { Family } from '../../../network/sets/ip-address.ts';
import { intersectTraffic, type Traffic, uniteAllTraffic } from '../../../network/sets/traffic.ts';
import { internetTraffic } from './acl-opening.ts';
import type { Opening } from './opening.ts';

/** The inbound rules of one group that name addresses of the internet, and what keeps us from knowing them all. */
interface InternetRules {
  readonly clauses: readonly SecurityGroupClause[];
  readonly missing: readonly Missing[];
}

const noRules: InternetRules = { clauses: [], missing: [] };

/** Blocks of private networks as nearly everybody writes them: told by their text, before any is taken apart. */
const plainlyPrivate = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd])/i;
const inside = (block: string): boolean => plainlyPrivate.test(block) && !/\/[0-9]$/.test(block);

const mayNameInternet = ({ ipPermissions }: SecurityGroup): boolean =>
  ipPermissions.some(
    ({ ipRanges, ipv6Ranges, prefixListIds }) =>
      prefixListIds.length > 0 ||
      ipRanges.some(({ cidrIp }) => !inside(cidrIp)) ||
      ipv6Ranges.some(({ cidrIpv6 }) => !inside(cidrIpv6)),
  );

const rulesMemo: Derived<Snapshot, Map<string, InternetRules>> = derive(() => new Map());

function internetRules(snapshot: Snapshot, groupId: string): InternetRules {
  const memo = rulesMemo(snapshot);
  let known = memo.get(groupId);
  if (known === undefined) memo.set(groupId, (known = readRules(snapshot, groupId)));
  return known;
}

function readRules(snapshot: Snapshot, groupId: string): InternetRules {
  const located = securityGroupById(snapshot).get(groupId);
  if (located === undefined) {
    return { clauses: [], missing: [missingResource(snapshot, 'securityGroups', groupId, {})] };
  }
  if (!mayNameInternet(located.resource)) return noRules;
  const { clauses } = rulesOfGroup(snapshot, groupId, false);
  // A reference to a group matches nobody on the internet
  const facing = clauses.filter(({ peer }) => peer.kind !== 'security-group');
  return {
    clauses: facing.filter(({ missing }) => missing === undefined),
    missing: facing.flatMap(({ missing }) => missing ?? []),
  };
}

const openingsMemo: Derived<Snapshot, Map<string, Opening>> = derive(() => new Map());

/** What a set of security groups lets in from the internet; an interface without any lets everything in. */
export function groupsOpening(
  snapshot: Snapshot,
  groupIds: readonly string[],
  networkInterfaceId: string,
  family: Family,
): Opening {
  if (groupIds.length === 0) {
    return {
      admitted: internetTraffic[family],
      evidence: [
        {
          type: 'resource',
          resourceType: 'network-interface',
          resourceId: networkInterfaceId,
          role: 'without-security-group',
        },
      ],
      missing: [],
    };
  }
  const sorted = groupIds.toSorted();
  const key = `${family} ${sorted.join(' ')}`;
  const memo = openingsMemo(snapshot);
  let opening = memo.get(key);
  if (opening === undefined) memo.set(key, (opening = openingOf(snapshot, sorted, family)));
  return opening;
}

function openingOf(snapshot: Snapshot, groupIds: readonly string[], family: Family): Opening {
  const rules = groupIds.map((groupId) => internetRules(snapshot, groupId));
  const found = rules.flatMap(({ clauses }) =>
    clauses.flatMap((clause): readonly { readonly clause: SecurityGroupClause; readonly admitted: Traffic }[] => {
      const own = clause.boxes.filter((box) => box.family === family);
      const admitted = own.length === 0 ? [] : intersectTraffic(internetTraffic[family], own);
      return admitted.length === 0 ? [] : [{ clause, admitted }];
    }),
  );
  return {
    admitted: uniteAllTraffic(found.map(({ admitted }) => admitted)),
    evidence:
      found.length > 0
        ? found.map(({ clause }) => clause.evidence)
        : groupIds.map((resourceId) => ({
            type: 'resource',
            resourceType: 'security-group',
            resourceId,
            role: 'admits-nothing',
          })),
    missing: rules.flatMap(({ missing }) => missing),
  };
}
