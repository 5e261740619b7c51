import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resourceKeys } from '../../../src/model/resources.ts';
import { readSnapshot } from '../../../src/model/snapshot/read.ts';
import {
  accountId,
  callOf,
  collectedOf,
  type Files,
  folderOf,
  kindOf,
  manifestOf,
  onlyRegion,
  region,
  snapshotFiles,
} from './folder.ts';

const place = `${accountId}/${region}`;
const vpc = (id: string): unknown => ({ VpcId: id, CidrBlock: '10.0.0.0/16' });
const read = (files: Files): ReturnType<typeof readSnapshot> => readSnapshot(folderOf(files));
const vpcsIn = (calls: readonly Record<string, unknown>[], files: Files): ReturnType<typeof readSnapshot> =>
  read({ 'manifest.json': manifestOf(calls), ...files });

describe('a snapshot folder', () => {
  it('tells a list that was read, an empty one, an operation that failed and one that was never called', async () => {
    const snapshot = await vpcsIn(
      [
        callOf('DescribeVpcs', { file: `${place}/ec2.DescribeVpcs.json` }),
        callOf('DescribeSubnets', { file: `${place}/ec2.DescribeSubnets.json` }),
        callOf('DescribeRouteTables', {
          status: 'failed',
          failure: 'denied',
          errorCode: 'UnauthorizedOperation',
          message: 'no',
        }),
        callOf('DescribeAddresses', { status: 'skipped', message: 'not wanted' }),
      ],
      {
        [`${place}/ec2.DescribeVpcs.json`]: { Vpcs: [vpc('vpc-1')] },
        [`${place}/ec2.DescribeSubnets.json`]: { Subnets: [] },
      },
    );
    expect(kindOf(snapshot, 'vpcs')).toMatchObject({
      status: 'collected',
      resources: [{ vpcId: 'vpc-1' }],
      missing: [],
    });
    expect(kindOf(snapshot, 'subnets')).toEqual({ status: 'collected', resources: [], missing: [] });
    expect(kindOf(snapshot, 'routeTables')).toEqual({
      status: 'failed',
      operation: 'DescribeRouteTables',
      iamAction: 'ec2:DescribeRouteTables',
      failure: 'denied',
      errorCode: 'UnauthorizedOperation',
      message: 'no',
    });
    const notCalled = { status: 'not-called', operation: 'DescribeAddresses', iamAction: 'ec2:DescribeAddresses' };
    expect(kindOf(snapshot, 'addresses')).toEqual(notCalled);
    expect(kindOf(snapshot, 'networkAcls').status).toBe('not-called');
    expect(onlyRegion(snapshot).assumedOff).toEqual([]);
    expect(snapshot.notes).toEqual([]);
    expect(snapshot.manifest.calls).toHaveLength(4);
  });

  it('orders resources by id, counts one that two pages repeat once, and refuses to choose between two descriptions', async () => {
    const subnet = (id: string, VpcId: string): unknown => ({ SubnetId: id, VpcId });
    const Subnets = [subnet('subnet-3', 'vpc-1'), subnet('subnet-1', 'vpc-1'), subnet('subnet-2', 'vpc-1')];
    const repeated = [...Subnets, subnet('subnet-1', 'vpc-1'), subnet('subnet-3', 'vpc-2')];
    const snapshot = await read(snapshotFiles({ DescribeSubnets: { Subnets: repeated } }));
    expect(collectedOf(snapshot, 'subnets').map(({ subnetId }) => subnetId)).toEqual(['subnet-1', 'subnet-2']);
    expect(kindOf(snapshot, 'subnets')).toMatchObject({
      missing: [
        { resourceId: 'subnet-3', reason: 'is described twice, and differently', iamAction: 'ec2:DescribeSubnets' },
      ],
    });
  });

  it('keeps every item of a kind that its id does not tell apart', async () => {
    const SecurityGroupVpcAssociations = ['vpc-2', 'vpc-1', 'vpc-1'].map((VpcId) => ({ GroupId: 'sg-1', VpcId }));
    const snapshot = await read(
      snapshotFiles({ DescribeSecurityGroupVpcAssociations: { SecurityGroupVpcAssociations } }),
    );
    expect(collectedOf(snapshot, 'securityGroupVpcAssociations').map(({ vpcId }) => vpcId)).toEqual(['vpc-1', 'vpc-2']);
  });

  it('puts an item without a decisive member among the missing, with the permission that reads it', async () => {
    const NetworkAcls = [
      { NetworkAclId: 'acl-1', Associations: [] },
      { NetworkAclId: 'acl-2', Associations: [], Entries: [] },
    ];
    const snapshot = await read(snapshotFiles({ DescribeNetworkAcls: { NetworkAcls } }));
    expect(collectedOf(snapshot, 'networkAcls').map(({ networkAclId }) => networkAclId)).toEqual(['acl-2']);
    expect(kindOf(snapshot, 'networkAcls')).toMatchObject({
      missing: [
        { resourceId: 'acl-1', reason: 'Entries is absent from the answer', iamAction: 'ec2:DescribeNetworkAcls' },
      ],
    });
  });

  it('reads the instances of all reservations, and the one object of an operation that answers one', async () => {
    const Reservations = [
      { Instances: [{ InstanceId: 'i-2' }] },
      { Instances: [{ InstanceId: 'i-1' }, { InstanceId: 'i-3' }] },
    ];
    const VpcBlockPublicAccessOptions = { InternetGatewayBlockMode: 'off' };
    const snapshot = await read(
      snapshotFiles({
        DescribeInstances: { Reservations },
        DescribeVpcBlockPublicAccessOptions: { VpcBlockPublicAccessOptions },
      }),
    );
    expect(collectedOf(snapshot, 'instances').map(({ instanceId }) => instanceId)).toEqual(['i-1', 'i-2', 'i-3']);
    expect(collectedOf(snapshot, 'vpcBlockPublicAccessOptions')).toMatchObject([{ internetGatewayBlockMode: 'off' }]);
  });
});

