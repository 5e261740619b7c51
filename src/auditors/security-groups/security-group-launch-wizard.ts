import { interfacesOfGroup } from '../../network/facts/group-members.ts';
import type { Check } from '../check.ts';
import { networkInterface, securityGroup } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute, takingPart } from '../taking-part.ts';

const check: Check<'securityGroups' | 'networkInterfaces'> = {
  id: 'security-group-launch-wizard',
  title: 'Security group made by the launch wizard is in use',
  severity: 'low',
  rationale:
    'The wizard makes a group for one instance launched by hand, with SSH or RDP open as its proposal. Such groups have no ' +
    'owner, say nothing of a role, and stay when the experiment is over.',
  remediation: 'Replace the group by one that is made for the role of its members, in code, and delete it.',
  references: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-security-groups.html'],
  relatedChecks: relatedChecks({
    prowler: ['ec2_securitygroup_from_launch_wizard'],
    cloudsploit: ['launchWizardSecurityGroups'],
    steampipe: ['ec2_instance_no_launch_wizard_security_group'],
  }),
  judges: 'securityGroups',
  needs: ['securityGroups', 'networkInterfaces'],
  examples: {
    fails: [
      {
        title: 'an interface carries it',
        resources: {
          securityGroups: [securityGroup([], { GroupName: 'launch-wizard-3' })],
          networkInterfaces: [networkInterface()],
        },
      },
    ],
    passes: [
      {
        title: 'the group has a name of its own',
        resources: { securityGroups: [securityGroup([])], networkInterfaces: [networkInterface()] },
      },
    ],
  },
  *evaluate({ securityGroups }, { snapshot }) {
    const carried = interfacesOfGroup(snapshot);
    for (const { groupId, groupName, vpcId } of securityGroups) {
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName } as const;
      if (!/^launch-wizard(-\d+)?$/.test(groupName)) {
        yield { outcome: 'pass', resource };
        continue;
      }
      const carriers = (carried.get(groupId) ?? []).map(({ resource: own }) => own.networkInterfaceId);
      yield {
        outcome: 'fail',
        resource,
        title: carriers.length === 0 ? 'it is left over from a launch by hand' : 'it is carried since a launch by hand',
        severity: carriers.length === 0 ? 'informational' : 'low',
        evidence: [attribute(groupId, 'GroupName', groupName), ...takingPart('network-interface', carriers, 'carries')],
        fix: { summary: 'Give the members a group made for their role and delete this one.' },
      };
    }
  },
};

export default check;
