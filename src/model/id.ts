/** A string that names one resource of one kind; made only by the mappers of `model/resources`. */
export type Id<Kind extends string> = string & { readonly __kind: Kind };

export type AccountId = Id<'account'>;
/** A Region code such as `eu-west-1`. */
export type RegionName = Id<'region'>;
export type VpcId = Id<'vpc'>;
export type SubnetId = Id<'subnet'>;
export type SecurityGroupId = Id<'security-group'>;
export type NetworkAclId = Id<'network-acl'>;
export type RouteTableId = Id<'route-table'>;
export type NetworkInterfaceId = Id<'network-interface'>;
export type InstanceId = Id<'instance'>;
export type PrefixListId = Id<'prefix-list'>;
export type VpcEndpointId = Id<'vpc-endpoint'>;
export type VpcPeeringConnectionId = Id<'vpc-peering-connection'>;
export type InternetGatewayId = Id<'internet-gateway'>;
export type NatGatewayId = Id<'nat-gateway'>;
export type VpnGatewayId = Id<'vpn-gateway'>;
export type VpnConnectionId = Id<'vpn-connection'>;
export type TransitGatewayId = Id<'transit-gateway'>;
export type TransitGatewayAttachmentId = Id<'transit-gateway-attachment'>;
export type TransitGatewayRouteTableId = Id<'transit-gateway-route-table'>;
export type TransitGatewayPolicyTableId = Id<'transit-gateway-policy-table'>;
/** An Amazon Resource Name, `arn:partition:service:region:account:resource`. */
export type Arn = Id<'arn'>;
