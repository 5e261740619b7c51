/** The ways to group, with what makes two rows one group. */
const groupKeys = {
  check: ({ columns }) => (row) => columns.check[row],
  resource: ({ columns }) => (row) => `${columns.arn[row]} ${columns.id[row]}`,
  place: ({ columns }) => (row) => `${columns.account[row]} ${columns.region[row]}`,
  vpc: ({ columns }) => (row) => `${columns.account[row]} ${columns.region[row]} ${columns.vpc[row]}`,
};

/** The ways to sort; the report's own order has the worst first. */
const orders = {
  resource: ['name', 'id'],
  place: ['account', 'region', 'id'],
  title: ['title', 'id'],
};

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** The rows in an order. */
export function sorted(results, rows, sort) {
  const columns = orders[sort];
  if (columns === undefined) return rows;
  // Whatever has no name comes after whatever has one.
  const text = (column, row) => (results.cell(column, row) || '\uFFFF').toLowerCase();
  const keys = new Map(rows.map((row) => [row, columns.map((column) => text(column, row))]));
  return [...rows].sort((a, b) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    for (let at = 0; at < columns.length; at += 1) if (x[at] !== y[at]) return compare(x[at], y[at]);
    return a - b;
  });
}

/** Rows of one resource under the same rules, each under the first of them. */
function families(results, rows) {
  const members = new Map();
  for (const row of rows) {
    const lead = results.leads[row];
    if (members.has(lead)) members.get(lead).push(row);
    else members.set(lead, [row]);
  }
  return [...members.values()];
}

/**
 * What the list shows, line by line: groups, findings, and where a finding is open its detail and its family.
 * @param {{group: string, sort: string, collapsed: Set<string>, open: Set<number>}} how
 */
export function linesOf(results, rows, { group, sort, collapsed, open }) {
  const lines = [];
  const inOrder = sorted(results, rows, sort);
  const put = (row, others, level, within) => {
    const isOpen = open.has(row);
    lines.push({ kind: 'finding', key: `f${row}`, row, others, level, isOpen, within });
    if (!isOpen) return;
    lines.push({ kind: 'detail', key: `d${row}`, row, level: level + 1, within });
    for (const other of others) put(other, [], level + 1, within);
  };
  const keyOf = groupKeys[group]?.(results);
  if (keyOf === undefined) {
    for (const row of inOrder) put(row, [], 1, undefined);
    return { lines, groups: 0 };
  }
  const groups = new Map();
  for (const row of inOrder) {
    const key = keyOf(row);
    if (groups.has(key)) groups.get(key).push(row);
    else groups.set(key, [row]);
  }
  const worst = (own) => own.reduce((least, row) => Math.min(least, results.rank(row)), Infinity);
  const ordered = [...groups].map(([key, own]) => ({ key: `g${group} ${key}`, own, worst: worst(own) }));
  if (sort === 'worst') {
    for (const one of ordered) one.size = one.own.filter((row) => results.rank(row) === one.worst).length;
    ordered.sort((a, b) => a.worst - b.worst || b.size - a.size || a.own[0] - b.own[0]);
  }
  for (const { key, own, worst: rank } of ordered) {
    const isOpen = !collapsed.has(key);
    const worstRow = own.find((row) => results.rank(row) === rank);
    lines.push({ kind: 'group', key, group, rows: own, row: own[0], worstRow, level: 1, isOpen });
    if (isOpen) for (const [lead, ...others] of families(results, own)) put(lead, others, 2, key);
  }
  return { lines, groups: ordered.length, keys: ordered.map(({ key }) => key) };
}
