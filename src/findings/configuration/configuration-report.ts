import { createHash } from 'node:crypto';
import type { Configuration, Trusted } from '../../model/configuration/configuration.ts';
import type { Allowed, ConfigurationReport } from '../../model/verdict/configuration-report.ts';
import type { ResourceReference } from '../../model/verdict/resource-reference.ts';
import type { Allowance, Verdict } from '../../model/verdict/verdict.ts';
import { compareResources } from '../order.ts';
import { trafficText } from './allowed-traffic.ts';
import type { ConfigurableCheck } from './read-configuration.ts';

/** Counts what the entries of a configuration let pass, as the verdicts come. */
export interface AllowanceTally {
  readonly count: (resource: ResourceReference, verdict: Verdict) => void;
  readonly of: (kind: Allowance['kind'], by: string) => Allowed;
}

const mostNamed = 20;
const nothing: Allowed = { verdicts: 0, resources: [] };

/** An empty tally. */
export function allowanceTally(): AllowanceTally {
  const found = new Map<string, { verdicts: number; resources: Map<string, ResourceReference> }>();
  return {
    count: (resource, verdict) => {
      if (verdict.outcome !== 'pass' || verdict.allowed === undefined) return;
      const key = `${verdict.allowed.kind} ${verdict.allowed.by}`;
      const own = found.get(key) ?? { verdicts: 0, resources: new Map<string, ResourceReference>() };
      found.set(key, own);
      own.verdicts += 1;
      own.resources.set(`${resource.accountId} ${resource.region} ${resource.type} ${resource.id}`, resource);
    },
    of: (kind, by) => {
      const own = found.get(`${kind} ${by}`);
      if (own === undefined) return nothing;
      return {
        verdicts: own.verdicts,
        resources: [...own.resources.values()].sort(compareResources).slice(0, mostNamed),
      };
    },
  };
}

/** The configuration as a report shows it, with what each entry let pass. `checks` are all that would have run. */
export function configurationReport(
  configuration: Configuration,
  file: string,
  checks: readonly ConfigurableCheck[],
  { of }: AllowanceTally,
): ConfigurationReport {
  const trusted = (kind: Allowance['kind'], list: readonly Trusted[]): ConfigurationReport['trustedAccounts'] =>
    list.map((entry) => ({ ...entry, ...of(kind, entry.id) }));
  return {
    file,
    digest: configurationDigest(configuration),
    publicServices: configuration.publicServices.map(({ name, reason, traffic, cidrs }) => ({
      name,
      reason,
      ports: traffic.map(trafficText),
      cidrs,
      ...of('public-service', name),
    })),
    knownCidrs: configuration.knownCidrs,
    trustedAccounts: trusted('trusted-account', configuration.trustedAccounts),
    trustedOrganizations: trusted('trusted-organization', configuration.trustedOrganizations),
    options: checks.flatMap(({ id, options = [] }) =>
      options.flatMap((option) => {
        const value = configuration.checks[id]?.options[option.name];
        return value === undefined || value === option.default
          ? []
          : [{ checkId: id, name: option.name, value, default: option.default }];
      }),
    ),
    disabledChecks: checks.flatMap(({ id }) => {
      const reason = configuration.checks[id]?.disabled;
      return reason === undefined ? [] : [{ id, reason }];
    }),
  };
}

/** SHA-256 of what a configuration says, whatever its layout, comments and the order of its checks. */
export const configurationDigest = (configuration: Configuration): string =>
  createHash('sha256').update(JSON.stringify(configuration)).digest('hex');
