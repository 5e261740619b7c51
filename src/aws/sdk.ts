import { createRequire } from 'node:module';
import type { Raw } from '../model/decode.ts';
import type { AwsService } from './operation.ts';

/** What this program uses of an SDK command. */
export interface SdkCommand {
  readonly middlewareStack: {
    readonly addRelativeTo: (
      middleware: (next: (args: unknown) => Promise<unknown>) => (args: unknown) => Promise<unknown>,
      options: { name: string; relation: 'before' | 'after'; toMiddleware: string },
    ) => void;
  };
}

/** What this program uses of an SDK client. */
export interface SdkClient {
  readonly send: (command: SdkCommand, options?: { abortSignal?: AbortSignal }) => Promise<Raw>;
  readonly destroy: () => void;
}

type CommandClass = new (input: Raw) => SdkCommand;

/** One SDK package, loaded. */
export interface ServiceSdk {
  readonly Client: new (configuration: Raw) => SdkClient;
  /** The command of an operation, `undefined` where the SDK has none of that name. */
  readonly command: (operation: string) => CommandClass | undefined;
}

const packages: Readonly<Record<AwsService, { readonly name: string; readonly client: string }>> = {
  ec2: { name: '@aws-sdk/client-ec2', client: 'EC2Client' },
  elb: { name: '@aws-sdk/client-elastic-load-balancing', client: 'ElasticLoadBalancingClient' },
  elbv2: { name: '@aws-sdk/client-elastic-load-balancing-v2', client: 'ElasticLoadBalancingV2Client' },
  'network-firewall': { name: '@aws-sdk/client-network-firewall', client: 'NetworkFirewallClient' },
  directconnect: { name: '@aws-sdk/client-direct-connect', client: 'DirectConnectClient' },
  route53resolver: { name: '@aws-sdk/client-route53resolver', client: 'Route53ResolverClient' },
  cloudwatch: { name: '@aws-sdk/client-cloudwatch', client: 'CloudWatchClient' },
  logs: { name: '@aws-sdk/client-cloudwatch-logs', client: 'CloudWatchLogsClient' },
  sts: { name: '@aws-sdk/client-sts', client: 'STSClient' },
  organizations: { name: '@aws-sdk/client-organizations', client: 'OrganizationsClient' },
};

/**
 * The SDK is loaded when it is first needed, and through its CommonJS build: the one file of client-ec2 loads about
 * twice as fast as the thousand files of its ES modules.
 */
const load = createRequire(import.meta.url);

/** The SDK package of a service. */
export function serviceSdk(service: AwsService): ServiceSdk {
  const { name, client } = packages[service];
  const exports: Readonly<Record<string, unknown>> = load(name);
  return {
    Client: exports[client] as ServiceSdk['Client'],
    command: (operation) => exports[`${operation}Command`] as CommandClass | undefined,
  };
}

/** Temporary or static credentials, as the SDK hands them round. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Anything that yields credentials; `forceRefresh` asks a provider that caches for new ones. */
export type CredentialProvider = (options?: { forceRefresh?: boolean }) => Promise<AwsCredentials>;

/** The parameters with which a profile asks for a role: those of sts:AssumeRole. */
export interface AssumeRoleParameters {
  readonly RoleArn?: string;
  readonly RoleSessionName?: string;
  readonly ExternalId?: string;
  readonly DurationSeconds?: number;
  readonly SerialNumber?: string;
  readonly TokenCode?: string;
}

interface ProviderOptions {
  readonly profile?: string;
  readonly logger: unknown;
  /** Only a fallback: a region put into `clientConfig` would override the Region of IAM Identity Center itself. */
  readonly parentClientConfig: Raw;
  readonly roleAssumer: (source: AwsCredentials, parameters: AssumeRoleParameters) => Promise<AwsCredentials>;
  readonly mfaCodeProvider?: (serialNumber: string) => Promise<string>;
}

/** What this program uses of `@aws-sdk/credential-providers`. */
export interface CredentialProvidersSdk {
  readonly fromNodeProviderChain: (options: ProviderOptions) => CredentialProvider;
  readonly fromIni: (options: ProviderOptions) => CredentialProvider;
}

/** The SDK's credential providers. */
export function credentialProvidersSdk(): CredentialProvidersSdk {
  return load('@aws-sdk/credential-providers');
}

/** The sections of the shared AWS files, as the SDK parses them. */
export type ProfileSections = Readonly<Record<string, Readonly<Record<string, string | undefined>> | undefined>>;

/** What this program uses of `@smithy/core/config`. */
export interface SharedConfigSdk {
  readonly loadSharedConfigFiles: (options: {
    ignoreCache: boolean;
  }) => Promise<{ readonly configFile: ProfileSections; readonly credentialsFile: ProfileSections }>;
}

/** The SDK's reader of the shared AWS configuration and credentials files. */
export function sharedConfigSdk(): SharedConfigSdk {
  return load('@smithy/core/config');
}

/**
 * A logger that prints nothing. It has no `info` and no `error`: the SDK then skips its walk over every answer to blank
 * out secrets before logging, which costs a tenth of the time that reading a large answer takes.
 */
export const silentLogger: { readonly debug: () => void; readonly warn: () => void } = {
  debug: () => undefined,
  warn: () => undefined,
};
