import type { NetworkAcl } from '../../model/resources/network-acl.ts';
import { nameOf } from '../../model/tag.ts';
import type { Evidence } from '../../model/verdict/evidence.ts';
import { compileNetworkAcl } from '../../network/filters/network-acl.ts';
import { aclOpenings } from '../acl-openings.ts';
import { denyOpening } from '../acl-opening-fix.ts';
import type { Check } from '../check.ts';
import { entry, networkAcl } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';

const everythingOut = entry(100, 'allow', 'egress', '0.0.0.0/0');

const check: Check<'networkAcls'> = {
  id: 'network-acl-admin-ports-open-to-internet',
  title: 'Network ACL admits the internet to ports of remote administration',
  severity: 'medium',
  rationale:
    'A network ACL is the second line behind security groups: it holds when a group is opened by mistake. One that lets ' +
    'everybody reach SSH or RDP leaves that mistake as the only one an attacker needs.',
  remediation:
    'Deny the ports of remote administration from everywhere before the rules that allow everything, with allow rules for ' +
    'the networks that administer before the deny. Subnets that nobody administers from outside need no such allow.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21',
  ],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.21'],
    config: ['nacl-no-unrestricted-ssh-rdp'],
    prowler: [
      'ec2_networkacl_allow_ingress_any_port',
      'ec2_networkacl_allow_ingress_tcp_port_22',
      'ec2_networkacl_allow_ingress_tcp_port_3389',
    ],
    cloudsploit: ['networkAclInboundTraffic'],
    steampipe: ['vpc_network_acl_remote_administration'],
  }),
  judges: 'networkAcls',
  needs: ['networkAcls'],
  examples: {
    fails: [
      {
        title: 'one rule for everybody and everything',
        resources: { networkAcls: [networkAcl([entry(100, 'allow', 'ingress', '0.0.0.0/0'), everythingOut])] },
      },
    ],
    passes: [
      {
        title: 'the ports are denied before everything is allowed',
        resources: {
          networkAcls: [
            networkAcl([
              entry(10, 'deny', 'ingress', '0.0.0.0/0', '6', [22, 23]),
              entry(20, 'deny', 'ingress', '0.0.0.0/0', '6', [3389, 6000]),
              entry(30, 'deny', 'ingress', '0.0.0.0/0', '17', [3389, 3389]),
              entry(100, 'allow', 'ingress', '0.0.0.0/0'),
              everythingOut,
            ]),
          ],
        },
      },
    ],
  },
  *evaluate({ networkAcls }, { region }) {
    for (const acl of networkAcls) {
      const resource = { type: 'network-acl', id: acl.networkAclId, vpcId: acl.vpcId, name: nameOf(acl) } as const;
      const { openings, missing } = aclOpenings(compileNetworkAcl(acl), 'remote-administration');
      for (const opening of openings) {
        const service = [...new Set(opening.ports.map((port) => port.service.name))].join(', ');
        const [first, ...rest] = opening.entries.map(({ evidence }): Evidence => ({ ...evidence, service }));
        if (first === undefined) continue;
        yield {
          outcome: 'fail',
          resource,
          title: `the internet is admitted to ${service}`,
          severity: severityOf(acl),
          evidence: [first, ...rest],
          fix: denyOpening(region, acl, opening),
        };
      }
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else if (openings.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

/** An ACL of no subnet filters nothing; the default ACL is made open by AWS, and few ever meant it. */
const severityOf = ({ subnetIds, isDefault }: NetworkAcl): 'informational' | 'low' | 'medium' =>
  subnetIds.length === 0 ? 'informational' : isDefault === true ? 'low' : 'medium';

export default check;
