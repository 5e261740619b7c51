import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/security-groups/security-group-unused.ts';
import type { ExampleResources } from '../../../src/auditors/check.ts';
import { exampleRegion } from '../../../src/auditors/example-region.ts';
import { networkInterface, permission, securityGroup, vpcEndpoint } from '../../../src/auditors/examples.ts';
import { judge, judgeRegion, withGap } from '../judge.ts';

const idle = { securityGroups: [securityGroup([])] };
const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0a1';

describe('security-group-unused', () => {
  it.each<[string, ExampleResources]>([
    ['an interface that Lambda manages', { networkInterfaces: [networkInterface({ InterfaceType: 'lambda' })] }],
    ['an interface that is not attached', { networkInterfaces: [networkInterface({ Status: 'available' })] }],
    ['a load balancer', { loadBalancers: [{ LoadBalancerArn: arn, SecurityGroups: ['sg-0a1'] }] }],
    ['a Classic Load Balancer', { classicLoadBalancers: [{ LoadBalancerName: 'web', SecurityGroups: ['sg-0a1'] }] }],
    ['an endpoint', { vpcEndpoints: [vpcEndpoint({ VpcEndpointType: 'Interface', Groups: [{ GroupId: 'sg-0a1' }] })] }],
    ['another VPC', { securityGroupVpcAssociations: [{ GroupId: 'sg-0a1', VpcId: 'vpc-0a2', State: 'associated' }] }],
  ])('counts %s as use', (_, user) => {
    expect(judge(check, { ...idle, ...user }).passes).toHaveLength(1);
  });

  it('counts a rule of another group in either direction, and not its own', () => {
    const names = (members: object) => securityGroup([], { GroupId: 'sg-0a2', GroupName: 'default', ...members });
    const outbound = names({ IpPermissionsEgress: [permission('tcp', 443, 'sg-0a1')] });
    expect(judge(check, { securityGroups: [securityGroup([]), outbound] }).passes).toHaveLength(1);
    expect(
      judge(check, { securityGroups: [securityGroup([permission('-1', undefined, 'sg-0a1')])] }).failures,
    ).toHaveLength(1);
  });

  it('does not judge default groups, which cannot be deleted', () => {
    expect(judge(check, { securityGroups: [securityGroup([], { GroupName: 'default' })] }).all).toEqual([]);
  });

  it('calls nothing unused on a list of interfaces with a gap', () => {
    const judged = judgeRegion(check, withGap(exampleRegion(idle), 'networkInterfaces', 'eni-0a9'));
    expect([judged.failures.length, judged.unknowns.length]).toEqual([0, 1]);
  });
});
