import { describe, expect, it } from 'vitest';
import { networkInterface, route, routeTable, subnet, vpc, vpcEndpoint } from '../../../src/auditors/examples.ts';
import check from '../../../src/auditors/vpc-endpoints/vpc-endpoint-interface-missing.ts';
import { judge } from '../judge.ts';

const pod = networkInterface({ InterfaceType: 'branch' });
const endpoint = (service: string, members: object = {}) =>
  vpcEndpoint({
    VpcEndpointId: `vpce-${service}`,
    VpcEndpointType: 'Interface',
    ServiceName: `com.amazonaws.eu-west-1.${service}`,
    ...members,
  });
const missing = (
  vpcEndpoints: readonly ReturnType<typeof endpoint>[],
  networkInterfaces = [pod],
  routes: Parameters<typeof routeTable>[0] = [],
) =>
  judge(check, {
    vpcs: [vpc()],
    subnets: [subnet()],
    networkInterfaces,
    routeTables: [routeTable(routes)],
    vpcEndpoints,
  }).failures;
const registry = [endpoint('ecr.api'), endpoint('ecr.dkr')];

describe('F18 an endpoint is for the service of its name and works', () => {
  it('ec2messages is not ec2', () => {
    expect(missing([...registry, endpoint('ec2messages')])).toHaveLength(1);
    expect(missing([...registry, endpoint('ec2')])).toEqual([]);
  });

  it('one that failed, or that is of another VPC or kind, serves nobody', () => {
    expect(missing([...registry, endpoint('ec2', { State: 'failed' })])).toHaveLength(1);
    expect(missing([...registry, endpoint('ec2', { VpcId: 'vpc-0a2' })])).toHaveLength(1);
    expect(missing([...registry, endpoint('ec2', { VpcEndpointType: 'GatewayLoadBalancer' })])).toHaveLength(1);
  });

  it('as the API spells its states', () => {
    expect(missing([...registry, endpoint('ec2', { State: 'Available' })])).toEqual([]);
  });
});

describe('the need', () => {
  it('is shown by hosts: nobody needs anything where there are none', () => {
    expect(missing([], [])).toEqual([]);
    expect(missing([], [networkInterface({ InterfaceType: 'nat_gateway' })])).toEqual([]);
  });

  it('weighs less where there is another way', () => {
    const host = networkInterface({ Attachment: { InstanceId: 'i-0a1' } });
    const weigh = (routes: Parameters<typeof routeTable>[0]) =>
      missing([], [host], routes).map(({ severity }) => severity);
    expect(weigh([])).toEqual(['low']);
    expect(weigh([route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' })])).toEqual(['informational']);
    expect(weigh([route('0.0.0.0/0', { GatewayId: 'igw-0a1' })])).toEqual([]);
  });

  it('is not shown by hosts that a service runs', () => {
    const managed = networkInterface({ Attachment: { InstanceId: 'i-0a1' }, Operator: { Managed: true } });
    expect(missing([], [managed])).toEqual([]);
  });
});
