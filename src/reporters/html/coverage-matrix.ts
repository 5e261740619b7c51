import type { CoverageRow } from '../../findings/audit-report.ts';
import { grouped } from '../../findings/grouped.ts';
import { compareText } from '../../findings/order.ts';
import { counted, grouped as thousands, seriesOfMost } from '../wording.ts';

/** One account and Region: a strip with a cell for each operation, and the same in words. */
export interface MatrixRowView {
  readonly accountId: string;
  readonly region: string;
  /** Outlines of the cells, as SVG path data, by what became of the operation. */
  readonly collected: string;
  readonly failed: string;
  readonly skipped: string;
  /** `33 of 36`, and the names of what is missing. */
  readonly count: string;
  readonly missing: string;
  readonly complete: boolean;
}

/** Account × Region × operation. */
export interface MatrixView {
  readonly rows: readonly MatrixRowView[];
  /** Width of a strip, in units of its path data. */
  readonly width: number;
  readonly operations: string;
  /** What the rows leave out: places that were read completely, in words. */
  readonly omitted: string;
}

/** So many rows are shown; places where something is missing come before those that are complete. */
const shownRows = 30;
const cell = 10;
const height = 16;

/** The matrix. A strip is three paths whatever its length, so that a hundred Regions stay a small page. */
export function coverageMatrix(rows: readonly CoverageRow[]): MatrixView {
  const nameOf = ({ service, operation }: CoverageRow): string => `${service}.${operation}`;
  const columns = [...new Set(rows.map(nameOf))].sort();
  const position = new Map(columns.map((name, at) => [name, at * cell]));
  const places = [...grouped(rows, ({ accountId, region }) => `${accountId} ${region}`)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, own]) => rowView(own, (row) => position.get(nameOf(row)) ?? 0));
  const shown = places.length <= shownRows ? places : places.filter(({ complete }) => !complete).slice(0, shownRows);
  return {
    rows: shown,
    width: columns.length * cell,
    operations: counted(columns.length, 'operation'),
    omitted: omittedWords(places, shown),
  };
}

function rowView(own: readonly [CoverageRow, ...CoverageRow[]], x: (row: CoverageRow) => number): MatrixRowView {
  const { accountId, region } = own[0];
  const lost = own.filter(({ status }) => status !== 'collected');
  const outline = (status: CoverageRow['status'], draw: (left: number) => string): string =>
    own
      .filter((row) => row.status === status)
      .map((row) => draw(x(row)))
      .join('');
  return {
    accountId,
    region,
    collected: outline('collected', (left) => `M${left + 1} 0h${cell - 2}v${height}h-${cell - 2}z`),
    failed: outline(
      'failed',
      (left) => `M${left + 1} 0h${cell - 2}v${height}h-${cell - 2}zm2 2v${height - 4}h${cell - 6}v-${height - 4}z`,
    ),
    skipped: outline('skipped', (left) => `M${left + 1} ${height - 4}h${cell - 2}v4h-${cell - 2}z`),
    count: `${thousands(own.length - lost.length)} of ${thousands(own.length)}`,
    missing: seriesOfMost(lost.map(({ operation }) => operation).sort(), 6),
    complete: lost.length === 0,
  };
}

function omittedWords(places: readonly MatrixRowView[], shown: readonly MatrixRowView[]): string {
  if (shown.length === places.length) return '';
  const complete = places.filter((place) => place.complete).length;
  const incomplete = places.length - complete - shown.length;
  const words = [
    ...(complete > 0
      ? [`${counted(complete, 'further account and Region', 'further accounts and Regions')} read completely`]
      : []),
    ...(incomplete > 0 ? [`${thousands(incomplete)} more with something missing, in report.json`] : []),
  ];
  return words.join('; ');
}