describe('an answer that cannot be read', () => {
  const broken: readonly [what: string, content: unknown, reason: string][] = [
    ['truncated', '{"Vpcs": [{"VpcId": "vpc-1"', 'is cut off: its JSON ends in the middle'],
    ['empty', '', 'is empty'],
    ['no JSON', 'Vpcs:\n- VpcId: vpc-1', 'is not valid JSON'],
    ['a list', '[]', 'the document is not an object'],
    ['without its list', '{}', 'Vpcs is absent'],
    ['with null for its list', '{"Vpcs": null}', 'Vpcs is absent'],
    ['with an object for its list', '{"Vpcs": {}}', 'Vpcs is not a list'],
    ['with a string among its items', '{"Vpcs": ["vpc-1"]}', 'Vpcs[0] is not an object'],
    ['with an item without an id', '{"Vpcs": [{"VpcId": "vpc-1"}, {}]}', 'Vpcs[1].VpcId is absent'],
    [
      'with a member of another type',
      '{"Vpcs": [{"VpcId": "vpc-1", "Tags": [{"Key": 7}]}]}',
      'Vpcs[0].Tags[0].Key should be a string but is a number',
    ],
    ['with a page to follow', '{"Vpcs": [], "NextToken": "more"}', 'is cut off'],
    ['not UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'is not UTF-8 text'],
    ['a damaged archive', Uint8Array.from([0x1f, 0x8b, 0x08, 0x00]), 'is damaged: it cannot be unzipped'],
  ];

  it.each(broken)(
    'is %s: it costs its operation, with file and reason, and nothing else',
    async (_, content, reason) => {
      const file = `${place}/ec2.DescribeVpcs.json`;
      const files = snapshotFiles({
        DescribeVpcs: {},
        DescribeSubnets: { Subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1' }] },
      });
      const snapshot = await read({ ...files, [file]: content });
      const vpcs = kindOf(snapshot, 'vpcs');
      expect(vpcs).toMatchObject({ status: 'failed', failure: 'broken-answer', iamAction: 'ec2:DescribeVpcs' });
      const message = vpcs.status === 'failed' ? vpcs.message : '';
      expect(message.startsWith(file)).toBe(true);
      expect(message).toContain(reason);
      expect(collectedOf(snapshot, 'subnets')).toHaveLength(1);
    },
  );

  it('is absent from the folder, a folder, or not named by the manifest', async () => {
    const file = `${place}/ec2.DescribeVpcs.json`;
    const messages = [];
    for (const [call, files] of [
      [{ file }, {}],
      [{ file }, { [`${file}/x`]: {} }],
      [{}, {}],
    ] as const) {
      const vpcs = kindOf(await vpcsIn([callOf('DescribeVpcs', call)], files), 'vpcs');
      expect(vpcs).toMatchObject({ status: 'failed', failure: 'broken-answer' });
      messages.push(vpcs.status === 'failed' ? vpcs.message : '');
    }
    expect(messages).toEqual([
      `${file} is missing`,
      `${file} is not a file`,
      'manifest.json names no file for a collected DescribeVpcs',
    ]);
  });

  it('is a pipe, which is not waited for', async () => {
    const folder = folderOf({ 'manifest.json': manifestOf([callOf('DescribeVpcs', { file: 'pipe' })]) });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(kindOf(await readSnapshot(folder), 'vpcs')).toMatchObject({ message: 'pipe is not a file' });
  });

  it('never repeats what stands in the file', async () => {
    const files = { [`${place}/ec2.DescribeVpcs.json`]: '{"Vpcs": [{"PreSharedKey": "topsecret" oops' };
    const snapshot = await vpcsIn([callOf('DescribeVpcs', { file: `${place}/ec2.DescribeVpcs.json` })], files);
    expect(kindOf(snapshot, 'vpcs').status).toBe('failed');
    expect(JSON.stringify(snapshot)).not.toContain('topsecret');
  });

  it.each([
    '../outside.json',
    `${place}/../../../outside.json`,
    '/etc/hostname',
    '..\\outside.json',
    'link.json',
    'linked/outside.json',
    '',
    'a\0b',
    '.',
  ])('lies outside the folder as %j and is not opened', async (file) => {
    const outside = folderOf({ 'outside.json': { Vpcs: [vpc('vpc-outside')] } });
    const folder = folderOf({ 'manifest.json': manifestOf([callOf('DescribeVpcs', { file })]) });
    symlinkSync(join(outside, 'outside.json'), join(folder, 'link.json'));
    symlinkSync(outside, join(folder, 'linked'));
    const snapshot = await readSnapshot(folder);
    expect(kindOf(snapshot, 'vpcs')).toMatchObject({ status: 'failed', failure: 'broken-answer' });
    expect(JSON.stringify(snapshot)).not.toContain('vpc-outside');
  });

  it('is larger than one text can be: one sentence instead of a crash', async () => {
    const folder = folderOf({
      'manifest.json': manifestOf([callOf('DescribeVpcs', { file: 'big.json' })]),
      'big.json': '{',
    });
    truncateSync(join(folder, 'big.json'), 600 * 1024 * 1024);
    const vpcs = kindOf(await readSnapshot(folder), 'vpcs');
    expect(vpcs.status === 'failed' ? vpcs.message : '').toMatch(
      /^big\.json is 600 MB, more than the 512 MB .* write it in parts$/,
    );
  });
});

describe('parts and archives', () => {
  const Vpcs = ['vpc-1', 'vpc-2', 'vpc-3', 'vpc-4'].map(vpc);
  const stem = `${place}/ec2.DescribeVpcs`;
  const part = (from: number, to: number): unknown => ({ Vpcs: Vpcs.slice(from, to) });
  const whole = { call: { file: `${stem}.json` }, files: { [`${stem}.json`]: { Vpcs } } };
  const layouts: readonly [string, { call: Record<string, unknown>; files: Files }][] = [
    ['an archive', { call: { file: `${stem}.json.gz` }, files: { [`${stem}.json.gz`]: { Vpcs } } }],
    ['an archive made later', { call: { file: `${stem}.json` }, files: { [`${stem}.json.gz`]: { Vpcs } } }],
    [
      'parts that are counted',
      {
        call: { file: `${stem}.1.json`, parts: 2 },
        files: { [`${stem}.1.json`]: part(0, 1), [`${stem}.2.json`]: part(1, 4) },
      },
    ],
    [
      'parts that are not counted',
      {
        call: { file: `${stem}.1.json` },
        files: { [`${stem}.1.json`]: part(2, 4), [`${stem}.2.json`]: part(0, 0), [`${stem}.3.json`]: part(0, 2) },
      },
    ],
    [
      'zipped parts',
      {
        call: { file: `${stem}.1.json.gz`, parts: 2 },
        files: { [`${stem}.1.json.gz`]: part(0, 2), [`${stem}.2.json.gz`]: part(2, 4) },
      },
    ],
    [
      'a text with a byte order mark',
      { call: { file: `${stem}.json` }, files: { [`${stem}.json`]: `\uFEFF${JSON.stringify({ Vpcs })}` } },
    ],
  ];

  it.each(layouts)('%s reads as the one file does', async (_, { call, files }) => {
    const plain = await vpcsIn([callOf('DescribeVpcs', whole.call)], whole.files);
    const other = await vpcsIn([callOf('DescribeVpcs', call)], files);
    expect(collectedOf(plain, 'vpcs')).toHaveLength(4);
    expect(other.regions).toEqual(plain.regions);
  });

  it.each([
    ['the last part', { parts: 3 }, [1, 2], 3],
    ['a part in the middle', {}, [1, 3], 2],
    ['the first part', {}, [2, 3], 1],
  ])('without %s the operation has failed', async (_, more, present, lost) => {
    const files = Object.fromEntries(present.map((number) => [`${stem}.${number}.json`, part(0, 1)]));
    const snapshot = await vpcsIn([callOf('DescribeVpcs', { file: `${stem}.1.json`, ...more })], files);
    expect(kindOf(snapshot, 'vpcs')).toMatchObject({ status: 'failed', message: `${stem}.${lost}.json is missing` });
  });
});

describe('operations that are called per resource', () => {
  const table = (id: string): unknown => ({ TransitGatewayRouteTableId: id });
  const tables = {
    [`${place}/tables.json`]: { TransitGatewayRouteTables: ['rtb-1', 'rtb-2', 'rtb-3', 'rtb-4'].map(table) },
  };
  const list = callOf('DescribeTransitGatewayRouteTables', { file: `${place}/tables.json` });
  const search = (id: string, more: Record<string, unknown>): Record<string, unknown> =>
    callOf('SearchTransitGatewayRoutes', { input: { TransitGatewayRouteTableId: id }, ...more });
  const route = (cidr: string): unknown => ({ DestinationCidrBlock: cidr, Type: 'static', State: 'active' });

  it('put the resource of a failed, broken, skipped or forgotten call among the missing, and keep the others', async () => {
    const snapshot = await vpcsIn(
      [
        search('rtb-3', { status: 'skipped', message: 'belongs to another account' }),
        search('rtb-2', {
          status: 'failed',
          failure: 'denied',
          errorCode: 'UnauthorizedOperation',
          message: 'not authorized',
        }),
        list,
        search('rtb-1', { file: 'routes.json' }),
      ],
      { ...tables, 'routes.json': { Routes: [route('10.1.0.0/16'), route('10.0.0.0/16')] } },
    );
    expect(collectedOf(snapshot, 'transitGatewayRoutes')).toMatchObject([
      { transitGatewayRouteTableId: 'rtb-1', destinationCidrBlock: '10.0.0.0/16' },
      { transitGatewayRouteTableId: 'rtb-1', destinationCidrBlock: '10.1.0.0/16' },
    ]);
    const iamAction = 'ec2:SearchTransitGatewayRoutes';
    expect(kindOf(snapshot, 'transitGatewayRoutes')).toMatchObject({
      missing: [
        { resourceId: 'rtb-2', reason: 'not authorized', iamAction },
        { resourceId: 'rtb-3', reason: 'belongs to another account', iamAction },
        { resourceId: 'rtb-4', reason: 'SearchTransitGatewayRoutes was not called for it', iamAction },
      ],
    });
  });

  it('are complete without a call where there is nothing to call them for, and only there', async () => {
    const none = await vpcsIn([list], { [`${place}/tables.json`]: { TransitGatewayRouteTables: [] } });
    expect(kindOf(none, 'transitGatewayRoutes')).toEqual({ status: 'collected', resources: [], missing: [] });
    const some = await vpcsIn([list], tables);
    expect(kindOf(some, 'transitGatewayRoutes').status).toBe('not-called');
    const failed = await vpcsIn([{ ...list, status: 'failed', failure: 'denied' }], {});
    expect(kindOf(failed, 'transitGatewayRoutes').status).toBe('not-called');
    const incomplete = await vpcsIn([callOf('DescribeManagedPrefixLists', { file: 'x.json' })], {
      'x.json': { PrefixLists: [] },
    });
    expect(kindOf(incomplete, 'managedPrefixListEntries').status).toBe('collected');
  });

  it('lose the resource whose part is broken', async () => {
    const snapshot = await vpcsIn([search('rtb-1', { file: 'a.json' }), search('rtb-2', { file: 'b.json' })], {
      'a.json': { Routes: [{ DestinationCidrBlock: 7 }] },
      'b.json': { Routes: [route('10.0.0.0/8')], AdditionalRoutesAvailable: true },
    });
    expect(kindOf(snapshot, 'transitGatewayRoutes')).toMatchObject({
      status: 'collected',
      resources: [],
      missing: [
        { resourceId: 'rtb-1', reason: 'a.json: Routes[0].DestinationCidrBlock should be a string but is a number' },
        { resourceId: 'rtb-2', reason: expect.stringContaining('cut off') as string },
      ],
    });
  });

  it('name the resource also where a part of it cannot be judged', async () => {
    const call = callOf('GetManagedPrefixListEntries', { input: { PrefixListId: 'pl-1' }, file: 'x.json' });
    const snapshot = await vpcsIn([call], { 'x.json': { Entries: [{ Cidr: '10.0.0.0/8' }, { Description: 'lost' }] } });
    expect(kindOf(snapshot, 'managedPrefixListEntries')).toMatchObject({
      resources: [{ prefixListId: 'pl-1', cidr: '10.0.0.0/8' }],
      missing: [{ resourceId: 'pl-1', reason: 'Cidr is absent from the answer' }],
    });
  });

  it('keep both attributes of a VPC, which EC2 answers one at a time', async () => {
    const of = (Attribute: string, file: string): Record<string, unknown> =>
      callOf('DescribeVpcAttribute', { input: { VpcId: 'vpc-1', Attribute }, file });
    const snapshot = await vpcsIn([of('enableDnsSupport', 'a.json'), of('enableDnsHostnames', 'b.json')], {
      'a.json': { VpcId: 'vpc-1', EnableDnsSupport: { Value: true } },
      'b.json': { VpcId: 'vpc-1', EnableDnsHostnames: { Value: false } },
    });
    expect(collectedOf(snapshot, 'vpcAttributes')).toHaveLength(2);
  });

  it('cannot be attributed where the input does not name the resource', async () => {
    const snapshot = await vpcsIn([callOf('SearchTransitGatewayRoutes', { file: 'x.json' })], {
      'x.json': { Routes: [] },
    });
    const routes = kindOf(snapshot, 'transitGatewayRoutes');
    expect(routes).toMatchObject({ status: 'failed', failure: 'broken-answer' });
    expect(routes.status === 'failed' ? routes.message : '').toContain('TransitGatewayRouteTableId');
  });
});

describe('accounts and Regions', () => {
  it('are those of the scope and of the calls, without those that are not visible, in order', async () => {
    const elsewhere = callOf('DescribeVpcs', { accountId: '444455556666', region: 'us-east-1', file: 'v.json' });
    const identity = callOf('GetCallerIdentity', {
      service: 'sts',
      region: 'ap-south-1',
      iamAction: 'sts:GetCallerIdentity',
    });
    const manifest = manifestOf([elsewhere, identity], {
      scope: { accounts: [accountId, '777788889999', '123456789012'], regions: ['eu-west-1', 'eu-central-1'] },
      notVisible: [
        { accountId: '777788889999', reason: 'AssumeRole was denied' },
        { accountId: '123456789012', region: 'eu-west-1', reason: 'not enabled' },
      ],
    });
    const snapshot = await read({ 'manifest.json': manifest, 'v.json': { Vpcs: [] } });
    expect(snapshot.regions.map(({ accountId: account, region: name }) => `${account} ${name}`)).toEqual([
      '111122223333 eu-central-1',
      '111122223333 eu-west-1',
      '123456789012 eu-central-1',
      '444455556666 us-east-1',
    ]);
    const silent = snapshot.regions[0]?.resources;
    expect(resourceKeys.every((key) => silent?.[key].status === 'not-called')).toBe(true);
  });
});

describe('a folder that is no snapshot', () => {
  const valid = manifestOf([]) as Record<string, unknown>;
  const call = callOf('DescribeVpcs');
  const refusals: readonly [string, Files, string, RegExp][] = [
    ['an empty folder', {}, 'empty', /is empty/],
    ['an empty manifest', { 'manifest.json': '' }, 'manifest-malformed', /manifest\.json is empty/],
    [
      'a truncated manifest',
      { 'manifest.json': '{"schemaVersion": "1",' },
      'manifest-malformed',
      /cut off|not valid JSON/,
    ],
    ['a manifest that is a list', { 'manifest.json': [] }, 'manifest-malformed', /is not an object/],
    ['a manifest without version', { 'manifest.json': {} }, 'manifest-malformed', /schemaVersion is absent/],
    [
      'a manifest of no known version',
      { 'manifest.json': { ...valid, schemaVersion: 1 } },
      'manifest-malformed',
      /schemaVersion/,
    ],
    [
      'a manifest of a newer version',
      { 'manifest.json': { schemaVersion: '2', calls: 'new' } },
      'newer-schema',
      /version 2.*update/,
    ],
    [
      'a manifest without calls',
      { 'manifest.json': { ...valid, calls: undefined } },
      'manifest-malformed',
      /calls is absent/,
    ],
    [
      'a manifest without scope',
      { 'manifest.json': { ...valid, scope: undefined } },
      'manifest-malformed',
      /scope is absent/,
    ],
    [
      'a manifest of endless scope',
      {
        'manifest.json': {
          ...valid,
          scope: { accounts: Array(2000).fill(accountId), regions: Array(2000).fill(region) },
        },
      },
      'manifest-malformed',
      /scope\.regions/,
    ],
    [
      'a manifest without a date',
      { 'manifest.json': { ...valid, createdAt: 'yesterday' } },
      'manifest-malformed',
      /createdAt/,
    ],
    [
      'a call of a strange status',
      { 'manifest.json': manifestOf([call, { ...call, status: 'ok' }]) },
      'manifest-malformed',
      /calls\[1\]\.status/,
    ],
    [
      'a call of a strange service',
      { 'manifest.json': manifestOf([{ ...call, service: 's3' }]) },
      'manifest-malformed',
      /calls\[0\]\.service/,
    ],
    [
      'a call that failed strangely',
      { 'manifest.json': manifestOf([{ ...call, failure: 'bad' }]) },
      'manifest-malformed',
      /calls\[0\]\.failure/,
    ],
    [
      'a call without input',
      { 'manifest.json': manifestOf([{ ...call, input: undefined }]) },
      'manifest-malformed',
      /calls\[0\]\.input/,
    ],
    [
      'a call with half a request',
      { 'manifest.json': manifestOf([{ ...call, requests: 0.5 }]) },
      'manifest-malformed',
      /calls\[0\]\.requests/,
    ],
    [
      'a call in no parts',
      { 'manifest.json': manifestOf([{ ...call, parts: 0 }]) },
      'manifest-malformed',
      /calls\[0\]\.parts/,
    ],
  ];

  it.each(refusals)('%s: one sentence with the folder in it', async (_, files, code, sentence) => {
    const folder = folderOf(files);
    const error: unknown = await readSnapshot(folder).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'SnapshotUnreadable', code, folder });
    const { message } = error as Error;
    expect(message).toMatch(sentence);
    expect(message.startsWith(folder)).toBe(true);
    expect(message).not.toContain('\n');
  });

  it('a path that does not exist, or is a file', async () => {
    const folder = folderOf({ 'a.json': {} });
    await expect(readSnapshot(join(folder, 'none'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(readSnapshot(join(folder, 'a.json'))).rejects.toMatchObject({ code: 'not-a-folder' });
    await expect(readSnapshot(join(folder, 'a.json', 'b'))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('a manifest that is a link out of the folder', async () => {
    const outside = folderOf({ 'manifest.json': valid });
    const folder = folderOf({ 'x/y.json': {} });
    symlinkSync(join(outside, 'manifest.json'), join(folder, 'manifest.json'));
    await expect(readSnapshot(folder)).rejects.toMatchObject({ code: 'manifest-malformed' });
  });

  it('is read through a link to the folder itself', async () => {
    const folder = folderOf(snapshotFiles({ DescribeVpcs: { Vpcs: [vpc('vpc-1')] } }));
    const elsewhere = folderOf({});
    mkdirSync(join(elsewhere, 'x'));
    symlinkSync(folder, join(elsewhere, 'x', 'link'));
    writeFileSync(join(elsewhere, 'x', 'file'), '');
    expect(collectedOf(await readSnapshot(join(elsewhere, 'x', 'link')), 'vpcs')).toHaveLength(1);
  });
});
