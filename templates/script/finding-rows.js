import { capitalised, code, counted, el, thousands } from './elements.js';
import { findingDetail } from './finding-detail.js';

const verdictWords = { unknown: 'Unknown', pass: 'Passes', 'not-applicable': 'Not applicable' };

/** The mark and the word of how bad a result is: a shape of its own for each, beside the colour. */
function mark(results, row) {
  const verdict = results.cell('verdict', row);
  return el('span', { class: 'how' }, el('span', { class: `sev ${verdict}`, 'aria-hidden': 'true' }), verdictWords[verdict] ?? capitalised(verdict));
}

const named = (results, row) => [
  code(results.cell('id', row)),
  results.cell('name', row) !== '' && ' ',
  results.cell('name', row) !== '' && el('bdi', {}, results.cell('name', row)),
];

const cellOf = (...children) => el('div', { role: 'gridcell' }, ...children);

function place(results, row) {
  return el('span', { class: 'where' }, code(results.cell('account', row)), ' ', el('span', {}, results.cell('region', row)));
}

function findingRow(results, { row, others, level, isOpen }) {
  const more =
    others.length > 0 && el('span', { class: 'same' }, `and ${thousands(others.length)} more by ${results.cell('rules', results.leads[row]) || 'the same rules'}`);
  const fresh = results.cell('fresh', row) !== '' && el('span', { class: 'fresh' }, results.cell('fresh', row));
  const line = results.cell('line', row) || results.missing(row).map(([fact]) => fact).join('; ');
  return el(
    'div',
    { role: 'row', class: `row finding level-${level}`, 'aria-level': level, 'aria-expanded': String(isOpen) },
    el(
      'div',
      { role: 'gridcell', class: 'line' },
      mark(results, row),
      ' ',
      el('span', { class: 'what' }, ...named(results, row)),
      ' ',
      el('span', { class: 'says' }, results.cell('title', row), ' ', fresh, fresh && ' ', more, more && ' ', el('span', { class: 'aside' }, line)),
      ' ',
      place(results, row),
    ),
  );
}

/** What heads a group: for each way to group the words that name it, and what stands beside them. */
const headings = {
  check: (results, row) => [[results.check(row).title], [code(results.cell('check', row))]],
  resource: (results, row) => [
    named(results, row),
    [capitalised(results.cell('type', row)), ' in ', code(results.cell('account', row)), ` ${results.cell('region', row)}`],
  ],
  place: (results, row) => [[code(results.cell('account', row)), ` ${results.cell('region', row)}`], []],
  vpc: (results, row) => [
    [results.cell('vpc', row) === '' ? 'In no VPC' : code(results.cell('vpc', row))],
    [code(results.cell('account', row)), ` ${results.cell('region', row)}`],
  ],
};

function groupRow(results, { group, rows, row, worstRow, isOpen }) {
  const [heading, beside] = headings[group](results, row);
  const counts = [
    ['fail', (count) => counted(count, 'finding')],
    ['unknown', (count) => `${thousands(count)} unknown`],
    ['pass', (count) => `${thousands(count)} passed`],
    ['not-applicable', (count) => `${thousands(count)} not applicable`],
  ]
    .map(([outcome, words]) => ({ words, count: rows.filter((one) => results.cell('outcome', one) === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ words, count }) => words(count));
  return el(
    'div',
    { role: 'row', class: 'row group-head', 'aria-level': 1, 'aria-expanded': String(isOpen) },
    el(
      'div',
      { role: 'gridcell', class: 'line' },
      mark(results, worstRow),
      ' ',
      el('span', { class: 'heading' }, el('b', {}, ...heading), ' ', beside.length > 0 && el('span', { class: 'aside' }, ...beside)),
      ' ',
      el('span', { class: 'count' }, counts.join(', ')),
    ),
  );
}

/** A line of the list as an element. */
export function lineElement(results, line) {
  if (line.kind === 'group') return groupRow(results, line);
  if (line.kind === 'finding') return findingRow(results, line);
  return el('div', { role: 'row', class: `row detail level-${line.level}`, 'aria-level': line.level }, cellOf(findingDetail(results, line.row)));
}
