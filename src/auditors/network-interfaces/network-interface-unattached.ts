import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { networkInterface } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const check: Check<'networkInterfaces'> = {
  id: 'network-interface-unattached',
  title: 'Network interface is attached to nothing',
  severity: 'informational',
  rationale:
    'It holds addresses and security groups, a public address perhaps, for a host that is gone, and keeps its groups and ' +
    'its subnet from being deleted.',
  remediation: 'Delete the interface, unless it waits for a host that is to take over its address.',
  references: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html'],
  relatedChecks: relatedChecks({
    cloudsploit: ['unusedEni'],
    steampipe: ['ec2_network_interface_unused'],
  }),
  judges: 'networkInterfaces',
  needs: ['networkInterfaces'],
  examples: {
    fails: [
      { title: 'it is available', resources: { networkInterfaces: [networkInterface({ Status: 'available' })] } },
    ],
    passes: [{ title: 'it is in use', resources: { networkInterfaces: [networkInterface()] } }],
  },
  *evaluate({ networkInterfaces }, { region }) {
    for (const own of networkInterfaces) {
      const { networkInterfaceId: id, vpcId, status, requesterManaged } = own;
      const resource = { type: 'network-interface', id, vpcId, name: nameOf(own) } as const;
      if (status !== 'available') yield { outcome: 'pass', resource };
      else if (requesterManaged === true || own.operator?.managed === true) {
        yield { outcome: 'not-applicable', resource, reason: 'a service of AWS manages it' };
      } else {
        yield {
          outcome: 'fail',
          resource,
          title: 'it is attached to nothing',
          evidence: [attribute(id, 'Status', status)],
          fix: {
            summary: 'Delete the interface.',
            cli: [awsCli(region, 'ec2', 'delete-network-interface', { 'network-interface-id': id })],
          },
        };
      }
    }
  },
};

export default check;
