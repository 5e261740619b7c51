import { describe, expect, it } from 'vitest';
import { natGateway, route, routeTable, subnet, vpc } from '../../../src/auditors/examples.ts';
import check from '../../../src/auditors/nat-gateways/nat-gateway-single-zone.ts';
import unused from '../../../src/auditors/nat-gateways/nat-gateway-unused.ts';
import { judge } from '../judge.ts';

const subnets = ['a', 'b'].map((zone) => subnet({ SubnetId: `subnet-${zone}`, AvailabilityZone: `eu-west-1${zone}` }));
const nat = (id: string, zone: string, members: object = {}) =>
  natGateway({ NatGatewayId: `nat-${id}`, SubnetId: `subnet-${zone}`, ...members });
const tableOf = (zone: string, target: string) =>
  routeTable([route('0.0.0.0/0', { NatGatewayId: target })], {
    RouteTableId: `rtb-${zone}`,
    Associations: [{ Main: false, SubnetId: `subnet-${zone}` }],
  });
const judged = (
  natGateways: readonly Readonly<Record<string, unknown>>[],
  ...routeTables: ReturnType<typeof tableOf>[]
) => judge(check, { vpcs: [vpc()], subnets, natGateways, routeTables });

describe('F22 redundancy of NAT gateways', () => {
  it('is not made by one that is deleted', () => {
    const gone = nat('b', 'b', { State: 'deleted' });
    const { failures } = judged([nat('a', 'a'), gone], tableOf('a', 'nat-a'), tableOf('b', 'nat-a'));
    expect(failures).toHaveLength(1);
  });

  it('counts zones and not subnets or gateways', () => {
    const two = [nat('a', 'a'), nat('a2', 'a')];
    expect(judged(two, tableOf('a', 'nat-a'), tableOf('b', 'nat-a2')).failures).toHaveLength(1);
    expect(judged([nat('a', 'a'), nat('b', 'b')], tableOf('a', 'nat-a'), tableOf('b', 'nat-b')).passes).toHaveLength(1);
  });

  it('finds that zones are crossed where each has its own', () => {
    const both = [nat('a', 'a'), nat('b', 'b')];
    expect(judged(both, tableOf('a', 'nat-b'), tableOf('b', 'nat-a')).failures).toHaveLength(2);
  });

  it('is given by a regional gateway, which stands in no subnet', () => {
    const regional = natGateway({ SubnetId: undefined, AvailabilityMode: 'regional' });
    expect(judged([regional], tableOf('a', 'nat-0a1'), tableOf('b', 'nat-0a1')).notApplicable).toHaveLength(1);
  });
});

describe('an unused NAT gateway', () => {
  it('is used by any route, a blackhole too, and not where it no longer works', () => {
    const table = routeTable([route('10.9.0.0/16', { NatGatewayId: 'nat-0a1' }, 'blackhole')]);
    expect(judge(unused, { natGateways: [natGateway()], routeTables: [table] }).passes).toHaveLength(1);
    expect(judge(unused, { natGateways: [natGateway({ State: 'failed' })] }).notApplicable).toHaveLength(1);
  });
});
