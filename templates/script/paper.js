/**
 * Takes out of the document what nobody sees until they ask for it, so that a long page stays light: the content of
 * closed folds, and `written`, which is the findings written out. On paper everything is back, and every fold open.
 */
export function foldedAway(written) {
  const folds = [...document.querySelectorAll('details.fold')].map((details) => {
    const content = document.createDocumentFragment();
    const aside = () => content.append(...[...details.childNodes].filter((node) => node.nodeName !== 'SUMMARY'));
    const back = () => details.append(content);
    if (!details.open) aside();
    details.addEventListener('toggle', () => (details.open ? back() : aside()));
    return { back, aside: () => details.open || aside() };
  });
  const marker = document.createComment('');
  written.replaceWith(marker);
  let closed = [];
  addEventListener('beforeprint', () => {
    for (const { back } of folds) back();
    marker.replaceWith(written);
    closed = [...document.querySelectorAll('details:not([open], #explorer *)')];
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of closed) details.open = false;
    written.replaceWith(marker);
    for (const { aside } of folds) aside();
  });
}
