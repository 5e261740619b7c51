import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { RejectedConversations, UnmatchedRule } from '../../model/verdict/flow-evidence.ts';
import type { PathRule } from '../../model/verdict/path.ts';
import { interfacesOfGroup } from '../../network/facts/group-members.ts';
import { compareText, type Located } from '../../network/facts/inventory.ts';
import {
  interfacesOfSubnet,
  networkAclById,
  securityGroupById,
  subnetById,
} from '../../network/facts/resources-by-id.ts';
import { networkAclOfSubnet } from '../../network/facts/vpc-tables.ts';
import { type CompiledAclEntry, compileNetworkAcl } from '../../network/filters/network-acl.ts';
import type { SecurityGroupClause } from '../../network/filters/security-group-clause.ts';
import { rulesOfGroup } from '../../network/hops/security-group.ts';
import type { Network } from '../../network/network.ts';
import type { Covered } from './coverage-of.ts';
import { inSubnetOf } from './interfaces.ts';
import { clauseMatches, entriesMatched } from './matching.ts';
import type { Use } from './uses.ts';

/** A rule of a security group with the accepted connections that use it. */
export interface UsedClause {
  readonly clause: SecurityGroupClause;
  readonly accountId: string;
  readonly region: string;
  readonly members: readonly Located<NetworkInterface>[];
  readonly uses: readonly Use[];
}

/** Every rule of every security group that an interface carries, with its uses. Only what opens a connection counts. */
export function usedClauses(network: Network, uses: readonly Use[]): readonly UsedClause[] {
  const { snapshot } = network;
  const byGroup = new Map<string, Use[]>();
  for (const use of uses) {
    if (use.part === 'reply') continue;
    for (const groupId of use.located.resource.groupIds) {
      const list = byGroup.get(groupId);
      if (list === undefined) byGroup.set(groupId, [use]);
      else list.push(use);
    }
  }
  return [...interfacesOfGroup(snapshot)]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([groupId, members]) => {
      const region = securityGroupById(snapshot).get(groupId)?.region;
      if (region === undefined) return [];
      const mine = byGroup.get(groupId) ?? [];
      return [false, true].flatMap((isEgress) =>
        rulesOfGroup(snapshot, groupId, isEgress).clauses.map((clause) => ({
          clause,
          accountId: region.accountId as string,
          region: region.region as string,
          members,
          uses: mine.filter((use) => clauseMatches(snapshot, clause, use)),
        })),
      );
    });
}

/** What makes an absence of records prove nothing, whatever is covered. */
export interface Doubts {
  /** The logs hold no accepted traffic, or the answer was cut. */
  readonly everywhere?: string;
  readonly enough: number;
}

/** Rules of security groups that no accepted connection uses. */
export function unmatchedClauses(
  clauses: readonly UsedClause[],
  covered: Covered,
  doubts: Doubts,
): readonly UnmatchedRule[] {
  return clauses
    .filter(({ uses, members }) => uses.length === 0 && members.length > 0)
    .map(({ clause, accountId, region, members }) =>
      unmatched(clause.evidence, { accountId, region }, members, covered, doubts, neverRecorded(clause)),
    );
}

/** Entries of network ACLs that no packet matches. Replies count too, for ACLs know no connections. */
export function unmatchedEntries(
  network: Network,
  uses: readonly Use[],
  rejected: readonly RejectedConversations[],
  covered: Covered,
  doubts: Doubts,
): readonly UnmatchedRule[] {
  const { snapshot } = network;
  const matched = new Set(
    rejected.flatMap(({ attribution }) =>
      attribution.blockers.flatMap(({ rule }) => (rule?.type === 'network-acl-entry' ? [keyOf(rule)] : [])),
    ),
  );
  for (const use of uses) {
    const subnet = subnetById(snapshot).get(use.located.resource.subnetId)?.resource;
    const acl = subnet === undefined ? undefined : networkAclOfSubnet(snapshot, subnet).value;
    if (acl === undefined || inSubnetOf(snapshot, use.located, use.peer)) continue; // Traffic within a subnet meets no ACL
    for (const { evidence } of entriesMatched(acl[use.direction], use)) matched.add(keyOf(evidence));
  }
  return [...networkAclById(snapshot)]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, { resource, region }]) => {
      const members = resource.subnetIds.flatMap((subnetId) => interfacesOfSubnet(snapshot).get(subnetId) ?? []);
      const { ingress, egress } = compileNetworkAcl(resource);
      if (members.length === 0) return [];
      return [...ingress, ...egress]
        .filter(({ entry, evidence }) => entry.ruleNumber < 32_767 && !matched.has(keyOf(evidence)))
        .map((entry: CompiledAclEntry) =>
          unmatched(
            entry.evidence,
            { accountId: region.accountId, region: region.region },
            members,
            covered,
            doubts,
            undefined,
          ),
        );
    });
}

const keyOf = (rule: PathRule): string =>
  rule.type === 'network-acl-entry' ? `${rule.networkAclId} ${rule.egress} ${rule.ruleNumber} ${rule.cidrBlock}` : '';

function unmatched(
  rule: PathRule,
  place: { readonly accountId: string; readonly region: string },
  members: readonly Located<NetworkInterface>[],
  covered: Covered,
  { everywhere, enough }: Doubts,
  ownReason: string | undefined,
): UnmatchedRule {
  const coveredShare = members.reduce(
    (least, { resource }) => Math.min(least, covered.shareOf(resource.networkInterfaceId)),
    1,
  );
  const reason = everywhere ?? ownReason ?? (coveredShare < enough ? 'too little of the window is covered' : undefined);
  return {
    rule,
    ...place,
    interfaces: members.length,
    coveredShare,
    judged: reason === undefined ? 'unused' : 'unknown',
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Rules that may serve only what flow logs never record: DNS, time, DHCP, metadata. */
function neverRecorded({ evidence }: SecurityGroupClause): string | undefined {
  const { protocol, fromPort, toPort, isEgress, peer } = evidence;
  const only = (ports: readonly number[]): boolean =>
    fromPort !== undefined && fromPort === toPort && ports.includes(fromPort);
  const hidden =
    (isEgress && (protocol === 'udp' || protocol === 'tcp') && only([53, 123])) ||
    only([67, 68]) ||
    peer.startsWith('169.254.');
  return hidden ? 'it may serve what flow logs never record' : undefined;
}
