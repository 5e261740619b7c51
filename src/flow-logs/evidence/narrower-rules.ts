import type { NarrowerRule } from '../../model/verdict/flow-evidence.ts';
import { holderOf } from '../../network/facts/addresses.ts';
import { compareText } from '../../network/facts/inventory.ts';
import type { Network } from '../../network/network.ts';
import {
  addressesOfCidr,
  type AddressSet,
  hasAddress,
  noAddresses,
  uniteAllAddresses,
} from '../../network/sets/address-set.ts';
import { memberAddressesSeenFrom } from '../../network/facts/group-members.ts';
import { parseCidrOrAddress } from '../../network/sets/cidr.ts';
import { parseIpAddress } from '../../network/sets/ip-address.ts';
import type { Covered } from './coverage-of.ts';
import type { UsedClause } from './unmatched-rules.ts';
import type { Use } from './uses.ts';

/** So many blocks a rule may be split into: beyond it, a rule that is easy to read is worth more than a narrow one. */
const mostPeers = 8;
const mostPorts = 6;

/**
 * The narrowest rule that would have sufficed for what was seen: a reference to a group where all peers carry one, else
 * their addresses, and the ports that were used. Offered where it is narrower, where the logs cover enough, and where the
 * narrowed rule admits every connection that was seen.
 */
export function narrowerRules(
  network: Network,
  clauses: readonly UsedClause[],
  covered: Covered,
  enough: number,
): readonly NarrowerRule[] {
  return clauses.flatMap((used): readonly NarrowerRule[] => {
    const { clause, accountId, region, members, uses } = used;
    const { protocol, fromPort, toPort } = clause.evidence;
    if (uses.length === 0 || clause.missing !== undefined || uses.some(({ part }) => part === 'unclear')) return [];
    const coveredShare = Math.min(...members.map(({ resource }) => covered.shareOf(resource.networkInterfaceId)));
    if (coveredShare < enough) return [];
    const named = protocol === 'tcp' || protocol === 'udp' ? protocol : tcpAlone(uses);
    if (named === undefined) return [];
    const peers = clause.peer.kind === 'cidr' ? peersFor(network, clause.peer.text, uses) : undefined;
    const ports = portsFor(fromPort, toPort, uses);
    if (peers === undefined && ports === undefined) return [];
    const finalPeers = peers ?? [clause.peer.text];
    const finalPorts = ports ?? [];
    const admitted = uses.filter((use) => admits(network, finalPeers, finalPorts, { fromPort, toPort }, use));
    if (admitted.length < uses.length) return [];
    return [
      {
        rule: clause.evidence,
        accountId,
        region,
        peers: finalPeers,
        ports: finalPorts,
        conversations: uses.reduce((sum, { pairs }) => sum + pairs, 0),
        admitted: admitted.reduce((sum, { pairs }) => sum + pairs, 0),
        coveredShare,
        fix: fixOf(used, named, finalPeers, finalPorts),
      },
    ];
  });
}

const tcpAlone = (uses: readonly Use[]): 'tcp' | undefined =>
  uses.every(({ protocol }) => protocol === 6) ? 'tcp' : undefined;

/** Narrower peers than a block: undefined where strangers used it, where they are too many, or where it is as narrow. */
function peersFor(network: Network, cidr: string, uses: readonly Use[]): readonly string[] | undefined {
  if (uses.some(({ isClass }) => isClass)) return undefined;
  const addresses = [...new Set(uses.flatMap(({ peers }) => [...peers]))].sort(compareText);
  const shared = sharedGroup(network, uses);
  if (shared !== undefined) return [shared];
  if (addresses.length > mostPeers) return undefined;
  const blocks = addresses.map((address) => `${address}/${address.includes(':') ? 128 : 32}`);
  return blocks.length === 1 && blocks[0] === cidr ? undefined : blocks;
}

/** A group that every peer carries, in the VPC of the rule's own members, and nobody but them need be admitted by it. */
function sharedGroup({ snapshot }: Network, uses: readonly Use[]): string | undefined {
  let shared: readonly string[] | undefined;
  for (const { peer, located } of uses) {
    const holder = holderOf(snapshot, located.resource.vpcId, peer.family, peer.value);
    if (holder === undefined) return undefined;
    const groups = holder.resource.groupIds as readonly string[];
    shared = shared === undefined ? groups : shared.filter((id) => groups.includes(id));
  }
  return shared?.toSorted(compareText)[0];
}

