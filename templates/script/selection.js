/** Which rows hold every word of the query, in any of their texts; nothing where nothing is asked. */
export function searched(results, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const { starts, refs } = results.texts();
  const found = new Uint8Array(results.size).fill(1);
  for (const word of words) {
    // A text is looked at once, however many rows have it.
    const hits = Uint8Array.from(results.strings, (text) => (text.toLowerCase().includes(word) ? 1 : 0));
    for (const [ref, check] of results.checks) if (check.title.toLowerCase().includes(word)) hits[ref] = 1;
    for (let row = 0; row < results.size; row += 1) {
      if (found[row] === 0) continue;
      let fits = word.startsWith('arn:') && results.arn(row).toLowerCase().includes(word);
      for (let at = starts[row]; at < starts[row + 1] && !fits; at += 1) fits = hits[refs[at]] === 1;
      if (!fits) found[row] = 0;
    }
  }
  return found;
}

/**
 * The rows that a choice leaves, in the report's order. Values of one facet are alternatives, facets narrow each other.
 * @param {Record<string, readonly string[]>} chosen
 * @param {string} [except] a facet that is not applied, to count what its other values would give
 */
export function selected(results, found, chosen, except) {
  const active = Object.entries(chosen)
    .filter(([key, values]) => key !== except && values.length > 0)
    .map(([key, values]) => [key, new Set(values.map((value) => results.refOf(value)))]);
  const rows = [];
  for (let row = 0; row < results.size; row += 1) {
    if (found !== undefined && found[row] === 0) continue;
    if (active.every(([key, refs]) => results.valuesOf(key, row).some((ref) => refs.has(ref)))) rows.push(row);
  }
  return rows;
}

/** How many of the rows have each value of a facet, by value; the empty value is none. */
export function countsOf(results, rows, facet) {
  const counts = new Map();
  for (const row of rows) for (const ref of results.valuesOf(facet, row)) if (ref !== 0) counts.set(ref, (counts.get(ref) ?? 0) + 1);
  return new Map([...counts].map(([ref, count]) => [results.strings[ref], count]));
}
