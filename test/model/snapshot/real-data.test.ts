import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isRaw, type Raw } from '../../../src/model/decode.ts';
import { keyOf } from '../../../src/model/snapshot/read-folder.ts';
import { readSnapshot } from '../../../src/model/snapshot/read.ts';
import { resourceKinds, type ResourceKey } from '../../../src/model/resources.ts';
import { folderOf, kindOf, onlyRegion } from './folder.ts';

/** Answers that AWS really gave; they lie beside the project and are no part of it. */
const data = fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const isThere = existsSync(data);
if (!isThere) process.stderr.write(`The answers of real accounts are not at ${data}: the tests on them did not run.\n`);

const repliesFolder = join(data, 'recorded-replies');
const accountFolder = join(data, 'real-account');
const operations = isThere ? readdirSync(repliesFolder).sort() : [];
const replies = operations.flatMap((operation) =>
  readdirSync(join(repliesFolder, operation))
    .sort()
    .map((name) => ({ operation, name, path: join(repliesFolder, operation, name) })),
);

const jsonOf = (path: string): Raw => JSON.parse(readFileSync(path, 'utf8')) as Raw;
const listIn = (raw: Raw, member: string): readonly Raw[] =>
  Array.isArray(raw[member]) ? raw[member].filter(isRaw) : [];

/** A plain reading of some members of an item, written without the mappers: what the noun must say. */
const plainly: { readonly [K in ResourceKey]?: (raw: Raw) => unknown } = {
  vpcs: (raw) => ({ vpcId: raw['VpcId'], isDefault: raw['IsDefault'], cidr: raw['CidrBlock'] }),
  subnets: (raw) => ({
    subnetId: raw['SubnetId'],
    vpcId: raw['VpcId'],
    cidrBlock: raw['CidrBlock'],
    mapPublicIpOnLaunch: raw['MapPublicIpOnLaunch'],
    ipv6: listIn(raw, 'Ipv6CidrBlockAssociationSet').length,
  }),
  routeTables: (raw) => ({
    routeTableId: raw['RouteTableId'],
    routes: listIn(raw, 'Routes').map((route) => [
      route['DestinationCidrBlock'] ?? route['DestinationIpv6CidrBlock'] ?? route['DestinationPrefixListId'],
      route['State'],
      route['NatGatewayId'] ?? route['VpcPeeringConnectionId'] ?? route['NetworkInterfaceId'] ?? route['GatewayId'],
    ]),
    main: listIn(raw, 'Associations').filter((association) => association['Main'] === true).length,
    subnets: listIn(raw, 'Associations').flatMap((association) => association['SubnetId'] ?? []),
  }),
  securityGroups: (raw) => ({
    groupId: raw['GroupId'],
    rules: [raw['IpPermissions'], raw['IpPermissionsEgress']].map((rules) =>
      (rules as readonly Raw[]).map((rule) => [
        rule['IpProtocol'],
        rule['FromPort'],
        rule['ToPort'],
        listIn(rule, 'IpRanges').map((range) => range['CidrIp']),
        listIn(rule, 'Ipv6Ranges').map((range) => range['CidrIpv6']),
        listIn(rule, 'PrefixListIds').map((list) => list['PrefixListId']),
        listIn(rule, 'UserIdGroupPairs').map((pair) => pair['GroupId']),
      ]),
    ),
  }),
  networkAcls: (raw) => ({
    networkAclId: raw['NetworkAclId'],
    subnets: listIn(raw, 'Associations').map((association) => association['SubnetId']),
    entries: listIn(raw, 'Entries')
      .map((entry) => [
        entry['RuleNumber'],
        entry['Egress'],
        entry['RuleAction'],
        entry['Protocol'],
        entry['CidrBlock'],
      ])
      .sort((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1])),
  }),
  networkInterfaces: (raw) => ({
    networkInterfaceId: raw['NetworkInterfaceId'],
    subnetId: raw['SubnetId'],
    status: raw['Status'],
    groups: listIn(raw, 'Groups').map((group) => group['GroupId']),
    addresses: listIn(raw, 'PrivateIpAddresses').map((address) => [
      address['PrivateIpAddress'],
      isRaw(address['Association']) ? address['Association']['PublicIp'] : undefined,
    ]),
  }),
  instances: (raw) => ({
    instanceId: raw['InstanceId'],
    state: isRaw(raw['State']) ? raw['State']['Name'] : undefined,
    interfaces: listIn(raw, 'NetworkInterfaces').map((nic) => nic['NetworkInterfaceId']),
  }),
  vpcEndpoints: (raw) => ({
    vpcEndpointId: raw['VpcEndpointId'],
    type: raw['VpcEndpointType'],
    state: String(raw['State']).toLowerCase(),
    tables: raw['RouteTableIds'],
    groups: listIn(raw, 'Groups').map((group) => group['GroupId']),
  }),
};

