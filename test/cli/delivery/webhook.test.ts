import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { postWebhook } from '../../../src/cli/delivery/webhook.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that answers with these statuses, one after the other, and keeps what it was sent. */
async function answering(
  ...statuses: readonly number[]
): Promise<{ readonly url: string; readonly received: readonly string[] }> {
  const received: string[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const part of request) body += String(part);
    const status = statuses[received.length] ?? 500;
    received.push(body);
    response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/elsewhere' } : {}).end('ok');
  };
  const server = createServer((request, response) => void handle(request, response));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/t0ken`, received };
}

const waits: number[] = [];
const wait = (ms: number): Promise<void> => {
  waits.push(ms);
  return Promise.resolve();
};

describe('a webhook', () => {
  it('gets the message as JSON, once', async () => {
    const { url, received } = await answering(200);
    await postWebhook(url, { text: 'grüße' }, wait);
    expect(received.map((body) => JSON.parse(body) as unknown)).toEqual([{ text: 'grüße' }]);
  });

  it('is asked again while it is busy, and not after three times', async () => {
    const busy = await answering(503, 429, 200);
    await postWebhook(busy.url, {}, wait);
    expect(busy.received).toHaveLength(3);
    const broken = await answering(500, 500, 500, 200);
    await expect(postWebhook(broken.url, {}, wait)).rejects.toThrow('HTTP 500');
    expect(broken.received).toHaveLength(3);
  });

  it('is not asked again where it refuses, and nobody is sent elsewhere', async () => {
    for (const status of [404, 302]) {
      const { url, received } = await answering(status, 200);
      await expect(postWebhook(url, {}, wait)).rejects.toThrow(`HTTP ${status}`);
      expect(received).toHaveLength(1);
    }
  });

  it.each(['http://hooks.example.com/t0ken', 'ftp://127.0.0.1/t0ken', 'not an address t0ken'])(
    'is never sent to %s, and the address stays secret',
    async (address) => {
      const failed: unknown = await postWebhook(address, {}, wait).catch((error: unknown) => error);
      expect(failed).toMatchObject({ name: 'WebhookFailed' });
      expect(String(failed)).not.toContain('t0ken');
    },
  );
});
