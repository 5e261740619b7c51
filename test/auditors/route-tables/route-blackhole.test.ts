import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/route-tables/route-blackhole.ts';
import { route, routeTable } from '../../../src/auditors/examples.ts';
import { judge } from '../judge.ts';

const peering = { VpcPeeringConnectionId: 'pcx-0a1' };

describe('route-blackhole', () => {
  it('is one finding per route, whatever kind its destination is', () => {
    const routes = ['10.9.0.0/16', '2001:db8::/56', 'pl-0a1'].map((to) => route(to, peering, 'blackhole'));
    const { failures } = judge(check, { routeTables: [routeTable(routes)] });
    expect(failures.map(({ evidence }) => String(Reflect.get(evidence[0], 'destination'))).toSorted()).toEqual([
      '10.9.0.0/16',
      '2001:db8::/56',
      'pl-0a1',
    ]);
    expect(failures.flatMap(({ fix }) => fix?.cli ?? []).toSorted()).toEqual([
      'aws ec2 delete-route --region eu-west-1 --route-table-id rtb-0a1 --destination-cidr-block 10.9.0.0/16',
      'aws ec2 delete-route --region eu-west-1 --route-table-id rtb-0a1 --destination-ipv6-cidr-block 2001:db8::/56',
      'aws ec2 delete-route --region eu-west-1 --route-table-id rtb-0a1 --destination-prefix-list-id pl-0a1',
    ]);
  });

  it('weighs less in a table that nobody uses', () => {
    const table = routeTable([route('10.9.0.0/16', peering, 'blackhole')], { Associations: [] });
    expect(judge(check, { routeTables: [table] }).failures[0]?.severity).toBe('low');
  });

  it('does not delete by hand what a gateway propagates', () => {
    const propagated = {
      ...route('10.9.0.0/16', { GatewayId: 'vgw-0a1' }, 'blackhole'),
      Origin: 'EnableVgwRoutePropagation',
    };
    expect(judge(check, { routeTables: [routeTable([propagated])] }).failures[0]?.fix?.cli).toBeUndefined();
  });

  it('leaves routes alone that are not installed', () => {
    expect(
      judge(check, { routeTables: [routeTable([route('10.9.0.0/16', peering, 'filtered')])] }).passes,
    ).toHaveLength(1);
  });
});
