import { describe, expect, it } from 'vitest';
import { wantsColor } from '../../src/cli/terminal.ts';

describe('colours', () => {
  const tty = { isTTY: true };
  it.each([
    ['auto', tty, {}, true],
    ['auto', {}, {}, false],
    ['auto', tty, { NO_COLOR: '1' }, false],
    ['auto', tty, { NO_COLOR: '' }, true],
    ['auto', tty, { TERM: 'dumb' }, false],
    ['auto', {}, { FORCE_COLOR: '1' }, true],
    ['auto', tty, { FORCE_COLOR: '0' }, false],
    ['auto', tty, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['never', tty, { FORCE_COLOR: '1' }, false],
    ['always', {}, { NO_COLOR: '1' }, true],
  ] as const)('%s on %j with %j: %s', (when, stream, environment, wanted) => {
    expect(wantsColor(when, stream, environment)).toBe(wanted);
  });
});
