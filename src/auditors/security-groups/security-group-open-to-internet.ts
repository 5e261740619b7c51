import { rulesOfGroup } from '../../network/hops/security-group.ts';
import { allowanceBy, beyondWords, judgeByAllowances } from '../allowances.ts';
import type { Check } from '../check.ts';
import { permission, securityGroup } from '../examples.ts';
import { exposedServices, exposureWords } from '../exposed-services.ts';
import { areNarrow } from '../narrow-permissions.ts';
import { openPortPeers } from '../open-port-peers.ts';
import { type ExposureKind, exposureKinds, reachOf } from '../reached-services.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { revokeRules } from '../security-group-fix.ts';
import { revokingTerraform } from '../security-group-terraform.ts';

const check: Check<'securityGroups', RuleKind | ExposureKind> = {
  id: 'security-group-open-to-internet',
  title: 'Security group admits the internet',
  severity: 'high',
  rationale:
    'Anybody on the internet may open a connection to whatever carries this group, as soon as a public address, a load ' +
    'balancer or a careless route makes it reachable. Exposed administration and database ports are scanned within ' +
    'minutes and are the commonest way in. All rules are taken together: two halves of the address space, a prefix list ' +
    'or every block but one are the internet as much as 0.0.0.0/0 is.',
  remediation:
    'Name who needs the port: a security group, the addresses of an office or VPN, a prefix list of known partners. Reach ' +
    'hosts by Session Manager or EC2 Instance Connect Endpoint instead of an open SSH or RDP port, and put what must be ' +
    'public behind a load balancer.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules-reference.html',
  ],
  relatedChecks: openPortPeers,
  judges: 'securityGroups',
  needs: ['securityGroups'],
  uses: [...ruleKinds, ...exposureKinds],
  examples: {
    fails: [
      {
        title: 'SSH is open to everybody',
        resources: { securityGroups: [securityGroup([permission('tcp', 22, '0.0.0.0/0')])] },
      },
      {
        title: 'two rules for half of the address space each are the internet together',
        resources: {
          securityGroups: [
            securityGroup([
              permission('tcp', [20, 25], '10.0.0.0/8'),
              permission('tcp', 5432, '0.0.0.0/1', '128.0.0.0/1'),
            ]),
          ],
        },
      },
    ],
    passes: [
      {
        title: 'SSH for the VPC and one network, a database for a group',
        resources: {
          securityGroups: [
            securityGroup([permission('tcp', 22, '10.0.0.0/16', '198.51.100.0/24'), permission('tcp', 5432, 'sg-0a2')]),
          ],
        },
      },
    ],
  },
  *evaluate({ securityGroups }, { accountId, region, snapshot, configuration }) {
    for (const group of securityGroups) {
      const resource = {
        type: 'security-group',
        id: group.groupId,
        vpcId: group.vpcId,
        name: group.groupName,
      } as const;
      if (areNarrow(group.ipPermissions)) {
        yield { outcome: 'pass', resource };
        continue;
      }
      const { clauses: ingress } = rulesOfGroup(snapshot, group.groupId, false);
      const exposed = exposedServices(ingress);
      const terraformOf = exposed.length === 0 ? undefined : revokingTerraform(snapshot, group.groupId, ingress);
      const wide = new Set(exposed.flatMap((one) => (one.isWide === true ? one.clauses : [])));
      const subject = { accountId, region, vpcId: group.vpcId, ids: [group.groupId], tags: group.tags };
      for (const { service, words: all, severity, clauses, traffic: open, isWide } of exposed) {
        const rules = clauses.map(({ evidence }) => ({ ...evidence, service }));
        const judged = judgeByAllowances(open, configuration, subject);
        // That so much is open at once is meant by nobody
        const { allowed, rest: traffic, exceeded } = isWide === true ? { ...judged, allowed: [], rest: open } : judged;
        for (const own of allowed) {
          const title = openWords(exposureWords(service, own.traffic));
          yield {
            outcome: 'pass',
            resource,
            allowed: allowanceBy(own.service, title, [...rules, ...own.traffic] as unknown as [(typeof rules)[0]]),
          };
        }
        if (traffic.length === 0) continue;
        const terraform = terraformOf?.(clauses);
        const words = allowed.length === 0 ? all : exposureWords(service, traffic);
        // What a wide opening says already is not said louder a second time
        const isImplied = isWide !== true && clauses.every((clause) => wide.has(clause));
        const reach = reachOf(snapshot, group.groupId, severity, traffic, isImplied);
        yield {
          outcome: 'fail',
          resource,
          title: `${openWords(words)}${reach.words}${beyondWords(exceeded)}`,
          severity: reach.severity,
          evidence: [...rules, ...traffic, ...reach.evidence] as unknown as [(typeof rules)[0]],
          fix: {
            summary: `Revoke ${clauses.length === 1 ? 'the rule that admits the internet; all else that it carries goes with it' : `the ${clauses.length} rules that admit the internet; all else that they carry goes with them`}.`,
            cli: revokeRules(region, clauses),
            ...(terraform === undefined ? {} : { terraform }),
          },
        };
      }
      const missing = ingress.flatMap((clause) => (clause.missing === undefined ? [] : [clause.missing]));
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else if (exposed.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

/** `SSH (tcp 22) is open …`, `all tcp ports are open …`. */
const openWords = (words: string): string => `${words} ${words.endsWith('ports') ? 'are' : 'is'} open to the internet`;

export default check;
