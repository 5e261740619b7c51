import type { IpPermission } from '../../model/resources/security-group.ts';
import { rulesOfGroup } from '../../network/hops/security-group.ts';
import { addressesWithin, uniteAllAddresses } from '../../network/sets/address-set.ts';
import { internetAddresses } from '../../network/facts/special-addresses.ts';
import type { Check } from '../check.ts';
import { type Item, permission, securityGroup } from '../examples.ts';
import { clauseAddresses } from '../open-ports.ts';
import { relatedChecks } from '../related-checks.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { revokeRules } from '../security-group-fix.ts';

const out = (...permissions: readonly Item[]): Item => ({ IpPermissionsEgress: permissions });

const check: Check<'securityGroups', RuleKind> = {
  id: 'security-group-egress-unrestricted',
  title: 'Security group lets everything out',
  severity: 'informational',
  rationale:
    'A compromised host reaches its controller on any port and can send data anywhere. EC2 makes every group like this, so ' +
    'it is seldom anybody’s decision.',
  remediation:
    'Let out what the role needs: other groups, the prefix lists of gateway endpoints, HTTPS to the rest. Leave the rule ' +
    'where the way out is bounded elsewhere, by a firewall or by routes.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  relatedChecks: relatedChecks({ cloudsploit: ['openAllPortsProtocolsEgress'] }),
  judges: 'securityGroups',
  needs: ['securityGroups'],
  uses: ruleKinds,
  examples: {
    fails: [
      { title: 'the rule that EC2 makes is still there', resources: { securityGroups: [securityGroup([])] } },
      {
        title: 'two halves of the internet on every TCP port',
        resources: {
          securityGroups: [
            securityGroup(
              [],
              out(permission('tcp', [0, 65_535], '0.0.0.0/1'), permission('tcp', [1, 65_535], '128.0.0.0/1')),
            ),
          ],
        },
      },
    ],
    passes: [
      {
        title: 'HTTPS may go out',
        resources: { securityGroups: [securityGroup([], out(permission('tcp', 443, '0.0.0.0/0')))] },
      },
    ],
  },
  *evaluate({ securityGroups }, { region, snapshot }) {
    for (const { groupId, groupName, vpcId, ipPermissionsEgress } of securityGroups) {
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName } as const;
      if (groupName === 'default') {
        yield { outcome: 'not-applicable', resource, reason: 'no rule at all belongs into the default group' };
        continue;
      }
      const clauses = ipPermissionsEgress.some(everyPort)
        ? rulesOfGroup(snapshot, groupId, true).clauses.filter((own) => everyPort(own.permission))
        : [];
      const wide = clauses.filter(({ peer, missing }) => peer.kind !== 'security-group' && missing === undefined);
      const united = uniteAllAddresses(wide.map(clauseAddresses));
      const families = (['ipv4', 'ipv6'] as const).filter((family) =>
        addressesWithin({ ipv4: [], ipv6: [], [family]: internetAddresses[family] }, united),
      );
      const taking = wide.filter((own) => families.some((family) => clauseAddresses(own)[family].length > 0));
      const [first, ...rest] = taking.map(({ evidence }) => evidence);
      const doubtful = clauses.flatMap(({ missing }) => missing ?? []);
      if (first !== undefined) {
        yield {
          outcome: 'fail',
          resource,
          title: 'everything may go out to everywhere',
          evidence: [first, ...rest],
          fix: {
            summary: 'Revoke the rules, after letting out what the role needs.',
            cli: revokeRules(region, taking),
          },
        };
      } else if (doubtful.length > 0) yield { outcome: 'unknown', resource, missing: doubtful };
      else yield { outcome: 'pass', resource };
    }
  },
};

/** Every protocol, or as good as every port of TCP or UDP. */
const everyPort = ({ ipProtocol, fromPort, toPort }: IpPermission): boolean =>
  ipProtocol === '-1' ||
  (/^(tcp|udp|6|17)$/.test(ipProtocol) && (fromPort ?? 0) <= 1024 && (toPort ?? 65_535) === 65_535);

export default check;
