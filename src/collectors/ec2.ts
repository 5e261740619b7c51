import { withoutSecrets } from './secrets.ts';
import { maxResults, type Row } from './row.ts';

const pagesOf1000 = maxResults(1000);

/**
 * The lists of EC2, one call for a whole Region. The sizes are the largest that each operation admits (EC2 API
 * Reference): a larger one is an error, and none at all is refused in large accounts.
 */
export const ec2Lists: readonly Row[] = [
  { key: 'availabilityZones', operation: 'DescribeAvailabilityZones' },
  { key: 'accountAttributes', operation: 'DescribeAccountAttributes' },

  { key: 'vpcs', operation: 'DescribeVpcs', paging: pagesOf1000 },
  { key: 'dhcpOptions', operation: 'DescribeDhcpOptions', paging: pagesOf1000 },
  { key: 'subnets', operation: 'DescribeSubnets', paging: pagesOf1000 },
  { key: 'routeTables', operation: 'DescribeRouteTables', paging: maxResults(100) },
  { key: 'internetGateways', operation: 'DescribeInternetGateways', paging: pagesOf1000 },
  { key: 'egressOnlyInternetGateways', operation: 'DescribeEgressOnlyInternetGateways', paging: maxResults(255) },
  { key: 'carrierGateways', operation: 'DescribeCarrierGateways', paging: pagesOf1000 },
  { key: 'natGateways', operation: 'DescribeNatGateways', paging: pagesOf1000 },
  { key: 'vpnGateways', operation: 'DescribeVpnGateways' },
  { key: 'customerGateways', operation: 'DescribeCustomerGateways' },
  { key: 'vpnConnections', operation: 'DescribeVpnConnections', redact: withoutSecrets },

  { key: 'securityGroups', operation: 'DescribeSecurityGroups', paging: pagesOf1000 },
  { key: 'securityGroupRules', operation: 'DescribeSecurityGroupRules', paging: pagesOf1000 },
  { key: 'securityGroupVpcAssociations', operation: 'DescribeSecurityGroupVpcAssociations', paging: pagesOf1000 },
  { key: 'networkAcls', operation: 'DescribeNetworkAcls', paging: pagesOf1000 },

  // Interfaces and instances that a service manages are left out unless asked for, and carry traffic all the same.
  {
    key: 'networkInterfaces',
    operation: 'DescribeNetworkInterfaces',
    paging: pagesOf1000,
    input: { IncludeManagedResources: true },
  },
  { key: 'instances', operation: 'DescribeInstances', paging: pagesOf1000, input: { IncludeManagedResources: true } },
  { key: 'addresses', operation: 'DescribeAddresses' },

  { key: 'managedPrefixLists', operation: 'DescribeManagedPrefixLists', paging: maxResults(100) },
  { key: 'prefixLists', operation: 'DescribePrefixLists', paging: pagesOf1000 },

  { key: 'vpcEndpoints', operation: 'DescribeVpcEndpoints', paging: pagesOf1000 },
  {
    key: 'vpcEndpointServiceConfigurations',
    operation: 'DescribeVpcEndpointServiceConfigurations',
    paging: pagesOf1000,
  },
  { key: 'vpcPeeringConnections', operation: 'DescribeVpcPeeringConnections', paging: pagesOf1000 },

  { key: 'transitGateways', operation: 'DescribeTransitGateways', paging: pagesOf1000 },
  { key: 'transitGatewayAttachments', operation: 'DescribeTransitGatewayAttachments', paging: pagesOf1000 },
  { key: 'transitGatewayVpcAttachments', operation: 'DescribeTransitGatewayVpcAttachments', paging: pagesOf1000 },
  {
    key: 'transitGatewayPeeringAttachments',
    operation: 'DescribeTransitGatewayPeeringAttachments',
    paging: pagesOf1000,
  },
  { key: 'transitGatewayRouteTables', operation: 'DescribeTransitGatewayRouteTables', paging: pagesOf1000 },
  { key: 'transitGatewayPolicyTables', operation: 'DescribeTransitGatewayPolicyTables', paging: pagesOf1000 },

  { key: 'flowLogs', operation: 'DescribeFlowLogs', paging: pagesOf1000 },
  { key: 'vpcBlockPublicAccessOptions', operation: 'DescribeVpcBlockPublicAccessOptions' },
  { key: 'vpcBlockPublicAccessExclusions', operation: 'DescribeVpcBlockPublicAccessExclusions', paging: pagesOf1000 },
  { key: 'vpcEncryptionControls', operation: 'DescribeVpcEncryptionControls', paging: pagesOf1000 },

  { key: 'clientVpnEndpoints', operation: 'DescribeClientVpnEndpoints', paging: pagesOf1000 },
  // The default and the latest version of every template: no template is named, so one list answers for all.
  {
    key: 'launchTemplateVersions',
    operation: 'DescribeLaunchTemplateVersions',
    paging: maxResults(200),
    input: { Versions: ['$Default', '$Latest'] },
    redact: withoutSecrets,
  },
  { key: 'instanceConnectEndpoints', operation: 'DescribeInstanceConnectEndpoints', paging: maxResults(50) },
];
