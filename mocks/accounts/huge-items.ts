import type { Raw } from '../../src/model/decode.ts';
import { nthAddress } from '../cidr.ts';

/** How large the account is. */
export interface HugeSizes {
  readonly accountId: string;
  readonly region: string;
  readonly vpcs: number;
  readonly subnetsPerVpc: number;
  readonly securityGroups: number;
  readonly rulesPerGroup: number;
  readonly networkInterfaces: number;
  readonly groupsPerSubnet: number;
}

const id = (prefix: string, index: number): string => `${prefix}-0${index.toString(16).padStart(16, '0')}`;

/** The id of the nth VPC. */
export const vpcId = (index: number): string => id('vpc', index);

const zones = ['a', 'b', 'c'] as const;

/** Blocks repeat after 256 VPCs, as they do in accounts whose VPCs are never joined. */
const vpcCidr = (vpc: number): string => `10.${vpc % 256}.0.0/16`;
const subnetCidr = (vpc: number, subnet: number): string => `10.${vpc % 256}.${subnet * 16}.0/20`;

/** The nth VPC. */
export function vpcAt({ accountId }: HugeSizes, index: number): Raw {
  const CidrBlock = vpcCidr(index);
  return {
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    CidrBlock,
    CidrBlockAssociationSet: [
      { AssociationId: id('vpc-cidr-assoc', index), CidrBlock, CidrBlockState: { State: 'associated' } },
    ],
    DhcpOptionsId: id('dopt', 0),
    InstanceTenancy: 'default',
    IsDefault: false,
    OwnerId: accountId,
    State: 'available',
    Tags: [{ Key: 'Name', Value: `vpc-${index}` }],
    VpcId: vpcId(index),
  };
}

/** The nth subnet, counted through the VPCs. */
export function subnetAt(sizes: HugeSizes, index: number): Raw {
  const vpc = Math.floor(index / sizes.subnetsPerVpc);
  const own = index % sizes.subnetsPerVpc;
  const zone = zones[own % zones.length] ?? 'a';
  const subnets = sizes.vpcs * sizes.subnetsPerVpc;
  const interfaces =
    Math.floor(sizes.networkInterfaces / subnets) + (index < sizes.networkInterfaces % subnets ? 1 : 0);
  return {
    AssignIpv6AddressOnCreation: false,
    AvailabilityZone: `${sizes.region}${zone}`,
    AvailableIpAddressCount: 4096 - 5 - interfaces,
    CidrBlock: subnetCidr(vpc, own),
    DefaultForAz: false,
    EnableDns64: false,
    Ipv6CidrBlockAssociationSet: [],
    Ipv6Native: false,
    MapPublicIpOnLaunch: false,
    OwnerId: sizes.accountId,
    State: 'available',
    SubnetArn: `arn:aws:ec2:${sizes.region}:${sizes.accountId}:subnet/${id('subnet', index)}`,
    SubnetId: id('subnet', index),
    Tags: [{ Key: 'Name', Value: `subnet-${vpc}-${own}` }],
    VpcId: vpcId(vpc),
  };
}

/** The nth internet gateway: one for each VPC. */
export function internetGatewayAt({ accountId }: HugeSizes, index: number): Raw {
  return {
    Attachments: [{ State: 'available', VpcId: vpcId(index) }],
    InternetGatewayId: id('igw', index),
    OwnerId: accountId,
    Tags: [],
  };
}

/** The nth route table: for each VPC the main one and one to the internet, which every second subnet uses. */
export function routeTableAt(sizes: HugeSizes, index: number): Raw {
  const vpc = Math.floor(index / 2);
  const isMain = index % 2 === 0;
  const routeTableId = id('rtb', index);
  const association = { RouteTableId: routeTableId, AssociationState: { State: 'associated' } };
  const publicSubnets = Array.from({ length: sizes.subnetsPerVpc }, (_, own) => own).filter((own) => own % 2 === 0);
  return {
    Associations: isMain
      ? [{ Main: true, RouteTableAssociationId: id('rtbassoc', index * 32), ...association }]
      : publicSubnets.map((own) => ({
          Main: false,
          RouteTableAssociationId: id('rtbassoc', index * 32 + own),
          SubnetId: id('subnet', vpc * sizes.subnetsPerVpc + own),
          ...association,
        })),
    OwnerId: sizes.accountId,
    PropagatingVgws: [],
    RouteTableId: routeTableId,
    Routes: [
      { DestinationCidrBlock: vpcCidr(vpc), GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
      ...(isMain
        ? []
        : [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: id('igw', vpc), Origin: 'CreateRoute', State: 'active' }]),
    ],
    Tags: [],
    VpcId: vpcId(vpc),
  };
}

