import type { Database } from './database.ts';
import type { FileGroup } from './source-sql.ts';

/** Flow logs that replace one another overlap by no more than this; those that overlap longer repeat each other. */
const replacement = 1200;

/**
 * Keeps one flow log per interface where several record it: that with the most fields. The poorer one's records are left
 * out only where the richer one records too, so that a flow log that was replaced loses nothing. Returns how many records
 * were left out.
 */
export async function keepRichest(database: Database, groups: readonly FileGroup[]): Promise<number> {
  const logs = new Set(groups.map(({ flowLogId }) => flowLogId));
  if (logs.size < 2) return 0;
  const spans = await database.query(
    `SELECT interface_id, source_group, min(start_ts) AS first, max(start_ts) AS last FROM flows
WHERE interface_id IN (SELECT interface_id FROM flows GROUP BY interface_id HAVING count(DISTINCT source_group) > 1)
GROUP BY interface_id, source_group ORDER BY interface_id, source_group`,
    { interface_id: 'text', source_group: 'number', first: 'number', last: 'number' },
  );
  const byIndex = new Map(groups.map((group) => [group.index, group]));
  const dropped: string[] = [];
  for (const poorer of spans) {
    for (const richer of spans) {
      if (richer.interface_id !== poorer.interface_id || !isRicher(byIndex, richer, poorer)) continue;
      const from = Math.max(richer.first ?? 0, poorer.first ?? 0);
      const to = Math.min(richer.last ?? 0, poorer.last ?? 0);
      if (to - from <= replacement) continue;
      dropped.push(`('${(poorer.interface_id ?? '').replaceAll("'", "''")}', ${poorer.source_group}, ${from}, ${to})`);
    }
  }
  if (dropped.length === 0) return 0;
  await database.execute(
    `CREATE TABLE repeated AS SELECT * FROM (VALUES ${dropped.join(', ')}) t(interface_id, source_group, first, last)`,
  );
  const isRepeated =
    'EXISTS (SELECT 1 FROM repeated d WHERE d.interface_id = f.interface_id AND d.source_group = f.source_group AND f.start_ts BETWEEN d.first AND d.last)';
  const [counted] = await database.query(`SELECT count(*) AS n FROM flows f WHERE ${isRepeated}`, { n: 'number' });
  await database.execute('ALTER VIEW flows RENAME TO all_flows');
  await database.execute(`CREATE VIEW flows AS SELECT * FROM all_flows f WHERE NOT ${isRepeated}`);
  return counted?.n ?? 0;
}

interface Span {
  readonly source_group: number | null;
}

/** More fields win; among equals the group that comes first. Groups of one flow log never repeat each other. */
function isRicher(groups: ReadonlyMap<number, FileGroup>, a: Span, b: Span): boolean {
  const one = groups.get(a.source_group ?? -1);
  const other = groups.get(b.source_group ?? -1);
  if (one === undefined || other === undefined || one.flowLogId === other.flowLogId) return false;
  return (
    one.columns.length - other.columns.length > 0 ||
    (one.columns.length === other.columns.length && one.index < other.index)
  );
}