function portsFor(
  from: number | undefined,
  to: number | undefined,
  uses: readonly Use[],
): readonly number[] | undefined {
  const ports = [...new Set(uses.map(({ port }) => port))].sort((a, b) => a - b);
  if (ports.length > mostPorts) return undefined;
  const width = from === undefined || to === undefined ? 65_536 : to - from + 1;
  return ports.length < width ? ports : undefined;
}

function admits(
  { snapshot }: Network,
  peers: readonly string[],
  ports: readonly number[],
  range: { readonly fromPort: number | undefined; readonly toPort: number | undefined },
  { peers: seen, port, located }: Use,
): boolean {
  const set: AddressSet = uniteAllAddresses(
    peers.map((text) => {
      if (text.startsWith('sg-')) return memberAddressesSeenFrom(snapshot, text, located.resource.vpcId);
      const cidr = parseCidrOrAddress(text).value;
      return cidr === undefined ? noAddresses : addressesOfCidr(cidr);
    }),
  );
  const byPort =
    ports.length > 0 ? ports.includes(port) : port >= (range.fromPort ?? 0) && port <= (range.toPort ?? 65_535);
  return (
    byPort &&
    [...seen].every((text) => {
      const address = parseIpAddress(text).value;
      return address !== undefined && hasAddress(set, address);
    })
  );
}

/** The new rules first, then the old one away, so that nothing is cut in between. */
function fixOf(
  { clause, region }: UsedClause,
  protocol: string,
  peers: readonly string[],
  ports: readonly number[],
): NarrowerRule['fix'] {
  const { securityGroupId, isEgress, evidence, permission } = clause;
  const direction = isEgress ? 'egress' : 'ingress';
  const ranges =
    ports.length > 0
      ? ports.map((port) => [port, port] as const)
      : [[evidence.fromPort ?? 0, evidence.toPort ?? 65_535] as const];
  const permissions = ranges.map(([from, to]) => ({
    IpProtocol: protocol,
    FromPort: from,
    ToPort: to,
    ...membersOf(peers),
  }));
  const start = `aws ec2 --region ${region}`;
  const old = evidence.securityGroupRuleId;
  const revoked =
    old !== undefined
      ? `--security-group-rule-ids ${old}`
      : `--ip-permissions '${JSON.stringify([
          {
            IpProtocol: permission.ipProtocol,
            ...(permission.fromPort === undefined ? {} : { FromPort: permission.fromPort, ToPort: permission.toPort }),
            ...membersOf([clause.peer.text]),
          },
        ])}'`;
  return {
    summary: `Narrow the ${direction} rule of ${securityGroupId} to ${peers.join(', ')}${ports.length > 0 ? `, port ${ports.join(', ')}` : ''}.`,
    cli: [
      `${start} authorize-security-group-${direction} --group-id ${securityGroupId} --ip-permissions '${JSON.stringify(permissions)}'`,
      `${start} revoke-security-group-${direction} --group-id ${securityGroupId} ${revoked}`,
    ],
  };
}

function membersOf(peers: readonly string[]): object {
  const groups = peers.filter((peer) => peer.startsWith('sg-')).map((GroupId) => ({ GroupId }));
  const lists = peers.filter((peer) => peer.startsWith('pl-')).map((PrefixListId) => ({ PrefixListId }));
  const blocks = peers.filter((peer) => peer.includes('/'));
  const ipv4 = blocks.filter((block) => !block.includes(':')).map((CidrIp) => ({ CidrIp }));
  const ipv6 = blocks.filter((block) => block.includes(':')).map((CidrIpv6) => ({ CidrIpv6 }));
  return {
    ...(ipv4.length === 0 ? {} : { IpRanges: ipv4 }),
    ...(ipv6.length === 0 ? {} : { Ipv6Ranges: ipv6 }),
    ...(lists.length === 0 ? {} : { PrefixListIds: lists }),
    ...(groups.length === 0 ? {} : { UserIdGroupPairs: groups }),
  };
}
