import { rulesOf } from '../operations.ts';
import type { World } from '../world.ts';
import { documentsOf, itemsWith, type Problem, textsIn } from './problem.ts';

const idPattern = /^[a-z][a-z0-9-]*-[0-9a-f]{8}(?:[0-9a-f]{9})?$/;

/** What of EC2's resources is listed by itself, so that a reference to it can be followed. */
const listed: readonly (readonly [prefix: string, operation: string, member: string])[] = [
  ['vpc', 'ec2.DescribeVpcs', 'VpcId'],
  ['dopt', 'ec2.DescribeDhcpOptions', 'DhcpOptionsId'],
  ['subnet', 'ec2.DescribeSubnets', 'SubnetId'],
  ['rtb', 'ec2.DescribeRouteTables', 'RouteTableId'],
  ['acl', 'ec2.DescribeNetworkAcls', 'NetworkAclId'],
  ['sg', 'ec2.DescribeSecurityGroups', 'GroupId'],
  ['igw', 'ec2.DescribeInternetGateways', 'InternetGatewayId'],
  ['eigw', 'ec2.DescribeEgressOnlyInternetGateways', 'EgressOnlyInternetGatewayId'],
  ['cagw', 'ec2.DescribeCarrierGateways', 'CarrierGatewayId'],
  ['nat', 'ec2.DescribeNatGateways', 'NatGatewayId'],
  ['vgw', 'ec2.DescribeVpnGateways', 'VpnGatewayId'],
  ['cgw', 'ec2.DescribeCustomerGateways', 'CustomerGatewayId'],
  ['vpn', 'ec2.DescribeVpnConnections', 'VpnConnectionId'],
  ['eni', 'ec2.DescribeNetworkInterfaces', 'NetworkInterfaceId'],
  ['i', 'ec2.DescribeInstances', 'InstanceId'],
  ['pl', 'ec2.DescribeManagedPrefixLists', 'PrefixListId'],
  ['vpce', 'ec2.DescribeVpcEndpoints', 'VpcEndpointId'],
  ['pcx', 'ec2.DescribeVpcPeeringConnections', 'VpcPeeringConnectionId'],
  ['tgw', 'ec2.DescribeTransitGateways', 'TransitGatewayId'],
  ['tgw-attach', 'ec2.DescribeTransitGatewayAttachments', 'TransitGatewayAttachmentId'],
  ['tgw-rtb', 'ec2.DescribeTransitGatewayRouteTables', 'TransitGatewayRouteTableId'],
  ['tgw-ptb', 'ec2.DescribeTransitGatewayPolicyTables', 'TransitGatewayPolicyTableId'],
  ['cvpn-endpoint', 'ec2.DescribeClientVpnEndpoints', 'ClientVpnEndpointId'],
];

/** Ids of the wrong form, and references to what is nowhere in the world. */
export function lintReferences(world: World, dangling: readonly string[] = []): readonly Problem[] {
  const known = new Set<unknown>(dangling);
  for (const [, operation, member] of listed)
    for (const { item } of itemsWith(world, operation)) known.add(item[member]);
  const prefixes = new Set(listed.map(([prefix]) => prefix));
  return documentsOf(world).flatMap(({ place, document, operation }) => {
    const list = rulesOf(operation)?.list;
    const value = list === undefined ? document : document[list];
    return [...textsIn(value)].flatMap(({ member, text }) => {
      if (
        !/Ids?$/.test(member) ||
        /^(?:OwnerId|GroupOwnerId|UserId|RequesterId|Id|AvailabilityZoneId|ZoneId)$/.test(member)
      )
        return [];
      const prefix = /^([a-z-]+)-[0-9a-z]+$/.exec(text)?.[1];
      if (prefix === undefined || known.has(text)) return [];
      if (prefixes.has(prefix) && !idPattern.test(text))
        return [{ place, problem: `${member} ${text} has not the form of an id` }];
      return prefixes.has(prefix) ? [{ place, problem: `${member} ${text} is nowhere in the world` }] : [];
    });
  });
}