/** The same, read off the noun. */
const fromNoun: { readonly [K in ResourceKey]?: (noun: never) => unknown } = {
  vpcs: ({ vpcId, isDefault, cidrBlocks }: Noun<'vpcs'>) => ({ vpcId, isDefault, cidr: cidrBlocks[0] }),
  subnets: ({ subnetId, vpcId, cidrBlock, mapPublicIpOnLaunch, ipv6CidrBlocks }: Noun<'subnets'>) => ({
    subnetId,
    vpcId,
    cidrBlock,
    mapPublicIpOnLaunch,
    ipv6: ipv6CidrBlocks.length,
  }),
  routeTables: ({ routeTableId, routes, associations }: Noun<'routeTables'>) => ({
    routeTableId,
    routes: routes.map(({ destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId, state, target }) => [
      destinationCidrBlock ?? destinationIpv6CidrBlock ?? destinationPrefixListId,
      state,
      target.kind === 'instance' ? target.networkInterfaceId : target.id === '' ? undefined : target.id,
    ]),
    main: associations.filter(({ main }) => main).length,
    subnets: associations.flatMap(({ subnetId }) => subnetId ?? []),
  }),
  securityGroups: ({ groupId, ipPermissions, ipPermissionsEgress }: Noun<'securityGroups'>) => ({
    groupId,
    rules: [ipPermissions, ipPermissionsEgress].map((rules) =>
      rules.map(({ ipProtocol, fromPort, toPort, ipRanges, ipv6Ranges, prefixListIds, userIdGroupPairs }) => [
        ipProtocol,
        fromPort,
        toPort,
        ipRanges.map(({ cidrIp }) => cidrIp),
        ipv6Ranges.map(({ cidrIpv6 }) => cidrIpv6),
        prefixListIds.map(({ prefixListId }) => prefixListId),
        userIdGroupPairs.map((pair) => pair.groupId),
      ]),
    ),
  }),
  networkAcls: ({ networkAclId, subnetIds, entries }: Noun<'networkAcls'>) => ({
    networkAclId,
    subnets: subnetIds,
    entries: entries.map(({ ruleNumber, egress, ruleAction, protocol, cidrBlock }) => [
      ruleNumber,
      egress,
      ruleAction,
      protocol,
      cidrBlock,
    ]),
  }),
  networkInterfaces: (noun: Noun<'networkInterfaces'>) => ({
    networkInterfaceId: noun.networkInterfaceId,
    subnetId: noun.subnetId,
    status: noun.status,
    groups: noun.groupIds,
    addresses: noun.privateIpAddresses.map(({ privateIpAddress, association }) => [
      privateIpAddress,
      association?.publicIp,
    ]),
  }),
  instances: ({ instanceId, state, networkInterfaceIds }: Noun<'instances'>) => ({
    instanceId,
    state,
    interfaces: networkInterfaceIds,
  }),
  vpcEndpoints: ({ vpcEndpointId, vpcEndpointType, state, routeTableIds, groupIds }: Noun<'vpcEndpoints'>) => ({
    vpcEndpointId,
    type: vpcEndpointType,
    state,
    tables: routeTableIds,
    groups: groupIds,
  }),
};

type Noun<K extends ResourceKey> = ReturnType<(typeof resourceKinds)[K]['toModel']>;

/** The raw items of a kind in an answer. */
function itemsOf(key: ResourceKey, answer: Raw): readonly Raw[] {
  const { member = '', nested } = resourceKinds[key];
  const list = listIn(answer, member);
  return nested === undefined ? list : list.flatMap((group) => listIn(group, nested));
}

const keyFor = (operation: string): ResourceKey => {
  const key = keyOf('ec2', operation);
  if (key === undefined) throw new Error(`no kind is read by ${operation}`);
  return key;
};

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** Compares every noun of a kind with the plain reading of the items, apart from those that cannot be judged. */
function compare(key: ResourceKey, items: readonly Raw[], nouns: readonly unknown[], missing: readonly string[]): void {
  const { idMember } = resourceKinds[key];
  const known = items.filter((item) => !missing.includes(String(item[idMember])));
  const distinct = [...new Map(known.map((item) => [JSON.stringify(item), item])).values()];
  expect(nouns).toHaveLength(distinct.length);
  const [plain, ofNoun] = [plainly[key], fromNoun[key]];
  if (plain === undefined || ofNoun === undefined) return;
  expect(nouns.map((noun) => ofNoun(noun as never)).sort(byText)).toEqual(distinct.map(plain).sort(byText));
}

