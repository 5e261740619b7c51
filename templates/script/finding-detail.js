import { code, el } from './elements.js';
import { copies } from './copy.js';

const outside = { rel: 'noreferrer noopener' };

const paragraph = (label, text) => text !== '' && el('p', {}, el('b', {}, label), ` ${text}`);

function evidenceTable(evidence) {
  const head = el('tr', {}, ...['Evidence', 'Concerns', 'Other side'].map((word) => el('th', { scope: 'col' }, word)));
  const rows = evidence.map(([what, id, within, concerns, relation, ...values]) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, what, id !== '' && ' ', id !== '' && code(id), within !== '' && ' in ', within !== '' && code(within)),
      el('td', {}, concerns),
      el('td', {}, relation, ...values.flatMap((value) => [' ', code(value)])),
    ),
  );
  return el('table', { class: 'evidence' }, el('thead', { class: 'unseen' }, head), el('tbody', {}, ...rows));
}

function codeBlock([label, text]) {
  const button = el('button', { type: 'button', class: 'copy', 'aria-label': `Copy ${label}` }, 'Copy');
  const content = el('code', {}, text);
  copies(button, content);
  return el(
    'figure',
    { class: 'code' },
    el('figcaption', {}, label, button),
    el('pre', { tabindex: '0', 'aria-label': label, role: 'group' }, content),
  );
}

function missingList(missing) {
  return el(
    'ul',
    { class: 'said-list' },
    ...missing.map(([fact, iamAction]) => el('li', {}, fact, iamAction !== '' && '. It needs ', iamAction !== '' && code(iamAction))),
  );
}

function references({ references: pages }) {
  const links = pages.flatMap(({ text, href }, at) => [at > 0 && ', ', href === undefined ? text : el('a', { href, ...outside }, text)]);
  return links.length > 0 && el('p', { class: 'aside' }, 'Read on: ', ...links);
}

function related({ related: tools, relatedWords }) {
  if (tools.length === 0) return false;
  const list = tools.flatMap(({ tool, ids }) => [
    el('dt', {}, tool),
    el('dd', {}, ...ids.flatMap((id, at) => [at > 0 && ', ', code(id)])),
  ]);
  return el('details', { class: 'aside' }, el('summary', {}, relatedWords), el('dl', { class: 'related' }, ...list));
}

function whereabouts(results, row) {
  const cell = (column) => results.cell(column, row);
  const link = results.consoleLink(row);
  const facts = [
    ['Resource', [code(results.arn(row))]],
    cell('vpc') !== '' && ['VPC', [code(cell('vpc'))]],
    link !== '' && ['Console', [el('a', { href: link, ...outside }, `Open ${cell('id')}`), ' after signing in to ', code(cell('account'))]],
    ['Fingerprint', [code(cell('fingerprint').slice(0, 16)), ' ', el('a', { href: `#f-${cell('fingerprint')}` }, 'Link to this finding')]],
    cell('firstSeen') !== '' && ['First seen', [cell('firstSeen')]],
    results.tags(row).length > 0 && ['Tags', [results.tags(row).join(', ')]],
    cell('assumedOff') !== '' && ['Taken as off', [cell('assumedOff')]],
  ];
  return el('dl', { class: 'whereabouts' }, ...facts.filter(Boolean).flatMap(([label, values]) => [el('dt', {}, label), el('dd', {}, ...values)]));
}

/** Everything known of one result. */
export function findingDetail(results, row) {
  const check = results.check(row);
  const cell = (column) => results.cell(column, row);
  const evidence = results.evidence(row);
  const missing = results.missing(row);
  const fails = cell('outcome') === 'fail';
  const other = cell('severity') !== cell('ownSeverity');
  return el(
    'div',
    { class: 'body' },
    evidence.length > 0 && evidenceTable(evidence),
    missing.length > 0 && missingList(missing),
    cell('reason') !== '' && el('p', {}, cell('reason')),
    fails && other && el('p', { class: 'aside' }, `The check’s own severity is ${cell('ownSeverity')}; this instance was judged on what is known about it.`),
    paragraph('Fix.', cell('fix')),
    ...results.code(row).map(codeBlock),
    cell('way') !== '' && el('p', {}, el('a', { href: `#${cell('way')}` }, 'The way there, hop by hop')),
    paragraph('Why it matters.', check.rationale),
    paragraph('What to do.', check.remediation),
    check.standards.length > 0 && el('p', { class: 'aside' }, `Asked by ${check.standards.join(', ')}`),
    references(check),
    related(check),
    whereabouts(results, row),
  );
}
