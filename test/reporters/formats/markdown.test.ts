import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport, Result } from '../../../src/findings/audit-report.ts';
import type { AccountId } from '../../../src/model/id.ts';
import { code, prose } from '../../../src/reporters/formats/markdown/escape.ts';
import { renderMarkdown } from '../../../src/reporters/formats/markdown/markdown.ts';
import { familiesOf } from '../../../src/reporters/same-rule.ts';
import { auditReport, hostileText, hostileTexts } from '../arbitraries.ts';
import { finding, report, suppression } from './plain-report.ts';

const write = (audit: AuditReport): string => [...renderMarkdown(audit)].join('');

/**
 * The code spans of a line (CommonMark §6.1): a run of backticks and the next run of the same length. What is left are
 * the words outside them.
 */
function outsideCode(line: string): string {
  let rest = line;
  let outside = '';
  for (;;) {
    const open = /`+/.exec(rest);
    if (open === null) return outside + rest;
    outside += rest.slice(0, open.index);
    rest = rest.slice(open.index + open[0].length);
    const close = [...rest.matchAll(/`+/g)].find(([run]) => run === open[0]);
    if (close === undefined) throw new Error(`a code span does not end: ${line.slice(0, 200)}`);
    outside += '\u0001';
    rest = rest.slice(close.index + open[0].length);
  }
}

/** The cells of a row as every dialect cuts them: at each bar that no backslash escapes (GFM §4.10). */
function cellsOf(row: string): readonly string[] {
  if (/\\\\+\|/.test(row)) throw new Error(`a bar that dialects read differently: ${row.slice(0, 200)}`);
  return row.split(/(?<!\\)\|/).slice(1, -1);
}

