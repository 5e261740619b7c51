/** What the list shows when nobody has asked for anything. */
export const plainView = { query: '', group: 'check', sort: 'worst', chosen: {} };

/** The view as a fragment of an address, to share; empty for the plain view. */
export function fragmentOf({ query, group, sort, chosen }) {
  const parts = [];
  if (query !== '') parts.push(['q', query]);
  for (const key of Object.keys(chosen).sort())
    if (chosen[key].length > 0) parts.push([key, [...chosen[key]].sort()]);
  if (group !== plainView.group) parts.push(['group', group]);
  if (sort !== plainView.sort) parts.push(['sort', sort]);
  return parts
    .map(([key, value]) => `${key}=${Array.isArray(value) ? value.map(encodeURIComponent).join(',') : encodeURIComponent(value)}`)
    .join('&');
}

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The view that a fragment means; nothing where it is no view, such as an anchor. What it does not know it leaves out. */
export function viewOf(fragment, facets) {
  if (!fragment.includes('=')) return undefined;
  const view = { ...plainView, chosen: {} };
  for (const part of fragment.split('&')) {
    const [key, value = ''] = [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)];
    if (key === 'q') view.query = decoded(value);
    else if (key === 'group' && ['check', 'resource', 'place', 'vpc', 'none'].includes(value)) view.group = value;
    else if (key === 'sort' && ['worst', 'resource', 'place', 'title'].includes(value)) view.sort = value;
    else if (facets.includes(key)) view.chosen[key] = value.split(',').filter(Boolean).map(decoded);
  }
  return view;
}
