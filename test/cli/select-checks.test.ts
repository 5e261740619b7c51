import { describe, expect, it } from 'vitest';
import { selectChecks } from '../../src/cli/select-checks.ts';

const known = ['security-group-unused', 'security-group-open-to-internet', 'route-blackhole'].map((id) => ({ id }));
const ids = (check: readonly string[], skipCheck: readonly string[] = []): readonly string[] =>
  selectChecks(known, { check, skipCheck }).map(({ id }) => id);

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
