import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../src/findings/audit-report.ts';
import type { RegionName } from '../../../src/model/id.ts';
import { renderPrometheus } from '../../../src/reporters/formats/prometheus.ts';
import { auditReport } from '../arbitraries.ts';
import { finding, report, suppression } from './plain-report.ts';

const write = (audit: AuditReport): string => [...renderPrometheus(audit)].join('');

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Reads the text format 0.0.4 (Prometheus docs, "Exposition formats") and throws where a line is none of its lines, a
 * sample has no type before it, or a series occurs twice.
 */
function parsed(text: string): readonly Sample[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const typed = new Set<string>();
  const seen = new Set<string>();
  return text
    .slice(0, -1)
    .split('\n')
    .flatMap((line) => {
      const comment = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line);
      if (comment !== null) {
        if (comment[1] === 'TYPE') {
          if (comment[3] !== 'gauge' || typed.has(comment[2] ?? '')) throw new Error(line);
          typed.add(comment[2] ?? '');
        }
        return [];
      }
      const sample = /^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (-?[0-9.]+(?:e[+-]?\d+)?)$/.exec(
        line,
      );
      if (sample === null || !typed.has(sample[1] ?? '')) throw new Error(line);
      const series = `${sample[1]}{${sample[2] ?? ''}}`;
      if (seen.has(series)) throw new Error(`twice: ${line}`);
      seen.add(series);
      const labels = [...(sample[2] ?? '').matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [
        name ?? '',
        (value ?? '').replaceAll(/\\(.)/g, '$1'),
      ]);
      return [
        {
          name: sample[1] ?? '',
          labels: Object.fromEntries(labels) as Record<string, string>,
          value: Number(sample[3]),
        },
      ];
    });
}

const values = (audit: AuditReport, name: string): readonly (readonly [Sample['labels'], number])[] =>
  parsed(write(audit))
    .filter((sample) => sample.name === `vpc_auditor_${name}`)
    .map(({ labels, value }) => [labels, value]);

describe('prometheus', () => {
  it('is the text format, whatever the report says', () => {
    fc.assert(
      fc.property(auditReport(), (audit) => {
        expect(parsed(write(audit)).length).toBeGreaterThan(0);
        expect(write(audit).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
      { numRuns: 150 },
    );
  });

  it('names no resource, and counts every failure of the report once', () => {
    fc.assert(
      fc.property(auditReport(), (audit) => {
        const names = new Set(parsed(write(audit)).flatMap(({ labels }) => Object.keys(labels)));
        expect(
          [...names].filter(
            (name) =>
              !['version', 'severity', 'account', 'region', 'check', 'outcome', 'action', 'standing', 'state'].includes(
                name,
              ),
          ),
        ).toEqual([]);
        const sum = (name: string): number => values(audit, name).reduce((total, [, value]) => total + value, 0);
        expect(sum('findings') + sum('suppressed_findings')).toBe(audit.summary.outcomes.fail);
        expect(sum('account_findings')).toBe(sum('findings'));
        expect(sum('account_unknown_results')).toBe(audit.summary.outcomes.unknown);
      }),
    );
  });

  it('writes a zero for a place that was read and is clean, so that an alert ends', () => {
    expect(values(report([]), 'account_findings')).toContainEqual([
      { account: '111122223333', region: 'eu-west-1', severity: 'critical' },
      0,
    ]);
  });

  it('says nothing of places where the failures are not listed', () => {
    const audit = report([]);
    const summary = { ...audit.summary, listed: ['unknown' as const] };
    expect(values({ ...audit, summary }, 'account_findings')).toEqual([]);
  });

  it('is complete only where all was read and nothing broke', () => {
    const whole = report([finding()]);
    const lacking = { ...whole, coverage: { ...whole.coverage, collected: 1, ratio: 0.5 } };
    const empty = { ...whole, coverage: { ...whole.coverage, calls: 0, collected: 0, ratio: 0 } };
    expect([whole, lacking, empty].map((audit) => values(audit, 'complete')[0]?.[1])).toEqual([1, 0, 0]);
    expect(values(lacking, 'coverage_ratio')).toEqual([[{}, 0.5]]);
  });

  it('counts what is suppressed and what is new apart', () => {
    const audit = report([finding({ sinceBaseline: 'new' }), finding({ fingerprint: 'b'.repeat(64), suppression })]);
    const high = (name: string): number | undefined =>
      values(audit, name).find(([{ severity }]) => severity === 'high')?.[1];
    expect([high('findings'), high('new_findings'), high('suppressed_findings')]).toEqual([1, 1, 1]);
    expect(values(report([]), 'new_findings')).toEqual([]);
  });

  it('counts suppressions by what they do', () => {
    const entries = [
      { ...suppression, state: 'matched', findings: 1, expiresSoon: true },
      { ...suppression, state: 'expired', findings: 0 },
    ] as const;
    const audit = { ...report([]), suppressions: { asOf: '2026-11-24', entries } };
    expect(values(audit, 'suppressions').map(([{ state }, count]) => [state, count])).toEqual([
      ['matched', 1],
      ['expired', 1],
      ['unused', 0],
      ['not-tested', 0],
    ]);
    expect(values(audit, 'suppressions_expiring')).toEqual([[{}, 1]]);
  });

  it('counts an exposed interface once', () => {
    const traffic = [{ protocol: 'all', sourceAddresses: ['0.0.0.0/0'], destinationAddresses: ['all'] }];
    const exposed = (networkInterfaceId: string, changes: object) =>
      ({
        kind: 'ipv6',
        accountId: '111122223333',
        region: 'eu-west-1',
        vpcId: 'vpc-0a1',
        subnetId: 'subnet-0a1',
        securityGroupIds: [],
        addresses: [{ networkInterfaceId, privateAddress: '2001:db8::1' }],
        admittedTraffic: [],
        possibleTraffic: [],
        deliveredTraffic: [],
        rules: [],
        targets: [],
        missing: [],
        example: { from: 'internet', to: networkInterfaceId },
        ...changes,
      }) as const;
    const exposures = [
      exposed('eni-0a1', { admittedTraffic: traffic }),
      exposed('eni-0a1', { admittedTraffic: traffic, possibleTraffic: traffic }),
      exposed('eni-0a2', { possibleTraffic: traffic }),
      exposed('eni-0a3', { deliveredTraffic: traffic }),
    ];
    const audit = { ...report([]), exposures };
    expect(values(audit, 'exposed_interfaces')).toEqual([[{}, 1]]);
    expect(values(audit, 'possibly_exposed_interfaces')).toEqual([[{}, 1]]);
  });

  it('gives times in seconds', () => {
    expect(values(report([]), 'evidence_timestamp_seconds')).toEqual([[{}, Date.UTC(2026, 10, 24, 2, 0) / 1000]]);
    expect(values(report([]), 'last_run_timestamp_seconds')).toEqual([
      [{}, Date.UTC(2026, 10, 24, 2, 15) / 1000 + 1.5],
    ]);
    expect(values(report([]), 'run_duration_seconds')).toEqual([[{}, 1.5]]);
  });

  it('escapes what would end a label', () => {
    const region = 'eu"} 1\n# HELP \\' as RegionName;
    const audit = report([finding({ resource: { region } })]);
    expect(values(audit, 'account_unknown_results').map(([labels]) => labels['region'])).toContain(
      'eu"} 1⟨U+000A⟩# HELP \\',
    );
  });
});
