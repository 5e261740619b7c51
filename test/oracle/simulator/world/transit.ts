import type {
  TransitGateway,
  TransitGatewayPeeringAttachment,
  TransitGatewayVpcAttachment,
} from '../../../../src/model/resources/transit-gateway.ts';
import type {
  TransitGatewayPolicyTableEntry,
  TransitGatewayPrefixListReference,
  TransitGatewayRoute,
} from '../../../../src/model/resources/transit-gateway-route-table.ts';
import type { RegionSnapshot } from '../../../../src/model/snapshot/snapshot.ts';
import { type Seen, gather, gatherById } from './gather.ts';

/** The transit gateways and what their owners can read of them. */
export interface Transit {
  readonly gateways: ReadonlyMap<string, Seen<TransitGateway>>;
  readonly vpcAttachments: ReadonlyMap<string, TransitGatewayVpcAttachment>;
  readonly peeringAttachments: readonly TransitGatewayPeeringAttachment[];
  /** The route table of an attachment as one gateway sees it, by `associationKey`. */
  readonly associations: ReadonlyMap<string, string>;
  readonly policyTableOf: ReadonlyMap<string, string>;
  /** Transit gateways that have policy tables. */
  readonly gatewaysWithPolicies: ReadonlySet<string>;
  readonly policyEntries: readonly TransitGatewayPolicyTableEntry[];
  readonly routes: readonly TransitGatewayRoute[];
  readonly prefixListReferences: readonly TransitGatewayPrefixListReference[];
  readonly typeOfAttachment: ReadonlyMap<string, string>;
}

/** Both sides of a peering may call the attachment by the same id, so the gateway is part of the key. */
export function associationKey(gatewayId: string, attachmentId: string): string {
  return `${gatewayId}/${attachmentId}`;
}

export function transitOf(regions: readonly RegionSnapshot[]): Transit {
  const associations = new Map<string, string>();
  const policyTableOf = new Map<string, string>();
  const typeOfAttachment = new Map<string, string>();
  const gatewayOfTable = new Map<string, string>();
  for (const { noun } of gather(regions, 'transitGatewayRouteTables')) {
    gatewayOfTable.set(noun.transitGatewayRouteTableId, noun.transitGatewayId ?? '');
  }
  for (const { noun } of gather(regions, 'transitGatewayAttachments')) {
    if (noun.resourceType !== undefined) typeOfAttachment.set(noun.transitGatewayAttachmentId, noun.resourceType);
    if (noun.associationRouteTableId === undefined || noun.associationState !== 'associated') continue;
    associations.set(
      associationKey(noun.transitGatewayId ?? '', noun.transitGatewayAttachmentId),
      noun.associationRouteTableId,
    );
  }
  for (const { noun } of gather(regions, 'transitGatewayRouteTableAssociations')) {
    if (noun.transitGatewayAttachmentId === undefined || noun.state !== 'associated') continue;
    const gatewayId = gatewayOfTable.get(noun.transitGatewayRouteTableId) ?? '';
    associations.set(associationKey(gatewayId, noun.transitGatewayAttachmentId), noun.transitGatewayRouteTableId);
  }
  const gatewayOfPolicyTable = new Map<string, string>();
  for (const { noun } of gather(regions, 'transitGatewayPolicyTables')) {
    gatewayOfPolicyTable.set(noun.transitGatewayPolicyTableId, noun.transitGatewayId ?? '');
  }
  for (const { noun } of gather(regions, 'transitGatewayPolicyTableAssociations')) {
    if (noun.transitGatewayAttachmentId === undefined || noun.state !== 'associated') continue;
    const gatewayId = gatewayOfPolicyTable.get(noun.transitGatewayPolicyTableId) ?? '';
    policyTableOf.set(associationKey(gatewayId, noun.transitGatewayAttachmentId), noun.transitGatewayPolicyTableId);
  }
  const vpcAttachments = gatherById(
    regions,
    'transitGatewayVpcAttachments',
    ({ transitGatewayAttachmentId }) => transitGatewayAttachmentId,
  );
  const peerings = gatherById(
    regions,
    'transitGatewayPeeringAttachments',
    ({ transitGatewayAttachmentId }) => transitGatewayAttachmentId,
  );
  return {
    gateways: gatherById(
      regions,
      'transitGateways',
      ({ transitGatewayId }) => transitGatewayId,
      ({ ownerId }) => ownerId,
    ),
    vpcAttachments: new Map([...vpcAttachments].map(([id, { noun }]) => [id, noun])),
    peeringAttachments: [...peerings.values()].map(({ noun }) => noun),
    associations,
    policyTableOf,
    gatewaysWithPolicies: new Set(gatewayOfPolicyTable.values()),
    policyEntries: gather(regions, 'transitGatewayPolicyTableEntries').map(({ noun }) => noun),
    routes: gather(regions, 'transitGatewayRoutes').map(({ noun }) => noun),
    prefixListReferences: gather(regions, 'transitGatewayPrefixListReferences').map(({ noun }) => noun),
    typeOfAttachment,
  };
}
