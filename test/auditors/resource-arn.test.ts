import { describe, expect, it } from 'vitest';
import { resourceArn } from '../../src/auditors/resource-arn.ts';

describe('the ARN of a resource', () => {
  it.each([
    ['security-group', 'sg-0a1', 'eu-west-1', 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1'],
    ['nat-gateway', 'nat-0a1', 'eu-west-1', 'arn:aws:ec2:eu-west-1:111122223333:natgateway/nat-0a1'],
    ['flow-log', 'fl-0a1', 'us-gov-west-1', 'arn:aws-us-gov:ec2:us-gov-west-1:111122223333:vpc-flow-log/fl-0a1'],
    ['region', 'cn-north-1', 'cn-north-1', 'arn:aws-cn:ec2:cn-north-1:111122223333:*'],
    ['load-balancer', 'old', 'eu-west-1', 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/old'],
    [
      'load-balancer',
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/new/1',
      'eu-west-1',
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/new/1',
    ],
  ] as const)('of %s %s', (type, id, region, arn) => {
    expect(resourceArn(type, id, '111122223333', region)).toBe(arn);
  });
});
