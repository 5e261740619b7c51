import { buildNetworkInterface, type NetworkInterfaceBuilder, type SubnetPlace } from './network-interface.ts';
import {
  add,
  arnOf,
  type Built,
  type Common,
  creationTime,
  idOf,
  newId,
  type Ref,
  type RegionState,
  tagsOf,
} from './state.ts';

export interface InstanceConnectEndpointOptions extends Common {
  readonly securityGroups?: readonly Ref[];
  readonly preserveClientIp?: boolean;
}

export interface InstanceConnectEndpointBuilder extends Built {
  readonly networkInterface: NetworkInterfaceBuilder;
}

/** An EC2 Instance Connect Endpoint with its interface. */
export function buildInstanceConnectEndpoint(
  state: RegionState,
  subnet: SubnetPlace,
  options: InstanceConnectEndpointOptions = {},
): InstanceConnectEndpointBuilder {
  const id = newId(state, 'eice', options);
  const groups = options.securityGroups ?? [subnet.defaultGroup];
  const networkInterface = buildNetworkInterface(state, subnet, {
    name: id,
    raw: { TagSet: [] },
    description: `EC2 Instance Connect Endpoint ${id}`,
    requesterManaged: true,
    attachedBy: 'amazon-aws',
    securityGroups: groups,
    ipv6: false,
  });
  const item = {
    OwnerId: state.accountId,
    InstanceConnectEndpointId: id,
    InstanceConnectEndpointArn: arnOf(state, 'ec2', `instance-connect-endpoint/${id}`),
    State: 'create-complete',
    DnsName: `${id}.instance-connect.${state.region}.example.com`,
    NetworkInterfaceIds: [networkInterface.id],
    VpcId: subnet.vpcId,
    AvailabilityZone: subnet.zone,
    AvailabilityZoneId: subnet.zoneId,
    CreatedAt: creationTime,
    SubnetId: subnet.id,
    PreserveClientIp: options.preserveClientIp ?? false,
    SecurityGroupIds: groups.map(idOf),
    Tags: tagsOf(options),
  };
  return { id, item: add(state, 'ec2.DescribeInstanceConnectEndpoints', item, options.raw), networkInterface };
}
