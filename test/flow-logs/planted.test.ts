/** A generated day: everything that was planted is found, and nothing else is. */
import { beforeAll, describe, expect, it } from 'vitest';
import { plantedIn } from '../../bench/flow-logs/day.ts';
import { snapshotOf } from '../../mocks/builders.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { trace } from '../../src/network/trace.ts';
import type { FlowEvidence } from '../../src/model/verdict/flow-evidence.ts';
import { type Day, dayOf, midnight } from './day.ts';
import { evidenceOf } from './log-files.ts';

const window = { since: midnight, until: midnight + 86_400 };

describe.each(['v5', 'v2'] as const)('a day in %s', (format) => {
  let day: Day;
  let evidence: FlowEvidence;
  beforeAll(async () => {
    day = dayOf(20260115, 60_000, 30);
    evidence = await evidenceOf(day[format], { net: day.estate.net, window });
  });
  const planted = () => plantedIn({ estate: day.estate, seed: 0, rows: 0, midnight });

  it('alerts on what was planted and on nothing else', () => {
    const { verticalScan, horizontalScan, slowScan, scannerThatGotIn, beacon, volume, access, protocol, gap, lost } =
      planted();
    const found = evidence.detections.map(({ id, severity, networkInterfaceId, source, destination, port }) => [
      id,
      severity,
      networkInterfaceId ?? source,
      destination,
      port,
    ]);
    expect(found).toEqual(
      expect.arrayContaining([
        ['internet-access-accepted', 'critical', access.interfaceId, day.estate.bastion.address, 22],
        ['beacon', 'high', beacon.interfaceId, beacon.destination, beacon.port],
        ['horizontal-scan', 'high', horizontalScan.source, undefined, 445],
        ['slow-scan', 'high', slowScan.source, undefined, undefined],
        ['vertical-scan', 'high', verticalScan.source, verticalScan.target, undefined],
        ['unexpected-protocol', 'low', protocol.interfaceId, expect.any(String), undefined],
        ['unusual-volume', 'medium', volume.interfaceId, undefined, undefined],
        ['vertical-scan', 'medium', scannerThatGotIn.source, scannerThatGotIn.target, undefined],
        ['flow-log-gap', 'low', gap.interfaceId, undefined, undefined],
        ['flow-log-records-lost', 'low', lost.interfaceId, undefined, undefined],
      ]),
    );
    expect(evidence.detections).toHaveLength(10);
  });

  it('finds the replies that the ACL keeps', () => {
    const replies = evidence.rejected.filter(({ part }) => part === 'reply');
    expect(replies).toMatchObject([
      {
        networkInterfaceId: planted().returnPath.interfaceId,
        direction: 'egress',
        port: 443,
        conversations: 12,
        attribution: {
          cause: 'network-acl',
          component: { id: day.estate.ids.narrowAcl },
          rule: { ruleNumber: 32_767, egress: true },
        },
      },
    ]);
  });

  it('attributes as the trace does that it offers', () => {
    const network = buildNetwork(snapshotOf(day.estate.net.toWorld()));
    const attributed = evidence.rejected.filter(
      ({ attribution, trace: asked }) => attribution.component !== undefined && asked !== undefined,
    );
    expect(attributed.length).toBeGreaterThan(50);
    for (const { attribution, trace: asked, part } of attributed) {
      const blockers = trace(network, asked as NonNullable<typeof asked>).explanations.filter(
        ({ effect, direction }) => effect === 'blocks' && direction === (part === 'reply' ? 'return' : 'forward'),
      );
      expect(blockers.map(({ component, rule }) => [component, rule])).toContainEqual([
        attribution.component,
        attribution.rule,
      ]);
    }
  });

  it('finds the rule that nobody needs, and not those that somebody does', () => {
    const unused = evidence.unmatchedRules.flatMap(({ rule, judged }) =>
      judged === 'unused' && rule.type === 'security-group-rule' && !rule.isEgress
        ? [`${rule.securityGroupId} ${rule.fromPort}`]
        : [],
    );
    // One member of the group has a gap of an hour in its records: more than nine tenths are covered all the same
    expect(unused).toEqual([`${day.estate.ids.databaseGroup} 3306`]);
  });

  it('offers a narrower rule that admits all that was seen', () => {
    const narrower = evidence.narrowerRules.find(
      ({ rule }) =>
        rule.type === 'security-group-rule' &&
        rule.securityGroupId === day.estate.ids.databaseGroup &&
        rule.fromPort === 5432,
    );
    expect(narrower).toMatchObject({ peers: [day.estate.ids.appGroup] });
    expect(narrower?.admitted).toBe(narrower?.conversations);
  });

  it('tells which exposures are used, and sums up the noise', () => {
    expect(new Set(evidence.exercised.map(({ port }) => port))).toEqual(new Set([22, 443]));
    expect(evidence.exercised.every(({ exposedNow }) => exposedNow === 'yes')).toBe(true);
    expect(evidence.noise?.sources).toBeGreaterThan(100);
  });

  it('counts what goes to S3 by the NAT gateway once, where the format tells', () => {
    const { bytes } = planted().natToS3;
    expect(evidence.patterns.services ?? []).toEqual(
      format === 'v5' ? [{ service: 'S3', way: 'nat-gateway', direction: 'egress', bytes }] : [],
    );
    expect(evidence.questions.find(({ id }) => id === 'traffic-paths')?.answered).toBe(format === 'v5');
  });

  it('says the same again', async () => {
    expect(await evidenceOf(day[format], { net: day.estate.net, window })).toEqual(evidence);
  });
});
