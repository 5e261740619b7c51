'use strict';
// The report is whole without this script. It adds filters, unfolding, copying, and links that open what they point to.
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const openTo = (element) => {
    for (let node = element; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
  };
  const followHash = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    openTo(target);
    target.scrollIntoView();
  };
  addEventListener('hashchange', followHash);
  followHash();

  // On paper nothing can be unfolded.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = all('details:not([open])');
    for (const details of folded) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of folded) details.open = false;
  });

  for (const button of all('button.copy')) {
    button.hidden = false;
    const code = button.closest('figure').querySelector('code');
    button.addEventListener('click', () => {
      const said = (word) => {
        button.textContent = word;
        setTimeout(() => {
          button.textContent = 'Copy';
        }, 2000);
      };
      const select = () => {
        getSelection().selectAllChildren(code);
        said('Selected');
      };
      const text = code.textContent.replace(/\n$/, '');
      if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => said('Copied'), select);
      else select();
    });
  }

  const form = byId('filters');
  if (!form) return;
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  const [query, account, region, shown, expand] = ['text', 'account', 'region', 'shown', 'expand'].map((name) => byId(`filter-${name}`));
  const findings = all('#findings .finding').map((element) => {
    const group = element.closest('.group');
    const words = `${group.querySelector('header').textContent} ${element.textContent}`.toLowerCase();
    return { element, words, account: element.dataset.account, region: element.dataset.region };
  });
  const containers = all('#findings .more, #findings .group, #findings .severity');
  const filter = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const finding of findings) {
      const fits =
        (!account.value || finding.account === account.value) &&
        (!region.value || finding.region === region.value) &&
        words.every((word) => finding.words.includes(word));
      finding.element.hidden = !fits;
      if (fits) count += 1;
    }
    for (const container of containers) container.hidden = !container.querySelector('.finding:not([hidden])');
    const narrowed = words.length > 0 || account.value || region.value;
    if (narrowed) for (const more of all('#findings .more:not([hidden])')) more.open = true;
    shown.textContent = narrowed ? `${count} of ${findings.length} findings on this page` : '';
  };
  form.addEventListener('input', filter);
  expand.addEventListener('click', () => {
    const open = expand.getAttribute('aria-pressed') !== 'true';
    expand.setAttribute('aria-pressed', String(open));
    expand.textContent = open ? 'Collapse all' : 'Expand all';
    for (const details of all('#findings details')) details.open = open;
  });
  filter();
})();
