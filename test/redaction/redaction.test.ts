import { assert, constant, integer, nat, oneof, property, string, tuple } from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleAccounts } from '../../mocks/accounts/index.ts';
import { writeWorld } from '../../mocks/write-world.ts';
import { allChecks, auditSnapshot, readSnapshot } from '../../src/index.ts';
import { addresses } from '../../src/redaction/addresses.ts';
import { pseudonyms } from '../../src/redaction/pseudonyms.ts';
import { redactAnswer } from '../../src/redaction/redact-answer.ts';
import { redactSnapshot } from '../../src/redaction/redact-snapshot.ts';
import { texts } from '../../src/redaction/texts.ts';
import { isPlainWord } from '../../src/redaction/words.ts';

const key = Buffer.from('a key of the tests');
const own = pseudonyms(key);

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());

const wordOf = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');

describe('addresses', () => {
  const of = (text: string): string => addresses(own, []).of(text) ?? 'none';
  const commonBits = (a: string, b: string): number => {
    const [x = 0, y = 0] = [a, b].map((text) => text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0));
    return Math.clz32((x ^ y) >>> 0);
  };

  it('share as many leading bits as before', () => {
    assert(
      property(nat(2 ** 32 - 1), nat(31), nat(2 ** 32 - 1), (first, depth, noise) => {
        const second =
          (((first ^ (1 << (31 - depth))) >>> (31 - depth)) << (31 - depth)) | (noise & ((1 << (31 - depth)) - 1));
        const [a, b] = [wordOf(first >>> 0), wordOf(second >>> 0)];
        expect(commonBits(of(a), of(b))).toBe(commonBits(a, b));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['10.1.2.3', /^10\./],
    ['172.31.0.1', /^172\.(1[6-9]|2\d|3[01])\./],
    ['192.168.7.9', /^192\.168\./],
    ['100.100.1.1', /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./],
    ['169.254.169.254', /^169\.254\./],
    ['0.0.0.0/0', /^0\.0\.0\.0\/0$/],
    ['128.0.0.0/1', /^128\.0\.0\.0\/1$/],
    ['::/0', /^::\/0$/],
    ['64:ff9b::a00:1', /^64:ff9b::/],
    ['fd00:ec2::253', /^fd00:ec2:/],
  ])('%s keeps what its block means', (text, meaning) => {
    expect(of(text)).toMatch(meaning);
  });

  it('agree with their blocks, and keep their offset in a VPC', () => {
    const within = addresses(own, ['10.20.0.0/16']);
    expect(within.of('10.20.0.2')?.replace(/\.0\.2$/, '.0.0/16')).toBe(within.of('10.20.0.0/16'));
    expect(within.of('10.20.48.0/20')?.endsWith('.48.0/20')).toBe(true);
    expect(within.of('10.20.0.0/16')).not.toBe('10.20.0.0/16');
    expect(within.of('10.20.0.0/17')).toMatch(/^10\.\d+\.0\.0\/17$/);
  });

  it('are nothing else', () => {
    for (const text of ['10.0.0', '10.0.0.5/24', 'ab:cd', '1.2.3.4.5', ''])
      expect(addresses(own, []).of(text)).toBeUndefined();
  });
});

describe('texts', () => {
  const all = texts(own, addresses(own, []));

  it('of somebody lose every word that is not plain', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        const words = text.match(/[\p{L}\p{N}\p{M}]{4,}/gu) ?? [];
        const made = all.own(text);
        for (const word of words) if (!isPlainWord(word) && !/^\d{1,5}$/.test(word)) expect(made).not.toContain(word);
      }),
      { numRuns: 300 },
    );
  });

  it('keep ids, ARNs and what AWS derives from them together', () => {
    const arn = all.own(
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/payroll/50dc6c495c0c9188',
    );
    const description = all.own('ELB app/payroll/50dc6c495c0c9188');
    expect(arn).toMatch(/^arn:aws:elasticloadbalancing:eu-west-1:\d{12}:loadbalancer\/app\/[a-z]{6}\/[0-9a-f]{16}$/);
    expect(arn.endsWith(description.replace('ELB ', ''))).toBe(true);
    expect(all.own('sg-0123456789abcdef0')).toMatch(/^sg-[0-9a-f]{17}$/);
    expect(all.own('ip-10-1-2-3.eu-west-1.compute.internal')).toBe(
      `ip-${(addresses(own, []).of('10.1.2.3') ?? '').replaceAll('.', '-')}.eu-west-1.compute.internal`,
    );
    expect(all.own('com.amazonaws.eu-west-1.s3')).toBe('com.amazonaws.eu-west-1.s3');
    expect(all.own('acme-payroll-private-a')).toMatch(/^[a-z]{6}-[a-z]{6}-private-a$/);
    expect(all.own('payroll-function-8c7ac78b my-plane-1')).not.toMatch(/payroll|function|8c7ac78b|plane/);
    expect(all.own('logs of eu-central-1')).toMatch(/ eu-central-1$/);
  });

  it('of policies stay policies', () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AcmeOnly',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 's3:*',
          Resource: '*',
        },
      ],
    });
    const redacted = redactAnswer({ PolicyDocument: policy }, all) as { readonly PolicyDocument: string };
    expect(JSON.parse(redacted.PolicyDocument)).toMatchObject({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    });
    expect(redacted.PolicyDocument).not.toMatch(/Acme|111122223333/);
  });

  it('of any shape never stop it', () => {
    assert(
      property(
        oneof(string({ unit: 'binary' }), tuple(integer(), string()), constant({ Key: 'Name', Value: null })),
        (value) => void redactAnswer({ PolicyDocument: value, Tags: [value], reason: JSON.stringify(value) }, all),
      ),
    );
  });
});

