import type { AuditReport, Result } from '../../../findings/audit-report.ts';
import { checksOf } from '../check-of.ts';
import { jsonText } from '../json-text.ts';
import { isSuppressed } from '../standing.ts';
import { type Counts, type LeftOut, notificationDescriptors, notificationsOf } from './notifications.ts';
import { sarifLimits } from './limits.ts';
import { sarifResult } from './result.ts';
import { rulesOf } from './rules.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * SARIF 2.1.0 (OASIS) as GitHub code scanning takes it: one run, because GitHub takes no more than 20 and an organisation
 * has more accounts and Regions than that, and no `automationDetails`, so that the category of the upload counts. Passes
 * and suppressed findings are not written: GitHub ignores `kind` and `suppressions` and would show them as open alerts, as it
 * closes an alert that is gone. The worst 5,000 results are written. What is left out is counted in notifications.
 */
export function* renderSarif(report: AuditReport): Generator<string> {
  checksOf(report);
  const judged = report.results.filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown');
  const results = judged.filter((result) => !isSuppressed(result));
  const written = results.slice(0, sarifLimits.results);
  const rules = rulesOf(report.checks, written);
  const leftOut = {
    beyondLimit: counts(results.slice(sarifLimits.results)),
    suppressed: counts(judged.filter(isSuppressed)),
  };
  yield `{"$schema":${jsonText(schema)},"version":"2.1.0","runs":[{"tool":${jsonText(toolOf(report, rules.descriptors))},`;
  yield `"invocations":[${jsonText(invocationOf(report, leftOut))}],"columnKind":"utf16CodeUnits",`;
  yield `"properties":${jsonText(propertiesOf(report, judged.length - written.length))},"results":[`;
  for (const [at, result] of written.entries()) {
    yield `${at === 0 ? '' : ','}\n${jsonText(sarifResult(result, rules.indexOf(result)))}`;
  }
  yield '\n]}]}\n';
}

function toolOf({ tool: { name, version } }: AuditReport, rules: readonly object[]): object {
  // SARIF's semanticVersion must be one (§3.19.12); version may be any text.
  const semantic = /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/.test(version);
  return {
    driver: {
      name,
      version,
      ...(semantic ? { semanticVersion: version } : {}),
      rules,
      notifications: notificationDescriptors,
    },
  };
}

/** Successful only where everything was read, nothing lies outside the view and no check broke. */
function invocationOf(report: AuditReport, leftOut: LeftOut): object {
  const { coverage, defects } = report;
  const complete = coverage.calls > 0 && coverage.collected === coverage.calls;
  return {
    executionSuccessful: complete && coverage.notVisible.length === 0 && defects.length === 0,
    toolExecutionNotifications: notificationsOf(report, leftOut),
  };
}

const propertiesOf = ({ scope, summary, coverage }: AuditReport, leftOut: number): object => ({
  accounts: scope.accounts,
  regions: scope.regions,
  collectedAt: scope.collectedAt,
  coverage: { calls: coverage.calls, collected: coverage.collected },
  outcomes: summary.outcomes,
  failures: summary.failures,
  resultsLeftOut: leftOut,
});

/** In the order of the report, so the worst first. */
function counts(results: readonly Result[]): Counts {
  const tally = new Map<string, number>();
  for (const { outcome, effectiveSeverity } of results) {
    const words = outcome === 'unknown' ? 'unknown' : effectiveSeverity;
    tally.set(words, (tally.get(words) ?? 0) + 1);
  }
  return tally;
}
