import { miss, show } from '../estate/draft.ts';
import {
  addAcl,
  addGroup,
  addPrefixList,
  addServicePrefixList,
  allowAll,
  type DraftEntry,
  type DraftRule,
  everything,
  reserveGroup,
} from '../estate/filters.ts';
import { anyCidr, type Plan, type VpcPlan } from './plan.ts';
import type { Random } from './random.ts';

/** The ports that listeners, rules and packets meet at. */
export const servicePorts: readonly number[] = [22, 53, 80, 443, 3389, 8080];

function portRange(random: Random): readonly [number, number] {
  const port = random.pick(servicePorts);
  return random.pick<readonly [number, number]>([
    [port, port],
    [port, port],
    [port, port + 10],
    [Math.max(port - 10, 0), port],
    [0, 65535],
    [1024, 65535],
    [0, port],
    [port, 65535],
  ]);
}

function traffic(random: Random): Omit<DraftRule, 'peers'> {
  const [from, to] = portRange(random);
  return random.pick<Omit<DraftRule, 'peers'>>([
    { protocol: 'tcp', from, to },
    { protocol: 'tcp', from, to },
    { protocol: 'tcp', from: 443, to: 443 },
    { protocol: random.pick(['6', '17']), from, to },
    { protocol: 'udp', from, to },
    { protocol: '-1' },
    { protocol: '-1', from: 22, to: 22 },
    { protocol: 'icmp', from: -1, to: -1 },
    { protocol: 'icmp', from: 8, to: -1 },
    { protocol: 'icmp', from: random.pick([0, 3, 8]), to: 0 },
    { protocol: 'icmpv6' },
    { protocol: 'icmpv6', from: 128, to: -1 },
    { protocol: random.pick(['50', '47', '132']) },
  ]);
}

/** Who a rule speaks of: mostly blocks, now and then groups of any VPC and prefix lists. */
function peers(plan: Plan, own: VpcPlan): readonly string[] {
  const { random } = plan;
  const count = 1 + random.below(2);
  return Array.from({ length: count }, () => {
    const draw = random.below(100);
    if (draw < 20) return random.pick(own.groups);
    if (draw < 27) return random.pick(random.pick(plan.vpcs).groups);
    if (draw < 35 && plan.lists.length > 0) return random.pick(plan.lists).id;
    return anyCidr(plan, own.vpc.ipv6Cidrs.length > 0 && random.chance(35) ? 6 : 4);
  });
}

/** Now and then a group is made usable in another VPC of its account and Region. */
export function shareGroups(plan: Plan): void {
  const { random, draft, vpcs } = plan;
  const [from, to] = [random.pick(vpcs), random.pick(vpcs)];
  const sameOwner =
    from.vpc.owner.accountId === to.vpc.owner.accountId && from.vpc.owner.region === to.vpc.owner.region;
  if (from === to || !sameOwner || !random.chance(40)) return;
  const id = random.pick(from.groups);
  show(draft, [from.vpc.owner], 'securityGroupVpcAssociations', {
    GroupId: id,
    VpcId: to.vpc.id,
    VpcOwnerId: to.vpc.owner.accountId,
    State: 'associated',
  });
  to.sharedGroups.push(id);
}

/** Groups with references to each other. Most are open enough that packets come through. */
export function addGroups(plan: Plan, own: VpcPlan): void {
  const { random, draft } = plan;
  for (const id of own.groups) {
    // Some groups admit members of other groups and nothing else: there, only who is asking counts.
    const references = (): readonly DraftRule[] => [
      { protocol: '-1', peers: [random.pick(own.groups), random.pick(random.pick(plan.vpcs).groups)] },
    ];
    const rules = (openness: number): readonly DraftRule[] =>
      random.chance(plan.theme === 'references' ? 45 : 8)
        ? references()
        : random.chance(openness)
          ? [everything]
          : Array.from({ length: random.below(5) }, () => ({ ...traffic(random), peers: peers(plan, own) }));
    const ownerOf = (groupId: string): { UserId: string; VpcId: string } => {
      const home = plan.vpcs.find(({ groups }) => groups.includes(groupId)) ?? own;
      return { UserId: home.vpc.owner.accountId, VpcId: home.vpc.id };
    };
    addGroup(draft, own.vpc, { ingress: rules(55), egress: rules(82) }, { id, ownerOf });
  }
}

