import { copies } from './copy.js';
import { explorer } from './explorer.js';
import { foldedAway } from './paper.js';
import { readIsland, resultsOf } from './results.js';

// The page is whole without this script. It draws the list of all results in place of those that are written out.
const byId = (id) => document.getElementById(id);

for (const button of document.querySelectorAll('button.copy')) {
  button.hidden = false;
  copies(button, button.closest('figure').querySelector('code'));
}

/** Anchors of what is written out, with what they mean to the list. */
const anchorsOf = (written) =>
  new Map(
    [...written.querySelectorAll('[id][data-severity]')].map(({ id, dataset }) => [
      id,
      { verdict: [dataset.severity], ...(dataset.check === undefined ? {} : { check: [dataset.check] }) },
    ]),
  );

const start = async (island, element) => {
  const results = resultsOf(await readIsland(island.dataset.encoding, island.textContent));
  island.remove();
  const written = byId('written');
  const anchors = anchorsOf(written);
  element.hidden = false;
  foldedAway(written);
  const list = explorer(element, results);
  const follow = () => {
    const fragment = location.hash.slice(1);
    const target = fragment === '' || fragment.includes('=') ? null : byId(fragment);
    if (target?.matches('details.fold')) {
      target.open = true;
      target.scrollIntoView();
      return;
    }
    if (fragment.startsWith('f-') && list.openResult(fragment.slice(2))) return;
    if (anchors.has(fragment)) {
      list.showOnly(anchors.get(fragment));
      list.scrollTo();
    } else if (fragment.startsWith('check-') && results.checkOf(fragment.slice(6)) !== undefined) {
      list.showOnly({ check: [fragment.slice(6)] });
      list.scrollTo();
    } else if (list.showFragment(fragment)) list.scrollTo();
  };
  addEventListener('hashchange', follow);
  follow();
  document.documentElement.dataset.ready = 'true';
};

const island = byId('island');
const element = byId('explorer');
if (island && element) {
  start(island, element).catch((error) => {
    // A browser that cannot unpack the data still has what is written out.
    element.hidden = true;
    byId('unreadable').hidden = false;
    document.documentElement.dataset.ready = String(error);
  });
}
