/**
 * The pieces that examples are put together from, as `aws ec2 describe-*` prints them: the members that decide, and no
 * more. A check's example names only what it is about.
 */

/** An item as an answer holds it. */
export type Item = Readonly<Record<string, unknown>>;

const ownerId = '111122223333';
const vpcId = 'vpc-0a1';

/** A VPC of 10.0.0.0/16. */
export const vpc = (members: Item = {}): Item => ({
  VpcId: vpcId,
  OwnerId: ownerId,
  CidrBlock: '10.0.0.0/16',
  ...members,
});

/** A subnet of 10.0.1.0/24. */
export const subnet = (members: Item = {}): Item => ({
  SubnetId: 'subnet-0a1',
  VpcId: vpcId,
  OwnerId: ownerId,
  CidrBlock: '10.0.1.0/24',
  ...members,
});

/** An interface at 10.0.1.10 in that subnet, with one group. */
export const networkInterface = (members: Item = {}): Item => ({
  NetworkInterfaceId: 'eni-0a1',
  SubnetId: 'subnet-0a1',
  VpcId: vpcId,
  OwnerId: ownerId,
  InterfaceType: 'interface',
  Status: 'in-use',
  Groups: [{ GroupId: 'sg-0a1' }],
  PrivateIpAddresses: [{ PrivateIpAddress: '10.0.1.10', Primary: true }],
  ...members,
});

