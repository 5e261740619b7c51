import { byId, groupedBy } from './inventory.ts';
import type { Derived } from './derive.ts';
import type { Located } from './inventory.ts';
import type { ResourceKey, Resources } from '../../model/resources.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';

/** One kind of resource of every account and Region, by id. */
export type ById<K extends ResourceKey> = Derived<Snapshot, ReadonlyMap<string, Located<Resources[K]>>>;
/** One kind of resource in groups. */
export type Grouped<K extends ResourceKey> = Derived<Snapshot, ReadonlyMap<string, readonly Located<Resources[K]>[]>>;

export const vpcById: ById<'vpcs'> = byId(
  'vpcs',
  ({ vpcId }) => vpcId,
  ({ ownerId }) => ownerId,
);
export const subnetById: ById<'subnets'> = byId(
  'subnets',
  ({ subnetId }) => subnetId,
  ({ ownerId }) => ownerId,
);
export const interfaceById: ById<'networkInterfaces'> = byId(
  'networkInterfaces',
  ({ networkInterfaceId }) => networkInterfaceId,
  ({ ownerId }) => ownerId,
);
export const instanceById: ById<'instances'> = byId('instances', ({ instanceId }) => instanceId);
export const securityGroupById: ById<'securityGroups'> = byId(
  'securityGroups',
  ({ groupId }) => groupId,
  ({ ownerId }) => ownerId,
);
export const networkAclById: ById<'networkAcls'> = byId(
  'networkAcls',
  ({ networkAclId }) => networkAclId,
  ({ ownerId }) => ownerId,
);
export const routeTableById: ById<'routeTables'> = byId(
  'routeTables',
  ({ routeTableId }) => routeTableId,
  ({ ownerId }) => ownerId,
);
export const internetGatewayById: ById<'internetGateways'> = byId(
  'internetGateways',
  ({ internetGatewayId }) => internetGatewayId,
  ({ ownerId }) => ownerId,
);
export const egressOnlyInternetGatewayById: ById<'egressOnlyInternetGateways'> = byId(
  'egressOnlyInternetGateways',
  ({ egressOnlyInternetGatewayId }) => egressOnlyInternetGatewayId,
);
export const natGatewayById: ById<'natGateways'> = byId('natGateways', ({ natGatewayId }) => natGatewayId);
export const vpnGatewayById: ById<'vpnGateways'> = byId('vpnGateways', ({ vpnGatewayId }) => vpnGatewayId);
export const vpcEndpointById: ById<'vpcEndpoints'> = byId(
  'vpcEndpoints',
  ({ vpcEndpointId }) => vpcEndpointId,
  ({ ownerId }) => ownerId,
);
export const peeringById: ById<'vpcPeeringConnections'> = byId(
  'vpcPeeringConnections',
  ({ vpcPeeringConnectionId }) => vpcPeeringConnectionId,
  ({ requesterVpcInfo }) => requesterVpcInfo?.ownerId,
);
export const transitGatewayById: ById<'transitGateways'> = byId(
  'transitGateways',
  ({ transitGatewayId }) => transitGatewayId,
  ({ ownerId }) => ownerId,
);
export const transitGatewayAttachmentById: ById<'transitGatewayAttachments'> = byId(
  'transitGatewayAttachments',
  ({ transitGatewayAttachmentId }) => transitGatewayAttachmentId,
  ({ transitGatewayOwnerId }) => transitGatewayOwnerId,
);
export const transitGatewayVpcAttachmentById: ById<'transitGatewayVpcAttachments'> = byId(
  'transitGatewayVpcAttachments',
  ({ transitGatewayAttachmentId }) => transitGatewayAttachmentId,
  ({ vpcOwnerId }) => vpcOwnerId,
);
export const loadBalancerByArn: ById<'loadBalancers'> = byId('loadBalancers', ({ loadBalancerArn }) => loadBalancerArn);
export const targetGroupByArn: ById<'targetGroups'> = byId('targetGroups', ({ targetGroupArn }) => targetGroupArn);

export const internetGatewaysOfVpc: Grouped<'internetGateways'> = groupedBy(
  'internetGateways',
  ({ attachments }) => attachments[0]?.vpcId,
);
export const natGatewaysOfVpc: Grouped<'natGateways'> = groupedBy('natGateways', ({ vpcId }) => vpcId);
export const subnetsOfVpc: Grouped<'subnets'> = groupedBy('subnets', ({ vpcId }) => vpcId);
export const interfacesOfSubnet: Grouped<'networkInterfaces'> = groupedBy(
  'networkInterfaces',
  ({ subnetId }) => subnetId,
);
export const interfacesOfInstance: Grouped<'networkInterfaces'> = groupedBy(
  'networkInterfaces',
  ({ attachment }) => attachment?.instanceId,
);
export const listenersOfLoadBalancer: Grouped<'listeners'> = groupedBy(
  'listeners',
  ({ loadBalancerArn }) => loadBalancerArn,
);
export const rulesOfListener: Grouped<'listenerRules'> = groupedBy('listenerRules', ({ listenerArn }) => listenerArn);
export const attributesOfLoadBalancer: Grouped<'loadBalancerAttributes'> = groupedBy(
  'loadBalancerAttributes',
  ({ of }) => of,
);
export const attributesOfTargetGroup: Grouped<'targetGroupAttributes'> = groupedBy(
  'targetGroupAttributes',
  ({ targetGroupArn }) => targetGroupArn,
);
export const targetsOfTargetGroup: Grouped<'targetHealth'> = groupedBy(
  'targetHealth',
  ({ targetGroupArn }) => targetGroupArn,
);
export const rulesOfSecurityGroup: Grouped<'securityGroupRules'> = groupedBy(
  'securityGroupRules',
  ({ groupId }) => groupId,
);
export const vpnConnectionsOfGateway: Grouped<'vpnConnections'> = groupedBy(
  'vpnConnections',
  ({ vpnGatewayId, transitGatewayId }) => vpnGatewayId ?? transitGatewayId,
);
