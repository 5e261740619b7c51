import { createRequire } from 'node:module';
import type { ServiceSdk } from '../sdk.ts';
import type { OutboxService } from './outbox-operations.ts';

const packages: Readonly<Record<OutboxService, { readonly name: string; readonly client: string }>> = {
  s3: { name: '@aws-sdk/client-s3', client: 'S3Client' },
  sns: { name: '@aws-sdk/client-sns', client: 'SNSClient' },
  events: { name: '@aws-sdk/client-eventbridge', client: 'EventBridgeClient' },
  securityhub: { name: '@aws-sdk/client-securityhub', client: 'SecurityHubClient' },
  ssm: { name: '@aws-sdk/client-ssm', client: 'SSMClient' },
  secretsmanager: { name: '@aws-sdk/client-secrets-manager', client: 'SecretsManagerClient' },
};

const load = createRequire(import.meta.url);

/** The SDK package of a service that results go to, loaded when it is first needed. */
export function outboxSdk(service: OutboxService): ServiceSdk {
  const { name, client } = packages[service];
  const exports: Readonly<Record<string, unknown>> = load(name);
  return {
    Client: exports[client] as ServiceSdk['Client'],
    command: (operation) => exports[`${operation}Command`] as ReturnType<ServiceSdk['command']>,
  };
}
