import { flag, id, requiredId, text, texts, type Raw } from '../decode.ts';
import type { SecurityGroupId, SubnetId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** An EC2 Instance Connect Endpoint: a way in for SSH and RDP that needs no public address. */
export interface InstanceConnectEndpoint {
  readonly instanceConnectEndpointId: string;
  readonly vpcId: VpcId | undefined;
  readonly subnetId: SubnetId | undefined;
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly preserveClientIp: boolean | undefined;
  readonly state: string | undefined;
  readonly tags: readonly Tag[];
}

export const instanceConnectEndpoints: ResourceKind<InstanceConnectEndpoint> = {
  service: 'ec2',
  operation: 'DescribeInstanceConnectEndpoints',
  member: 'InstanceConnectEndpoints',
  idMember: 'InstanceConnectEndpointId',
  toModel: (raw: Raw) => ({
    instanceConnectEndpointId: requiredId(raw, 'InstanceConnectEndpointId'),
    vpcId: id(raw, 'VpcId'),
    subnetId: id(raw, 'SubnetId'),
    securityGroupIds: texts(raw, 'SecurityGroupIds'),
    preserveClientIp: flag(raw, 'PreserveClientIp'),
    state: text(raw, 'State'),
    tags: tags(raw),
  }),
};
