import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/subnets/subnet-public-ip-on-launch.ts';
import { route, routeTable, subnet } from '../../../src/auditors/examples.ts';
import { judge } from '../judge.ts';

const giving = subnet({ MapPublicIpOnLaunch: true, AssignIpv6AddressOnCreation: true });
const igw = { GatewayId: 'igw-0a1' };
const main = { Associations: [{ Main: true }] };

describe('F14 the main route table is that of the VPC', () => {
  const other = routeTable([route('0.0.0.0/0', igw)], { RouteTableId: 'rtb-0a2', VpcId: 'vpc-0a2', ...main });

  it('does not take another VPC’s for it', () => {
    expect(judge(check, { subnets: [giving], routeTables: [other, routeTable([], main)] }).passes).toHaveLength(1);
  });

  it('says unknown where the VPC’s own is not there', () => {
    expect(judge(check, { subnets: [giving], routeTables: [other] }).unknowns).toHaveLength(1);
  });

  it('takes an explicit association before it', () => {
    const open = routeTable([route('0.0.0.0/0', igw)], { RouteTableId: 'rtb-0a3', ...main });
    expect(judge(check, { subnets: [giving], routeTables: [open, routeTable([])] }).passes).toHaveLength(1);
    expect(judge(check, { subnets: [giving], routeTables: [open] }).failures).toHaveLength(1);
  });
});

describe('F15, F21 what an internet route is', () => {
  const outcome = (...routes: Parameters<typeof routeTable>[0]) =>
    judge(check, { subnets: [giving], routeTables: [routeTable(routes)] }).failures.map(({ evidence }) =>
      String(Reflect.get(evidence[0], 'attribute')),
    );

  it('is none through NAT, an egress-only gateway or a gateway that is gone', () => {
    expect(outcome(route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' }))).toEqual([]);
    expect(outcome(route('::/0', { EgressOnlyInternetGatewayId: 'eigw-0a1' }))).toEqual([]);
    expect(outcome(route('0.0.0.0/0', igw, 'blackhole'))).toEqual([]);
  });

  it('is none for one network, and one for two halves', () => {
    expect(outcome(route('198.51.100.0/24', igw))).toEqual([]);
    expect(outcome(route('0.0.0.0/1', igw), route('128.0.0.0/1', igw))).toEqual(['MapPublicIpOnLaunch']);
  });

  it('is judged for each family by its own routes', () => {
    expect(outcome(route('::/0', igw))).toEqual(['AssignIpv6AddressOnCreation']);
    expect(outcome(route('::/0', igw), route('0.0.0.0/0', igw)).toSorted()).toEqual([
      'AssignIpv6AddressOnCreation',
      'MapPublicIpOnLaunch',
    ]);
  });

  it('is not known where its prefix list is not', () => {
    const judged = judge(check, { subnets: [giving], routeTables: [routeTable([route('pl-0a1', igw)])] });
    expect([judged.passes.length, judged.unknowns.length]).toEqual([0, 1]);
  });
});

describe('what weighs less', () => {
  it('is a subnet from which Block Public Access keeps the internet', () => {
    const blocked = subnet({
      MapPublicIpOnLaunch: true,
      BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-ingress' },
    });
    const [failure] = judge(check, {
      subnets: [blocked],
      routeTables: [routeTable([route('0.0.0.0/0', igw)])],
    }).failures;
    expect(failure?.severity).toBe('low');
  });
});
