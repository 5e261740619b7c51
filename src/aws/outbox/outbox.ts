import type { Raw } from '../../model/decode.ts';
import { assumeRole } from '../assume-role.ts';
import { systemClock } from '../clock.ts';
import { type CredentialOptions, credentialSources } from '../credential-sources.ts';
import { credentialsOf } from '../credentials.ts';
import { withDeadline } from '../deadline.ts';
import { AwsCallError, failureOf } from '../errors.ts';
import { type RenewableCredentials, renewableCredentials } from '../renewable-credentials.ts';
import type { SdkClient } from '../sdk.ts';
import { readSharedConfig } from '../shared-config.ts';
import { createTransport, type TransportOptions } from '../transport.ts';
import { type OutboxOperation, outboxOperations, type OutboxService } from './outbox-operations.ts';
import { outboxSdk } from './outbox-sdk.ts';

/** With whose credentials results are sent; nothing means those of the default chain. */
export interface OutboxOptions extends TransportOptions {
  readonly profile?: string;
}

/** Another account, entered by a role. */
export interface OutboxRole {
  readonly roleArn: string;
  readonly externalId?: string;
}

/** Where an operation goes: to the Region, else to the home Region of the credentials. */
export interface OutboxPlace {
  readonly region?: string;
  readonly role?: OutboxRole;
}

/** The way on which results leave. It is opened for them alone, after the audit. */
export interface Outbox {
  /** Sends one operation; throws AwsCallError, with AWS's code and message. */
  readonly send: (operation: OutboxOperation, input: Raw, place?: OutboxPlace) => Promise<Raw>;
  readonly close: () => void;
}

/** Opens the outbox. No call is made before the first operation is sent. */
export async function openOutbox(options: OutboxOptions = {}): Promise<Outbox> {
  const config = await readSharedConfig();
  const credentialOptions: CredentialOptions = options.profile === undefined ? {} : { profiles: [options.profile] };
  const [source] = credentialSources(credentialOptions, config, undefined);
  if (source === undefined) throw new Error('there is no source of credentials');
  const transport = createTransport(options);
  const own = credentialsOf(source, { options: credentialOptions, config, transport, clock: systemClock });
  const byRole = new Map<string, RenewableCredentials>();
  const clients = new Map<string, SdkClient>();

  const credentialsIn = (role: OutboxRole | undefined, region: string): RenewableCredentials => {
    if (role === undefined) return own;
    const known = byRole.get(role.roleArn);
    if (known !== undefined) return known;
    const session = {
      RoleArn: role.roleArn,
      RoleSessionName: 'vpc-auditor-results',
      ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
    };
    const made = renewableCredentials(async () => assumeRole(await own(), session, region, transport), systemClock);
    byRole.set(role.roleArn, made);
    return made;
  };

  const clientOf = (service: OutboxService, region: string, role: OutboxRole | undefined): SdkClient => {
    const key = `${service} ${region} ${role?.roleArn ?? ''}`;
    const known = clients.get(key);
    if (known !== undefined) return known;
    const { Client } = outboxSdk(service);
    const client = new Client({
      ...transport.configuration(region, credentialsIn(role, region)),
      // A bucket may lie in another Region than the credentials name; a mock answers to a path only
      ...(service === 's3' ? { followRegionRedirects: true, forcePathStyle: options.endpointUrl !== undefined } : {}),
    });
    clients.set(key, client);
    return client;
  };

  return {
    send: async (operation, input, { region = source.homeRegion, role } = {}) => {
      const { service, command } = outboxOperations[operation];
      const Command = outboxSdk(service).command(command);
      if (Command === undefined) throw new Error(`the SDK has no ${operation}`);
      try {
        return await withDeadline(transport.timeouts.deadlineMs, undefined, (abortSignal) =>
          clientOf(service, region, role).send(new Command({ ...input }), { abortSignal }),
        );
      } catch (error) {
        throw new AwsCallError(failureOf(error), { cause: error });
      }
    },
    close: transport.close,
  };
}
