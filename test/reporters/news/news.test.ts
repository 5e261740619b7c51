import { assert, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport, Result } from '../../../src/findings/audit-report.ts';
import type { SinceBaseline } from '../../../src/findings/baseline/baseline-report.ts';
import type { SuppressionEntry } from '../../../src/findings/suppressions/suppressions-report.ts';
import { eventCalls, newsEvents } from '../../../src/reporters/news/events.ts';
import { newsOf } from '../../../src/reporters/news/news.ts';
import { newsHeadline, newsSections } from '../../../src/reporters/news/news-text.ts';
import { plainMessage } from '../../../src/reporters/news/plain.ts';
import { slackMessage } from '../../../src/reporters/news/slack.ts';
import { teamsMessage } from '../../../src/reporters/news/teams.ts';
import { sampleReport } from '../sample-report.ts';

const plain = sampleReport();
const noCounts = { new: 0, worse: 0, changed: 0, unchanged: 0, incomparable: 0, resolved: 0, unproven: 0 };

/** The sample as a run that is compared with one before it, everything read, nothing unknown more than then. */
const compared = (standing: (result: Result, at: number) => SinceBaseline): AuditReport => {
  const { suppressions: _, ...report } = plain;
  return {
    ...report,
    results: plain.results.map((result, at) =>
      result.outcome === 'fail' ? { ...result, sinceBaseline: standing(result, at) } : result,
    ),
    coverage: { ...plain.coverage, calls: 10, collected: 10, missingPermissions: [] },
    defects: [],
    baseline: { counts: noCounts, resolved: [], unproven: [] },
    trend: [
      {
        collectedAt: '2026-11-22T02:00:00.000Z',
        failures: plain.summary.failures,
        unknown: plain.summary.outcomes.unknown,
      },
      {
        collectedAt: '2026-11-23T02:00:00.000Z',
        failures: plain.summary.failures,
        unknown: plain.summary.outcomes.unknown,
      },
    ],
  };
};
const quiet = compared(() => 'unchanged');
const failing = plain.results.filter(({ outcome, suppression }) => outcome === 'fail' && suppression === undefined);

describe('what is news', () => {
  it('is nothing where last night found the same', () => {
    expect(failing.length).toBeGreaterThan(3);
    expect(newsOf(quiet, 'informational')).toBeUndefined();
  });

  it('is what is new or graver, from the least severity on, and nothing else', () => {
    const report = compared((_, at) => (at % 3 === 0 ? 'new' : at % 3 === 1 ? 'worse' : 'changed'));
    const wanted = report.results
      .filter(
        ({ sinceBaseline, suppression }) =>
          suppression === undefined && (sinceBaseline === 'new' || sinceBaseline === 'worse'),
      )
      .filter(({ effectiveSeverity }) => effectiveSeverity === 'critical' || effectiveSeverity === 'high');
    expect(wanted.length).toBeGreaterThan(0);
    expect(
      newsOf(report, 'high')
        ?.fresh.map(({ fingerprint }) => fingerprint)
        .toSorted(),
    ).toEqual(wanted.map(({ fingerprint }) => fingerprint).toSorted());
  });

  it('never is what somebody answers for', () => {
    const note = { id: 'jump', owner: 'net', reason: 'the jump host of the office', expires: '2027-01-01' };
    const all = compared(() => 'new');
    const suppressed = { ...all, results: all.results.map((result) => ({ ...result, suppression: note })) };
    expect(newsOf(suppressed, 'informational')).toBeUndefined();
  });

  it('is a resolved finding, unless it was suppressed', () => {
    const [first] = failing;
    if (first === undefined) throw new Error('the sample has findings');
    const known = { ...first, evidenceHash: '0'.repeat(64) };
    const withResolved = (suppressed: boolean): AuditReport => ({
      ...quiet,
      baseline: { counts: noCounts, resolved: [suppressed ? { ...known, suppressed: true } : known], unproven: [] },
    });
    expect(newsOf(withResolved(false), 'informational')?.resolved).toHaveLength(1);
    expect(newsOf(withResolved(true), 'informational')).toBeUndefined();
  });

  it('is a verdict that could be told the last time, and not one that could not be told either', () => {
    const more = { ...quiet, summary: { ...quiet.summary, outcomes: { ...quiet.summary.outcomes, unknown: 900 } } };
    expect(newsOf(more, 'critical')?.lost).toHaveLength(1);
    expect(newsOf(quiet, 'critical')).toBeUndefined();
  });

  it('speaks of a suppression on certain days before its end and on the day after, not every night', () => {
    const spoken = Array.from({ length: 30 }, (_, day) => {
      const asOf = new Date(Date.UTC(2026, 10, 1 + day)).toISOString().slice(0, 10);
      const entry: SuppressionEntry = {
        id: 'jump',
        owner: 'net',
        reason: 'the jump host of the office',
        expires: '2026-11-20',
        state: asOf > '2026-11-20' ? 'expired' : 'matched',
        findings: 1,
      };
      return newsOf({ ...quiet, suppressions: { asOf, entries: [entry] } }, 'high') === undefined ? [] : [asOf];
    });
    expect(spoken.flat()).toEqual(['2026-11-06', '2026-11-13', '2026-11-19', '2026-11-21']);
  });
});

