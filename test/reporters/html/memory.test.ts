import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../src/reporters/html/render.ts';
import { islandOf } from '../../../src/reporters/html/island.ts';
import { openFindings } from '../../../src/findings/open-findings.ts';
import { memorySummary } from '../../../src/reporters/memory-text.ts';
import { terminalSummary } from '../../../src/reporters/terminal.ts';
import { payloads } from '../hostile-report.ts';
import { rememberedReport } from '../remembered-report.ts';
import { sampleReport } from '../sample-report.ts';

const section = (html: string, id: string): string =>
  new RegExp(`<section id="${id}"[\\s\\S]*?</section>`).exec(html)?.[0] ?? '';
const plain = (text: string): string => text;
const style = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };

describe('the page of an audit that remembers', () => {
  const report = rememberedReport();
  const html = renderHtml(report);
  const suppressed = report.results.filter(({ suppression }) => suppression !== undefined);
  const ofStanding = (standing: string) => report.results.filter(({ sinceBaseline }) => sinceBaseline === standing);

  it('has every kind of thing to say', () => {
    expect(suppressed).toHaveLength(1);
    for (const standing of ['new', 'worse', 'changed', 'unchanged'])
      expect(ofStanding(standing).length).toBeGreaterThan(0);
    expect(report.baseline?.unproven.length).toBeGreaterThan(0);
    expect(report.suppressions?.entries.map(({ state }) => state)).toEqual(['matched', 'expired', 'not-tested']);
    expect(report.trend).toHaveLength(2);
  });

  it('puts what is suppressed into a section of its own, with who answers for it, and nowhere else', () => {
    const own = section(html, 'suppressed');
    for (const { fingerprint, resource, suppression } of suppressed) {
      expect(own).toContain(`id="f-${fingerprint}"`);
      for (const part of [
        resource.id,
        suppression?.id,
        suppression?.owner,
        suppression?.reason,
        suppression?.expires,
        suppression?.ticket,
      ]) {
        expect(own).toContain(part);
      }
      const data = islandOf(openFindings(report));
      expect(data.strings).not.toContain(fingerprint);
      expect(section(html, 'findings')).not.toContain(`"f-${fingerprint}"`);
    }
    expect(own).toContain('over');
    expect(own).toContain('idle');
  });

  it('names what is new, gone, and not proven to be gone', () => {
    const news = section(html, 'news');
    for (const { fingerprint } of [...ofStanding('new'), ...ofStanding('worse'), ...ofStanding('changed')]) {
      expect(news).toContain(`href="#f-${fingerprint}"`);
    }
    for (const { fingerprint } of ofStanding('unchanged')) expect(news).not.toContain(fingerprint);
    for (const { resource } of report.baseline?.resolved ?? []) expect(news).toContain(resource.id);
    for (const { finding } of report.baseline?.unproven ?? []) expect(news).toContain(finding.resource.id);
  });

  it('lets the list be narrowed by it, and says since when a finding stands', () => {
    const { facets, columns, strings } = islandOf(openFindings(report));
    expect(facets.map(({ key }) => key)).toContain('standing');
    const values = new Set((columns['standing'] ?? []).map((ref) => strings[ref]));
    for (const value of values) {
      if (value !== '') expect(facets.find(({ key }) => key === 'standing')?.words).toHaveProperty(value ?? '');
    }
    expect(values).toContain('new');
    expect(html).toContain('First seen: 1 October 2026');
    expect(html).toMatch(/<polyline points="0,[\d.]+ 100,[\d.]+"\/>/);
  });

  it('has no id twice, and every link leads somewhere', () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  it('says nothing of it where nothing is remembered', () => {
    const bare = renderHtml(sampleReport());
    expect([section(bare, 'news'), section(bare, 'suppressed')]).toEqual(['', '']);
    expect(bare).not.toMatch(/#news|#suppressed|<polyline/);
  });

  it.each(payloads)('shows %s as the words that it is', (payload) => {
    const page = renderHtml(rememberedReport(payload)).replace(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, '');
    for (const [tag] of page.matchAll(/<[a-z][^>]*>/gi)) {
      expect(tag).not.toMatch(/\s(style|on[a-z]+|src|srcset|srcdoc|action|formaction)=/i);
    }
    expect(page).not.toMatch(/<(img|iframe|object|embed|base|video|audio|svg [^>]*onload)/i);
    expect(page).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/);
  });
});

describe('the terminal of an audit that remembers', () => {
  const report = rememberedReport();

  it('leaves what is suppressed out of what it counts and names', () => {
    const text = terminalSummary(report, style);
    expect(text).toContain('1 suppressed');
    const open = openFindings(report);
    expect(text.split('\n')[0]).toContain(`${open.summary.outcomes.fail} findings`);
  });

  it('says what is new and which suppressions need care', () => {
    const text = memorySummary(report, style);
    expect(text).toMatch(/^Baseline {2}\d+ new, 1 graver, 1 changed/m);
    expect(text).toMatch(/expired over \(network team\): ended on 2026-01-01; 1 finding counts again/);
    expect(memorySummary(sampleReport(), style)).toBe('');
    for (const payload of payloads) {
      expect(memorySummary(rememberedReport(payload), style).replaceAll('\n', '')).not.toMatch(
        /[\p{Cc}\p{Cf}\u2028\u2029]/u,
      );
    }
  });
});
