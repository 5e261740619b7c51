import type { Evidence } from '../../model/verdict/evidence.ts';
import type { Check } from '../check.ts';
import {
  entry,
  instance,
  networkAcl,
  networkInterface,
  permission,
  route,
  routeTable,
  securityGroup,
  subnet,
  vpc,
} from '../examples.ts';
import { type ExposureKind, exposureKinds } from '../reached-services.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { type Balancer, balancers } from '../sections/tier-chains/balancers.ts';
import { directExposures, doubtsOf, rulesOf } from '../sections/tier-chains/direct-reach.ts';
import { takingPart } from '../taking-part.ts';

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188';
const targetGroupArn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/73e2d6bc24d8a067';
const everything = [entry(100, 'allow', 'ingress', '0.0.0.0/0'), entry(100, 'allow', 'egress', '0.0.0.0/0')];

const balanced = (publicIp: string | undefined): Check['examples']['fails'][0]['resources'] => ({
  loadBalancers: [
    { LoadBalancerArn: arn, LoadBalancerName: 'web', Type: 'application', Scheme: 'internet-facing', VpcId: 'vpc-0a1' },
  ],
  listeners: [
    {
      ListenerArn: `${arn.replace(':loadbalancer/', ':listener/')}/f2f7dc8efc522ab2`,
      LoadBalancerArn: arn,
      Protocol: 'HTTPS',
      Port: 443,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
    },
  ],
  targetGroups: [
    {
      TargetGroupArn: targetGroupArn,
      TargetGroupName: 'web',
      Protocol: 'HTTP',
      Port: 8080,
      VpcId: 'vpc-0a1',
      TargetType: 'instance',
    },
  ],
  targetHealth: [
    { TargetGroupArn: targetGroupArn, Target: { Id: 'i-0a1', Port: 8080 }, TargetHealth: { State: 'healthy' } },
  ],
  vpcs: [vpc()],
  subnets: [subnet()],
  instances: [instance()],
  networkInterfaces: [
    networkInterface({
      Attachment: { InstanceId: 'i-0a1', DeviceIndex: 0, Status: 'attached' },
      PrivateIpAddresses: [
        {
          PrivateIpAddress: '10.0.1.10',
          Primary: true,
          ...(publicIp === undefined ? {} : { Association: { PublicIp: publicIp } }),
        },
      ],
    }),
  ],
  securityGroups: [securityGroup([permission('tcp', 8080, '0.0.0.0/0')])],
  networkAcls: [networkAcl(everything)],
  routeTables: [routeTable([route('0.0.0.0/0', { GatewayId: 'igw-0a1' })])],
  internetGateways: [{ InternetGatewayId: 'igw-0a1', Attachments: [{ VpcId: 'vpc-0a1', State: 'available' }] }],
});

const check: Check<'loadBalancers' | 'securityGroups', RuleKind | ExposureKind | 'listenerRules'> = {
  id: 'load-balancer-bypassed',
  title: 'Internet reaches targets past their load balancer',
  severity: 'medium',
  rationale:
    'What the load balancer does for its targets (TLS, authentication, a web application firewall, limits, logs) does not ' +
    'happen to whoever calls a target by its own address.',
  remediation:
    'Admit the security group of the load balancer alone to the targets, take their public addresses away, or move them ' +
    'to private subnets.',
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html',
  ],
  relatedChecks: [],
  judges: 'loadBalancers',
  needs: ['loadBalancers', 'securityGroups'],
  uses: [...ruleKinds, ...exposureKinds.filter((kind) => kind !== 'loadBalancers'), 'listenerRules'],
  examples: {
    fails: [{ title: 'a target has a public address and an open group', resources: balanced('203.0.113.7') }],
    passes: [{ title: 'the target has no public address', resources: balanced(undefined) }],
  },
  *evaluate({ loadBalancers }, { snapshot }) {
    const known = new Map(balancers(snapshot).map((balancer) => [balancer.id, balancer]));
    for (const { loadBalancerArn: id, vpcId, loadBalancerName: name } of loadBalancers) {
      const resource = { type: 'load-balancer', id, vpcId, name } as const;
      const balancer = known.get(id);
      if (balancer === undefined) {
        yield { outcome: 'not-applicable', resource, reason: 'it has no targets in the VPC' };
        continue;
      }
      const reached = balancer.targets.interfaces.filter((own) => directExposures(snapshot, own).length > 0);
      const [first, ...rest] = evidenceOf(rulesOf(reached.flatMap((own) => directExposures(snapshot, own))), balancer);
      if (first !== undefined) {
        const ids = reached.map(({ networkInterfaceId }) => networkInterfaceId);
        yield {
          outcome: 'fail',
          resource,
          title: `${ids.length} of ${balancer.targets.interfaces.length} targets reached by their own addresses`,
          evidence: [first, ...rest, ...takingPart('network-interface', ids, 'reached-from-internet')],
          fix: { summary: 'Admit the load balancer alone to its targets, and take their public addresses away.' },
        };
        continue;
      }
      const missing = [
        ...balancer.targets.missing,
        ...balancer.targets.interfaces.flatMap((own) => doubtsOf(snapshot, own)),
      ];
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else yield { outcome: 'pass', resource };
    }
  },
};

/** The rules of the targets' groups that let the internet in; where they have none, the routes and entries do. */
function evidenceOf(rules: readonly Evidence[], { groupIds }: Balancer): readonly Evidence[] {
  const own = rules.filter(
    (rule) => rule.type === 'security-group-rule' && !rule.isEgress && !groupIds.includes(rule.securityGroupId),
  );
  return own.length > 0 ? own : rules;
}

export default check;
