import { variable, variablesNamed } from './environment.ts';
import { readSharedConfig } from './shared-config.ts';

/** A setting outside this program that sends signed calls somewhere else than to AWS. */
export interface EndpointOverride {
  /** Where it is set: a variable of the environment, or a profile's setting. */
  readonly source: string;
  /** The address, without user name and password. */
  readonly url: string;
}

/**
 * The endpoint overrides that the SDK would obey: `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_<SERVICE>` and `endpoint_url` of
 * the profiles in use (AWS SDKs and Tools Reference Guide, "Service-specific endpoints"). An auditor that is misled
 * reports an account as clean, so whoever starts it must be told.
 */
export async function endpointOverrides(profiles: readonly string[] = []): Promise<readonly EndpointOverride[]> {
  if (variable('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS')?.toLowerCase() === 'true') return [];
  const fromEnvironment = variablesNamed('AWS_ENDPOINT_URL').map((name) => ({
    source: name,
    url: variable(name) ?? '',
  }));
  const config = await readSharedConfig();
  const inUse = profiles.length > 0 ? profiles : [variable('AWS_PROFILE') ?? 'default'];
  const fromProfiles = inUse.flatMap((name) => {
    const profile = config.profiles[name];
    if (profile === undefined || profile['ignore_configured_endpoint_urls']?.toLowerCase() === 'true') return [];
    const services =
      profile['services'] === undefined ? {} : (config.sections[`services.${profile['services']}`] ?? {});
    return [...Object.entries({ endpoint_url: profile['endpoint_url'] }), ...Object.entries(services)]
      .filter(([key, url]) => key.endsWith('endpoint_url') && url !== undefined)
      .map(([key, url]) => ({ source: `profile ${name}: ${key}`, url: url ?? '' }));
  });
  return [...fromEnvironment, ...fromProfiles].map(({ source, url }) => ({
    source,
    url: url.replace(/\/\/[^/@]*@/, '//'),
  }));
}
