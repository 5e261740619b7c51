import { describe, expect, it } from 'vitest';
import { defaultFormat, fieldNamed, flowLogFields } from '../../src/flow-logs/format/fields.ts';
import { parseLogFormat, readFirstLine } from '../../src/flow-logs/format/log-format.ts';
import { pathFacts } from '../../src/flow-logs/files/path-facts.ts';
import { alphabetical, v2, v5 } from './log-files.ts';

describe('fields', () => {
  it('are those of the documentation, version by version', () => {
    const vpc = flowLogFields.filter(({ of }) => of !== 'transit-gateway');
    const upTo = (version: number): number => vpc.filter((field) => field.version <= version).length;
    expect([2, 3, 4, 5, 7, 8, 9, 10, 11].map(upTo)).toEqual([14, 21, 25, 29, 39, 40, 41, 42, 54]);
    expect(flowLogFields.filter(({ of }) => of !== 'vpc')).toHaveLength(36);
    expect(new Set(flowLogFields.map(({ name }) => name)).size).toBe(flowLogFields.length);
    expect(defaultFormat).toEqual(v2);
    expect(fieldNamed('packets-lost-blackhole')?.type).toBe('bigint');
  });
});

describe('layouts', () => {
  it('come from names, in any order', () => {
    expect(readFirstLine(v2.join(' '))).toEqual({ kind: 'header', fields: v2 });
    expect(readFirstLine(alphabetical.join(' '))).toEqual({ kind: 'header', fields: alphabetical });
    expect(readFirstLine(`${v5.join(' ')} something-new`).kind).toBe('header');
  });

  it('are never guessed from records', () => {
    expect(readFirstLine('2 111122223333 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 1 1 2 ACCEPT OK').kind).toBe('record');
    expect(readFirstLine('2 111122223333 eni-1 - - - - - - - 1 2 - NODATA').kind).toBe('record');
    expect(readFirstLine('2026-01-15T12:00:00.000Z 2 111122223333 eni-1 - - -').kind).toBe('export');
    expect(readFirstLine('hello world of text').kind).toBe('record');
  });

  it('read a LogFormat with and without its signs', () => {
    expect(parseLogFormat('${version} ${interface-id}').fields).toEqual(['version', 'interface-id']);
    expect(parseLogFormat('version interface-id').fields).toEqual(['version', 'interface-id']);
    expect(parseLogFormat('').reason).toMatch(/no field/);
    expect(parseLogFormat('${version} ${version}').reason).toMatch(/twice/);
    expect(parseLogFormat('${version} ${Srcaddr}').reason).toMatch(/not a field/);
  });
});

describe('paths', () => {
  const name = '111122223333_vpcflowlogs_eu-west-1_fl-0abc_20260115T1205Z_1a2b3c4d.log.gz';
  const minute = Date.UTC(2026, 0, 15, 12, 5);
  it.each([
    `p/AWSLogs/111122223333/vpcflowlogs/eu-west-1/2026/01/15/${name}`,
    `AWSLogs/o-abc/111122223333/vpcflowlogs/eu-west-1/2026/01/15/12/${name}`,
    `AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=eu-west-1/year=2026/month=01/day=15/hour=12/${name}`,
  ])('tell account, Region, flow log and minute: %s', (path) => {
    expect(pathFacts(path)).toEqual({ accountId: '111122223333', region: 'eu-west-1', flowLogId: 'fl-0abc', minute });
  });

  it('tell account and Region by folders where the file was renamed', () => {
    const hive = 'AWSLogs/aws-account-id=111122223333/service=vpcflowlogs/aws-region=us-gov-west-1/year=2026/x.parquet';
    expect(pathFacts(hive)).toEqual({ accountId: '111122223333', region: 'us-gov-west-1' });
    expect(pathFacts('AWSLogs/o-abc/111122223333/vpcflowlogs/eu-west-1/2026/x.log')).toEqual({
      accountId: '111122223333',
      region: 'eu-west-1',
    });
    expect(pathFacts('x.log')).toEqual({});
  });
});
