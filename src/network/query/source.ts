import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { behindPublicAddress, vpcAddresses } from '../facts/addresses.ts';
import { privateAddressesOf } from '../facts/group-members.ts';
import { compareText, type Located } from '../facts/inventory.ts';
import { interfaceRole } from '../facts/interface-role.ts';
import {
  internetGatewayById,
  transitGatewayAttachmentById,
  transitGatewayVpcAttachmentById,
  vpnGatewayById,
} from '../facts/resources-by-id.ts';
import { internetAddresses } from '../facts/special-addresses.ts';
import {
  type AddressSet,
  addressesOfCidr,
  allAddresses,
  disjointAddresses,
  intersectAddresses,
  onlyAddress,
  subtractAddresses,
} from '../sets/address-set.ts';
import { parseCidrOrAddress } from '../sets/cidr.ts';
import { parseIpAddress } from '../sets/ip-address.ts';
import type { Arrival, Origin, Reason } from '../path/flow.ts';
import type { Place } from '../path/place.ts';
import { holderAmongVpcs, interfacesNamed, loadBalancerNamed, nodesInOrder, notFound } from './find.ts';
import { QueryError } from './query-error.ts';

/** One place where packets of the question start. */
export interface Start {
  readonly place: Place;
  readonly sources: AddressSet;
  readonly origin: Origin;
  readonly sender: Located<NetworkInterface> | undefined;
  readonly arrivedBy: Arrival;
  /** Why it is doubtful that packets come from here as asked. */
  readonly doubt?: { readonly reason: Reason; readonly missing: readonly Missing[] };
  /** Why nothing can come from here. */
  readonly obstacle?: Reason;
}

/** Where the packets of a question come from. */
export interface Source {
  readonly starts: readonly Start[];
  /** Does the question come from the public side, so that a destination is meant by its public address? */
  readonly outside: boolean;
}

/** Reads the `from` of a question. */
export function resolveSource(snapshot: Snapshot, from: string, towards: () => ReadonlySet<string>): Source {
  if (from === 'internet') return fromInternet(internetAddresses);
  if (from.startsWith('igw-')) {
    if (!internetGatewayById(snapshot).has(from))
      notFound(snapshot, 'internetGateways', from, internetGatewayById(snapshot).keys());
    return fromInternet(internetAddresses, { gatewayId: from });
  }
  const named = interfacesNamed(snapshot, from);
  if (named !== undefined) {
    if (named.length === 0) throw new QueryError(`no interface in ${from}`);
    return { starts: classes(named), outside: false };
  }
  const balancer = loadBalancerNamed(snapshot, from);
  if (balancer !== undefined)
    return { starts: nodesInOrder(snapshot, balancer).map((node) => fromInterface([node])), outside: false };
  if (from.startsWith('vgw-') || from.startsWith('vpn-')) return fromVpnGateway(snapshot, from);
  if (from.startsWith('tgw-attach-')) return fromAttachment(snapshot, from);
  const slash = /^(vpc-[0-9a-z-]+)\/(.+)$/.exec(from);
  return fromAddresses(snapshot, from, slash?.[2] ?? from, slash?.[1], towards);
}

const fromInternet = (sources: AddressSet, by: { readonly gatewayId?: string } = {}): Source => ({
  starts: [
    {
      place: { kind: 'internet' },
      sources,
      origin: { kind: 'internet', ...by },
      sender: undefined,
      arrivedBy: 'internet',
    },
  ],
  outside: true,
});