/** One protocol and port range of a security group, with CIDRs, prefix lists and groups as its peers. */
export function permission(
  protocol: string,
  ports: number | readonly [from: number, to: number] | undefined,
  ...peers: readonly string[]
): Item {
  const [from, to] = typeof ports === 'number' ? [ports, ports] : (ports ?? []);
  const starting = (pattern: RegExp, member: string): readonly Item[] =>
    peers.filter((peer) => pattern.test(peer)).map((peer) => ({ [member]: peer }));
  return {
    IpProtocol: protocol,
    ...(from === undefined ? {} : { FromPort: from, ToPort: to }),
    IpRanges: starting(/^[0-9.]+\//, 'CidrIp'),
    Ipv6Ranges: starting(/^[0-9a-f]*:[0-9a-f:]*\//, 'CidrIpv6'),
    PrefixListIds: starting(/^pl-/, 'PrefixListId'),
    UserIdGroupPairs: starting(/^sg-/, 'GroupId'),
  };
}

/** A security group with the given ingress; its egress admits everything, as EC2 makes a new group. */
export const securityGroup = (ingress: readonly Item[], members: Item = {}): Item => ({
  GroupId: 'sg-0a1',
  GroupName: 'app',
  VpcId: vpcId,
  OwnerId: ownerId,
  IpPermissions: ingress,
  IpPermissionsEgress: [permission('-1', undefined, '0.0.0.0/0')],
  ...members,
});

/** A rule of a network ACL: `entry(100, 'allow', 'ingress', '0.0.0.0/0', '6', [22, 22])`. */
export const entry = (
  ruleNumber: number,
  ruleAction: 'allow' | 'deny',
  direction: 'ingress' | 'egress',
  cidr: string,
  protocol = '-1',
  ports?: readonly [from: number, to: number],
): Item => ({
  RuleNumber: ruleNumber,
  RuleAction: ruleAction,
  Egress: direction === 'egress',
  Protocol: protocol,
  ...(cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }),
  ...(ports === undefined ? {} : { PortRange: { From: ports[0], To: ports[1] } }),
});

/** A network ACL of that subnet; the implicit deny of IPv4 follows the given entries in both directions. */
export const networkAcl = (entries: readonly Item[], members: Item = {}): Item => ({
  NetworkAclId: 'acl-0a1',
  VpcId: vpcId,
  OwnerId: ownerId,
  IsDefault: false,
  Associations: [{ SubnetId: 'subnet-0a1' }],
  Entries: [...entries, entry(32_767, 'deny', 'ingress', '0.0.0.0/0'), entry(32_767, 'deny', 'egress', '0.0.0.0/0')],
  ...members,
});

/** A route: `route('0.0.0.0/0', { GatewayId: 'igw-0a1' })`. */
export const route = (destination: string, target: Item, state = 'active'): Item => ({
  ...(destination.startsWith('pl-')
    ? { DestinationPrefixListId: destination }
    : destination.includes(':')
      ? { DestinationIpv6CidrBlock: destination }
      : { DestinationCidrBlock: destination }),
  ...target,
  State: state,
  Origin: 'CreateRoute',
});

/** A route table of that subnet, with the local route. */
export const routeTable = (routes: readonly Item[], members: Item = {}): Item => ({
  RouteTableId: 'rtb-0a1',
  VpcId: vpcId,
  OwnerId: ownerId,
  Routes: [route('10.0.0.0/16', { GatewayId: 'local' }), ...routes],
  Associations: [{ RouteTableAssociationId: 'rtbassoc-0a1', Main: false, SubnetId: 'subnet-0a1' }],
  ...members,
});

/** An available endpoint of S3, a gateway unless said otherwise. */
export const vpcEndpoint = (members: Item = {}): Item => ({
  VpcEndpointId: 'vpce-0a1',
  VpcEndpointType: 'Gateway',
  VpcId: vpcId,
  OwnerId: ownerId,
  ServiceName: 'com.amazonaws.eu-west-1.s3',
  State: 'available',
  ...members,
});

/** A flow log of the VPC that records everything and delivers. */
export const flowLog = (members: Item = {}): Item => ({
  FlowLogId: 'fl-0a1',
  ResourceId: vpcId,
  FlowLogStatus: 'ACTIVE',
  TrafficType: 'ALL',
  DeliverLogsStatus: 'SUCCESS',
  LogDestinationType: 's3',
  LogDestination: 'arn:aws:s3:::flow-logs-111122223333',
  ...members,
});

/** An active peering between that VPC and `vpc-0a2` of 10.1.0.0/16, both of the same account and Region. */
export const peering = (members: Item = {}): Item => ({
  VpcPeeringConnectionId: 'pcx-0a1',
  Status: { Code: 'active' },
  RequesterVpcInfo: { VpcId: vpcId, OwnerId: ownerId, Region: 'eu-west-1', CidrBlock: '10.0.0.0/16' },
  AccepterVpcInfo: { VpcId: 'vpc-0a2', OwnerId: ownerId, Region: 'eu-west-1', CidrBlock: '10.1.0.0/16' },
  ...members,
});

/** An available NAT gateway in that subnet. */
export const natGateway = (members: Item = {}): Item => ({
  NatGatewayId: 'nat-0a1',
  VpcId: vpcId,
  SubnetId: 'subnet-0a1',
  State: 'available',
  ConnectivityType: 'public',
  ...members,
});

/** A running instance behind the interface above. */
export const instance = (members: Item = {}): Item => ({
  InstanceId: 'i-0a1',
  State: { Name: 'running' },
  VpcId: vpcId,
  SubnetId: 'subnet-0a1',
  NetworkInterfaces: [{ NetworkInterfaceId: 'eni-0a1' }],
  ...members,
});

/** A host that serves HTTPS to everybody by a public address; its network ACL is left to the example. */
export const reachedHost: Readonly<Record<string, readonly Item[]>> = {
  vpcs: [vpc()],
  subnets: [subnet()],
  networkInterfaces: [
    networkInterface({
      PrivateIpAddresses: [
        { PrivateIpAddress: '10.0.1.10', Primary: true, Association: { PublicIp: '203.0.113.10', IpOwnerId: ownerId } },
      ],
    }),
  ],
  internetGateways: [
    { InternetGatewayId: 'igw-0a1', OwnerId: ownerId, Attachments: [{ VpcId: vpcId, State: 'available' }] },
  ],
  routeTables: [routeTable([route('0.0.0.0/0', { GatewayId: 'igw-0a1' })])],
  securityGroups: [securityGroup([permission('tcp', 443, '0.0.0.0/0')])],
};
