import { describe, expect, it } from 'vitest';
import { selectChecks } from '../../src/cli/select-checks.ts';

const known = ['security-group-unused', 'security-group-open-to-internet', 'route-blackhole'].map((id) => ({ id }));
const standards = [
  { id: 'cis-9.0', checks: ['route-blackhole', 'security-group-unused'] },
  { id: 'other', checks: ['security-group-open-to-internet'] },
];
const ids = (
  check: readonly string[],
  skipCheck: readonly string[] = [],
  standard: readonly string[] = [],
): readonly string[] => selectChecks(known, { check, skipCheck, standard }, standards).map(({ id }) => id);

describe('--check and --skip-check', () => {
  it('leave every check by default', () => expect(ids([])).toEqual(known.map(({ id }) => id)));

  it('match with * and subtract', () => {
    expect(ids(['security-group-*'])).toEqual(['security-group-unused', 'security-group-open-to-internet']);
    expect(ids(['security-group-*'], ['*-unused'])).toEqual(['security-group-open-to-internet']);
  });

  it('take no other character for a pattern', () => expect(() => ids(['route.blackhole'])).toThrow(/no such check/));

  it('refuse a word that names none, with the nearest', () => {
    expect(() => ids(['route-blackhoel'])).toThrow(
      /route-blackhoel: there is no such check\. Did you mean route-blackhole\?/,
    );
    expect(() => ids([], ['nope-*'])).toThrow(/--skip-check nope-\*/);
  });

  it('refuse to run nothing', () => expect(() => ids(['route-blackhole'], ['*'])).toThrow(/leave no check/));
});

describe('--standard', () => {
  it('leaves the checks of the standards, all together', () => {
    expect(ids([], [], ['cis-9.0'])).toEqual(['security-group-unused', 'route-blackhole']);
    expect(ids([], [], ['cis-9.0', 'other'])).toHaveLength(3);
    expect(ids(['route-*'], [], ['cis-9.0'])).toEqual(['route-blackhole']);
  });

  it('refuses one that there is not, with those that there are', () => {
    expect(() => ids([], [], ['cis-9'])).toThrow(/--standard cis-9: .* cis-9\.0, other/);
    expect(() => ids(['route-*'], [], ['other'])).toThrow(/--standard, --check and --skip-check together/);
  });
});
