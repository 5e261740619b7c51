import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport, Result } from '../../../src/findings/audit-report.ts';
import { packageRoot } from '../../../src/model/tool.ts';
import { heldResults, type Island, islandOf } from '../../../src/reporters/html/island.ts';
import { hostileReport } from '../hostile-report.ts';
import { largeReport, oneRuleReport, sampleReport } from '../sample-report.ts';

interface View {
  readonly query: string;
  readonly group: string;
  readonly sort: string;
  readonly chosen: Readonly<Record<string, readonly string[]>>;
}
interface Line {
  readonly kind: 'group' | 'finding' | 'detail';
  readonly key: string;
  readonly row: number;
  readonly others?: readonly number[];
}
type Results = { readonly size: number };

const load = async (name: string): Promise<unknown> =>
  import(pathToFileURL(join(packageRoot, 'templates', 'script', name)).href);
const { fragmentOf, viewOf } = (await load('address.js')) as {
  readonly fragmentOf: (view: View) => string;
  readonly viewOf: (fragment: string, facets: readonly string[]) => View | undefined;
};
const { resultsOf } = (await load('results.js')) as { readonly resultsOf: (island: Island) => Results };
const { countsOf, searched, selected } = (await load('selection.js')) as {
  readonly searched: (results: Results, query: string) => Uint8Array | undefined;
  readonly selected: (
    results: Results,
    found: Uint8Array | undefined,
    chosen: View['chosen'],
    except?: string,
  ) => readonly number[];
  readonly countsOf: (results: Results, rows: readonly number[], facet: string) => ReadonlyMap<string, number>;
};
const { linesOf } = (await load('rows.js')) as {
  readonly linesOf: (
    results: Results,
    rows: readonly number[],
    how: { group: string; sort: string; collapsed: ReadonlySet<string>; open: ReadonlySet<number> },
  ) => { readonly lines: readonly Line[] };
};

const groups = ['check', 'resource', 'place', 'vpc', 'none'];
const sorts = ['worst', 'resource', 'place', 'title'];
const facets = ['verdict', 'account', 'region', 'vpc', 'type', 'check', 'standard'];

describe('the address of a view', () => {
  it('leads back to the view, whatever it asks for', () => {
    const value = fc.string({ unit: 'binary', minLength: 1 });
    const view = fc.record({
      query: fc.string({ unit: 'binary' }),
      group: fc.constantFrom(...groups),
      sort: fc.constantFrom(...sorts),
      chosen: fc.dictionary(fc.constantFrom(...facets), fc.uniqueArray(value, { minLength: 1 })),
    });
    fc.assert(
      fc.property(view, (asked) => {
        const fragment = fragmentOf(asked);
        const chosen = Object.fromEntries(
          Object.entries(asked.chosen).map(([key, values]) => [key, [...values].sort()]),
        );
        const back = viewOf(fragment, facets);
        if (fragment === '') expect([asked.query, asked.group, asked.sort, chosen]).toEqual(['', 'check', 'worst', {}]);
        else expect(back).toEqual({ ...asked, chosen });
      }),
    );
  });

  it('makes the best of what it does not know', () => {
    expect(viewOf('coverage', facets)).toBeUndefined();
    expect(viewOf('group=nonsense&sort=&evil=1&verdict=%E0%A4%A', facets)).toEqual({
      query: '',
      group: 'check',
      sort: 'worst',
      chosen: { verdict: ['%E0%A4%A'] },
    });
  });
});

const standing = (report: AuditReport): AuditReport => ({
  ...report,
  checks: report.checks.map((check, at) => ({
    ...check,
    standards: at % 2 === 0 ? ['CIS 5.2', 'PCI 1.2'] : ['PCI 1.2'],
  })),
});

describe.each([
  ['the sample', () => standing(sampleReport())],
  ['a hostile report', hostileReport],
  ['a long report', () => largeReport(500)],
  ['one rule', () => oneRuleReport(44)],
])('the list of %s', (_, make) => {
  const report = make();
  const held = heldResults(report);
  const results = resultsOf(islandOf(report));
  const everything = held.map((__, row) => row);
  const valueOf: Readonly<Record<string, (result: Result) => readonly string[]>> = {
    verdict: ({ outcome, effectiveSeverity }) => [outcome === 'fail' ? effectiveSeverity : outcome],
    fingerprint: ({ fingerprint }) => [fingerprint],
    standard: ({ checkId }) => report.checks.find(({ id }) => id === checkId)?.standards ?? [],
  };

  it('counts what the report holds', () => {
    for (const facet of ['verdict', 'standard']) {
      const expected = new Map<string, number>();
      for (const value of held.flatMap((result) => valueOf[facet]?.(result) ?? []))
        expected.set(value, (expected.get(value) ?? 0) + 1);
      if (_ !== 'a hostile report' || facet === 'verdict')
        expect(new Map(countsOf(results, everything, facet))).toEqual(expected);
    }
  });

  it('leaves of every choice what each facet alone would leave, and all of it', () => {
    const values = facets.flatMap((facet) =>
      [...countsOf(results, everything, facet).keys()].map((value) => [facet, value] as const),
    );
    fc.assert(
      fc.property(fc.subarray(values, { maxLength: 6 }), (picked) => {
        const chosen: Record<string, string[]> = {};
        for (const [facet, value] of picked) (chosen[facet] ??= []).push(value);
        const alone = Object.entries(chosen).map(
          ([facet, own]) => new Set(selected(results, undefined, { [facet]: own })),
        );
        const both = everything.filter((row) => alone.every((rows) => rows.has(row)));
        expect(selected(results, undefined, chosen)).toEqual(both);
        for (const [facet, own] of Object.entries(chosen)) {
          const counts = countsOf(results, selected(results, undefined, chosen, facet), facet);
          if (own.length === 1 && facet !== 'standard') expect(counts.get(own[0] ?? '') ?? 0).toBe(both.length);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('finds every result by its id, its fingerprint and its ARN', () => {
    for (const [row, { resource, fingerprint }] of held.entries()) {
      const id = /^[\w-]+$/.test(resource.id) ? [resource.id] : [];
      const arn = /^arn:[\w:/-]+$/.test(resource.arn) ? [resource.arn] : [];
      for (const text of [fingerprint, ...id, ...arn]) expect(searched(results, text.toUpperCase())?.[row]).toBe(1);
    }
    expect(searched(results, '  ')).toBeUndefined();
    expect(searched(results, 'nothing-is-called-so')?.some((hit) => hit === 1)).toBe(false);
  });

  it('shows every result once, however it is grouped and sorted', () => {
    for (const group of groups) {
      for (const sort of sorts) {
        const how = { group, sort, collapsed: new Set<string>(), open: new Set(everything) };
        const { lines } = linesOf(results, everything, how);
        const of = (kind: Line['kind']): readonly number[] =>
          lines
            .filter((line) => line.kind === kind)
            .map(({ row }) => row)
            .toSorted((a, b) => a - b);
        expect(of('finding')).toEqual(everything);
        expect(of('detail')).toEqual(everything);
        expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
        const { lines: closed } = linesOf(results, everything, { ...how, open: new Set() });
        const folded = closed.flatMap(({ kind, row, others }) => (kind === 'finding' ? [row, ...(others ?? [])] : []));
        expect(folded.toSorted((a, b) => a - b)).toEqual(everything);
      }
    }
  });
});
