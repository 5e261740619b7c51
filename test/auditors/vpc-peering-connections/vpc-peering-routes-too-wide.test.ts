import { describe, expect, it } from 'vitest';
import { peering, route, routeTable, subnet, vpc } from '../../../src/auditors/examples.ts';
import check from '../../../src/auditors/vpc-peering-connections/vpc-peering-routes-too-wide.ts';
import { judge } from '../judge.ts';

const through = { VpcPeeringConnectionId: 'pcx-0a1' };
const account = { OwnerId: '111122223333', Region: 'eu-west-1' };
const far = (members: object): Readonly<Record<string, unknown>> =>
  peering({ AccepterVpcInfo: { VpcId: 'vpc-0a2', ...account, ...members } });
const peerVpc = vpc({
  VpcId: 'vpc-0a2',
  CidrBlock: '10.1.0.0/16',
  CidrBlockAssociationSet: [
    { CidrBlock: '10.1.0.0/16', CidrBlockState: { State: 'associated' } },
    { CidrBlock: '100.64.0.0/16', CidrBlockState: { State: 'associated' } },
  ],
  Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8:1::/56', Ipv6CidrBlockState: { State: 'associated' } }],
});
const routed = (connection: object, ...destinations: readonly string[]) =>
  judge(check, {
    routeTables: [routeTable(destinations.map((to) => route(to, through)))],
    vpcPeeringConnections: [connection as Readonly<Record<string, unknown>>],
    vpcs: [peerVpc],
  });
const evidence = (found: ReturnType<typeof routed>) =>
  found.failures.map((own) => own.evidence.map((item) => String(Reflect.get(item, 'destination'))));

describe('F16 a side whose blocks AWS does not answer', () => {
  it('is known by its VPC', () => {
    expect(evidence(routed(far({}), '10.1.0.0/16'))).toEqual([['10.1.0.0/16']]);
    expect(routed(far({}), '10.1.7.0/24').passes).toHaveLength(1);
  });

  it('is unknown where its VPC is not there either', () => {
    const { passes, unknowns } = judge(check, {
      routeTables: [routeTable([route('10.1.7.0/24', through)])],
      vpcPeeringConnections: [far({})],
    });
    expect([passes.length, unknowns.length]).toEqual([0, 1]);
  });

  it('is the other one for the accepter’s own tables', () => {
    const table = routeTable([route('10.0.0.0/16', through)], { VpcId: 'vpc-0a2' });
    expect(judge(check, { routeTables: [table], vpcPeeringConnections: [peering()] }).failures).toHaveLength(1);
  });
});

describe('F17 every block counts, and so does more than one', () => {
  it.each([['100.64.0.0/16'], ['2001:db8:1::/56'], ['100.0.0.0/8'], ['0.0.0.0/0'], ['::/0']])('%s', (destination) => {
    expect(evidence(routed(far({}), destination))).toEqual([[destination]]);
  });

  it('two halves of a block are the block', () => {
    expect(evidence(routed(far({}), '10.1.0.0/17', '10.1.128.0/17'))).toEqual([['10.1.0.0/17', '10.1.128.0/17']]);
    expect(routed(far({}), '10.1.0.0/17').passes).toHaveLength(1);
  });

  it('weighs more where the route is for others too', () => {
    const severities = ['10.1.0.0/16', '10.0.0.0/8'].map((to) => routed(far({}), to).failures[0]?.severity);
    expect(severities).toEqual(['low', 'medium']);
  });
});

it('leaves a peer alone that has one subnet for all of a block', () => {
  const whole = subnet({ SubnetId: 'subnet-0b1', VpcId: 'vpc-0a2', CidrBlock: '10.1.0.0/16' });
  const { passes } = judge(check, {
    routeTables: [routeTable([route('10.1.0.0/16', through)])],
    vpcPeeringConnections: [peering()],
    subnets: [whole],
  });
  expect(passes).toHaveLength(1);
});
