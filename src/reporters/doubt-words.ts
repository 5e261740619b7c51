import type { Doubt } from '../findings/diff/comparability.ts';

/** Why the absence of a finding proves nothing, in words that follow a finding or head a group of them. */
export function doubtWords(doubt: Doubt): string {
  switch (doubt.code) {
    case 'check-not-run':
      return 'the check did not run';
    case 'not-in-scope':
      return 'the account and Region were not looked at';
    case 'coverage-differs':
      return `${doubt.operation} was not answered in full (${doubt.iamAction})`;
    case 'unknown':
      return 'the question could not be answered';
    default:
      return doubt satisfies never;
  }
}
