import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { instance, networkInterface, permission, route, routeTable, securityGroup, subnet } from '../examples.ts';
import { facingInternet } from '../facing-internet.ts';
import { relatedChecks } from '../related-checks.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { attribute } from '../taking-part.ts';

const profile = { IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/app' } };
const mapped = networkInterface({
  Attachment: { InstanceId: 'i-0a1', DeviceIndex: 0 },
  PrivateIpAddresses: [
    { PrivateIpAddress: '10.0.1.10', Primary: true, Association: { PublicIp: '198.51.100.7', IpOwnerId: 'amazon' } },
  ],
});
const open = {
  networkInterfaces: [mapped],
  subnets: [subnet()],
  routeTables: [routeTable([route('0.0.0.0/0', { GatewayId: 'igw-0a1' })])],
  securityGroups: [securityGroup([permission('tcp', 443, '0.0.0.0/0')])],
};

const check: Check<'instances' | 'networkInterfaces' | 'securityGroups' | 'subnets' | 'routeTables', RuleKind> = {
  id: 'instance-public-with-role',
  title: 'Instance that the internet may connect to has an instance profile',
  severity: 'medium',
  rationale:
    'Whoever makes the service on this host fetch a URL, or breaks into it, gets the credentials of its role and acts in ' +
    'the account with them.',
  remediation:
    'Put a load balancer in front and take the public address away, require IMDSv2, and bound the role to what the host ' +
    'does.',
  references: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html'],
  relatedChecks: relatedChecks({ prowler: ['ec2_instance_internet_facing_with_instance_profile'] }),
  judges: 'instances',
  needs: ['instances', 'networkInterfaces', 'securityGroups', 'subnets', 'routeTables'],
  uses: ruleKinds,
  examples: {
    fails: [
      {
        title: 'a web server with a role and a public address',
        resources: { ...open, instances: [instance(profile)] },
      },
    ],
    passes: [
      {
        title: 'its group admits a network only',
        resources: {
          ...open,
          instances: [instance(profile)],
          securityGroups: [securityGroup([permission('tcp', 443, '198.51.100.0/24')])],
        },
      },
      { title: 'it has no role', resources: { ...open, instances: [instance()] } },
    ],
  },
  *evaluate({ instances }, { snapshot }) {
    for (const own of instances) {
      const { instanceId, vpcId, iamInstanceProfileArn: arn, state } = own;
      const resource = { type: 'instance', id: instanceId, vpcId, name: nameOf(own) } as const;
      if (arn === undefined || state === 'terminated') {
        yield { outcome: 'not-applicable', resource, reason: 'it has no instance profile' };
        continue;
      }
      const cards = facingInternet(snapshot, instanceId);
      const exposed = cards.find(({ ways, rules }) => ways.routes.length > 0 && rules.length > 0);
      const missing = cards.flatMap((card) => [...card.ways.missing, ...card.missing]);
      if (exposed !== undefined) {
        yield {
          outcome: 'fail',
          resource,
          title: 'the internet is admitted to a host with a role',
          evidence: [
            attribute(instanceId, 'IamInstanceProfile', arn),
            ...exposed.rules.map(({ evidence }) => evidence),
            ...exposed.ways.routes,
          ],
          fix: { summary: 'Put a load balancer in front of the host and take its public address away.' },
        };
      } else if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else yield { outcome: 'pass', resource };
    }
  },
};

export default check;
