import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resourceKeys } from '../../../src/model/resources.ts';
import { readSnapshot } from '../../../src/model/snapshot/read.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { accountId, collectedOf, type Files, folderOf, kindOf, onlyRegion, region } from './folder.ts';

const read = (files: Files): Promise<Snapshot> => readSnapshot(folderOf(files));
const other = '444455556666';
const vpc = (VpcId: string, OwnerId?: string): unknown => ({ VpcId, CidrBlock: '10.0.0.0/16', OwnerId });
const group = (GroupId: string, more: object = {}): unknown => ({
  GroupId,
  IpPermissions: [],
  IpPermissionsEgress: [],
  ...more,
});
const reservation = (OwnerId: string, InstanceId: string, AvailabilityZone?: string): unknown => ({
  OwnerId,
  Instances: [{ InstanceId, ...(AvailabilityZone === undefined ? {} : { Placement: { AvailabilityZone } }) }],
});

/** The Regions of a snapshot with what was read in each, as `account/region kind=count …`. */
function summary({ regions }: Snapshot): readonly string[] {
  return regions.map(({ accountId: account, region: name, resources, assumedOff }) => {
    const read = resourceKeys.flatMap((key) => {
      const collected = resources[key];
      if (assumedOff.includes(key) || collected.status === 'not-called') return [];
      if (collected.status === 'failed') return [`${key}=failed`];
      return collected.resources.length === 0 ? [] : [`${key}=${collected.resources.length}`];
    });
    return [`${account}/${name}`, ...read].join(' ');
  });
}

/** The notes by file, apart from those on account and Region. */
const notesOf = ({ notes }: Snapshot): Record<string, string> =>
  Object.fromEntries(notes.filter(({ reason }) => !isOnPlace(reason)).map(({ file, reason }) => [file, reason]));

const isOnPlace = (reason: string): boolean => reason.startsWith('does not say which ');

