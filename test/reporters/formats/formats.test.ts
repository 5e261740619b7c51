import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../src/findings/audit-report.ts';
import { inChunks } from '../../../src/reporters/formats/chunks.ts';
import { type FormatName, formatOfPath, loadReporter, outputFormats } from '../../../src/reporters/formats/formats.ts';
import { ReportUnreadable } from '../../../src/reporters/read-report.ts';
import { auditReport } from '../arbitraries.ts';
import { finding, report } from './plain-report.ts';

const formats = outputFormats.map(({ format }) => format);
/** The formats of this folder; the page and the native format have tests of their own. */
const ours = formats.filter((format) => format !== 'html' && format !== 'json');

const writer = async (format: FormatName): Promise<(audit: AuditReport) => string> => {
  const { render } = await loadReporter(format);
  return (audit) => [...render(audit)].join('');
};

describe('the formats', () => {
  it('are each asked for by a word of their own', () => {
    expect(formats).toEqual([
      'html',
      'json',
      'jsonl',
      'sarif',
      'ocsf',
      'asff',
      'csv',
      'junit',
      'markdown',
      'prometheus',
    ]);
  });

  it.each(outputFormats)(
    '$format is meant by its own file name and each of its endings',
    ({ format, defaultFile, endings }) => {
      expect(formatOfPath(defaultFile)).toBe(format);
      for (const ending of endings) expect(formatOfPath(`out/Nightly${ending.toUpperCase()}`)).toBe(format);
    },
  );

  it('write to different files', () => {
    expect(new Set(outputFormats.map(({ defaultFile }) => defaultFile)).size).toBe(formats.length);
    const endings = outputFormats.flatMap(({ endings: own }) => own);
    expect(new Set(endings).size).toBe(endings.length);
  });

  it('are not guessed from an ending that nobody has', () => {
    expect(['report.pdf', 'report', '', 'sarif', '.'].map(formatOfPath)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each(ours)('%s: the same report gives the same bytes, and none that steers a terminal', async (format) => {
    const write = await writer(format);
    // Prose in Markdown breaks up mentions and addresses with a joiner of its own.
    const steering =
      format === 'markdown'
        ? /(?!\u2060)[\p{Cf}\p{Cs}\u2028\u2029]|(?![\r\n])\p{Cc}/u
        : /[\p{Cf}\p{Cs}\u2028\u2029]|(?![\r\n])\p{Cc}/u;
    fc.assert(
      fc.property(auditReport(), (audit) => {
        const text = write(audit);
        expect(write(structuredClone(audit))).toBe(text);
        expect(text).not.toMatch(steering);
        expect(Buffer.from(text).toString()).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it.each(ours.filter((format) => format !== 'prometheus'))(
    '%s: another run over the same snapshot gives the same bytes',
    async (format) => {
      const write = await writer(format);
      const audit = report([finding(), finding({ outcome: 'unknown', evidence: [], fingerprint: 'b'.repeat(64) })]);
      expect(write({ ...audit, run: { startedAt: '2027-01-01T00:00:00.000Z', durationMs: 9 } })).toBe(write(audit));
    },
  );

  it.each(ours)('%s: changes with what was found', async (format) => {
    const write = await writer(format);
    const texts = [
      report([]),
      report([finding()]),
      report([finding({ effectiveSeverity: 'low' })]),
      report([finding({ outcome: 'unknown', evidence: [] })]),
    ].map(write);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it.each(ours.filter((format) => format !== 'prometheus' && format !== 'jsonl'))(
    '%s: refuses a result of a check that the report lacks, before it writes anything',
    async (format) => {
      const { render } = await loadReporter(format);
      const audit = report([finding({ checkId: 'no-such-check' })]);
      expect(() => render(audit)[Symbol.iterator]().next()).toThrow(ReportUnreadable);
    },
  );

  it('jsonl: each line is a result whole, with when it was so', async () => {
    const write = await writer('jsonl');
    fc.assert(
      fc.property(auditReport(), (audit) => {
        const lines = write(audit).split('\n');
        expect(lines.pop()).toBe('');
        expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
          audit.results.map((result) =>
            JSON.parse(JSON.stringify({ ...result, collectedAt: audit.scope.collectedAt })),
          ),
        );
      }),
    );
  });
});

describe('chunks', () => {
  it('are the same text in pieces of at least 64 K but for the last', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 100_000 })), (lengths) => {
        const pieces = lengths.map((length, at) => String.fromCharCode(97 + (at % 26)).repeat(length));
        const chunks = [...inChunks(pieces)];
        expect(chunks.join('')).toBe(pieces.join(''));
        expect(chunks.slice(0, -1).filter(({ length }) => length < 65_536)).toEqual([]);
        expect(chunks.filter((chunk) => chunk === '')).toEqual([]);
      }),
    );
  });
});
