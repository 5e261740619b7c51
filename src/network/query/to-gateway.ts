import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { vpcAddresses } from '../facts/addresses.ts';
import { addressesOfSide } from '../facts/peering-side.ts';
import {
  egressOnlyInternetGatewayById,
  internetGatewayById,
  peeringById,
  transitGatewayAttachmentById,
  transitGatewayById,
  transitGatewayVpcAttachmentById,
  vpnGatewayById,
} from '../facts/resources-by-id.ts';
import { hostServices, internetAddresses } from '../facts/special-addresses.ts';
import {
  type AddressSet,
  allAddresses,
  intersectAddresses,
  noAddresses,
  subtractAddresses,
  uniteAllAddresses,
} from '../sets/address-set.ts';
import { isUnmodelledGateway, notFound, NotModelled } from './find.ts';
import { endOfVpn } from './from-gateway.ts';

/** A gateway, connection or attachment that packets have to get into, and the addresses that they may be for. */
export interface Goal {
  readonly id: string;
  readonly destinations: AddressSet;
}

/**
 * The gateway that a question leads to: packets have arrived when it has taken them, whatever lies beyond. `undefined` for
 * any other name; throws where the id is not there. `senderVpcId` is the VPC that they come from.
 */
export function goalNamed(snapshot: Snapshot, to: string, senderVpcId: string | undefined): Goal | undefined {
  if (to.startsWith('igw-')) {
    if (!internetGatewayById(snapshot).has(to))
      notFound(snapshot, 'internetGateways', to, internetGatewayById(snapshot).keys());
    return { id: to, destinations: intersectAddresses(internetAddresses, notOwn(snapshot, senderVpcId)) };
  }
  if (to.startsWith('eigw-')) {
    if (!egressOnlyInternetGatewayById(snapshot).has(to))
      notFound(snapshot, 'egressOnlyInternetGateways', to, egressOnlyInternetGatewayById(snapshot).keys());
    const open = intersectAddresses(internetAddresses, notOwn(snapshot, senderVpcId));
    return { id: to, destinations: { ...open, ipv4: [] } };
  }
  if (to.startsWith('pcx-')) return throughPeering(snapshot, to, senderVpcId);
  if (to.startsWith('vgw-')) {
    if (!vpnGatewayById(snapshot).has(to)) notFound(snapshot, 'vpnGateways', to, vpnGatewayById(snapshot).keys());
    return { id: to, destinations: notOwn(snapshot, senderVpcId) };
  }
  if (to.startsWith('vpn-')) return goalNamed(snapshot, endOfVpn(snapshot, to), senderVpcId);
  if (to.startsWith('tgw-attach-')) return intoAttachment(snapshot, to, senderVpcId);
  if (to.startsWith('tgw-')) {
    if (!transitGatewayById(snapshot).has(to))
      notFound(snapshot, 'transitGateways', to, transitGatewayById(snapshot).keys());
    return { id: to, destinations: notOwn(snapshot, senderVpcId) };
  }
  if (isUnmodelledGateway(to)) throw new NotModelled(to);
  return undefined;
}

const beyondHosts = subtractAddresses(allAddresses, hostServices);

/** All addresses but those of the VPC and of the services that are reached beside every gateway. */
const notOwn = (snapshot: Snapshot, vpcId: string | undefined): AddressSet =>
  subtractAddresses(
    beyondHosts,
    vpcId === undefined ? noAddresses : (vpcAddresses(snapshot).get(vpcId) ?? noAddresses),
  );

function throughPeering(snapshot: Snapshot, to: string, senderVpcId: string | undefined): Goal {
  const peering = peeringById(snapshot).get(to)?.resource;
  if (peering === undefined) return notFound(snapshot, 'vpcPeeringConnections', to, peeringById(snapshot).keys());
  const sides = [peering.requesterVpcInfo, peering.accepterVpcInfo].filter((side) => side !== undefined);
  const far = sides.filter(({ vpcId }) => vpcId === undefined || vpcId !== senderVpcId);
  return { id: to, destinations: uniteAllAddresses(far.map((side) => addressesOfSide(snapshot, side))) };
}

/** The sender's own attachment takes everything; another VPC's, what that VPC owns; a VPN's and others', all but the sender's. */
function intoAttachment(snapshot: Snapshot, to: string, senderVpcId: string | undefined): Goal {
  const vpcId = transitGatewayVpcAttachmentById(snapshot).get(to)?.resource.vpcId;
  if (vpcId === undefined && !transitGatewayAttachmentById(snapshot).has(to))
    notFound(snapshot, 'transitGatewayAttachments', to, transitGatewayAttachmentById(snapshot).keys());
  const far = vpcId === undefined || vpcId === senderVpcId ? undefined : vpcAddresses(snapshot).get(vpcId);
  return { id: to, destinations: far ?? notOwn(snapshot, senderVpcId) };
}
