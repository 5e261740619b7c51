import { describe, expect, it } from 'vitest';
import { IncompleteItem, MalformedAnswer, type Raw } from '../../../src/model/decode.ts';
import { resourceKinds, type ResourceKey } from '../../../src/model/resources.ts';

const permission = {
  IpProtocol: 'tcp',
  IpRanges: [{ CidrIp: '10.0.0.0/8' }],
  Ipv6Ranges: [{ CidrIpv6: '::/0' }],
  PrefixListIds: [{ PrefixListId: 'pl-1' }],
  UserIdGroupPairs: [],
};
const entry = {
  RuleNumber: 100,
  Egress: false,
  RuleAction: 'allow',
  Protocol: '6',
  CidrBlock: '10.0.0.0/8',
  PortRange: { From: 1, To: 2 },
  IcmpTypeCode: { Type: 8, Code: 0 },
};

/** Items that can be judged, and the members without which they cannot. */
const judged: readonly [key: ResourceKey, raw: Raw, decisive: readonly string[]][] = [
  [
    'securityGroups',
    { GroupId: 'sg-1', IpPermissions: [permission], IpPermissionsEgress: [permission] },
    [
      'IpPermissions',
      'IpPermissionsEgress',
      'IpPermissions[0].IpProtocol',
      'IpPermissions[0].IpRanges[0].CidrIp',
      'IpPermissions[0].Ipv6Ranges[0].CidrIpv6',
      'IpPermissionsEgress[0].PrefixListIds[0].PrefixListId',
    ],
  ],
  [
    'securityGroupRules',
    { SecurityGroupRuleId: 'sgr-1', GroupId: 'sg-1', IsEgress: true, IpProtocol: '-1' },
    ['GroupId', 'IsEgress', 'IpProtocol'],
  ],
  ['securityGroupVpcAssociations', { GroupId: 'sg-1', VpcId: 'vpc-1' }, ['VpcId']],
  [
    'networkAcls',
    { NetworkAclId: 'acl-1', Associations: [{ SubnetId: 'subnet-1' }], Entries: [entry] },
    [
      'Associations',
      'Entries',
      'Associations[0].SubnetId',
      'Entries[0].RuleNumber',
      'Entries[0].Egress',
      'Entries[0].RuleAction',
      'Entries[0].Protocol',
      'Entries[0].CidrBlock',
      'Entries[0].PortRange.From',
      'Entries[0].PortRange.To',
      'Entries[0].IcmpTypeCode.Type',
      'Entries[0].IcmpTypeCode.Code',
    ],
  ],
  [
    'networkInterfaces',
    {
      NetworkInterfaceId: 'eni-1',
      SubnetId: 'subnet-1',
      VpcId: 'vpc-1',
      Status: 'in-use',
      Groups: [{ GroupId: 'sg-1' }],
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.5' }],
      Ipv6Addresses: [{ Ipv6Address: '::1' }],
      Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.0/28' }],
      Ipv6Prefixes: [{ Ipv6Prefix: '2001:db8::/80' }],
    },
    [
      'SubnetId',
      'VpcId',
      'Status',
      'Groups',
      'Groups[0].GroupId',
      'PrivateIpAddresses',
      'PrivateIpAddresses[0].PrivateIpAddress',
      'Ipv6Addresses[0].Ipv6Address',
      'Ipv4Prefixes[0].Ipv4Prefix',
      'Ipv6Prefixes[0].Ipv6Prefix',
    ],
  ],
  [
    'routeTables',
    {
      RouteTableId: 'rtb-1',
      Routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' }],
      Associations: [],
    },
    ['Routes', 'Associations', 'Routes[0].DestinationCidrBlock', 'Routes[0].State'],
  ],
  [
    'subnets',
    { SubnetId: 'subnet-1', VpcId: 'vpc-1', Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '::/64' }] },
    ['VpcId', 'Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock'],
  ],
  [
    'vpcEndpoints',
    { VpcEndpointId: 'vpce-1', VpcEndpointType: 'Gateway', State: 'available' },
    ['VpcEndpointType', 'State'],
  ],
  ['managedPrefixListEntries', { Cidr: '10.0.0.0/8' }, ['Cidr']],
  ['transitGatewayPolicyTableEntries', { PolicyRule: {} }, ['PolicyRule']],
];

/** The item without the member that a path names. */
function without(raw: Raw, path: string): Raw {
  const copy = JSON.parse(JSON.stringify(raw)) as Record<string, unknown>;
  const names = path.split(/[.[\]]+/).filter((name) => name !== '');
  const last = names.pop() ?? '';
  let place = copy;
  for (const name of names) place = place[name] as Record<string, unknown>;
  expect(place).toHaveProperty(last);
  delete place[last];
  return copy;
}

const cases = judged.flatMap(([key, raw, decisive]) => decisive.map((path) => ({ key, raw, path })));

describe('an item that cannot be judged', () => {
  it.each(cases)('$key without $path is refused by that name, and that one only', ({ key, raw, path }) => {
    const { toModel } = resourceKinds[key];
    expect(() => toModel(raw, 'parent')).not.toThrow();
    expect(() => toModel(without(raw, path), 'parent')).toThrow(
      expect.objectContaining({ name: 'IncompleteItem', member: path }),
    );
  });

  it('is a network ACL with an action that is neither allow nor deny', () => {
    const raw = { NetworkAclId: 'acl-1', Associations: [], Entries: [{ ...entry, RuleAction: 'Allow' }] };
    expect(() => resourceKinds.networkAcls.toModel(raw, '')).toThrow(IncompleteItem);
  });

  it('is a permission in which every list of peers is absent, while an empty one only admits nothing', () => {
    const group = (rule: Raw): Raw => ({ GroupId: 'sg-1', IpPermissions: [rule], IpPermissionsEgress: [] });
    expect(() => resourceKinds.securityGroups.toModel(group({ IpProtocol: '-1' }), '')).toThrow(IncompleteItem);
    const { ipPermissions } = resourceKinds.securityGroups.toModel(group({ IpProtocol: '-1', IpRanges: [] }), '');
    expect(ipPermissions[0]?.ipRanges).toEqual([]);
  });

  it.each([
    ['vpcs', {}],
    ['networkAcls', { Associations: [], Entries: [] }],
    ['instances', { NetworkInterfaces: [] }],
    ['targetHealth', { TargetHealth: { State: 'healthy' } }],
  ] as const)('is not one of %s without its own id: that refuses the document', (key, raw) => {
    expect(() => resourceKinds[key].toModel(raw, 'parent')).toThrow(MalformedAnswer);
  });

  it('is never one with a word that this program does not know', () => {
    const raw = {
      NetworkInterfaceId: 'eni-1',
      SubnetId: 'subnet-1',
      VpcId: 'vpc-1',
      Status: 'hovering',
      InterfaceType: 'quantum',
      Groups: [],
      PrivateIpAddresses: [],
    };
    expect(resourceKinds.networkInterfaces.toModel(raw, '')).toMatchObject({
      status: 'hovering',
      interfaceType: 'quantum',
    });
  });
});
