import { nameOf } from '../../model/tag.ts';
import type { Evidence } from '../../model/verdict/evidence.ts';
import type { Severity } from '../../model/verdict/severity.ts';
import { networkAclOfSubnet } from '../../network/facts/vpc-tables.ts';
import { compileNetworkAcl } from '../../network/filters/network-acl.ts';
import { admittedFlows } from '../admitted-flows.ts';
import { allowReplies } from '../allow-replies.ts';
import { type BlockedReturn, blockedReturns, isTotal, mayDropReplies, replyEvidence } from '../blocked-returns.ts';
import type { Check } from '../check.ts';
import { entry, networkAcl, networkInterface, permission, routeTable, securityGroup, subnet } from '../examples.ts';
import { groupBy } from '../group-by.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { takingPart } from '../taking-part.ts';

type Needs = 'networkAcls' | 'subnets' | 'networkInterfaces' | 'securityGroups' | 'routeTables';

const fromVpc = '10.0.0.0/16';
const httpsIn = entry(100, 'allow', 'ingress', fromVpc, '6', [443, 443]);
const web = {
  subnets: [subnet()],
  networkInterfaces: [networkInterface()],
  routeTables: [routeTable([])],
  securityGroups: [securityGroup([permission('tcp', 443, fromVpc)], { IpPermissionsEgress: [] })],
};

const check: Check<Needs, RuleKind> = {
  id: 'network-acl-return-traffic-blocked',
  title: 'Network ACL drops replies to traffic that it admits',
  severity: 'high',
  rationale:
    'Network ACLs keep no state: the reply to an admitted connection needs a rule of its own, for the port that the client ' +
    'happened to send from. Where it is missing, connections time out for some or all clients although every security ' +
    'group admits them, and the fault is looked for everywhere else.',
  remediation:
    'Allow the replies: ports 1024 to 65535 to (or from) the addresses that the service is meant for. Load balancers, NAT ' +
    'gateways and Lambda use the whole range; the narrower ranges of Linux or Windows do not serve them.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html',
  ],
  relatedChecks: [],
  judges: 'networkAcls',
  needs: ['networkAcls', 'subnets', 'networkInterfaces', 'securityGroups', 'routeTables'],
  uses: ruleKinds,
  examples: {
    fails: [
      {
        title: 'HTTPS comes in, and only HTTPS goes out',
        resources: {
          ...web,
          networkAcls: [networkAcl([httpsIn, entry(100, 'allow', 'egress', fromVpc, '6', [443, 443])])],
        },
      },
    ],
    passes: [
      {
        title: 'replies go out to every port that a client may use',
        resources: {
          ...web,
          networkAcls: [networkAcl([httpsIn, entry(100, 'allow', 'egress', fromVpc, '6', [1024, 65_535])])],
        },
      },
    ],
  },
  *evaluate({ networkAcls, subnets, networkInterfaces }, { region, snapshot }) {
    const interfaces = groupBy(networkInterfaces, ({ subnetId }) => subnetId);
    const inhabited = subnets.filter(({ subnetId }) => interfaces.has(subnetId));
    const byAcl = groupBy(inhabited, (own) => networkAclOfSubnet(snapshot, own).value?.networkAclId ?? '');
    for (const acl of networkAcls) {
      const { networkAclId, vpcId } = acl;
      const resource = { type: 'network-acl', id: networkAclId, vpcId, name: nameOf(acl) } as const;
      const served = byAcl.get(networkAclId) ?? [];
      const compiled = compileNetworkAcl(acl);
      if (served.length === 0) {
        yield { outcome: 'not-applicable', resource, reason: 'no subnet with interfaces uses it' };
        continue;
      }
      if (!mayDropReplies(compiled)) {
        yield { outcome: 'pass', resource };
        continue;
      }
      const flows = served.map((own) => admittedFlows(snapshot, own, interfaces.get(own.subnetId) ?? []));
      const { blocked, missing: unread } = blockedReturns(
        compiled,
        flows.flatMap((own) => own.flows),
      );
      for (const returned of blocked) {
        const [first, ...rest] = evidenceOf(returned);
        if (first === undefined) continue;
        yield {
          outcome: 'fail',
          resource,
          title: titleOf(returned),
          severity: severityOf(returned),
          evidence: [first, ...rest],
          fix: allowReplies(region, acl, returned, served),
        };
      }
      const missing = [...flows.flatMap((own) => own.missing), ...unread];
      if (missing.length > 0) {
        yield { outcome: 'unknown', resource, missing: [...new Map(missing.map((one) => [one.fact, one])).values()] };
      } else if (blocked.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

const evidenceOf = (returned: BlockedReturn): readonly Evidence[] => [
  ...replyEvidence(returned),
  ...returned.refusedBy.map(({ evidence }) => evidence),
  ...takingPart('security-group', returned.groupIds, 'admits'),
];

const titleOf = (returned: BlockedReturn): string =>
  `${isTotal(returned) ? 'replies' : 'some replies'} to ${returned.service} ${returned.direction === 'egress' ? 'from outside the subnet' : 'to the outside'} are dropped`;

/** Who serves is cut off from whole clients; who asks picks its own ports and mostly notices at once. */
function severityOf(returned: BlockedReturn): Severity {
  if (returned.direction === 'egress') return isTotal(returned) ? 'high' : 'medium';
  return isTotal(returned) && returned.protocol === 'tcp' ? 'medium' : 'low';
}

export default check;
