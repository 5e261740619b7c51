import type { Paging, RuleTable } from './rules.ts';

const pages: Paging = {
  min: 1,
  max: 400,
  sizeInput: 'PageSize',
  tokenInput: 'Marker',
  tokenOutput: 'NextMarker',
};

const perBalancer = {
  input: 'LoadBalancerArn',
  parents: 'elbv2.DescribeLoadBalancers',
  parentMember: 'LoadBalancerArn',
  code: 'LoadBalancerNotFound',
} as const;

const perTargetGroup = {
  input: 'TargetGroupArn',
  parents: 'elbv2.DescribeTargetGroups',
  parentMember: 'TargetGroupArn',
  code: 'TargetGroupNotFound',
} as const;

/** Elastic Load Balancing, both versions (their API References). */
export const elasticLoadBalancing: RuleTable = {
  'elbv2.DescribeLoadBalancers': {
    list: 'LoadBalancers',
    paging: pages,
    ids: [
      { input: 'LoadBalancerArns', member: 'LoadBalancerArn', code: 'LoadBalancerNotFound' },
      { input: 'Names', member: 'LoadBalancerName', code: 'LoadBalancerNotFound' },
    ],
  },
  'elbv2.DescribeLoadBalancerAttributes': { list: 'Attributes', per: perBalancer },
  'elbv2.DescribeListeners': {
    list: 'Listeners',
    paging: pages,
    per: perBalancer,
    ids: [{ input: 'ListenerArns', member: 'ListenerArn', code: 'ListenerNotFound' }],
  },
  'elbv2.DescribeRules': {
    list: 'Rules',
    paging: pages,
    per: {
      input: 'ListenerArn',
      parents: 'elbv2.DescribeListeners',
      parentMember: 'ListenerArn',
      code: 'ListenerNotFound',
    },
    ids: [{ input: 'RuleArns', member: 'RuleArn', code: 'RuleNotFound' }],
  },
  'elbv2.DescribeTargetGroups': {
    list: 'TargetGroups',
    paging: pages,
    ids: [
      { input: 'TargetGroupArns', member: 'TargetGroupArn', code: 'TargetGroupNotFound' },
      { input: 'Names', member: 'TargetGroupName', code: 'TargetGroupNotFound' },
      { input: 'LoadBalancerArn', member: 'LoadBalancerArns', code: 'LoadBalancerNotFound' },
    ],
  },
  'elbv2.DescribeTargetGroupAttributes': { list: 'Attributes', per: perTargetGroup },
  'elbv2.DescribeTargetHealth': { list: 'TargetHealthDescriptions', per: perTargetGroup },
  'elb.DescribeLoadBalancers': {
    list: 'LoadBalancerDescriptions',
    paging: pages,
    ids: [{ input: 'LoadBalancerNames', member: 'LoadBalancerName', code: 'LoadBalancerNotFound' }],
  },
  'elb.DescribeLoadBalancerAttributes': {
    per: {
      input: 'LoadBalancerName',
      parents: 'elb.DescribeLoadBalancers',
      parentMember: 'LoadBalancerName',
      code: 'LoadBalancerNotFound',
    },
  },
};
