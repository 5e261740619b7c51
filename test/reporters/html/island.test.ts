import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { AuditReport, Result } from '../../../src/findings/audit-report.ts';
import { encodeIsland, heldResults, type Island, islandOf } from '../../../src/reporters/html/island.ts';
import { visibleText } from '../../../src/reporters/visible-text.ts';
import { hostileReport } from '../hostile-report.ts';
import { cleanReport, largeReport, oneRuleReport, sampleReport } from '../sample-report.ts';

const cell = ({ strings, columns }: Island, column: string, row: number): string =>
  strings[columns[column]?.[row] ?? -1] ?? 'missing';

const samples: readonly (readonly [string, () => AuditReport])[] = [
  ['the sample', sampleReport],
  ['a hostile report', hostileReport],
  ['a clean audit', cleanReport],
  ['a long report', () => largeReport(1000)],
];

describe('the island', () => {
  it.each(samples)('of %s holds every result with its place, its identity and its evidence', (_, make) => {
    const report = make();
    const island = islandOf(report);
    const results = heldResults(report);
    expect(results).toHaveLength(report.results.length);
    expect(island.leads).toHaveLength(results.length);
    for (const [row, result] of results.entries()) {
      const { resource } = result;
      expect([
        cell(island, 'fingerprint', row),
        cell(island, 'verdict', row),
        cell(island, 'check', row),
        cell(island, 'account', row),
        cell(island, 'region', row),
        cell(island, 'arn', row) + cell(island, 'arnEnd', row),
        island.evidence[row]?.length,
        island.missing[row]?.length,
      ]).toEqual([
        result.fingerprint,
        result.outcome === 'fail' ? result.effectiveSeverity : result.outcome,
        visibleText(result.checkId),
        visibleText(resource.accountId),
        visibleText(resource.region),
        visibleText(resource.arn),
        result.evidence.length,
        result.missing?.length ?? 0,
      ]);
      expect(island.checks.map(({ id }) => id)).toContain(visibleText(result.checkId));
    }
  });

  it.each(samples)('of %s is text that nothing takes for markup, and reads back the same', (_, make) => {
    const island = islandOf(make());
    const { encoding, text } = encodeIsland(island);
    expect(encoding).toBe('json');
    expect(text).not.toMatch(/[<\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(island)));
    // A line feed stands in code alone; anything else that cannot be seen nowhere.
    expect(island.strings.join('').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
  });

  it('is packed where it is long, and reads back the same', () => {
    const island = islandOf(largeReport(6000));
    const { encoding, text } = encodeIsland(island);
    expect(encoding).toBe('deflate-base64');
    expect(text).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(JSON.parse(inflateSync(Buffer.from(text, 'base64')).toString())).toEqual(JSON.parse(JSON.stringify(island)));
  });

  it('says which finding leads those of the same rule', () => {
    const island = islandOf(oneRuleReport(44));
    const fails = island.leads.filter((_, row) => cell(island, 'outcome', row) === 'fail');
    expect(new Set(fails)).toEqual(new Set([0]));
    expect(cell(island, 'verdict', 0)).toBe('critical');
    expect(cell(island, 'rules', 0)).toBe('the same rule');
  });

  it('keeps of too many results the worst of every check', () => {
    const { results } = largeReport(1000);
    const held = heldResults({ results }, 100);
    expect(held).toHaveLength(100);
    const checks = (these: readonly Result[]): ReadonlySet<string> => new Set(these.map(({ checkId }) => checkId));
    expect(checks(held)).toEqual(checks(results));
  });

  it('keeps apart a name of two lines and a command of two lines', () => {
    const [result] = sampleReport().results;
    if (result === undefined) throw new Error('the sample has results');
    const named = { ...result, resource: { ...result.resource, name: 'a\nb' }, fix: { summary: 's', cli: ['a', 'b'] } };
    const island = islandOf({ ...sampleReport(), results: [named] });
    expect(cell(island, 'name', 0)).toBe('a⟨U+000A⟩b');
    expect(island.code[0]?.map((refs) => refs.map((ref) => island.strings[ref]))).toEqual([['AWS CLI', 'a\nb']]);
  });
});
