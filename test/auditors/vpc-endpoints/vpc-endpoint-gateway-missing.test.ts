import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/vpc-endpoints/vpc-endpoint-gateway-missing.ts';
import type { ExampleResources } from '../../../src/auditors/check.ts';
import { type Item, networkInterface, route, routeTable, subnet, vpcEndpoint } from '../../../src/auditors/examples.ts';
import { judge } from '../judge.ts';

const nat = route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' });
const scene = (
  endpoints: readonly Item[],
  routes: readonly Item[] = [nat],
  more: ExampleResources = {},
): ExampleResources => ({
  subnets: [subnet()],
  networkInterfaces: [networkInterface()],
  routeTables: [routeTable(routes)],
  vpcEndpoints: endpoints,
  ...more,
});
const gateway = (service: string, members: Item = {}): Item =>
  vpcEndpoint({ VpcEndpointId: `vpce-${service}`, ServiceName: service, RouteTableIds: ['rtb-0a1'], ...members });
const dynamodb = gateway('com.amazonaws.eu-west-1.dynamodb');
const s3 = (members: Item = {}): Item => gateway('com.amazonaws.eu-west-1.s3', members);
const found = (resources: ExampleResources): readonly string[] =>
  judge(check, resources).failures.map(
    ({ evidence, severity }) => `${String(Reflect.get(evidence[0], 'value'))} ${severity}`,
  );

describe('F18 an endpoint counts by exact service, type and state', () => {
  it.each([
    ['of another service', gateway('com.amazonaws.eu-west-1.s3express')],
    ['of another Region', gateway('com.amazonaws.eu-central-1.s3')],
    ['in another VPC', s3({ VpcId: 'vpc-0a2' })],
    ['that is gone', s3({ State: 'Deleted' })],
    ['that is not associated', s3({ RouteTableIds: ['rtb-0a2'] })],
  ])('not one %s', (_, endpoint) => {
    expect(found(scene([dynamodb, endpoint]))).toEqual(['none for com.amazonaws.eu-west-1.s3 medium']);
  });

  it('in either spelling of a state, and in China', () => {
    expect(found(scene([dynamodb, s3({ State: 'Available' })]))).toEqual([]);
    expect(found(scene([dynamodb, gateway('cn.com.amazonaws.eu-west-1.s3')]))).toEqual([]);
  });
});

describe('weight', () => {
  it('is the NAT gateway’s charge, and less without one', () => {
    expect(found(scene([])).toSorted()).toEqual([
      'none for com.amazonaws.eu-west-1.dynamodb low',
      'none for com.amazonaws.eu-west-1.s3 medium',
    ]);
    expect(found(scene([], [])).toSorted()).toEqual([
      'none for com.amazonaws.eu-west-1.dynamodb informational',
      'none for com.amazonaws.eu-west-1.s3 low',
    ]);
  });

  it('names the way that the traffic takes', () => {
    const [failure] = judge(check, scene([dynamodb])).failures;
    expect(failure?.evidence).toContainEqual(expect.objectContaining({ type: 'route', target: 'nat-0a1' }));
    expect(failure?.title).toContain('NAT gateway');
  });

  it('is less where an interface endpoint keeps the traffic off the NAT gateway', () => {
    expect(found(scene([dynamodb, s3({ VpcEndpointType: 'Interface', RouteTableIds: [] })]))).toEqual([
      'none for com.amazonaws.eu-west-1.s3 low',
    ]);
  });
});

describe('what is not judged', () => {
  it('is a public table, an empty subnet, and a subnet of plumbing', () => {
    const publicTable = judge(check, scene([], [route('0.0.0.0/0', { GatewayId: 'igw-0a1' })]));
    const plumbing = networkInterface({ InterfaceType: 'nat_gateway' });
    for (const judged of [
      publicTable,
      judge(check, scene([], [nat], { networkInterfaces: [] })),
      judge(check, scene([], [nat], { networkInterfaces: [plumbing] })),
    ]) {
      expect([judged.failures.length, judged.notApplicable.length]).toEqual([0, 1]);
    }
  });

  it('is a table of which it is not known whether it is private', () => {
    const judged = judge(check, scene([], [route('pl-0a1', { GatewayId: 'igw-0a1' }), nat]));
    expect([judged.failures.length, judged.passes.length, judged.unknowns.length]).toEqual([0, 0, 1]);
  });
});

describe('the fix', () => {
  it('uses the endpoint that is there, else makes one', () => {
    const cli = (endpoints: readonly Item[]) => judge(check, scene(endpoints)).failures[0]?.fix?.cli;
    expect(cli([dynamodb, s3({ RouteTableIds: [] })])).toEqual([
      'aws ec2 modify-vpc-endpoint --region eu-west-1 --vpc-endpoint-id vpce-com.amazonaws.eu-west-1.s3 --add-route-table-ids rtb-0a1',
    ]);
    expect(cli([dynamodb])).toEqual([
      'aws ec2 create-vpc-endpoint --region eu-west-1 --vpc-id vpc-0a1 --service-name com.amazonaws.eu-west-1.s3 --vpc-endpoint-type Gateway --route-table-ids rtb-0a1',
    ]);
  });
});
