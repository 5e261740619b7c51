import type { TransitGatewayVpcAttachment } from '../../model/resources/transit-gateway.ts';
import type { Subnet } from '../../model/resources/subnet.ts';
import { compareText, type Located, missingResource } from '../facts/inventory.ts';
import { subnetById, transitGatewayById, transitGatewayVpcAttachmentById, vpcById } from '../facts/resources-by-id.ts';
import { zoneOf } from '../facts/zones.ts';
import { blocked, chainItems, doubted, type Flow, identityLost, isBackAt, isGoal, withStep } from '../path/flow.ts';
import { entered } from '../path/entering-vpc.ts';
import type { Place } from '../path/place.ts';
import { choice, end, go, lastingChoice, type Step } from '../path/step.ts';
import { passNetworkAcl } from './network-acl.ts';
import { outboundReferencesEnd } from './outbound-references.ts';

/**
 * From a VPC into a transit gateway: through the attachment's interface in the sender's own Availability Zone, or not at
 * all (transit gateway guide, how transit gateways work).
 */
export function enterTransitGateway(arriving: Flow, place: Extract<Place, { kind: 'transit-gateway' }>): Step {
  const { transitGatewayId, vpcId, subnet } = place;
  const component = { id: transitGatewayId, type: 'transit-gateway' as const };
  const flow = outboundReferencesEnd(arriving, component);
  const attachment = attachmentOf(flow, transitGatewayId, vpcId);
  if (attachment === undefined) return withoutAttachment(flow, place);
  const attachmentId = attachment.transitGatewayAttachmentId;
  const own = { id: attachmentId, type: 'transit-gateway-attachment' as const };
  let next = flow;
  if (attachment.state !== 'available') {
    const text = `${attachmentId} is ${attachment.state ?? 'in an unknown state'}, not available.`;
    next = blocked(next, { explanationCode: 'BAD_STATE_ATTACHMENT', component: own, text });
  }
  const subnets = subnetsOf(flow, attachment);
  const zone = subnet === undefined ? undefined : zoneOf(subnet);
  let through = zone === undefined ? subnets[0] : subnets.find((candidate) => zoneOf(candidate) === zone);
  if (through === undefined && subnets.length < attachment.subnetIds.length) {
    const missing = missingResource(flow.journey.snapshot, 'subnets', attachment.subnetIds.join(', '), {
      accountId: attachment.vpcOwnerId,
    });
    return end(
      doubted(
        next,
        { explanationCode: 'NOT_COLLECTED', component: own, text: `The subnets of ${attachmentId} are not known.` },
        [missing],
      ),
    );
  }
  if (through === undefined) {
    next = blocked(next, {
      explanationCode: 'TGW_ROUTE_AZ_RESTRICTION',
      component: own,
      missingComponent: { id: subnet?.resource.subnetId ?? vpcId, type: 'subnet' },
      text: `${attachmentId} has no subnet in ${zone ?? 'the Availability Zone'} of ${flow.direction === 'return' ? 'the replying' : 'the sending'} subnet, so the packets are dropped.`,
    });
    [through] = subnets;
  }
  if (through !== undefined) next = passNetworkAcl(next, through, 'ingress');
  next = withStep(next, { component: own, effect: 'admits', vpcId, subnetId: through?.resource.subnetId });
  next = withStep(next, { component, effect: 'admits' });
  const goal = [attachmentId, transitGatewayId].find((id) => isGoal(next, id));
  if (goal !== undefined) {
    const reply: Place = { kind: 'leaving-transit-gateway', attachmentId, transitGatewayId, zone };
    return go(next, { kind: 'delivered', to: undefined, reply, goal });
  }
  const carried =
    attachment.securityGroupReferencingSupport === 'disable'
      ? identityLost(next.identity, own, 'SG_REFERENCING_SUPPORT')
      : next.identity;
  return go(
    { ...next, identity: carried },
    { kind: 'transit-gateway-attachment', attachmentId, transitGatewayId, zone },
  );
}

/** The attachment of a VPC to a gateway; an available one where there are several. */
export function attachmentOf(
  flow: Flow,
  transitGatewayId: string,
  vpcId: string,
): TransitGatewayVpcAttachment | undefined {
  return [...transitGatewayVpcAttachmentById(flow.journey.snapshot).values()]
    .map(({ resource }) => resource)
    .filter((attachment) => attachment.transitGatewayId === transitGatewayId && attachment.vpcId === vpcId)
    .sort(
      (a, b) =>
        Number(b.state === 'available') - Number(a.state === 'available') ||
        compareText(a.transitGatewayAttachmentId, b.transitGatewayAttachmentId),
    )[0];
}

const subnetsOf = (flow: Flow, attachment: TransitGatewayVpcAttachment): readonly Located<Subnet>[] =>
  attachment.subnetIds
    .map((id) => subnetById(flow.journey.snapshot).get(id))
    .filter((subnet) => subnet !== undefined)
    .sort((a, b) => compareText(a.resource.subnetId, b.resource.subnetId));

