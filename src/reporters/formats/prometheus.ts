import type { AuditReport, Summary } from '../../findings/audit-report.ts';
import { grouped } from '../../findings/grouped.ts';
import { compareText, outcomes } from '../../findings/order.ts';
import { severities } from '../../model/verdict/severity.ts';
import { visibleText } from '../visible-text.ts';
import { placeText } from './result-text.ts';
import { isSuppressed } from './standing.ts';

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

/** A gauge with its samples. */
interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/**
 * Prometheus text format 0.0.4 for the textfile collector of node_exporter: gauges without timestamps. No label names a
 * resource, so the number of series is bounded by accounts, Regions, checks and permissions. Metrics of the run itself
 * (when, how long) are the only ones that differ between two runs over one snapshot.
 */
export function* renderPrometheus(report: AuditReport): Generator<string> {
  for (const { name, help, samples } of gaugesOf(report)) {
    yield `# HELP vpc_auditor_${name} ${help}\n# TYPE vpc_auditor_${name} gauge\n`;
    for (const [labels, value] of series(samples)) yield `vpc_auditor_${name}${labels} ${value}\n`;
  }
}

/** One line per set of labels, since a reader refuses a file that has two. */
function series(samples: readonly Sample[]): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const [labels, value] of samples) {
    const text = labelsText(labels);
    values.set(text, (values.get(text) ?? 0) + value);
  }
  return values;
}

const one = (value: number): readonly Sample[] => [[{}, value]];

function gaugesOf(report: AuditReport): readonly Gauge[] {
  const { tool, run, scope, coverage, checks, defects, summary } = report;
  const finished = (Date.parse(run.startedAt) + run.durationMs) / 1000;
  const complete = coverage.calls > 0 && coverage.collected === coverage.calls && coverage.notVisible.length === 0;
  return [
    {
      name: 'build_info',
      help: 'The version that wrote this file; always 1.',
      samples: [[{ version: tool.version }, 1]],
    },
    {
      name: 'findings',
      help: 'Failures that are not suppressed, by effective severity.',
      samples: severities.map((severity) => [{ severity }, summary.failures[severity]]),
    },
    ...rememberedGauges(report),
    ...byPlace(report),
    ...exposureGauges(report),
    {
      name: 'check_results',
      help: 'Results of a check by outcome.',
      samples: checks.flatMap(({ id, outcomes: counts }) =>
        outcomes.map((outcome): Sample => [{ check: id, outcome }, counts[outcome]]),
      ),
    },
    { name: 'unknown_results', help: 'Results that cannot be told.', samples: one(summary.outcomes.unknown) },
    { name: 'defects', help: 'Checks that broke: defects of the program.', samples: one(defects.length) },
    { name: 'coverage_ratio', help: 'Readings answered of those planned, 0 to 1.', samples: one(coverage.ratio) },
    {
      name: 'missing_permission_readings',
      help: 'Readings that a missing permission cost.',
      samples: coverage.missingPermissions.map(({ iamAction, readings }) => [{ action: iamAction }, readings]),
    },
    {
      name: 'not_visible',
      help: 'Accounts and Regions that exist and were not looked at.',
      samples: one(coverage.notVisible.length),
    },
    {
      name: 'complete',
      help: '1 where everything was read and no check broke, else 0.',
      samples: one(complete && defects.length === 0 ? 1 : 0),
    },
    ...(scope.collectedAt === undefined
      ? []
      : [
          {
            name: 'evidence_timestamp_seconds',
            help: 'When the evidence was collected.',
            samples: one(Date.parse(scope.collectedAt) / 1000),
          },
        ]),
    { name: 'last_run_timestamp_seconds', help: 'When the audit ended.', samples: one(finished) },
    { name: 'run_duration_seconds', help: 'How long the audit took.', samples: one(run.durationMs / 1000) },
  ];
}

const bySeverity = (name: string, help: string, counts: Summary['suppressed']): readonly Gauge[] =>
  counts === undefined
    ? []
    : [{ name, help, samples: severities.map((severity): Sample => [{ severity }, counts[severity]]) }];

