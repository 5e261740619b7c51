import type { VpcPeeringConnectionVpcInfo } from '../../model/resources/vpc-peering-connection.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { ComponentReference } from '../../model/verdict/path.ts';
import { vpcAddresses } from '../facts/addresses.ts';
import { byId, compareText } from '../facts/inventory.ts';
import { addressesOfSide } from '../facts/peering-side.ts';
import {
  type ById,
  egressOnlyInternetGatewayById,
  internetGatewayById,
  natGatewayById,
  peeringById,
  transitGatewayAttachmentById,
  transitGatewayById,
  transitGatewayVpcAttachmentById,
  vpnGatewayById,
} from '../facts/resources-by-id.ts';
import { internetAddresses } from '../facts/special-addresses.ts';
import { type AddressSet, allAddresses, noAddresses, subtractAddresses } from '../sets/address-set.ts';
import type { Reason } from '../path/flow.ts';
import { isUnmodelledGateway, notFound, NotModelled } from './find.ts';
import { QueryError } from './query-error.ts';
import { behindAttachment, behindVpnGateway, insideAttachment, type Source, type Start } from './start.ts';

/** The VPN connections of the snapshot by id. */
export const vpnConnectionById: ById<'vpnConnections'> = byId(
  'vpnConnections',
  ({ vpnConnectionId }) => vpnConnectionId,
);

/**
 * What comes in by a gateway, connection or attachment; `undefined` for any other name. `towards` gives the VPCs that the
 * question leads to, which tells from which side packets come. Throws where the id is not there.
 */
export function fromGateway(snapshot: Snapshot, from: string, towards: () => ReadonlySet<string>): Source | undefined {
  if (from.startsWith('igw-')) return fromInternetGateway(snapshot, from);
  if (from.startsWith('eigw-')) return fromEgressOnlyGateway(snapshot, from);
  if (from.startsWith('nat-')) return fromNatGateway(snapshot, from);
  if (from.startsWith('vgw-')) return fromVpnGateway(snapshot, from);
  if (from.startsWith('vpn-')) return fromVpnConnection(snapshot, from);
  if (from.startsWith('pcx-')) return fromPeering(snapshot, from, towards());
  if (from.startsWith('tgw-attach-')) return fromAttachment(snapshot, from);
  if (from.startsWith('tgw-')) return fromTransitGateway(snapshot, from, towards());
  if (isUnmodelledGateway(from)) throw new NotModelled(from);
  return undefined;
}

const within = (...starts: readonly Start[]): Source => ({ starts, outside: false });

const onTheInternet = (sources: AddressSet, gatewayId?: string): Start => ({
  place: { kind: 'internet' },
  sources,
  origin: { kind: 'internet', ...(gatewayId === undefined ? {} : { gatewayId }) },
  sender: undefined,
  arrivedBy: 'internet',
});

/** Anybody on the internet. */
export const fromInternet = (sources: AddressSet): Source => ({ starts: [onTheInternet(sources)], outside: true });

function fromInternetGateway(snapshot: Snapshot, from: string): Source {
  if (!internetGatewayById(snapshot).has(from))
    notFound(snapshot, 'internetGateways', from, internetGatewayById(snapshot).keys());
  const start = onTheInternet(internetAddresses, from);
  const attached = internetGatewayById(snapshot).get(from)?.resource.attachments.length !== 0;
  const component = { id: from, type: 'internet-gateway' as const };
  return { starts: [attached ? start : { ...start, obstacle: unassociated(component) }], outside: true };
}

/** A gateway that is attached to nothing brings nothing. */
const unassociated = (component: ComponentReference): Reason => ({
  explanationCode: 'UNASSOCIATED_COMPONENT',
  component,
  text: `${component.id} is attached to no VPC.`,
});

/** Nothing comes in by an egress-only gateway: the question can be asked, and that is the answer. */
function fromEgressOnlyGateway(snapshot: Snapshot, from: string): Source {
  if (!egressOnlyInternetGatewayById(snapshot).has(from))
    notFound(snapshot, 'egressOnlyInternetGateways', from, egressOnlyInternetGatewayById(snapshot).keys());
  const obstacle = {
    explanationCode: 'EIGW_REJECTS_INBOUND' as const,
    component: { id: from, type: 'egress-only-internet-gateway' as const },
    packetDirection: 'ingress' as const,
    text: `${from} lets nothing in that was not asked for from inside.`,
  };
  return { starts: [{ ...onTheInternet({ ...internetAddresses, ipv4: [] }), obstacle }], outside: true };
}

/** What the clients of a NAT gateway get through it: its own VPC's addresses, handed to it by a route. */
function fromNatGateway(snapshot: Snapshot, from: string): Source {
  const gateway = natGatewayById(snapshot).get(from)?.resource;
  if (gateway === undefined) return notFound(snapshot, 'natGateways', from, natGatewayById(snapshot).keys());
  const { vpcId } = gateway;
  if (vpcId === undefined) throw new QueryError(`${from} stands in no VPC`);
  return within({
    place: { kind: 'nat-gateway', natGatewayId: from, subnet: undefined, vpcId },
    sources: vpcAddresses(snapshot).get(vpcId) ?? noAddresses,
    origin: { kind: 'outside', gatewayId: from },
    sender: undefined,
    arrivedBy: 'interface',
  });
}

