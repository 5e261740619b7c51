import type { AuditReport, CoverageRow, Result } from '../../../findings/audit-report.ts';
import { grouped } from '../../../findings/grouped.ts';
import { compareText } from '../../../findings/order.ts';
import { capitalised, counted } from '../../wording.ts';
import { checksOf } from '../check-of.ts';
import { groundsOf, headline, placeText, resourceText, sentence } from '../result-text.ts';
import { isSuppressed, suppressionText } from '../standing.ts';
import { startTag, textElement } from './xml.ts';

/** What a test case came to. */
type Verdict = 'passed' | 'failure' | 'error' | 'skipped';

interface Case {
  readonly classname: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** Writes the element inside it; nothing inside one that passed. Asked only when it is written, not when it is counted. */
  readonly body?: () => string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/**
 * JUnit XML as Jenkins and GitLab read it: a suite per account and Region with a case per check and resource, `failure`
 * where it failed, `skipped` where that is suppressed and `error` where it cannot be told; a suite of the readings that are missing and the checks that broke;
 * and, since passes are seldom listed, a suite of the checks of which no case tells, so that a clean audit is no empty file.
 */
export function* renderJunit(report: AuditReport): Generator<string> {
  checksOf(report);
  const counts = total(report);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n${startTag('testsuites', { name: report.tool.name, ...counts })}\n`;
  for (const suite of suitesOf(report)) yield* suiteText(suite);
  yield '</testsuites>\n';
}

interface Counts extends Readonly<Record<string, number>> {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function countsOf(cases: Iterable<Case>): Counts {
  const counts = { tests: 0, passed: 0, failure: 0, error: 0, skipped: 0 };
  for (const { verdict } of cases) {
    counts.tests += 1;
    counts[verdict] += 1;
  }
  return { tests: counts.tests, failures: counts.failure, errors: counts.error, skipped: counts.skipped };
}

function total(report: AuditReport): Counts {
  return countsOf(allCases(report));
}

function* allCases(report: AuditReport): Generator<Case> {
  for (const { cases } of suitesOf(report)) yield* cases;
}

function* suiteText({ name, cases }: Suite): Generator<string> {
  yield `  ${startTag('testsuite', { name, ...countsOf(cases) })}\n`;
  for (const { classname, name: title, body } of cases) {
    yield body === undefined
      ? `    ${startTag('testcase', { classname, name: title }, '/>')}\n`
      : `    ${startTag('testcase', { classname, name: title })}${body()}</testcase>\n`;
  }
  yield '  </testsuite>\n';
}

/** Made one after the other, so that one suite at a time lies in memory. */
function* suitesOf(report: AuditReport): Generator<Suite> {
  const told = new Set(report.results.map(({ checkId }) => checkId));
  const silent = report.checks.filter(({ id }) => !told.has(id)).map(checkCase);
  if (silent.length > 0) yield { name: 'checks', cases: silent };
  const gaps = [...gapCases(report)];
  if (gaps.length > 0) yield { name: 'coverage', cases: gaps };
  const places = [...grouped(report.results, ({ resource }) => placeText(resource))].sort(([a], [b]) =>
    compareText(a, b),
  );
  for (const [place, results] of places) yield { name: place, cases: resourceCases(results) };
}

/** A check of which no result is listed: passed where it found nothing, skipped where it had nothing to judge. */
function checkCase({ id, title, outcomes }: AuditReport['checks'][number]): Case {
  const { fail, unknown, pass } = outcomes;
  const base = { classname: 'checks', name: `${id}: ${title}` };
  const said = { message: `${counted(fail, 'failure')}, ${unknown} unknown, ${pass} passed` };
  if (fail > 0)
    return { ...base, verdict: 'failure', body: () => startTag('failure', { ...said, type: 'fail' }, '/>') };
  if (unknown > 0)
    return { ...base, verdict: 'error', body: () => startTag('error', { ...said, type: 'unknown' }, '/>') };
  if (pass === 0)
    return { ...base, verdict: 'skipped', body: () => startTag('skipped', { message: 'nothing to judge' }, '/>') };
  return { ...base, verdict: 'passed' };
}

function* gapCases({ coverage, defects }: AuditReport): Generator<Case> {
  for (const row of coverage.rows) {
    if (row.status === 'collected') continue;
    const body = (): string => startTag('error', { type: row.failure ?? row.status, message: lostText(row) }, '/>');
    yield { classname: `coverage.${placeClass(row)}`, name: `${row.service} ${row.operation}`, verdict: 'error', body };
  }
  for (const { accountId, region, reason } of coverage.notVisible) {
    const body = (): string => startTag('error', { type: 'not-visible', message: reason }, '/>');
    yield { classname: `coverage.${accountId}`, name: region ?? 'account', verdict: 'error', body };
  }
  for (const { checkId, accountId, region, message } of defects) {
    const body = (): string => startTag('error', { type: 'defect', message }, '/>');
    yield {
      classname: `coverage.${placeClass({ accountId, region })}`,
      name: `${checkId} broke`,
      verdict: 'error',
      body,
    };
  }
}

function lostText({ status, errorCode, message, iamAction, calls, collected }: CoverageRow): string {
  const why = [errorCode, message].filter((part) => part !== undefined).join(': ');
  const what = `${status}, ${calls - collected} of ${counted(calls, 'reading')}${why === '' ? '' : `: ${why}`}`;
  return `${sentence(what)} It needs ${iamAction}.`;
}

/** Results of one check and resource are one case: a reader of JUnit keeps one failure of a case. */
function resourceCases(results: readonly Result[]): readonly Case[] {
  const cases = grouped(results, ({ checkId, resource }) => JSON.stringify([checkId, resource.type, resource.id]));
  return [...cases.values()].map((these) => {
    const [worst = these[0], ...others] = these.filter((result) => !isSuppressed(result));
    const base = { classname: `${placeClass(worst.resource)}.${worst.checkId}`, name: resourceText(worst) };
    switch (worst.outcome) {
      case 'pass':
        return { ...base, verdict: 'passed' };
      case 'not-applicable':
        return { ...base, verdict: 'skipped', body: () => startTag('skipped', { message: worst.reason ?? '' }, '/>') };
      case 'unknown':
        return { ...base, verdict: 'error', body: () => explained('error', 'unknown', [worst, ...others]) };
      case 'fail':
        if (worst.suppression !== undefined) {
          const message = these.flatMap(({ suppression }) =>
            suppression === undefined ? [] : [suppressionText(suppression)],
          );
          return {
            ...base,
            verdict: 'skipped',
            body: () => startTag('skipped', { message: message.join('; ') }, '/>'),
          };
        }
        return {
          ...base,
          verdict: 'failure',
          body: () => explained('failure', worst.effectiveSeverity, [worst, ...others]),
        };
      default:
        return worst.outcome satisfies never;
    }
  });
}

function explained(element: 'failure' | 'error', type: string, results: readonly [Result, ...Result[]]): string {
  const lines = results.flatMap((result) => [
    `${capitalised(headline(result))} (${result.outcome === 'fail' ? result.effectiveSeverity : result.outcome})`,
    ...groundsOf(result).map((ground) => `  ${ground}`),
    ...(result.fix === undefined ? [] : [`  Fix: ${result.fix.summary}`]),
  ]);
  return textElement(element, { type, message: capitalised(headline(results[0])) }, lines);
}

/** Jenkins reads a class name as packages: a dot between account, Region and check, none within. */
const placeClass = ({ accountId, region }: { readonly accountId: string; readonly region: string }): string =>
  `${accountId}.${region}`;