/** What is known of earlier audits and decided about findings; only what was asked for. */
function rememberedGauges({ summary, suppressions, baseline }: AuditReport): readonly Gauge[] {
  const states = tally((suppressions?.entries ?? []).map(({ state }) => state));
  const soon = (suppressions?.entries ?? []).filter(({ expiresSoon }) => expiresSoon === true).length;
  return [
    ...bySeverity('suppressed_findings', 'Failures that are suppressed, by effective severity.', summary.suppressed),
    ...bySeverity('new_findings', 'Failures that the baseline lacks or knew as milder.', summary.new),
    ...(baseline === undefined
      ? []
      : [
          {
            name: 'baseline_findings',
            help: 'Findings of this audit and of the baseline by how they stand to each other.',
            samples: Object.entries(baseline.counts).map(([standing, count]): Sample => [{ standing }, count]),
          },
        ]),
    ...(suppressions === undefined
      ? []
      : [
          {
            name: 'suppressions',
            help: 'Suppressions by what they do.',
            samples: (['matched', 'expired', 'unused', 'not-tested'] as const).map(
              (state): Sample => [{ state }, states.get(state) ?? 0],
            ),
          },
          {
            name: 'suppressions_expiring',
            help: 'Suppressions in use that end within two weeks.',
            samples: one(soon),
          },
        ]),
  ];
}

/** How many interfaces the internet reaches, and how many it may reach. */
function exposureGauges({ exposures }: AuditReport): readonly Gauge[] {
  const reached = interfacesOf(exposures.filter(({ admittedTraffic }) => admittedTraffic.length > 0));
  const possible = interfacesOf(exposures.filter(({ possibleTraffic }) => possibleTraffic.length > 0));
  return [
    { name: 'exposed_interfaces', help: 'Network interfaces that the internet reaches.', samples: one(reached.size) },
    {
      name: 'possibly_exposed_interfaces',
      help: 'Network interfaces that the internet may reach, depending on what was not read, and is not known to.',
      samples: one([...possible].filter((id) => !reached.has(id)).length),
    },
  ];
}

const interfacesOf = (classes: AuditReport['exposures']): ReadonlySet<string> =>
  new Set(classes.flatMap(({ addresses }) => addresses.map(({ networkInterfaceId }) => networkInterfaceId)));

/** Counts by account and Region are made from the listed results, so they exist only for the outcomes that are listed. */
function byPlace({ results, summary, coverage }: AuditReport): readonly Gauge[] {
  const looked = [...grouped(coverage.rows, placeText).values()].map(([row]) => row);
  const places = [...grouped([...looked, ...results.map(({ resource }) => resource)], placeText)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, [{ accountId, region }]]) => ({ key, labels: { account: accountId, region } }));
  const failures = tally(
    results.flatMap((result) =>
      result.outcome === 'fail' && !isSuppressed(result)
        ? [`${placeText(result.resource)} ${result.effectiveSeverity}`]
        : [],
    ),
  );
  const unknowns = tally(
    results.flatMap((result) => (result.outcome === 'unknown' ? [placeText(result.resource)] : [])),
  );
  const rows = grouped(coverage.rows, placeText);
  return [
    ...(summary.listed.includes('fail')
      ? [
          {
            name: 'account_findings',
            help: 'Failures that are not suppressed, by account, Region and effective severity.',
            samples: places.flatMap(({ key, labels }) =>
              severities.map((severity): Sample => [{ ...labels, severity }, failures.get(`${key} ${severity}`) ?? 0]),
            ),
          },
        ]
      : []),
    ...(summary.listed.includes('unknown')
      ? [
          {
            name: 'account_unknown_results',
            help: 'Results that cannot be told, by account and Region.',
            samples: places.map(({ key, labels }): Sample => [labels, unknowns.get(key) ?? 0]),
          },
        ]
      : []),
    {
      name: 'account_coverage_ratio',
      help: 'Readings answered of those planned, by account and Region.',
      samples: places.flatMap(({ key, labels }): readonly Sample[] => {
        const calls = (rows.get(key) ?? []).reduce((sum, row) => sum + row.calls, 0);
        const collected = (rows.get(key) ?? []).reduce((sum, row) => sum + row.collected, 0);
        return calls === 0 ? [] : [[labels, collected / calls]];
      }),
    },
  ];
}

function tally(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** A label's value escapes backslash and quote; a line break cannot be in a visible text. */
const escaped = (value: string): string => visibleText(value).replaceAll(/["\\]/g, (mark) => `\\${mark}`);
