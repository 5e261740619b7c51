import type { Configuration } from '../model/configuration/configuration.ts';
import type { Allowance } from '../model/verdict/verdict.ts';

/** How an account passes that the configuration trusts, or nothing where it does not. */
export function trustInAccount(
  { trustedAccounts }: Configuration,
  accountId: string,
  title: string,
  evidence: Allowance['evidence'],
): Allowance | undefined {
  const trusted = trustedAccounts.find(({ id }) => id === accountId);
  return trusted === undefined
    ? undefined
    : { kind: 'trusted-account', by: accountId, reason: trusted.name ?? 'a trusted account', title, evidence };
}

/** The same of an organisation. */
export function trustInOrganization(
  { trustedOrganizations }: Configuration,
  organizationId: string,
  title: string,
  evidence: Allowance['evidence'],
): Allowance | undefined {
  const trusted = trustedOrganizations.find(({ id }) => id === organizationId);
  return trusted === undefined
    ? undefined
    : {
        kind: 'trusted-organization',
        by: organizationId,
        reason: trusted.name ?? 'a trusted organization',
        title,
        evidence,
      };
}
