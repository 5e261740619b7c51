import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { answerPath } from '../src/model/snapshot/file-name.ts';
import type { ManifestCall } from '../src/model/snapshot/manifest.ts';
import type { AccountId, RegionName } from '../src/model/id.ts';

/** How large a generated snapshot is. */
export interface SnapshotSize {
  readonly interfaces: number;
  readonly securityGroups: number;
  readonly vpcs: number;
}

const accountId = '111122223333' as AccountId;
const region = 'eu-west-1' as RegionName;
const partBytes = 32 * 1024 * 1024;

const hex = (prefix: string, index: number): string => `${prefix}-${index.toString(16).padStart(17, '0')}`;
const address = (index: number): string => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;

/**
 * Writes a snapshot in which every member that EC2 prints is there, so that reading it costs what reading a real one does.
 * Returns the bytes of its answers.
 */
export function generateSnapshot(folder: string, size: SnapshotSize): number {
  const calls: ManifestCall[] = [];
  const subnets = size.vpcs * 6;
  let bytes = 0;
  const answer = (operation: string, member: string, count: number, item: (index: number) => unknown): void => {
    const written = writeParts(folder, operation, member, count, item);
    bytes += written.bytes;
    calls.push({
      accountId,
      region,
      service: 'ec2',
      operation,
      input: {},
      status: 'collected',
      file: written.file,
      ...(written.parts > 1 ? { parts: written.parts } : {}),
      iamAction: `ec2:${operation}`,
      requests: 1,
      throttled: 0,
      durationMs: 1,
    });
  };
  answer('DescribeVpcs', 'Vpcs', size.vpcs, vpc);
  answer('DescribeSubnets', 'Subnets', subnets, subnet);
  answer('DescribeSecurityGroups', 'SecurityGroups', size.securityGroups, (index) => securityGroup(index, size));
  answer('DescribeNetworkInterfaces', 'NetworkInterfaces', size.interfaces, (index) =>
    networkInterface(index, size, subnets),
  );
  answer('DescribeRouteTables', 'RouteTables', size.vpcs * 2, (index) => routeTable(index, size));
  answer('DescribeNetworkAcls', 'NetworkAcls', size.vpcs, (index) => networkAcl(index));
  const manifest = {
    schemaVersion: '1',
    tool: { name: 'vpc-auditor', version: '0.0.0' },
    createdAt: '2026-01-01T00:00:00.000Z',
    caller: { accountId, arn: `arn:aws:iam::${accountId}:role/auditor` },
    scope: { accounts: [accountId], regions: [region] },
    notVisible: [],
    calls,
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return bytes;
}

function writeParts(
  folder: string,
  operation: string,
  member: string,
  count: number,
  item: (index: number) => unknown,
): { readonly file: string; readonly parts: number; readonly bytes: number } {
  const texts: string[] = [];
  let current: string[] = [];
  let length = 0;
  for (let index = 0; index < count; index += 1) {
    const json = JSON.stringify(item(index), null, 1);
    if (length + json.length > partBytes) {
      texts.push(`{"${member}": [${current.join(',\n')}]}`);
      current = [];
      length = 0;
    }
    current.push(json);
    length += json.length + 2;
  }
  texts.push(`{"${member}": [${current.join(',\n')}]}`);
  const name = { accountId, region, service: 'ec2', operation } as const;
  const files = texts.map((text, index) => {
    const file = answerPath(name, texts.length === 1 ? undefined : index + 1);
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
    return file;
  });
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  return { file: files[0] ?? '', parts: files.length, bytes };
}

const tagsOf = (index: number): unknown => [
  { Key: 'Name', Value: `resource-${index}` },
  { Key: 'team', Value: `team-${index % 40}` },
  { Key: 'environment', Value: index % 2 === 0 ? 'production' : 'development' },
];

const vpc = (index: number): unknown => ({
  CidrBlock: '10.0.0.0/16',
  DhcpOptionsId: hex('dopt', 1),
  State: 'available',
  VpcId: hex('vpc', index),
  OwnerId: accountId,
  InstanceTenancy: 'default',
  CidrBlockAssociationSet: [
    { AssociationId: hex('vpc-cidr-assoc', index), CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } },
  ],
  IsDefault: false,
  Tags: tagsOf(index),
});

const subnet = (index: number): unknown => ({
  AvailabilityZone: `${region}${'abc'[index % 3]}`,
  AvailabilityZoneId: `euw1-az${(index % 3) + 1}`,
  AvailableIpAddressCount: 200,
  CidrBlock: `10.0.${index % 256}.0/24`,
  DefaultForAz: false,
  MapPublicIpOnLaunch: false,
  State: 'available',
  SubnetId: hex('subnet', index),
  VpcId: hex('vpc', Math.floor(index / 6)),
  OwnerId: accountId,
  AssignIpv6AddressOnCreation: false,
  Ipv6CidrBlockAssociationSet: [],
  SubnetArn: `arn:aws:ec2:${region}:${accountId}:subnet/${hex('subnet', index)}`,
  EnableDns64: false,
  Ipv6Native: false,
  Tags: tagsOf(index),
});

