import type { Draft, Place } from '../estate/draft.ts';
import type { DraftNat } from '../estate/gateways.ts';
import type { DraftNic } from '../estate/hosts.ts';
import type { DraftAttachment, DraftTransitGateway } from '../estate/transit.ts';
import type { DraftSubnet, DraftVpc } from '../estate/vpc.ts';
import type { Random } from './random.ts';

/** A VPC while it is drawn: what its route tables can lead to. */
export interface VpcPlan {
  readonly vpc: DraftVpc;
  readonly subnets: readonly DraftSubnet[];
  readonly groups: string[];
  /** Groups of other VPCs that interfaces here may carry. */
  readonly sharedGroups: string[];
  readonly hosts: DraftNic[];
  /** Addresses that are taken, per subnet the last one handed out. */
  readonly lastHost: Map<string, number>;
  internetGateway: string | undefined;
  egressOnlyGateway: string | undefined;
  readonly nats: (DraftNat & { readonly subnet: DraftSubnet | undefined })[];
  vpnGateway: string | undefined;
  readonly gatewayEndpoints: { readonly id: string; readonly listId: string }[];
  /** Interfaces that forward for others, by id or by the instance that they belong to. */
  readonly appliances: { readonly via: string; readonly interfaceId?: string; readonly subnet: DraftSubnet }[];
  readonly inspection: { readonly id: string; readonly subnet: DraftSubnet }[];
  readonly peerings: { readonly id: string; readonly far: VpcPlan }[];
  /** Subnets with nodes of load balancers. */
  readonly nodeSubnets: Set<string>;
  readonly transits: { readonly gateway: DraftTransitGateway; readonly attachment: DraftAttachment }[];
}

/** What a network is mostly about: some rules matter only where much else is open. */
export type Theme = 'anything' | 'references' | 'private-link' | 'translation';

export interface Plan {
  readonly theme: Theme;
  readonly draft: Draft;
  readonly random: Random;
  readonly places: readonly Place[];
  readonly vpcs: VpcPlan[];
  readonly lists: { readonly id: string; readonly place: Place; readonly cidrs: readonly string[] }[];
  lastPublic: number;
}

/** The next free private address of a subnet, as text; hosts are the numbers from 4 on, the last ones now and then. */
export function freeAddress(
  plan: Plan,
  { lastHost }: VpcPlan,
  subnet: DraftSubnet,
): { ipv4: string; ipv6: string | undefined } {
  const number = (lastHost.get(subnet.id) ?? 3) + 1 + plan.random.below(3);
  lastHost.set(subnet.id, number);
  const [network = ''] = subnet.cidr.split('/');
  const parts = network.split('.').map(Number);
  const ipv4 = [...parts.slice(0, 3), (parts[3] ?? 0) + number].join('.');
  const ipv6 = subnet.ipv6Cidr?.replace('::/64', `::${number.toString(16)}`);
  return { ipv4, ipv6 };
}

/** The next public address. */
export function publicAddress(plan: Plan): string {
  plan.lastPublic += 1;
  const block = plan.lastPublic < 240 ? '203.0.113' : '192.0.2';
  return `${block}.${(plan.lastPublic % 240) + 1}`;
}

/** The blocks that rules and routes speak of: of VPCs and subnets, parts of them, single hosts, the world. */
export function anyCidr(plan: Plan, family: 4 | 6): string {
  const { random, vpcs } = plan;
  const { vpc, subnets, hosts } = random.pick(vpcs);
  const subnet = random.pick(subnets);
  if (family === 6) {
    const host = hosts.length > 0 ? random.pick(hosts).ipv6Addresses[0] : undefined;
    return random.pick([
      '::/0',
      ...vpc.ipv6Cidrs,
      subnet.ipv6Cidr ?? '::/0',
      host === undefined ? '::/0' : `${host}/128`,
    ]);
  }
  const host = hosts.length > 0 ? random.pick(hosts).addresses[0] : undefined;
  const [network = ''] = subnet.cidr.split('/');
  return random.pick([
    '0.0.0.0/0',
    '0.0.0.0/0',
    ...vpc.cidrs,
    subnet.cidr,
    `${network}/28`,
    '10.0.0.0/8',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '0.0.0.0/1',
    host === undefined ? subnet.cidr : `${host}/32`,
  ]);
}
