import { describe, expect, it } from 'vitest';
import { peering, route, routeTable, subnet } from '../../../src/auditors/examples.ts';
import check from '../../../src/auditors/vpc-peering-connections/vpc-peering-return-route-missing.ts';
import { estate, snapshotOf } from '../../../mocks/builders.ts';
import { runChecks } from '../../../src/auditors/run.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { denied, judge } from '../judge.ts';

const through = { VpcPeeringConnectionId: 'pcx-0a1' };
const far = [
  subnet({ SubnetId: 'subnet-0b1', VpcId: 'vpc-0a2', CidrBlock: '10.1.1.0/24' }),
  subnet({ SubnetId: 'subnet-0b2', VpcId: 'vpc-0a2', CidrBlock: '10.1.2.0/24' }),
];
const table = (routes: readonly (readonly [string, string?])[], ...subnets: readonly string[]) =>
  routeTable(
    routes.map(([to, state]) => route(to, through, state)),
    {
      RouteTableId: `rtb-${subnets.join('-')}`,
      VpcId: 'vpc-0a2',
      Associations: subnets.map((SubnetId) => ({ Main: false, SubnetId })),
    },
  );
const judged = (...tables: Parameters<typeof routeTable>[0]) =>
  judge(check, { vpcPeeringConnections: [peering()], subnets: [subnet(), ...far], routeTables: tables });
const near = (to: string) => routeTable([route(to, through)]);

describe('a route into a peering', () => {
  it('is answered where one of the subnets that it leads to answers', () => {
    const back = [table([['10.0.1.0/24']], 'subnet-0b1'), table([], 'subnet-0b2')];
    expect(judged(near('10.1.0.0/16'), ...back).passes).toHaveLength(1);
    // The subnet that answers is not the one that is reached; its own route back leads to nobody that routes to it either
    expect(
      judged(near('10.1.2.0/24'), ...back).failures.map((own) => Reflect.get(own.evidence[0], 'destination')),
    ).toEqual(['10.0.1.0/24', '10.1.2.0/24']);
  });

  it('is not answered by a blackhole or by a route for somebody else', () => {
    const dead = table([['10.0.1.0/24', 'blackhole']], 'subnet-0b1', 'subnet-0b2');
    const other = table([['10.0.9.0/24']], 'subnet-0b1', 'subnet-0b2');
    expect(judged(near('10.1.0.0/16'), dead).failures).toHaveLength(1);
    expect(judged(near('10.1.0.0/16'), other).failures.length).toBeGreaterThan(0);
  });

  it('is unknown where the other VPC is not in the snapshot', () => {
    const { unknowns, failures } = judge(check, {
      vpcPeeringConnections: [peering()],
      subnets: [subnet()],
      routeTables: [near('10.1.0.0/16')],
    });
    expect([failures.length, unknowns.length]).toEqual([0, 1]);
  });

  it.each(['routeTables', 'subnets'] as const)(
    'of the other account is unknown without its %s, never a pass',
    (kind) => {
      const all = estate();
      const ours = all.account('111122223333').region('eu-west-1');
      const a = ours.vpc({ cidr: '10.0.0.0/16' });
      const b = all.account('444455556666').region('eu-west-1').vpc({ cidr: '10.1.0.0/16' });
      const pcx = a.peerWith(b);
      for (const vpc of [a, b]) vpc.subnet();
      b.mainRouteTable.route(a.cidr, pcx);
      const whole = snapshotOf(ours.toWorld());
      const outcomes = (snapshot: Snapshot): readonly unknown[] =>
        runChecks(snapshot, [check])
          .verdicts.filter(({ resource }) => resource.accountId === '111122223333')
          .map(({ verdict }) => verdict.outcome);
      expect(outcomes(whole)).toEqual(['fail']);
      const regions = whole.regions.map((one) => (one.accountId === '111122223333' ? one : denied(one, kind)));
      expect(outcomes({ ...whole, regions })).toEqual(['unknown']);
      const alone = whole.regions.filter(({ accountId }) => accountId === '111122223333');
      expect(outcomes({ ...whole, regions: alone })).toEqual(['unknown']);
    },
  );
});
