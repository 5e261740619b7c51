import {
  type Address,
  addressOf,
  anyContains,
  type Cidr,
  formatAddress,
  isPrivateIpv4,
  nat64Prefix,
  parseAddress,
  parseCidr,
} from '../simulator/address.ts';
import type { Header } from '../simulator/simulate.ts';
import type { Nic } from '../simulator/world/interfaces.ts';
import { typeOf } from '../simulator/world/interfaces.ts';
import type { World } from '../simulator/world/world.ts';
import { balancerOf } from '../simulator/world/balancers.ts';
import { servicePorts } from './filters.ts';
import type { Random } from './random.ts';

/** What headers of one network are drawn from: its interfaces and the borders of its rules. */
export interface HeaderSource {
  readonly senders: readonly Nic[];
  readonly receivers: readonly Nic[];
  /** Interfaces with a public address, and those with an IPv6 one. */
  readonly publics: Readonly<Record<4 | 6, readonly Nic[]>>;
  /** Nodes of load balancers and endpoints: named on purpose, for hosts are many. */
  readonly services: readonly Nic[];
  readonly ports: readonly number[];
  readonly sourcePorts: readonly number[];
  readonly cidrs: readonly Cidr[];
  /** The blocks of all VPCs, and the public addresses of their interfaces: nobody on the internet sends from them. */
  readonly inside: readonly Cidr[];
  readonly publicKeys: ReadonlySet<string>;
  /** The IPv6 blocks of each interface's own VPC: what pretends to come from there is spoofed. */
  readonly ownBlocks: ReadonlyMap<string, readonly Cidr[]>;
}

const isHost = (nic: Nic): boolean =>
  ['interface', 'lambda'].includes(typeOf(nic)) && nic.noun.sourceDestCheck !== false;

/** The borders of ranges of ports, and one beyond. */
function bordersOf(world: World): { readonly ports: readonly number[]; readonly sourcePorts: readonly number[] } {
  const borders = new Set<number>(servicePorts);
  const add = (border: number | undefined): void => {
    if (border === undefined) return;
    for (const port of [border - 1, border, border + 1]) if (port >= 0 && port <= 65535) borders.add(port);
  };
  for (const { entries } of world.acls.all)
    for (const { from, to } of entries) for (const port of [from, to]) add(port);
  for (const { ingress, egress } of world.groups.values()) {
    for (const { from, to } of [...ingress, ...egress]) for (const port of [from, to]) add(port);
  }
  const ports = [...borders].sort((a, b) => a - b);
  return { ports, sourcePorts: [1024, 65535, 50_000, ...ports].filter((port) => port >= 1024) };
}

function cidrsOf(world: World): readonly Cidr[] {
  const rules = [...world.groups.values()].flatMap(({ ingress, egress }) => [...ingress, ...egress]);
  return [
    ...rules.flatMap(({ cidrs }) => cidrs),
    ...world.acls.all.flatMap(({ entries }) => entries.map(({ cidr }) => cidr)),
    ...[...world.tables.byId.values()].flatMap(({ routes }) => routes.flatMap(({ cidr }) => cidr ?? [])),
    ...[...world.subnets.values()].flatMap(({ cidrs }) => cidrs),
    ...[...world.prefixLists.values()].flat(),
  ];
}