describe('messages', () => {
  const named = (name: string, count: number): AuditReport => {
    const report = compared(() => 'new');
    const [first] = report.results.filter(({ outcome }) => outcome === 'fail');
    if (first === undefined) throw new Error('the sample has findings');
    return {
      ...report,
      results: Array.from({ length: count }, (_, at) => ({
        ...first,
        title: name,
        fingerprint: String(at),
        resource: { ...first.resource, name },
      })),
    };
  };

  it('stay within the limits of Slack whatever the names are, and carry no markup of theirs', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 4000 }), integer({ min: 1, max: 40 }), (name, count) => {
        const report = named(`<!channel> & *${name}*`, count);
        const message = slackMessage(report, newsOf(report, 'informational'), 'Exit 1.') as {
          readonly blocks: readonly { readonly type: string; readonly text?: { readonly text: string } }[];
        };
        expect(message.blocks.length).toBeLessThanOrEqual(50);
        const texts = message.blocks.flatMap(({ type, text }) =>
          text === undefined ? [] : [{ type, text: text.text }],
        );
        for (const { type, text } of texts) {
          expect(text.length).toBeLessThanOrEqual(type === 'header' ? 150 : 3000);
          expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('name ten findings and say how many more there are', () => {
    const report = named('x', 25);
    const news = newsOf(report, 'informational');
    if (news === undefined) throw new Error('there is news');
    const [section] = newsSections(news);
    expect(section?.lines).toHaveLength(11);
    expect(section?.lines.at(-1)).toBe('and 15 more');
  });

  it('give SNS a subject that it takes and Teams a card below its size', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 2000 }), (name) => {
        const report = named(name, 12);
        const news = newsOf(report, 'informational');
        const { subject, body } = plainMessage(report, news, 'Exit 1.');
        expect(subject).toMatch(/^[A-Za-z0-9][\x20-\x7e]{0,99}$/);
        expect(Buffer.byteLength(body)).toBeLessThan(256 * 1024);
        expect(Buffer.byteLength(JSON.stringify(teamsMessage(report, news, 'Exit 1.')))).toBeLessThan(28_000);
      }),
      { numRuns: 100 },
    );
  });

  it('are events of one finding each and one of the run, in calls that EventBridge takes', () => {
    const report = named('y'.repeat(3000), 37);
    const news = newsOf(report, 'informational');
    const calls = eventCalls(newsEvents(report, news, 1));
    expect(calls.flat()).toHaveLength(38);
    for (const call of calls) {
      expect(call.length).toBeLessThanOrEqual(10);
      expect(Buffer.byteLength(JSON.stringify(call))).toBeLessThan(256 * 1024);
    }
    const details = calls.flat().map(({ Detail }) => JSON.parse(Detail) as { readonly fingerprint?: string });
    expect(new Set(details.map(({ fingerprint }) => fingerprint)).size).toBe(38);
  });

  it('say that there is nothing new, if somebody wants to hear that', () => {
    expect(newsHeadline(quiet, undefined)).toMatch(/^Nothing new in \d+ accounts?$/);
  });
});
