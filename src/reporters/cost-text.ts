import type { AuditReport } from '../findings/audit-report.ts';
import type { TerminalStyle } from './terminal-style.ts';
import { visibleText } from './visible-text.ts';
import { counted, grouped, series } from './wording.ts';

/** What the network costs by the hour, as one line; nothing where nothing is charged, or nothing was read of it. */
export function costLines({ cost, coverage }: AuditReport, style: TerminalStyle): readonly string[] {
  if (cost === undefined) return [];
  const charged = cost.items.filter(({ type }) => type !== 'gateway-endpoint');
  if (charged.length === 0) return [];
  const priced = charged.filter(({ estimate }) => estimate !== undefined);
  const unpriced = [...new Set(charged.filter((item) => item.estimate === undefined).map(({ region }) => region))];
  const hidden = coverage.notVisible.some(({ region, inactive }) => region === undefined && inactive === undefined);
  const isWhole = priced.length === charged.length && cost.missing.length === 0 && !hidden;
  const without =
    unpriced.length === 0
      ? ''
      : `; what has no price in ${visibleText(seriesOfRegions(unpriced))} is not in it, see --prices`;
  if (priced.length === 0) return [`${style.bold('Cost')}      no estimate for want of prices, see --prices`];
  const unused =
    cost.unusedDollarsPerMonth === 0 ? '' : `, ${dollars(cost.unusedDollarsPerMonth)} of it for what nothing uses`;
  const days = [...new Set(cost.prices.map(({ date }) => date))].sort();
  return [
    `${style.bold('Cost')}      estimate: ${isWhole ? '' : 'at least '}${dollars(cost.dollarsPerMonth)} a month by the hour, without traffic${unused} (prices of ${visibleText(series(days))})${without}`,
  ];
}

const seriesOfRegions = (regions: readonly string[]): string =>
  regions.length <= 3 ? series(regions) : counted(regions.length, 'Region');

/** `$1,234.50`. */
function dollars(amount: number): string {
  const [whole = '0', cents = '00'] = amount.toFixed(2).split('.');
  return `$${grouped(Number(whole))}.${cents}`;
}
