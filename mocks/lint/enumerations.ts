import { valuesAt } from '../answer/filters.ts';
import type { World } from '../world.ts';
import { itemsWith, type Problem } from './problem.ts';

/**
 * Members whose values come from a list, with the SDK's name of the list. What AWS is known to answer beside its own
 * list is added: interface types, attachment states.
 */
const enumerations: readonly (readonly [operation: string, path: string, name: string, ...more: string[]])[] = [
  ['ec2.DescribeVpcs', 'State', 'VpcState'],
  ['ec2.DescribeVpcs', 'CidrBlockAssociationSet.CidrBlockState.State', 'VpcCidrBlockStateCode'],
  ['ec2.DescribeSubnets', 'State', 'SubnetState'],
  ['ec2.DescribeRouteTables', 'Routes.State', 'RouteState'],
  ['ec2.DescribeRouteTables', 'Routes.Origin', 'RouteOrigin'],
  ['ec2.DescribeRouteTables', 'Associations.AssociationState.State', 'RouteTableAssociationStateCode'],
  ['ec2.DescribeInternetGateways', 'Attachments.State', 'AttachmentStatus', 'available'],
  ['ec2.DescribeNatGateways', 'State', 'NatGatewayState'],
  ['ec2.DescribeNatGateways', 'ConnectivityType', 'ConnectivityType'],
  ['ec2.DescribeNatGateways', 'AvailabilityMode', 'AvailabilityMode'],
  ['ec2.DescribeNetworkAcls', 'Entries.RuleAction', 'RuleAction'],
  ['ec2.DescribeNetworkInterfaces', 'Status', 'NetworkInterfaceStatus'],
  ['ec2.DescribeNetworkInterfaces', 'InterfaceType', 'NetworkInterfaceType', 'nat_gateway', 'efs'],
  ['ec2.DescribeInstances', 'State.Name', 'InstanceStateName'],
  ['ec2.DescribeManagedPrefixLists', 'State', 'PrefixListState'],
  ['ec2.DescribeVpcEndpoints', 'VpcEndpointType', 'VpcEndpointType'],
  ['ec2.DescribeVpcPeeringConnections', 'Status.Code', 'VpcPeeringConnectionStateReasonCode'],
  ['ec2.DescribeTransitGateways', 'State', 'TransitGatewayState'],
  ['ec2.DescribeTransitGatewayAttachments', 'State', 'TransitGatewayAttachmentState'],
  ['ec2.DescribeTransitGatewayAttachments', 'ResourceType', 'TransitGatewayAttachmentResourceType'],
  ['ec2.DescribeTransitGatewayRouteTables', 'State', 'TransitGatewayRouteTableState'],
  ['ec2.SearchTransitGatewayRoutes', 'State', 'TransitGatewayRouteState'],
  ['ec2.SearchTransitGatewayRoutes', 'Type', 'TransitGatewayRouteType'],
  ['ec2.DescribeFlowLogs', 'TrafficType', 'TrafficType'],
  ['ec2.DescribeFlowLogs', 'LogDestinationType', 'LogDestinationType'],
  ['ec2.DescribeVpnConnections', 'State', 'VpnState'],
  ['ec2.DescribeVpnConnections', 'VgwTelemetry.Status', 'TelemetryStatus'],
  ['ec2.DescribeClientVpnEndpoints', 'Status.Code', 'ClientVpnEndpointStatusCode'],
  ['ec2.DescribeInstanceConnectEndpoints', 'State', 'Ec2InstanceConnectEndpointState'],
  ['ec2.DescribeVpcBlockPublicAccessExclusions', 'State', 'VpcBlockPublicAccessExclusionState'],
];

/** Values that are in no list of AWS. Throws where the SDK has lost a list. */
export async function lintEnumerations(world: World): Promise<readonly Problem[]> {
  const sdk = (await import('@aws-sdk/client-ec2')) as unknown as Readonly<Record<string, unknown>>;
  return enumerations.flatMap(([operation, path, name, ...more]) => {
    const list = sdk[name];
    if (typeof list !== 'object' || list === null) throw new Error(`the SDK has no list of values called ${name}`);
    const known = new Set<unknown>([...Object.values(list), ...more]);
    return itemsWith(world, operation).flatMap(({ item, at }) =>
      valuesAt(item, path)
        .filter((value) => !known.has(value))
        .map((value) => ({ place: at.place, problem: `${path} is ${value}, which is no ${name}` })),
    );
  });
}
