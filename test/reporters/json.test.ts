import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/findings/audit-report.ts';
import { composeReport } from '../../src/findings/compose.ts';
import { jsonPieces, renderJson } from '../../src/reporters/json.ts';
import { readReport, ReportUnreadable, schemaPath } from '../../src/reporters/read-report.ts';
import { firstViolation } from '../../src/reporters/schema-check.ts';
import { evidence } from '../findings/evidence-arbitrary.ts';
import { hostileReport } from './hostile-report.ts';
import { rememberedReport } from './remembered-report.ts';
import {
  account,
  cleanReport,
  failing,
  largeReport,
  region,
  resourceOf,
  sampleChecks,
  sampleManifest,
  sampleReport,
  sampleRun,
} from './sample-report.ts';

const schema = JSON.parse(readFileSync(schemaPath, 'utf8')) as Record<string, unknown>;

/** The schema with every object closed, so that a member that it does not describe is seen. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, closed(member)]));
  return 'properties' in members && members['type'] === 'object'
    ? { ...members, additionalProperties: false }
    : members;
}

const compile = (value: unknown): ValidateFunction =>
  new Ajv2020({ strict: true, allErrors: false, allowUnionTypes: true }).compile(value as Record<string, unknown>);
const admits = compile(schema);
const describes = compile(closed(schema));

const reports: readonly (readonly [string, () => AuditReport])[] = [
  ['the sample', sampleReport],
  ['a clean audit', cleanReport],
  ['a hostile report', hostileReport],
  ['a thousand failures', () => largeReport(1000)],
  ['an audit that remembers', () => rememberedReport()],
];

describe('the JSON report', () => {
  it.each(reports)('of %s is what the schema says, down to the last member', (_, make) => {
    const document: unknown = JSON.parse(renderJson(make()));
    expect(describes(document), JSON.stringify(describes.errors)).toBe(true);
    expect(firstViolation(schema, document)).toBeUndefined();
  });

  it.each(reports)('of %s reads back as the same report', (_, make) => {
    const text = renderJson(make());
    expect(readReport(text)).toEqual(make());
    expect(renderJson(readReport(text))).toBe(text);
  });

  it('holds for any evidence that a check can give', () => {
    const place = { accountId: account('111122223333'), region: region('eu-west-1') };
    fc.assert(
      fc.property(fc.array(evidence, { minLength: 1, maxLength: 4 }), (items) => {
        const [first, ...rest] = items;
        if (first === undefined) return;
        const verdicts = [
          failing('route-blackhole', resourceOf(place, 'route-table', 'rtb-1'), 'Broken', [first, ...rest]),
        ];
        const report = composeReport({
          manifest: sampleManifest(),
          snapshotFacts: { regions: [], notes: [] },
          verdicts,
          checks: sampleChecks,
          defects: [],
          run: sampleRun,
        });
        const document: unknown = JSON.parse(renderJson(report));
        expect(describes(document), JSON.stringify(describes.errors)).toBe(true);
        expect(readReport(renderJson(report)).results[0]?.evidence).toEqual(items);
      }),
    );
  });

  it('has its members sorted and one result a line', () => {
    const report = sampleReport();
    const text = renderJson(report);
    const sorted = (value: unknown): boolean => {
      if (Array.isArray(value)) return value.every(sorted);
      if (typeof value !== 'object' || value === null) return true;
      const keys = Object.keys(value);
      return keys.every((key, at) => at === 0 || (keys[at - 1] ?? '') < key) && Object.values(value).every(sorted);
    };
    expect(sorted(JSON.parse(text))).toBe(true);
    const lines = text.split('\n');
    for (const { fingerprint } of report.results) {
      expect(lines.filter((line) => line.includes(fingerprint))).toHaveLength(1);
    }
    expect([...jsonPieces(report)].join('')).toBe(text);
  });

  it('does not depend on the order of members', () => {
    const backwards = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(backwards);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, backwards(member)]),
      );
    };
    expect(renderJson(backwards(sampleReport()) as AuditReport)).toBe(renderJson(sampleReport()));
  });

  it('differs between two runs in the run block alone', () => {
    const again = { ...sampleReport(), run: { startedAt: '2026-11-25T02:16:02.000Z', durationMs: 9999 } };
    const withoutRun = (text: string): string => text.replace(/ {2}"run": \{[^}]*\}/, '');
    const text = renderJson(sampleReport());
    expect(renderJson(again)).not.toBe(text);
    expect(withoutRun(renderJson(again))).toBe(withoutRun(text));
  });

  it('can be shown on a terminal whatever the resources are called', () => {
    expect(renderJson(hostileReport()).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029\uD800-\uDFFF]/u);
  });
});

describe('readReport', () => {
  const text = renderJson(sampleReport());
  const changed = (change: (document: Record<string, unknown>) => void): string => {
    const document = JSON.parse(text) as Record<string, unknown>;
    change(document);
    return JSON.stringify(document);
  };

  it.each<[string, string, RegExp]>([
    ['an empty file', '', /is empty/],
    ['white space', ' \n ', /is empty/],
    ['half a report', text.slice(0, 500), /not JSON/],
    ['no JSON', '<!DOCTYPE html>', /not JSON/],
    ['a list', '[]', /not an audit report/],
    ['null', 'null', /not an audit report/],
    ['an answer of AWS', '{"Vpcs": []}', /not an audit report/],
    ['a newer schema', changed((document) => Object.assign(document, { schemaVersion: '2' })), /schema version "2"/],
    ['no summary', changed((document) => delete document['summary']), /summary is absent/],
    [
      'results of the wrong type',
      changed((document) => Object.assign(document, { results: {} })),
      /results should be a list/,
    ],
    [
      'a result without a resource',
      changed((document) => {
        delete ((document['results'] as Record<string, unknown>[])[3] as Record<string, unknown>)['resource'];
      }),
      /results\[3\]\.resource is absent/,
    ],
    [
      'evidence of an unknown type',
      changed((document) => {
        const [first] = document['results'] as { evidence: { type: string }[] }[];
        Object.assign(first?.evidence[0] ?? {}, { type: 'rumour' });
      }),
      /results\[0\]\.evidence\[0\]\.type should be one of/,
    ],
    [
      'a control character in what is quoted',
      changed((document) => Object.assign(document['run'] as object, { startedAt: '\u001B[31m' })),
      /run\.startedAt should match/,
    ],
  ])('refuses %s in one sentence that names the file', (_, broken, reason) => {
    let thrown: unknown;
    try {
      readReport(broken, 'broken.json');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ReportUnreadable);
    const { message, code } = thrown as ReportUnreadable;
    expect(code).toBe('REPORT_UNREADABLE');
    expect(message).toMatch(/^broken\.json /);
    expect(message).toMatch(reason);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('reads a file that begins with a byte order mark', () => {
    expect(readReport(`\uFEFF${text}`)).toEqual(sampleReport());
  });

  it('judges any damage as a JSON Schema validator does', () => {
    const paths: (readonly (string | number)[])[] = [];
    const walk = (value: unknown, path: readonly (string | number)[]): void => {
      paths.push(path);
      if (typeof value !== 'object' || value === null) return;
      const entries = Array.isArray(value) ? [...value.entries()].slice(0, 3) : Object.entries(value);
      for (const [key, member] of entries) walk(member, [...path, key]);
    };
    walk(JSON.parse(text), []);
    const values = fc.constantFrom<unknown>(undefined, null, '', 'word', -2, 0.5, 70_000, true, [], {}, [{}], ['x']);
    fc.assert(
      fc.property(fc.constantFrom(...paths.slice(1)), values, (path, value) => {
        const document = JSON.parse(text) as Record<string | number, unknown>;
        let parent = document;
        for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>;
        const last = path.at(-1) as string | number;
        if (value === undefined && !Array.isArray(parent)) delete parent[last];
        else parent[last] = value ?? null;
        expect(firstViolation(schema, document) === undefined, JSON.stringify(path)).toBe(admits(document));
      }),
      { numRuns: 500 },
    );
  });
});
