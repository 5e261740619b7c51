import { type AddressClass, addressClasses } from './facts/address-classes.ts';
import type { HeldAddress } from './facts/addresses.ts';
import { derive } from './facts/derive.ts';
import { compareText } from './facts/inventory.ts';
import { interfaceRole } from './facts/interface-role.ts';
import { peeringById, transitGatewayVpcAttachmentById } from './facts/resources-by-id.ts';
import type { Network } from './network.ts';
import { follow, type Outcome } from './path/walk.ts';
import { beginning, packetsOf } from './query/beginning.ts';
import { packetQuestion } from './query/packets.ts';
import type { Start } from './query/start.ts';
import { onlyAddress } from './sets/address-set.ts';
import { allIpv4Addresses, allIpv6Addresses } from './sets/cidr.ts';
import type { IpAddress } from './sets/ip-address.ts';
import type { Traffic } from './sets/traffic.ts';

/** What one class of addresses can send to another and have answered; its own and the other's addresses stand for "all". */
export interface ClassPair {
  readonly from: AddressClass;
  readonly to: AddressClass;
  readonly admitted: Traffic;
  readonly doubtful: Traffic;
}

/** The network between private addresses: what every class of them can send to every other. */
export interface Pairwise {
  readonly classes: readonly AddressClass[];
  /** What gets through from one class to another; nothing where nothing joins their VPCs. */
  readonly between: (from: AddressClass, to: AddressClass) => ClassPair;
  /** May packets travel between their VPCs at all? Asking costs nothing. */
  readonly joins: (from: AddressClass, to: AddressClass) => boolean;
  /** All pairs that something gets through between, or may. Quadratic in classes, never in interfaces. */
  readonly pairs: () => readonly ClassPair[];
}

const everyPacket = packetQuestion({ from: '', to: '' });

/** Pairwise reachability by classes, worked out pair by pair as it is asked for. */
export const pairwise: (network: Network) => Pairwise = derive((network: Network) => {
  const classes = addressClasses(network.snapshot).filter(({ representative }) => initiates(representative));
  const joined = joinedVpcs(network);
  const known = new Map<AddressClass, Map<AddressClass, ClassPair>>();
  const between = (from: AddressClass, to: AddressClass): ClassPair => {
    let row = known.get(from);
    if (row === undefined) known.set(from, (row = new Map()));
    let pair = row.get(to);
    if (pair === undefined) row.set(to, (pair = walkPair(network, joined, from, to)));
    return pair;
  };
  const pairs = (): readonly ClassPair[] =>
    classes.flatMap((from) =>
      classes
        .map((to) => between(from, to))
        .filter(({ admitted, doubtful }) => admitted.length > 0 || doubtful.length > 0),
    );
  const joins = (from: AddressClass, to: AddressClass): boolean => mayTravel(joined, from, to);
  return { classes, between, joins, pairs };
});

const initiates = ({ located }: HeldAddress): boolean => interfaceRole(located.resource) === 'plain';

function walkPair(network: Network, joined: ReadonlySet<string>, from: AddressClass, to: AddressClass): ClassPair {
  const nothing = { from, to, admitted: [], doubtful: [] };
  if (!mayTravel(joined, from, to)) return nothing;
  const outcome = walkBetween(network, from, to);
  if (outcome === undefined) return nothing;
  return { from, to, admitted: anyAddress(outcome.alive), doubtful: anyAddress(outcome.doubtful) };
}

/** Asks for every packet from one class to another, by a member of each on another host; nothing where there is none. */
export function walkBetween(network: Network, from: AddressClass, to: AddressClass): Outcome | undefined {
  const source = from.representative;
  const target = to.members.find((member) => hostOf(member) !== hostOf(source));
  if (target === undefined || target.family !== source.family) return undefined;
  const { networkInterfaceId } = source.located.resource;
  const start: Start = {
    place: { kind: 'leaving-interface', from: source.located },
    sources: onlyAddress(addressOf(source)),
    origin: { kind: 'interfaces', ids: new Set([networkInterfaceId]) },
    sender: source.located,
    arrivedBy: 'interface',
  };
  const aim = {
    destinations: onlyAddress(addressOf(target)),
    target: new Set([target.located.resource.networkInterfaceId]),
  };
  return follow(beginning(network, start, aim, packetsOf(everyPacket, start, aim)));
}

function mayTravel(joined: ReadonlySet<string>, from: AddressClass, to: AddressClass): boolean {
  if (from.representative.family !== to.representative.family) return false;
  const [here, there] = [from, to].map(({ representative: { located } }) => located.resource.vpcId);
  return here === there || joined.has(`${here} ${there}`);
}

const hostOf = ({ located: { resource } }: HeldAddress): string =>
  resource.attachment?.instanceId ?? resource.networkInterfaceId;

const addressOf = ({ family, value }: HeldAddress): IpAddress =>
  family === 4 ? { family, value: Number(value) } : { family, value: BigInt(value) };

const anyAddress = (traffic: Traffic): Traffic =>
  traffic.map((box) => {
    const all = box.family === 4 ? allIpv4Addresses : allIpv6Addresses;
    return { ...box, sources: all, destinations: all };
  });

/** Pairs of VPCs that a peering or a chain of transit gateways may join; between all others no private packet travels. */
function joinedVpcs({ snapshot }: Network): ReadonlySet<string> {
  const out = new Set<string>();
  for (const { resource } of peeringById(snapshot).values()) {
    const [one, other] = [resource.requesterVpcInfo?.vpcId, resource.accepterVpcInfo?.vpcId];
    if (one !== undefined && other !== undefined) out.add(`${one} ${other}`).add(`${other} ${one}`);
  }
  const attached = [
    ...new Set([...transitGatewayVpcAttachmentById(snapshot).values()].map(({ resource }) => resource.vpcId ?? '')),
  ].sort(compareText);
  for (const one of attached) for (const other of attached) if (one !== other) out.add(`${one} ${other}`);
  return out;
}