/** The nth network ACL: the default one of each VPC. */
export function networkAclAt(sizes: HugeSizes, index: number): Raw {
  const networkAclId = id('acl', index);
  const entry = (Egress: boolean, RuleNumber: number, RuleAction: string): Raw => ({
    CidrBlock: '0.0.0.0/0',
    Egress,
    Protocol: '-1',
    RuleAction,
    RuleNumber,
  });
  return {
    Associations: Array.from({ length: sizes.subnetsPerVpc }, (_, own) => ({
      NetworkAclAssociationId: id('aclassoc', index * 32 + own),
      NetworkAclId: networkAclId,
      SubnetId: id('subnet', index * sizes.subnetsPerVpc + own),
    })),
    Entries: [true, false].flatMap((egress) => [entry(egress, 100, 'allow'), entry(egress, 32_767, 'deny')]),
    IsDefault: true,
    NetworkAclId: networkAclId,
    OwnerId: sizes.accountId,
    Tags: [],
    VpcId: vpcId(index),
  };
}

/** One rule of a group in the words of both operations. */
interface HugeRule {
  readonly isEgress: boolean;
  readonly protocol: string;
  readonly port: number | undefined;
  readonly cidr: string | undefined;
  readonly groupId: string | undefined;
}

/** One group in a thousand opens SSH to the world, one in fifty HTTPS; the others admit networks and groups. */
function ruleAt(sizes: HugeSizes, group: number, rule: number): HugeRule {
  if (rule === 0) return { isEgress: true, protocol: '-1', port: undefined, cidr: '0.0.0.0/0', groupId: undefined };
  const vpc = group % sizes.vpcs;
  if (rule === 1 && group % 1000 === 999) return ingress(22, '0.0.0.0/0');
  if (rule === 1 && group % 50 === 49) return ingress(443, '0.0.0.0/0');
  if (rule % 3 === 2) {
    const groupsOfVpc = Math.floor((sizes.securityGroups - 1 - vpc) / sizes.vpcs) + 1;
    const other = vpc + sizes.vpcs * ((Math.floor(group / sizes.vpcs) + rule) % groupsOfVpc);
    return { isEgress: false, protocol: 'tcp', port: 5000 + rule, cidr: undefined, groupId: id('sg', other) };
  }
  return ingress(8000 + rule, `10.${(group + rule) % 256}.${(group * 16) % 256}.0/20`);
}

const ingress = (port: number, cidr: string): HugeRule => ({
  isEgress: false,
  protocol: 'tcp',
  port,
  cidr,
  groupId: undefined,
});

/** The nth security group; the first of each VPC is its default one. */
export function securityGroupAt(sizes: HugeSizes, index: number): Raw {
  const vpc = index % sizes.vpcs;
  const rules = Array.from({ length: sizes.rulesPerGroup }, (_, rule) => ruleAt(sizes, index, rule));
  const isDefault = index < sizes.vpcs;
  const permissions = (isEgress: boolean): readonly Raw[] =>
    rules.filter((rule) => rule.isEgress === isEgress).map((rule) => permission(sizes, rule));
  return {
    Description: isDefault ? 'default VPC security group' : `group ${index} of the huge account`,
    GroupId: id('sg', index),
    GroupName: groupName(sizes, index),
    IpPermissions: permissions(false),
    IpPermissionsEgress: permissions(true),
    OwnerId: sizes.accountId,
    Tags: [{ Key: 'Name', Value: `group-${index}` }],
    VpcId: vpcId(vpc),
  };
}

function permission({ accountId }: HugeSizes, rule: HugeRule): Raw {
  return {
    ...(rule.port === undefined ? {} : { FromPort: rule.port, ToPort: rule.port }),
    IpProtocol: rule.protocol,
    IpRanges: rule.cidr === undefined ? [] : [{ CidrIp: rule.cidr }],
    Ipv6Ranges: [],
    PrefixListIds: [],
    UserIdGroupPairs: rule.groupId === undefined ? [] : [{ GroupId: rule.groupId, UserId: accountId }],
  };
}

