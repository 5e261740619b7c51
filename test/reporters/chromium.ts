import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** A Chromium on this machine; `undefined` where there is none. */
export const chromiumPath: string | undefined = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path));

/** Says aloud that tests are skipped, since a skipped test looks like a passed one from afar. */
export function chromiumOrSaySo(what: string): boolean {
  if (chromiumPath === undefined) process.stderr.write(`SKIPPED: ${what}: no Chromium is installed on this machine\n`);
  return chromiumPath !== undefined;
}

type Params = Readonly<Record<string, unknown>>;

/** One tab, spoken to in the Chrome DevTools Protocol. */
export interface Page {
  readonly send: (method: string, params?: Params) => Promise<Params>;
  /** Everything the tab reported so far: network requests, console messages, errors, policy violations. */
  readonly events: readonly { readonly method: string; readonly params: Params }[];
  /** Loads an address and waits until it has loaded. */
  readonly open: (url: string) => Promise<void>;
  /** The value of an expression in the page. */
  readonly evaluate: <T>(expression: string) => Promise<T>;
  /** A PNG of the whole page, or of the window alone. */
  readonly screenshot: (whole?: boolean) => Promise<Buffer>;
  readonly pdf: () => Promise<Buffer>;
}

export interface Browser {
  readonly newPage: (options?: { readonly width?: number; readonly scheme?: 'light' | 'dark' }) => Promise<Page>;
  readonly close: () => Promise<void>;
}

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--hide-scrollbars',
  '--remote-debugging-pipe',
];

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
}

/** Starts a browser with an empty profile, spoken to over a pipe: no port is opened. */
export async function openBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('no Chromium is installed on this machine');
  const profile = await mkdtemp(join(tmpdir(), 'vpc-auditor-chromium-'));
  const child = spawn(chromiumPath, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const input = child.stdio[3] as Writable;
  const output = child.stdio[4] as Readable;
  const waiting = new Map<number, (message: Message) => void>();
  const listeners = new Map<string, (method: string, params: Params) => void>();
  let last = 0;
  let buffered = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = `${buffered}${chunk}`.split('\0');
    buffered = messages.pop() ?? '';
    for (const text of messages) {
      const message = JSON.parse(text) as Message;
      if (message.id !== undefined) waiting.get(message.id)?.(message);
      else if (message.method !== undefined)
        listeners.get(message.sessionId ?? '')?.(message.method, message.params ?? {});
    }
  });
  const send = (method: string, params: Params = {}, sessionId?: string): Promise<Params> =>
    new Promise((resolve, reject) => {
      last += 1;
      const id = last;
      waiting.set(id, (message) => {
        waiting.delete(id);
        if (message.error === undefined) resolve(message.result ?? {});
        else reject(new Error(`${method}: ${message.error.message}`));
      });
      input.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
    });
  return {
    newPage: async ({ width = 1280, scheme = 'light' } = {}) => {
      const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
      return openPage(
        (method, params) => send(method, params, String(sessionId)),
        (listener) => listeners.set(String(sessionId), listener),
        width,
        scheme,
      );
    },
    close: async () => {
      await send('Browser.close').catch(() => child.kill());
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function openPage(
  send: (method: string, params?: Params) => Promise<Params>,
  listen: (listener: (method: string, params: Params) => void) => void,
  width: number,
  scheme: 'light' | 'dark',
): Promise<Page> {
  const events: { method: string; params: Params }[] = [];
  let loaded: () => void = () => undefined;
  listen((method, params) => {
    events.push({ method, params });
    if (method === 'Page.loadEventFired') loaded();
  });
  for (const domain of ['Page', 'Network', 'Log', 'Runtime', 'Audits']) await send(`${domain}.enable`);
  await send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 });
  await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  return {
    send,
    events,
    open: async (url) => {
      const done = new Promise<void>((resolve) => {
        loaded = resolve;
      });
      await send('Page.navigate', { url });
      await done;
    },
    evaluate: async <T>(expression: string) => {
      const { result, exceptionDetails } = await send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails !== undefined) throw new Error(`in the page: ${JSON.stringify(exceptionDetails)}`);
      return (result as { readonly value: T }).value;
    },
    screenshot: async (whole = false) => {
      const { data } = await send('Page.captureScreenshot', {
        format: 'png',
        captureBeyondViewport: whole,
        ...(whole ? await wholePage(send) : {}),
      });
      return Buffer.from(String(data), 'base64');
    },
    pdf: async () => {
      const { data } = await send('Page.printToPDF', { printBackground: true, preferCSSPageSize: true });
      return Buffer.from(String(data), 'base64');
    },
  };
}

async function wholePage(send: (method: string) => Promise<Params>): Promise<Params> {
  const { cssContentSize } = await send('Page.getLayoutMetrics');
  const { width, height } = cssContentSize as { readonly width: number; readonly height: number };
  return { clip: { x: 0, y: 0, width, height: Math.min(height, 12_000), scale: 1 } };
}
