import { describe, expect, it } from 'vitest';
import { terminalSummary } from '../../src/reporters/terminal.ts';
import type { TerminalStyle } from '../../src/reporters/terminal-style.ts';
import { hostileReport } from './hostile-report.ts';
import { cleanReport, largeReport, oneRuleReport, sampleReport } from './sample-report.ts';

const same = (text: string): string => text;
const plain: TerminalStyle = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };
const tagged: TerminalStyle = {
  bold: (text) => `<b>${text}</b>`,
  dim: (text) => `<dim>${text}</dim>`,
  red: (text) => `<red>${text}</red>`,
  yellow: (text) => `<yellow>${text}</yellow>`,
  green: (text) => `<green>${text}</green>`,
  cyan: (text) => `<cyan>${text}</cyan>`,
};

describe('terminalSummary', () => {
  it('tells the counts, the worst findings with their place, and what was not read', () => {
    const text = terminalSummary(sampleReport(), plain);
    for (const part of [
      '46 findings, 5 unknown, 137 passed',
      'sg-09e3779b97f4a7c15 bastion',
      '111122223333 eu-central-1',
      '98.1 % of 324 planned readings',
      'ec2.DescribeFlowLogs: UnauthorizedOperation, in 3 Regions of 777788889999',
      'allow: ec2:DescribeFlowLogs and ec2:GetManagedPrefixListEntries',
      'Not visible: 1 account 123456789012',
      '4 for want of a reading, 1 beyond what is modelled',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/Critical +2 /);
    expect(text.indexOf('critical  ')).toBeLessThan(text.indexOf('medium  '));
  });

  it('estimates the cost by the hour as a lower bound, where something has no price', () => {
    const [line] = terminalSummary(sampleReport(), plain)
      .split('\n')
      .filter((one) => one.startsWith('Cost'));
    for (const part of [
      'estimate: at least $1,234.50 a month',
      '$1,234.50 of it',
      '2026-01-01',
      'eu-west-1',
      '--prices',
    ])
      expect(line).toContain(part);
    const { cost: _, ...older } = sampleReport();
    expect(terminalSummary(older, plain)).not.toContain('Cost');
  });

  it('names what the internet reaches before the checks', () => {
    const lines = terminalSummary(sampleReport(), plain).split('\n');
    const reached = lines.findIndex((line) => line.startsWith('The internet reaches 1 interface'));
    expect(lines[reached + 1]).toMatch(/^  critical +i-0204e2332b4998765 203\.0\.113\.5  TCP 22 \(SSH\) and TCP 443/);
    expect(reached).toBeLessThan(lines.indexOf('Worst first'));
    expect(terminalSummary(cleanReport(), plain)).toContain('The internet reaches nothing here.');
  });

  it('says in words what colours say, so that the styles are only an addition', () => {
    const untagged = terminalSummary(sampleReport(), tagged).replaceAll(/<\/?(b|dim|red|yellow|green|cyan)>/g, '');
    expect(untagged).toBe(terminalSummary(sampleReport(), plain));
    expect(terminalSummary(cleanReport(), tagged)).toContain('<green>100 % of 36 planned readings answered</green>');
    expect(terminalSummary(sampleReport(), tagged)).toContain('<yellow>98.1 %');
  });

  it('never lets a name steer the terminal', () => {
    const text = terminalSummary(hostileReport(), plain);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
    expect(text).toContain('⟨U+');
  });

  it('stays one screen however much was found', () => {
    const lines = terminalSummary(largeReport(5000), plain).split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(lines.join('\n')).toContain('more');
  });

  it('says in one line what one rule opens', () => {
    const lines = terminalSummary(oneRuleReport(44), plain).split('\n');
    expect(lines.filter((line) => line.includes('all-traffic'))).toHaveLength(1);
    expect(lines.find((line) => line.includes('all-traffic'))).toContain('and 43 more by the same rule');
    expect(lines.find((line) => line.startsWith('  critical  '))).toContain('(1, and 43 milder by the same rules)');
  });

  it('reports a defect of the program as one', () => {
    const [place] = sampleReport().results;
    if (place === undefined) throw new Error('the sample has results');
    const { accountId, region } = place.resource;
    const defects = [{ checkId: 'route-blackhole', accountId, region, message: 'TypeError: \u001B[2J boom' }];
    const text = terminalSummary({ ...sampleReport(), defects }, plain);
    expect(text).toContain('route-blackhole');
    expect(text).toContain('⟨U+001B⟩');
  });
});
