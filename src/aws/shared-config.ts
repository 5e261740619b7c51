import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { nearestNames } from '../model/nearest-names.ts';
import { CredentialsError } from './credentials-error.ts';
import { variable } from './environment.ts';
import { type ProfileSections, sharedConfigSdk } from './sdk.ts';

/** One profile of the shared AWS files: its settings by name. */
export type Profile = Readonly<Record<string, string | undefined>>;

/** The shared AWS configuration and credentials files. */
export interface SharedConfig {
  readonly profiles: Readonly<Record<string, Profile | undefined>>;
  /** Sections that are no profile, such as `services.NAME`. */
  readonly sections: ProfileSections;
  /** The paths of the two files, for messages. */
  readonly paths: readonly [config: string, credentials: string];
}

/**
 * Reads both files. A file that is absent is empty; one that is there and cannot be read is an error, since the SDK
 * would take it for empty and go on with other credentials.
 */
export async function readSharedConfig(): Promise<SharedConfig> {
  const paths = [pathOf('AWS_CONFIG_FILE', 'config'), pathOf('AWS_SHARED_CREDENTIALS_FILE', 'credentials')] as const;
  for (const path of paths) await refuseUnreadable(path);
  const { configFile, credentialsFile } = await sharedConfigSdk().loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  const profiles = Object.fromEntries(
    [...names]
      .filter((name) => !/^(sso-session|services)\./.test(name))
      .map((name) => [name, { ...configFile[name], ...credentialsFile[name] }]),
  );
  return { profiles, sections: configFile, paths };
}

function pathOf(name: string, file: string): string {
  const path = variable(name) ?? join(homedir(), '.aws', file);
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

async function refuseUnreadable(path: string): Promise<void> {
  try {
    await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
    const reasons: Readonly<Record<string, string>> = {
      EACCES: 'permission denied',
      EPERM: 'permission denied',
      EISDIR: 'it is a folder',
    };
    throw new CredentialsError(`The AWS file ${path} cannot be read: ${reasons[String(code)] ?? String(code)}.`, {
      cause: error,
    });
  }
}

/** The profile, or an error that names the nearest ones. */
function requireProfile(config: SharedConfig, name: string): Profile {
  const profile = Object.hasOwn(config.profiles, name) ? config.profiles[name] : undefined;
  if (profile !== undefined) return profile;
  const near = nearestNames(name, Object.keys(config.profiles));
  const hint = near.length === 0 ? '' : ` Did you mean ${near.map((candidate) => `"${candidate}"`).join(' or ')}?`;
  throw new CredentialsError(`There is no profile "${name}" in ${config.paths[0]} or ${config.paths[1]}.${hint}`);
}

/** The profile that the default chain takes: `AWS_PROFILE`, else none where keys are set, else `default` if there is one. */
export function defaultProfileName(config: SharedConfig): string | undefined {
  const chosen = variable('AWS_PROFILE');
  if (chosen !== undefined) return chosen;
  if (variable('AWS_ACCESS_KEY_ID') !== undefined && variable('AWS_SECRET_ACCESS_KEY') !== undefined) return undefined;
  return Object.hasOwn(config.profiles, 'default') ? 'default' : undefined;
}

/** The profile and those it draws its credentials from (`source_profile`), the profile itself first. */
export function profileChain(
  config: SharedConfig,
  name: string,
): readonly { readonly name: string; readonly profile: Profile }[] {
  const chain: { name: string; profile: Profile }[] = [];
  let next: string | undefined = name;
  while (next !== undefined && !chain.some((link) => link.name === next)) {
    const profile = requireProfile(config, next);
    chain.push({ name: next, profile });
    next = profile['role_arn'] === undefined ? undefined : profile['source_profile'];
  }
  return chain;
}
