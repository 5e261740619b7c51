import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** An AWS that somebody else wrote, on a port of this machine. */
export interface MotoServer {
  readonly endpoint: string;
  readonly stop: () => void;
}

/** The credentials that it takes, which are none. */
export const motoCredentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' } as const;

/** Starts the binary that MOTO_SERVER names and waits until it answers. */
export async function startMoto(): Promise<MotoServer> {
  const binary = process.env['MOTO_SERVER'];
  if (binary === undefined) throw new Error('MOTO_SERVER names no moto_server');
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const moto: ChildProcess = spawn(binary, ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, MOTO_EC2_LOAD_DEFAULT_AMIS: 'false' },
  });
  await untilReady(endpoint);
  return { endpoint, stop: () => moto.kill() };
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

async function untilReady(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    try {
      if ((await fetch(`${endpoint}/moto-api/data.json`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('moto_server did not start');
}
