import type { GatewayAttachment } from '../../../src/model/resources/internet-gateway.ts';

/** The attachment of an internet gateway is `available` on the wire; other gateways say `attached`. */
export function isAttached(attachment: GatewayAttachment, vpcId: string): boolean {
  return attachment.vpcId === vpcId && (attachment.state === 'available' || attachment.state === 'attached');
}
