import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { networkInterface, vpc } from '../examples.ts';
import { groupBy } from '../group-by.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute, takingPart } from '../taking-part.ts';

const check: Check<'vpcs' | 'networkInterfaces'> = {
  id: 'vpc-default-present',
  title: 'Region has its default VPC',
  severity: 'informational',
  rationale:
    'Every subnet of the default VPC is public, gives out public addresses and is what a launch falls into where nobody ' +
    'names another. In use, it is a network that nobody designed.',
  remediation: 'Move what runs in it to a VPC that was designed, then delete it; EC2 can make it again.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html'],
  relatedChecks: relatedChecks({ cloudsploit: ['defaultVpcExists', 'defaultVpcInUse'] }),
  judges: 'vpcs',
  needs: ['vpcs', 'networkInterfaces'],
  examples: {
    fails: [
      {
        title: 'something runs in it',
        resources: { vpcs: [vpc({ IsDefault: true })], networkInterfaces: [networkInterface()] },
      },
    ],
    passes: [{ title: 'the VPC is not the default one', resources: { vpcs: [vpc({ IsDefault: false })] } }],
  },
  *evaluate({ vpcs, networkInterfaces }) {
    const users = groupBy(networkInterfaces, ({ vpcId }) => vpcId);
    for (const own of vpcs) {
      const { vpcId } = own;
      const resource = { type: 'vpc', id: vpcId, vpcId, name: nameOf(own) } as const;
      if (own.isDefault !== true) {
        yield { outcome: 'pass', resource };
        continue;
      }
      const inside = (users.get(vpcId) ?? []).map(({ networkInterfaceId }) => networkInterfaceId);
      yield {
        outcome: 'fail',
        resource,
        title: inside.length === 0 ? 'it is the default VPC and empty' : 'it is the default VPC and in use',
        severity: inside.length === 0 ? 'informational' : 'low',
        evidence: [attribute(vpcId, 'IsDefault', 'true'), ...takingPart('network-interface', inside, 'uses')],
        fix: { summary: inside.length === 0 ? 'Delete the VPC.' : 'Move what runs in it, then delete the VPC.' },
      };
    }
  },
};

export default check;
