import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenAnswer } from '../../src/aws/errors.ts';
import { pages, type Reading } from '../../src/aws/pager.ts';

const paging = { sizeMember: 'MaxResults', size: 100, tokenMember: 'NextToken', nextTokenMember: 'NextToken' };
const reading: Reading = { input: { Filters: [] }, paging, expects: 'Items' };

type Input = Readonly<Record<string, unknown>>;

async function readAll(send: (input: Input) => Promise<Input>, what: Reading = reading): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  for await (const page of pages(send, what)) items.push(...(page['Items'] as unknown[]));
  return items;
}

/** Pages of these sizes, chained by tokens. */
function chained(sizes: readonly number[], last: { NextToken?: string }) {
  const sent: Input[] = [];
  let next = 0;
  const send = async (input: Input): Promise<Input> => {
    sent.push(structuredClone(input));
    const page = Number(input['NextToken']?.toString().slice(1) ?? 0);
    expect(page).toBe(next);
    next += 1;
    const items = Array.from({ length: sizes[page] ?? 0 }, (_, index) => `${page}.${index}`);
    return { Items: items, ...(page + 1 < sizes.length ? { NextToken: `t${page + 1}` } : last) };
  };
  return { sent, send };
}

describe('the pager', () => {
  it('reads every item once, empty pages too, with the size on every page and the input untouched', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 }),
        fc.constantFrom({}, { NextToken: '' }),
        async (sizes, last) => {
          const { sent, send } = chained(sizes, last);
          const frozen: Reading = { ...reading, input: Object.freeze({ Filters: Object.freeze([]) }) };
          expect(await readAll(send, frozen)).toEqual(
            sizes.flatMap((size, page) => Array.from({ length: size }, (_, index) => `${page}.${index}`)),
          );
          expect(sent).toHaveLength(sizes.length);
          for (const [page, input] of sent.entries()) {
            expect(input).toEqual({ Filters: [], MaxResults: 100, ...(page === 0 ? {} : { NextToken: `t${page}` }) });
          }
        },
      ),
    );
  });

  it('ends with an error when tokens go round in a circle of any length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 5 }), async (circle, lead) => {
        let count = 0;
        const send = async (): Promise<Input> => {
          const at = count < lead ? count : lead + ((count - lead) % circle);
          count += 1;
          return { Items: [], NextToken: `t${at}` };
        };
        await expect(readAll(send)).rejects.toBeInstanceOf(BrokenAnswer);
        expect(count).toBe(lead + circle + 1);
      }),
    );
  });

  it.each([{}, { Items: undefined }, { Items: null }, { NextToken: 'a' }])(
    'takes an answer without its list for broken: %j',
    async (answer) => {
      await expect(readAll(() => Promise.resolve(answer))).rejects.toBeInstanceOf(BrokenAnswer);
    },
  );

  it('gives up on tokens that never end', async () => {
    let count = 0;
    const send = async (): Promise<Input> => ({ Items: [], NextToken: String((count += 1)) });
    await expect(readAll(send)).rejects.toThrow('10000 pages');
    expect(count).toBe(10_000);
  });

  it('asks once, without size or token, where the operation does not page', async () => {
    const sent: Input[] = [];
    const send = async (input: Input): Promise<Input> => {
      sent.push(input);
      return { Items: ['a'], NextToken: 'ignored' };
    };
    expect(await readAll(send, { input: {}, expects: 'Items' })).toEqual(['a']);
    expect(sent).toEqual([{}]);
  });

  it('takes an answer that says it is cut short for broken, unless a token continues it', async () => {
    const cut: Reading = { ...reading, truncatedMember: 'More' };
    await expect(readAll(() => Promise.resolve({ Items: [1], More: true }), cut)).rejects.toBeInstanceOf(BrokenAnswer);
    const answers = [
      { Items: [1], More: true, NextToken: 'a' },
      { Items: [2], More: false },
    ];
    expect(await readAll(() => Promise.resolve(answers.shift() ?? {}), cut)).toEqual([1, 2]);
  });
});
