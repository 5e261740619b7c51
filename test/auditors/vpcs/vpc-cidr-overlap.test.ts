import { describe, expect, it } from 'vitest';
import { vpc } from '../../../src/auditors/examples.ts';
import check from '../../../src/auditors/vpcs/vpc-cidr-overlap.ts';
import publicOnly from '../../../src/auditors/vpcs/vpc-all-subnets-public.ts';
import { networkInterface, route, routeTable, subnet } from '../../../src/auditors/examples.ts';
import { judge } from '../judge.ts';

const link = (VpcId: string, table: string, State = 'enabled') => ({
  TransitGatewayRouteTableId: table,
  TransitGatewayAttachmentId: `tgw-attach-${VpcId}`,
  ResourceId: VpcId,
  ResourceType: 'vpc',
  State,
});
const vpcs = [
  vpc(),
  vpc({ VpcId: 'vpc-0a2', CidrBlock: '10.0.128.0/17' }),
  vpc({ VpcId: 'vpc-0a3', CidrBlock: '10.1.0.0/16' }),
];
const overlapping = (...transitGatewayRouteTablePropagations: ReturnType<typeof link>[]) =>
  judge(check, { vpcs, transitGatewayRouteTablePropagations }).failures.map(({ resource }) => resource.id);

describe('VPCs on a transit gateway', () => {
  it('overlap where one table learns both, and each is told', () => {
    expect(
      overlapping(link('vpc-0a1', 'tgw-rtb-1'), link('vpc-0a2', 'tgw-rtb-1'), link('vpc-0a3', 'tgw-rtb-1')),
    ).toEqual(['vpc-0a1', 'vpc-0a2']);
  });

  it('do not where they are kept in tables of their own, or are no longer announced', () => {
    expect(overlapping(link('vpc-0a1', 'tgw-rtb-1'), link('vpc-0a2', 'tgw-rtb-2'))).toEqual([]);
    expect(overlapping(link('vpc-0a1', 'tgw-rtb-1'), link('vpc-0a2', 'tgw-rtb-1', 'disabled'))).toEqual([]);
  });
});

describe('F15 a subnet is public by its internet gateway', () => {
  it('and private behind NAT, also where it is the only one in use', () => {
    const base = { vpcs: [vpc()], subnets: [subnet()], networkInterfaces: [networkInterface()] };
    const table = routeTable([
      route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' }),
      route('198.51.100.0/24', { GatewayId: 'igw-0a1' }),
    ]);
    expect(judge(publicOnly, { ...base, routeTables: [table] }).passes).toHaveLength(1);
  });
});
