/** The text of the island as JSON, unpacked where it was packed. */
export async function readIsland(encoding, text) {
  if (encoding === 'json') return JSON.parse(text);
  const packed = atob(text.trim());
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at += 1) bytes[at] = packed.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).json();
}

const searchedColumns = ['check', 'account', 'region', 'vpc', 'type', 'id', 'name', 'title', 'fix', 'verdict', 'fingerprint'];

function flattened({ columns, evidence, missing, tags, leads }) {
  const size = leads.length;
  const starts = new Uint32Array(size + 1);
  const nested = (row) => [...evidence[row], ...missing[row], tags[row]];
  for (let row = 0; row < size; row += 1) {
    let length = searchedColumns.length;
    for (const refs of nested(row)) length += refs.length;
    starts[row + 1] = starts[row] + length;
  }
  const refs = new Uint32Array(starts[size]);
  let at = 0;
  for (let row = 0; row < size; row += 1) {
    for (const name of searchedColumns) refs[at++] = columns[name][row];
    for (const part of nested(row)) for (const ref of part) refs[at++] = ref;
  }
  return { starts, refs };
}

/**
 * The results by row, in the order of the report: the worst first. Values are positions in `strings`, so that to compare
 * two is to compare numbers.
 */
export function resultsOf(island) {
  const { strings, columns, checks, leads } = island;
  const size = leads.length;
  const position = new Map(strings.map((text, at) => [text, at]));
  const checkById = new Map(checks.map((check) => [check.id, check]));
  const severities = ['critical', 'high', 'medium', 'low', 'informational'];
  const outcomes = ['fail', 'unknown', 'pass', 'not-applicable'];
  const rankOf = new Map();
  severities.forEach((word, at) => rankOf.set(position.get(word), at));
  outcomes.forEach((word, at) => rankOf.set(position.get(word), at * 10));

  const cell = (column, row) => strings[columns[column][row]];
  const texts = (refs) => refs.map((ref) => strings[ref]);

  // What is not a column of its own, such as the standards of a check, is looked up by the check.
  const derived = {
    standard: new Map(
      checks.map(({ id, standards }) => {
        for (const name of standards) {
          if (position.has(name)) continue;
          position.set(name, strings.length);
          strings.push(name);
        }
        return [position.get(id), standards.map((name) => position.get(name))];
      }),
    ),
  };
  const valuesOf = (facet, row) => {
    if (facet === 'tag') return island.tags[row];
    if (columns[facet] !== undefined) return [columns[facet][row]];
    return derived[facet]?.get(columns.check[row]) ?? [];
  };

  let flat;

  return {
    size,
    strings,
    columns,
    leads,
    facets: island.facets,
    cell,
    valuesOf,
    refOf: (text) => position.get(text),
    arn: (row) => cell('arn', row) + cell('arnEnd', row),
    consoleLink: (row) => (columns.console[row] === 0 ? '' : cell('console', row) + cell('id', row)),
    /** Lower is worse: failures before what is unknown, then by severity. */
    rank: (row) => rankOf.get(columns.outcome[row]) + rankOf.get(columns.severity[row]),
    /** By the position of their ids. */
    checks: new Map(checks.map((check) => [position.get(check.id), check])),
    check: (row) => checkById.get(cell('check', row)),
    checkOf: (id) => checkById.get(id),
    evidence: (row) => island.evidence[row].map(texts),
    code: (row) => island.code[row].map(texts),
    missing: (row) => island.missing[row].map(texts),
    tags: (row) => texts(island.tags[row]),
    /** The positions of a row's texts, for the search: row r has those from `starts[r]` to `starts[r + 1]`. */
    texts: () => (flat ??= flattened(island)),
    rowOf: (fingerprint) => {
      if (!/^[0-9a-z]{8,}$/.test(fingerprint)) return -1;
      return columns.fingerprint.findIndex((ref) => strings[ref].startsWith(fingerprint));
    },
  };
}
