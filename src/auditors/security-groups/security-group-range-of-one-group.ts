import { nameOf } from '../../model/tag.ts';
import { holdersIn, vpcAddresses } from '../../network/facts/addresses.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { SecurityGroupClause } from '../../network/filters/security-group-clause.ts';
import { rulesOfGroup } from '../../network/hops/security-group.ts';
import { addressesWithin } from '../../network/sets/address-set.ts';
import { intervalsHave } from '../../network/sets/intervals.ts';
import type { Check } from '../check.ts';
import { isClient } from '../client-interfaces.ts';
import { dataPorts } from '../data-rules.ts';
import { networkInterface, permission, securityGroup, vpc } from '../examples.ts';
import { clauseAddresses } from '../open-ports.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { takingPart } from '../taking-part.ts';

const clients = ['10.0.1.20', '10.0.1.21'].map((PrivateIpAddress, index) =>
  networkInterface({
    NetworkInterfaceId: `eni-0b${index}`,
    Groups: [{ GroupId: 'sg-0a2' }],
    PrivateIpAddresses: [{ PrivateIpAddress, Primary: true }],
  }),
);
const groups = [
  securityGroup([permission('tcp', 5432, '10.0.1.0/24')], { GroupName: 'database' }),
  securityGroup([], { GroupId: 'sg-0a2', GroupName: 'app' }),
];
const server = networkInterface({ RequesterId: 'amazon-rds' });

const check: Check<'securityGroups' | 'networkInterfaces' | 'vpcs', RuleKind> = {
  id: 'security-group-range-of-one-group',
  title: 'Database is open to a network whose clients all carry one security group',
  severity: 'low',
  rationale:
    'Everybody who reaches the database from this network carries the same group today. Naming the group instead of the ' +
    'network would admit exactly them; the network admits whatever is placed there tomorrow as well.',
  remediation: 'Admit the security group of the clients and revoke the rule for the network.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  relatedChecks: [],
  judges: 'securityGroups',
  needs: ['securityGroups', 'networkInterfaces', 'vpcs'],
  uses: ruleKinds,
  examples: {
    fails: [
      {
        title: 'the application tier is named by its subnet',
        resources: { securityGroups: groups, networkInterfaces: [server, ...clients], vpcs: [vpc()] },
      },
    ],
    passes: [
      {
        title: 'clients of two kinds are in the network',
        resources: {
          securityGroups: groups,
          networkInterfaces: [
            server,
            ...clients,
            networkInterface({
              NetworkInterfaceId: 'eni-0c1',
              Groups: [{ GroupId: 'sg-0a3' }],
              PrivateIpAddresses: [{ PrivateIpAddress: '10.0.1.30', Primary: true }],
            }),
          ],
          vpcs: [vpc()],
        },
      },
    ],
  },
  *evaluate({ securityGroups }, { snapshot }) {
    for (const group of securityGroups) {
      const { groupId, groupName, vpcId } = group;
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName || nameOf(group) } as const;
      const suspected = group.ipPermissions.some(
        (own) => own.ipRanges.length + own.ipv6Ranges.length > 0 && dataPorts(own) !== undefined,
      );
      const found = suspected && vpcId !== undefined ? replaceable(snapshot, vpcId, groupId) : [];
      for (const { clause, common } of found) {
        yield {
          outcome: 'fail',
          resource,
          title: `all clients in ${clause.peer.text} carry ${common}`,
          evidence: [clause.evidence, ...takingPart('security-group', [common], 'carried-by-all-clients')],
          fix: { summary: `Admit ${common} on the same ports and revoke the rule for ${clause.peer.text}.` },
        };
      }
      if (found.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

function replaceable(
  snapshot: Snapshot,
  vpcId: string,
  groupId: string,
): readonly { readonly clause: SecurityGroupClause; readonly common: string }[] {
  const within = vpcAddresses(snapshot).get(vpcId);
  return rulesOfGroup(snapshot, groupId, false).clauses.flatMap((clause) => {
    if (clause.peer.kind !== 'cidr' || dataPorts(clause.permission) === undefined || within === undefined) return [];
    const addresses = clauseAddresses(clause);
    if (clause.missing !== undefined || !addressesWithin(addresses, within)) return [];
    const clients = holdersIn(snapshot, vpcId)
      .sorted.filter(({ family, value }) => intervalsHave(family === 4 ? addresses.ipv4 : addresses.ipv6, value))
      .map(({ located }) => located.resource)
      .filter((own) => isClient(own) && !own.groupIds.some((id) => id === groupId));
    const [first, ...others] = clients;
    const common = first?.groupIds.filter((id) => others.every((own) => own.groupIds.includes(id))).toSorted()[0];
    return common === undefined ? [] : [{ clause, common }];
  });
}

export default check;