/** What a renderer or the platform around it would take for more than words. */
function markupIn(line: string): readonly string[] {
  const words = outsideCode(line).replaceAll(/&#\d+;/g, '\u0002');
  const found: readonly (readonly [string, RegExp])[] = [
    ['HTML', /[<>]/],
    ['a character reference', /&/],
    ['a link or an image', /[[\]]/],
    ['a mention', /@/],
    ['a reference to an issue', /#\d/],
    ['an address', /:\/\/|www\./i],
    ['an emoji', /:[\w+-]+:/],
    ['mathematics', /\$/],
    ['struck-through text', /~/],
    ['an escape', /\\(?!\|)/],
  ];
  return found.filter(([, pattern]) => pattern.test(words)).map(([what]) => what);
}

describe('prose', () => {
  it('holds no markup, no edge of a cell and no line break, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const written = prose(text);
        expect(markupIn(written)).toEqual([]);
        expect(written).not.toMatch(/[|*_`\n]/);
        expect(written).not.toMatch(/^(?:[-+]|\d+[.)](?:\s|$)|\s)/);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['plain words, 10.0.0.0/8 and more.', 'plain words, 10.0.0.0/8 and more.'],
    ['a|b', 'a&#124;b'],
    ['@octocat', '&#64;\u2060octocat'],
    ['- item', '&#45; item'],
    ['1. item', '1&#46; item'],
    ['10.0.0.0/8 is admitted', '10.0.0.0/8 is admitted'],
    ['https://evil.example', 'https:\u2060//evil.example'],
  ])('writes %j as %j', (text, expected) => {
    expect(prose(text)).toBe(expected);
  });
});

describe('code', () => {
  it('is one code span that gives back the text as it is seen, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const written = code(text);
        if (written === '—') return;
        expect(outsideCode(written)).toBe('\u0001');
        expect(cellsOf(`|${written}|`)).toEqual([written]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['web', '`web`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b', '`a\\|b`'],
    ['a\\|b', '`a⟨U+005C⟩\\|b`'],
    ['', '—'],
  ])('writes %j as %s', (text, expected) => {
    expect(code(text)).toBe(expected);
  });
});

describe('markdown', () => {
  it('stays below 64 KB and keeps its shape, whatever the report says', () => {
    fc.assert(
      fc.property(auditReport(), (audit) => {
        const text = write(audit);
        expect(Buffer.byteLength(text)).toBeLessThan(64_000);
        const lines = text.split('\n');
        expect(lines.flatMap(markupIn)).toEqual([]);
        const rows = lines.filter((line) => line.startsWith('| ')).map((line) => cellsOf(line).length);
        expect(rows.filter((cells) => ![2, 3, 4, 6].includes(cells))).toEqual([]);
        const open = audit.results.filter(
          ({ outcome, suppression }) => outcome === 'fail' && suppression === undefined,
        );
        const reached = audit.exposures.filter(({ admittedTraffic }) => admittedTraffic.length > 0);
        const tableOf = (items: number): number => (items === 0 ? 0 : items + 2);
        expect(rows.filter((cells) => cells === 6)).toHaveLength(tableOf(familiesOf(open).length));
        expect(rows.filter((cells) => cells === 4)).toHaveLength(tableOf(reached.length));
      }),
      { numRuns: 150 },
    );
  });

  it('stays below 64 KB with ten thousand findings of long names, and counts those that do not fit', () => {
    const name = '@|'.repeat(500);
    const results = Array.from({ length: 10_000 }, (_, at) =>
      finding({ fingerprint: at.toString(16).padStart(64, '0'), title: name, resource: { name, id: `${at}${name}` } }),
    );
    const text = write(report(results));
    expect(Buffer.byteLength(text)).toBeLessThan(64_000);
    const shown = text.split('\n').filter((line) => line.startsWith('| High |') && cellsOf(line).length === 6).length;
    expect(shown).toBeGreaterThan(0);
    expect(text).toContain(`${(10_000 - shown).toLocaleString('en')} more findings in the full report.`);
  });

  it('stays below 64 KB although a great deal was not read', () => {
    const clean = report([]);
    const reason = '@'.repeat(3000);
    const notVisible = Array.from({ length: 500 }, (_, at) => ({
      accountId: String(100_000_000_000 + at) as AccountId,
      reason,
    }));
    const missingPermissions = Array.from({ length: 500 }, (_, at) => ({
      iamAction: `${'`'.repeat(400)}${at}`,
      readings: at,
    }));
    const defects = Array.from({ length: 500 }, (_, at) => ({
      checkId: `c${at}${reason}`,
      accountId: clean.scope.accounts[0] as AccountId,
      region: reason as never,
      message: reason,
    }));
    const text = write({ ...clean, coverage: { ...clean.coverage, notVisible, missingPermissions }, defects });
    expect(Buffer.byteLength(text)).toBeLessThan(64_000);
    expect(text).toMatch(/more/);
  });

  it('says what was found, and the worst first', () => {
    const low = finding({
      fingerprint: 'b'.repeat(64),
      effectiveSeverity: 'low',
      title: 'nobody reaches SSH',
      resource: { id: 'sg-0a2' },
    });
    const text = write(report([finding(), low]));
    expect(text).toContain('2 findings (1 high and 1 low)');
    expect(text).toContain(
      '| High | The internet reaches SSH (`security-group-open-to-internet`) | security group `sg-0a1` | `111122223333/eu-west-1` | `sg-0a1 inbound, sgr-0a1: allow tcp 22 from 0.0.0.0/0 (SSH)` |  |',
    );
    expect(text.indexOf('The internet reaches SSH')).toBeLessThan(text.indexOf('Nobody reaches SSH'));
  });

  it('tells once what one rule causes', () => {
    const rdp = finding({ fingerprint: 'b'.repeat(64), title: 'the internet reaches RDP' });
    const text = write(report([finding(), rdp]));
    expect(text).toContain(
      '| The internet reaches SSH, and 1 more by the same rule (`security-group-open-to-internet`) |',
    );
    expect(text).not.toContain('RDP');
    expect(text).not.toContain('in the full report');
  });

  it('says what cannot be told and the permission that would tell it', () => {
    const unknown: Result = finding({
      outcome: 'unknown',
      evidence: [],
      missing: [{ fact: 'The rules were not read', iamAction: 'ec2:DescribeSecurityGroups' }],
    });
    const audit = report([unknown]);
    const missingPermissions = [{ iamAction: 'ec2:DescribeSecurityGroups', readings: 3 }];
    const text = write({ ...audit, coverage: { ...audit.coverage, collected: 1, ratio: 0.5, missingPermissions } });
    expect(text).toContain('**1 verdict cannot be told.**');
    expect(text).toContain('- `ec2:DescribeSecurityGroups` is missing and cost 3 readings');
    expect(text).toContain(
      '- `security-group-open-to-internet`: 1; The rules were not read (allow ec2:DescribeSecurityGroups)',
    );
    expect(text).toContain('Read 50 % of what was planned (1 of 2).');
  });

  it('counts what is suppressed and does not list it', () => {
    const text = write(
      report([finding(), finding({ fingerprint: 'b'.repeat(64), title: 'the bastion is open', suppression })]),
    );
    expect(text).toContain('1 finding (1 high)');
    expect(text).toContain('1 finding suppressed.');
    expect(text).not.toContain('bastion is open');
  });

  it('says what is new and what is gone since the baseline', () => {
    const counts = { new: 1, worse: 0, changed: 0, unchanged: 4, incomparable: 0, resolved: 2, unproven: 3 };
    const audit = { ...report([finding({ sinceBaseline: 'new' })]), baseline: { counts, resolved: [], unproven: [] } };
    const text = write(audit);
    expect(text).toContain('1 new since the baseline, 2 resolved and 3 not seen, which proves nothing.');
    expect(text).toContain('| High | 1 | 1 |');
    expect(text).toContain('| High, new | The internet reaches SSH');
  });

  it('shows what the internet reaches', () => {
    const exposed = {
      kind: 'public-ipv4',
      accountId: '111122223333',
      region: 'eu-west-1',
      vpcId: 'vpc-0a1',
      subnetId: 'subnet-0a1',
      securityGroupIds: ['sg-0a1'],
      addresses: [
        {
          networkInterfaceId: 'eni-0a1',
          instanceId: 'i-0a1',
          privateAddress: '10.0.1.10',
          publicAddress: '203.0.113.9',
        },
        { networkInterfaceId: 'eni-0a2', privateAddress: '10.0.1.11', publicAddress: '203.0.113.10' },
      ],
      admittedTraffic: [
        {
          protocol: 'tcp',
          sourceAddresses: ['0.0.0.0/0'],
          destinationAddresses: ['all'],
          destinationPortRanges: [{ from: 22, to: 22 }],
        },
      ],
      possibleTraffic: [],
      deliveredTraffic: [],
      rules: [],
      targets: [],
      missing: [],
      example: { from: 'internet', to: 'eni-0a1' },
    } as const;
    const text = write({ ...report([]), exposures: [exposed, { ...exposed, admittedTraffic: [] }] });
    expect(text).toContain(
      '| `i-0a1` `203.0.113.9` and 1 more | `tcp 22 from 0.0.0.0/0` | `vpc-0a1` | `111122223333/eu-west-1` |',
    );
  });

  it('names the suppressions that somebody should look at', () => {
    const entry = (id: string, changes: object) =>
      ({ ...suppression, id, state: 'matched', findings: 2, ...changes }) as const;
    const entries = [
      entry('kept', {}),
      entry('over', { state: 'expired' }),
      entry('soon', { expiresSoon: true }),
      entry('idle', { state: 'unused', findings: 0 }),
    ];
    const text = write({ ...report([]), suppressions: { asOf: '2026-11-24', entries } });
    expect(text).toContain('- `over` of `network-team` ended on `2027-01-31`: 2 findings count again');
    expect(text).toContain('- `soon` of `network-team` ends on `2027-01-31`: 2 findings will count');
    expect(text).toContain('- `idle` of `network-team` matches nothing');
    expect(text).not.toContain('`kept`');
  });

  it('does not call a report clean whose unknown verdicts are only counted', () => {
    const audit = report([]);
    const summary = { ...audit.summary, outcomes: { ...audit.summary.outcomes, unknown: 7 } };
    expect(write({ ...audit, summary })).toContain('7 verdicts that the report counts and does not list');
  });

  it.each(hostileTexts)('shows %j and nothing else', (text) => {
    const audit = report([finding({ title: text, resource: { name: text, id: text }, fix: { summary: text } })]);
    expect(write(audit).split('\n').flatMap(markupIn)).toEqual([]);
  });
});
