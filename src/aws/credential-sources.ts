import type { AccountId } from '../model/id.ts';
import { CredentialsError } from './credentials-error.ts';
import { variable } from './environment.ts';
import { homeRegion } from './home-region.ts';
import { defaultProfileName, type Profile, profileChain, type SharedConfig } from './shared-config.ts';
import { UsageError } from './usage-error.ts';

/** With which credentials to run. Nothing at all means the SDK's default chain. */
export interface CredentialOptions {
  /** Profiles of the shared AWS files; each is an account of its own. */
  readonly profiles?: readonly string[];
  /** Roles to assume, each an account of its own, with the default chain's credentials or those of the one profile. */
  readonly roleArns?: readonly string[];
  readonly externalId?: string;
  /** The session's name in CloudTrail. */
  readonly sessionName?: string;
  /** 900 to 43,200; at most 3,600 where a role assumes a role (IAM User Guide, "Role chaining"). */
  readonly sessionDurationSeconds?: number;
  /** The read-only policy that every role session carries. */
  readonly sessionPolicy?: string;
  /** The policy of a session that lists an organization and assumes the members' roles, in place of that one. */
  readonly hopPolicy?: string;
  /** Asks a person for the code of an MFA device; absent in an unattended run, which then refuses such profiles. */
  readonly mfaCodeProvider?: (serialNumber: string) => Promise<string>;
}

/** One way to credentials, and so to one account. */
export interface CredentialSource {
  /** In words, for messages. */
  readonly label: string;
  readonly profile?: string;
  readonly roleArn?: string;
  /** Where STS and DescribeRegions are asked. */
  readonly homeRegion: string;
  /** The account as far as it can be told without asking AWS. */
  readonly accountId?: AccountId;
}

const roleArnPattern = /^arn:aws[a-z-]*:iam::(\d{12}):role\/[\w+=,.@/-]+$/;

/**
 * The sources that the options name, checked against the shared AWS files as far as that goes without a call: an
 * unknown or unreadable profile and one that asks for a code which nobody can give are refused here.
 */
export function credentialSources(
  options: CredentialOptions,
  config: SharedConfig,
  requestedRegion: string | undefined,
): readonly CredentialSource[] {
  const profiles = [...new Set(options.profiles ?? [])];
  const roleArns = [...new Set(options.roleArns ?? [])];
  if (roleArns.length > 0 && profiles.length > 1) {
    throw new UsageError(`Roles are assumed with one profile, not with ${profiles.length}: name one profile, or none.`);
  }
  for (const arn of roleArns) {
    if (!roleArnPattern.test(arn))
      throw new UsageError(`"${arn}" is not the ARN of an IAM role (arn:aws:iam::<account>:role/<name>).`);
  }
  const { sessionDurationSeconds: duration } = options;
  if (duration !== undefined && !(Number.isInteger(duration) && duration >= 900 && duration <= 43_200)) {
    throw new UsageError(`A role session lasts 900 to 43200 seconds, not ${duration}.`);
  }
  const bases = profiles.length > 0 ? profiles : [undefined];
  return bases.flatMap((profile) => {
    const settings = profileSettings(profile, config, options);
    const configured = variable('AWS_REGION') ?? variable('AWS_DEFAULT_REGION') ?? settings?.['region'];
    const hints = { configured, requested: requestedRegion };
    if (roleArns.length === 0) {
      const accountId = roleArnPattern.exec(settings?.['role_arn'] ?? '')?.[1] ?? settings?.['sso_account_id'];
      return [
        {
          label: profile === undefined ? 'the default credentials' : `profile "${profile}"`,
          ...(profile === undefined ? {} : { profile }),
          homeRegion: homeRegion({ ...hints, roleArn: settings?.['role_arn'] }),
          ...(accountId === undefined ? {} : { accountId: accountId as AccountId }),
        },
      ];
    }
    return roleArns.map((roleArn) => ({
      label: `role ${roleArn}`,
      ...(profile === undefined ? {} : { profile }),
      roleArn,
      homeRegion: homeRegion({ ...hints, roleArn }),
      accountId: roleArnPattern.exec(roleArn)?.[1] as AccountId,
    }));
  });
}

/** The settings of the profile in use, `undefined` where the credentials come from elsewhere. */
function profileSettings(
  profile: string | undefined,
  config: SharedConfig,
  options: CredentialOptions,
): Profile | undefined {
  const name = profile ?? defaultProfileName(config);
  if (name === undefined) return undefined;
  const chain = profileChain(config, name);
  const withCode = chain.find(
    (link) => link.profile['mfa_serial'] !== undefined && link.profile['role_arn'] !== undefined,
  );
  if (withCode !== undefined && options.mfaCodeProvider === undefined) {
    throw new CredentialsError(
      `Profile "${name}" asks for a multi-factor code (mfa_serial in profile "${withCode.name}"), which an unattended run cannot give; use a profile or role without it.`,
    );
  }
  return chain[0]?.profile;
}
