/**
 * Files damaged at random: each is read, or refused with the one error that the command line turns into a sentence. The
 * seed is printed; FUZZ_SEED repeats a run and FUZZ_RUNS sets how many mutations each reader meets.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { ConfigurationUnreadable } from '../../src/findings/configuration/configuration-unreadable.ts';
import { BlockListUnreadable, readBlockList } from '../../src/findings/configuration/read-block-list.ts';
import { readConfiguration } from '../../src/findings/configuration/read-configuration.ts';
import { BaselineUnreadable } from '../../src/findings/baseline/read-baseline.ts';
import { NotComparable } from '../../src/findings/baseline/baseline-of.ts';
import { readSuppressions } from '../../src/findings/suppressions/read-suppressions.ts';
import { SuppressionsUnreadable } from '../../src/findings/suppressions/suppressions-unreadable.ts';
import {
  baselineOf,
  continued,
  diff,
  diffStatus,
  parsedJson,
  readComparable,
  readHistory,
  updated,
} from '../../src/index.ts';
import { renderLines } from '../../src/reporters/json.ts';
import { ReportUnreadable } from '../../src/reporters/read-report.ts';
import { diffText } from '../../src/reporters/diff-text.ts';
import { sampleReport } from '../reporters/sample-report.ts';
import { mutations } from './mutations.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env['FUZZ_RUNS'] ?? 4000);

const suppressions = `# ours
version: 1
suppressions:
  - id: bastion-ssh
    check: security-group-open-to-internet
    match:
      account: [111122223333, "012345678901"]
      region: eu-west-1
      resource: sg-0a1b2c3d4e5f60718
      tags: {Environment: sandbox}
      ports: [22, 8000-8100]
      cidrs: ["203.0.113.0/24", "2001:db8::/32"]
    owner: network-team@example.com
    reason: >-
      Reached by the office
      alone, until the VPN is live.
    ticket: 'NET-7'
    created: 2026-01-01
    expires: 2026-12-31
  - {id: two, check: "security-*", match: {resource_glob: sg-*}, owner: a, reason: because of that, expires: 2026-12-31}
`;

const configuration = `version: 1
public_services:
  - name: shop
    reason: The web shop is for everybody.
    ports: [80, 443, 443/udp, 8000-8100, icmp]
    cidrs: [0.0.0.0/0, "::/0"]
    vpc: vpc-0a1b2c3d4e5f60718
    tags: { Exposure: public }
known_cidrs:
  - { cidr: 203.0.113.0/24, name: Office }
trusted_accounts:
  - { id: "444455556666", name: Network team }
trusted_organizations: [o-a1b2c3d4e5]
checks:
  security-group-too-many-rules: { most_rules: 60 }
  vpc-default-present:
    disabled: Default VPCs stay, empty, in every Region.
`;

const blockList = `# seen in March
198.51.100.7
203.0.113.0/24   ; a scanner
2001:db8::/32
`;

const plain = (text: string): string => text;
const style = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };

describe('damaged files', { timeout: 600_000 }, () => {
  const whole = sampleReport();
  const known = baselineOf(whole);

  beforeAll(() => {
    process.stderr.write(`fuzz seed ${seed}, ${runs} mutations of each file\n`);
  });
  /** Tries a reader on every mutation; anything but its own errors fails the test with the text that did it. */
  function survives(
    original: string,
    read: (text: string) => void,
    errors: readonly (abstract new (...args: never[]) => Error)[],
    count = runs,
  ): void {
    let refused = 0;
    for (const text of mutations(original, count, seed)) {
      try {
        read(text);
      } catch (error) {
        refused += 1;
        if (!errors.some((kind) => error instanceof kind)) {
          throw new Error(`seed ${seed}: ${String(error)}\n${JSON.stringify(text)}`, { cause: error });
        }
        expect((error as Error).message, text).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
        expect((error as Error).message).toMatch(/^file/);
      }
    }
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(count);
  }

  it('of suppressions are read or refused', () => {
    const ids = ['security-group-open-to-internet', 'security-group-unused'];
    survives(suppressions, (text) => readSuppressions(text, 'file', ids), [SuppressionsUnreadable]);
  });

  it('of configurations are read or refused', () => {
    const checks = [
      { id: 'vpc-default-present' },
      {
        id: 'security-group-too-many-rules',
        options: [{ name: 'most_rules', title: 'how many', default: 50, least: 1, most: 1000 }],
      },
    ];
    survives(configuration, (text) => readConfiguration(text, 'file', checks), [ConfigurationUnreadable]);
  });

  it('of block lists are read or refused', () => {
    survives(blockList, (text) => readBlockList(text, 'file'), [BlockListUnreadable]);
  });

  it('of baselines are read and compared, or refused', () => {
    survives(
      renderLines(known),
      (text) => {
        const damaged = readComparable(text, 'file');
        const compared = diff(damaged, known);
        diffText(compared, style);
        diffStatus(compared, 'high');
        expect(diff(damaged, damaged).findings.new).toEqual([]);
        renderLines(updated(damaged, known).baseline);
      },
      [BaselineUnreadable, ReportUnreadable, NotComparable],
    );
  });

  it('of reports are read and compared, or refused', () => {
    survives(
      renderLines(whole),
      (text) => diffText(diff(known, readComparable(text, 'file')), style),
      [BaselineUnreadable, ReportUnreadable, NotComparable],
      // A report is much longer than the others, and most of it is held by the published schema
      runs / 8,
    );
  });

  it('of histories are read and continued, or refused', () => {
    const history = continued(undefined, whole, 400);
    survives(
      renderLines(history),
      (text) => renderLines(continued(readHistory(parsedJson(text, 'file'), 'file'), whole, 400)),
      [BaselineUnreadable],
    );
  });
});
