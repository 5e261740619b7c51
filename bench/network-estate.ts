import { resourceKeys, resourceKinds, type ResourceKey } from '../src/model/resources.ts';
import type { Raw } from '../src/model/decode.ts';
import type { ResourceKind } from '../src/model/resource-kind.ts';
import type { AccountId, RegionName } from '../src/model/id.ts';
import type { RegionSnapshot, Snapshot } from '../src/model/snapshot/snapshot.ts';

/** How large an estate to generate. */
export interface EstateSize {
  readonly vpcs: number;
  readonly subnetsPerVpc: number;
  readonly groupsPerVpc: number;
  readonly interfaces: number;
}

const account = '111122223333' as AccountId;
const region = 'eu-west-1' as RegionName;
const hex = (prefix: string, number: number): string => `${prefix}-${number.toString(16).padStart(17, '0')}`;

/**
 * An estate of the given size, the same on every run: half of the subnets public, VPCs joined by one transit gateway, every
 * group with rules on addresses and on other groups, one in four ACLs with denies in front.
 */
export function generateEstate({ vpcs, subnetsPerVpc, groupsPerVpc, interfaces }: EstateSize): Snapshot {
  const items = new Map<ResourceKey, { readonly item: Raw; readonly of: string }[]>();
  const add = (kind: ResourceKey, item: Raw, of = ''): void => {
    const list = items.get(kind);
    if (list === undefined) items.set(kind, [{ item, of }]);
    else list.push({ item, of });
  };
  const tgw = hex('tgw', 1);
  const table = hex('tgw-rtb', 1);
  add('transitGateways', {
    TransitGatewayId: tgw,
    OwnerId: account,
    State: 'available',
    Options: { SecurityGroupReferencingSupport: 'enable' },
  });
  add('transitGatewayRouteTables', { TransitGatewayRouteTableId: table, TransitGatewayId: tgw, State: 'available' });
  for (let v = 0; v < vpcs; v++) addVpc(add, v, { tgw, table, subnetsPerVpc, groupsPerVpc });
  addInterfaces(add, { vpcs, subnetsPerVpc, groupsPerVpc, interfaces });
  return snapshotOf(items);
}

type Add = (kind: ResourceKey, item: Raw, of?: string) => void;

const second = (vpc: number): string => `10.${vpc % 256}`;

function addVpc(
  add: Add,
  v: number,
  {
    tgw,
    table,
    subnetsPerVpc,
    groupsPerVpc,
  }: { readonly tgw: string; readonly table: string; readonly subnetsPerVpc: number; readonly groupsPerVpc: number },
): void {
  const vpc = hex('vpc', v);
  const cidr = `${second(v)}.0.0/16`;
  add('vpcs', {
    VpcId: vpc,
    OwnerId: account,
    State: 'available',
    CidrBlock: cidr,
    CidrBlockAssociationSet: [{ CidrBlock: cidr, CidrBlockState: { State: 'associated' } }],
  });
  add('internetGateways', {
    InternetGatewayId: hex('igw', v),
    OwnerId: account,
    Attachments: [{ VpcId: vpc, State: 'available' }],
  });
  const attachment = hex('tgw-attach', v);
  const subnets = Array.from({ length: subnetsPerVpc }, (_, s) => hex('subnet', v * 1000 + s));
  add('transitGatewayVpcAttachments', {
    TransitGatewayAttachmentId: attachment,
    TransitGatewayId: tgw,
    VpcId: vpc,
    VpcOwnerId: account,
    State: 'available',
    SubnetIds: subnets.slice(0, 3),
    Options: { ApplianceModeSupport: 'disable', SecurityGroupReferencingSupport: 'enable' },
  });
  add('transitGatewayAttachments', {
    TransitGatewayAttachmentId: attachment,
    TransitGatewayId: tgw,
    ResourceType: 'vpc',
    ResourceId: vpc,
    State: 'available',
    Association: { TransitGatewayRouteTableId: table, State: 'associated' },
  });
  add(
    'transitGatewayRouteTableAssociations',
    { TransitGatewayAttachmentId: attachment, ResourceId: vpc, ResourceType: 'vpc', State: 'associated' },
    table,
  );
  add(
    'transitGatewayRoutes',
    {
      DestinationCidrBlock: cidr,
      Type: 'propagated',
      State: 'active',
      TransitGatewayAttachments: [{ TransitGatewayAttachmentId: attachment, ResourceId: vpc, ResourceType: 'vpc' }],
    },
    table,
  );
  const routes = [
    { DestinationCidrBlock: cidr, GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' },
    { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: tgw, State: 'active', Origin: 'CreateRoute' },
  ];
  add('routeTables', {
    RouteTableId: hex('rtb', v * 2),
    VpcId: vpc,
    OwnerId: account,
    Routes: routes,
    Associations: [{ Main: true }],
  });
  add('routeTables', {
    RouteTableId: hex('rtb', v * 2 + 1),
    VpcId: vpc,
    OwnerId: account,
    Routes: [
      ...routes,
      { DestinationCidrBlock: '0.0.0.0/0', GatewayId: hex('igw', v), State: 'active', Origin: 'CreateRoute' },
    ],
    Associations: subnets.filter((_, s) => s % 2 === 0).map((SubnetId) => ({ Main: false, SubnetId })),
  });
  subnets.forEach((SubnetId, s) =>
    add('subnets', {
      SubnetId,
      VpcId: vpc,
      OwnerId: account,
      AvailabilityZone: `${region}${'abc'[s % 3]}`,
      AvailabilityZoneId: `euw1-az${(s % 3) + 1}`,
      CidrBlock: `${second(v)}.${s * 8}.0/21`,
    }),
  );
  const entry = (RuleNumber: number, RuleAction: string, Egress: boolean, rest: Raw = { Protocol: '-1' }): Raw => ({
    RuleNumber,
    RuleAction,
    Egress,
    CidrBlock: '0.0.0.0/0',
    ...rest,
  });
  for (let a = 0; a < 2; a++) {
    const denies =
      a === 0
        ? []
        : [
            entry(50, 'deny', false, { Protocol: '6', PortRange: { From: 3389, To: 3389 } }),
            entry(60, 'deny', false, { Protocol: '6', PortRange: { From: 22, To: 22 }, CidrBlock: '198.51.100.0/24' }),
          ];
    add('networkAcls', {
      NetworkAclId: hex('acl', v * 2 + a),
      VpcId: vpc,
      IsDefault: a === 0,
      Associations: subnets.filter((_, s) => (s % 4 === 3 ? 1 : 0) === a).map((SubnetId) => ({ SubnetId })),
      Entries: [
        ...denies,
        entry(100, 'allow', false),
        entry(32_767, 'deny', false),
        entry(100, 'allow', true),
        entry(32_767, 'deny', true),
      ],
    });
  }
  for (let g = 0; g < groupsPerVpc; g++) {
    const id = v * 1000 + g;
    const port = 1000 + (g % 50);
    add('securityGroups', {
      GroupId: hex('sg', id),
      GroupName: `group-${g}`,
      VpcId: vpc,
      OwnerId: account,
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          IpRanges: g % 3 === 0 ? [{ CidrIp: '0.0.0.0/0' }] : [{ CidrIp: '10.0.0.0/8' }, { CidrIp: '203.0.113.0/24' }],
        },
        {
          IpProtocol: 'tcp',
          FromPort: port,
          ToPort: port,
          UserIdGroupPairs: [{ GroupId: hex('sg', v * 1000 + ((g + 1) % groupsPerVpc)), UserId: account }],
        },
        { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
        {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          IpRanges: [{ CidrIp: `${second(v)}.0.0/16` }, { CidrIp: `192.0.2.${g % 250}/32` }],
        },
      ],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });
  }
}

