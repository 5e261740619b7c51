import { counted, el, thousands } from './elements.js';
import { countsOf } from './selection.js';

/** So many values of a menu are drawn; a word narrows them. */
const shown = 40;

/**
 * The ways to narrow the list: buttons where the values are few, menus where they are many. A facet of one value that
 * is not chosen has nothing to narrow and is left out.
 * @param {{chosen: (key: string) => readonly string[], choose: (key: string, values: string[]) => void, rowsWithout: (key: string) => number[]}} view
 */
export function facetMenus(results, everything, view) {
  const element = el('div', { class: 'facets' });
  const facets = results.facets
    .map((facet) => ({ facet, values: [...countsOf(results, everything, facet.key).keys()] }))
    .filter(({ values }) => values.length > 1)
    .map(({ facet, values }) => (facet.style === 'buttons' ? buttons(results, facet, values, view) : menu(results, facet, values, view)));
  element.append(...facets.map((facet) => facet.element));
  return { element, update: () => facets.forEach((facet) => facet.update()) };
}

const toggled = (values, value) => (values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);

function buttons(results, { key, label, words }, values, view) {
  const order = Object.keys(words);
  const items = values
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((value) => {
      const count = el('span', { class: 'n' });
      const button = el(
        'button',
        { type: 'button', class: 'chip', 'aria-pressed': 'false' },
        el('span', { class: `sev ${value}`, 'aria-hidden': 'true' }),
        `${words[value] ?? value} `,
        count,
      );
      button.addEventListener('click', () => view.choose(key, toggled(view.chosen(key), value)));
      return { value, button, count };
    });
  const update = () => {
    const counts = countsOf(results, view.rowsWithout(key), key);
    const chosen = view.chosen(key);
    for (const { value, button, count } of items) {
      count.textContent = thousands(counts.get(value) ?? 0);
      button.setAttribute('aria-pressed', String(chosen.includes(value)));
    }
  };
  return { element: el('div', { class: 'chips', role: 'group', 'aria-label': label }, ...items.map(({ button }) => button)), update };
}

function menu(results, { key, label, words }, values, view) {
  const summary = el('summary', {}, label);
  const search = el('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', 'aria-label': `Narrow ${label}`, placeholder: 'Narrow' });
  const list = el('ul', {});
  const more = el('p', { class: 'aside' });
  const clear = el('button', { type: 'button' }, 'Any');
  const panel = el('div', { class: 'panel', role: 'group', 'aria-label': label }, values.length > 8 && search, list, more, clear);
  const details = el('details', { class: 'menu' }, summary);
  const wordOf = (value) => (key === 'check' ? (results.checkOf(value)?.title ?? value) : (words[value] ?? value));

  const fill = () => {
    const counts = countsOf(results, view.rowsWithout(key), key);
    const chosen = view.chosen(key);
    const query = search.value.toLowerCase();
    const fitting = [...new Set([...chosen, ...values])]
      .filter((value) => chosen.includes(value) || `${value} ${wordOf(value)}`.toLowerCase().includes(query))
      .sort((a, b) => chosen.includes(b) - chosen.includes(a) || (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
    const focused = list.contains(document.activeElement) ? document.activeElement.value : undefined;
    list.replaceChildren(
      ...fitting.slice(0, shown).map((value) => {
        const box = el('input', { type: 'checkbox', value });
        box.checked = chosen.includes(value);
        box.addEventListener('change', () => view.choose(key, toggled(view.chosen(key), value)));
        return el('li', {}, el('label', {}, box, el('span', {}, wordOf(value)), el('span', { class: 'n' }, thousands(counts.get(value) ?? 0))));
      }),
    );
    if (focused !== undefined) [...list.querySelectorAll('input')].find(({ value }) => value === focused)?.focus();
    const left = fitting.length - shown;
    more.textContent = left > 0 ? `and ${counted(left, 'more value')}: type to narrow them` : '';
  };

  search.addEventListener('input', fill);
  clear.addEventListener('click', () => {
    view.choose(key, []);
    details.open = false;
    summary.focus();
  });
  // A closed menu holds nothing.
  details.addEventListener('toggle', () => {
    if (details.open) {
      search.value = '';
      panel.classList.remove('leftward');
      details.append(panel);
      fill();
      panel.classList.toggle('leftward', panel.getBoundingClientRect().right > document.documentElement.clientWidth);
    } else panel.remove();
  });
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return;
    event.stopPropagation();
    details.open = false;
    summary.focus();
  });
  // One menu at a time, and none once the reader is elsewhere.
  details.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget !== null && !details.contains(relatedTarget)) details.open = false;
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (details.open && !details.contains(target)) details.open = false;
  });

  const update = () => {
    const chosen = view.chosen(key);
    const [first] = chosen;
    summary.textContent = chosen.length === 0 ? label : `${label}: ${chosen.length === 1 ? wordOf(first) : thousands(chosen.length)}`;
    details.classList.toggle('chosen', chosen.length > 0);
    if (details.open) fill();
  };
  return { element: details, update };
}
