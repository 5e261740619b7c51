import type { Missing } from '../../model/verdict/verdict.ts';
import type { Located } from '../facts/inventory.ts';
import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { AddressSet } from '../sets/address-set.ts';
import type { Arrival, Origin, Reason } from '../path/flow.ts';
import type { Place } from '../path/place.ts';

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

const onPremises = (gatewayId: string): NonNullable<Start['doubt']> => ({
  reason: {
    explanationCode: 'ON_PREMISES_NOT_VISIBLE',
    component: { id: 'on-premises', type: 'on-premises' },
    text: `Whether the packets come in through ${gatewayId} is decided outside AWS.`,
  },
  missing: [{ fact: `the network behind ${gatewayId}` }],
});

/** Packets that come into a VPC by its virtual private gateway. */
export const behindVpnGateway = (vpnGatewayId: string, vpcId: string, sources: AddressSet): Start => ({
  place: { kind: 'vpn-gateway-in', vpnGatewayId, vpcId },
  sources,
  origin: { kind: 'outside', gatewayId: vpnGatewayId },
  sender: undefined,
  arrivedBy: 'vpn-gateway',
  doubt: onPremises(vpnGatewayId),
});

/** Packets that come into a transit gateway by an attachment that leads out of AWS. */
export const behindAttachment = (attachmentId: string, transitGatewayId: string, sources: AddressSet): Start => ({
  ...insideAttachment(attachmentId, transitGatewayId, sources),
  doubt: onPremises(attachmentId),
});

/** Packets that come into a transit gateway by an attachment, whoever sent them. */
export const insideAttachment = (attachmentId: string, transitGatewayId: string, sources: AddressSet): Start => ({
  place: { kind: 'transit-gateway-attachment', attachmentId, transitGatewayId, zone: undefined },
  sources,
  origin: { kind: 'outside', gatewayId: attachmentId },
  sender: undefined,
  arrivedBy: 'transit-gateway',
});
