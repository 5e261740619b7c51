import { decisiveId, decisiveText, flag, id, items, nested, number, requiredId, text, type Raw } from '../decode.ts';
import type { AccountId, Arn, SubnetId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';
import { type BlockPublicAccessStates, toBlockPublicAccessStates } from './vpc.ts';

/** A subnet: one Availability Zone, exactly one network ACL and one route table in force. */
export interface Subnet {
  readonly subnetId: SubnetId;
  readonly subnetArn: Arn | undefined;
  readonly vpcId: VpcId;
  /** The account that owns the subnet; another than the caller's where the subnet is shared through RAM. */
  readonly ownerId: AccountId | undefined;
  readonly availabilityZone: string | undefined;
  readonly availabilityZoneId: string | undefined;
  /** Absent for an IPv6-only subnet. */
  readonly cidrBlock: string | undefined;
  readonly ipv6CidrBlocks: readonly string[];
  readonly mapPublicIpOnLaunch: boolean | undefined;
  readonly assignIpv6AddressOnCreation: boolean | undefined;
  readonly ipv6Native: boolean | undefined;
  readonly enableDns64: boolean | undefined;
  readonly defaultForAz: boolean | undefined;
  readonly availableIpAddressCount: number | undefined;
  readonly outpostArn: Arn | undefined;
  readonly blockPublicAccessStates: BlockPublicAccessStates | undefined;
  readonly state: string | undefined;
  readonly tags: readonly Tag[];
}

const toSubnet = (raw: Raw): Subnet => ({
  subnetId: requiredId(raw, 'SubnetId'),
  subnetArn: id(raw, 'SubnetArn'),
  vpcId: decisiveId(raw, 'VpcId'),
  ownerId: id(raw, 'OwnerId'),
  availabilityZone: text(raw, 'AvailabilityZone'),
  availabilityZoneId: text(raw, 'AvailabilityZoneId'),
  cidrBlock: text(raw, 'CidrBlock'),
  ipv6CidrBlocks: associatedIpv6CidrBlocks(raw),
  mapPublicIpOnLaunch: flag(raw, 'MapPublicIpOnLaunch'),
  assignIpv6AddressOnCreation: flag(raw, 'AssignIpv6AddressOnCreation'),
  ipv6Native: flag(raw, 'Ipv6Native'),
  enableDns64: flag(raw, 'EnableDns64'),
  defaultForAz: flag(raw, 'DefaultForAz'),
  availableIpAddressCount: number(raw, 'AvailableIpAddressCount'),
  outpostArn: id(raw, 'OutpostArn'),
  blockPublicAccessStates: nested(raw, 'BlockPublicAccessStates', toBlockPublicAccessStates),
  state: text(raw, 'State'),
  tags: tags(raw),
});

/** Only blocks in state `associated` carry traffic; an association on its way in or out does not. */
function associatedIpv6CidrBlocks(raw: Raw): readonly string[] {
  return items(raw, 'Ipv6CidrBlockAssociationSet', (association) => ({
    cidr: decisiveText(association, 'Ipv6CidrBlock'),
    state: nested(association, 'Ipv6CidrBlockState', (state) => text(state, 'State')),
  }))
    .filter(({ state }) => state === undefined || state === 'associated')
    .map(({ cidr }) => cidr);
}

export const subnets: ResourceKind<Subnet> = {
  service: 'ec2',
  operation: 'DescribeSubnets',
  member: 'Subnets',
  idMember: 'SubnetId',
  toModel: toSubnet,
};
