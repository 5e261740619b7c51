import type { ComponentReference } from '../../model/verdict/path.ts';
import { subnetById, transitGatewayVpcAttachmentById } from '../facts/resources-by-id.ts';
import { zoneOf } from '../facts/zones.ts';
import { chainItems, doubted, type Flow, noted } from '../path/flow.ts';

/**
 * Inspection in a VPC that packets came into by a transit gateway. With appliance mode off, each direction keeps the zone of
 * its own sender, so that a stateful appliance may see the two of them in different zones (transit gateway guide, appliance
 * VPC): said as a recommendation, and as a doubt where reply and request really pass different endpoints.
 */
export function inspectedBehindTransitGateway(flow: Flow, inspection: ComponentReference, vpcId: string): Flow {
  const attachment = attachmentInto(flow, vpcId);
  if (attachment === undefined || attachment.applianceModeSupport === 'enable') return flow;
  const zones = new Set(
    attachment.subnetIds.map((id) => {
      const subnet = subnetById(flow.journey.snapshot).get(id);
      return subnet === undefined ? id : zoneOf(subnet);
    }),
  );
  if (zones.size < 2) return flow;
  const component = { id: attachment.transitGatewayAttachmentId, type: 'transit-gateway-attachment' as const };
  const before = chainItems(flow.direction === 'return' ? flow.forward?.trail : undefined).filter(
    (step) => step.component.type === inspection.type && step.vpcId === vpcId,
  );
  if (before.length > 0 && before.every((step) => step.component.id !== inspection.id)) {
    const passed = before.map((step) => step.component.id).join(', ');
    const text = `The request was inspected at ${passed} and the reply comes to ${inspection.id} in another Availability Zone, for appliance mode of ${component.id} is off: a stateful appliance drops it.`;
    return doubted(flow, { explanationCode: 'TGW_ATTACH_VPC_AZ_RESTRICTION', component, text }, [
      { fact: `whether the appliance behind ${inspection.id} is stateless` },
    ]);
  }
  if (flow.direction === 'return') return flow;
  const text = `Traffic is inspected in ${vpcId}, behind ${component.id} with subnets in ${zones.size} Availability Zones and appliance mode off.`;
  return noted(flow, { explanationCode: 'TRANSIT_GATEWAY_APPLIANCE_MODE_RECOMMENDED', component, text });
}

/** The attachment by which the packets came into the VPC, where the last thing before was one. */
function attachmentInto(flow: Flow, vpcId: string) {
  for (let at = flow.trail; at !== undefined; at = at.before) {
    const { type, id } = at.last.component;
    if (type !== 'transit-gateway-attachment') continue;
    const attachment = transitGatewayVpcAttachmentById(flow.journey.snapshot).get(id)?.resource;
    return attachment?.vpcId === vpcId ? attachment : undefined;
  }
  return undefined;
}
