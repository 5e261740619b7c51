import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport, Result } from '../../../src/findings/audit-report.ts';
import { renderHtml } from '../../../src/reporters/html/render.ts';
import { type Browser, chromiumOrSaySo, openBrowser, type Page } from '../chromium.ts';
import { hostileReport } from '../hostile-report.ts';
import { rememberedReport } from '../remembered-report.ts';
import { cleanReport, largeReport, oneRuleReport, sampleReport, vastReport } from '../sample-report.ts';

const hasChromium = chromiumOrSaySo(
  'the report in a browser (no request, no script, contrast, keyboard, phone, paper)',
);

const samples: Readonly<Record<string, () => AuditReport>> = {
  sample: sampleReport,
  hostile: hostileReport,
  clean: cleanReport,
  large: () => largeReport(1000),
  oneRule: () => oneRuleReport(44),
  remembered: () => rememberedReport(' <b onclick=alert(1)>'),
};

/** Resolves once the list of findings can be used; reports without a result have none. */
const ready = `(async () => {
  while (document.getElementById('explorer') && !document.documentElement.dataset.ready)
    await new Promise((resolve) => setTimeout(resolve, 5));
  return document.documentElement.dataset.ready ?? 'true';
})()`;

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Where contrast is too low (WCAG 2.2, 1.4.3 AA), measured on every visible text of the page as it is painted. */
const lowContrast = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const painted = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const rgba = (color) => known.get(color) ?? known.set(color, painted(color)).get(color);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const backgroundOf = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const color = rgba(getComputedStyle(node).backgroundColor);
      if (color[3] === 255) return color;
    }
    return rgba('Canvas');
  };
  const failures = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let measured = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({ contentVisibilityAuto: true })) continue;
    if (['SCRIPT', 'STYLE', 'OPTION'].includes(element.tagName)) continue;
    measured += 1;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(rgba(style.color)), luminance(backgroundOf(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) failures.add(element.tagName + '.' + element.className + ' ' + ratio.toFixed(2));
  }
  return { measured, failures: [...failures] };
})()`;

describe.runIf(hasChromium)('the page in Chromium', () => {
  let browser: Browser;
  let folder: string;
  const urls = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vpc-auditor-page-'));
    for (const [name, make] of Object.entries(samples)) {
      const path = join(folder, `${name}.html`);
      await writeFile(path, renderHtml(make()));
      urls.set(name, pathToFileURL(path).href);
    }
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (name: string, options: Parameters<Browser['newPage']>[0] = {}, hash = ''): Promise<Page> => {
    const page = await browser.newPage(options);
    await page.open(`${urls.get(name) ?? ''}${hash}`);
    expect(await page.evaluate(ready)).toBe('true');
    return page;
  };
  /** Every fold of the page, and the first findings of the list. */
  const openEverything = `(async () => {
    document.querySelectorAll('details:not(.menu)').forEach((details) => { details.open = true });
    for (let at = 0; at < 6; at += 1) document.querySelector('.row.finding[aria-expanded=false] .line')?.click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    document.querySelectorAll('.row details').forEach((details) => { details.open = true });
    await new Promise((resolve) => setTimeout(resolve, 50));
  })()`;
  const shown = `document.querySelector('[data-part=shown]').textContent`;
  const rowCount = `Number(document.querySelector('[role=treegrid]').getAttribute('aria-rowcount'))`;
  const settled = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))`;
  /** The address follows once the reader pauses. */
  const addressHolds = (part: string): string => `(async () => {
    while (!location.hash.includes('${part}')) await new Promise((resolve) => setTimeout(resolve, 20));
  })()`;
  const press = async (page: Page, name: string, text?: string): Promise<void> => {
    const codes: Readonly<Record<string, number>> = {
      Tab: 9,
      Enter: 13,
      Escape: 27,
      ' ': 32,
      PageUp: 33,
      PageDown: 34,
      End: 35,
      Home: 36,
      ArrowLeft: 37,
      ArrowUp: 38,
      ArrowRight: 39,
      ArrowDown: 40,
    };
    const event = { key: name, windowsVirtualKeyCode: codes[name] ?? 0, ...(text === undefined ? {} : { text }) };
    await page.send('Input.dispatchKeyEvent', { type: text === undefined ? 'rawKeyDown' : 'keyDown', ...event });
    await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    await page.evaluate(settled);
  };

  it.each(Object.keys(samples))('asks the network for nothing and breaks no policy: %s', async (name) => {
    const page = await open(name);
    await page.evaluate(openEverything);
    await page.evaluate(`new Promise((resolve) => setTimeout(resolve, 200))`);
    const requested = page.events
      .filter(({ method }) => method === 'Network.requestWillBeSent')
      .map(({ params }) => (params['request'] as { readonly url: string }).url);
    expect(requested).toEqual([urls.get(name)]);
    const complaints = page.events.filter(
      ({ method }) =>
        method === 'Log.entryAdded' ||
        method === 'Runtime.consoleAPICalled' ||
        method === 'Runtime.exceptionThrown' ||
        method === 'Audits.issueAdded',
    );
    expect(complaints).toEqual([]);
  });

  it('notices a broken policy: an inline script that is put in is refused and reported', async () => {
    const path = join(folder, 'tampered.html');
    await writeFile(
      path,
      renderHtml(sampleReport()).replace('</main>', '<script>globalThis.fired = 1</script></main>'),
    );
    const page = await browser.newPage();
    await page.open(pathToFileURL(path).href);
    expect(await page.evaluate('globalThis.fired ?? null')).toBeNull();
    expect(page.events.filter(({ method }) => method === 'Log.entryAdded')).not.toEqual([]);
  });

  it('lets nothing of a hostile report run or become markup', async () => {
    const page = await open('hostile');
    await page.evaluate(openEverything);
    expect(await page.evaluate(`document.querySelectorAll('.row .evidence').length`)).toBeGreaterThan(0);
    await page.evaluate(
      `document.querySelectorAll('*').forEach((element) => {
        for (const type of ['mouseover', 'focus', 'click', 'error', 'load'])
          if (element.tagName !== 'A') element.dispatchEvent(new Event(type));
      })`,
    );
    const found = await page.evaluate<Record<string, unknown>>(`({
      fired: globalThis.fired ?? null,
      scripts: [...document.scripts].filter(({ type }) => type === '').length,
      strange: document.querySelectorAll('img, iframe, object, embed, base, link, body svg[onload], main form[action]').length,
      metas: document.querySelectorAll('meta').length,
      inline: [...document.querySelectorAll('*')].filter((element) => [...element.attributes].some(({ name }) => name.startsWith('on') || (name === 'style' && !/^(transform|height): /.test(element.getAttribute('style'))))).length,
      links: [...document.links].filter(({ protocol, hash, href }) => protocol !== 'https:' && href.split('#')[0] !== location.href.split('#')[0]).map(({ href }) => href),
      hidden: /[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]/u.test(document.querySelector('main').textContent.replaceAll('\\n', '')),
    })`);
    expect(found).toEqual({
      fired: null,
      scripts: 1,
      strange: 0,
      metas: 6,
      inline: 0,
      links: [],
      hidden: false,
    });
  });

  it.each(['light', 'dark'] as const)('has enough contrast everywhere: %s', async (scheme) => {
    for (const name of ['sample', 'clean', 'large']) {
      const page = await open(name, { scheme });
      await page.evaluate(openEverything);
      const { measured, failures } = await page.evaluate<{ measured: number; failures: string[] }>(lowContrast);
      expect(measured).toBeGreaterThan(50);
      expect(failures).toEqual([]);
    }
  });

  it('really is light and dark', async () => {
    const paper = 'getComputedStyle(document.body).backgroundColor';
    const light = await (await open('sample', { scheme: 'light' })).evaluate(paper);
    expect(await (await open('sample', { scheme: 'dark' })).evaluate(paper)).not.toBe(light);
  });

  it.each([320, 375, 768, 1280])('never scrolls sideways at %i pixels, whatever things are called', async (width) => {
    for (const name of Object.keys(samples)) {
      const page = await open(name, { width });
      await page.evaluate(openEverything);
      expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(width);
      for (let menu = 0; menu < 6; menu += 1) {
        await page.evaluate(`(document.querySelectorAll('.menu > summary')[${menu}]?.click(), ${settled})`);
        await page.evaluate(settled);
        expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(width);
        const panel = `document.querySelector('.panel')?.getBoundingClientRect() ?? { left: 0, right: 0 }`;
        expect(await page.evaluate(`((box) => box.left >= 0 && box.right <= ${width})(${panel})`), name).toBe(true);
      }
    }
  });

  it('has one main, one h1, headings without gaps, and a name for every control', async () => {
    const page = await open('sample');
    const found = await page.evaluate<Record<string, unknown>>(`({
      mains: document.querySelectorAll('main').length,
      h1: document.querySelectorAll('h1').length,
      gaps: [...document.querySelectorAll('h1, h2, h3, h4')].map((h) => +h.tagName[1]).filter((level, at, all) => at > 0 && level > all[at - 1] + 1).length,
      nameless: [...document.querySelectorAll('input, select')].filter((control) => control.labels.length === 0).length,
      headless: [...document.querySelectorAll('table')].filter((table) => !table.querySelector('thead th[scope=col]')).length,
      language: document.documentElement.lang,
    })`);
    expect(found).toEqual({ mains: 1, h1: 1, gaps: 0, nameless: 0, headless: 0, language: 'en' });
  });

  it('opens what a link points to, however far down the list', async () => {
    const { fingerprint } = largeReport(1000).results.findLast(({ outcome }) => outcome === 'fail') ?? {
      fingerprint: '',
    };
    const page = await open('large', {}, `#f-${fingerprint}`);
    const state = `(() => {
      const active = document.querySelector('.row.active');
      const { top, bottom } = active.getBoundingClientRect();
      const list = document.querySelector('.list').getBoundingClientRect();
      return {
        open: active.getAttribute('aria-expanded'),
        detail: active.nextElementSibling.querySelector('a[href="#f-${fingerprint}"]') !== null,
        seen: top >= list.top - 1 && top < list.bottom && top >= 0 && top < innerHeight,
        focus: document.activeElement === document.querySelector('.list'),
      };
    })()`;
    expect(await page.evaluate(state)).toEqual({ open: 'true', detail: true, seen: true, focus: true });
    // A filter that would hide it gives way.
    const other = await open('large', {}, '#verdict=high&q=service-3');
    await other.evaluate(`location.hash = '#f-${fingerprint}'`);
    await other.evaluate(`new Promise((resolve) => setTimeout(resolve, 100))`);
    expect(await other.evaluate(state)).toEqual({ open: 'true', detail: true, seen: true, focus: true });
  });

  it('narrows to what the report holds, value by value of every facet', async () => {
    const report = sampleReport();
    const facets: Readonly<Record<string, (result: Result) => string>> = {
      verdict: ({ outcome, effectiveSeverity }) => (outcome === 'fail' ? effectiveSeverity : outcome),
      account: ({ resource }) => resource.accountId,
      region: ({ resource }) => resource.region,
      check: ({ checkId }) => checkId,
      vpc: ({ resource }) => resource.vpcId ?? (resource.type === 'vpc' ? resource.id : ''),
    };
    const page = await open('sample');
    expect(await page.evaluate(shown)).toBe(`${report.results.length} results`);
    for (const [facet, valueOf] of Object.entries(facets)) {
      for (const value of new Set(report.results.map(valueOf))) {
        if (value === '') continue;
        await page.evaluate(`(location.hash = '#group=none&${facet}=${encodeURIComponent(value)}', ${settled})`);
        const expected = report.results.filter((result) => valueOf(result) === value).length;
        expect([facet, value, await page.evaluate(rowCount)]).toEqual([facet, value, expected]);
      }
    }
    const both = report.results.filter(
      (result) => ['high', 'low'].includes(facets['verdict']?.(result) ?? '') && result.resource.region === 'eu-west-1',
    );
    await page.evaluate(`(location.hash = '#group=none&region=eu-west-1&verdict=high,low', ${settled})`);
    expect(await page.evaluate(shown)).toBe(`${both.length} of ${report.results.length} results`);
  });

  it('groups by check, resource, place and VPC, and sorts', async () => {
    const { results } = sampleReport();
    const page = await open('sample');
    const groups = (of: (result: Result) => string): number => new Set(results.map(of)).size;
    const expected: Readonly<Record<string, number>> = {
      check: groups(({ checkId }) => checkId),
      resource: groups(({ resource }) => resource.arn),
      place: groups(({ resource }) => `${resource.accountId} ${resource.region}`),
      vpc: groups(({ resource: { accountId, region, vpcId, type, id } }) =>
        [accountId, region, vpcId ?? (type === 'vpc' ? id : '')].join(' '),
      ),
    };
    for (const [group, count] of Object.entries(expected)) {
      await page.evaluate(`(location.hash = '#group=${group}', ${settled})`);
      await page.evaluate(`document.querySelector('[data-part=fold]').click()`);
      expect([group, await page.evaluate(rowCount)]).toEqual([group, count]);
    }
    await page.evaluate(`(location.hash = '#group=none&sort=place', ${settled})`);
    const accounts = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.row .where code')].map(({ textContent }) => textContent)`,
    );
    expect(accounts.length).toBeGreaterThan(5);
    expect(accounts).toEqual([...accounts].sort());
  });

  it('reads as one what one rule opens, and unfolds it', async () => {
    const page = await open('oneRule', {}, '#group=resource');
    expect(await page.evaluate(rowCount)).toBe(2);
    const lead = `document.querySelector('.row.finding')`;
    expect(await page.evaluate(`${lead}.querySelector('.same').textContent`)).toBe('and 43 more by the same rule');
    expect(await page.evaluate(`${lead}.querySelector('.how').textContent`)).toBe('Critical');
    await page.evaluate(`${lead}.querySelector('.line').click()`);
    expect(await page.evaluate(rowCount)).toBe(2 + 1 + 43);
  });

  it('keeps its state in the address', async () => {
    const page = await open('sample');
    await page.evaluate(`document.querySelector('.chip[aria-pressed=false]').click()`);
    await page.evaluate(`(() => {
      const search = document.getElementById('search');
      search.value = 'bastion';
      search.dispatchEvent(new Event('input', { bubbles: true }));
    })()`);
    await page.evaluate(addressHolds('bastion'));
    const hash = await page.evaluate<string>('location.hash');
    expect(hash).toBe('#q=bastion&verdict=critical');
    const again = await open('sample', {}, hash);
    expect(await again.evaluate(shown)).toBe(await page.evaluate(shown));
    expect(await again.evaluate(`document.getElementById('search').value`)).toBe('bastion');
  });

  it('can be searched, narrowed, walked and unfolded with the keyboard alone', async () => {
    const page = await open('sample');
    await page.evaluate(`document.body.focus()`);
    const focused = `document.activeElement.id || document.activeElement.className || document.activeElement.tagName`;
    const active = `document.querySelector('.row.active')?.getAttribute('aria-rowindex') ?? null`;
    const tabTo = async (wanted: string): Promise<void> => {
      for (let presses = 0; presses < 120 && (await page.evaluate(focused)) !== wanted; presses += 1)
        await press(page, 'Tab');
      expect(await page.evaluate(focused)).toBe(wanted);
    };
    await tabTo('search');
    await page.send('Input.insertText', { text: 'blackhole peering' });
    expect(await page.evaluate(shown)).toBe('3 of 51 results');
    await page.evaluate(`document.getElementById('search').select()`);
    await page.send('Input.insertText', { text: ' ' });
    // A menu: open it, choose its first value, close it.
    await tabTo('SUMMARY');
    await press(page, 'Enter', '\r');
    await press(page, 'Tab');
    await press(page, ' ', ' ');
    await page.evaluate(addressHolds('account='));
    expect(await page.evaluate(`location.hash`)).toMatch(/account=\d{12}/);
    expect(await page.evaluate(shown)).toMatch(/^\d+ of 51 results$/);
    await press(page, 'Escape');
    expect(await page.evaluate(`document.querySelector('.menu[open]')`)).toBeNull();
    expect(await page.evaluate(focused)).toBe('SUMMARY');
    await tabTo('list');
    expect(await page.evaluate(active)).toBe('1');
    await press(page, 'ArrowDown');
    expect(await page.evaluate(active)).toBe('2');
    await press(page, 'Enter', '\r');
    expect(await page.evaluate(`document.querySelector('.row.active').getAttribute('aria-expanded')`)).toBe('true');
    expect(
      await page.evaluate(
        `document.getElementById(document.querySelector('.list').getAttribute('aria-activedescendant')) === document.querySelector('.row.active')`,
      ),
    ).toBe(true);
    // Into the detail: its fix can be copied, and Escape leads back.
    await tabTo('copy');
    await press(page, 'Enter', '\r');
    await page.evaluate(`new Promise((resolve) => setTimeout(resolve, 100))`);
    expect(await page.evaluate(`document.activeElement.textContent`)).toMatch(/^(Copied|Selected)$/);
    await press(page, 'Escape');
    expect(await page.evaluate(focused)).toBe('list');
    await press(page, 'End');
    expect(await page.evaluate(`(${active}) === String(${rowCount})`)).toBe(true);
    await press(page, 'PageUp');
    await press(page, 'Home');
    expect(await page.evaluate(active)).toBe('1');
    await press(page, 'ArrowLeft');
    expect(await page.evaluate(`document.querySelector('.row.active').getAttribute('aria-expanded')`)).toBe('false');
  });

  it('leads from a finding to the way by which it is reached, and opens it', async () => {
    const page = await open('sample');
    await page.evaluate(`document.getElementById('x-1').open = false`);
    await page.evaluate(`document.querySelector('.row.finding .line').click()`);
    await page.evaluate(settled);
    await page.evaluate(`document.querySelector('.row.detail a[href="#x-1"]').click()`);
    await page.evaluate(settled);
    expect(await page.evaluate(`document.getElementById('x-1').open`)).toBe(true);
    expect(await page.evaluate(`document.querySelectorAll('#x-1 .hop').length`)).toBe(8);
  });

  it('narrows the list to what is new, and marks it', async () => {
    const page = await open('remembered', {}, '#standing=new');
    expect(
      await page.evaluate(`[...document.querySelectorAll('.row .fresh')].map(({ textContent }) => textContent)`),
    ).toEqual(['new']);
    await page.evaluate(`document.querySelector('#news a').click()`);
    await page.evaluate(settled);
    expect(await page.evaluate(`document.querySelectorAll('.row.detail').length`)).toBe(1);
    expect(await page.evaluate(`document.querySelectorAll('#suppressed tbody tr').length`)).toBe(1);
    expect(await page.evaluate(`document.querySelectorAll('[onclick]').length`)).toBe(0);
  });

  it('never loses the keyboard’s place to scrolling', async () => {
    const page = await open('large');
    await page.evaluate(`document.querySelector('.row.finding .line').click()`);
    await page.evaluate(`document.querySelector('.row.detail a').focus()`);
    await page.evaluate(`(document.querySelector('.list').scrollTop = 20000, ${settled})`);
    await page.evaluate(settled);
    expect(await page.evaluate(`document.activeElement.tagName`)).toBe('A');
    expect(await page.evaluate(`document.querySelectorAll('.row').length`)).toBeLessThan(60);
  });

  const standing = { violations: [], passed: true };
  const axe = async (page: Page): Promise<unknown> => {
    await page.evaluate(`${axeSource}; void 0`);
    return page.evaluate(`axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }).then(({ violations, passes }) => ({
      violations: violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 160) + ' ' + failureSummary).join(' | ')),
      passed: passes.some(({ id }) => id === 'color-contrast') && passes.length > 20,
    }))`);
  };

  it.each(['light', 'dark'] as const)(
    'has no violation that axe-core finds, at rest, narrowed and unfolded: %s',
    async (scheme) => {
      const page = await open('sample', { scheme });
      expect(await axe(page)).toEqual(standing);
      await page.evaluate(`(location.hash = '#verdict=high,unknown&q=e', ${settled})`);
      await page.evaluate(`document.querySelector('.menu > summary').click()`);
      await page.evaluate(settled);
      expect(await page.evaluate(`document.querySelectorAll('.panel input').length`)).toBeGreaterThan(1);
      expect(await axe(page)).toEqual(standing);
      await page.evaluate(openEverything);
      expect(await page.evaluate(`document.querySelectorAll('.row .evidence').length`)).toBeGreaterThan(1);
      expect(await axe(page)).toEqual(standing);
      const remembered = await open('remembered', { scheme });
      await remembered.evaluate(openEverything);
      expect(await axe(remembered)).toEqual(standing);
      const phone = await open('hostile', { scheme, width: 320 });
      await phone.evaluate(openEverything);
      expect(await axe(phone)).toEqual(standing);
    },
    240_000,
  );

  it.each([10_000, 50_000])(
    'holds %i findings in a light page',
    async (findings) => {
      const html = renderHtml(largeReport(findings));
      const path = join(folder, `${findings}.html`);
      await writeFile(path, html);
      const page = await browser.newPage();
      await page.open(pathToFileURL(path).href);
      expect(await page.evaluate(ready)).toBe('true');
      const elements = `document.getElementsByTagName('*').length`;
      const figures = {
        megabytes: Buffer.byteLength(html) / 1e6,
        readyMs: await page.evaluate<number>('Math.round(performance.now())'),
        elements: await page.evaluate<number>(elements),
      };
      process.stderr.write(`${findings} findings: ${JSON.stringify(figures)}\n`);
      expect(figures.megabytes).toBeLessThan(findings === 10_000 ? 2.5 : 12);
      expect(figures.elements).toBeLessThan(2000);
      expect(await page.evaluate(shown)).toBe(`${findings.toLocaleString('en')} results`);
      // To the end and back, finding by finding far apart, the page stays light.
      await page.evaluate(`document.querySelector('.list').focus()`);
      await press(page, 'End');
      expect(await page.evaluate(`document.querySelector('.row.active').getAttribute('aria-rowindex')`)).toBe(
        String(await page.evaluate(rowCount)),
      );
      expect(await page.evaluate(elements)).toBeLessThan(2000);
      await page.evaluate(`(location.hash = '#q=service-4242', ${settled})`);
      expect(await page.evaluate(shown)).toMatch(/^\d+ of /);
    },
    120_000,
  );

  it('stays light however much was not read in however many accounts', async () => {
    const path = join(folder, 'vast.html');
    await writeFile(path, renderHtml(vastReport()));
    const page = await browser.newPage();
    await page.open(pathToFileURL(path).href);
    expect(await page.evaluate(ready)).toBe('true');
    expect(await page.evaluate(`document.getElementsByTagName('*').length`)).toBeLessThan(2000);
  });

  it('is whole without scripts: summary, coverage, findings with their evidence', async () => {
    const page = await browser.newPage();
    await page.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.open(urls.get('sample') ?? '');
    const { root } = await page.send('DOM.getDocument', { depth: 0 });
    const { nodeId } = root as { readonly nodeId: number };
    const count = async (selector: string): Promise<number> => {
      const { nodeIds } = await page.send('DOM.querySelectorAll', { nodeId, selector });
      return (nodeIds as readonly number[]).length;
    };
    expect(await count('#written .finding')).toBe(46);
    expect(await count('#written .evidence')).toBe(46);
    expect(await count('#explorer[hidden]')).toBe(1);
    expect(await count('button:not([hidden])')).toBe(await count('#explorer button:not([hidden])'));
    expect(await count('#coverage .matrix tbody tr')).toBe(9);
  });

  it('shows what is written out where the data cannot be read, and says so', async () => {
    const path = join(folder, 'damaged.html');
    await writeFile(path, renderHtml(sampleReport()).replace('data-encoding="json">{', 'data-encoding="json">'));
    const page = await browser.newPage();
    await page.open(pathToFileURL(path).href);
    expect(await page.evaluate(ready)).not.toBe('true');
    expect(
      await page.evaluate(
        `[document.getElementById('unreadable').checkVisibility(), document.getElementById('explorer').checkVisibility(), document.querySelectorAll('#written .finding').length]`,
      ),
    ).toEqual([true, false, 46]);
  });

  it('prints everything, folded or not, in the light colours', async () => {
    const page = await open('sample', { scheme: 'dark' });
    const before = await page.evaluate(`document.getElementsByTagName('*').length`);
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    await page.send('Emulation.setEmulatedMedia', {
      media: 'print',
      features: [{ name: 'prefers-color-scheme', value: 'dark' }],
    });
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('.evidence')].filter((table) => table.getBoundingClientRect().height > 0).length`,
      ),
    ).toBe(46);
    expect(await page.evaluate(`getComputedStyle(document.body).color`)).toBe('rgb(26, 32, 39)');
    expect(await page.evaluate(`document.getElementById('explorer').checkVisibility()`)).toBe(false);
    expect(await page.evaluate(`document.querySelector('.paper').checkVisibility()`)).toBe(true);
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('.map path')].filter((line) => !line.checkVisibility()).length`,
      ),
    ).toBe(0);
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    expect(await page.evaluate(`document.getElementsByTagName('*').length`)).toBe(before);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
  });
});
