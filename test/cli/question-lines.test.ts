import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, questionOfLine } from '../../src/cli/question-lines.ts';

async function read(chunks: readonly Uint8Array[]): Promise<readonly (string | undefined)[]> {
  const out: (string | undefined)[] = [];
  async function* source(): AsyncGenerator<Uint8Array> {
    yield* chunks;
  }
  for await (const line of linesOf(source())) out.push(line);
  return out;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const cut = (data: Uint8Array, at: readonly number[]): readonly Uint8Array[] => {
  const places = [...new Set([0, ...at.map((one) => one % (data.length + 1)), data.length])].sort((a, b) => a - b);
  return places.slice(1).map((to, index) => data.slice(places[index], to));
};

describe('lines of questions', () => {
  it('are the same however the text comes in', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll(/[\r\n\uFEFF]/g, '')),
      fc.constantFrom('', ' ', '\t', '{"from":"internet"}'),
    );
    const text = fc.tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean());
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(300), { maxLength: 6 }), async ([lines, end, ended], at) => {
        const whole = lines.join(end) + (ended ? end : '');
        // A plain reading: split, blank lines empty, those at the end left out
        const plain = new TextDecoder()
          .decode(bytes(whole))
          .split('\n')
          .map((one) => (one.endsWith('\r') ? one.slice(0, -1) : one))
          .map((one) => (one.trim() === '' ? '' : one));
        while (plain.at(-1) === '') plain.pop();
        expect(await read(cut(bytes(whole), at))).toEqual(plain);
      }),
    );
  });

  it('too long to be questions are refused without being kept, and the next one is read', async () => {
    const long = bytes('x'.repeat(1 << 20));
    expect(await read([bytes('a\n'), long, long, bytes('\nb\n'), long])).toEqual(['a', undefined, 'b', undefined]);
    expect(await read([bytes(`${'x'.repeat(70_000)}\nb`)])).toEqual([undefined, 'b']);
    expect(questionOfLine(undefined)).toMatchObject({ error: { message: /longer than 65536 characters/ } });
  });

  it.each([
    ['', /empty/],
    ['internet', /not JSON/],
    ['{"from": "internet", "to": "i-1"', /not JSON/],
    ['[]', /an object with from and to/],
    ['null', /an object with from and to/],
    ['"internet"', /an object with from and to/],
    ['{}', /from is missing/],
    ['{"from": "internet"}', /to is missing/],
    ['{"from": "", "to": "i-1"}', /from is empty/],
    ['{"from": 7, "to": "i-1"}', /from is no text/],
    ['{"from": "internet", "to": ["i-1"]}', /to is no text/],
    ['{"from": "internet", "to": "i-1", "port": "443"}', /port must be a whole number, and is "443"/],
    ['{"from": "internet", "to": "i-1", "port": 443.5}', /port must be a whole number, and is 443\.5/],
    ['{"from": "internet", "to": "i-1", "port": null}', /port must be a whole number, and is null/],
    ['{"from": "internet", "to": "i-1", "protocol": 6}', /protocol must be a text/],
    ['{"from": "internet", "to": "i-1", "ports": [443]}', /no member "ports"; it may have from, to, protocol, port/],
    ['{"from": "internet", "to": "i-1", "__proto__": {}}', /no member "__proto__"/],
    [`{"from": ${'['.repeat(20_000)}${']'.repeat(20_000)}, "to": "i-1"}`, /from is no text/],
    [`${'['.repeat(20_000)}${']'.repeat(20_000)}`, /an object with from and to/],
  ])('that are none say why: %.60s', (line, message) => {
    const read = questionOfLine(line);
    expect(read).toHaveProperty('error.message', expect.stringMatching(message));
    expect(JSON.stringify(read).length).toBeLessThan(1000);
  });

  it('that are questions are taken as they are', () => {
    const question = {
      from: 'internet',
      to: 'i-1',
      protocol: 'tcp',
      port: 443,
      sourcePort: 1024,
      icmpType: 8,
      icmpCode: 0,
    };
    expect(questionOfLine(JSON.stringify(question))).toEqual(question);
  });
});