export function reserveGroups(plan: Plan, count: number): string[] {
  return Array.from({ length: count }, () => reserveGroup(plan.draft));
}

function aclEntry(plan: Plan, ruleNumber: number, ipv6: boolean): DraftEntry {
  const { random } = plan;
  const cidr = anyCidr(plan, ipv6 ? 6 : 4);
  const action = random.chance(70) ? 'allow' : 'deny';
  const [from, to] = portRange(random);
  const icmp = ipv6 ? 58 : 1;
  return random.pick<DraftEntry>([
    [ruleNumber, action, 6, cidr, from, to],
    [ruleNumber, action, 6, cidr, from, to],
    [ruleNumber, action, 17, cidr, from, to],
    [ruleNumber, action, -1, cidr],
    [ruleNumber, action, -1, cidr, 22, 22],
    [ruleNumber, action, icmp, cidr, -1, -1],
    [ruleNumber, action, icmp, cidr, random.pick(ipv6 ? [128, 129] : [8, 0]), -1],
    [ruleNumber, action, random.pick([50, 47]), cidr],
    [ruleNumber, action, 6, cidr, random.pick([1024, 32768]), random.pick([61000, 65535])],
    [ruleNumber, 'allow', 6, '0.0.0.0/0', random.pick([1024, 32768]), random.pick([61000, 65535])],
  ]);
}

function aclEntries(plan: Plan, own: VpcPlan): readonly DraftEntry[] {
  const { random } = plan;
  const dual = own.vpc.ipv6Cidrs.length > 0;
  const numbers = random.shuffle(Array.from({ length: 12 }, (_, index) => 80 + index * 5)).slice(0, random.below(6));
  const entries = numbers.map((number) => aclEntry(plan, number, dual && random.chance(35)));
  return random.chance(75) ? [...entries, ...(random.chance(90) ? allowAll : allowAll.slice(0, 1))] : entries;
}

/** One ACL for some subnets, the default one for the rest. Half of them admit everything. */
export function addAcls(plan: Plan, own: VpcPlan): void {
  const { random, draft } = plan;
  const special = random.some(own.subnets, plan.theme === 'anything' ? 40 : 10);
  for (const subnet of special) {
    addAcl(draft, own.vpc, [subnet], { ingress: aclEntries(plan, own), egress: aclEntries(plan, own) }, random.shuffle);
  }
  const rest = own.subnets.filter((subnet) => !special.includes(subnet));
  addAcl(draft, own.vpc, rest, { ingress: allowAll, egress: allowAll, isDefault: true }, random.shuffle);
}

/** Prefix lists of customers and of services; one may be unreadable. */
export function addLists(plan: Plan): void {
  const { random, draft } = plan;
  for (const place of plan.places) {
    if (random.chance(50)) {
      const cidrs = [...new Set(Array.from({ length: 1 + random.below(3) }, () => anyCidr(plan, 4)))];
      const named = cidrs.filter((cidr) => cidr !== '0.0.0.0/0');
      plan.lists.push({ id: addPrefixList(draft, place, named), place, cidrs: named });
    }
    if (random.chance(6)) {
      const id = addPrefixList(draft, place, []);
      miss(draft, place, 'managedPrefixListEntries', id);
      plan.lists.push({ id, place, cidrs: [] });
    }
  }
}

/** The list of the storage service, with the address that packets to it carry. */
export function addStorageList(plan: Plan, own: VpcPlan): string {
  const { owner } = own.vpc;
  return addServicePrefixList(plan.draft, owner, `com.amazonaws.${owner.region}.s3`, [
    '198.51.100.128/26',
    '198.51.100.192/27',
  ]);
}
