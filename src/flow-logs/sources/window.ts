import { FlowLogsUnusable } from '../unusable.ts';

/** A stretch of time in seconds since 1970, `until` excluded. */
export interface TimeWindow {
  readonly since: number;
  readonly until: number;
}

const units: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 };

/** All of time that records can lie in; `all` asks for what there is. */
export const allTime: TimeWindow = { since: 0, until: 2 ** 31 * 2 };

/**
 * Reads `--since` (`24h`, `7d`, a date, or `all`) and `--until` (a date, or an age; now where absent). `all` is answered
 * with `allTime`.
 */
export function parseWindow(since: string, until: string | undefined, nowMs: number): TimeWindow {
  const end = until === undefined ? Math.ceil(nowMs / 1000) : instant(until, '--until', nowMs);
  if (since === 'all') return until === undefined ? allTime : { since: 0, until: end };
  const age = /^(\d{1,5})([mhdw])$/.exec(since);
  const start = age === null ? instant(since, '--since', nowMs) : end - Number(age[1]) * (units[age[2] ?? ''] ?? 0);
  if (start >= end) {
    throw new FlowLogsUnusable(
      `The window is empty: it begins at ${new Date(start * 1000).toISOString()} and ends at ${new Date(end * 1000).toISOString()}.`,
    );
  }
  return { since: start, until: end };
}

function instant(text: string, option: string, nowMs: number): number {
  const age = /^(\d{1,5})([mhdw])$/.exec(text);
  if (age !== null) return Math.ceil(nowMs / 1000) - Number(age[1]) * (units[age[2] ?? ''] ?? 0);
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text);
  const milliseconds = isDate
    ? Date.parse(/T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || text.length === 10 ? text : `${text}Z`)
    : Number.NaN;
  if (Number.isNaN(milliseconds))
    throw new FlowLogsUnusable(`${option} ${text} is no time: write 24h, 7d, 2026-01-31 or 2026-01-31T12:00Z.`);
  return Math.floor(milliseconds / 1000);
}
