import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { networkInterface, vpc } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const check: Check<'vpcs' | 'networkInterfaces'> = {
  id: 'vpc-empty',
  title: 'VPC holds nothing',
  severity: 'informational',
  rationale:
    'Nothing has an interface in the VPC, yet its gateways, peerings and rules stay, and whoever launches something there ' +
    'gets a network that nobody looks after.',
  remediation: 'Delete the VPC, unless it is about to be used.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/delete-vpc.html'],
  relatedChecks: relatedChecks({ cloudsploit: ['vpcSubnetInstancesPresent'], steampipe: ['vpc_not_in_use'] }),
  judges: 'vpcs',
  needs: ['vpcs', 'networkInterfaces'],
  failsOnAbsence: true,
  examples: {
    fails: [{ title: 'it has no interface', resources: { vpcs: [vpc()] } }],
    passes: [{ title: 'it has one', resources: { vpcs: [vpc()], networkInterfaces: [networkInterface()] } }],
  },
  *evaluate({ vpcs, networkInterfaces }) {
    const inhabited = new Set<string>(networkInterfaces.map(({ vpcId }) => vpcId));
    for (const own of vpcs) {
      const { vpcId } = own;
      const resource = { type: 'vpc', id: vpcId, vpcId, name: nameOf(own) } as const;
      if (inhabited.has(vpcId)) yield { outcome: 'pass', resource };
      else if (own.isDefault === true) {
        yield { outcome: 'not-applicable', resource, reason: 'it is the default VPC, which another check is about' };
      } else {
        yield {
          outcome: 'fail',
          resource,
          title: 'nothing has an interface in it',
          evidence: [attribute(vpcId, 'NetworkInterfaces', 'none')],
          fix: { summary: 'Delete the VPC.' },
        };
      }
    }
  },
};

export default check;
