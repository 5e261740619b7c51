import { portsOf, type Rule, sortPeer, type SortedPeer } from './rule.ts';
import { add, arnOf, type Built, type Common, digest, type Item, newId, type RegionState, tagsOf } from './state.ts';

/** What a VPC gives to those who build in it. */
export interface VpcPlace {
  readonly id: string;
  readonly ownerId: string;
  readonly ipv6: boolean;
}

export interface SecurityGroupOptions extends Common {
  readonly description?: string;
  readonly ingress?: readonly Rule[];
  /** Where absent, all traffic out, as EC2 makes a new group; `[]` for none. */
  readonly egress?: readonly Rule[];
}

/** A security group; every rule is kept both merged (DescribeSecurityGroups) and by its own id. */
export interface SecurityGroupBuilder extends Built {
  readonly groupName: string;
  readonly ingress: (...rules: readonly Rule[]) => SecurityGroupBuilder;
  readonly egress: (...rules: readonly Rule[]) => SecurityGroupBuilder;
  /** Takes every rule away, in both directions. */
  readonly clear: () => SecurityGroupBuilder;
}

const groupsKey = 'ec2.DescribeSecurityGroups';
const rulesKey = 'ec2.DescribeSecurityGroupRules';

/** A security group of `state`'s account in a VPC. */
export function buildSecurityGroup(
  state: RegionState,
  vpc: VpcPlace,
  groupName: string,
  options: SecurityGroupOptions = {},
): SecurityGroupBuilder {
  const id = newId(state, 'sg', { ...options, name: options.name ?? `${vpc.id}/${groupName}` });
  const item = add(
    state,
    groupsKey,
    {
      GroupId: id,
      GroupName: groupName,
      Description: options.description ?? groupName,
      OwnerId: state.accountId,
      VpcId: vpc.id,
      SecurityGroupArn: arnOf(state, 'ec2', `security-group/${id}`),
      IpPermissions: [],
      IpPermissionsEgress: [],
      Tags: tagsOf(options),
    },
    options.raw,
  );
  const append = (isEgress: boolean, rules: readonly Rule[]): void => {
    for (const rule of rules) for (const peer of rule.peers) addRule(state, item, isEgress, rule, sortPeer(peer));
  };
  const builder: SecurityGroupBuilder = {
    id,
    item,
    groupName,
    ingress: (...rules) => {
      append(false, rules);
      return builder;
    },
    egress: (...rules) => {
      append(true, rules);
      return builder;
    },
    clear: () => {
      item['IpPermissions'] = [];
      item['IpPermissionsEgress'] = [];
      const others = (state.lists.get(rulesKey) ?? []).filter((rule) => rule['GroupId'] !== id);
      state.lists.set(rulesKey, others);
      return builder;
    },
  };
  append(false, options.ingress ?? []);
  append(true, options.egress ?? [anywhere('0.0.0.0/0'), ...(vpc.ipv6 ? [anywhere('::/0')] : [])]);
  return builder;
}

const anywhere = (cidr: string): Rule => ({ protocol: '-1', peers: [cidr] });

/** The default group: everything in from itself, everything out (VPC guide, default-security-group). */
export function buildDefaultSecurityGroup(state: RegionState, vpc: VpcPlace): SecurityGroupBuilder {
  const group = buildSecurityGroup(state, vpc, 'default', { description: 'default VPC security group' });
  return group.ingress({ protocol: '-1', peers: [{ groupId: group.id }] });
}

function addRule(state: RegionState, group: Item, isEgress: boolean, rule: Rule, peer: SortedPeer): void {
  const permissions = group[isEgress ? 'IpPermissionsEgress' : 'IpPermissions'] as Item[];
  const ports = portsOf(rule);
  const same = (permission: Item): boolean =>
    ['IpProtocol', 'FromPort', 'ToPort'].every((member) => permission[member] === ports[member]);
  let permission = permissions.find(same);
  if (permission === undefined) {
    permission = { ...ports, IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
    permissions.push(permission);
  }
  const description = peer.description === undefined ? {} : { Description: peer.description };
  const { list, entry, ruleMember } = peerMembers(state, peer);
  (permission[list] as Item[]).push({ ...entry, ...description });
  const groupId = group['GroupId'] as string;
  const key = JSON.stringify([groupId, isEgress, ports, entry]);
  const n = state.lists.get(rulesKey)?.filter((existing) => existing['GroupId'] === groupId).length ?? 0;
  const ruleId = `sgr-${digest(`${key}/${n}`, 17)}`;
  add(state, rulesKey, {
    SecurityGroupRuleId: ruleId,
    GroupId: groupId,
    GroupOwnerId: group['OwnerId'],
    IsEgress: isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    ...ruleMember,
    ...description,
    Tags: [],
    SecurityGroupRuleArn: arnOf(state, 'ec2', `security-group-rule/${ruleId}`),
  });
}

function peerMembers(state: RegionState, peer: SortedPeer): { list: string; entry: Item; ruleMember: Item } {
  if (peer.kind === 'group') {
    const { groupId, userId = state.accountId, vpcId, vpcPeeringConnectionId, peeringStatus } = peer.group;
    const across = {
      ...(vpcId === undefined ? {} : { VpcId: vpcId }),
      ...(vpcPeeringConnectionId === undefined ? {} : { VpcPeeringConnectionId: vpcPeeringConnectionId }),
    };
    const status = peeringStatus === undefined ? {} : { PeeringStatus: peeringStatus };
    const entry = { GroupId: groupId, UserId: userId, ...across, ...status };
    return { list: 'UserIdGroupPairs', entry, ruleMember: { ReferencedGroupInfo: { ...entry } } };
  }
  const spelling = {
    ipv4: { list: 'IpRanges', member: 'CidrIp', rule: 'CidrIpv4' },
    ipv6: { list: 'Ipv6Ranges', member: 'CidrIpv6', rule: 'CidrIpv6' },
    'prefix-list': { list: 'PrefixListIds', member: 'PrefixListId', rule: 'PrefixListId' },
  }[peer.kind];
  return {
    list: spelling.list,
    entry: { [spelling.member]: peer.value },
    ruleMember: { [spelling.rule]: peer.value },
  };
}

/** A group made usable in a second VPC (DescribeSecurityGroupVpcAssociations). */
export function associateSecurityGroup(state: RegionState, group: Built, vpc: VpcPlace, status = 'associated'): void {
  add(state, 'ec2.DescribeSecurityGroupVpcAssociations', {
    GroupId: group.id,
    VpcId: vpc.id,
    VpcOwnerId: vpc.ownerId,
    GroupOwnerId: state.accountId,
    State: status,
  });
}

/**
 * Completes the references to groups of other VPCs, once all is built: the account and VPC of the group and, where a
 * peering connection joins the two VPCs, its id and status (EC2 API, UserIdGroupPair).
 */
export function completeReferences(
  pairs: Iterable<{ readonly pair: Item; readonly vpcId: string }>,
  groups: ReadonlyMap<string, Item>,
  peeringBetween: (a: string, b: string) => { readonly id: string; readonly status: string } | undefined,
): void {
  for (const { pair, vpcId } of pairs) {
    const group = groups.get(pair['GroupId'] as string);
    const theirs = group?.['VpcId'] as string | undefined;
    if (group === undefined || theirs === undefined || theirs === vpcId) continue;
    pair['UserId'] = group['OwnerId'];
    pair['VpcId'] ??= theirs;
    const peering = peeringBetween(vpcId, theirs);
    if (peering === undefined) continue;
    pair['VpcPeeringConnectionId'] ??= peering.id;
    pair['PeeringStatus'] ??= peering.status;
  }
}
