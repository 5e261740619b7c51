import { nameOf } from '../../model/tag.ts';
import { interfacesOfInstance } from '../../network/facts/resources-by-id.ts';
import type { Check } from '../check.ts';
import { instance, networkInterface } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { takingPart } from '../taking-part.ts';

const card = (id: string, SubnetId: string): Readonly<Record<string, unknown>> =>
  networkInterface({ NetworkInterfaceId: id, SubnetId, Attachment: { InstanceId: 'i-0a1' } });

const check: Check<'instances' | 'networkInterfaces'> = {
  id: 'instance-joins-subnets',
  title: 'Instance has interfaces in several subnets',
  severity: 'low',
  rationale:
    'The host is a bridge between subnets that routes and network ACLs keep apart: what enters by one interface can leave ' +
    'by the other without meeting either of them.',
  remediation: 'Give the host one interface, unless it is a firewall or router that is meant to join the two.',
  references: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html'],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.17'],
    config: ['ec2-instance-multiple-eni-check'],
    prowler: ['ec2_instance_uses_single_eni'],
    steampipe: ['ec2_instance_not_use_multiple_enis'],
  }),
  judges: 'instances',
  needs: ['instances', 'networkInterfaces'],
  examples: {
    fails: [
      {
        title: 'an interface in each of two subnets',
        resources: {
          instances: [instance()],
          networkInterfaces: [card('eni-0a1', 'subnet-0a1'), card('eni-0a2', 'subnet-0a2')],
        },
      },
    ],
    passes: [
      {
        title: 'two interfaces in one subnet, as container hosts have them',
        resources: {
          instances: [instance()],
          networkInterfaces: [card('eni-0a1', 'subnet-0a1'), card('eni-0a2', 'subnet-0a1')],
        },
      },
    ],
  },
  *evaluate({ instances }, { snapshot }) {
    for (const own of instances) {
      const { instanceId, vpcId } = own;
      const resource = { type: 'instance', id: instanceId, vpcId, name: nameOf(own) } as const;
      // Interfaces of pods, with groups of their own, only stand on the host
      const cards = (interfacesOfInstance(snapshot).get(instanceId) ?? []).filter(
        ({ resource: one }) =>
          one.requesterManaged !== true && one.interfaceType === 'interface' && !one.description.startsWith('aws-K8S-'),
      );
      const subnetIds = new Set(cards.map(({ resource: one }) => one.subnetId));
      if (subnetIds.size < 2) {
        yield { outcome: 'pass', resource };
        continue;
      }
      const [first, ...rest] = takingPart('subnet', [...subnetIds], 'joined');
      if (first === undefined) continue;
      yield {
        outcome: 'fail',
        resource,
        title: `it stands in ${subnetIds.size} subnets at once`,
        evidence: [first, ...rest],
        fix: { summary: 'Detach the interfaces that the host does not need.' },
      };
    }
  },
};

export default check;