describe('a tree without a manifest', () => {
  it('is recognised by what the files hold, whatever they are called', async () => {
    const snapshot = await read({
      [`${accountId}/${region}/ec2-describe-vpcs.json`]: { Vpcs: [vpc('vpc-1')] },
      [`${accountId}/${region}/groups`]: { SecurityGroups: [group('sg-1')] },
      [`${accountId}/${region}/x/y/z.txt`]: { Subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1' }] },
      [`${accountId}/${region}/both.json`]: { RouteTables: [], NetworkAcls: [] },
      [`${accountId}/${region}/old.json.gz`]: { FlowLogs: [{ FlowLogId: 'fl-1' }] },
    });
    expect(summary(snapshot)).toEqual([`${accountId}/${region} vpcs=1 subnets=1 securityGroups=1 flowLogs=1`]);
    expect(kindOf(snapshot, 'networkAcls')).toMatchObject({ status: 'collected', resources: [] });
    expect(snapshot.notes).toEqual([]);
    expect(snapshot.manifest).toMatchObject({
      schemaVersion: '1',
      caller: undefined,
      createdAt: undefined,
      scope: { accounts: [accountId], regions: [region] },
    });
    expect(snapshot.manifest.calls.map(({ operation, status, iamAction }) => [operation, status, iamAction])).toEqual([
      ['DescribeVpcs', 'collected', 'ec2:DescribeVpcs'],
      ['DescribeSubnets', 'collected', 'ec2:DescribeSubnets'],
      ['DescribeRouteTables', 'collected', 'ec2:DescribeRouteTables'],
      ['DescribeSecurityGroups', 'collected', 'ec2:DescribeSecurityGroups'],
      ['DescribeNetworkAcls', 'collected', 'ec2:DescribeNetworkAcls'],
      ['DescribeFlowLogs', 'collected', 'ec2:DescribeFlowLogs'],
    ]);
  });

  it('takes what is seldom in force and was not printed as off, and everything else as not called', async () => {
    const snapshot = await read({ 'v.json': { Vpcs: [vpc('vpc-1')] } });
    const { assumedOff, resources } = onlyRegion(snapshot);
    expect(assumedOff).toEqual([
      'securityGroupVpcAssociations',
      'vpcBlockPublicAccessOptions',
      'vpcBlockPublicAccessExclusions',
      'vpcEncryptionControls',
      'transitGatewayPolicyTables',
      'transitGatewayPolicyTableAssociations',
      'transitGatewayPolicyTableEntries',
    ]);
    for (const key of resourceKeys) {
      const expected = key === 'vpcs' || assumedOff.includes(key) ? 'collected' : 'not-called';
      expect([key, resources[key].status]).toEqual([key, expected]);
    }
  });

  it('takes nothing as off that was printed', async () => {
    const snapshot = await read({
      'a.json': { VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'block-ingress', AwsRegion: region } },
      'b.json': { TransitGatewayPolicyTables: [{ TransitGatewayPolicyTableId: 'tgw-ptb-0123456789abcdef0' }] },
      'c.json': { SecurityGroupVpcAssociations: [] },
    });
    expect(collectedOf(snapshot, 'vpcBlockPublicAccessOptions')).toHaveLength(1);
    expect(onlyRegion(snapshot).assumedOff).toEqual(['vpcBlockPublicAccessExclusions', 'vpcEncryptionControls']);
    expect(kindOf(snapshot, 'transitGatewayPolicyTableEntries').status).toBe('not-called');
  });

  it('reads pages: in a list, one after the other in a file, and in files of their own', async () => {
    const pages = ['vpc-1', 'vpc-2', 'vpc-3'].map((id, index) => ({
      Vpcs: [vpc(id)],
      ...(index < 2 ? { NextToken: `token ${index}` } : {}),
    }));
    const one = await read({ 'vpcs.json': { Vpcs: ['vpc-1', 'vpc-2', 'vpc-3'].map((id) => vpc(id)) } });
    const inList = await read({ 'vpcs.json': pages });
    const inRow = await read({ 'vpcs.json': pages.map((page) => JSON.stringify(page, null, 2)).join('\n') });
    const inFiles = await read({ 'a.json': pages[2], 'b.json': pages[0], 'c.json': pages[1] });
    expect(collectedOf(one, 'vpcs')).toHaveLength(3);
    for (const paged of [inList, inRow, inFiles]) expect(paged.regions).toEqual(one.regions);
  });

  it.each([
    ['NextToken', { 'a.json': { Vpcs: [vpc('vpc-1')], NextToken: 'more' } }],
    [
      'every page of several',
      {
        'a.json': [
          { Vpcs: [], NextToken: '1' },
          { Vpcs: [], NextToken: '2' },
        ],
      },
    ],
  ])('does not take a listing for whole that breaks off (%s)', async (_, files) => {
    const vpcs = kindOf(await read(files), 'vpcs');
    expect(vpcs).toMatchObject({ status: 'failed', failure: 'broken-answer' });
    expect(vpcs.status === 'failed' ? vpcs.message : '').toContain('a.json');
  });

  it('reads what PowerShell writes', async () => {
    const text = Buffer.from(`\uFEFF${JSON.stringify({ Vpcs: [vpc('vpc-1')] })}`, 'utf16le');
    expect(collectedOf(await read({ 'v.json': new Uint8Array(text) }), 'vpcs')).toHaveLength(1);
  });

  it('refuses to choose where two files describe a resource differently', async () => {
    const snapshot = await read({
      'new.json': { Vpcs: [vpc('vpc-1'), vpc('vpc-2')] },
      'old.json': { Vpcs: [{ VpcId: 'vpc-1' }, vpc('vpc-2')] },
    });
    expect(kindOf(snapshot, 'vpcs')).toMatchObject({
      resources: [{ vpcId: 'vpc-2' }],
      missing: [{ resourceId: 'vpc-1' }],
    });
  });

  it('drops what is secret in a VPN connection', async () => {
    const Options = { TunnelOptions: [{ PreSharedKey: 'topsecret' }] };
    const VpnConnections = [{ VpnConnectionId: 'vpn-1', CustomerGatewayConfiguration: '<k>topsecret</k>', Options }];
    const snapshot = await read({
      'a.json': { VpnConnections },
      'b.json': '{"VpnConnections": [{"PreSharedKey": "topsecret" !',
    });
    expect(kindOf(snapshot, 'vpnConnections').status).toBe('failed');
    expect(collectedOf(await read({ 'a.json': { VpnConnections } }), 'vpnConnections')).toHaveLength(1);
    expect(JSON.stringify(snapshot)).not.toContain('topsecret');
  });
});

