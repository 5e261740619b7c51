import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/vpc-endpoints/vpc-endpoint-clients-not-admitted.ts';
import type { ExampleResources } from '../../../src/auditors/check.ts';
import {
  type Item,
  networkInterface,
  permission,
  securityGroup,
  subnet,
  vpcEndpoint,
} from '../../../src/auditors/examples.ts';
import { judge } from '../judge.ts';

const at = (address: string) => ({ PrivateIpAddresses: [{ PrivateIpAddress: address, Primary: true }] });
const other = networkInterface({
  NetworkInterfaceId: 'eni-0a2',
  SubnetId: 'subnet-0a2',
  Groups: [{ GroupId: 'sg-0a2' }],
  ...at('10.0.2.10'),
});

interface Scene {
  readonly ingress: readonly Item[];
  readonly clients?: readonly Item[];
  readonly clientEgress?: readonly Item[];
  readonly endpoint?: Item;
  readonly groups?: readonly Item[];
}

const everywhere = permission('-1', undefined, '0.0.0.0/0');

const scene = ({
  ingress,
  clients = [networkInterface()],
  clientEgress = [everywhere],
  endpoint = {},
  groups = [],
}: Scene): ExampleResources => ({
  subnets: [subnet(), subnet({ SubnetId: 'subnet-0a2', CidrBlock: '10.0.2.0/24' })],
  networkInterfaces: [
    ...clients,
    networkInterface({
      NetworkInterfaceId: 'eni-0e1',
      InterfaceType: 'vpc_endpoint',
      Groups: [{ GroupId: 'sg-0e1' }],
      ...at('10.0.1.200'),
    }),
  ],
  securityGroups: [
    securityGroup([], { IpPermissionsEgress: clientEgress }),
    securityGroup([], { GroupId: 'sg-0a2' }),
    securityGroup(ingress, { GroupId: 'sg-0e1' }),
    ...groups,
  ],
  vpcEndpoints: [
    vpcEndpoint({
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.eu-west-1.ssm',
      Groups: [{ GroupId: 'sg-0e1' }],
      NetworkInterfaceIds: ['eni-0e1'],
      PrivateDnsEnabled: true,
      ...endpoint,
    }),
  ],
});
const outcomes = (given: Scene): readonly string[] =>
  judge(check, scene(given)).all.map(({ verdict }) => verdict.outcome);

describe('who is admitted', () => {
  it('is asked by address, by group and through other ports than 443', () => {
    expect(outcomes({ ingress: [permission('tcp', [400, 500], '10.0.1.0/24')] })).toEqual(['pass']);
    expect(outcomes({ ingress: [permission('-1', undefined, 'sg-0a1')] })).toEqual(['pass']);
    expect(outcomes({ ingress: [permission('tcp', 80, '0.0.0.0/0')] })).toEqual(['fail']);
    expect(outcomes({ ingress: [permission('tcp', 443, '::/0')] })).toEqual(['fail']);
  });

  it('matters for some clients only where private DNS sends all of them here', () => {
    const some = { ingress: [permission('tcp', 443, 'sg-0a1')], clients: [networkInterface(), other] };
    const [failure] = judge(check, scene(some)).failures;
    expect(failure).toMatchObject({ severity: 'medium', title: 'some clients of the VPC are not admitted on 443' });
    expect(failure?.evidence[0]).toMatchObject({ cidrBlocks: ['10.0.2.0/24'], portRanges: [{ from: 443, to: 443 }] });
    expect(outcomes({ ...some, endpoint: { PrivateDnsEnabled: false } })).toEqual(['pass']);
  });

  it('weighs most where nobody is', () => {
    expect(judge(check, scene({ ingress: [] })).failures[0]?.severity).toBe('high');
    const named = judge(check, scene({ ingress: [], endpoint: { PrivateDnsEnabled: false } })).failures[0];
    expect(named?.severity).toBe('medium');
    expect(named?.fix?.cli).toEqual([
      `aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id sg-0e1 --ip-permissions '[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.1.0/24"}]}]'`,
    ]);
  });
});

describe('who is a client', () => {
  it('is nobody whose own groups keep the call in', () => {
    expect(outcomes({ ingress: [], clientEgress: [permission('tcp', 443, '192.168.0.0/16')] })).toEqual([
      'not-applicable',
    ]);
  });

  it('is no load balancer, database or mount target', () => {
    const clients = [
      networkInterface({ NetworkInterfaceId: 'eni-1', RequesterId: 'amazon-elb' }),
      networkInterface({ NetworkInterfaceId: 'eni-2', RequesterId: 'amazon-rds' }),
      networkInterface({ NetworkInterfaceId: 'eni-3', Description: 'EFS mount target for fs-0a1 (fsmt-0a1)' }),
      networkInterface({ NetworkInterfaceId: 'eni-4', Status: 'available' }),
    ];
    expect(outcomes({ ingress: [], clients })).toEqual(['not-applicable']);
  });
});

describe('what is not known', () => {
  it('is a group of the endpoint that is not in the snapshot', () => {
    expect(outcomes({ ingress: [], endpoint: { Groups: [{ GroupId: 'sg-0f1' }] } })).toEqual(['unknown']);
  });

  it('is a prefix list that may name the clients', () => {
    expect(outcomes({ ingress: [permission('tcp', 443, 'pl-0a1')] })).toEqual(['unknown']);
  });

  it('is whether a client may call at all', () => {
    expect(outcomes({ ingress: [], clientEgress: [permission('tcp', 443, 'pl-0a1')] })).toEqual(['unknown']);
    expect(outcomes({ ingress: [everywhere], clientEgress: [permission('tcp', 443, 'pl-0a1')] })).toEqual([
      'not-applicable',
    ]);
  });
});

describe('which endpoints are asked', () => {
  it('are available ones of services on 443', () => {
    expect(outcomes({ ingress: [], endpoint: { State: 'pendingAcceptance' } })).toEqual(['not-applicable']);
    expect(outcomes({ ingress: [], endpoint: { ServiceName: 'com.amazonaws.eu-west-1.email-smtp' } })).toEqual([
      'not-applicable',
    ]);
    expect(outcomes({ ingress: [], endpoint: { ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0a1' } })).toEqual([
      'not-applicable',
    ]);
    expect(outcomes({ ingress: [], endpoint: { VpcEndpointType: 'GatewayLoadBalancer' } })).toEqual([]);
  });
});
