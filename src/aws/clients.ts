import type { AwsService } from './operation.ts';
import type { RenewableCredentials } from './renewable-credentials.ts';
import { type SdkClient, serviceSdk } from './sdk.ts';
import type { Transport } from './transport.ts';

/** Where a call goes: an account through its credentials, and a Region of it. */
export interface Target {
  readonly accountId: string;
  readonly region: string;
  readonly credentials: RenewableCredentials;
}

/** The SDK clients, one per account, Region and service. */
export interface Clients {
  readonly of: (target: Target, service: AwsService) => SdkClient;
  /** Forgets the clients of a Region that is done. The connections stay with the transport. */
  readonly release: (target: Target) => void;
}

/** An empty set of clients; each is made when it is first needed. */
export function createClients(transport: Transport): Clients {
  const byAccount = new Map<RenewableCredentials, Map<string, SdkClient>>();
  return {
    of: ({ credentials, region }, service) => {
      const clients = byAccount.get(credentials) ?? new Map<string, SdkClient>();
      byAccount.set(credentials, clients);
      const key = `${region} ${service}`;
      const known = clients.get(key);
      if (known !== undefined) return known;
      const { Client } = serviceSdk(service);
      const client = new Client(transport.configuration(region, credentials));
      clients.set(key, client);
      return client;
    },
    release: ({ credentials, region }) => {
      const clients = byAccount.get(credentials);
      for (const key of clients?.keys() ?? []) if (key.startsWith(`${region} `)) clients?.delete(key);
    },
  };
}
