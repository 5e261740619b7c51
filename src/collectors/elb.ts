import { elbPages, type ForEach, type Row } from './row.ts';

const placeholderArn = (resource: string): string =>
  `arn:aws:elasticloadbalancing:us-east-1:111122223333:${resource}/0000000000000000`;

const eachLoadBalancer: ForEach = {
  kind: 'loadBalancers',
  input: 'LoadBalancerArn',
  placeholder: placeholderArn('loadbalancer/app/none'),
};
const eachTargetGroup: ForEach = {
  kind: 'targetGroups',
  input: 'TargetGroupArn',
  placeholder: placeholderArn('targetgroup/none'),
};

/** Elastic Load Balancing, version 2 and classic: lists by pages of 400, everything else per resource. */
export const elbRows: readonly Row[] = [
  { key: 'loadBalancers', operation: 'DescribeLoadBalancers', paging: elbPages },
  { key: 'loadBalancerAttributes', operation: 'DescribeLoadBalancerAttributes', forEach: eachLoadBalancer },
  { key: 'listeners', operation: 'DescribeListeners', paging: elbPages, forEach: eachLoadBalancer },
  {
    key: 'listenerRules',
    operation: 'DescribeRules',
    paging: elbPages,
    forEach: {
      kind: 'listeners',
      input: 'ListenerArn',
      placeholder: placeholderArn('listener/app/none/0000000000000000'),
    },
  },
  { key: 'targetGroups', operation: 'DescribeTargetGroups', paging: elbPages },
  { key: 'targetGroupAttributes', operation: 'DescribeTargetGroupAttributes', forEach: eachTargetGroup },
  { key: 'targetHealth', operation: 'DescribeTargetHealth', forEach: eachTargetGroup },

  { key: 'classicLoadBalancers', operation: 'DescribeLoadBalancers', paging: elbPages },
  {
    key: 'classicLoadBalancerAttributes',
    operation: 'DescribeLoadBalancerAttributes',
    forEach: { kind: 'classicLoadBalancers', input: 'LoadBalancerName', placeholder: 'none' },
  },
];
