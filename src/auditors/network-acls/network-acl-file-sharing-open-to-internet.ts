import { nameOf } from '../../model/tag.ts';
import type { Evidence } from '../../model/verdict/evidence.ts';
import { compiledAcl, entriesAdmittingAll, internetPackets } from '../acl-admission.ts';
import { denyOpening } from '../acl-opening-fix.ts';
import { aclOpenings } from '../acl-openings.ts';
import type { Check } from '../check.ts';
import { entry, networkAcl } from '../examples.ts';

const everythingOut = entry(100, 'allow', 'egress', '0.0.0.0/0');

const check: Check<'networkAcls'> = {
  id: 'network-acl-file-sharing-open-to-internet',
  title: 'Network ACL admits the internet to ports of file sharing',
  severity: 'low',
  rationale:
    'FTP sends passwords in the clear, and SMB and RPC are what worms look for first. None of them is meant for the ' +
    'internet, and a network ACL that says what may come in has no reason to name them.',
  remediation: 'Take the ports out of what the ACL allows from everywhere, and admit the networks that need them.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html'],
  relatedChecks: [],
  judges: 'networkAcls',
  needs: ['networkAcls'],
  examples: {
    fails: [
      {
        title: 'FTP may come in from everywhere',
        resources: {
          networkAcls: [networkAcl([entry(100, 'allow', 'ingress', '0.0.0.0/0', '6', [20, 21]), everythingOut])],
        },
      },
    ],
    passes: [
      {
        title: 'HTTPS alone may',
        resources: {
          networkAcls: [networkAcl([entry(100, 'allow', 'ingress', '0.0.0.0/0', '6', [443, 443]), everythingOut])],
        },
      },
      {
        title: 'everything may, which is another finding',
        resources: { networkAcls: [networkAcl([entry(100, 'allow', 'ingress', '0.0.0.0/0'), everythingOut])] },
      },
    ],
  },
  *evaluate({ networkAcls }, { region }) {
    for (const acl of networkAcls) {
      const { networkAclId: id, vpcId, subnetIds } = acl;
      const resource = { type: 'network-acl', id, vpcId, name: nameOf(acl) } as const;
      const compiled = compiledAcl(acl);
      const open = ([4, 6] as const).flatMap(
        (family) => entriesAdmittingAll(compiled.ingress, internetPackets(family, 'ingress')).entries,
      );
      if (open.length > 0 || subnetIds.length === 0) {
        const reason = open.length > 0 ? 'it lets everything in, whatever the port' : 'no subnet uses it';
        yield { outcome: 'not-applicable', resource, reason };
        continue;
      }
      const { openings, missing } = aclOpenings(compiled, 'file-sharing', 1024);
      for (const opening of openings) {
        const service = [...new Set(opening.ports.map((port) => port.service.name))].join(', ');
        const [first, ...rest] = opening.entries.map(({ evidence }): Evidence => ({ ...evidence, service }));
        if (first === undefined) continue;
        yield {
          outcome: 'fail',
          resource,
          title: `the internet is admitted to ${service}`,
          evidence: [first, ...rest],
          fix: denyOpening(region, acl, opening),
        };
      }
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else if (openings.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
