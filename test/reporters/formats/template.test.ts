import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../src/findings/audit-report.ts';
import { FormatUnusable } from '../../../src/reporters/formats/format-unusable.ts';
import { helperNames } from '../../../src/reporters/formats/template/expressions.ts';
import { templateReporter } from '../../../src/reporters/formats/template/template.ts';
import { auditReport, hostileTexts } from '../arbitraries.ts';
import { finding, report, suppression } from './plain-report.ts';

const render = (source: string, audit: AuditReport = report([finding()])): string =>
  [...templateReporter(source, 'own.txt.hbs').render(audit)].join('');

describe('a template', () => {
  it.each([
    ['{{tool.name}} {{summary.outcomes.fail}}', 'vpc-auditor 1'],
    [
      '{{#each failures}}{{check.title}}: {{resource.id}} in {{place}}{{/each}}',
      'Security group admits the internet: sg-0a1 in 111122223333/eu-west-1',
    ],
    [
      '{{#each results}}{{#each evidence}}{{type}} {{protocol}} {{fromPort}} {{text}}{{/each}}{{/each}}',
      'security-group-rule tcp 22 sg-0a1 inbound, sgr-0a1: allow tcp 22 from 0.0.0.0/0 (SSH)',
    ],
    ['{{#each results}}{{#if resource.name}}{{resource.name}}{{else}}nameless{{/if}}{{/each}}', 'nameless'],
    ['{{#each unknowns}}x{{else}}none{{/each}}', 'none'],
    ['{{#each results}}{{#if (eq effectiveSeverity "high")}}!{{/if}}{{/each}}', '!'],
    ['{{upper (join scope.regions " ")}}', 'EU-WEST-1'],
    ['{{#each results}}{{#each missing}}{{fact}}{{/each}}{{/each}}{{results.length}}', '1'],
  ])('%s', (source, expected) => {
    expect(render(source)).toBe(expected);
  });

  it('has among its failures only those that count', () => {
    const audit = report([finding(), finding({ fingerprint: 'b'.repeat(64), suppression })]);
    expect(render('{{failures.length}} of {{results.length}}', audit)).toBe('1 of 2');
    expect(render('{{#each results}}{{#if suppression}}{{suppression.owner}}{{/if}}{{/each}}', audit)).toBe(
      'network-team',
    );
  });

  it('escapes for HTML by default', () => {
    for (const name of hostileTexts) {
      const text = render(
        '{{#each results}}{{resource.name}}|{{title}}{{/each}}',
        report([finding({ title: name, resource: { name } })]),
      );
      expect(text).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#x27|#x60|#x3D);)/);
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }
  });

  it('lets a JSON file and a script element hold any value', () => {
    fc.assert(
      fc.property(auditReport(), (audit) => {
        const text = render('{{json results}}', audit);
        expect((JSON.parse(text) as readonly unknown[]).length).toBe(audit.results.length);
        expect(text).not.toMatch(/[<>]/);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['{{csv v}}', '"\'=1"'],
    ['{{xml v}}', '=1'],
    ['{{markdown v}}', '=1'],
    ['{{code v}}', '`=1`'],
    ['{{json v}}', '"=1"'],
  ])('has a helper for other languages: %s', (source, expected) => {
    const audit = report([finding({ title: '=1' })]);
    expect(render(`{{#each results}}${source.replace(' v', ' title')}{{/each}}`, audit)).toBe(expected);
  });

  it('has exactly these helpers besides those of Handlebars', () => {
    expect(helperNames).toEqual([
      'and',
      'code',
      'csv',
      'eq',
      'join',
      'json',
      'lower',
      'markdown',
      'ne',
      'not',
      'or',
      'upper',
      'xml',
    ]);
  });

  it.each([
    ['{{#each results}\n{{/each}}', /own\.txt\.hbs.*line 1/],
    ['one\ntwo {{', /line 2/],
    ['{{#each results}}\n{{/if}}', /each doesn't match if/],
    ['{{> other}}', /partial other could not be found/],
  ])('that is broken is refused before anything is rendered: %j', (source, message) => {
    const compile = (): string => render(source);
    expect(compile).toThrow(FormatUnusable);
    expect(compile).toThrow(message);
  });

  it('that does not parse is refused before there is a report', () => {
    expect(() => templateReporter('{{#each}', 'own.hbs')).toThrow(FormatUnusable);
  });

  it.each([
    ['\n{{reslts}}', /line 2: there is no reslts/],
    ['{{#each reslts}}x{{/each}}', /#each is given something that is not there/],
    ['{{#if sumary.failures}}x{{/if}}', /what is asked for failures is not there/],
    ['{{#unless tool.nam}}x{{/unless}}', /#unless is given something that is not there/],
    ['{{#each results}}{{resource.nam}}{{/each}}', /there is no nam/],
    ['{{#each results}}{{#if (eq outcom "fail")}}x{{/if}}{{/each}}', /eq is given something that is not there/],
    ['{{json reslts}}', /json is given something that is not there/],
    ['{{loud tool.name}}', /there is no loud/],
    ['{{log tool.name}}', /there is no log/],
    ['{{#*inline "a"}}{{> a}}{{/inline}}{{> a}}', /includes itself/],
  ])('that asks for what is not there prints nothing but an error: %j', (source, message) => {
    expect(() => render(source)).toThrow(FormatUnusable);
    expect(() => render(source)).toThrow(message);
  });

  it.each([
    '{{constructor}}',
    '{{constructor.constructor}}',
    '{{#each results}}{{constructor}}{{/each}}',
    '{{lookup this "constructor"}}',
    '{{lookup this "__proto__"}}',
    '{{#with (lookup this "constructor")}}{{name}}{{/with}}',
    '{{tool.name.constructor}}',
    '{{@root.constructor}}',
    '{{{tool.toString}}}',
  ])('reaches nothing but the report: %s', (source) => {
    let text = '';
    try {
      text = render(source);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatUnusable);
    }
    expect(text).toBe('');
  });

  it.each([
    ['summary.html.hbs', 'summary.html', 'text/html'],
    ['/etc/own.md.hbs', 'own.md', 'text/plain'],
    ['own.handlebars', 'own', 'text/plain'],
    ['.hbs', 'report.txt', 'text/plain'],
  ])('%s writes %s', (file, defaultFile, mediaType) => {
    expect(templateReporter('', file)).toMatchObject({ defaultFile, mediaType });
  });

  it('may ask any result for any member, whatever the report leaves out', () => {
    const members = [
      '{{checkId}}{{outcome}}{{severity}}{{effectiveSeverity}}{{headline}}{{place}}{{title}}{{fingerprint}}{{reason}}{{sinceBaseline}}{{firstSeen}}',
      '{{#if suppression}}{{suppression.id}}{{suppression.ticket}}{{suppression.reason}}{{suppression.expires}}{{/if}}',
      '{{resource.type}}{{resource.id}}{{resource.arn}}{{resource.vpcId}}{{resource.name}}{{resource.accountId}}',
      '{{check.title}}{{check.rationale}}{{check.remediation}}{{join check.standards ","}}{{check.outcomes.fail}}',
      '{{#each grounds}}{{this}}{{/each}}{{#each missing}}{{fact}}{{iamAction}}{{/each}}{{#each assumedOff}}{{this}}{{/each}}',
      '{{#if fix}}{{fix.summary}}{{fix.terraform}}{{#each fix.cli}}{{this}}{{/each}}{{/if}}{{#if path}}{{path.verdict}}{{/if}}',
      '{{#each evidence}}{{text}}{{type}}{{peer}}{{service}}{{ruleNumber}}{{value}}{{fromPort}}{{/each}}',
    ].join('');
    const others =
      '{{scope.collectedAt}}{{#if scope.caller}}{{scope.caller.arn}}{{/if}}{{#each coverage.rows}}{{failure}}{{errorCode}}{{message}}{{/each}}' +
      '{{#if summary.new}}{{summary.new.high}}{{/if}}{{#if baseline}}{{baseline.counts.new}}{{/if}}{{#each trend}}{{unknown}}{{/each}}' +
      '{{#each coverage.notVisible}}{{region}}{{/each}}{{#each defects}}{{message}}{{/each}}{{run.startedAt}}';
    fc.assert(
      fc.property(auditReport(), (audit) => {
        expect(render(`{{#each results}}${members}{{/each}}${others}`, audit)).toBeTypeOf('string');
      }),
      { numRuns: 50 },
    );
  });
});