/** Anybody behind a virtual private gateway: every address that is not the VPC's own. */
function fromVpnGateway(snapshot: Snapshot, from: string): Source {
  const gateway = vpnGatewayById(snapshot).get(from)?.resource;
  if (gateway === undefined) return notFound(snapshot, 'vpnGateways', from, vpnGatewayById(snapshot).keys());
  const vpcId = gateway.vpcAttachments.find(({ state }) => state === 'attached')?.vpcId;
  if (vpcId === undefined) {
    const start = behindVpnGateway(from, '', allAddresses);
    return within({ ...start, obstacle: unassociated({ id: from, type: 'vpn-gateway' }) });
  }
  const own = vpcAddresses(snapshot).get(vpcId) ?? noAddresses;
  return within(behindVpnGateway(from, vpcId, subtractAddresses(allAddresses, own)));
}

/** Whatever comes through a VPN: by the gateway or the attachment that it ends at. With every tunnel down, nothing does. */
function fromVpnConnection(snapshot: Snapshot, from: string): Source {
  const connection = vpnConnectionById(snapshot).get(from)?.resource;
  if (connection === undefined) return notFound(snapshot, 'vpnConnections', from, vpnConnectionById(snapshot).keys());
  const { starts } = fromGatewayOfVpn(snapshot, from);
  if (connection.tunnels.length === 0 || connection.tunnels.some(({ status }) => status !== 'DOWN'))
    return within(...starts);
  const obstacle = {
    explanationCode: 'BAD_STATE_VPN' as const,
    component: { id: from, type: 'vpn-connection' as const },
    text: `Every tunnel of ${from} is down.`,
  };
  return within(...starts.map((start): Start => ({ ...start, obstacle })));
}

function fromGatewayOfVpn(snapshot: Snapshot, from: string): Source {
  const end = endOfVpn(snapshot, from);
  return end.startsWith('vgw-') ? fromVpnGateway(snapshot, end) : fromAttachment(snapshot, end);
}

/** The virtual private gateway or transit gateway attachment that a VPN connection ends at. */
export function endOfVpn(snapshot: Snapshot, id: string): string {
  const connection = vpnConnectionById(snapshot).get(id)?.resource;
  if (connection === undefined) return notFound(snapshot, 'vpnConnections', id, vpnConnectionById(snapshot).keys());
  if (connection.vpnGatewayId !== undefined) return connection.vpnGatewayId;
  const attachment = [...transitGatewayAttachmentById(snapshot).values()].find(
    ({ resource }) => resource.resourceType === 'vpn' && resource.resourceId === id,
  );
  if (attachment !== undefined) return attachment.resource.transitGatewayAttachmentId;
  if (connection.transitGatewayId === undefined)
    throw new QueryError(`${id} ends at neither a virtual private gateway nor a transit gateway`);
  return notFound(snapshot, 'transitGatewayAttachments', `the attachment of ${id}`, []);
}

/** The two sides of a peering that packets may come from: not the one that they are going to. */
function fromPeering(snapshot: Snapshot, from: string, towards: ReadonlySet<string>): Source {
  const peering = peeringById(snapshot).get(from)?.resource;
  if (peering === undefined) return notFound(snapshot, 'vpcPeeringConnections', from, peeringById(snapshot).keys());
  const sides = [peering.requesterVpcInfo, peering.accepterVpcInfo].filter((side) => side !== undefined);
  const far = sides.filter(({ vpcId }) => vpcId === undefined || !towards.has(vpcId));
  return within(...(far.length === 0 ? sides : far).map((side) => throughPeering(snapshot, from, side)));
}

const throughPeering = (snapshot: Snapshot, id: string, side: VpcPeeringConnectionVpcInfo): Start => ({
  place: { kind: 'peering', id, vpcId: side.vpcId ?? '' },
  sources: addressesOfSide(snapshot, side),
  origin: { kind: 'outside', gatewayId: id },
  sender: undefined,
  arrivedBy: 'interface',
});

/** Whatever enters a transit gateway by an attachment: a VPC's own addresses, or anything from outside AWS. */
function fromAttachment(snapshot: Snapshot, from: string): Source {
  const attachment = transitGatewayAttachmentById(snapshot).get(from)?.resource;
  const vpc = transitGatewayVpcAttachmentById(snapshot).get(from)?.resource;
  const transitGatewayId = attachment?.transitGatewayId ?? vpc?.transitGatewayId;
  if (transitGatewayId === undefined)
    return notFound(snapshot, 'transitGatewayAttachments', from, transitGatewayAttachmentById(snapshot).keys());
  const own = vpc?.vpcId === undefined ? undefined : vpcAddresses(snapshot).get(vpc.vpcId);
  if (own !== undefined) return within(insideAttachment(from, transitGatewayId, own));
  return within(behindAttachment(from, transitGatewayId, allAddresses));
}

/** Whatever a transit gateway may bring: by every attachment but those of the VPCs that the question leads to. */
function fromTransitGateway(snapshot: Snapshot, from: string, towards: ReadonlySet<string>): Source {
  if (!transitGatewayById(snapshot).has(from))
    notFound(snapshot, 'transitGateways', from, transitGatewayById(snapshot).keys());
  const vpcAttachments = transitGatewayVpcAttachmentById(snapshot);
  const ids = new Set(
    [...transitGatewayAttachmentById(snapshot).values(), ...vpcAttachments.values()]
      .filter(({ resource }) => resource.transitGatewayId === from)
      .map(({ resource }) => resource.transitGatewayAttachmentId)
      .filter((id) => !towards.has(vpcAttachments.get(id)?.resource.vpcId ?? '')),
  );
  if (ids.size === 0) throw new QueryError(`${from} has no attachment but the destination's own`);
  return within(...[...ids].sort(compareText).flatMap((id) => fromAttachment(snapshot, id).starts));
}
