import { counted, thousands } from './elements.js';
import { fragmentOf, plainView, viewOf } from './address.js';
import { facetMenus } from './facet-menus.js';
import { lineElement } from './finding-rows.js';
import { linesOf } from './rows.js';
import { searched, selected } from './selection.js';
import { virtualList } from './virtual-list.js';

/** Browsers refuse a page that rewrites its address with every key, so it waits until the reader pauses. */
const addressDelay = 400;

const guesses = { group: 52, finding: 56, detail: 520 };

/**
 * The list of all results: what is asked of it, what it shows, and the keyboard.
 * @param {HTMLElement} element the part of the page that holds it
 * @param {ReturnType<typeof import('./results.js').resultsOf>} results
 */
export function explorer(element, results) {
  const part = (name) => element.querySelector(`[data-part=${name}]`);
  const [form, query, group, sort, shown, reset, fold, scroller, canvas, nothing] = [
    'form', 'query', 'group', 'sort', 'shown', 'reset', 'fold', 'scroller', 'canvas', 'nothing',
  ].map(part);
  const everything = Array.from({ length: results.size }, (_, row) => row);

  let view = { ...plainView };
  let found;
  let rows = everything;
  let lines = [];
  let keys = [];
  let active = -1;
  let writing;
  const open = new Set();
  const collapsed = new Set();

  const list = virtualList(
    scroller,
    canvas,
    (line) => {
      const drawn = lineElement(results, line);
      drawn.id = `line-${line.key.replaceAll(/[^\w-]/g, '_')}`;
      return drawn;
    },
    ({ kind }) => guesses[kind],
  );

  const stateOf = (line) =>
    line.kind === 'group' ? `${line.isOpen} ${line.rows.length} ${line.worstRow}` : line.kind === 'finding' ? `${line.isOpen} ${line.others.length} ${line.level}` : `${line.level}`;

  const activate = (index, toStart = false) => {
    if (lines.length === 0) return;
    canvas.querySelector('.active')?.classList.remove('active');
    active = Math.max(0, Math.min(lines.length - 1, index));
    list.keep(active);
    list.reveal(active, toStart);
    const drawn = list.elementOf(active);
    drawn?.classList.add('active');
    if (drawn) scroller.setAttribute('aria-activedescendant', drawn.id);
  };

  const layOut = () => {
    const key = lines[active]?.key;
    const laid = linesOf(results, rows, { ...view, collapsed, open });
    for (const line of laid.lines) line.state = stateOf(line);
    lines = laid.lines;
    keys = laid.keys ?? [];
    active = key === undefined ? -1 : lines.findIndex((line) => line.key === key);
    scroller.removeAttribute('aria-activedescendant');
    scroller.setAttribute('aria-rowcount', String(lines.length));
    nothing.hidden = lines.length > 0;
    scroller.hidden = lines.length === 0;
    list.show(lines);
    list.keep(active);
    const drawn = list.elementOf(active);
    drawn?.classList.add('active');
    if (drawn) scroller.setAttribute('aria-activedescendant', drawn.id);
    fold.hidden = keys.length < 2;
    fold.textContent = keys.some((one) => !collapsed.has(one)) ? 'Collapse groups' : 'Expand groups';
  };

  const menus = facetMenus(results, everything, {
    chosen: (key) => view.chosen[key] ?? [],
    choose: (key, values) => change({ chosen: { ...view.chosen, [key]: values } }),
    rowsWithout: (key) => ((view.chosen[key] ?? []).length === 0 ? rows : selected(results, found, view.chosen, key)),
  });
  part('facets').replaceWith(menus.element);

  const isPlain = () => fragmentOf({ ...view, group: plainView.group, sort: plainView.sort }) === '';

  const apply = () => {
    rows = selected(results, found, view.chosen);
    query.value = view.query;
    group.value = view.group;
    sort.value = view.sort;
    layOut();
    menus.update();
    reset.hidden = isPlain();
    shown.textContent = isPlain() ? counted(results.size, 'result') : `${thousands(rows.length)} of ${counted(results.size, 'result')}`;
  };

  const change = (next, { keepAddress = false } = {}) => {
    const before = view;
    view = { ...view, ...next };
    if (view.query !== before.query) found = searched(results, view.query);
    if (view.group !== before.group) collapsed.clear();
    active = -1;
    scroller.scrollTop = 0;
    apply();
    clearTimeout(writing);
    if (!keepAddress) writing = setTimeout(writeAddress, addressDelay);
  };

  const writeAddress = () => {
    const fragment = fragmentOf(view);
    history.replaceState(null, '', fragment === '' ? location.pathname + location.search : `#${fragment}`);
  };

  const toggle = (index) => {
    const line = lines[index];
    if (line === undefined || line.kind === 'detail') return;
    active = index;
    if (line.kind === 'group') collapsed[line.isOpen ? 'add' : 'delete'](line.key);
    else open[line.isOpen ? 'delete' : 'add'](line.row);
    layOut();
  };

  /** Opens one result, wherever it is, and puts the keyboard on it; false where the page does not hold it. */
  const openResult = (fingerprint) => {
    const row = results.rowOf(fingerprint);
    if (row < 0) return false;
    clearTimeout(writing);
    if (!rows.includes(row)) change({ query: '', chosen: {} }, { keepAddress: true });
    const find = () => lines.findIndex((line) => line.kind === 'finding' && line.row === row);
    collapsed.clear();
    open.add(row);
    layOut();
    if (find() < 0) {
      const lead = lines.find((line) => line.kind === 'finding' && line.others.includes(row));
      if (lead !== undefined) open.add(lead.row);
      layOut();
    }
    scroller.scrollIntoView({ block: 'nearest' });
    scroller.focus({ preventScroll: true });
    activate(find(), true);
    return true;
  };

  form.addEventListener('submit', (event) => event.preventDefault());
  query.addEventListener('input', () => change({ query: query.value }));
  group.addEventListener('change', () => change({ group: group.value }));
  sort.addEventListener('change', () => change({ sort: sort.value }));
  reset.addEventListener('click', () => {
    change({ query: '', chosen: {} });
    query.focus();
  });
  fold.addEventListener('click', () => {
    const collapse = keys.some((key) => !collapsed.has(key));
    for (const key of keys) collapsed[collapse ? 'add' : 'delete'](key);
    layOut();
  });

  const indexOf = (node) => {
    const row = node.closest('.row');
    return row === null ? -1 : Number(row.getAttribute('aria-rowindex')) - 1;
  };
  canvas.addEventListener('click', ({ target }) => {
    const index = indexOf(target);
    if (index < 0 || lines[index]?.kind === 'detail' || String(getSelection()) !== '') return;
    toggle(index);
    activate(index);
  });

  const parentOf = (index) => {
    const { level } = lines[index];
    for (let at = index - 1; at >= 0; at -= 1) if (lines[at].level < level) return at;
    return index;
  };
  const moves = {
    ArrowDown: () => activate(active + 1),
    ArrowUp: () => activate(active - 1),
    PageDown: () => activate(active + list.page(Math.max(0, active))),
    PageUp: () => activate(active - list.page(Math.max(0, active))),
    Home: () => activate(0),
    End: () => activate(lines.length - 1),
    Enter: () => toggle(active),
    ' ': () => toggle(active),
    ArrowRight: () => (lines[active]?.isOpen === false ? toggle(active) : activate(active + 1)),
    ArrowLeft: () => (lines[active]?.isOpen === true ? toggle(active) : active >= 0 && activate(parentOf(active))),
  };
  scroller.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target !== scroller) {
      if (event.key !== 'Escape') return;
      activate(indexOf(event.target));
      scroller.focus({ preventScroll: true });
      return;
    }
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  });
  scroller.addEventListener('focus', () => active < 0 && activate(0));

  apply();
  return {
    openResult,
    /** Shows what a fragment of an address means; false where it means nothing here. */
    showFragment: (fragment) => {
      const next = viewOf(fragment, results.facets.map(({ key }) => key));
      if (next === undefined) return false;
      change(next, { keepAddress: true });
      return true;
    },
    showOnly: (chosen) => change({ query: '', chosen }, { keepAddress: true }),
    scrollTo: () => element.closest('section').scrollIntoView(),
  };
}