/** Interfaces that every filter treats alike start together; those of one instance each alone, for host-local traffic. */
function classes(interfaces: readonly Located<NetworkInterface>[]): readonly Start[] {
  const groups = new Map<string, Located<NetworkInterface>[]>();
  for (const located of interfaces) {
    const { resource } = located;
    const alone = interfaces.length <= 16 || resource.attachment?.instanceId !== undefined;
    const key = alone
      ? resource.networkInterfaceId
      : `${resource.subnetId} ${resource.interfaceType} ${resource.status} ${[...resource.groupIds].sort().join(' ')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [located]);
    else group.push(located);
  }
  return [...groups].sort(([a], [b]) => compareText(a, b)).map(([, group]) => fromInterface(group));
}

function fromInterface(group: readonly Located<NetworkInterface>[], only?: AddressSet): Start {
  const [first] = group as readonly [Located<NetworkInterface>];
  const all = group
    .map(({ resource }) => privateAddressesOf(resource))
    .reduce((sum, own) => ({ ipv4: [...sum.ipv4, ...own.ipv4], ipv6: [...sum.ipv6, ...own.ipv6] }));
  const sources =
    only ??
    (group.length === 1
      ? privateAddressesOf(first.resource)
      : subtractAddresses(allAddresses, subtractAddresses(allAddresses, sortedSet(all))));
  const start = {
    place: { kind: 'leaving-interface', from: first } as const,
    sources,
    origin: { kind: 'interfaces', ids: new Set(group.map(({ resource }) => resource.networkInterfaceId)) } as const,
    sender: first,
    arrivedBy: 'interface' as const,
  };
  const obstacle = cannotInitiate(first.resource);
  return obstacle === undefined ? start : { ...start, obstacle };
}

const sortedSet = ({ ipv4, ipv6 }: AddressSet): AddressSet => ({
  ipv4: pairs(ipv4).flat(),
  ipv6: pairs(ipv6).flat(),
});

function pairs<T extends number | bigint>(bounds: readonly T[]): (readonly [T, T])[] {
  const out: (readonly [T, T])[] = [];
  for (let i = 0; i < bounds.length; i += 2) out.push([bounds[i] as T, bounds[i + 1] as T]);
  return out.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function cannotInitiate(resource: NetworkInterface): Reason | undefined {
  const component = { id: resource.networkInterfaceId, type: 'network-interface' as const };
  switch (interfaceRole(resource)) {
    case 'vpc-endpoint':
    case 'gateway-load-balancer-endpoint':
      return {
        explanationCode: 'VPCE_INTRA_VPC_TRAFFIC',
        component,
        text: `${component.id} belongs to an endpoint, which opens no connections into its VPC.`,
      };
    case 'nat-gateway':
    case 'transit-gateway':
      return { explanationCode: 'NO_PATH', component, text: `${component.id} opens no connections of its own.` };
    default:
      return undefined;
  }
}

/** An address or block: an interface's own, somebody's on the internet, or one behind a private line. */
function fromAddresses(
  snapshot: Snapshot,
  from: string,
  text: string,
  vpcId: string | undefined,
  towards: () => ReadonlySet<string>,
): Source {
  const cidr = parseCidrOrAddress(text);
  if (cidr.reason !== undefined) throw new QueryError(`${from} is no source: ${cidr.reason}`);
  const set = addressesOfCidr(cidr.value);
  const address = parseIpAddress(text).value;
  if (address !== undefined) {
    const behind =
      address.family === 4 && vpcId === undefined ? behindPublicAddress(snapshot, address.value) : undefined;
    if (behind !== undefined) {
      return {
        starts: [fromInterface([behind.located], onlyAddress({ family: 4, value: Number(behind.value) }))],
        outside: false,
      };
    }
    const holder = holderAmongVpcs(snapshot, address, vpcId);
    if (holder?.located !== undefined) return { starts: [fromInterface([holder.located], set)], outside: false };
    if (holder !== undefined) throw new QueryError(`no interface in ${holder.vpcId} holds ${text}`);
  }
  if (!disjointAddresses(set, internetAddresses)) return fromInternet(intersectAddresses(set, internetAddresses));
  if (vpcId !== undefined) throw new QueryError(`${text} does not lie in ${vpcId}`);
  return fromPrivateLine(snapshot, text, set, towards());
}

/** A private address of no VPC in the snapshot: it may come in by any private line of the destination's VPC. */
function fromPrivateLine(snapshot: Snapshot, text: string, sources: AddressSet, towards: ReadonlySet<string>): Source {
  const gateways = [...vpnGatewayById(snapshot).values()]
    .flatMap(({ resource }) =>
      resource.vpcAttachments.map(({ vpcId, state }) => ({ id: resource.vpnGatewayId, vpcId, state })),
    )
    .filter(({ vpcId, state }) => vpcId !== undefined && state === 'attached' && towards.has(vpcId));
  const transit = new Set(
    [...transitGatewayVpcAttachmentById(snapshot).values()]
      .filter(({ resource }) => resource.vpcId !== undefined && towards.has(resource.vpcId))
      .map(({ resource }) => resource.transitGatewayId),
  );
  const attachments = [...transitGatewayAttachmentById(snapshot).values()].filter(
    ({ resource }) =>
      resource.resourceType !== 'vpc' && resource.resourceType !== 'peering' && transit.has(resource.transitGatewayId),
  );
  const starts = [
    ...gateways.map(({ id, vpcId }) => behindVpnGateway(id, vpcId as string, sources)),
    ...attachments.map(({ resource }) =>
      behindAttachment(resource.transitGatewayAttachmentId, resource.transitGatewayId ?? '', sources),
    ),
  ].sort((a, b) => compareText(JSON.stringify(a.place), JSON.stringify(b.place)));
  if (starts.length > 0) return { starts, outside: false };
  const known = [...vpcAddresses(snapshot)]
    .map(([vpcId]) => vpcId)
    .sort(compareText)
    .slice(0, 3);
  throw new QueryError(
    `${text} belongs to nobody in the snapshot, and no private line leads to the destination's VPC`,
    known,
  );
}

