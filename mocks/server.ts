import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createEndpoint, type EndpointOptions } from './endpoint.ts';
import type { WireReply } from './endpoint/wire.ts';

export interface ServerOptions extends EndpointOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
}

/** The mock AWS on a port of the loopback interface. */
export interface MockServer {
  readonly url: string;
  readonly port: number;
  /** Stops at once, open connections included. */
  readonly close: () => Promise<void>;
}

const loopback = '127.0.0.1';

/**
 * Serves a world over HTTP on 127.0.0.1: one port for all services, accounts and Regions, told apart by the credential
 * scope of each request. Throws where the port is taken.
 */
export async function startServer(options: ServerOptions): Promise<MockServer> {
  const endpoint = createEndpoint(options);
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    void serve(request, response, endpoint.handle).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`mock-aws: ${String(error)}`);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, loopback, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${loopback}:${port}`,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (request: { headers: Record<string, string>; body: string }) => Promise<WireReply>,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
  send(await handle({ headers, body: Buffer.concat(parts).toString('utf8') }), response);
}

function send(reply: WireReply, response: ServerResponse): void {
  const { socket } = response;
  // A closed port cannot be told for one request only; to the client it is a connection that ends before any answer
  if (reply.kind === 'reset' || reply.kind === 'refuse') return void socket?.resetAndDestroy();
  if (reply.kind === 'hang') return;
  const bytes = Buffer.from(reply.body);
  const { delivery } = reply;
  response.writeHead(reply.status, { ...reply.headers, 'content-length': bytes.length });
  switch (delivery.way) {
    case 'whole':
      response.end(bytes);
      return;
    case 'truncated':
      response.write(bytes.subarray(0, delivery.sent), () => socket?.destroy());
      return;
    case 'stalled':
      response.write(bytes.subarray(0, delivery.sent));
      return;
    case 'dripping':
      drip(bytes, delivery, response);
  }
}

function drip(
  bytes: Buffer,
  { delayMs, atOnce }: { readonly delayMs: number; readonly atOnce: number },
  response: ServerResponse,
): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent >= bytes.length || response.destroyed) {
      clearInterval(timer);
      response.end();
      return;
    }
    response.write(bytes.subarray(sent, sent + atOnce));
    sent += atOnce;
  }, delayMs);
  response.on('close', () => clearInterval(timer));
}
