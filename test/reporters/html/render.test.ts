import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../src/findings/audit-report.ts';
import { packageRoot } from '../../../src/model/tool.ts';
import { writtenOut } from '../../../src/reporters/html/findings-view.ts';
import { pageScript, scriptModules } from '../../../src/reporters/html/page-script.ts';
import { renderHtml } from '../../../src/reporters/html/render.ts';
import { hostileReport, payloads } from '../hostile-report.ts';
import { cleanReport, largeReport, sampleReport } from '../sample-report.ts';

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const countOf = (text: string, part: string): number => text.split(part).length - 1;
const idsIn = (html: string): readonly string[] => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? '');
const templates = ['', 'partials', 'script'].flatMap((folder) =>
  readdirSync(join(packageRoot, 'templates', folder))
    .filter((name) => name.includes('.'))
    .map((name) => ({ name, text: readFileSync(join(packageRoot, 'templates', folder, name), 'utf8') })),
);

describe('the page', () => {
  const html = renderHtml(sampleReport());

  it('admits its one style and its one script by their hashes, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    const [style] = /(?<=<style>)[\s\S]*?(?=<\/style>)/.exec(html) ?? [];
    const [script] = /(?<=<script>)[\s\S]*?(?=<\/script>)/.exec(html) ?? [];
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${sha256(style ?? '')}`,
      `script-src ${sha256(script ?? '')}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ]);
    expect(countOf(html, '<style')).toBe(1);
    // The other is data, which no browser runs.
    expect([...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script type="application/json" id="island" data-encoding="json">',
      '<script>',
    ]);
  });

  it.each([
    ['the sample', sampleReport],
    ['a hostile report', hostileReport],
    ['a clean audit', cleanReport],
  ])('of %s has no inline style or handler and loads nothing', (_, make) => {
    const page = renderHtml(make()).replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
    for (const [tag] of page.matchAll(/<[a-z][^>]*>/g)) {
      expect(tag).not.toMatch(/\s(style|on[a-z]+|src|srcset|srcdoc|action|formaction|background|data|ping)=/);
      if (tag.includes('href=')) expect(tag).toMatch(/^<a [^>]*href="(#[^"]*|https:\/\/[^"]*)"/);
    }
    expect(page).not.toMatch(/<(img|iframe|object|embed|link|base|video|audio|form [^>]*action)\b/);
  });

  it('is the same twice, and differs between runs in one place', () => {
    expect(renderHtml(sampleReport())).toBe(html);
    const again = renderHtml({
      ...sampleReport(),
      run: { startedAt: '2027-01-02T03:04:05.000Z', durationMs: 1 },
    });
    expect(again).not.toBe(html);
    const withoutRun = (page: string): string => page.replace(/<span id="run">.*?<\/span>/, '');
    expect(withoutRun(again)).toBe(withoutRun(html));
  });

  it('does not depend on the order in which a saved report lists things', () => {
    const report = sampleReport();
    const shuffled: AuditReport = {
      ...report,
      results: report.results.toReversed(),
      checks: report.checks.toReversed(),
    };
    expect(renderHtml(shuffled)).toBe(html);
  });

  it('has an anchor for each finding and each open question, and every link within it leads somewhere', () => {
    for (const make of [sampleReport, hostileReport, cleanReport]) {
      const report = make();
      const page = renderHtml(report);
      const ids = idsIn(page);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { fingerprint } of report.results) expect(ids).toContain(`f-${fingerprint}`);
      for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    }
  });

  it('has a script whose modules are all in its list, and which parses as one', () => {
    const listed = readdirSync(join(packageRoot, 'templates', 'script')).sort();
    expect([...scriptModules].sort()).toEqual(listed);
    const script = pageScript(join(packageRoot, 'templates', 'script'));
    expect(script).not.toMatch(/^(import|export) /m);
    expect(() => new Script(script)).not.toThrow();
  });

  it('says of each finding its rules, ports, blocks, resource and place', () => {
    const text = html.replaceAll(/<[^>]*>/g, ' ').replaceAll('&#x3D;', '=');
    for (const { evidence, resource, fix, outcome } of sampleReport().results) {
      for (const part of [resource.id, resource.name ?? '', resource.accountId, resource.region]) {
        expect(text).toContain(part);
      }
      for (const item of evidence) {
        if (item.type === 'security-group-rule') {
          for (const part of [item.securityGroupRuleId ?? '', item.peer, String(item.fromPort)])
            expect(text).toContain(part);
        }
        if (item.type === 'network-acl-entry') expect(text).toContain(`entry ${item.ruleNumber}`);
      }
      if (outcome === 'fail') for (const line of fix?.cli ?? []) expect(text).toContain(line);
    }
  });

  it('puts coverage before findings, and names what would mend it', () => {
    expect(html.indexOf('id="coverage"')).toBeLessThan(html.indexOf('id="severities"'));
    expect(html.indexOf('id="severities"')).toBeLessThan(html.indexOf('id="findings"'));
    for (const part of ['ec2:DescribeFlowLogs', 'RequestLimitExceeded', 'me-south-1', '123456789012', '98.1 %']) {
      expect(html).toContain(part);
    }
  });

  it('puts each thing where a reader looks for it', () => {
    const order = [
      'summary',
      'coverage',
      'exposure',
      'findings',
      'maps',
      'organisation',
      'depth',
      'standards',
      'connectivity',
      'unknowns',
      'checks',
    ];
    const at = order.map((id) => html.indexOf(`<section id="${id}"`));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at[0]).toBeGreaterThan(0);
  });

  it('leads from a control to what its checks found, and from a check that did not run nowhere', () => {
    const controls = html.slice(html.indexOf('<section id="standards"'));
    expect(controls).toContain('<a href="#check-network-acl-open-to-admin-ports">');
    expect(controls).toContain('<code>a-check-that-was-left-out</code>');
    expect(controls).not.toContain('#check-a-check-that-was-left-out');
    for (const part of ['5 findings, 2 suppressed', '3 unknown', 'Instances are not judged here.'])
      expect(controls).toContain(part);
  });

  it('says in words what each drawing shows', () => {
    const maps = html.slice(html.indexOf('<section id="maps"'), html.indexOf('<section id="standards"'));
    expect([...maps.matchAll(/<svg class="map"[^>]* role="img" aria-label="[^"]+">\n<title>/g)]).toHaveLength(2);
    const table = maps.slice(maps.indexOf('The same as a table'));
    for (const part of ['subnet-0c', '1,000 instances, 2 load balancers', 'reached through a load balancer', 'rtb-0b'])
      expect(table).toContain(part);
    expect(table).toContain('vpc-auditor trace --from eni-0a --to eni-0b');
    expect(table).toContain('a security group opened (sg-0a, sg-0b and 1 more) would expose 1,000 interfaces');
  });

  it('draws the way there and back of what is reached, with the rule at each hop', () => {
    const section = html.slice(html.indexOf('<section id="exposure"'), html.indexOf('<section id="severities"'));
    const [exposed] = sampleReport().exposures;
    for (const { component, rule } of [
      ...(exposed?.path?.forwardPathComponents ?? []),
      ...(exposed?.path?.returnPathComponents ?? []),
    ]) {
      if (component.type !== 'internet') expect(section).toContain(`<code>${component.id}</code>`);
      if (rule?.type === 'security-group-rule') expect(section).toContain(rule.securityGroupRuleId);
      if (rule?.type === 'network-acl-entry') expect(section).toContain(`rule ${rule.ruleNumber}`);
      if (rule?.type === 'route') expect(section).toContain(`<code>${rule.target}</code>`);
    }
    expect(section).toContain('aws ec2 revoke-security-group-ingress');
    expect(section).toContain('resource &quot;aws_vpc_security_group_ingress_rule&quot;');
    expect(section).toContain('the instances behind shop');
  });

  it('never calls an audit complete that is not', () => {
    const { coverage } = sampleReport();
    const nearly = renderHtml({
      ...sampleReport(),
      coverage: { ...coverage, ratio: 9999 / 10_000, calls: 10_000, collected: 9999 },
    });
    expect(nearly).toContain('99.9 %');
    expect(nearly).not.toContain('100 %');
    expect(renderHtml(cleanReport())).toContain('100 %');
  });

  it('escapes whatever comes from outside, and shows every character of it', () => {
    const page = renderHtml(hostileReport());
    const own = page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
    for (const payload of payloads.filter((text) => text.includes('<'))) expect(own).not.toContain(payload);
    expect(own.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
    for (const code of ['202E', '2066', '001B', '009B', '0000', '200B', 'FEFF', '2028', 'D800', 'E0041']) {
      expect(own).toContain(`⟨U+${code}⟩`);
    }
    expect(own).not.toMatch(/href="(?!#|https:)/);
  });
});

describe('a long report', () => {
  it('is written out while it fits', () => {
    const html = renderHtml(largeReport(writtenOut));
    expect(countOf(html, '<details class="finding"')).toBe(writtenOut);
    expect(html).not.toContain('report.json');
  });

  it.each([1000, 10_000])('of %i findings loses none without saying so', (failures) => {
    const html = renderHtml(largeReport(failures));
    const left = [...html.matchAll(/class="notice">([\d,]+) more findings? of this check in report\.json/g)]
      .map(([, count]) => Number((count ?? '').replaceAll(',', '')))
      .reduce((sum, count) => sum + count, 0);
    expect(countOf(html, '<details class="finding"')).toBe(writtenOut);
    expect(writtenOut + left).toBe(failures);
    expect(html.slice(html.indexOf('id="written"'))).toContain('report.json');
    expect(Buffer.byteLength(html)).toBeLessThan(2_500_000);
  });

  it('gives a rare check its room beside a noisy one', () => {
    const html = renderHtml(largeReport(10_000));
    for (const anchor of ['id="high-security-group-open-to-internet"', 'id="low-route-blackhole"']) {
      const group = html.slice(html.indexOf(anchor));
      expect(countOf(group.slice(0, group.indexOf('</article>')), '<details class="finding"')).toBe(100);
    }
  });

  it('names a few of very many places, and says how many there are', () => {
    const { coverage } = sampleReport();
    const [row] = coverage.rows;
    if (row === undefined) throw new Error('the sample has coverage');
    const rows = Array.from({ length: 500 }, (_, at) => ({
      ...row,
      accountId: String(100_000_000_000 + at) as typeof row.accountId,
      status: 'failed' as const,
      collected: 0,
    }));
    const html = renderHtml({ ...sampleReport(), coverage: { ...coverage, rows } });
    const lost = html.slice(html.indexOf('What was not read'));
    expect(lost.slice(0, lost.indexOf('</table>'))).toContain('and 494 more accounts');
  });
});

describe('the templates', () => {
  it('escape everything: no triple stash, no unescaped variable', () => {
    expect(templates.some(({ name }) => name === 'report.hbs')).toBe(true);
    for (const { name, text } of templates.filter((template) => template.name.endsWith('.hbs'))) {
      expect(text, name).not.toMatch(/\{\{\{|\{\{~?&/);
    }
  });

  it('have a style and a script that cannot end before their end', () => {
    for (const { name, text } of templates.filter((template) => !template.name.endsWith('.hbs'))) {
      expect(text, name).not.toMatch(/<\/(style|script)|<!--/i);
      expect(text, name).not.toMatch(/https?:|url\(|@import|innerHTML|insertAdjacentHTML|\beval\b|Function\(/);
    }
  });
});
