import { assumeRole, type RoleSession } from './assume-role.ts';
import type { Clock } from './clock.ts';
import type { CredentialOptions, CredentialSource } from './credential-sources.ts';
import { CredentialsError } from './credentials-error.ts';
import { type RenewableCredentials, renewableCredentials } from './renewable-credentials.ts';
import { safeText } from './safe-text.ts';
import {
  type AssumeRoleParameters,
  type AwsCredentials,
  type CredentialProvider,
  credentialProvidersSdk,
  silentLogger,
} from './sdk.ts';
import { defaultProfileName, type Profile, type SharedConfig } from './shared-config.ts';
import type { Transport } from './transport.ts';

/** What all sources of one run share. */
export interface CredentialContext {
  readonly options: CredentialOptions;
  readonly config: SharedConfig;
  readonly transport: Transport;
  readonly clock: Clock;
}

/** Role sessions of this program carry a name that says so in CloudTrail, unless the caller or the profile gives one. */
const defaultSessionName = 'vpc-auditor';

/** The credentials of a source, fetched when first used and shared from then on. */
export function credentialsOf(source: CredentialSource, context: CredentialContext): RenewableCredentials {
  const base = baseProvider(source, context);
  const { options, transport, clock } = context;
  return renewableCredentials(async (forceRefresh) => {
    const credentials = await explained(source, () => base(forceRefresh ? { forceRefresh } : {}));
    if (source.roleArn === undefined) return credentials;
    return assumeRole(credentials, roleSession(source.roleArn, options), source.homeRegion, transport);
  }, clock);
}

/** The credentials of a role in another account, assumed with those of an account that is entered already. */
export function memberCredentials(
  base: RenewableCredentials,
  source: { readonly roleArn: string; readonly homeRegion: string },
  { options, transport, clock }: Omit<CredentialContext, 'config'>,
): RenewableCredentials {
  return renewableCredentials(
    async () => assumeRole(await base(), roleSession(source.roleArn, options), source.homeRegion, transport),
    clock,
  );
}

/** The profile's or the default chain's own credentials. */
function baseProvider(source: CredentialSource, context: CredentialContext): CredentialProvider {
  const { options, config, transport } = context;
  const profileName = source.profile ?? defaultProfileName(config);
  const last = source.roleArn === undefined && profileName !== undefined ? config.profiles[profileName] : undefined;
  const providerOptions = {
    ...(source.profile === undefined ? {} : { profile: source.profile }),
    logger: silentLogger,
    parentClientConfig: { region: source.homeRegion, logger: silentLogger },
    roleAssumer: (sourceCredentials: AwsCredentials, parameters: AssumeRoleParameters) =>
      assumeRole(sourceCredentials, profileSession(parameters, last, options), source.homeRegion, transport),
    ...(options.mfaCodeProvider === undefined ? {} : { mfaCodeProvider: options.mfaCodeProvider }),
  };
  const { fromIni, fromNodeProviderChain } = credentialProvidersSdk();
  return source.profile === undefined ? fromNodeProviderChain(providerOptions) : fromIni(providerOptions);
}

function roleSession(roleArn: string, options: CredentialOptions): RoleSession {
  return {
    RoleArn: roleArn,
    RoleSessionName: options.sessionName ?? defaultSessionName,
    DurationSeconds: options.sessionDurationSeconds ?? 3600,
    ...(options.externalId === undefined ? {} : { ExternalId: options.externalId }),
    ...(options.sessionPolicy === undefined ? {} : { Policy: options.sessionPolicy }),
  };
}

/**
 * The session of a role that a profile names. Only the last role of the way carries the read-only policy: one that
 * still has to assume another role would be cut off by it. The SDK's invented session name is replaced by ours.
 */
function profileSession(
  parameters: AssumeRoleParameters,
  last: Profile | undefined,
  options: CredentialOptions,
): RoleSession {
  const invented = parameters.RoleSessionName === undefined || /^aws-sdk-js-\d+$/.test(parameters.RoleSessionName);
  const isLast = last !== undefined && last['role_arn'] === parameters.RoleArn;
  return {
    ...withoutUndefined(parameters),
    ...(invented ? { RoleSessionName: options.sessionName ?? defaultSessionName } : {}),
    ...(isLast && options.sessionPolicy !== undefined ? { Policy: options.sessionPolicy } : {}),
  };
}

function withoutUndefined<T extends object>(parameters: T): T {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined)) as T;
}

/** The SDK's reason in one sentence that names the source. */
async function explained<T>(source: CredentialSource, fetchCredentials: () => Promise<T>): Promise<T> {
  try {
    return await fetchCredentials();
  } catch (error) {
    if (error instanceof CredentialsError) throw error;
    const base = source.profile === undefined ? 'the default credentials' : `profile "${source.profile}"`;
    const message = error instanceof Error ? safeText(error.message) : 'unknown reason';
    throw new CredentialsError(`There are no credentials from ${base}: ${message}`);
  }
}
