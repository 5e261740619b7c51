import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Advice } from '../../../src/model/verdict/advice.ts';
import { connectivityView } from '../../../src/reporters/html/connectivity-view.ts';
import { renderHtml } from '../../../src/reporters/html/render.ts';
import { cleanReport, sampleReport } from '../sample-report.ts';

const numbersOf = (text: string): readonly number[] =>
  [...text.matchAll(/\d[\d,]*/g)].map(([number]) => Number(number.replaceAll(',', '')));

const advice = fc.record({
  accountId: fc.constantFrom('111122223333', '123456789012'),
  region: fc.constantFrom('eu-west-1', 'us-east-1'),
  vpcId: fc.constantFrom('vpc-0a', 'vpc-0b', 'vpc-0c'),
  need: fc.constantFrom('s3', 'aws-service', 'internet-ipv4', 'own-service', 'on-premises'),
  resources: fc.constant(['subnet-0a']),
  resourceCount: fc.integer({ min: 1, max: 5000 }),
  present: fc.constant([{ mechanism: 'nat-gateway', ids: ['nat-0a'] }]),
  recommended: fc.constantFrom('gateway-endpoint', 'regional-nat-gateway', 'transit-gateway'),
  met: fc.constantFrom('yes', 'partly', 'no', 'unknown'),
  why: fc.constantFrom('one reason', 'another'),
  reference: fc.constant('https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html'),
  evidence: fc.constant([]),
}) as fc.Arbitrary<Advice>;

describe('the advice on private connectivity', () => {
  const section = (html: string): string => {
    const from = html.slice(html.indexOf('<section id="connectivity"'));
    return from.slice(0, from.indexOf('</section>'));
  };
  const sample = section(renderHtml(sampleReport()));

  it('is left out where the report has none', () => {
    expect(connectivityView(cleanReport())).toBeUndefined();
    expect(renderHtml(cleanReport())).not.toContain('id="connectivity"');
    expect(renderHtml({ ...sampleReport(), advice: [] })).not.toContain('id="connectivity"');
  });

  it('shows the worst served first, with a word beside each mark', () => {
    const stands = [...sample.matchAll(/class="stand (\w+)" aria-hidden="true"><\/span>([^<]+)<\/?(?:td|br)/g)];
    expect(stands.map(([, mark, word]) => [mark, word])).toEqual([
      ['fail', 'Otherwise'],
      ['partly', 'In part'],
      ['unknown', 'Not known'],
      ['pass', 'As recommended'],
    ]);
    expect(new Set(stands.map(([, mark]) => mark)).size).toBe(4);
  });

  it('names who needs it, what serves it, the page of AWS, and what shows it, folded and bounded', () => {
    for (const part of [
      '<code>vpc-0fad3b4f303663abd</code>',
      '12 subnets',
      'nat-0c</code> <span class="aside">and 1 more<',
      'href="https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html"',
      '<code>ssm</code>, <code>ssmmessages</code>',
      'rtb-0b: 0.0.0.0/0 (active) via nat-0a',
      'VPC endpoint vpce-00 (serves)',
      'For subnet-0b, subnet-0c and 10 more',
      'and 4 more, in report.json',
      'the endpoints of the VPC',
    ])
      expect(sample).toContain(part);
    // The same advice is given once, to both VPCs
    expect(sample.split('takes the packets off').length - 1).toBe(1);
    expect(sample).not.toMatch(/<details class="twin"[^>]* open/);
  });

  it('is open where it is short and something is served otherwise', () => {
    const { advice: own = [] } = sampleReport();
    const openOf = (all: readonly Advice[]): readonly unknown[] =>
      (connectivityView({ ...sampleReport(), advice: all })?.needs ?? []).map(({ heading, mark, isOpen }) => [
        heading,
        mark,
        isOpen,
      ]);
    expect(openOf(own)).toEqual([
      ['Amazon S3', 'fail', true],
      ['Other services of AWS', 'unknown', true],
      ['Other VPCs', 'pass', false],
    ]);
    expect(openOf(Array.from({ length: 4 }, () => own).flat()).map((need) => need)).not.toContainEqual(
      expect.arrayContaining([true]),
    );
  });

  it('links to https alone', () => {
    const [own] = sampleReport().advice ?? [];
    for (const reference of ['javascript:alert(1)', 'http://203.0.113.7/', '//203.0.113.7/', 'no address']) {
      const view = connectivityView({ ...sampleReport(), advice: [{ ...(own as Advice), reference }] });
      expect(view?.needs[0]?.recommendations[0]?.reference.href).toBeUndefined();
    }
  });

  it('is bounded, loses no need without saying so, and does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(advice, { minLength: 1, maxLength: 90 }), (all) => {
        const view = connectivityView({ ...sampleReport(), advice: all });
        const rows = (view?.needs ?? []).map(({ recommendations }) => recommendations.flatMap((own) => own.rows));
        const shown = rows.flat().length;
        const left = (view?.needs ?? []).flatMap(({ omitted }) => numbersOf(omitted));
        expect(shown).toBeLessThanOrEqual(24);
        expect(left.reduce((sum, count) => sum + count, shown)).toBe(all.length);
        expect(rows.every((own) => own.length > 0)).toBe(true);
        const counts = (view?.needs ?? []).flatMap(({ words }) => numbersOf(words)[1] ?? 0);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all.length);
        // What is left out is never worse off than what is shown
        for (const [at, need] of (view?.needs ?? []).entries()) {
          const bad = all.filter((own) => own.met === 'no' && needOf(own) === need.heading).length;
          const shownBad = (rows[at] ?? []).filter(({ mark }) => mark === 'fail').length;
          expect(shownBad).toBe(Math.min(bad, (rows[at] ?? []).length));
        }
        const words = (own: typeof view): readonly unknown[] =>
          (own?.needs ?? []).map(({ heading, words: said, omitted }) => [heading, said, omitted]);
        expect(words(connectivityView({ ...sampleReport(), advice: all.toReversed() }))).toEqual(words(view));
      }),
      { numRuns: 100 },
    );
  });
});

const needOf = ({ need }: Advice): string | undefined =>
  ({
    s3: 'Amazon S3',
    'aws-service': 'Other services of AWS',
    'internet-ipv4': 'The internet over IPv4',
    'own-service': 'Services of one’s own',
    'on-premises': 'Networks outside AWS',
  })[need as string];
