import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { instance, networkInterface, permission, route, routeTable, securityGroup, subnet } from '../examples.ts';
import { facingInternet } from '../facing-internet.ts';
import { relatedChecks } from '../related-checks.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { attribute } from '../taking-part.ts';

const host = instance({ EnclaveOptions: { Enabled: true } });
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
  id: 'instance-enclave-host-open-to-internet',
  title: 'Host of Nitro enclaves admits the internet',
  severity: 'high',
  rationale:
    'Enclaves hold what even the host must not see, and all that they say goes through the host. Whoever breaks into the ' +
    'host can starve them, watch what passes, and try them at leisure.',
  remediation:
    'Take the public address away, and let in nothing but what reaches the enclave, from a load balancer of yours.',
  references: ['https://docs.aws.amazon.com/enclaves/latest/user/nitro-enclave.html'],
  relatedChecks: relatedChecks({
    prowler: [
      'ec2_confidential_workload_host_unrestricted_ingress',
      'ec2_confidential_workload_host_public_ip',
      'ec2_confidential_workload_host_vsock_proxy_exposed',
    ],
  }),
  judges: 'instances',
  needs: ['instances', 'networkInterfaces', 'securityGroups', 'subnets', 'routeTables'],
  uses: ruleKinds,
  examples: {
    fails: [{ title: 'everybody may connect to it', resources: { ...open, instances: [host] } }],
    passes: [
      {
        title: 'its group admits a network only',
        resources: {
          ...open,
          instances: [host],
          securityGroups: [securityGroup([permission('tcp', 443, '198.51.100.0/24')])],
        },
      },
      { title: 'it runs no enclaves', resources: { ...open, instances: [instance()] } },
    ],
  },
  *evaluate({ instances }, { snapshot }) {
    for (const own of instances) {
      const { instanceId, vpcId, enclavesEnabled, state } = own;
      const resource = { type: 'instance', id: instanceId, vpcId, name: nameOf(own) } as const;
      if (enclavesEnabled !== true || state === 'terminated') {
        yield { outcome: 'not-applicable', resource, reason: 'it runs no enclaves' };
        continue;
      }
      const cards = facingInternet(snapshot, instanceId);
      const exposed = cards.find(({ ways, rules }) => ways.routes.length > 0 && rules.length > 0);
      const missing = cards.flatMap((card) => [...card.ways.missing, ...card.missing]);
      if (exposed !== undefined) {
        yield {
          outcome: 'fail',
          resource,
          title: 'the internet is admitted to a host of enclaves',
          evidence: [
            attribute(instanceId, 'EnclaveOptions.Enabled', 'true'),
            ...exposed.rules.map(({ evidence }) => evidence),
            ...exposed.ways.routes,
          ],
          fix: { summary: 'Take the public address of the host away.' },
        };
      } else if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else yield { outcome: 'pass', resource };
    }
  },
};

export default check;