describe.each(Object.entries(sampleAccounts))('the sample %s, redacted', (name, make) => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-redaction-'));
    await writeWorld(make().world, join(folder, 'plain'));
    await redactSnapshot(join(folder, 'plain'), join(folder, 'redacted'), key);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const toldIn = (where: string): string =>
    filesBelow(join(folder, where))
      .map((path) => `${path}\n${readFileSync(join(folder, where, path), 'utf8')}`)
      .join('\n');

  it('is audited with the same verdicts', async () => {
    const checks = await allChecks();
    const counts = async (where: string): Promise<Readonly<Record<string, number>>> => {
      const report = auditSnapshot(await readSnapshot(join(folder, where)), {
        checks,
        list: ['fail', 'unknown', 'pass', 'not-applicable'],
        run: () => ({ startedAt: '2026-01-01T00:00:00.000Z', durationMs: 0 }),
      });
      const tally: Record<string, number> = { exposures: report.exposures.length, defects: report.defects.length };
      for (const { checkId, outcome, effectiveSeverity } of report.results) {
        const line = `${checkId} ${outcome} ${effectiveSeverity}`;
        tally[line] = (tally[line] ?? 0) + 1;
      }
      return tally;
    };
    expect(await counts('redacted')).toEqual(await counts('plain'));
  });

  it(`names no account, no id and no name of ${name}`, () => {
    const before = toldIn('plain');
    const after = toldIn('redacted');
    const ids = new Set(before.match(/(?<![0-9a-f])[0-9a-f]{17}(?![0-9a-f])|(?<!\d)\d{12}(?!\d)/g) ?? []);
    expect(ids.size).toBeGreaterThan(5);
    // An image may be anybody's, and the samples share one
    expect([...ids].filter((id) => id !== '0123456789abcdef0' && after.includes(id))).toEqual([]);
    const named = (text: string): ReadonlySet<string> =>
      new Set(
        (
          text.match(/(?<="(?:Value|GroupName|LoadBalancerName|TargetGroupName|Description)": ?")[^"\\]{3,}(?=")/g) ??
          []
        )
          .flatMap(
            (value) =>
              value.replaceAll(/com\.amazonaws[\w.-]*|\b[a-z]{2}-[a-z]+-\d\b/g, ' ').match(/[\p{L}\p{N}]{4,}/gu) ?? [],
          )
          .filter((word) => !isPlainWord(word) && !/^\d{1,5}$/.test(word)),
      );
    const left = named(after);
    expect([...named(before)].filter((word) => left.has(word))).toEqual([]);
  });

  it('is the same with the same key and another with another', async () => {
    await redactSnapshot(join(folder, 'plain'), join(folder, 'again'), key);
    await redactSnapshot(join(folder, 'plain'), join(folder, 'other'), Buffer.from('another key'));
    expect(toldIn('again')).toBe(toldIn('redacted'));
    expect(toldIn('other')).not.toBe(toldIn('redacted'));
  });
});
