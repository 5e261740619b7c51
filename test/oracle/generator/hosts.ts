import { addHost, addInstance, addNic, addOwnRangeAddress, type NicOptions } from '../estate/hosts.ts';
import type { DraftSubnet } from '../estate/vpc.ts';
import type { Place } from '../estate/draft.ts';
import { freeAddress, type Plan, publicAddress, type VpcPlan } from './plan.ts';

function nicOptions(plan: Plan, own: VpcPlan, subnet: DraftSubnet): NicOptions {
  const { random } = plan;
  const free = [freeAddress(plan, own, subnet), ...(random.chance(12) ? [freeAddress(plan, own, subnet)] : [])];
  const isPublic = own.internetGateway !== undefined && random.chance(50);
  const publics = free.map(() => (isPublic ? publicAddress(plan) : undefined));
  if (publics[0] !== undefined && random.chance(3)) addOwnRangeAddress(plan.draft, own.vpc.owner, publics[0]);
  const ipv6 = free[0]?.ipv6;
  const groups = random.some([...own.groups, ...own.sharedGroups], plan.theme === 'references' ? 15 : 35);
  return {
    addresses: free.map(({ ipv4 }) => ipv4),
    ipv6Addresses: ipv6 !== undefined && random.chance(80) ? [ipv6] : [],
    publicAddresses: publics,
    groups: groups.length > 0 ? groups : [random.pick(own.groups)],
    // AWS lets no interface have both a public IPv4 address and this.
    ...(!isPublic && random.chance(5) ? { denyAllIgwTraffic: true } : {}),
    ...ownerOf(plan, own),
  };
}

/** In a shared VPC, participants place hosts too. */
function ownerOf(plan: Plan, own: VpcPlan): { readonly owner?: Place } {
  const participants = own.vpc.viewers.slice(1);
  return participants.length > 0 && plan.random.chance(50) ? { owner: plan.random.pick(participants) } : {};
}

/** Hosts in every subnet: mostly running instances with one interface. */
export function addHosts(plan: Plan, own: VpcPlan): void {
  const { random, draft } = plan;
  for (const subnet of own.subnets) {
    const count = 1 + random.below(3);
    for (let index = 0; index < count; index++) {
      const options = nicOptions(plan, own, subnet);
      const draw = random.below(100);
      if (draw < 4) own.hosts.push(addHost(draft, subnet, { ...options, state: 'stopped' }));
      else if (draw < 7) own.hosts.push(addNic(draft, subnet, { ...options, status: 'available' }));
      else if (draw < 11) own.hosts.push(addNic(draft, subnet, { ...options, type: 'lambda', publicAddresses: [] }));
      else if (draw < 22) addTwins(plan, own, subnet, options);
      else own.hosts.push(addHost(draft, subnet, options));
    }
    addPrefixHolder(plan, own, subnet);
  }
}

/** A host with a delegated prefix: the last sixteen addresses of the subnet. */
function addPrefixHolder(plan: Plan, own: VpcPlan, subnet: DraftSubnet): void {
  const { random, draft } = plan;
  if (!random.chance(6)) return;
  const [network = ''] = subnet.cidr.split('/');
  const parts = network.split('.').map(Number);
  const prefix = `${parts.slice(0, 3).join('.')}.${(parts[3] ?? 0) + 48}/28`;
  own.hosts.push(addHost(draft, subnet, { ...nicOptions(plan, own, subnet), ipv4Prefixes: [prefix] }));
}

/** Interfaces with the source/destination check off, to which routes may lead. */
export function addAppliances(plan: Plan, own: VpcPlan): void {
  const { random, draft } = plan;
  if (!random.chance(15)) return;
  const subnet = random.pick(own.subnets);
  const state = random.chance(90) ? 'running' : 'stopped';
  const nic = addHost(draft, subnet, { ...nicOptions(plan, own, subnet), sourceDestCheck: random.chance(10), state });
  own.appliances.push(
    random.chance(50) || nic.instanceId === undefined
      ? { via: nic.id, subnet }
      : { via: nic.instanceId, interfaceId: nic.id, subnet },
  );
}

/** One instance with two interfaces, in any two subnets. */
function addTwins(plan: Plan, own: VpcPlan, subnet: DraftSubnet, options: NicOptions): void {
  const { random, draft } = plan;
  const instanceId = addInstance(draft, options.owner ?? own.vpc.owner);
  own.hosts.push(addNic(draft, subnet, { ...options, instanceId }));
  const second = random.pick(own.subnets.filter(({ zone }) => zone === subnet.zone));
  const { owner: _, ...more } = nicOptions(plan, own, second);
  own.hosts.push(
    addNic(draft, second, {
      ...more,
      ...(options.owner === undefined ? {} : { owner: options.owner }),
      instanceId,
      deviceIndex: 1,
    }),
  );
}