/** Interface `i` of an estate, so that a benchmark can name some. */
export const interfaceId = (i: number): string => hex('eni', i);

function addInterfaces(add: Add, { vpcs, subnetsPerVpc, groupsPerVpc, interfaces }: EstateSize): void {
  for (let i = 0; i < interfaces; i++) {
    const v = i % vpcs;
    const within = Math.floor(i / vpcs);
    const s = within % subnetsPerVpc;
    const host = Math.floor(within / subnetsPerVpc) + 4;
    const address = `${second(v)}.${s * 8 + (host >> 8)}.${host & 255}`;
    const isPublic = s % 2 === 0;
    add('networkInterfaces', {
      NetworkInterfaceId: interfaceId(i),
      SubnetId: hex('subnet', v * 1000 + s),
      VpcId: hex('vpc', v),
      OwnerId: account,
      Status: 'in-use',
      Groups: [
        { GroupId: hex('sg', v * 1000 + (within % groupsPerVpc)) },
        ...(within % 5 === 0 ? [{ GroupId: hex('sg', v * 1000) }] : []),
      ],
      PrivateIpAddresses: [
        {
          PrivateIpAddress: address,
          Primary: true,
          ...(isPublic
            ? { Association: { PublicIp: `${52 + (i >> 24)}.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}` } }
            : {}),
        },
      ],
      SourceDestCheck: true,
    });
  }
}

function snapshotOf(items: ReadonlyMap<ResourceKey, readonly { readonly item: Raw; readonly of: string }[]>): Snapshot {
  const resources = Object.fromEntries(
    resourceKeys.map((key) => {
      const kind = resourceKinds[key] as ResourceKind<unknown>;
      return [
        key,
        {
          status: 'collected',
          resources: (items.get(key) ?? []).map(({ item, of }) => kind.toModel(item, of)),
          missing: [],
        },
      ];
    }),
  ) as unknown as RegionSnapshot['resources'];
  return {
    manifest: {
      schemaVersion: '1',
      tool: { name: 'vpc-auditor', version: '0.0.0' },
      createdAt: '2026-01-01T00:00:00.000Z',
      caller: undefined,
      scope: { accounts: [account], regions: [region] },
      notVisible: [],
      calls: [],
    },
    regions: [{ accountId: account, region, resources, assumedOff: [] }],
    notes: [],
  };
}
