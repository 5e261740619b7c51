import { gapIn, groupedBy, isAssumedOff } from '../facts/inventory.ts';
import type { Grouped } from '../facts/resources-by-id.ts';
import { transitGatewayById } from '../facts/resources-by-id.ts';
import { assumed, doubted, type Flow } from '../path/flow.ts';

const policyOfAttachment: Grouped<'transitGatewayPolicyTableAssociations'> = groupedBy(
  'transitGatewayPolicyTableAssociations',
  ({ transitGatewayAttachmentId }) => transitGatewayAttachmentId,
);
const entriesOfPolicy: Grouped<'transitGatewayPolicyTableEntries'> = groupedBy(
  'transitGatewayPolicyTableEntries',
  ({ transitGatewayPolicyTableId }) => transitGatewayPolicyTableId,
);

/**
 * Policy tables are asked before route tables. An attachment without one, or with one that has no entries, is routed as
 * ever; where entries exist, or where it is not known whether they do, the next hop is in doubt.
 */
export function policyTableDoubt(flow: Flow, attachmentId: string, transitGatewayId: string): Flow {
  const component = { id: attachmentId, type: 'transit-gateway-attachment' as const };
  const association = (policyOfAttachment(flow.snapshot).get(attachmentId) ?? []).find(
    ({ resource }) => resource.state === undefined || resource.state === 'associated',
  );
  if (association !== undefined) {
    const id = association.resource.transitGatewayPolicyTableId;
    const read = association.region.resources.transitGatewayPolicyTableEntries;
    if (
      read.status === 'collected' &&
      (entriesOfPolicy(flow.snapshot).get(id) ?? []).length === 0 &&
      read.missing.every(({ resourceId }) => resourceId !== id)
    )
      return flow;
    const text = `Policy table ${id} decides for ${attachmentId} before any route table.`;
    return doubted(flow, { explanationCode: 'TGW_POLICY_TABLE_NOT_EVALUATED', component, text }, [
      { fact: `what policy table ${id} decides`, iamAction: 'ec2:GetTransitGatewayPolicyTableEntries' },
    ]);
  }
  const owner = transitGatewayById(flow.snapshot).get(transitGatewayId);
  if (owner === undefined) return flow;
  if (
    isAssumedOff(owner.region, 'transitGatewayPolicyTables') ||
    isAssumedOff(owner.region, 'transitGatewayPolicyTableAssociations')
  ) {
    return assumed(flow, 'Policy tables of transit gateways are taken as off');
  }
  const tables = owner.region.resources.transitGatewayPolicyTables;
  if (tables.status === 'collected' && !tables.resources.some((table) => table.transitGatewayId === transitGatewayId))
    return flow;
  const gap =
    gapIn(owner.region, 'transitGatewayPolicyTables') ?? gapIn(owner.region, 'transitGatewayPolicyTableAssociations');
  if (gap === undefined) return flow;
  const text = `Whether a policy table decides for ${attachmentId} is not known.`;
  return doubted(flow, { explanationCode: 'TGW_POLICY_TABLE_NOT_EVALUATED', component, text }, [gap]);
}
