import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRaw, type Raw } from '../../../src/model/decode.ts';
import { readSnapshot } from '../../../src/model/snapshot/read.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { SnapshotUnreadable } from '../../../src/model/snapshot/snapshot-unreadable.ts';
import type { ResourceKey } from '../../../src/model/resources.ts';
import {
  accountId,
  callOf,
  collectedOf,
  folderOf,
  kindOf,
  manifestOf,
  onlyRegion,
  refillable,
  region,
  snapshotFiles,
} from './folder.ts';

const place = `${accountId}/${region}`;

/** Answers that are whole, by operation. */
const answers = {
  DescribeSecurityGroups: {
    SecurityGroups: ['sg-1', 'sg-2', 'sg-3'].map((GroupId) => ({
      GroupId,
      GroupName: `name of ${GroupId}`,
      VpcId: 'vpc-1',
      OwnerId: accountId,
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'world' }],
          Ipv6Ranges: [{ CidrIpv6: '::/0' }],
          PrefixListIds: [{ PrefixListId: 'pl-1' }],
          UserIdGroupPairs: [{ GroupId: 'sg-9', UserId: accountId }],
        },
      ],
      IpPermissionsEgress: [],
      Tags: [{ Key: 'Name', Value: 'x' }],
    })),
  },
  DescribeNetworkAcls: {
    NetworkAcls: ['acl-1', 'acl-2'].map((NetworkAclId) => ({
      NetworkAclId,
      Associations: [{ SubnetId: 'subnet-1' }],
      Entries: [
        {
          RuleNumber: 100,
          Egress: false,
          RuleAction: 'deny',
          Protocol: '6',
          CidrBlock: '0.0.0.0/0',
          PortRange: { From: 1, To: 9 },
        },
        { RuleNumber: 200, Egress: false, RuleAction: 'allow', Protocol: '-1', Ipv6CidrBlock: '::/0' },
      ],
    })),
  },
  DescribeRouteTables: {
    RouteTables: ['rtb-1', 'rtb-2'].map((RouteTableId) => ({
      RouteTableId,
      VpcId: 'vpc-1',
      Routes: [
        { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' },
        { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', State: 'blackhole' },
      ],
      Associations: [{ Main: true, RouteTableAssociationId: 'rtbassoc-1' }],
    })),
  },
  DescribeInstances: {
    Reservations: [
      { OwnerId: accountId, Instances: [{ InstanceId: 'i-1', State: { Name: 'running' } }, { InstanceId: 'i-2' }] },
    ],
  },
} as const satisfies Record<string, Raw>;

type Operation = keyof typeof answers;

interface Tested {
  readonly operation: Operation;
  readonly key: ResourceKey;
  readonly idMember: string;
  readonly items: (answer: Raw) => readonly unknown[];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const tested: readonly Tested[] = [
  {
    operation: 'DescribeSecurityGroups',
    key: 'securityGroups',
    idMember: 'GroupId',
    items: (answer) => listOf(answer['SecurityGroups']),
  },
  {
    operation: 'DescribeNetworkAcls',
    key: 'networkAcls',
    idMember: 'NetworkAclId',
    items: (answer) => listOf(answer['NetworkAcls']),
  },
  {
    operation: 'DescribeRouteTables',
    key: 'routeTables',
    idMember: 'RouteTableId',
    items: (answer) => listOf(answer['RouteTables']),
  },
  {
    operation: 'DescribeInstances',
    key: 'instances',
    idMember: 'InstanceId',
    items: (answer) =>
      listOf(answer['Reservations']).flatMap((group) => (isRaw(group) ? listOf(group['Instances']) : [])),
  },
];

/** The ways to every value in a document. */
function waysInto(value: unknown, way: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  const inner = Array.isArray(value)
    ? value.flatMap((item, index) => waysInto(item, [...way, index]))
    : isRaw(value)
      ? Object.entries(value).flatMap(([key, item]) => waysInto(item, [...way, key]))
      : [];
  return [way, ...inner];
}

/** The document with the value at `way` replaced, or taken away where there is nothing to put in its place. */
function changed(
  value: unknown,
  way: readonly (string | number)[],
  put: { readonly value: unknown } | undefined,
): unknown {
  const [step, ...rest] = way;
  if (step === undefined) return put?.value;
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      if (index !== step) return [item];
      return rest.length === 0 && put === undefined ? [] : [changed(item, rest, put)];
    });
  }
  const entries = Object.entries(value as Raw).flatMap(([key, item]) => {
    if (key !== step) return [[key, item]];
    return rest.length === 0 && put === undefined ? [] : [[key, changed(item, rest, put)]];
  });
  return Object.fromEntries(entries);
}

const replacement = fc.oneof(
  fc.constant(undefined),
  fc.jsonValue({ maxDepth: 3 }).map((value) => ({ value })),
  fc
    .constantFrom<unknown>(null, '', '__proto__', 'constructor', -1, 1e308, [], {}, [[]], [{}], true)
    .map((value) => ({ value })),
);

