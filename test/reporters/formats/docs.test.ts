import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outputFormats } from '../../../src/reporters/formats/formats.ts';
import { helperNames } from '../../../src/reporters/formats/template/expressions.ts';
import { templateReporter } from '../../../src/reporters/formats/template/template.ts';
import { finding, report } from './plain-report.ts';

const page = readFileSync(new URL('../../../docs/formats.md', import.meta.url), 'utf8');

describe('the page on formats', () => {
  it('names every format with its file, and no other', () => {
    const rows = [...page.matchAll(/^\| `([a-z]+)` \| `([a-z.-]+)` \| [^|]+ \|$/gm)].map(([, format, file]) => [
      format,
      file,
    ]);
    expect(rows).toEqual(outputFormats.map(({ format, defaultFile }) => [format, defaultFile]));
  });

  it('shows a template that renders', () => {
    const source = /```handlebars\n([^]*?)```/.exec(page)?.[1] ?? '';
    const render = (audit: ReturnType<typeof report>): string =>
      [...templateReporter(source, 'own.hbs').render(audit)].join('');
    expect(render(report([finding()]))).toBe(
      'HIGH the internet reaches SSH: sg-0a1 in 111122223333/eu-west-1\n' +
        '  sg-0a1 inbound, sgr-0a1: allow tcp 22 from 0.0.0.0/0 (SSH)\n',
    );
    expect(render(report([]))).toBe('Nothing fails; 0 cannot be told.\n');
  });

  it('names every helper', () => {
    const section = page.slice(page.indexOf('## Your own template'));
    expect(
      helperNames.filter((name) => !section.includes(`\`${name}\``) && !section.includes(`\`{{${name} x}}\``)),
    ).toEqual([]);
  });
});
