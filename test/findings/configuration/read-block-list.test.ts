import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockListUnreadable, readBlockList } from '../../../src/findings/configuration/read-block-list.ts';

const read = (text: string): readonly string[] => readBlockList(text, 'list.txt');

describe('a block list', () => {
  it('holds addresses and CIDRs of both families, with comments, each once', () => {
    const text = '\uFEFF# feed\r\n198.51.100.7\r\n\r\n  203.0.113.0/24 ; SBL1\n2001:db8::/32 # six\n198.51.100.7/32\n';
    expect(read(text)).toEqual(['198.51.100.7', '203.0.113.0/24', '2001:db8::/32']);
  });

  it.each<[string, string, RegExp]>([
    ['a word', '198.51.100.7\nexample.com', /^list\.txt, line 2: "example\.com"/],
    ['a prefix that is too long', '# a\n\n10.0.0.0/33', /line 3/],
    ['two addresses in a line', '198.51.100.7 198.51.100.8', /line 1/],
    ['a range', '198.51.100.7-198.51.100.9', /line 1/],
    ['nothing', '# only words\n', /lists no address/],
    ['control characters', '\u001b[2J', /line 1: "\\u001b/],
  ])('with %s is refused in one sentence', (_, text, sentence) => {
    expect(() => read(text)).toThrow(BlockListUnreadable);
    expect(() => read(text)).toThrow(sentence);
  });

  it('is read or refused, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())), (lines) => {
        try {
          expect(read(lines.join('\n')).length).toBeLessThanOrEqual(lines.length * 2);
        } catch (error) {
          expect(error).toBeInstanceOf(BlockListUnreadable);
        }
      }),
    );
  });
});
