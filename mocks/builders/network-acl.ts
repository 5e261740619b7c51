import { canonicalCidr } from '../cidr.ts';
import type { Rule } from './rule.ts';
import type { VpcPlace } from './security-group.ts';
import { add, type Built, type Common, idOf, type Item, newId, type Ref, type RegionState, tagsOf } from './state.ts';

/** A numbered rule of a network ACL before it is put into a direction. */
export interface AclRule {
  readonly ruleNumber: number;
  readonly ruleAction: 'allow' | 'deny';
  readonly rule: Rule;
}

/** `allow(100, tcp(443, '0.0.0.0/0'))`: exactly one peer, a CIDR. */
export function allow(ruleNumber: number, rule: Rule): AclRule {
  return { ruleNumber, ruleAction: 'allow', rule };
}

/** `deny(90, tcp(22, '0.0.0.0/0'))`: exactly one peer, a CIDR. */
export function deny(ruleNumber: number, rule: Rule): AclRule {
  return { ruleNumber, ruleAction: 'deny', rule };
}

export interface NetworkAclOptions extends Common {
  readonly ingress?: readonly AclRule[];
  readonly egress?: readonly AclRule[];
  readonly subnets?: readonly Ref[];
}

/** A network ACL; a subnet has exactly one, so associating moves it. */
export interface NetworkAclBuilder extends Built {
  readonly ingress: (...rules: readonly AclRule[]) => NetworkAclBuilder;
  readonly egress: (...rules: readonly AclRule[]) => NetworkAclBuilder;
  /** Takes all numbered rules away; the implicit denies stay. */
  readonly clear: () => NetworkAclBuilder;
  readonly associate: (...subnets: readonly Ref[]) => NetworkAclBuilder;
}

const aclsKey = 'ec2.DescribeNetworkAcls';
const protocolNumbers: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58' };

function entryOf(egress: boolean, { ruleNumber, ruleAction, rule }: AclRule): Item {
  const [peer, ...others] = rule.peers;
  if (typeof peer !== 'string' || others.length > 0) {
    throw new Error(`network ACL rule ${ruleNumber} needs exactly one CIDR`);
  }
  const cidr = canonicalCidr(peer);
  const isIcmp = rule.protocol === 'icmp' || rule.protocol === 'icmpv6';
  return {
    ...(cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }),
    Egress: egress,
    ...(isIcmp ? { IcmpTypeCode: { Code: rule.toPort ?? -1, Type: rule.fromPort ?? -1 } } : {}),
    ...(isIcmp || rule.fromPort === undefined ? {} : { PortRange: { From: rule.fromPort, To: rule.toPort } }),
    Protocol: protocolNumbers[rule.protocol] ?? rule.protocol,
    RuleAction: ruleAction,
    RuleNumber: ruleNumber,
  };
}

const everything = (cidr: string): Rule => ({ protocol: '-1', peers: [cidr] });

/** The entries that cannot be taken away: 32767 for IPv4 and, where the VPC has IPv6, 32768 (VPC guide, nacl-rules). */
const implicitDenies = (ipv6: boolean): readonly AclRule[] => [
  deny(32767, everything('0.0.0.0/0')),
  ...(ipv6 ? [deny(32768, everything('::/0'))] : []),
];

const implicit = (entry: Item): boolean => (entry['RuleNumber'] as number) > 32766;

function build(
  state: RegionState,
  vpc: VpcPlace,
  options: NetworkAclOptions,
  isDefault: boolean,
  first: readonly AclRule[],
): NetworkAclBuilder {
  const id = newId(state, 'acl', options);
  const entries: Item[] = [];
  const item = add(
    state,
    aclsKey,
    {
      Associations: [],
      Entries: entries,
      IsDefault: isDefault,
      NetworkAclId: id,
      Tags: tagsOf(options),
      VpcId: vpc.id,
      OwnerId: state.accountId,
    },
    options.raw,
  );
  const append = (egress: boolean, rules: readonly AclRule[]): void => {
    for (const rule of rules) {
      if (entries.some((entry) => entry['Egress'] === egress && entry['RuleNumber'] === rule.ruleNumber)) {
        throw new Error(`${id} has rule ${rule.ruleNumber} ${egress ? 'out' : 'in'} already`);
      }
      entries.push(entryOf(egress, rule));
    }
    entries.sort(
      (a, b) => Number(b['Egress']) - Number(a['Egress']) || Number(a['RuleNumber']) - Number(b['RuleNumber']),
    );
  };
  for (const egress of [true, false]) append(egress, [...first, ...implicitDenies(vpc.ipv6)]);
  const builder: NetworkAclBuilder = {
    id,
    item,
    ingress: (...rules) => {
      append(false, rules);
      return builder;
    },
    egress: (...rules) => {
      append(true, rules);
      return builder;
    },
    clear: () => {
      const kept = entries.filter(implicit);
      entries.splice(0, entries.length, ...kept);
      return builder;
    },
    associate: (...subnets) => {
      for (const subnet of subnets) moveAssociation(state, item, idOf(subnet));
      return builder;
    },
  };
  return builder
    .ingress(...(options.ingress ?? []))
    .egress(...(options.egress ?? []))
    .associate(...(options.subnets ?? []));
}

function moveAssociation(state: RegionState, acl: Item, subnetId: string): void {
  for (const other of state.lists.get(aclsKey) ?? []) {
    const associations = other['Associations'] as Item[];
    const kept = associations.filter((association) => association['SubnetId'] !== subnetId);
    associations.splice(0, associations.length, ...kept);
  }
  (acl['Associations'] as Item[]).push({
    NetworkAclAssociationId: newId(state, 'aclassoc', { name: subnetId }),
    NetworkAclId: acl['NetworkAclId'],
    SubnetId: subnetId,
  });
}

/** A custom network ACL: it starts with the implicit denies only. */
export function buildNetworkAcl(state: RegionState, vpc: VpcPlace, options: NetworkAclOptions = {}): NetworkAclBuilder {
  return build(state, vpc, options, false, []);
}

/** The default network ACL of a VPC: 100 (and 101 for IPv6) allow everything both ways. */
export function buildDefaultNetworkAcl(state: RegionState, vpc: VpcPlace): NetworkAclBuilder {
  const allowed = [allow(100, everything('0.0.0.0/0')), ...(vpc.ipv6 ? [allow(101, everything('::/0'))] : [])];
  return build(state, vpc, { name: `${vpc.id}/default`, tags: {}, raw: { Tags: [] } }, true, allowed);
}
