import { buildFlowLog, type FlowLogOptions } from './flow-log.ts';
import { buildInstance, type InstanceBuilder, type InstanceOptions } from './instance.ts';
import {
  buildInstanceConnectEndpoint,
  type InstanceConnectEndpointBuilder,
  type InstanceConnectEndpointOptions,
} from './instance-connect-endpoint.ts';
import { buildManagedInterface, type InterfaceCreator } from './managed-interface.ts';
import { buildNatGateway, type NatGatewayBuilder, type NatGatewayOptions } from './nat-gateway.ts';
import {
  buildNetworkInterface,
  type NetworkInterfaceBuilder,
  type NetworkInterfaceOptions,
  type SubnetPlace,
} from './network-interface.ts';
import {
  buildSecurityGroup,
  type SecurityGroupBuilder,
  type SecurityGroupOptions,
  type VpcPlace,
} from './security-group.ts';
import type { Built, Common, Item, RegionState } from './state.ts';

export interface SubnetOptions extends Common {
  /** Where absent, the next free /24 of the VPC (a block of the VPC's own size where that is smaller). */
  readonly cidr?: string;
  /** A letter, or a zone's whole name; `a` unless said otherwise. */
  readonly az?: string;
  /** `true` for the next /64 of the VPC's block. */
  readonly ipv6?: boolean | string;
  /** IPv6 only: no IPv4 block at all. */
  readonly ipv6Native?: boolean;
  readonly mapPublicIp?: boolean;
  readonly assignIpv6?: boolean;
  readonly enableDns64?: boolean;
  readonly routeTable?: { readonly associate: (subnet: Built) => unknown };
  readonly networkAcl?: { readonly associate: (subnet: Built) => unknown };
}

/** A subnet and what stands in it, built for one account: the owner, or a participant of a share. */
export interface SubnetBuilder extends Built {
  readonly vpcId: string;
  /** Empty for an IPv6-only subnet. */
  readonly cidr: string;
  readonly ipv6Cidr: string | undefined;
  /** What other builders need to know of the subnet. */
  readonly place: SubnetPlace;
  readonly instance: (options?: InstanceOptions) => InstanceBuilder;
  readonly networkInterface: (options?: NetworkInterfaceOptions) => NetworkInterfaceBuilder;
  /** The interface of a service: `efs`, `lambda`, `rds` … */
  readonly interfaceOf: (creator: InterfaceCreator, options?: NetworkInterfaceOptions) => NetworkInterfaceBuilder;
  /** A second interface of an instance. */
  readonly attach: (instance: Built, options?: NetworkInterfaceOptions) => NetworkInterfaceBuilder;
  readonly natGateway: (options?: NatGatewayOptions) => NatGatewayBuilder;
  readonly instanceConnectEndpoint: (options?: InstanceConnectEndpointOptions) => InstanceConnectEndpointBuilder;
  readonly flowLog: (options?: FlowLogOptions) => Built;
  /** A security group of this account in the subnet's VPC. */
  readonly securityGroup: (name: string, options?: SecurityGroupOptions) => SecurityGroupBuilder;
  /** Shares the subnet with another account; what that account builds in it belongs to it. */
  readonly shareWith: (participant: { readonly state: RegionState }) => SubnetBuilder;
}

/** The methods of a subnet for an account. */
export function subnetBuilder(state: RegionState, vpc: VpcPlace, item: Item, place: SubnetPlace): SubnetBuilder {
  const { id } = place;
  return {
    id,
    item,
    place,
    vpcId: vpc.id,
    cidr: place.cidr ?? '',
    ipv6Cidr: place.ipv6Cidr,
    instance: (options) => buildInstance(state, place, options),
    networkInterface: (options) => buildNetworkInterface(state, place, options),
    interfaceOf: (creator, options) => buildManagedInterface(state, place, creator, options),
    attach: (instance, options = {}) =>
      buildNetworkInterface(state, place, {
        ...options,
        instance: { id: instance.id, deviceIndex: nextDevice(state, instance.id) },
      }),
    natGateway: (options) => buildNatGateway(state, place, options),
    instanceConnectEndpoint: (options) => buildInstanceConnectEndpoint(state, place, options),
    flowLog: (options) => buildFlowLog(state, id, options),
    securityGroup: (name, options) => buildSecurityGroup(state, vpc, name, options),
    shareWith: (participant) => {
      state.account.estate.shares.push({ subnetId: id, owner: state, participant: participant.state });
      const theirs: SubnetPlace = {
        ...place,
        // A participant cannot use the default group of the VPC: it belongs to the owner
        get defaultGroup(): never {
          throw new Error(`${id} is shared: name the participant's own security groups`);
        },
      };
      return subnetBuilder(participant.state, vpc, item, theirs);
    },
  };
}

function nextDevice(state: RegionState, instanceId: string): number {
  const attached = (state.lists.get('ec2.DescribeNetworkInterfaces') ?? []).filter(
    (item) => (item['Attachment'] as Item | undefined)?.['InstanceId'] === instanceId,
  );
  return attached.length;
}
