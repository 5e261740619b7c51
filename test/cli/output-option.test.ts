import { describe, expect, it } from 'vitest';
import { parseOutputs } from '../../src/cli/output-option.ts';

describe('-o', () => {
  it('gives a format without a path its usual file in the output folder', () => {
    expect(parseOutputs(['html'], 'out', [])).toEqual([{ format: 'html', path: 'out/report.html' }]);
  });

  it('takes a path after = and the format from an ending', () => {
    expect(parseOutputs(['json=-', 'nightly.html'], 'out', [])).toEqual([
      { format: 'json', path: '-' },
      { format: 'html', path: 'nightly.html' },
    ]);
  });

  it('falls back to the defaults', () => {
    expect(parseOutputs([], 'out', ['html', 'json']).map(({ path }) => path)).toEqual([
      'out/report.html',
      'out/report.json',
    ]);
  });

  it.each([
    [['htlm'], /no format htlm.*html/],
    [['json='], /path after = is empty/],
    [['json=-', 'html=-'], /Only one output can go to stdout/],
    [['json=a', 'html=a'], /Two outputs would be written to a/],
    [['pdf=report.pdf'], /no format pdf/],
  ])('refuses %j', (values, reason) => {
    expect(() => parseOutputs(values, 'out', [])).toThrow(reason);
  });
});