const securityGroup = (index: number, { vpcs, securityGroups }: SnapshotSize): unknown => ({
  GroupId: hex('sg', index),
  GroupName: `group-${index}`,
  Description: 'Managed by a pipeline',
  OwnerId: accountId,
  VpcId: hex('vpc', index % vpcs),
  SecurityGroupArn: `arn:aws:ec2:${region}:${accountId}:security-group/${hex('sg', index)}`,
  IpPermissions: [22, 80, 443, 5432, 8080, 9090].map((port) => ({
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    IpRanges: Array.from({ length: 4 }, (_, range) => ({
      CidrIp: `10.${(index + range) % 256}.0.0/16`,
      Description: `office ${range}`,
    })),
    Ipv6Ranges: [],
    PrefixListIds: [],
    UserIdGroupPairs: [{ GroupId: hex('sg', (index + port) % securityGroups), UserId: accountId }],
  })),
  IpPermissionsEgress: [
    { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] },
  ],
  Tags: tagsOf(index),
});

const networkInterface = (index: number, { vpcs, securityGroups }: SnapshotSize, subnets: number): unknown => ({
  Attachment: {
    AttachTime: '2025-01-01T00:00:00+00:00',
    AttachmentId: hex('eni-attach', index),
    DeleteOnTermination: true,
    DeviceIndex: 0,
    NetworkCardIndex: 0,
    InstanceId: hex('i', index),
    InstanceOwnerId: accountId,
    Status: 'attached',
  },
  AvailabilityZone: `${region}${'abc'[index % 3]}`,
  Description: 'Primary network interface',
  Groups: [index, index + 1].map((group) => ({
    GroupName: `group-${group % securityGroups}`,
    GroupId: hex('sg', group % securityGroups),
  })),
  InterfaceType: 'interface',
  Ipv6Addresses: [],
  MacAddress: '0a:00:00:00:00:01',
  NetworkInterfaceId: hex('eni', index),
  OwnerId: accountId,
  PrivateDnsName: `ip-${address(index).replaceAll('.', '-')}.${region}.compute.internal`,
  PrivateIpAddress: address(index),
  PrivateIpAddresses: [
    {
      Primary: true,
      PrivateDnsName: `ip-${address(index).replaceAll('.', '-')}.${region}.compute.internal`,
      PrivateIpAddress: address(index),
    },
  ],
  RequesterManaged: false,
  SourceDestCheck: true,
  Status: 'in-use',
  SubnetId: hex('subnet', index % subnets),
  TagSet: tagsOf(index),
  VpcId: hex('vpc', Math.floor((index % subnets) / 6) % vpcs),
});

const routeTable = (index: number, { vpcs }: SnapshotSize): unknown => ({
  Associations: [
    {
      Main: index < vpcs,
      RouteTableAssociationId: hex('rtbassoc', index),
      RouteTableId: hex('rtb', index),
      ...(index < vpcs ? {} : { SubnetId: hex('subnet', index % vpcs) }),
      AssociationState: { State: 'associated' },
    },
  ],
  PropagatingVgws: [],
  RouteTableId: hex('rtb', index),
  Routes: [
    { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
    ...Array.from({ length: 20 }, (_, route) => ({
      DestinationCidrBlock: `172.16.${route}.0/24`,
      TransitGatewayId: hex('tgw', 1),
      Origin: 'CreateRoute',
      State: 'active',
    })),
  ],
  Tags: tagsOf(index),
  VpcId: hex('vpc', index % vpcs),
  OwnerId: accountId,
});

const networkAcl = (index: number): unknown => ({
  Associations: Array.from({ length: 6 }, (_, subnetOf) => ({
    NetworkAclAssociationId: hex('aclassoc', index * 6 + subnetOf),
    NetworkAclId: hex('acl', index),
    SubnetId: hex('subnet', index * 6 + subnetOf),
  })),
  Entries: [true, false].flatMap((Egress) => [
    { CidrBlock: '0.0.0.0/0', Egress, Protocol: '-1', RuleAction: 'allow', RuleNumber: 100 },
    { CidrBlock: '0.0.0.0/0', Egress, Protocol: '-1', RuleAction: 'deny', RuleNumber: 32767 },
  ]),
  IsDefault: true,
  NetworkAclId: hex('acl', index),
  Tags: [],
  VpcId: hex('vpc', index),
  OwnerId: accountId,
});
