import { flowColumns } from '../format/columns.ts';
import { columnOf } from '../format/fields.ts';

/** Fields that add up; the others tell groups apart. */
const sums = ['packets', 'bytes'];
const ends = ['start', 'end'];

/** The fields of a format that questions use, in the order of the format. */
export const usedFields = (fields: readonly string[]): readonly string[] =>
  fields.filter((field) => flowColumns.some((column) => column.field === field));

/**
 * The query that puts the records of a log group together, by everything that tells conversations apart and by five
 * minutes. The fields of a message are read by `parse`, generated from the format: what Logs Insights discovers by itself
 * ends with version 2 (CloudWatch Logs user guide, supported logs and discovered fields).
 */
export function insightsQuery(fields: readonly string[], limit: number): string {
  const alias = (field: string): string => `f_${columnOf(field)}`;
  const keys = usedFields(fields).filter((field) => !sums.includes(field) && !ends.includes(field));
  const totals = sums.filter((field) => fields.includes(field)).map((field) => `sum(${alias(field)}) as s_${field}`);
  return [
    `parse @message "${fields.map(() => '*').join(' ')}" as ${fields.map(alias).join(', ')}`,
    `stats ${[...totals, `min(${alias('start')}) as s_start`, `max(${alias('end')}) as s_end`].join(', ')} by ${[...keys.map(alias), 'bin(5m) as s_bin'].join(', ')}`,
    `limit ${limit}`,
  ].join(' | ');
}

/** A row of the answer as a line of a flow log with `usedFields`; `-` for what is not there. */
export function lineOfRow(row: Readonly<Record<string, string>>, fields: readonly string[]): string {
  return usedFields(fields)
    .map((field) => {
      const name = sums.includes(field) || ends.includes(field) ? `s_${field}` : `f_${columnOf(field)}`;
      const value = row[name];
      if (value === undefined || value === '') return '-';
      return sums.includes(field) || ends.includes(field) ? String(Math.round(Number(value))) : value;
    })
    .join(' ');
}