export function headerSource(random: Random, world: World): HeaderSource {
  const known = [...world.nics.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  // What never answers is named now and then only.
  const seldom = ['transit_gateway', 'nat_gateway', 'lambda', 'gateway_load_balancer_endpoint'];
  const all = known.filter(
    (nic) => (!seldom.includes(typeOf(nic)) && nic.noun.status !== 'available') || random.chance(25),
  );
  const isService = (nic: Nic): boolean =>
    ['vpc_endpoint', 'network_load_balancer', 'load_balancer'].includes(typeOf(nic));
  const runs = ({ instanceId }: Nic): boolean =>
    instanceId === undefined || world.instanceStates.get(instanceId) !== 'stopped';
  return {
    senders: all.filter(
      (nic) => (isHost(nic) && (runs(nic) || random.chance(20))) || (isService(nic) && random.chance(8)),
    ),
    receivers: all,
    publics: {
      4: all.filter(({ publicAddresses }) => publicAddresses.size > 0),
      6: all.filter(({ addresses }) => addresses.some(({ family }) => family === 6)),
    },
    services: all.filter(isService),
    cidrs: cidrsOf(world),
    inside: [...world.vpcs.values()].flatMap(({ cidrs }) => cidrs),
    publicKeys: new Set(world.publicHolders.keys()),
    ownBlocks: new Map(
      known.map((nic) => [nic.id, (world.vpcs.get(nic.vpcId)?.cidrs ?? []).filter(({ family }) => family === 6)]),
    ),
    ...bordersOf(world),
  };
}

const protocols: readonly number[] = [6, 6, 6, 6, 6, 6, 17, 17, 1, 1, 50];

/** The first or last address of a block, or the one beyond. */
function borderAddress(random: Random, { family, first, last }: Cidr): Address {
  const bits = family === 4 ? 32n : 128n;
  const value = random.pick([first, last, first - 1n, last + 1n, first + 1n]);
  const address = addressOf(family, ((value % (1n << bits)) + (1n << bits)) % (1n << bits));
  // Addresses that no host has (0.0.0.0/8, multicast …) say nothing about networks.
  return isOnInternet(address) || isPrivateIpv4(address) ? address : parseAddress(random.pick(outside[family]));
}

const outside: Readonly<Record<4 | 6, readonly string[]>> = {
  4: ['198.51.100.7', '198.51.100.200', '198.51.100.130', '203.0.113.251'],
  6: ['2001:db8:ffff::7'],
};

/** What no host of the internet has: this network, loopback, link-local, multicast and reserved (RFC 6890). */
const nobodys: readonly Cidr[] = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].map(parseCidr);

function isOnInternet(address: Address): boolean {
  if (address.family === 6) return address.value >> 125n === 1n;
  return !isPrivateIpv4(address) && !anyContains(nobodys, address);
}

/** Where the packet goes. */
interface Destination {
  readonly address: string;
  /** The interface that was meant. */
  readonly nic?: Nic;
}

/** An interface by one of its addresses of the family, the public one now and then. */
function addressOn(random: Random, nic: Nic, family: 4 | 6, wantsPublic: boolean): Destination | undefined {
  const own = nic.addresses.filter((address) => address.family === family);
  const publics = own.flatMap((address) => (family === 4 ? (nic.publicAddresses.get(address.key) ?? []) : [address]));
  const choices = wantsPublic && publics.length > 0 ? publics : own;
  return choices.length === 0 ? undefined : { address: formatAddress(random.pick(choices)), nic };
}

/** An interface by one of its addresses, a service, the internet, or the border of some block. */
function destinationOf(random: Random, source: HeaderSource, family: 4 | 6, sender: Nic | undefined): Destination {
  const draw = random.below(100);
  if (sender === undefined) {
    const publics = source.publics[family];
    const found = publics.length > 0 && draw < 98 ? addressOn(random, random.pick(publics), family, true) : undefined;
    return found ?? { address: random.pick(outside[family]) };
  }
  if (draw < 14) return { address: random.pick(outside[family]) };
  if (draw < 15 && family === 4) return { address: '192.168.1.1' };
  if (draw < 21 && source.cidrs.length > 0) {
    const cidr = random.pick(source.cidrs);
    if (cidr.family === family) return { address: formatAddress(borderAddress(random, cidr)) };
  }
  const prefixed = source.receivers.filter(({ prefixes }) => prefixes.length > 0);
  if (family === 4 && prefixed.length > 0 && draw < 26) {
    const nic = random.pick(prefixed);
    const [prefix] = nic.prefixes;
    if (prefix !== undefined) return { address: formatAddress(borderAddress(random, prefix)), nic };
  }
  const near = source.receivers.filter((nic) => nic.vpcId === sender.vpcId);
  const pool = draw > 78 ? source.services : draw < 52 ? near : source.receivers;
  const nic = pool.length > 0 ? random.pick(pool) : sender;
  return addressOn(random, nic, family, random.chance(12)) ?? { address: random.pick(outside[family]) };
}

/** An IPv4 address as IPv6 hosts write it for NAT64. */
function translated(random: Random, source: HeaderSource): Destination {
  const publics = source.publics[4].flatMap((nic) => [...nic.publicAddresses.values()]);
  const { value } =
    publics.length > 0 && random.chance(50) ? random.pick(publics) : parseAddress(random.pick(outside[4]));
  return { address: formatAddress(addressOf(6, nat64Prefix.first + value)) };
}

