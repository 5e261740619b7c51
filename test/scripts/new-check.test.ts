import { describe, expect, it } from 'vitest';
import { newCheckFiles, parseCheckPath } from '../../scripts/new-check/scaffold.ts';

describe('npm run new-check', () => {
  it('takes a folder and an id', () => {
    expect(parseCheckPath(['vpcs/vpc-block-public-access-off']).value).toEqual({
      folder: 'vpcs',
      id: 'vpc-block-public-access-off',
    });
  });

  it.each([
    [],
    ['vpcs'],
    ['vpcs/'],
    ['vpcs/Vpc-x'],
    ['../vpcs/vpc-x'],
    ['vpcs/vpc'],
    ['vpcs/vpc-x/y'],
    ['vpcs/vpc-x', 'more'],
  ])('refuses %j in words', (...words) => {
    expect(parseCheckPath(words).reason).toMatch(/\S/);
  });

  it('writes a check and its test, each naming the id', () => {
    const files = newCheckFiles({ folder: 'vpcs', id: 'vpc-named-bad' });
    expect(files.map(({ path }) => path)).toEqual([
      'src/auditors/vpcs/vpc-named-bad.ts',
      'test/auditors/vpcs/vpc-named-bad.test.ts',
    ]);
    expect(files[0]?.content).toContain("id: 'vpc-named-bad'");
    expect(files[1]?.content).toContain("from '../../../src/auditors/vpcs/vpc-named-bad.ts'");
  });
});
