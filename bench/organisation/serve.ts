/** The mock organisation in a process of its own, told by messages; counts what it did and keeps who was struck. */
import { callIdentity, faultScript } from '../../mocks/faults.ts';
import { startServer } from '../../mocks/server.ts';
import { wideOrganisation } from '../../mocks/wide-organisation.ts';
import { troubles } from './faults.ts';

/** What the process is started with, as JSON in its first argument. */
export interface ServeOptions {
  readonly accounts: number;
  readonly regions: readonly string[];
  /** No troubles where absent. */
  readonly seed?: number;
}

/** What it has seen. */
export interface Seen {
  readonly requests: number;
  /** By what a call asks: the troubles that struck it, each with how often. */
  readonly struck: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const options = JSON.parse(process.argv[2] ?? '{}') as ServeOptions;
const world = wideOrganisation(options);
const struck: Record<string, Record<string, number>> = {};
let requests = 0;
const server = await startServer({
  world,
  ...(options.seed === undefined ? {} : { faults: faultScript(troubles, options.seed) }),
  onCall: (call) => {
    requests += 1;
    if (call.outcome !== 'fault' || call.code === undefined) return;
    const counts = (struck[callIdentity(call)] ??= {});
    counts[call.code] = (counts[call.code] ?? 0) + 1;
  },
});
process.on('message', () => process.send?.({ requests, struck } satisfies Seen));
process.on('disconnect', () => process.exit());
process.send?.({ url: server.url, managementAccountId: world.organization?.managementAccountId ?? '' });
