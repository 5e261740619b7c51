import type { IpPermission } from '../../model/resources/security-group.ts';
import { rulesOfGroup } from '../../network/hops/security-group.ts';
import type { Check } from '../check.ts';
import { permission, securityGroup } from '../examples.ts';
import { internetClauses } from '../open-ports.ts';
import { relatedChecks } from '../related-checks.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';

/** More ports than any service listens on; passive FTP and the like stay below. */
const widest = 10_000;

const check: Check<'securityGroups', RuleKind> = {
  id: 'security-group-ports-too-wide',
  title: 'Security group admits a network to nearly all ports',
  severity: 'low',
  rationale:
    'A rule that names a network and no service admits it to whatever listens, now and later: debug ports, agents, the ' +
    'database that somebody starts on the same host. It says that nobody knew what was needed.',
  remediation: 'Name the ports that are used; flow logs say which those are.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  relatedChecks: relatedChecks({
    scoutsuite: ['ec2-security-group-opens-port-range', 'ec2-security-group-opens-all-ports'],
  }),
  options: [
    {
      name: 'most_ports',
      title: 'Ports that one rule may admit a network to',
      default: widest,
      least: 1,
      most: 65_535,
    },
  ],
  judges: 'securityGroups',
  needs: ['securityGroups'],
  uses: ruleKinds,
  examples: {
    fails: [
      {
        title: 'the office may use every protocol and port',
        resources: { securityGroups: [securityGroup([permission('-1', undefined, '192.168.0.0/24')])] },
      },
    ],
    passes: [
      {
        title: 'the office may use HTTPS, the members of a group everything',
        resources: {
          securityGroups: [
            securityGroup([permission('tcp', 443, '192.168.0.0/24'), permission('-1', undefined, 'sg-0a1')]),
          ],
        },
      },
    ],
  },
  *evaluate({ securityGroups }, { snapshot, option }) {
    const most = option('most_ports');
    const isWide = (permission: IpPermission): boolean => opensMore(permission, most);
    for (const { groupId, groupName, vpcId, ipPermissions } of securityGroups) {
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName } as const;
      const clauses = ipPermissions.some(isWide) ? rulesOfGroup(snapshot, groupId, false).clauses : [];
      // What spans the internet is another check's, and worse
      const spanning = new Set(internetClauses(clauses));
      const wide = clauses.filter(
        (own) => own.peer.kind !== 'security-group' && isWide(own.permission) && !spanning.has(own),
      );
      for (const { evidence, peer } of wide) {
        yield {
          outcome: 'fail',
          resource,
          title: `${peer.text} is admitted to nearly all ports`,
          evidence: [evidence],
          fix: { summary: 'Replace the rule by rules for the ports that are used.' },
        };
      }
      if (wide.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

const opensMore = ({ ipProtocol, fromPort, toPort }: IpPermission, most: number): boolean =>
  ipProtocol === '-1' ||
  (/^(tcp|udp|6|17)$/.test(ipProtocol) && fromPort !== undefined && toPort !== undefined && toPort - fromPort >= most);

export default check;