/** A whole answer with one to three changes anywhere in it. */
const damaged = (answer: Raw): fc.Arbitrary<unknown> =>
  fc.array(fc.record({ at: fc.nat(), put: replacement }), { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce<unknown>((document, { at, put }) => {
      const ways = waysInto(document);
      return changed(document, ways[at % ways.length] ?? [], put);
    }, answer),
  );

/** Every text, number and truth value in a document. */
const leavesOf = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value];

/**
 * What was read of a damaged answer is right: either the operation has failed, or every item of the answer is either
 * among the missing or a noun that says nothing which the item does not say, and has all the rules that the item has.
 */
function expectHonest(snapshot: Snapshot, { key, idMember, items }: Tested, document: unknown): void {
  const collected = kindOf(snapshot, key);
  if (collected.status === 'failed') {
    expect(collected.failure).toBe('broken-answer');
    return;
  }
  if (collected.status !== 'collected') throw new Error(`${key} is ${collected.status}`);
  const raws = items(document as Raw).filter(isRaw);
  const nouns = new Map(
    collected.resources.map((noun) => [idOf(noun as unknown as Raw, idMember), noun as unknown as Raw]),
  );
  const missing = new Set(collected.missing.map(({ resourceId }) => resourceId));
  expect(raws).toHaveLength(items(document as Raw).length);
  for (const raw of raws) {
    const id = String(raw[idMember]);
    const noun = nouns.get(id);
    if (noun === undefined) expect([...missing]).toContain(id);
    else if (raws.filter((other) => other[idMember] === id).length === 1) expectSame(noun, raw);
  }
  expect(collected.resources.length).toBeLessThanOrEqual(raws.length);
}

const idOf = (noun: Raw, idMember: string): string =>
  String(noun[`${idMember.slice(0, 1).toLowerCase()}${idMember.slice(1)}`]);

/** Words that a noun has of its own, not of the answer. */
const ownWords = new Set<unknown>([
  undefined,
  '',
  false,
  'local',
  'unknown',
  'instance',
  'internet-gateway',
  'nat-gateway',
  'network-interface',
]);

function expectSame(noun: Raw, raw: Raw): void {
  const said = new Set(leavesOf(raw));
  expect(leavesOf(noun).filter((leaf) => !said.has(leaf) && !ownWords.has(leaf))).toEqual([]);
  for (const [list, ofRaw] of [
    ['ipPermissions', 'IpPermissions'],
    ['ipPermissionsEgress', 'IpPermissionsEgress'],
    ['entries', 'Entries'],
    ['routes', 'Routes'],
    ['associations', 'Associations'],
    ['subnetIds', 'Associations'],
  ] as const) {
    if (noun[list] !== undefined) expect(listOf(noun[list])).toHaveLength(listOf(raw[ofRaw]).length);
  }
}

/** Reads a folder; the only error that may come is the one that is declared. */
async function readOrRefuse(folder: string): Promise<Snapshot | SnapshotUnreadable> {
  const result: Snapshot | Error = await readSnapshot(folder).catch((error: unknown) => error as Error);
  if (result instanceof Error && !(result instanceof SnapshotUnreadable)) throw result;
  return result;
}

const cases = fc
  .constantFrom(...tested)
  .chain((of) => damaged(answers[of.operation]).map((document) => ({ of, document })));

