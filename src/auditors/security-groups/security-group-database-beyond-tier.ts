import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import {
  entry,
  networkAcl,
  networkInterface,
  permission,
  routeTable,
  securityGroup,
  subnet,
  vpc,
} from '../examples.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { databaseGroups, outsidersOf } from '../sections/tier-chains/database-groups.ts';
import { revokeRules } from '../security-group-fix.ts';
import { takingPart } from '../taking-part.ts';

type Need = 'securityGroups' | 'networkInterfaces' | 'vpcs' | 'subnets' | 'routeTables' | 'networkAcls';

const member = (id: string, address: string, groupId: string): ReturnType<typeof networkInterface> =>
  networkInterface({
    NetworkInterfaceId: id,
    Groups: [{ GroupId: groupId }],
    PrivateIpAddresses: [{ PrivateIpAddress: address, Primary: true }],
  });
const base = {
  vpcs: [vpc()],
  subnets: [subnet()],
  routeTables: [routeTable([])],
  networkAcls: [networkAcl([entry(100, 'allow', 'ingress', '0.0.0.0/0'), entry(100, 'allow', 'egress', '0.0.0.0/0')])],
  networkInterfaces: [
    networkInterface({ RequesterId: 'amazon-rds' }),
    member('eni-0b1', '10.0.1.20', 'sg-0a2'),
    member('eni-0c1', '10.0.1.30', 'sg-0a3'),
  ],
};
const others = [
  securityGroup([], { GroupId: 'sg-0a2', GroupName: 'app' }),
  securityGroup([], { GroupId: 'sg-0a3', GroupName: 'batch' }),
];
const database = (...peers: readonly string[]): ReturnType<typeof securityGroup> =>
  securityGroup([permission('tcp', 5432, ...peers)], { GroupName: 'database' });

const check: Check<Need, RuleKind> = {
  id: 'security-group-database-beyond-tier',
  title: 'Database is reached by others than the tier it is for',
  severity: 'low',
  rationale:
    'The rules name the tier that the database is for, and beside it a network in which others stand too. Any of them, once ' +
    'taken over, talks to the database directly, and the tiers between them and the data might as well not be there.',
  remediation: 'Admit the security groups of the tier alone, and revoke the rule for the network.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  relatedChecks: [],
  judges: 'securityGroups',
  needs: ['securityGroups', 'networkInterfaces', 'vpcs', 'subnets', 'routeTables', 'networkAcls'],
  uses: ruleKinds,
  examples: {
    fails: [
      {
        title: 'the application is named, and the network beside it',
        resources: { ...base, securityGroups: [database('sg-0a2', '10.0.0.0/16'), ...others] },
      },
    ],
    passes: [
      {
        title: 'the application is named alone',
        resources: { ...base, securityGroups: [database('sg-0a2'), ...others] },
      },
    ],
  },
  *evaluate({ securityGroups }, { snapshot, region }) {
    for (const group of securityGroups) {
      const { groupId, groupName, vpcId } = group;
      const resource = { type: 'security-group', id: groupId, vpcId, name: groupName || nameOf(group) } as const;
      const own = databaseGroups(snapshot).get(groupId);
      const found = own === undefined ? [] : outsidersOf(snapshot, own);
      for (const { clause, interfaces, isExposed } of found) {
        const ids = interfaces.map(({ networkInterfaceId }) => networkInterfaceId);
        const whom = `${ids.length} ${ids.length === 1 ? 'interface' : 'interfaces'} beyond its tier`;
        yield {
          outcome: 'fail',
          resource,
          title: `reached from ${clause.peer.text} by ${whom}${isExposed ? ', some of them exposed to the internet' : ''}`,
          severity: isExposed ? 'medium' : 'low',
          evidence: [clause.evidence, ...takingPart('network-interface', ids, 'beyond-its-tier')],
          fix: {
            summary: `Admit the groups of the clients on the same ports and revoke the rule for ${clause.peer.text}.`,
            cli: revokeRules(region, [clause]),
          },
        };
      }
      if (found.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
