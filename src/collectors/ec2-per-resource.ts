import { type ForEach, maxResults, type Row } from './row.ts';

const pagesOf1000 = maxResults(1000);

const eachVpc: ForEach = { kind: 'vpcs', input: 'VpcId', placeholder: 'vpc-00000000000000000' };
const eachRouteTable: ForEach = {
  kind: 'transitGatewayRouteTables',
  input: 'TransitGatewayRouteTableId',
  placeholder: 'tgw-rtb-00000000000000000',
};
const eachPolicyTable: ForEach = {
  kind: 'transitGatewayPolicyTables',
  input: 'TransitGatewayPolicyTableId',
  placeholder: 'tgw-ptb-00000000000000000',
};
const eachClientVpnEndpoint: ForEach = {
  kind: 'clientVpnEndpoints',
  input: 'ClientVpnEndpointId',
  placeholder: 'cvpn-endpoint-00000000000000000',
};

/** What EC2 tells only of one resource at a time. */
export const ec2PerResource: readonly Row[] = [
  {
    key: 'vpcAttributes',
    operation: 'DescribeVpcAttribute',
    forEach: {
      ...eachVpc,
      variants: [
        { attribute: 'enableDnsSupport', input: { Attribute: 'enableDnsSupport' }, expects: 'EnableDnsSupport' },
        { attribute: 'enableDnsHostnames', input: { Attribute: 'enableDnsHostnames' }, expects: 'EnableDnsHostnames' },
      ],
    },
  },
  { key: 'staleSecurityGroups', operation: 'DescribeStaleSecurityGroups', paging: maxResults(255), forEach: eachVpc },
  {
    key: 'managedPrefixListEntries',
    operation: 'GetManagedPrefixListEntries',
    paging: maxResults(100),
    forEach: {
      kind: 'managedPrefixLists',
      input: 'PrefixListId',
      placeholder: 'pl-00000000000000000',
    },
  },
  {
    key: 'vpcEndpointServicePermissions',
    operation: 'DescribeVpcEndpointServicePermissions',
    paging: pagesOf1000,
    forEach: {
      kind: 'vpcEndpointServiceConfigurations',
      input: 'ServiceId',
      placeholder: 'vpce-svc-00000000000000000',
    },
  },

  {
    key: 'transitGatewayRouteTableAssociations',
    operation: 'GetTransitGatewayRouteTableAssociations',
    paging: pagesOf1000,
    forEach: eachRouteTable,
  },
  {
    key: 'transitGatewayRouteTablePropagations',
    operation: 'GetTransitGatewayRouteTablePropagations',
    paging: pagesOf1000,
    forEach: eachRouteTable,
  },
  {
    key: 'transitGatewayRoutes',
    operation: 'SearchTransitGatewayRoutes',
    paging: pagesOf1000,
    // A filter is required; by state, since a filter by type would leave out types that are new.
    input: { Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }] },
    forEach: eachRouteTable,
    truncatedMember: 'AdditionalRoutesAvailable',
  },
  {
    key: 'transitGatewayPrefixListReferences',
    operation: 'GetTransitGatewayPrefixListReferences',
    paging: pagesOf1000,
    forEach: eachRouteTable,
  },
  {
    key: 'transitGatewayPolicyTableAssociations',
    operation: 'GetTransitGatewayPolicyTableAssociations',
    paging: pagesOf1000,
    forEach: eachPolicyTable,
  },
  {
    key: 'transitGatewayPolicyTableEntries',
    operation: 'GetTransitGatewayPolicyTableEntries',
    paging: pagesOf1000,
    forEach: eachPolicyTable,
  },

  {
    key: 'clientVpnAuthorizationRules',
    operation: 'DescribeClientVpnAuthorizationRules',
    paging: pagesOf1000,
    forEach: eachClientVpnEndpoint,
  },
  {
    key: 'clientVpnTargetNetworks',
    operation: 'DescribeClientVpnTargetNetworks',
    paging: pagesOf1000,
    forEach: eachClientVpnEndpoint,
  },
];