const onPremises = (gatewayId: string): NonNullable<Start['doubt']> => ({
  reason: {
    explanationCode: 'ON_PREMISES_NOT_VISIBLE',
    component: { id: 'on-premises', type: 'on-premises' },
    text: `Whether the packets come in through ${gatewayId} is decided outside AWS.`,
  },
  missing: [{ fact: `the network behind ${gatewayId}` }],
});

const behindVpnGateway = (vpnGatewayId: string, vpcId: string, sources: AddressSet): Start => ({
  place: { kind: 'vpn-gateway-in', vpnGatewayId, vpcId },
  sources,
  origin: { kind: 'outside', gatewayId: vpnGatewayId },
  sender: undefined,
  arrivedBy: 'vpn-gateway',
  doubt: onPremises(vpnGatewayId),
});

const behindAttachment = (attachmentId: string, transitGatewayId: string, sources: AddressSet): Start => ({
  place: { kind: 'transit-gateway-attachment', attachmentId, transitGatewayId, zone: undefined },
  sources,
  origin: { kind: 'outside', gatewayId: attachmentId },
  sender: undefined,
  arrivedBy: 'transit-gateway',
  doubt: onPremises(attachmentId),
});

/** Anybody behind a virtual private gateway: every address that is not the VPC's own. */
function fromVpnGateway(snapshot: Snapshot, from: string): Source {
  const gateway = vpnGatewayById(snapshot).get(from)?.resource;
  if (gateway === undefined) notFound(snapshot, 'vpnGateways', from, vpnGatewayById(snapshot).keys());
  const vpcId = gateway.vpcAttachments.find(({ state }) => state === 'attached')?.vpcId;
  if (vpcId === undefined) throw new QueryError(`${from} is attached to no VPC`);
  const own = vpcAddresses(snapshot).get(vpcId) ?? { ipv4: [], ipv6: [] };
  return { starts: [behindVpnGateway(from, vpcId, subtractAddresses(allAddresses, own))], outside: false };
}

/** Whatever enters a transit gateway by an attachment: a VPC's own addresses, or anything from outside AWS. */
function fromAttachment(snapshot: Snapshot, from: string): Source {
  const attachment = transitGatewayAttachmentById(snapshot).get(from)?.resource;
  const vpc = transitGatewayVpcAttachmentById(snapshot).get(from)?.resource;
  const transitGatewayId = attachment?.transitGatewayId ?? vpc?.transitGatewayId;
  if (transitGatewayId === undefined)
    notFound(snapshot, 'transitGatewayAttachments', from, transitGatewayAttachmentById(snapshot).keys());
  const own = vpc?.vpcId === undefined ? undefined : vpcAddresses(snapshot).get(vpc.vpcId);
  const start = behindAttachment(from, transitGatewayId, own ?? allAddresses);
  if (own === undefined) return { starts: [start], outside: false };
  const { doubt: _, ...sure } = start;
  return { starts: [sure], outside: false };
}
