import { nameOf } from '../../model/tag.ts';
import { compiledAcl, entriesAdmittingAll, internetPackets } from '../acl-admission.ts';
import type { Check } from '../check.ts';
import { entry, networkAcl } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';

const https = entry(100, 'allow', 'ingress', '0.0.0.0/0', '6', [443, 443]);

const check: Check<'networkAcls'> = {
  id: 'network-acl-egress-unrestricted',
  title: 'Network ACL that says what may come in lets everything out',
  severity: 'informational',
  rationale:
    'What got in, or runs here by mistake, may send anything to anybody over any protocol. A server needs the ports of its ' +
    'replies and of the few services that it calls.',
  remediation:
    'Allow the ports of replies (1024 to 65535) and of the services that the subnets call, and let the implicit deny do the ' +
    'rest.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html'],
  relatedChecks: relatedChecks({
    cloudsploit: ['networkAclOutboundTraffic'],
    scoutsuite: ['vpc-custom-network-acls-allow-all'],
  }),
  judges: 'networkAcls',
  needs: ['networkAcls'],
  examples: {
    fails: [
      {
        title: 'HTTPS may come in, and everything go out',
        resources: { networkAcls: [networkAcl([https, entry(100, 'allow', 'egress', '0.0.0.0/0')])] },
      },
    ],
    passes: [
      {
        title: 'replies go out, and nothing else',
        resources: {
          networkAcls: [networkAcl([https, entry(100, 'allow', 'egress', '0.0.0.0/0', '6', [1024, 65_535])])],
        },
      },
    ],
  },
  *evaluate({ networkAcls }) {
    for (const acl of networkAcls) {
      const { networkAclId: id, vpcId, subnetIds, isDefault } = acl;
      const resource = { type: 'network-acl', id, vpcId, name: nameOf(acl) } as const;
      const { ingress, egress } = compiledAcl(acl);
      const admitted = (direction: 'ingress' | 'egress') =>
        ([4, 6] as const).map((family) =>
          entriesAdmittingAll(direction === 'ingress' ? ingress : egress, internetPackets(family, direction)),
        );
      const [into, out] = [admitted('ingress'), admitted('egress')];
      if (isDefault === true || subnetIds.length === 0 || into.some(({ entries }) => entries.length > 0)) {
        const reason =
          isDefault === true
            ? 'it is the default ACL, open as AWS made it'
            : subnetIds.length === 0
              ? 'no subnet uses it'
              : 'it lets everything in as well, which is another finding';
        yield { outcome: 'not-applicable', resource, reason };
        continue;
      }
      const entries = [...new Set(out.flatMap((own) => own.entries))];
      const missing = [...into, ...out].flatMap((own) => own.missing);
      const [first, ...rest] = entries.map(({ evidence }) => evidence);
      if (first !== undefined) {
        yield {
          outcome: 'fail',
          resource,
          title: 'everything may go out on every protocol',
          evidence: [first, ...rest],
          fix: { summary: 'Replace the rule by ones for replies and for the services that the subnets call.' },
        };
      } else if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else yield { outcome: 'pass', resource };
    }
  },
};

export default check;
