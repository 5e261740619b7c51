import { flag, id, nested, requiredId, text, texts, type Raw } from '../decode.ts';
import type { SecurityGroupId, SubnetId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** A Client VPN endpoint: clients enter the VPC through interfaces in the associated subnets, source-translated. */
export interface ClientVpnEndpoint {
  readonly clientVpnEndpointId: string;
  readonly status: string | undefined;
  readonly vpcId: VpcId | undefined;
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly clientCidrBlock: string | undefined;
  readonly splitTunnel: boolean | undefined;
  readonly connectionLogEnabled: boolean | undefined;
  readonly tags: readonly Tag[];
}

export const clientVpnEndpoints: ResourceKind<ClientVpnEndpoint> = {
  service: 'ec2',
  operation: 'DescribeClientVpnEndpoints',
  member: 'ClientVpnEndpoints',
  idMember: 'ClientVpnEndpointId',
  toModel: (raw: Raw) => ({
    clientVpnEndpointId: requiredId(raw, 'ClientVpnEndpointId'),
    status: nested(raw, 'Status', (status) => text(status, 'Code')),
    vpcId: id(raw, 'VpcId'),
    securityGroupIds: texts(raw, 'SecurityGroupIds'),
    clientCidrBlock: text(raw, 'ClientCidrBlock'),
    splitTunnel: flag(raw, 'SplitTunnel'),
    connectionLogEnabled: nested(raw, 'ConnectionLogOptions', (options) => flag(options, 'Enabled')),
    tags: tags(raw),
  }),
};

/** Who may reach what through a Client VPN endpoint. */
export interface ClientVpnAuthorizationRule {
  readonly clientVpnEndpointId: string;
  readonly destinationCidr: string | undefined;
  readonly accessAll: boolean | undefined;
  readonly groupId: string | undefined;
  readonly status: string | undefined;
}

export const clientVpnAuthorizationRules: ResourceKind<ClientVpnAuthorizationRule> = {
  service: 'ec2',
  operation: 'DescribeClientVpnAuthorizationRules',
  member: 'AuthorizationRules',
  idMember: 'DestinationCidr',
  repeats: true,
  per: { kind: 'clientVpnEndpoints', input: 'ClientVpnEndpointId' },
  toModel: (raw, of) => ({
    clientVpnEndpointId: of,
    destinationCidr: text(raw, 'DestinationCidr'),
    accessAll: flag(raw, 'AccessAll'),
    groupId: text(raw, 'GroupId'),
    status: nested(raw, 'Status', (status) => text(status, 'Code')),
  }),
};

/** A subnet through which a Client VPN endpoint enters the VPC. */
export interface ClientVpnTargetNetwork {
  readonly clientVpnEndpointId: string;
  readonly associationId: string | undefined;
  readonly vpcId: VpcId | undefined;
  readonly targetNetworkId: SubnetId | undefined;
  readonly status: string | undefined;
}

export const clientVpnTargetNetworks: ResourceKind<ClientVpnTargetNetwork> = {
  service: 'ec2',
  operation: 'DescribeClientVpnTargetNetworks',
  member: 'ClientVpnTargetNetworks',
  idMember: 'AssociationId',
  per: { kind: 'clientVpnEndpoints', input: 'ClientVpnEndpointId' },
  toModel: (raw, of) => ({
    clientVpnEndpointId: of,
    associationId: text(raw, 'AssociationId'),
    vpcId: id(raw, 'VpcId'),
    targetNetworkId: id(raw, 'TargetNetworkId'),
    status: nested(raw, 'Status', (status) => text(status, 'Code')),
  }),
};
