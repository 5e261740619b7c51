import { parseArgs } from 'node:util';
import { keysOf } from './answer/identity.ts';
import { auditRole } from './accounts/hub-spoke-org.ts';
import { sampleAccount, sampleAccounts } from './accounts/index.ts';
import { huge } from './accounts/huge.ts';
import { loadWorld } from './load-world.ts';
import { type MockServer, startServer } from './server.ts';
import { createThrottle } from './throttle.ts';
import type { World } from './world.ts';

const usage = `Usage: npm run mock-aws -- [options]

Serves sample accounts as AWS would, on 127.0.0.1. Point the AWS CLI or vpc-auditor at it with the lines that it prints.

  --account NAME   ${[...Object.keys(sampleAccounts), 'huge'].join(', ')}
                   (hub-spoke-org unless said otherwise)
  --snapshot DIR   serve a snapshot folder instead
  --port N         a free port unless said otherwise
  --seed N         answer in an order shuffled by this number, as AWS promises none
  --throttle       enforce EC2's published request rates
  --help`;

/** Exit codes of sysexits.h: wrong usage. */
const wrongUsage = 64;

/** What the command needs of the world around it. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Resolves when the user wants it to stop. */
  readonly stopped: () => Promise<void>;
}

/** Serves until it is stopped; returns the exit code. `words` are the arguments of the command line. */
export async function serve(words: readonly string[], terminal: Terminal): Promise<number> {
  const options = parse(words, terminal);
  if (options === undefined) return wrongUsage;
  if (options.help === true) {
    terminal.out(usage);
    return 0;
  }
  const world = await worldOf(options.account, options.snapshot);
  const server = await startServer({
    world,
    port: Number(options.port ?? 0),
    ...(options.seed === undefined ? {} : { settings: { seed: Number(options.seed) } }),
    ...(options.throttle === true ? { throttle: createThrottle(Date.now) } : {}),
  });
  terminal.out(environment(server, world).join('\n'));
  terminal.err(`# mock AWS on ${server.url}: ${[...world.accounts.keys()].join(', ')}; stop it with Ctrl-C`);
  terminal.err('# vpc-auditor wants --endpoint-from-environment with these lines, or --endpoint-url');
  if (options.account === undefined && options.snapshot === undefined) {
    terminal.err(`# members: assume the role ${auditRole.roleName} with the external id ${auditRole.externalId}`);
  }
  await terminal.stopped();
  await server.close();
  return 0;
}

interface Options {
  readonly account?: string;
  readonly snapshot?: string;
  readonly port?: string;
  readonly seed?: string;
  readonly throttle?: boolean;
  readonly help?: boolean;
}

function parse(words: readonly string[], terminal: Terminal): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        account: { type: 'string' },
        snapshot: { type: 'string' },
        port: { type: 'string' },
        seed: { type: 'string' },
        throttle: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    for (const name of ['port', 'seed'] as const) {
      const value = values[name];
      if (value !== undefined && !/^\d{1,9}$/.test(value)) throw new Error(`--${name} takes a number, not ${value}`);
    }
    if (values.account !== undefined && values.snapshot !== undefined) {
      throw new Error('--account and --snapshot exclude each other');
    }
    return values;
  } catch (error) {
    terminal.err(error instanceof Error ? error.message : String(error));
    terminal.err(usage);
    return undefined;
  }
}

async function worldOf(account: string | undefined, snapshot: string | undefined): Promise<World> {
  if (snapshot !== undefined) return loadWorld(snapshot);
  return account === 'huge' ? huge() : sampleAccount(account ?? 'hub-spoke-org').world;
}

/** The lines that a shell takes over: `eval "$(…)"`, or by hand. */
function environment(server: MockServer, world: World): readonly string[] {
  const [first] = world.accounts.values();
  if (first === undefined) throw new Error('the world has no account');
  const { accessKeyId, secretAccessKey } = keysOf(first.accountId);
  const region = [...first.regions.keys()][0] ?? 'us-east-1';
  return [
    'unset AWS_PROFILE AWS_SESSION_TOKEN AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    `export AWS_ENDPOINT_URL=${server.url}`,
    `export AWS_ACCESS_KEY_ID=${accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    // The AWS CLI reads the second name only, everything else the first
    `export AWS_REGION=${region}`,
    `export AWS_DEFAULT_REGION=${region}`,
    'export AWS_EC2_METADATA_DISABLED=true',
  ];
}