describe('members that several operations share', () => {
  const tgw = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/73e2d6bc24d8a067';
  const lb = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188';

  it.each([
    ['prefixLists', { PrefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'x', Cidrs: [] }] }],
    ['managedPrefixLists', { PrefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'x', AddressFamily: 'IPv4' }] }],
    ['loadBalancers', { LoadBalancers: [{ LoadBalancerArn: lb }] }],
    ['classicLoadBalancers', { LoadBalancerDescriptions: [{ LoadBalancerName: 'old' }] }],
  ] as const)('are told apart by their items: %s', async (key, answer) => {
    const snapshot = await read({ 'x.json': answer });
    expect(collectedOf(snapshot, key)).toHaveLength(1);
    expect(snapshot.manifest.calls).toHaveLength(1);
  });

  it('are told apart by the name of the file where there are no items, and else are not read', async () => {
    const named = await read({
      'v.json': { Vpcs: [] },
      'ec2-describe-managed-prefix-lists.json': { PrefixLists: [] },
      'DescribePrefixLists.json': { PrefixLists: [] },
      'empty.json': { PrefixLists: [] },
    });
    expect(named.manifest.calls.map(({ operation }) => operation).sort()).toEqual([
      'DescribeManagedPrefixLists',
      'DescribePrefixLists',
      'DescribeVpcs',
    ]);
    expect(notesOf(named)['empty.json']).toContain('DescribeManagedPrefixLists or DescribePrefixLists');
  });

  it('are left alone where another service uses them', async () => {
    const snapshot = await read({
      'v.json': { Vpcs: [] },
      'events.json': { Rules: [{ Name: 'nightly', Arn: 'arn:aws:events:eu-west-1:111122223333:rule/nightly' }] },
      'local.json': { Routes: [{ DestinationCidrBlock: '0.0.0.0/0', LocalGatewayRouteTableId: 'lgw-rtb-1' }] },
      'listener.json': { Attributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '350' }] },
      'odd.json': { Routes: 'none' },
      'rds.json': { DBInstances: [] },
    });
    expect(snapshot.manifest.calls.map(({ operation }) => operation)).toEqual(['DescribeVpcs']);
    expect(Object.keys(notesOf(snapshot))).toEqual([
      'events.json',
      'listener.json',
      'local.json',
      'odd.json',
      'rds.json',
    ]);
  });

  it('are read for the resource that items, file or folder name', async () => {
    const ptb = 'tgw-ptb-0123456789abcdef0';
    const rtb = 'tgw-rtb-0123456789abcdef0';
    const listener = `${lb.replace(':loadbalancer/', ':listener/')}/f2f7dc8efc522ab2`;
    const snapshot = await read({
      'lb.json': { LoadBalancers: [{ LoadBalancerArn: lb }] },
      'tg.json': { TargetGroups: [{ TargetGroupArn: tgw, TargetGroupName: 'web' }] },
      'classic.json': { LoadBalancerDescriptions: [{ LoadBalancerName: 'old' }] },
      'vpn.json': { ClientVpnEndpoints: [{ ClientVpnEndpointId: 'cvpn-endpoint-1' }] },
      'vpc-dns.json': { VpcId: 'vpc-1', EnableDnsSupport: { Value: true } },
      'elbv2.DescribeTargetHealth/targetgroup+web+73e2d6bc24d8a067.json': {
        TargetHealthDescriptions: [{ Target: { Id: 'i-1' }, TargetHealth: { State: 'healthy' } }],
      },
      'attributes/73e2d6bc24d8a067/a.json': { Attributes: [{ Key: 'stickiness.enabled', Value: 'false' }] },
      'elbv2-describe-load-balancer-attributes/arn%3Aaws%3Aelasticloadbalancing%3Aeu-west-1%3A111122223333%3Aloadbalancer%2Fapp%2Fweb%2F50dc6c495c0c9188':
        { Attributes: [{ Key: 'deletion_protection.enabled', Value: 'false' }] },
      'elb.DescribeLoadBalancerAttributes/old.json': {
        LoadBalancerAttributes: { CrossZoneLoadBalancing: { Enabled: true } },
      },
      'rules.json': { Rules: [{ RuleArn: `${listener.replace(':listener/', ':listener-rule/')}/9683b2d02a6cabee` }] },
      'listeners.json': { Listeners: [{ ListenerArn: listener, LoadBalancerArn: lb, Protocol: 'HTTPS' }] },
      'auth.json': { AuthorizationRules: [{ ClientVpnEndpointId: 'cvpn-endpoint-1', DestinationCidr: '0.0.0.0/0' }] },
      [`routes-of-${rtb}.json`]: { Routes: [{ DestinationCidrBlock: '10.0.0.0/8', Type: 'static', State: 'active' }] },
      [`${rtb}/associations.json`]: { Associations: [{ TransitGatewayAttachmentId: 'tgw-attach-1' }] },
      'policy.json': {
        Associations: [{ TransitGatewayAttachmentId: 'tgw-attach-2', TransitGatewayPolicyTableId: ptb }],
      },
      'ec2.GetManagedPrefixListEntries/pl-0123456789abcdef0.1.json': {
        Entries: [{ Cidr: '10.0.0.0/8' }],
        NextToken: 'x',
      },
      'ec2.GetManagedPrefixListEntries/pl-0123456789abcdef0.2.json': { Entries: [{ Cidr: '10.1.0.0/16' }] },
    });
    expect(notesOf(snapshot)).toEqual({});
    expect(collectedOf(snapshot, 'targetHealth')).toMatchObject([{ targetGroupArn: tgw, targetId: 'i-1' }]);
    expect(collectedOf(snapshot, 'targetGroupAttributes')).toMatchObject([{ targetGroupArn: tgw }]);
    expect(collectedOf(snapshot, 'loadBalancerAttributes')).toMatchObject([{ of: lb }]);
    expect(collectedOf(snapshot, 'classicLoadBalancerAttributes')).toMatchObject([{ loadBalancerName: 'old' }]);
    expect(collectedOf(snapshot, 'listenerRules')).toMatchObject([{ listenerArn: listener }]);
    expect(collectedOf(snapshot, 'listeners')).toMatchObject([{ loadBalancerArn: lb }]);
    expect(collectedOf(snapshot, 'clientVpnAuthorizationRules')).toMatchObject([
      { clientVpnEndpointId: 'cvpn-endpoint-1' },
    ]);
    expect(collectedOf(snapshot, 'vpcAttributes')).toMatchObject([{ vpcId: 'vpc-1', enableDnsSupport: true }]);
    expect(collectedOf(snapshot, 'transitGatewayRoutes')).toMatchObject([{ transitGatewayRouteTableId: rtb }]);
    expect(collectedOf(snapshot, 'transitGatewayRouteTableAssociations')).toMatchObject([
      { transitGatewayRouteTableId: rtb },
    ]);
    expect(collectedOf(snapshot, 'transitGatewayPolicyTableAssociations')).toMatchObject([
      { transitGatewayPolicyTableId: ptb },
    ]);
    expect(
      collectedOf(snapshot, 'managedPrefixListEntries').map(({ prefixListId, cidr }) => `${prefixListId} ${cidr}`),
    ).toEqual(['pl-0123456789abcdef0 10.0.0.0/8', 'pl-0123456789abcdef0 10.1.0.0/16']);
  });

  it('are split where the answers for several resources were put together', async () => {
    const TransitGatewayPrefixListReferences = ['a', 'b', 'a'].map((id, index) => ({
      TransitGatewayRouteTableId: `tgw-rtb-${id}`,
      PrefixListId: `pl-${index}`,
    }));
    const snapshot = await read({ 'x.json': { TransitGatewayPrefixListReferences } });
    expect(
      collectedOf(snapshot, 'transitGatewayPrefixListReferences').map(
        (reference) => reference.transitGatewayRouteTableId,
      ),
    ).toEqual(['tgw-rtb-a', 'tgw-rtb-a', 'tgw-rtb-b']);
  });

  it('are noted, and their resource is missing, where nothing names the resource', async () => {
    const snapshot = await read({
      't.json': { TransitGatewayRouteTables: [{ TransitGatewayRouteTableId: 'tgw-rtb-0123456789abcdef0' }] },
      'r.json': { Routes: [{ DestinationCidrBlock: '10.0.0.0/8', Type: 'static' }] },
    });
    expect(kindOf(snapshot, 'transitGatewayRoutes').status).toBe('not-called');
    expect(notesOf(snapshot)['r.json']).toContain('TransitGatewayRouteTableId');
  });
});