function withoutAttachment(flow: Flow, { transitGatewayId, vpcId }: Extract<Place, { kind: 'transit-gateway' }>): Step {
  const component = { id: transitGatewayId, type: 'transit-gateway' as const };
  const vpc = vpcById(flow.journey.snapshot).get(vpcId);
  const near = vpc?.region;
  const ownersView = vpc?.resource.ownerId === undefined || vpc.resource.ownerId === near?.accountId;
  if (!ownersView || near?.resources.transitGatewayVpcAttachments.status !== 'collected') {
    const missing = missingResource(
      flow.journey.snapshot,
      'transitGatewayVpcAttachments',
      `the attachment of ${vpcId}`,
      {
        accountId: vpc?.resource.ownerId ?? near?.accountId,
        region: near?.region,
      },
    );
    return end(
      doubted(
        flow,
        {
          explanationCode: 'NOT_COLLECTED',
          component,
          text: `The attachment of ${vpcId} to ${transitGatewayId} is not known.`,
        },
        [missing],
      ),
    );
  }
  const text = `${vpcId} is not attached to ${transitGatewayId}.`;
  return end(
    blocked(flow, {
      explanationCode: 'BAD_STATE_ATTACHMENT',
      component,
      missingComponent: { id: vpcId, type: 'vpc' },
      text,
    }),
  );
}

/**
 * Out of a transit gateway into a VPC: by the attachment's subnet in the sender's zone where there is one, else by any;
 * in appliance mode by one that the gateway picks for the flow. That subnet's route table and ACL come next.
 */
export function leaveTransitGateway(
  flow: Flow,
  attachmentId: string,
  transitGatewayId: string,
  zone: string | undefined,
): Step {
  const component = { id: attachmentId, type: 'transit-gateway-attachment' as const };
  const attachment = transitGatewayVpcAttachmentById(flow.journey.snapshot).get(attachmentId)?.resource;
  const vpcId = attachment?.vpcId;
  if (attachment === undefined || vpcId === undefined) {
    const missing = missingResource(flow.journey.snapshot, 'transitGatewayVpcAttachments', attachmentId, {});
    return end(
      doubted(flow, { explanationCode: 'NOT_COLLECTED', component, text: `${attachmentId} is not in the snapshot.` }, [
        missing,
      ]),
    );
  }
  let next = flow;
  if (attachment.state !== 'available') {
    const text = `${attachmentId} is ${attachment.state ?? 'in an unknown state'}, not available.`;
    next = blocked(next, { explanationCode: 'BAD_STATE_ATTACHMENT', component, text });
  }
  if (isBackAt(next, attachmentId))
    return { kind: 'arrived', flow: withStep(next, { component, effect: 'admits', vpcId }) };
  if (isGoal(next, attachmentId)) {
    const reply: Place = { kind: 'transit-gateway-attachment', attachmentId, transitGatewayId, zone };
    const taken = withStep(next, { component, effect: 'admits', vpcId });
    return go(taken, { kind: 'delivered', to: undefined, reply, goal: attachmentId });
  }
  const subnets = subnetsOf(flow, attachment);
  if (subnets.length < attachment.subnetIds.length || subnets.length === 0) {
    const missing = missingResource(flow.journey.snapshot, 'subnets', attachment.subnetIds.join(', '), {
      accountId: attachment.vpcOwnerId,
    });
    return end(
      doubted(
        next,
        { explanationCode: 'NOT_COLLECTED', component, text: `The subnets of ${attachmentId} are not known.` },
        [missing],
      ),
    );
  }
  next = { ...next, identity: carriedIdentity(next, attachment, transitGatewayId), arrivedBy: 'transit-gateway' };
  const same =
    attachment.applianceModeSupport === 'enable' ? undefined : subnets.find((subnet) => zoneOf(subnet) === zone);
  const candidates = same === undefined ? subnets : [same];
  const ways = candidates.map((subnet) => ({
    name: subnet.resource.subnetId,
    step: (flow: Flow): Step => {
      const back: Place = { kind: 'transit-gateway', transitGatewayId, subnet, vpcId };
      const arrived = withStep(flow, { component, effect: 'admits', vpcId, subnetId: subnet.resource.subnetId });
      return go(entered(arrived, vpcId, back), { kind: 'leaving-subnet', subnet, from: undefined });
    },
  }));
  const text = `${attachmentId} has no subnet in the sender's Availability Zone, so the transit gateway picks one, and they are not alike.`;
  const reason = { explanationCode: 'INTERMITTENT', component, text } as const;
  if (attachment.applianceModeSupport !== 'enable')
    return choice(
      ways.map(({ step }) => step(next)),
      reason,
    );
  // In appliance mode the zone is the flow's, both ways; what a translator sends on is another flow.
  return lastingChoice(next, `zone ${attachmentId} ${chainItems(next.waypoints).length}`, ways, reason);
}

/** References to groups cross a transit gateway inbound, where it and both attachments support them. */
function carriedIdentity(
  flow: Flow,
  attachment: TransitGatewayVpcAttachment,
  transitGatewayId: string,
): Flow['identity'] {
  const gateway = { id: transitGatewayId, type: 'transit-gateway' as const };
  const own = { id: attachment.transitGatewayAttachmentId, type: 'transit-gateway-attachment' as const };
  const resource = transitGatewayById(flow.journey.snapshot).get(transitGatewayId)?.resource;
  if (attachment.securityGroupReferencingSupport === 'disable')
    return identityLost(flow.identity, own, 'SG_REFERENCING_SUPPORT');
  if (resource === undefined) {
    if (flow.identity.groups.length === 0) return flow.identity;
    return {
      ...flow.identity,
      uncertain: {
        fact: `whether ${transitGatewayId} supports security-group references`,
        iamAction: 'ec2:DescribeTransitGateways',
      },
    };
  }
  return resource.securityGroupReferencingSupport === 'enable'
    ? flow.identity
    : identityLost(flow.identity, gateway, 'SG_REFERENCING_SUPPORT');
}
