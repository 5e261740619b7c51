import { describe, expect, it } from 'vitest';
import {
  decisiveFlag,
  decisiveId,
  decisiveItems,
  decisiveNumber,
  decisiveText,
  flag,
  id,
  IncompleteItem,
  isRaw,
  items,
  MalformedAnswer,
  nested,
  number,
  type Raw,
  requiredId,
  requiredText,
  text,
  texts,
  wrapped,
} from '../../src/model/decode.ts';

/** The error that reading throws, with the path it names. */
function faultOf(read: () => unknown): { name: string; path: string } | undefined {
  try {
    read();
  } catch (error) {
    if (error instanceof MalformedAnswer) return { name: error.name, path: error.path };
    if (error instanceof IncompleteItem) return { name: error.name, path: error.member };
    throw error;
  }
  return undefined;
}

const readers: readonly [name: string, read: (raw: Raw, key: string) => unknown, good: unknown, bad: unknown][] = [
  ['text', text, 'a', 1],
  ['requiredText', requiredText, 'a', true],
  ['decisiveText', decisiveText, 'a', {}],
  ['id', id, 'vpc-1', []],
  ['requiredId', requiredId, 'vpc-1', 1],
  ['decisiveId', decisiveId, 'vpc-1', 1],
  ['number', number, 0, '0'],
  ['decisiveNumber', decisiveNumber, -1, '0'],
  ['flag', flag, false, 'false'],
  ['decisiveFlag', decisiveFlag, true, 0],
  ['texts', texts, ['a'], 'a'],
];

describe('reading a member', () => {
  it.each(readers)(
    '%s gives what is there and refuses another type by the name of the member',
    (_, read, good, bad) => {
      expect(read({ Key: good }, 'Key')).toEqual(good);
      expect(faultOf(() => read({ Key: bad }, 'Key'))).toEqual({ name: 'MalformedAnswer', path: 'Key' });
    },
  );

  it.each([undefined, null])('takes %s as absent', (value) => {
    const raw = { Key: value };
    for (const read of [text, id, number, flag, wrapped]) expect(read(raw, 'Key')).toBeUndefined();
    expect(nested(raw, 'Key', () => 1)).toBeUndefined();
    expect(items(raw, 'Key', () => 1)).toEqual([]);
    expect(texts(raw, 'Key')).toEqual([]);
    for (const read of [requiredText, requiredId])
      expect(faultOf(() => read(raw, 'Key'))).toEqual({ name: 'MalformedAnswer', path: 'Key' });
    for (const read of [decisiveText, decisiveId, decisiveNumber, decisiveFlag])
      expect(faultOf(() => read(raw, 'Key'))).toEqual({ name: 'IncompleteItem', path: 'Key' });
    expect(faultOf(() => decisiveItems(raw, 'Key', () => 1))).toEqual({ name: 'IncompleteItem', path: 'Key' });
  });

  it('takes an empty text for an absent one: an empty id names nothing', () => {
    const raw = { Key: '' };
    for (const read of [text, id]) expect(read(raw, 'Key')).toBeUndefined();
    for (const read of [requiredText, requiredId])
      expect(faultOf(() => read(raw, 'Key'))).toEqual({ name: 'MalformedAnswer', path: 'Key' });
    for (const read of [decisiveText, decisiveId])
      expect(faultOf(() => read(raw, 'Key'))).toEqual({ name: 'IncompleteItem', path: 'Key' });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('takes %s for no number', (value) => {
    expect(faultOf(() => number({ Key: value }, 'Key'))?.path).toBe('Key');
  });

  it('names the way to a fault inside', () => {
    const raw = { A: [{}, { B: { C: [{ D: 'x' }] } }] };
    const read = (readD: (inner: Raw) => unknown): unknown =>
      items(raw, 'A', (a) => nested(a, 'B', (b) => items(b, 'C', readD)));
    expect(faultOf(() => read((c) => number(c, 'D')))).toEqual({ name: 'MalformedAnswer', path: 'A[1].B.C[0].D' });
    expect(faultOf(() => read((c) => decisiveText(c, 'E')))).toEqual({ name: 'IncompleteItem', path: 'A[1].B.C[0].E' });
  });

  it.each([
    ['a list with a string among the objects', () => items({ A: [{}, 'x'] }, 'A', () => 1), 'A[1]'],
    ['a list with null among the objects', () => items({ A: [null] }, 'A', () => 1), 'A[0]'],
    ['a list with a number among the strings', () => texts({ A: ['x', 1] }, 'A'), 'A[1]'],
    ['an object for a list', () => items({ A: {} }, 'A', () => 1), 'A'],
    ['a list for an object', () => nested({ A: [] }, 'A', () => 1), 'A'],
    ['a wrapped value of another type', () => wrapped({ A: { Value: 'true' } }, 'A'), 'A.Value'],
  ])('refuses %s', (_, read, path) => {
    expect(faultOf(read)).toEqual({ name: 'MalformedAnswer', path });
  });

  it('lets any other error through unchanged', () => {
    const defect = new TypeError('a defect');
    expect(() =>
      items({ A: [{}] }, 'A', () => {
        throw defect;
      }),
    ).toThrow(defect);
  });

  it('takes neither lists nor null for objects', () => {
    expect([{}, [], null, 'x', undefined].map(isRaw)).toEqual([true, false, false, false, false]);
  });
});
