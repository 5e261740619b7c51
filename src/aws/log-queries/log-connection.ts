import { createRequire } from 'node:module';
import type { Raw } from '../../model/decode.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type CredentialOptions, credentialSources } from '../credential-sources.ts';
import { credentialsOf } from '../credentials.ts';
import { withDeadline } from '../deadline.ts';
import { AwsCallError, failureOf } from '../errors.ts';
import type { SdkClient, ServiceSdk } from '../sdk.ts';
import { readSharedConfig } from '../shared-config.ts';
import { createTransport, type TransportOptions } from '../transport.ts';
import { UsageError } from '../usage-error.ts';
import { type LogOperation, logOperations, type LogService } from './log-operations.ts';

/** With whose credentials flow logs are read, and where. */
export interface LogConnectionOptions extends TransportOptions {
  readonly credentials?: CredentialOptions;
  /** The Region of the logs; the home Region of the credentials where absent. */
  readonly region?: string | undefined;
  readonly clock?: Clock;
}

/** The way to flow logs in S3, Athena and CloudWatch Logs. */
export interface LogConnection {
  /** Sends one operation; throws AwsCallError, with AWS's code and message. */
  readonly send: (operation: LogOperation, input: Raw, signal?: AbortSignal) => Promise<Raw>;
  readonly clock: Clock;
  readonly close: () => void;
}

const packages: Readonly<Record<LogService, { readonly name: string; readonly client: string }>> = {
  s3: { name: '@aws-sdk/client-s3', client: 'S3Client' },
  athena: { name: '@aws-sdk/client-athena', client: 'AthenaClient' },
  logs: { name: '@aws-sdk/client-cloudwatch-logs', client: 'CloudWatchLogsClient' },
};

const load = createRequire(import.meta.url);

function sdkOf(service: LogService): ServiceSdk {
  const { name, client } = packages[service];
  const exports: Readonly<Record<string, unknown>> = load(name);
  return {
    Client: exports[client] as ServiceSdk['Client'],
    command: (operation) => exports[`${operation}Command`] as ReturnType<ServiceSdk['command']>,
  };
}

/** Opens the way to flow logs; no call is made before the first operation. Throws UsageError for several accounts. */
export async function openLogs(options: LogConnectionOptions): Promise<LogConnection> {
  const config = await readSharedConfig();
  const credentialOptions = options.credentials ?? {};
  const sources = credentialSources(credentialOptions, config, options.region);
  const [source] = sources;
  if (source === undefined || sources.length > 1)
    throw new UsageError('Flow logs are read with the credentials of one account: name one profile or role.');
  const transport = createTransport(options);
  const clock = options.clock ?? systemClock;
  const credentials = credentialsOf(source, { options: credentialOptions, config, transport, clock });
  const clients = new Map<LogService, SdkClient>();
  const clientOf = (service: LogService): SdkClient => {
    const known = clients.get(service);
    if (known !== undefined) return known;
    const client = new (sdkOf(service).Client)({
      ...transport.configuration(options.region ?? source.homeRegion, credentials),
      // A bucket may lie in another Region; what is not AWS answers to a path only
      ...(service === 's3' ? { followRegionRedirects: true, forcePathStyle: options.endpointUrl !== undefined } : {}),
    });
    clients.set(service, client);
    return client;
  };
  return {
    send: async (operation, input, signal) => {
      const { service, command } = logOperations[operation];
      const Command = sdkOf(service).command(command);
      if (Command === undefined) throw new Error(`the SDK has no ${operation}`);
      try {
        return await withDeadline(transport.timeouts.deadlineMs, signal, (abortSignal) =>
          clientOf(service).send(new Command({ ...input }), { abortSignal }),
        );
      } catch (error) {
        signal?.throwIfAborted();
        throw new AwsCallError(failureOf(error), { cause: error });
      }
    },
    clock,
    close: transport.close,
  };
}