describe('account and Region', () => {
  const zones = (name: string): unknown => ({ AvailabilityZones: [{ ZoneName: name, RegionName: name.slice(0, -1) }] });

  it('are those of folder names, before all else', async () => {
    const snapshot = await read({
      [`${accountId}/eu-west-1/v.json`]: { Vpcs: [vpc('vpc-1', other)] },
      [`prod-${other}/us-gov-west-1/v.json`]: { Vpcs: [vpc('vpc-2', accountId)] },
      [`${other}_ap-southeast-2.json`]: { Vpcs: [vpc('vpc-3')] },
    });
    expect(summary(snapshot)).toEqual([
      `${accountId}/eu-west-1 vpcs=1`,
      `${other}/ap-southeast-2 vpcs=1`,
      `${other}/us-gov-west-1 vpcs=1`,
    ]);
  });

  it.each([
    ['a zone', { Subnets: [{ SubnetId: 's', VpcId: 'v', OwnerId: accountId, AvailabilityZone: 'ap-northeast-1c' }] }],
    [
      'a Local Zone',
      { Subnets: [{ SubnetId: 's', VpcId: 'v', OwnerId: accountId, AvailabilityZone: 'ap-northeast-1-tpe-1a' }] },
    ],
    [
      'an ARN',
      { Subnets: [{ SubnetId: 's', VpcId: 'v', SubnetArn: `arn:aws:ec2:ap-northeast-1:${accountId}:subnet/s` }] },
    ],
    ['a reservation', { Reservations: [reservation(accountId, 'i', 'ap-northeast-1a')] }],
    [
      'a load balancer',
      {
        LoadBalancers: [
          { LoadBalancerArn: `arn:aws:elasticloadbalancing:ap-northeast-1:${accountId}:loadbalancer/app/w/0` },
        ],
      },
    ],
    [
      'an endpoint',
      {
        VpcEndpoints: [
          {
            VpcEndpointId: 'e',
            VpcEndpointType: 'Gateway',
            State: 'available',
            OwnerId: accountId,
            ServiceName: 'com.amazonaws.ap-northeast-1.s3',
          },
        ],
      },
    ],
  ])('are told by %s', async (_, answer) => {
    expect(onlyRegion(await read({ 'x.json': answer }))).toMatchObject({ accountId, region: 'ap-northeast-1' });
  });

  it('are told to a file that does not say them by its neighbours, and by the folder above', async () => {
    const snapshot = await read({
      'prod/eu/zones.json': zones('eu-west-1a'),
      'prod/eu/groups.json': { SecurityGroups: [group('sg-1', { OwnerId: accountId })] },
      'prod/eu/deep/dhcp.json': { DhcpOptions: [{ DhcpOptionsId: 'dopt-1' }] },
      'dev/us/zones.json': zones('us-east-1a'),
      'dev/us/addresses.json': { Addresses: [{ PublicIp: '203.0.113.5' }] },
      'dev/eu/zones.json': zones('eu-west-1a'),
      'dev/eu/instances.json': { Reservations: [reservation(other, 'i-1')] },
    });
    expect(summary(snapshot)).toEqual([
      `${accountId}/eu-west-1 availabilityZones=1 dhcpOptions=1 securityGroups=1`,
      `${other}/eu-west-1 availabilityZones=1 instances=1`,
      `${other}/us-east-1 availabilityZones=1 addresses=1`,
    ]);
  });

  it('of a folder are one account, whoever owns the networks that it uses', async () => {
    const snapshot = await read({
      'instances.json': { Reservations: [reservation(accountId, 'i-1', 'eu-west-1a')] },
      'vpcs.json': { Vpcs: [vpc('vpc-1', other), vpc('vpc-2', other)] },
      'interfaces.json': { NetworkInterfaces: [] },
      'peering.json': {
        VpcPeeringConnections: [
          { VpcPeeringConnectionId: 'pcx-1', AccepterVpcInfo: { OwnerId: '777788889999', Region: 'us-east-1' } },
        ],
      },
    });
    expect(summary(snapshot)).toEqual([`${accountId}/eu-west-1 vpcs=2 instances=1 vpcPeeringConnections=1`]);
  });

  it('of a flat folder are several where one operation was printed for several; VPCs join the rest', async () => {
    const subnet = (SubnetId: string, VpcId: string, zone: string): unknown => ({
      SubnetId,
      VpcId,
      AvailabilityZone: zone,
    });
    const snapshot = await read({
      'prod-groups.json': { SecurityGroups: [group('sg-1', { OwnerId: accountId, VpcId: 'vpc-1' })] },
      'prod-subnets.json': { Subnets: [subnet('subnet-1', 'vpc-1', 'eu-west-1a')] },
      'dev-groups.json': { SecurityGroups: [group('sg-2', { OwnerId: other, VpcId: 'vpc-2' })] },
      'dev-subnets.json': { Subnets: [subnet('subnet-2', 'vpc-2', 'us-east-1a')] },
      'dhcp.json': { DhcpOptions: [{ DhcpOptionsId: 'dopt-1' }] },
    });
    expect(summary(snapshot)).toEqual([
      `${accountId}/eu-west-1 subnets=1 securityGroups=1`,
      `${other}/us-east-1 subnets=1 securityGroups=1`,
      'unknown/unknown dhcpOptions=1',
    ]);
    expect(snapshot.notes).toMatchObject([
      { file: 'dhcp.json', reason: expect.stringMatching(/which account and Region/) as string },
    ]);
  });

  it('fall back on the name of the folder itself', async () => {
    const folder = folderOf({ [`${accountId}/${region}/dhcp.json`]: { DhcpOptions: [{ DhcpOptionsId: 'dopt-1' }] } });
    const snapshot = await readSnapshot(join(folder, accountId, region));
    expect(summary(snapshot)).toEqual([`${accountId}/${region} dhcpOptions=1`]);
  });

  it('are not read out of dates and numbers that only look like accounts', async () => {
    const snapshot = await read({
      'export-202511241530/v.json': { Vpcs: [vpc('vpc-1', '111234')] },
    });
    expect(summary(snapshot)).toEqual(['unknown/unknown vpcs=1']);
  });
});

