import { decisiveText, flag, id, items, requiredId, text, texts, type Raw } from '../decode.ts';
import type {
  AccountId,
  NetworkInterfaceId,
  RouteTableId,
  SecurityGroupId,
  SubnetId,
  VpcEndpointId,
  VpcId,
} from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/**
 * A VPC endpoint. `Gateway` ones (S3, DynamoDB) are free routes to a prefix list; `Interface` ones are network interfaces
 * with security groups; `GatewayLoadBalancer` ones are bumps in the wire. Types and states come in several spellings.
 */
export interface VpcEndpoint {
  readonly vpcEndpointId: VpcEndpointId;
  /** `Interface`, `Gateway`, `GatewayLoadBalancer`, `Resource`, `ServiceNetwork`, `Tunnel` … */
  readonly vpcEndpointType: string;
  readonly vpcId: VpcId | undefined;
  readonly ownerId: AccountId | undefined;
  /** Such as `com.amazonaws.eu-west-1.s3`; absent for resource and service-network endpoints. */
  readonly serviceName: string | undefined;
  /** In lower case: `pending`, `available`, `rejected`, `failed`, `deleted` … */
  readonly state: string;
  /** The endpoint policy, a JSON text; absent where the service takes none. */
  readonly policyDocument: string | undefined;
  readonly routeTableIds: readonly RouteTableId[];
  readonly subnetIds: readonly SubnetId[];
  readonly groupIds: readonly SecurityGroupId[];
  readonly networkInterfaceIds: readonly NetworkInterfaceId[];
  readonly privateDnsEnabled: boolean | undefined;
  readonly requesterManaged: boolean | undefined;
  readonly tags: readonly Tag[];
}

export const vpcEndpoints: ResourceKind<VpcEndpoint> = {
  service: 'ec2',
  operation: 'DescribeVpcEndpoints',
  member: 'VpcEndpoints',
  idMember: 'VpcEndpointId',
  toModel: (raw: Raw) => ({
    vpcEndpointId: requiredId(raw, 'VpcEndpointId'),
    vpcEndpointType: decisiveText(raw, 'VpcEndpointType'),
    vpcId: id(raw, 'VpcId'),
    ownerId: id(raw, 'OwnerId'),
    serviceName: text(raw, 'ServiceName'),
    state: decisiveText(raw, 'State').toLowerCase(),
    policyDocument: text(raw, 'PolicyDocument'),
    routeTableIds: texts(raw, 'RouteTableIds'),
    subnetIds: texts(raw, 'SubnetIds'),
    groupIds: items(raw, 'Groups', (group) => requiredId<SecurityGroupId>(group, 'GroupId')),
    networkInterfaceIds: texts(raw, 'NetworkInterfaceIds'),
    privateDnsEnabled: flag(raw, 'PrivateDnsEnabled'),
    requesterManaged: flag(raw, 'RequesterManaged'),
    tags: tags(raw),
  }),
};

/** An endpoint service that this account provides to others. */
export interface VpcEndpointServiceConfiguration {
  readonly serviceId: string;
  readonly serviceName: string | undefined;
  readonly serviceState: string | undefined;
  readonly serviceTypes: readonly string[];
  readonly acceptanceRequired: boolean | undefined;
  readonly networkLoadBalancerArns: readonly string[];
  readonly gatewayLoadBalancerArns: readonly string[];
  readonly tags: readonly Tag[];
}

export const vpcEndpointServiceConfigurations: ResourceKind<VpcEndpointServiceConfiguration> = {
  service: 'ec2',
  operation: 'DescribeVpcEndpointServiceConfigurations',
  member: 'ServiceConfigurations',
  idMember: 'ServiceId',
  toModel: (raw) => ({
    serviceId: requiredId(raw, 'ServiceId'),
    serviceName: text(raw, 'ServiceName'),
    serviceState: text(raw, 'ServiceState'),
    serviceTypes: items(raw, 'ServiceType', (type) => text(type, 'ServiceType') ?? ''),
    acceptanceRequired: flag(raw, 'AcceptanceRequired'),
    networkLoadBalancerArns: texts(raw, 'NetworkLoadBalancerArns'),
    gatewayLoadBalancerArns: texts(raw, 'GatewayLoadBalancerArns'),
    tags: tags(raw),
  }),
};

/** A principal that may connect to one of our endpoint services; `*` is everybody. */
export interface VpcEndpointServicePermission {
  readonly serviceId: string;
  readonly principal: string | undefined;
  readonly principalType: string | undefined;
}

export const vpcEndpointServicePermissions: ResourceKind<VpcEndpointServicePermission> = {
  service: 'ec2',
  operation: 'DescribeVpcEndpointServicePermissions',
  member: 'AllowedPrincipals',
  idMember: 'Principal',
  per: { kind: 'vpcEndpointServiceConfigurations', input: 'ServiceId' },
  toModel: (raw, of) => ({
    serviceId: of,
    principal: text(raw, 'Principal'),
    principalType: text(raw, 'PrincipalType'),
  }),
};