describe('a damaged answer', () => {
  it('in a snapshot costs at most its operation, and nothing of it passes in silence', async () => {
    const fill = refillable();
    await fc.assert(
      fc.asyncProperty(cases, async ({ of, document }) => {
        const text = JSON.stringify(document) ?? '';
        const files = { ...snapshotFiles(answers), [`${place}/ec2.${of.operation}.json`]: text };
        const snapshot = await readSnapshot(fill(files));
        expectHonest(snapshot, of, text === '' ? undefined : JSON.parse(text));
        for (const { key, operation, items } of tested) {
          if (operation !== of.operation)
            expect(collectedOf(snapshot, key)).toHaveLength(items(answers[operation]).length);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('in a tree of plain output is read honestly, fails its operation, or is noted', async () => {
    const fill = refillable();
    await fc.assert(
      fc.asyncProperty(cases, async ({ of, document }) => {
        const text = JSON.stringify(document) ?? '';
        const snapshot = await readOrRefuse(
          fill({
            [`${place}/x.json`]: text,
            [`${place}/zones.json`]: { AvailabilityZones: [] },
          }),
        );
        if (snapshot instanceof SnapshotUnreadable) throw snapshot;
        const { status } = onlyRegion(snapshot).resources[of.key];
        if (status === 'not-called') expect(snapshot.notes).not.toEqual([]);
        else expectHonest(snapshot, of, JSON.parse(text));
      }),
      { numRuns: 400 },
    );
  });

  it('that is cut off anywhere has failed', async () => {
    const text = JSON.stringify(answers.DescribeSecurityGroups);
    const [fill, fillPlain] = [refillable(), refillable()];
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: text.length - 1 }), async (length) => {
        const cut = text.slice(0, length);
        const folder = await readSnapshot(
          fill({ ...snapshotFiles(answers), [`${place}/ec2.DescribeSecurityGroups.json`]: cut }),
        );
        expect(kindOf(folder, 'securityGroups')).toMatchObject({ status: 'failed', failure: 'broken-answer' });
        const plain = await readSnapshot(fillPlain({ [`${place}/describe-security-groups.json`]: cut }));
        expect(kindOf(plain, 'securityGroups')).toMatchObject({ status: 'failed', failure: 'broken-answer' });
      }),
      { numRuns: 150 },
    );
  });

  it('of any bytes raises no error but the declared one', async () => {
    const text = Buffer.from(JSON.stringify(answers.DescribeNetworkAcls));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.array(fc.tuple(fc.nat(text.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }).map((edits) => {
        const copy = Uint8Array.from(text);
        for (const [at, byte] of edits) copy[at] = byte;
        return copy;
      }),
    );
    const [fill, fillPlain, fillManifest] = [refillable(), refillable(), refillable()];
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        await readSnapshot(fill({ ...snapshotFiles(answers), [`${place}/ec2.DescribeNetworkAcls.json`]: content }));
        await readOrRefuse(fillPlain({ 'a.json': content, 'b.json.gz': content, 'manifest.txt': content }));
        const refused = await readOrRefuse(fillManifest({ 'manifest.json': content }));
        expect(refused).toBeInstanceOf(SnapshotUnreadable);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a damaged manifest', () => {
  const outside = 'vpc-outside-the-folder';
  const manifest = manifestOf([
    callOf('DescribeVpcs', { file: 'v.json' }),
    callOf('SearchTransitGatewayRoutes', {
      input: { TransitGatewayRouteTableId: 'tgw-rtb-1' },
      file: 'r.1.json',
      parts: 1,
    }),
    callOf('DescribeSubnets', {
      status: 'failed',
      failure: 'throttled',
      errorCode: 'RequestLimitExceeded',
      message: 'slow',
    }),
  ]) as Raw;

  it('is refused as a whole or read; no other error, and no file from elsewhere', async () => {
    const secret = folderOf({ 'v.json': { Vpcs: [{ VpcId: outside }] } });
    const elsewhere = fc.constantFrom(
      `${secret}/v.json`,
      `../${secret.split('/').at(-1)}/v.json`,
      `./../${secret.split('/').at(-1)}//v.json`,
    );
    const aimed = elsewhere.map((file) => changed(manifest, ['calls', 0, 'file'], { value: file }));
    const fill = refillable();
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged(manifest), aimed), async (document) => {
        const result = await readOrRefuse(
          fill({
            'manifest.json': JSON.stringify(document) ?? '',
            'v.json': { Vpcs: [{ VpcId: 'vpc-1' }] },
            'r.1.json': { Routes: [] },
          }),
        );
        expect(JSON.stringify(result)).not.toContain(outside);
        if (result instanceof SnapshotUnreadable) expect(['manifest-malformed', 'newer-schema']).toContain(result.code);
      }),
      { numRuns: 400 },
    );
  });
});

describe('an answer that is whole', () => {
  const operation = fc.constantFrom(...tested.filter(({ key }) => key !== 'instances'));
  const shuffled = (of: Tested): fc.Arbitrary<readonly unknown[]> => {
    const items = of.items(answers[of.operation]);
    return fc.shuffledSubarray([...items], { minLength: items.length });
  };

  it('reads the same in any order, in any parts, zipped or not', async () => {
    const layout = operation.chain((of) =>
      fc.record({
        of: fc.constant(of),
        items: shuffled(of),
        cuts: fc.array(fc.nat({ max: 4 }), { maxLength: 3 }),
        zip: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(layout, async ({ of, items, cuts, zip }) => {
        const member = Object.keys(answers[of.operation])[0] ?? '';
        const whole = await readSnapshot(folderOf(snapshotFiles({ [of.operation]: answers[of.operation] })));
        const borders = [0, ...cuts.sort((a, b) => a - b), items.length];
        const parts = borders.slice(1).map((end, index) => items.slice(borders[index], end));
        const suffix = zip ? '.json.gz' : '.json';
        const files = Object.fromEntries(parts.map((part, index) => [`x.${index + 1}${suffix}`, { [member]: part }]));
        const call = callOf(of.operation, { file: `x.1${suffix}`, parts: parts.length });
        const apart = await readSnapshot(folderOf({ 'manifest.json': manifestOf([call]), ...files }));
        expect(apart.regions).toEqual(whole.regions);
        expect(collectedOf(whole, of.key)).toHaveLength(items.length);
      }),
      { numRuns: 60 },
    );
  });

  it('reads the same with a manifest and without', async () => {
    const withManifest = onlyRegion(await readSnapshot(folderOf(snapshotFiles(answers))));
    const { 'manifest.json': _, ...files } = snapshotFiles(answers);
    const without = onlyRegion(await readSnapshot(folderOf(files)));
    expect(without).toMatchObject({ accountId, region });
    for (const { key } of tested) expect(without.resources[key]).toEqual(withManifest.resources[key]);
  });
});
