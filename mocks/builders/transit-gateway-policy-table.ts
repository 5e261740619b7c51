import { add, type Built, type Common, creationTime, newId, type RegionState, tagsOf } from './state.ts';
import type { AttachmentBuilder, TransitGatewayRouteTableBuilder } from './transit-gateway-route-table.ts';

/** A rule on the five-tuple; what is left out matches everything. */
export interface PolicyRule {
  readonly source?: string;
  readonly destination?: string;
  readonly protocol?: string;
  readonly sourcePorts?: string;
  readonly destinationPorts?: string;
  /** The route table that decides about what matches. */
  readonly routeTable: TransitGatewayRouteTableBuilder;
}

export interface PolicyTableOptions extends Common {
  readonly rules?: readonly PolicyRule[];
  readonly attachments?: readonly AttachmentBuilder[];
}

/** A policy table of a transit gateway: consulted before the route table for the attachments associated with it. */
export function buildPolicyTable(state: RegionState, gatewayId: string, options: PolicyTableOptions = {}): Built {
  const id = newId(state, 'tgw-ptb', options);
  const item = add(
    state,
    'ec2.DescribeTransitGatewayPolicyTables',
    {
      TransitGatewayPolicyTableId: id,
      TransitGatewayId: gatewayId,
      State: 'available',
      CreationTime: creationTime,
      Tags: tagsOf(options),
    },
    options.raw,
  );
  state.lists.set(
    `ec2.GetTransitGatewayPolicyTableAssociations/${id}`,
    (options.attachments ?? []).map((attachment) => {
      attachment.item['Association'] = { TransitGatewayPolicyTableId: id, State: 'associated' };
      return {
        TransitGatewayPolicyTableId: id,
        TransitGatewayAttachmentId: attachment.id,
        ResourceId: attachment.resourceId,
        ResourceType: attachment.resourceType,
        State: 'associated',
      };
    }),
  );
  state.lists.set(
    `ec2.GetTransitGatewayPolicyTableEntries/${id}`,
    (options.rules ?? []).map((rule, index) => ({
      PolicyRuleNumber: String(index + 1),
      PolicyRule: {
        SourceCidrBlock: rule.source ?? '*',
        SourcePortRange: rule.sourcePorts ?? '*',
        DestinationCidrBlock: rule.destination ?? '*',
        DestinationPortRange: rule.destinationPorts ?? '*',
        Protocol: rule.protocol ?? '*',
      },
      TargetRouteTableId: rule.routeTable.id,
    })),
  );
  return { id, item };
}
