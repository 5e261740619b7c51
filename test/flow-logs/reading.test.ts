/** Every way in which files of flow logs come, whole and broken: counted, named, never misread. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { region } from '../../mocks/builders.ts';
import {
  alphabetical,
  evidenceOf,
  evidenceOfRecords,
  folderOf,
  lines,
  noon,
  record,
  text,
  v2,
  v5,
  writeParquet,
} from './log-files.ts';

const rejected = record({
  'interface-id': 'eni-1',
  srcaddr: '10.0.0.5',
  dstaddr: '10.0.1.5',
  srcport: 40000,
  dstport: 5432,
  action: 'REJECT',
  'tcp-flags': 2,
  'flow-direction': 'ingress',
});
const nodata = {
  version: 2,
  'account-id': 'unknown',
  'interface-id': 'eni-2',
  start: noon,
  end: noon + 60,
  'log-status': 'NODATA',
};
const skipdata = { ...nodata, 'interface-id': 'eni-3', 'log-status': 'SKIPDATA' };
const name = (flowLogId: string, minute: string, hash: string, ending = 'log.gz'): string =>
  `AWSLogs/111122223333/vpcflowlogs/eu-west-1/2026/01/15/111122223333_vpcflowlogs_eu-west-1_${flowLogId}_20260115T${minute}Z_${hash}.${ending}`;

describe('text files', () => {
  it.each([
    ['the default format', v2],
    ['all fields of version 5', v5],
    ['fields in alphabetical order', alphabetical],
    [
      'a format of its own',
      ['log-status', 'end', 'start', 'action', 'dstport', 'srcport', 'protocol', 'dstaddr', 'srcaddr', 'interface-id'],
    ],
    ['a field that is newer than the program', ['brand-new-field', ...v5]],
  ])('are read by their header: %s', async (_, fields) => {
    const { reading, rejected: rejects } = await evidenceOf(
      folderOf({ 'a.log.gz': text(fields, [rejected, nodata, skipdata]) }),
    );
    expect(reading).toMatchObject({ records: 3, rejected: 1, nodata: 1, skipdata: 1, rejectedLines: 0, skipped: [] });
    expect(rejects).toMatchObject([
      { networkInterfaceId: 'eni-1', source: '10.0.0.5', destination: '10.0.1.5', port: 5432 },
    ]);
    expect(reading.formats[0]?.unknownFields).toEqual(fields.filter((field) => field === 'brand-new-field'));
  });

  it('name what is wrong with each file and read the others', async () => {
    const whole = gzipSync(text(v2, [rejected]));
    const { reading } = await evidenceOf(
      folderOf({
        'good.log.gz': whole,
        'zero.log.gz': Buffer.alloc(0),
        'nothing.log.gz': gzipSync(''),
        'header.log.gz': text(v2, []),
        'truncated.log.gz': whole.subarray(0, whole.length - 9),
        'corrupt.log.gz': Buffer.concat([
          whole.subarray(0, 20),
          Buffer.from('garbage garbage garbage'),
          whole.subarray(43),
        ]),
        'no-gzip.log.gz': Buffer.from('not compressed at all\n'),
        'notes.txt': 'Remember to buy milk',
        'stub.parquet': Buffer.from('PAR1'),
        'liar.parquet': Buffer.from('PAR1 this is no Parquet file PAR1'),
      }),
    );
    expect(Object.fromEntries(reading.skipped.map(({ file, reason }) => [file, reason]))).toEqual({
      'zero.log.gz': 'empty',
      'nothing.log.gz': 'empty',
      'header.log.gz': 'header-only',
      'truncated.log.gz': 'truncated',
      'corrupt.log.gz': 'corrupt',
      'no-gzip.log.gz': 'corrupt',
      'notes.txt': 'not-a-flow-log',
      'stub.parquet': 'truncated',
      'liar.parquet': 'corrupt',
    });
    expect(reading.skipped.filter(({ costsRecords }) => !costsRecords).map(({ file }) => file)).toEqual([
      'header.log.gz',
      'nothing.log.gz',
      'zero.log.gz',
    ]);
    expect(reading).toMatchObject({ records: 1, files: 10 });
  });

  it('count lines that fit no record, and read the rest', async () => {
    const broken = `${text(v2, [rejected])}2 broken line\n${lines(v2, [{ ...rejected, srcport: 'x' }])}${lines(v2, [rejected]).trim()} one-too-many\n${lines(v2, [nodata])}`;
    const { reading } = await evidenceOf(folderOf({ 'a.log': broken }));
    expect(reading).toMatchObject({ records: 2, rejectedLines: 3 });
    expect(reading.rejectedExamples).toContain('2 broken line');
  });

  it('may be several gzip members with a header each', async () => {
    const members = Buffer.concat([gzipSync(text(v2, [rejected, nodata])), gzipSync(text(v2, [rejected]))]);
    const { reading } = await evidenceOf(folderOf({ 'a.log.gz': members }));
    expect(reading).toMatchObject({ records: 3, rejectedLines: 0, skipped: [] });
  });

  it('that hold two formats are set aside rather than misread', async () => {
    const shuffled = [
      'interface-id',
      'dstaddr',
      'srcaddr',
      ...v2.filter((field) => !['interface-id', 'dstaddr', 'srcaddr'].includes(field)),
    ];
    const members = Buffer.concat([gzipSync(text(v2, [rejected])), gzipSync(text(shuffled, [rejected]))]);
    const { reading } = await evidenceOf(folderOf({ 'two.log.gz': members, 'one.log.gz': text(v2, [rejected]) }));
    expect(reading.skipped).toMatchObject([{ file: 'two.log.gz', reason: 'two-formats', costsRecords: true }]);
    expect(reading.records).toBe(1);
  });

  it('of several formats lie under one prefix when a flow log is replaced', async () => {
    const later = { ...rejected, start: noon + 700, end: noon + 760, srcport: 40001 };
    const { reading, rejected: rejects } = await evidenceOf(
      folderOf({
        [name('fl-0a', '1205', '1')]: text(v2, [rejected]),
        [name('fl-0b', '1215', '2')]: text(alphabetical, [later]),
      }),
    );
    expect(reading.formats.map(({ flowLogId, fields }) => [flowLogId, fields.length])).toEqual([
      ['fl-0a', 14],
      ['fl-0b', 29],
    ]);
    expect(reading).toMatchObject({ records: 2, duplicateRecords: 0 });
    expect(rejects.reduce((sum, { conversations }) => sum + conversations, 0)).toBe(2);
  });

  it('of overlapping flow logs count once, by the richer one', async () => {
    const many = Array.from({ length: 40 }, (_, i) => ({
      ...rejected,
      start: noon + i * 60,
      end: noon + i * 60 + 50,
      srcport: 40_000 + i,
    }));
    const { reading, questions } = await evidenceOf(
      folderOf({ [name('fl-0a', '1205', '1')]: text(v2, many), [name('fl-0b', '1205', '2')]: text(v5, many) }),
    );
    expect(reading).toMatchObject({ records: 40, duplicateRecords: 40 });
    expect(questions.find(({ id }) => id === 'traffic-paths')?.answered).toBe(true);
  });

  it('copied into two folders are read once', async () => {
    const file = name('fl-0a', '1205', '1');
    const { reading } = await evidenceOf(
      folderOf({ [`x/${file}`]: text(v2, [rejected]), [`y/${file}`]: text(v2, [rejected]) }),
    );
    expect(reading).toMatchObject({ records: 1, skipped: [{ reason: 'duplicate-file', costsRecords: false }] });
  });

  it('without a header need the flow log’s own format', async () => {
    const bare = folderOf({ 'a.log': lines(v2, [rejected]) });
    await expect(evidenceOf(bare)).rejects.toThrow(/no-log-format.*--log-format/);
    expect((await evidenceOf(bare, { logFormat: v2 })).reading.records).toBe(1);
    const net = region();
    const flowLog = net.vpc().flowLog({ logFormat: alphabetical.map((field) => `\${${field}}`).join(' ') });
    const named = folderOf({ [name(flowLog.id, '1205', '1')]: lines(alphabetical, [rejected]) });
    expect((await evidenceOf(named, { net })).rejected).toMatchObject([{ port: 5432, source: '10.0.0.5' }]);
  });

  it('exported from CloudWatch Logs have a time before each record', async () => {
    const exported = lines(v2, [rejected, nodata])
      .trim()
      .split('\n')
      .map((line) => `2026-01-15T12:00:00.000Z ${line}\n`)
      .join('');
    const { reading, rejected: rejects } = await evidenceOf(folderOf({ 'export/000000.gz': exported }), {
      logFormat: v2,
    });
    expect(reading).toMatchObject({ records: 2, rejectedLines: 0 });
    expect(rejects).toMatchObject([{ port: 5432 }]);
  });
});

describe('values', () => {
  it('in milliseconds become seconds, IPv6 and ports at the edge stay', async () => {
    const odd = record({
      'interface-id': 'eni-1',
      srcaddr: '2001:db8::1',
      dstaddr: '2001:db8::2',
      srcport: 0,
      dstport: 65535,
      action: 'REJECT',
      'account-id': 'unknown',
      start: noon * 1000,
      end: (noon + 60) * 1000,
    });
    const { rejected: rejects, reading } = await evidenceOfRecords([odd], { fields: v2 });
    expect(reading).toMatchObject({ records: 1, firstSeen: '2026-01-15T12:00:00.000Z' });
    expect(rejects).toMatchObject([{ port: 65535 }]);
  });

  it('of records at the edge of the window count by when they end', async () => {
    const early = { ...rejected, start: noon - 30, end: noon + 20 };
    const before = { ...rejected, start: noon - 90, end: noon - 40, srcport: 1 };
    const { reading } = await evidenceOfRecords([early, before]);
    expect(reading.records).toBe(1);
  });

  it('without fields that a question needs name them', async () => {
    const { questions } = await evidenceOfRecords([rejected], {
      fields: ['interface-id', 'srcaddr', 'dstaddr', 'start', 'end', 'action'],
    });
    const scan = questions.find(({ id }) => id === 'vertical-scan');
    expect(scan).toMatchObject({ answered: false, missingFields: ['srcport', 'dstport', 'protocol', 'packets'] });
  });
});

describe('Parquet files', () => {
  it.each(['null', 'dash'] as const)('read alike with null and with -: %s', async (nulls) => {
    const folder = folderOf({ 'x.txt': '' });
    const path = join(
      folder,
      'AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=eu-west-1/year=2026/month=01/day=15/hour=12/111122223333_vpcflowlogs_eu-west-1_fl-0a_20260115T1205Z_1.log.parquet',
    );
    await writeParquet(path, v5, [rejected, nodata, skipdata], nulls);
    const { reading, rejected: rejects } = await evidenceOf(folder);
    expect(reading).toMatchObject({ records: 3, nodata: 1, skipdata: 1 });
    expect(rejects).toMatchObject([{ networkInterfaceId: 'eni-1', port: 5432, part: 'request' }]);
  });

  it('and text lie side by side', async () => {
    const folder = folderOf({ 'a.log.gz': text(v2, [rejected]) });
    await writeParquet(join(folder, 'b.parquet'), v5, [{ ...rejected, srcport: 40001 }]);
    expect((await evidenceOf(folder)).reading).toMatchObject({ records: 2, rejected: 2 });
  });
});

describe('transit gateway logs', () => {
  const fields =
    'version resource-type account-id tgw-id tgw-attachment-id tgw-src-vpc-account-id tgw-dst-vpc-account-id tgw-src-vpc-id tgw-dst-vpc-id tgw-src-subnet-id tgw-dst-subnet-id tgw-src-eni tgw-dst-eni tgw-src-az-id tgw-dst-az-id tgw-pair-attachment-id srcaddr dstaddr srcport dstport protocol packets bytes start end log-status type packets-lost-no-route packets-lost-blackhole packets-lost-mtu-exceeded packets-lost-ttl-expired tcp-flags region flow-direction pkt-src-aws-service pkt-dst-aws-service'.split(
      ' ',
    );
  it('have no action; losses are told by attachment', async () => {
    const lost = record({
      'resource-type': 'TransitGateway',
      'tgw-id': 'tgw-1',
      'tgw-attachment-id': 'tgw-attach-1',
      srcaddr: '10.1.0.5',
      dstaddr: '10.9.0.9',
      'tcp-flags': 16,
      'packets-lost-no-route': 0,
      'packets-lost-blackhole': 7,
    });
    const { detections, rejected: rejects } = await evidenceOf(
      folderOf({
        'AWSLogs/aws-account-id=111122223333/service=vpcflowlogs/aws-region=eu-west-1/year=2026/t.log.gz': text(
          fields,
          [lost],
        ),
      }),
    );
    expect(rejects).toEqual([]);
    expect(detections).toMatchObject([
      { id: 'transit-gateway-packets-lost', source: 'tgw-attach-1', evidence: { blackhole: 7 } },
    ]);
  });
});

it('says where records lie when the window holds none, and leaves nothing behind', async () => {
  const before = readdirSync(tmpdir()).filter((one) => one.startsWith('vpc-auditor-flows-'));
  const folder = folderOf({ 'a.log': text(v2, [rejected]) });
  await expect(evidenceOf(folder, { window: { since: noon + 86_400, until: noon + 90_000 } })).rejects.toThrow(
    /no record from 2026-01-16.*between 2026-01-15T12:00:00/,
  );
  expect(readdirSync(tmpdir()).filter((one) => one.startsWith('vpc-auditor-flows-'))).toEqual(before);
});
