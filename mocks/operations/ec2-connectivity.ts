import { ids, pages, type PerResource, type RuleTable } from './rules.ts';

const perTransitTable: PerResource = {
  input: 'TransitGatewayRouteTableId',
  parents: 'ec2.DescribeTransitGatewayRouteTables',
  parentMember: 'TransitGatewayRouteTableId',
  code: 'InvalidRouteTableID',
};

const perPolicyTable: PerResource = {
  input: 'TransitGatewayPolicyTableId',
  parents: 'ec2.DescribeTransitGatewayPolicyTables',
  parentMember: 'TransitGatewayPolicyTableId',
  code: 'InvalidTransitGatewayPolicyTableId',
};

const perClientVpn: PerResource = {
  input: 'ClientVpnEndpointId',
  parents: 'ec2.DescribeClientVpnEndpoints',
  parentMember: 'ClientVpnEndpointId',
  code: 'InvalidClientVpnEndpointId',
};

const clamped = pages(1, 1000, { clamps: true });

const attachmentFilters = {
  'resource-id': 'ResourceId',
  'resource-type': 'ResourceType',
  'transit-gateway-attachment-id': 'TransitGatewayAttachmentId',
};

/** EC2: what joins networks, and what watches and guards them. Sizes and filters: EC2 API Reference. */
export const ec2Connectivity: RuleTable = {
  'ec2.DescribeVpcEndpoints': {
    list: 'VpcEndpoints',
    paging: clamped,
    ids: ids('VpcEndpointIds', 'VpcEndpointId', 'InvalidVpcEndpointId'),
    filters: {
      'ip-address-type': 'IpAddressType',
      'service-name': 'ServiceName',
      'service-region': 'ServiceRegion',
      'vpc-endpoint-id': 'VpcEndpointId',
      'vpc-endpoint-state': 'State',
      'vpc-endpoint-type': 'VpcEndpointType',
      'vpc-id': 'VpcId',
    },
  },
  'ec2.DescribeLaunchTemplateVersions': { list: 'LaunchTemplateVersions', paging: pages(1, 200), filters: {} },
  'ec2.DescribeVpcEndpointAssociations': { list: 'VpcEndpointAssociations', paging: pages(1, 100), filters: {} },
  'ec2.DescribeVpcEndpointServices': {
    list: 'ServiceDetails',
    paging: clamped,
    filters: { owner: 'Owner', 'service-name': 'ServiceName', 'service-type': 'ServiceType.ServiceType' },
  },
  'ec2.DescribeVpcEndpointServiceConfigurations': {
    list: 'ServiceConfigurations',
    paging: clamped,
    ids: ids('ServiceIds', 'ServiceId', 'InvalidVpcEndpointServiceId'),
    filters: { 'service-id': 'ServiceId', 'service-name': 'ServiceName', 'service-state': 'ServiceState' },
  },
  'ec2.DescribeVpcEndpointServicePermissions': {
    list: 'AllowedPrincipals',
    paging: clamped,
    per: {
      input: 'ServiceId',
      parents: 'ec2.DescribeVpcEndpointServiceConfigurations',
      parentMember: 'ServiceId',
      code: 'InvalidVpcEndpointServiceId',
    },
    filters: { principal: 'Principal', 'principal-type': 'PrincipalType' },
  },
  'ec2.DescribeVpcEndpointConnections': {
    list: 'VpcEndpointConnections',
    paging: clamped,
    filters: {
      'service-id': 'ServiceId',
      'vpc-endpoint-id': 'VpcEndpointId',
      'vpc-endpoint-owner': 'VpcEndpointOwner',
      'vpc-endpoint-state': 'VpcEndpointState',
    },
  },
  'ec2.DescribeVpcPeeringConnections': {
    list: 'VpcPeeringConnections',
    paging: pages(),
    ids: ids('VpcPeeringConnectionIds', 'VpcPeeringConnectionId', 'InvalidVpcPeeringConnectionID'),
    filters: {
      'accepter-vpc-info.cidr-block': 'AccepterVpcInfo.CidrBlock',
      'accepter-vpc-info.owner-id': 'AccepterVpcInfo.OwnerId',
      'accepter-vpc-info.vpc-id': 'AccepterVpcInfo.VpcId',
      'requester-vpc-info.cidr-block': 'RequesterVpcInfo.CidrBlock',
      'requester-vpc-info.owner-id': 'RequesterVpcInfo.OwnerId',
      'requester-vpc-info.vpc-id': 'RequesterVpcInfo.VpcId',
      'status-code': 'Status.Code',
      'status-message': 'Status.Message',
      'vpc-peering-connection-id': 'VpcPeeringConnectionId',
    },
  },
  'ec2.DescribeTransitGateways': {
    list: 'TransitGateways',
    paging: pages(),
    ids: ids('TransitGatewayIds', 'TransitGatewayId', 'InvalidTransitGatewayID'),
    filters: { 'owner-id': 'OwnerId', state: 'State', 'transit-gateway-id': 'TransitGatewayId' },
  },
  'ec2.DescribeTransitGatewayAttachments': {
    list: 'TransitGatewayAttachments',
    paging: pages(),
    ids: ids('TransitGatewayAttachmentIds', 'TransitGatewayAttachmentId', 'InvalidTransitGatewayAttachmentID'),
    filters: {
      ...attachmentFilters,
      'association.state': 'Association.State',
      'association.transit-gateway-route-table-id': 'Association.TransitGatewayRouteTableId',
      'resource-owner-id': 'ResourceOwnerId',
      state: 'State',
      'transit-gateway-id': 'TransitGatewayId',
      'transit-gateway-owner-id': 'TransitGatewayOwnerId',
    },
  },
  'ec2.DescribeTransitGatewayVpcAttachments': {
    list: 'TransitGatewayVpcAttachments',
    paging: pages(),
    ids: ids('TransitGatewayAttachmentIds', 'TransitGatewayAttachmentId', 'InvalidTransitGatewayAttachmentID'),
    filters: {
      state: 'State',
      'transit-gateway-attachment-id': 'TransitGatewayAttachmentId',
      'transit-gateway-id': 'TransitGatewayId',
      'vpc-id': 'VpcId',
    },
  },
  'ec2.DescribeTransitGatewayPeeringAttachments': {
    list: 'TransitGatewayPeeringAttachments',
    paging: pages(),
    ids: ids('TransitGatewayAttachmentIds', 'TransitGatewayAttachmentId', 'InvalidTransitGatewayAttachmentID'),
    filters: { state: 'State', 'transit-gateway-attachment-id': 'TransitGatewayAttachmentId' },
  },
  'ec2.DescribeTransitGatewayRouteTables': {
    list: 'TransitGatewayRouteTables',
    paging: pages(),
    ids: ids('TransitGatewayRouteTableIds', 'TransitGatewayRouteTableId', 'InvalidRouteTableID'),
    filters: {
      'default-association-route-table': 'DefaultAssociationRouteTable',
      'default-propagation-route-table': 'DefaultPropagationRouteTable',
      state: 'State',
      'transit-gateway-id': 'TransitGatewayId',
      'transit-gateway-route-table-id': 'TransitGatewayRouteTableId',
    },
  },
  'ec2.GetTransitGatewayRouteTableAssociations': {
    list: 'Associations',
    paging: pages(),
    per: perTransitTable,
    filters: attachmentFilters,
  },
  'ec2.GetTransitGatewayRouteTablePropagations': {
    list: 'TransitGatewayRouteTablePropagations',
    paging: pages(),
    per: perTransitTable,
    filters: attachmentFilters,
  },
  'ec2.SearchTransitGatewayRoutes': {
    list: 'Routes',
    paging: pages(),
    per: perTransitTable,
    filtersRequired: true,
    filters: {
      'attachment.resource-id': 'TransitGatewayAttachments.ResourceId',
      'attachment.resource-type': 'TransitGatewayAttachments.ResourceType',
      'attachment.transit-gateway-attachment-id': 'TransitGatewayAttachments.TransitGatewayAttachmentId',
      'prefix-list-id': 'PrefixListId',
      'route-search.exact-match': 'DestinationCidrBlock',
      state: 'State',
      type: 'Type',
    },
  },
  'ec2.GetTransitGatewayPrefixListReferences': {
    list: 'TransitGatewayPrefixListReferences',
    paging: pages(),
    per: perTransitTable,
    filters: {
      'attachment.resource-id': 'TransitGatewayAttachment.ResourceId',
      'attachment.transit-gateway-attachment-id': 'TransitGatewayAttachment.TransitGatewayAttachmentId',
      'is-blackhole': 'Blackhole',
      'prefix-list-id': 'PrefixListId',
      'prefix-list-owner-id': 'PrefixListOwnerId',
      state: 'State',
    },
  },
  'ec2.DescribeTransitGatewayPolicyTables': {
    list: 'TransitGatewayPolicyTables',
    paging: pages(),
    ids: ids('TransitGatewayPolicyTableIds', 'TransitGatewayPolicyTableId', 'InvalidTransitGatewayPolicyTableId'),
    filters: { state: 'State', 'transit-gateway-id': 'TransitGatewayId' },
  },
  'ec2.GetTransitGatewayPolicyTableAssociations': {
    list: 'Associations',
    paging: pages(),
    per: perPolicyTable,
    filters: attachmentFilters,
  },
  'ec2.GetTransitGatewayPolicyTableEntries': {
    list: 'TransitGatewayPolicyTableEntries',
    paging: pages(),
    per: perPolicyTable,
    filters: {},
  },
  'ec2.DescribeVpnGateways': {
    list: 'VpnGateways',
    ids: ids('VpnGatewayIds', 'VpnGatewayId', 'InvalidVpnGatewayID'),
    filters: {
      'attachment.state': 'VpcAttachments.State',
      'attachment.vpc-id': 'VpcAttachments.VpcId',
      state: 'State',
      type: 'Type',
      'vpn-gateway-id': 'VpnGatewayId',
    },
  },
  'ec2.DescribeCustomerGateways': {
    list: 'CustomerGateways',
    ids: ids('CustomerGatewayIds', 'CustomerGatewayId', 'InvalidCustomerGatewayID'),
    filters: { 'customer-gateway-id': 'CustomerGatewayId', 'ip-address': 'IpAddress', state: 'State', type: 'Type' },
  },
  'ec2.DescribeVpnConnections': {
    list: 'VpnConnections',
    ids: ids('VpnConnectionIds', 'VpnConnectionId', 'InvalidVpnConnectionID'),
    filters: {
      'customer-gateway-id': 'CustomerGatewayId',
      state: 'State',
      'transit-gateway-id': 'TransitGatewayId',
      'vpn-connection-id': 'VpnConnectionId',
      'vpn-gateway-id': 'VpnGatewayId',
    },
  },
  'ec2.DescribeFlowLogs': {
    list: 'FlowLogs',
    paging: pages(1, 1000),
    ids: ids('FlowLogIds', 'FlowLogId', 'InvalidFlowLogId'),
    filterInput: 'Filter',
    filters: {
      'deliver-log-status': 'DeliverLogsStatus',
      'flow-log-id': 'FlowLogId',
      'log-destination-type': 'LogDestinationType',
      'log-group-name': 'LogGroupName',
      'resource-id': 'ResourceId',
      'traffic-type': 'TrafficType',
    },
  },
  'ec2.DescribeVpcBlockPublicAccessOptions': {},
  'ec2.DescribeVpcBlockPublicAccessExclusions': {
    list: 'VpcBlockPublicAccessExclusions',
    paging: pages(),
    ids: ids('ExclusionIds', 'ExclusionId', 'InvalidVpcBlockPublicAccessExclusionId'),
    filters: {
      'internet-gateway-exclusion-mode': 'InternetGatewayExclusionMode',
      'resource-arn': 'ResourceArn',
      state: 'State',
    },
  },
  'ec2.DescribeVpcEncryptionControls': {
    list: 'VpcEncryptionControls',
    paging: pages(),
    ids: ids('VpcEncryptionControlIds', 'VpcEncryptionControlId', 'InvalidVpcEncryptionControlId'),
    filters: { state: 'State', mode: 'Mode', 'vpc-id': 'VpcId' },
  },
  'ec2.DescribeClientVpnEndpoints': {
    list: 'ClientVpnEndpoints',
    paging: pages(),
    ids: ids('ClientVpnEndpointIds', 'ClientVpnEndpointId', 'InvalidClientVpnEndpointId'),
    filters: { 'endpoint-id': 'ClientVpnEndpointId', 'transport-protocol': 'TransportProtocol' },
  },
  'ec2.DescribeClientVpnAuthorizationRules': {
    list: 'AuthorizationRules',
    paging: pages(),
    per: perClientVpn,
    filters: { description: 'Description', 'destination-cidr': 'DestinationCidr', 'group-id': 'GroupId' },
  },
  'ec2.DescribeClientVpnTargetNetworks': {
    list: 'ClientVpnTargetNetworks',
    paging: pages(),
    per: perClientVpn,
    filters: { 'association-id': 'AssociationId', 'target-network-id': 'TargetNetworkId', 'vpc-id': 'VpcId' },
  },
  'ec2.DescribeClientVpnRoutes': {
    list: 'Routes',
    paging: pages(),
    per: perClientVpn,
    filters: { 'destination-cidr': 'DestinationCidr', origin: 'Origin', 'target-subnet': 'TargetSubnet' },
  },
  'ec2.DescribeInstanceConnectEndpoints': {
    list: 'InstanceConnectEndpoints',
    paging: pages(1, 50),
    ids: ids('InstanceConnectEndpointIds', 'InstanceConnectEndpointId', 'InvalidInstanceConnectEndpointId'),
    filters: {
      'availability-zone': 'AvailabilityZone',
      'instance-connect-endpoint-id': 'InstanceConnectEndpointId',
      state: 'State',
      'subnet-id': 'SubnetId',
      'vpc-id': 'VpcId',
    },
  },
};
