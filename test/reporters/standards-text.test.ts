import { describe, expect, it } from 'vitest';
import { assessStandards } from '../../src/auditors/assess-standard.ts';
import type { AuditReport } from '../../src/findings/audit-report.ts';
import { renderMarkdown } from '../../src/reporters/formats/markdown/markdown.ts';
import { controlReason, standardLines } from '../../src/reporters/standards-text.ts';
import { sampleReport as makeReport } from './sample-report.ts';

const { standards: _, ...sampleReport } = makeReport();
const plain = (text: string): string => text;
const style = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };
const withStandards = (requested: readonly string[]): AuditReport => ({
  ...sampleReport,
  standards: assessStandards(sampleReport, requested),
});

describe('standards in text', () => {
  it('are told control by control where they were asked for, and only there', () => {
    const asked = withStandards(['cis-7.0']);
    const controls = asked.standards?.[0]?.controls ?? [];
    expect(controls.length).toBeGreaterThan(10);
    const terminal = standardLines(asked, style).join('\n');
    const markdown = [...renderMarkdown(asked)].join('');
    for (const { id, title } of controls) {
      expect(terminal).toContain(`${id} `);
      expect(terminal).toContain(title);
      expect(markdown).toContain(`| ${id} ${title}`);
    }
    expect(standardLines(withStandards([]), style)).toEqual([]);
    expect(standardLines(sampleReport, style)).toEqual([]);
    expect([...renderMarkdown(withStandards([]))].join('')).not.toContain('| Control |');
  });

  it('say why a control stands as it does', () => {
    const base = { id: '1', title: 't', checks: ['a'], failures: 0, suppressed: 0, unknowns: 0 } as const;
    expect(controlReason({ ...base, outcome: 'fail', failures: 3, suppressed: 1 })).toBe('3 findings, 1 suppressed');
    expect(controlReason({ ...base, outcome: 'fail', failures: 2, suppressed: 2, unknowns: 1 })).toBe(
      '2 findings, all suppressed, 1 unknown',
    );
    expect(controlReason({ ...base, outcome: 'unknown', unknowns: 2 })).toBe('2 unknowns');
    expect(controlReason({ ...base, outcome: 'manual' })).toMatch(/person/);
    expect(controlReason({ ...base, outcome: 'pass' })).toBe('');
  });
});
