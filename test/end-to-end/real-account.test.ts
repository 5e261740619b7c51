/**
 * A real account's `describe-*` output, audited and held finding by finding against a plain reading of the same files.
 * The folder lies beside the project; where it does not, the test says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { allChecks, auditSnapshot, type AuditReport, exitStatus, readSnapshot } from '../../src/index.ts';

const folder = fileURLToPath(new URL('../../../shared/data/real-account/us-west-2', import.meta.url));
const isThere = existsSync(folder);
if (!isThere) process.stderr.write(`SKIPPED: the audit of a real account, for want of ${folder}\n`);

interface Permission {
  readonly IpRanges?: readonly { readonly CidrIp: string }[];
  readonly Ipv6Ranges?: readonly { readonly CidrIpv6: string }[];
  readonly UserIdGroupPairs?: readonly { readonly GroupId: string }[];
}
interface Group {
  readonly GroupId: string;
  readonly GroupName: string;
  readonly IpPermissions: readonly Permission[];
  readonly IpPermissionsEgress: readonly Permission[];
}

interface Plain {
  readonly SecurityGroups: Group;
  readonly RouteTables: { readonly RouteTableId: string; readonly Routes: readonly { readonly State: string }[] };
  readonly NetworkInterfaces: { readonly Groups: readonly { readonly GroupId: string }[] };
}

const plain = <K extends keyof Plain>(member: K): readonly Plain[K][] =>
  (JSON.parse(readFileSync(join(folder, `${member}.json`), 'utf8')) as Record<K, readonly Plain[K][]>)[member];

describe.runIf(isThere)('a real account', () => {
  let report: AuditReport;
  beforeAll(async () => {
    report = auditSnapshot(await readSnapshot(folder), {
      checks: await allChecks(),
      list: ['fail', 'unknown', 'pass', 'not-applicable'],
      run: () => ({ startedAt: '', durationMs: 0 }),
    });
  });

  const of = (checkId: string, outcome: string): readonly string[] =>
    [
      ...new Set(
        report.results
          .filter((result) => result.checkId === checkId && result.outcome === outcome)
          .map(({ resource }) => resource.id),
      ),
    ].sort();

  it('opens exactly the groups that name the whole internet', () => {
    const groups = plain('SecurityGroups');
    const open = groups.filter(({ IpPermissions }) =>
      IpPermissions.some(
        ({ IpRanges = [], Ipv6Ranges = [] }) =>
          IpRanges.some(({ CidrIp }) => CidrIp === '0.0.0.0/0') ||
          Ipv6Ranges.some(({ CidrIpv6 }) => CidrIpv6 === '::/0'),
      ),
    );
    expect(open.length).toBeGreaterThan(3);
    expect(of('security-group-open-to-internet', 'fail')).toEqual(open.map(({ GroupId }) => GroupId).sort());
    expect(of('security-group-open-to-internet', 'pass')).toHaveLength(groups.length - open.length);
  });

  it('calls nothing critical, since not one interface has a public address', () => {
    const text = readFileSync(join(folder, 'NetworkInterfaces.json'), 'utf8');
    expect(text).not.toContain('"PublicIp"');
    expect(report.exposures.filter(({ admittedTraffic }) => admittedTraffic.length > 0)).toEqual([]);
    expect(report.summary.failures.critical).toBe(0);
  });

  it('finds exactly the blackhole routes', () => {
    const tables = plain('RouteTables');
    const blackholes = tables.filter(({ Routes }) => Routes.some(({ State }) => State === 'blackhole'));
    expect(blackholes.length).toBeGreaterThan(0);
    expect(of('route-blackhole', 'fail')).toEqual(blackholes.map(({ RouteTableId }) => RouteTableId).sort());
  });

  it('finds exactly the groups that nothing carries and nobody names', () => {
    const groups = plain('SecurityGroups');
    const carried = new Set(plain('NetworkInterfaces').flatMap(({ Groups }) => Groups.map(({ GroupId }) => GroupId)));
    const named = new Set(
      groups.flatMap(({ GroupId, IpPermissions, IpPermissionsEgress }) =>
        [...IpPermissions, ...IpPermissionsEgress].flatMap(({ UserIdGroupPairs = [] }) =>
          UserIdGroupPairs.map((pair) => pair.GroupId).filter((id) => id !== GroupId),
        ),
      ),
    );
    const unused = groups.filter(
      ({ GroupId, GroupName }) => GroupName !== 'default' && !carried.has(GroupId) && !named.has(GroupId),
    );
    expect(of('security-group-unused', 'fail')).toEqual(unused.map(({ GroupId }) => GroupId).sort());
  });

  it('says unknown where the folder holds nothing, and that the audit is incomplete', () => {
    expect(readdirSync(folder)).not.toContain('FlowLogs.json');
    const flowLogs = report.results.filter(({ checkId }) => checkId === 'flow-log-missing');
    expect(flowLogs.map(({ outcome }) => outcome)).toEqual(['unknown']);
    expect(flowLogs[0]?.missing?.[0]?.iamAction).toBe('ec2:DescribeFlowLogs');
    expect(exitStatus(report).code & 2).toBe(2);
    expect(report.defects).toEqual([]);
  });

  it('holds no secret of its VPN', () => {
    expect(readFileSync(join(folder, 'VpnConnections.json'), 'utf8')).toContain('EXAMPLEPRESHAREDKEY0001');
    expect(JSON.stringify(report)).not.toContain('EXAMPLEPRESHAREDKEY0001');
  });
});
