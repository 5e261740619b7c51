import { flag, id, items, nested, requiredId, text, type Raw } from '../decode.ts';
import type { InstanceId, NetworkInterfaceId, SubnetId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';
import { type Operator, toOperator } from './network-interface.ts';

/** An EC2 instance: whether anything answers behind its interfaces, and which interfaces share one host. */
export interface Instance {
  readonly instanceId: InstanceId;
  /** `pending`, `running`, `shutting-down`, `terminated`, `stopping` or `stopped`. */
  readonly state: string | undefined;
  readonly vpcId: VpcId | undefined;
  readonly subnetId: SubnetId | undefined;
  readonly networkInterfaceIds: readonly NetworkInterfaceId[];
  readonly iamInstanceProfileArn: string | undefined;
  /** Can it run Nitro enclaves? */
  readonly enclavesEnabled: boolean | undefined;
  readonly operator: Operator | undefined;
  readonly tags: readonly Tag[];
}

export const instances: ResourceKind<Instance> = {
  service: 'ec2',
  operation: 'DescribeInstances',
  member: 'Reservations',
  nested: 'Instances',
  idMember: 'InstanceId',
  toModel: (raw: Raw) => ({
    instanceId: requiredId(raw, 'InstanceId'),
    state: nested(raw, 'State', (state) => text(state, 'Name')),
    vpcId: id(raw, 'VpcId'),
    subnetId: id(raw, 'SubnetId'),
    networkInterfaceIds: items(raw, 'NetworkInterfaces', (nic) =>
      requiredId<NetworkInterfaceId>(nic, 'NetworkInterfaceId'),
    ),
    iamInstanceProfileArn: nested(raw, 'IamInstanceProfile', (profile) => text(profile, 'Arn')),
    enclavesEnabled: nested(raw, 'EnclaveOptions', (options) => flag(options, 'Enabled')),
    operator: nested(raw, 'Operator', toOperator),
    tags: tags(raw),
  }),
};
