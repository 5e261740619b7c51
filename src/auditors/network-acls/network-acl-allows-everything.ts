import { nameOf } from '../../model/tag.ts';
import { compiledAcl, entriesAdmittingAll, internetPackets } from '../acl-admission.ts';
import type { Check } from '../check.ts';
import { entry, networkAcl } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';

const check: Check<'networkAcls'> = {
  id: 'network-acl-allows-everything',
  title: 'Network ACL made for some subnets lets everything through',
  severity: 'low',
  rationale:
    'Somebody made an ACL of its own for these subnets, so the network looks divided, and the ACL refuses nothing from ' +
    'anybody on any protocol. The security groups stand alone, and whoever counts on two layers counts wrongly.',
  remediation:
    'Write down what the subnets need, in both directions and with the ports of the replies, and deny the rest; or take ' +
    'the default ACL, which does not pretend.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html'],
  relatedChecks: relatedChecks({
    prowler: ['ec2_networkacl_allow_ingress_any_port'],
    cloudsploit: ['networkAclOutboundTraffic'],
    scoutsuite: ['vpc-custom-network-acls-allow-all', 'vpc-subnet-with-bad-acls'],
  }),
  judges: 'networkAcls',
  needs: ['networkAcls'],
  examples: {
    fails: [
      {
        title: 'everything may come in',
        resources: { networkAcls: [networkAcl([entry(100, 'allow', 'ingress', '0.0.0.0/0')])] },
      },
      {
        title: 'two halves of the address space are everything',
        resources: {
          networkAcls: [
            networkAcl([entry(100, 'allow', 'ingress', '0.0.0.0/1'), entry(110, 'allow', 'ingress', '128.0.0.0/1')]),
          ],
        },
      },
    ],
    passes: [
      {
        title: 'an earlier deny keeps a port shut',
        resources: {
          networkAcls: [
            networkAcl([
              entry(90, 'deny', 'ingress', '0.0.0.0/0', '6', [22, 22]),
              entry(100, 'allow', 'ingress', '0.0.0.0/0'),
            ]),
          ],
        },
      },
    ],
  },
  *evaluate({ networkAcls }) {
    for (const acl of networkAcls) {
      const { networkAclId, vpcId, subnetIds, isDefault } = acl;
      const resource = { type: 'network-acl', id: networkAclId, vpcId, name: nameOf(acl) } as const;
      if (isDefault === true || subnetIds.length === 0) {
        const reason = isDefault === true ? 'it is the default ACL, open as AWS made it' : 'no subnet uses it';
        yield { outcome: 'not-applicable', resource, reason };
        continue;
      }
      const { ingress } = compiledAcl(acl);
      const open = ([4, 6] as const).map((family) => ({
        family,
        ...entriesAdmittingAll(ingress, internetPackets(family, 'ingress')),
      }));
      const entries = [...new Set(open.flatMap((own) => own.entries))];
      const missing = open.flatMap((own) => own.missing);
      const [first, ...rest] = entries.map(({ evidence }) => evidence);
      if (first !== undefined) {
        const families = open.flatMap((own) => (own.entries.length > 0 ? [`IPv${own.family}`] : []));
        yield {
          outcome: 'fail',
          resource,
          title: `all of the internet is let in on every protocol (${families.join(' and ')})`,
          evidence: [first, ...rest],
          fix: { summary: 'Replace the rules by ones for what the subnets need, and deny the rest.' },
        };
      } else if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else yield { outcome: 'pass', resource };
    }
  },
};

export default check;