describe.runIf(isThere)('replies recorded from many accounts', () => {
  it.each(replies)('$operation/$name loads on its own and says what it says', async ({ operation, path }) => {
    const key = keyFor(operation);
    const snapshot = await readSnapshot(folderOf({ 'reply.json': readFileSync(path, 'utf8') }));
    const collected = kindOf(snapshot, key);
    if (collected.status !== 'collected') throw new Error(`${key} is ${collected.status}`);
    const missing = collected.missing.map(({ resourceId }) => resourceId);
    compare(key, itemsOf(key, jsonOf(path)), collected.resources, missing);
    expect(snapshot.manifest.calls).toMatchObject([{ operation, status: 'collected', file: 'reply.json' }]);
  });

  it('hold nothing that cannot be judged but what somebody cut by hand', async () => {
    const missing = [];
    for (const { operation, name, path } of replies) {
      const collected = kindOf(
        await readSnapshot(folderOf({ 'x.json': readFileSync(path, 'utf8') })),
        keyFor(operation),
      );
      if (collected.status === 'collected')
        missing.push(
          ...collected.missing.map(({ resourceId, reason }) => `${operation}/${name} ${resourceId}: ${reason}`),
        );
    }
    expect(missing).toEqual([
      'DescribeFlowLogs/07.json fl-84d63aed: is described twice, and differently',
      'DescribeNetworkInterfaces/01.json eni-0e1324ba169ed7b2f: SubnetId is absent from the answer',
      'DescribeNetworkInterfaces/01.json eni-0e78f79b7b27d86ec: SubnetId is absent from the answer',
      'DescribeNetworkInterfaces/02.json eni-0e1324ba169ed7b2f: SubnetId is absent from the answer',
    ]);
  });

  it.each(operations)('of %s load together, each reply a page', async (operation) => {
    const key = keyFor(operation);
    const snapshot = await readSnapshot(join(repliesFolder, operation));
    const read = snapshot.regions.map(({ resources }) => resources[key]);
    expect(read.map(({ status }) => status)).toEqual(read.map(() => 'collected'));
    const ids = new Set(
      replies.filter((reply) => reply.operation === operation).flatMap(({ path }) => idsIn(key, path)),
    );
    const found = read.flatMap((collected) =>
      collected.status === 'collected'
        ? [
            ...collected.resources.map((noun) => (noun as unknown as Record<string, string>)[idOfNoun(key)]),
            ...collected.missing.map(({ resourceId }) => resourceId),
          ]
        : [],
    );
    expect(new Set(found)).toEqual(ids);
  });

  it('load all together', async () => {
    const snapshot = await readSnapshot(repliesFolder);
    const read = new Set(snapshot.manifest.calls.map(({ operation }) => operation));
    expect([...read].sort()).toEqual(operations);
    expect(snapshot.manifest.calls.every(({ status }) => status === 'collected')).toBe(true);
  });
});

const idsIn = (key: ResourceKey, path: string): readonly string[] =>
  itemsOf(key, jsonOf(path)).map((item) => String(item[resourceKinds[key].idMember]));

/** The noun's member for `idMember`: the same words, the first letter small. */
const idOfNoun = (key: ResourceKey): string => {
  const { idMember } = resourceKinds[key];
  return `${idMember.slice(0, 1).toLowerCase()}${idMember.slice(1)}`;
};

describe.runIf(isThere)('a real account', () => {
  const files = isThere ? readdirSync(join(accountFolder, 'us-west-2')).sort() : [];

  it.each([accountFolder, join(accountFolder, 'us-west-2')])(
    'is one account and Region, read from %s',
    async (folder) => {
      const region = onlyRegion(await readSnapshot(folder));
      expect(region).toMatchObject({ accountId: '118292266645', region: 'us-west-2' });
    },
  );

  it.each(files)('has in the model what %s holds, no more and no less', async (name) => {
    const region = onlyRegion(await readSnapshot(accountFolder));
    const member = name.replace('.json', '');
    const keys = (Object.keys(resourceKinds) as ResourceKey[]).filter((key) => resourceKinds[key].member === member);
    const key = keys.find((candidate) => region.resources[candidate].status === 'collected');
    if (key === undefined) throw new Error(`nothing was read from ${name}`);
    const collected = region.resources[key];
    if (collected.status !== 'collected') throw new Error(`${key} is ${collected.status}`);
    expect(collected.missing).toEqual([]);
    compare(key, itemsOf(key, jsonOf(join(accountFolder, 'us-west-2', name))), collected.resources, []);
  });

  it('says what was not printed, and what is taken as off', async () => {
    const region = onlyRegion(await readSnapshot(accountFolder));
    for (const key of ['flowLogs', 'transitGateways', 'loadBalancers', 'vpcAttributes', 'managedPrefixLists'] as const)
      expect(region.resources[key].status).toBe('not-called');
    expect(region.assumedOff).toContain('vpcBlockPublicAccessOptions');
    expect(region.resources.vpcBlockPublicAccessOptions).toMatchObject({ status: 'collected', resources: [] });
  });

  it('leaves no pre-shared key and no device configuration in the snapshot', async () => {
    const text = JSON.stringify(await readSnapshot(accountFolder));
    expect(readFileSync(join(accountFolder, 'us-west-2', 'VpnConnections.json'), 'utf8')).toContain(
      'EXAMPLEPRESHAREDKEY0001',
    );
    expect(text).not.toContain('EXAMPLEPRESHAREDKEY0001');
    expect(text).not.toContain('pre_shared_key');
    expect(text).not.toContain('ipsec_tunnel');
  });
});
