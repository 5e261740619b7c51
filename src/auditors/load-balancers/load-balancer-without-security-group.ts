import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { attribute } from '../taking-part.ts';

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/edge/0a1b2c3d4e5f6071';
const balancer = (SecurityGroups: readonly string[]): Item => ({
  LoadBalancerArn: arn,
  LoadBalancerName: 'edge',
  Type: 'network',
  Scheme: 'internet-facing',
  VpcId: 'vpc-0a1',
  State: { Code: 'active' },
  SecurityGroups,
});

const check: Check<'loadBalancers'> = {
  id: 'load-balancer-without-security-group',
  title: 'Network load balancer has no security group and can get none',
  severity: 'low',
  rationale:
    'Nothing filters at the load balancer: its targets see the addresses of all clients and have to admit the internet ' +
    'themselves, so that each of them is open to whoever finds another way to it.',
  remediation: 'Make the load balancer again with a security group; one that was made without never takes any.',
  references: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html'],
  relatedChecks: [],
  judges: 'loadBalancers',
  needs: ['loadBalancers'],
  examples: {
    fails: [{ title: 'it was made without', resources: { loadBalancers: [balancer([])] } }],
    passes: [{ title: 'it has one', resources: { loadBalancers: [balancer(['sg-0a1'])] } }],
  },
  *evaluate({ loadBalancers }) {
    for (const { loadBalancerArn: id, loadBalancerName: name, vpcId, type, scheme, securityGroups } of loadBalancers) {
      const resource = { type: 'load-balancer', id, vpcId, name } as const;
      if (type !== 'network') yield { outcome: 'not-applicable', resource, reason: 'it is no network load balancer' };
      else if (securityGroups.length > 0) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: 'it has no security group',
          severity: scheme === 'internal' ? 'informational' : 'low',
          evidence: [attribute(id, 'SecurityGroups', 'none')],
          fix: { summary: 'Make the load balancer again with a security group.' },
        };
      }
    }
  },
};

export default check;