/** The nth rule, counted through the groups. */
export function securityGroupRuleAt(sizes: HugeSizes, index: number): Raw {
  const group = Math.floor(index / sizes.rulesPerGroup);
  const rule = ruleAt(sizes, group, index % sizes.rulesPerGroup);
  return {
    SecurityGroupRuleId: id('sgr', index),
    GroupId: id('sg', group),
    GroupOwnerId: sizes.accountId,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.port ?? -1,
    ToPort: rule.port ?? -1,
    ...(rule.cidr === undefined ? {} : { CidrIpv4: rule.cidr }),
    ...(rule.groupId === undefined ? {} : { ReferencedGroupInfo: { GroupId: rule.groupId, UserId: sizes.accountId } }),
    Tags: [],
  };
}

/** The one set of DHCP options. */
export function dhcpOptionsAt({ accountId, region }: HugeSizes): Raw {
  return {
    DhcpConfigurations: [
      {
        Key: 'domain-name',
        Values: [{ Value: region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal` }],
      },
      { Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] },
    ],
    DhcpOptionsId: id('dopt', 0),
    OwnerId: accountId,
    Tags: [],
  };
}

/** Where the nth interface lies. They go round the subnets. */
function placeOf(
  sizes: HugeSizes,
  index: number,
): Readonly<Record<'subnet' | 'vpc' | 'own' | 'round' | 'group', number>> {
  const subnets = sizes.vpcs * sizes.subnetsPerVpc;
  const subnet = index % subnets;
  const round = Math.floor(index / subnets);
  const vpc = Math.floor(subnet / sizes.subnetsPerVpc);
  const own = subnet % sizes.subnetsPerVpc;
  const groupsOfVpc = Math.floor((sizes.securityGroups - 1 - vpc) / sizes.vpcs) + 1;
  // A few groups for each subnet, other ones in each; the default group only where the VPC has no other
  const turn = own * sizes.groupsPerSubnet + (round % sizes.groupsPerSubnet);
  const group = groupsOfVpc === 1 ? vpc : vpc + sizes.vpcs * (1 + (turn % (groupsOfVpc - 1)));
  return { subnet, vpc, own, round, group };
}

/** The instance of the nth interface, in its reservation. */
export function instanceAt(sizes: HugeSizes, index: number): Raw {
  const { subnet, vpc, own, round, group } = placeOf(sizes, index);
  const PrivateIpAddress = nthAddress(subnetCidr(vpc, own), round + 4);
  const Groups = [{ GroupId: id('sg', group), GroupName: groupName(sizes, group) }];
  const instance = {
    InstanceId: id('i', index),
    InstanceType: 't3.micro',
    NetworkInterfaces: [
      { NetworkInterfaceId: id('eni', index), Groups, PrivateIpAddress, SubnetId: id('subnet', subnet) },
    ],
    PrivateIpAddress,
    SecurityGroups: Groups,
    State: { Code: 16, Name: 'running' },
    SubnetId: id('subnet', subnet),
    Tags: [],
    VpcId: vpcId(vpc),
  };
  return { Groups: [], Instances: [instance], OwnerId: sizes.accountId, ReservationId: id('r', index) };
}

const groupName = ({ vpcs }: HugeSizes, index: number): string => (index < vpcs ? 'default' : `group-${index}`);

/** The nth interface: that of the nth instance; one in twenty has a public address. */
export function networkInterfaceAt(sizes: HugeSizes, index: number): Raw {
  const { subnet, vpc, own, round, group } = placeOf(sizes, index);
  const address = nthAddress(subnetCidr(vpc, own), round + 4);
  const isPublic = own % 2 === 0 && round % 20 === 0;
  const association = isPublic
    ? { Association: { IpOwnerId: 'amazon', PublicIp: nthAddress('198.18.0.0/15', index % 131_072) } }
    : {};
  return {
    ...association,
    AvailabilityZone: `${sizes.region}${zones[own % zones.length] ?? 'a'}`,
    Attachment: {
      AttachmentId: id('eni-attach', index),
      DeviceIndex: 0,
      InstanceId: id('i', index),
      InstanceOwnerId: sizes.accountId,
      Status: 'attached',
    },
    Description: 'Primary network interface',
    Groups: [{ GroupId: id('sg', group), GroupName: groupName(sizes, group) }],
    InterfaceType: 'interface',
    Ipv6Addresses: [],
    NetworkInterfaceId: id('eni', index),
    OwnerId: sizes.accountId,
    PrivateIpAddress: address,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address, ...association }],
    RequesterManaged: false,
    SourceDestCheck: true,
    Status: 'in-use',
    SubnetId: id('subnet', subnet),
    TagSet: [],
    VpcId: vpcId(vpc),
  };
}
