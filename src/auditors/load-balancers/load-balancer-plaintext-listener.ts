import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { groupBy } from '../group-by.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0a1b2c3d4e5f6071';
const balancer = {
  LoadBalancerArn: arn,
  LoadBalancerName: 'web',
  Type: 'application',
  Scheme: 'internet-facing',
  VpcId: 'vpc-0a1',
  State: { Code: 'active' },
  SecurityGroups: ['sg-0a1'],
};
const listener = (Type: string): Item => ({
  ListenerArn: `${arn.replace(':loadbalancer/', ':listener/')}/1`,
  LoadBalancerArn: arn,
  Port: 80,
  Protocol: 'HTTP',
  DefaultActions: [{ Type }],
});

const check: Check<'loadBalancers' | 'listeners'> = {
  id: 'load-balancer-plaintext-listener',
  title: 'Internet-facing load balancer serves plain HTTP',
  severity: 'low',
  rationale:
    'Whoever is on the way reads and changes what clients send, sessions and passwords included. A listener that only ' +
    'redirects to HTTPS serves nothing and is fine.',
  remediation: 'Let the HTTP listener redirect to HTTPS, and serve from a listener with a certificate.',
  references: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html'],
  relatedChecks: relatedChecks({
    securityhub: ['ELB.1'],
    config: ['alb-http-to-https-redirection-check'],
    scoutsuite: ['elbv2-listener-allowing-cleartext'],
  }),
  judges: 'loadBalancers',
  needs: ['loadBalancers', 'listeners'],
  examples: {
    fails: [
      { title: 'the listener forwards', resources: { loadBalancers: [balancer], listeners: [listener('forward')] } },
    ],
    passes: [
      { title: 'the listener redirects', resources: { loadBalancers: [balancer], listeners: [listener('redirect')] } },
    ],
  },
  *evaluate({ loadBalancers, listeners }) {
    const own = groupBy(listeners, ({ loadBalancerArn = '' }) => loadBalancerArn);
    for (const { loadBalancerArn: id, loadBalancerName: name, vpcId, type, scheme } of loadBalancers) {
      const resource = { type: 'load-balancer', id, vpcId, name } as const;
      if (type !== 'application' || scheme !== 'internet-facing') {
        yield { outcome: 'not-applicable', resource, reason: 'it serves no HTTP to the internet' };
        continue;
      }
      const plain = (own.get(id) ?? []).filter(
        ({ protocol, defaultActions }) =>
          protocol === 'HTTP' && defaultActions.some((action) => action.type === 'forward'),
      );
      for (const { listenerArn, port } of plain) {
        yield {
          outcome: 'fail',
          resource,
          title: `port ${port ?? ''} forwards plain HTTP`,
          evidence: [attribute(listenerArn, 'Protocol', 'HTTP')],
          fix: { summary: 'Replace the default action by a redirect to HTTPS.' },
        };
      }
      if (plain.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
