import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../src/findings/audit-report.ts';
import { renderHtml } from '../../../src/reporters/html/render.ts';
import { type Browser, chromiumOrSaySo, openBrowser, type Page } from '../chromium.ts';
import { hostileReport } from '../hostile-report.ts';
import { cleanReport, largeReport, sampleReport } from '../sample-report.ts';

const hasChromium = chromiumOrSaySo(
  'the report in a browser (no request, no script, contrast, keyboard, phone, paper)',
);

const samples: Readonly<Record<string, () => AuditReport>> = {
  sample: sampleReport,
  hostile: hostileReport,
  clean: cleanReport,
  large: () => largeReport(1000),
};

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
    return page;
  };
  const openEverything = `document.querySelectorAll('details').forEach((details) => { details.open = true })`;

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
    await page.evaluate(
      `document.querySelectorAll('*').forEach((element) => {
        for (const type of ['mouseover', 'focus', 'click', 'error', 'load'])
          if (element.tagName !== 'A') element.dispatchEvent(new Event(type));
      })`,
    );
    const found = await page.evaluate<Record<string, unknown>>(`({
      fired: globalThis.fired ?? null,
      scripts: document.scripts.length,
      strange: document.querySelectorAll('img, iframe, object, embed, base, link, body svg[onload], main form[action]').length,
      metas: document.querySelectorAll('meta').length,
      inline: [...document.querySelectorAll('*')].filter((element) => [...element.attributes].some(({ name }) => name === 'style' || name.startsWith('on'))).length,
      links: [...document.links].filter(({ protocol, hash, href }) => protocol !== 'https:' && href.split('#')[0] !== location.href.split('#')[0]).map(({ href }) => href),
      hidden: /[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]/u.test(document.querySelector('main').textContent.replaceAll('\\n', '')),
    })`);
    expect(found).toEqual({ fired: null, scripts: 1, strange: 0, metas: 6, inline: 0, links: [], hidden: false });
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

  it('opens what a link points to', async () => {
    const { fingerprint } = sampleReport().results.findLast(({ outcome }) => outcome === 'fail') ?? { fingerprint: '' };
    const page = await open('sample', {}, `#f-${fingerprint}`);
    const state = `(() => {
      const target = document.getElementById('f-${fingerprint}');
      const { top } = target.getBoundingClientRect();
      return { open: target.open, folds: !target.parentElement.closest('details:not([open])'), seen: top >= 0 && top < innerHeight };
    })()`;
    expect(await page.evaluate(state)).toEqual({ open: true, folds: true, seen: true });
  });

  it('can be searched, narrowed and unfolded with the keyboard alone', async () => {
    const page = await open('sample');
    const key = async (name: string, text?: string): Promise<void> => {
      const code = { Tab: 9, Enter: 13, ' ': 32 }[name] ?? 0;
      const event = { key: name, windowsVirtualKeyCode: code, ...(text === undefined ? {} : { text }) };
      await page.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
      await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    };
    const focused = 'document.activeElement.id || document.activeElement.tagName';
    const shown = `[...document.querySelectorAll('#findings .finding')].filter((finding) => finding.checkVisibility()).length`;
    for (let presses = 0; presses < 100 && (await page.evaluate(focused)) !== 'filter-text'; presses += 1)
      await key('Tab');
    expect(await page.evaluate(focused)).toBe('filter-text');
    await page.send('Input.insertText', { text: 'blackhole peering' });
    expect(await page.evaluate(shown)).toBe(3);
    expect(await page.evaluate(`document.getElementById('filter-shown').textContent`)).toBe(
      '3 of 46 findings on this page',
    );
    for (let presses = 0; presses < 20 && (await page.evaluate(focused)) !== 'SUMMARY'; presses += 1) await key('Tab');
    await key('Enter', '\r');
    expect(await page.evaluate(`document.activeElement.parentElement.open`)).toBe(true);
    await page.evaluate(`(() => {
      const text = document.getElementById('filter-text');
      text.value = '';
      const region = document.getElementById('filter-region');
      region.value = 'us-east-1';
      region.dispatchEvent(new Event('input', { bubbles: true }));
    })()`);
    const regions = `[...new Set([...document.querySelectorAll('#findings .finding:not([hidden])')].map((finding) => finding.dataset.region))]`;
    expect(await page.evaluate(regions)).toEqual(['us-east-1']);
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
    expect(await count('.finding')).toBe(46);
    expect(await count('.evidence')).toBe(46);
    expect(await count('button:not([hidden])')).toBe(await count('form[hidden] button:not([hidden])'));
    expect(await count('#coverage .matrix tbody tr')).toBe(9);
  });

  it('prints everything, folded or not, in the light colours', async () => {
    const page = await open('sample', { scheme: 'dark' });
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
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
  });
});
