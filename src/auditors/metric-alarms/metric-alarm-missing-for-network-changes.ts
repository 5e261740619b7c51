import type { AccountId } from '../../model/id.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { acrossRegions } from '../across-regions.ts';
import type { Check } from '../check.ts';
import { type Item, networkInterface } from '../examples.ts';
import { alarmedFilters, countsCall, type Watched, watchedChanges } from '../network-changes.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const filterOf = ({ attribute: filterName, calls }: Watched): Item => ({
  filterName,
  logGroupName: 'cloudtrail',
  filterPattern: `{ ${calls.map((call) => `($.eventName = ${call})`).join(' || ')} }`,
  metricTransformations: [{ metricName: filterName, metricNamespace: 'CloudTrail', metricValue: '1' }],
});
const alarmOf = ({ attribute: MetricName }: Watched): Item => ({
  AlarmName: MetricName,
  ActionsEnabled: true,
  AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:security'],
  MetricName,
  Namespace: 'CloudTrail',
});
const all = { metricFilters: watchedChanges.map(filterOf), metricAlarms: watchedChanges.map(alarmOf) };

const check: Check<'metricAlarms' | 'metricFilters' | 'networkInterfaces'> = {
  id: 'metric-alarm-missing-for-network-changes',
  title: 'Changes of the network raise no alarm',
  severity: 'low',
  rationale:
    'Somebody who opens a security group or leads a route astray is noticed at the next audit, or not at all. A filter on ' +
    'the log of CloudTrail with an alarm tells within minutes.',
  remediation:
    'Have CloudTrail write its events of all Regions to one log group, count the calls that change the network with metric ' +
    'filters, and raise an alarm to people for each. Rules of EventBridge that tell people are as good, and not seen here.',
  references: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-10',
  ],
  relatedChecks: relatedChecks({
    securityhub: ['CloudWatch.10', 'CloudWatch.11', 'CloudWatch.12', 'CloudWatch.13', 'CloudWatch.14'],
    prowler: [
      'cloudwatch_log_metric_filter_security_group_changes',
      'cloudwatch_changes_to_network_acls_alarm_configured',
      'cloudwatch_changes_to_network_gateways_alarm_configured',
      'cloudwatch_changes_to_network_route_tables_alarm_configured',
      'cloudwatch_changes_to_vpcs_alarm_configured',
    ],
    steampipe: [
      'log_metric_filter_security_group',
      'log_metric_filter_network_acl',
      'log_metric_filter_network_gateway',
      'log_metric_filter_route_table',
      'log_metric_filter_vpc',
    ],
  }),
  judges: 'metricAlarms',
  needs: ['metricAlarms', 'metricFilters', 'networkInterfaces'],
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'an alarm that tells nobody',
        resources: {
          networkInterfaces: [networkInterface()],
          ...all,
          metricAlarms: watchedChanges.map((own, index) => ({
            ...alarmOf(own),
            ...(index === 0 ? { AlarmActions: [] } : {}),
          })),
        },
      },
      {
        title: 'a call that no filter counts',
        resources: {
          networkInterfaces: [networkInterface()],
          ...all,
          metricFilters: watchedChanges.map((own) =>
            filterOf({ ...own, calls: own.calls.filter((call) => call !== 'ReplaceRoute') }),
          ),
        },
      },
    ],
    passes: [
      {
        title: 'every change raises an alarm',
        resources: { networkInterfaces: [networkInterface()], ...all },
      },
      { title: 'there is no network', resources: { metricAlarms: [alarmOf({ ...(watchedChanges[0] as Watched) })] } },
    ],
  },
  *evaluate(_, { accountId, region, snapshot }) {
    const resource = { type: 'region', id: region } as const;
    const { home, counted, missing } = watchOf(snapshot, accountId);
    if (home !== region) {
      const reason = home === undefined ? 'the account has no network here' : `the account is judged in ${home}`;
      yield { outcome: 'not-applicable', resource, reason };
      return;
    }
    let failures = 0;
    for (const { attribute: name, words, calls } of watchedChanges) {
      const silent = calls.filter((call) => !counted(call));
      if (silent.length === 0) continue;
      failures += 1;
      if (missing.length > 0) {
        yield { outcome: 'unknown', resource, missing };
        return;
      }
      const none = silent.length === calls.length;
      yield {
        outcome: 'fail',
        resource,
        title: `${none ? 'no alarm tells' : 'no alarm tells all'} of changes of ${words} in the Regions that were read`,
        evidence: [attribute(region, name, none ? 'none' : `without ${silent.join(', ')}`)],
        fix: { summary: `Count ${silent.join(', ')} with a metric filter and raise an alarm to people.` },
      };
    }
    if (failures === 0) yield { outcome: 'pass', resource };
  },
};

/** What an account watches, wherever its alarms stand: a trail of all Regions needs them in one. */
function watchOf(
  snapshot: Snapshot,
  accountId: AccountId,
): {
  /** The first Region in which the account has a network; where it has none, nothing is judged. */
  readonly home: string | undefined;
  readonly counted: (call: string) => boolean;
  readonly missing: readonly Missing[];
} {
  const own = snapshot.regions.filter((region) => region.accountId === accountId);
  const inUse = own.filter(
    ({ resources: { networkInterfaces } }) =>
      networkInterfaces.status === 'collected' && networkInterfaces.resources.length > 0,
  );
  const filters = own.flatMap(({ resources: { metricFilters, metricAlarms } }) =>
    metricFilters.status === 'collected' && metricAlarms.status === 'collected'
      ? alarmedFilters(metricFilters.resources, metricAlarms.resources)
      : [],
  );
  const missing = (['metricFilters', 'metricAlarms'] as const).flatMap(
    (kind) => acrossRegions(snapshot, accountId, kind).missing,
  );
  return {
    home: inUse.map(({ region }) => region).sort()[0],
    counted: (call) => filters.some((filter) => countsCall(filter, call)),
    missing,
  };
}

export default check;