describe('files that are no answers', () => {
  const good = { [`${accountId}/${region}/v.json`]: { Vpcs: [vpc('vpc-1')] } };

  it.each([
    ['is empty', '', /^is empty$/],
    ['is not JSON', 'Vpcs:\n- VpcId: vpc-1\n', /^is not valid JSON/],
    ['is cut off', '{"Hosts": [{"HostId": "h-1"', /cut off/],
    ['is a number', '7', /no object/],
    ['is an empty list', '[]', /empty list/],
    ['is a list of words', '["a"]', /no object/],
    ['is something else', '{"Hosts": []}', /no member that this program reads/],
    ['is a list of bare items', '[{"HostId": "h-1"}]', /no member that this program reads/],
    ['is nested deeply', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, /no object|too deeply/],
    ['is nested deeply in an object', `{"a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_001)}`, /no member|too deeply/],
    ['is cut off while nested deeply', '['.repeat(1_000_000), /cut off|too deeply|not valid/],
    ['has stray text behind it', '{"Hosts": []} oops', /not valid JSON/],
  ])('one that %s is noted and costs nothing', async (_, content, reason) => {
    const snapshot = await read({ ...good, 'bad.json': content });
    expect(snapshot.notes).toHaveLength(1);
    expect(snapshot.notes[0]).toMatchObject({ file: 'bad.json', reason: expect.stringMatching(reason) as string });
    expect(summary(snapshot)).toEqual([`${accountId}/${region} vpcs=1`]);
  });

  it.each([
    ['whose first member tells the operation', 'page2.json', '{"Vpcs": [{"VpcId": "vpc-2"'],
    ['whose name tells the operation', 'ec2-describe-vpcs-2.json', '<html>'],
    ['whose name is the member', 'Vpcs.json', ''],
    ['whose list is no list', 'x.json', '{"Vpcs": {}}'],
    ['whose item is broken', 'x.json', '{"Vpcs": [{"VpcId": "vpc-2"}, {"VpcId": 7}]}'],
    ['whose pages are not all whole', 'x.json', '{"Vpcs": []}{"Vpcs": [{'],
  ])('one %s fails that operation: the whole pages do not make up for it', async (_, name, content) => {
    const snapshot = await read({ ...good, [`${accountId}/${region}/${name}`]: content });
    expect(kindOf(snapshot, 'vpcs')).toMatchObject({ status: 'failed', failure: 'broken-answer' });
    expect(snapshot.notes.map(({ file }) => file)).toEqual([`${accountId}/${region}/${name}`]);
    expect(snapshot.manifest.calls).toMatchObject([{ operation: 'DescribeVpcs', status: 'failed' }]);
  });

  it('hidden files are passed over, links are not followed, and neither are pipes waited for', async () => {
    const outside = folderOf({ 's.json': { Subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1' }] } });
    const folder = folderOf({ ...good, '.git/config.json': { RouteTables: [] }, '.DS_Store': 'x' });
    symlinkSync(join(outside, 's.json'), join(folder, 'link.json'));
    symlinkSync(folder, join(folder, 'round'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const snapshot = await readSnapshot(folder);
    expect(summary(snapshot)).toEqual([`${accountId}/${region} vpcs=1`]);
    expect(notesOf(snapshot)).toEqual({
      'link.json': 'is a link and not followed',
      pipe: 'is not a file',
      round: 'is a link and not followed',
    });
  });

  it('a file larger than one text can be is noted', async () => {
    const folder = folderOf({ ...good, 'big.json': '{' });
    truncateSync(join(folder, 'big.json'), 600 * 1024 * 1024);
    expect(notesOf(await readSnapshot(folder))['big.json']).toMatch(/600 MB.*512 MB/);
  });

  it('folders deeper than anyone sorts answers are noted', async () => {
    const folder = folderOf({ ...good, [`${'d/'.repeat(40)}x.json`]: { RouteTables: [] } });
    const snapshot = await readSnapshot(folder);
    expect(snapshot.notes).toMatchObject([{ reason: 'lies more than 32 folders deep and is not read' }]);
    expect(kindOf(snapshot, 'routeTables').status).toBe('not-called');
  });

  it.each([
    [{ 'a.txt': 'hello', 'b.json': '{}' }, 'nothing-recognised', /among its 2 files \(a\.txt is not valid JSON/],
    [{ 'a.json': '{' }, 'nothing-recognised', /one file \(a\.json is cut off/],
    [{ '.hidden': 'x' }, 'nothing-recognised', /holds no files/],
    [
      { 'one/manifest.json': { schemaVersion: '1', calls: [] } },
      'several-snapshots',
      /holds one in one: name that folder/,
    ],
  ])('alone make no snapshot: one sentence', async (files, code, sentence) => {
    const folder = folderOf(files);
    const error: unknown = await readSnapshot(folder).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'SnapshotUnreadable', code, folder });
    expect((error as Error).message).toMatch(sentence);
    expect((error as Error).message).not.toContain('\n');
  });
});

describe('the same tree', () => {
  it('gives the same snapshot, byte for byte', async () => {
    const folder = folderOf({
      'a.json': { Vpcs: [vpc('vpc-2'), vpc('vpc-1')] },
      'b.json': [{ SecurityGroups: [group('sg-1', { OwnerId: accountId })] }],
      'c.txt': 'nothing',
    });
    const first = JSON.stringify(await readSnapshot(folder));
    expect(JSON.stringify(await readSnapshot(folder))).toBe(first);
  });
});