/** Where nobody is: an address of the receiver's own VPC, as somebody out there may pretend to have. */
function spoofedSource(random: Random, source: HeaderSource, { nic }: Destination): string | undefined {
  const blocks = source.ownBlocks.get(nic?.id ?? '') ?? [];
  if (blocks.length === 0 || !random.chance(6)) return undefined;
  const { first, last } = random.pick(blocks);
  return formatAddress(addressOf(6, random.pick([first, last, first + 0x1_0000_0000_0000_0005n])));
}

function internetSource(random: Random, source: HeaderSource, family: 4 | 6): string {
  if (random.chance(70) || source.cidrs.length === 0) return random.pick(outside[family]);
  const cidr = random.pick(source.cidrs);
  const address = borderAddress(random, cidr);
  return address.family === family && isForeign(source, address)
    ? formatAddress(address)
    : random.pick(outside[family]);
}

/** Is it an address of the internet that nobody in the snapshot has? */
export function isForeign(source: HeaderSource, address: Address): boolean {
  return isOnInternet(address) && !anyContains(source.inside, address) && !source.publicKeys.has(address.key);
}

/** The port and protocol of a listener of the load balancer whose node the interface is. */
function listenerOf(random: Random, world: World, nic: Nic): { port: number; protocol: number } | undefined {
  const arn = balancerOf(world.balancers, nic.noun.description)?.noun.loadBalancerArn;
  const listeners = world.balancers.listeners.filter(
    ({ loadBalancerArn }) => arn !== undefined && loadBalancerArn === arn,
  );
  if (listeners.length === 0) return undefined;
  const { port = 443, protocol } = random.pick(listeners);
  return { port, protocol: protocol?.includes('UDP') === true ? 17 : 6 };
}

/** The first or last port of an inbound rule of the interface's groups, with its protocol. */
function ruleOf(random: Random, world: World, nic: Nic): { port: number; protocol: number } | undefined {
  const rules = nic.groupIds.flatMap((id) => world.groups.get(id)?.ingress ?? []);
  if (rules.length === 0) return undefined;
  const { protocol, from, to } = random.pick(rules);
  if (protocol !== 6 && protocol !== 17) return undefined;
  const border = random.pick([from ?? 0, from ?? 0, to ?? 65535, to ?? 65535, (to ?? 0) + 1]);
  return { port: Math.min(border, 65535), protocol };
}

/** One random header, at the borders of rules more often than not. */
export function generateHeader(random: Random, world: World, source: HeaderSource): Header {
  const sender = random.chance(22) || source.senders.length === 0 ? undefined : random.pick(source.senders);
  const families = sender === undefined ? ([4, 4, 6] as const) : sender.addresses.map(({ family }) => family);
  const family = random.chance(65) ? (families[0] ?? 4) : random.pick(families);
  const own = sender?.addresses.filter((address) => address.family === family) ?? [];
  const nat64 = family === 6 && sender !== undefined && random.chance(10);
  const destination = nat64 ? translated(random, source) : destinationOf(random, source, family, sender);
  const spoofed = sender === undefined && family === 6 ? spoofedSource(random, source, destination) : undefined;
  const from = own.length > 0 ? formatAddress(random.pick(own)) : (spoofed ?? internetSource(random, source, family));
  const protocol = random.pick(protocols);
  const served =
    destination.nic === undefined || random.chance(25)
      ? undefined
      : (listenerOf(random, world, destination.nic) ?? ruleOf(random, world, destination.nic));
  const toInternet = sender !== undefined && outside[family].includes(destination.address) && random.chance(92);
  // IPv6 to the sender's own VPC stays there, though the internet is asked for.
  const inside = toInternet && family === 6 && random.chance(8) ? source.ownBlocks.get(sender.id)?.[0] : undefined;
  return {
    from: sender?.id ?? 'internet',
    to: toInternet ? 'internet' : 'address',
    source: from,
    sourcePort: random.pick(source.sourcePorts),
    destination:
      inside === undefined ? destination.address : formatAddress(addressOf(6, inside.first + 0x1_0000_0000_0000_0004n)),
    destinationPort: served?.port ?? (random.chance(50) ? 443 : random.pick(source.ports)),
    // What NAT64 makes of ICMPv6 is not described.
    protocol: served?.protocol ?? (protocol === 1 && family === 6 ? (nat64 ? 6 : 58) : protocol),
    icmpType: random.chance(90) ? (family === 6 ? 128 : 8) : random.pick(family === 6 ? [129, 1] : [0, 3]),
    icmpCode: random.chance(92) ? 0 : 1,
  };
}
