import { nameOf } from '../../model/tag.ts';
import type { DefenceLayerName, FamilyDefence, SingleMistake } from '../../model/verdict/defence-in-depth.ts';
import type { Evidence } from '../../model/verdict/evidence.ts';
import type { Check } from '../check.ts';
import {
  entry,
  networkAcl,
  networkInterface,
  permission,
  route,
  routeTable,
  securityGroup,
  subnet,
  vpc,
} from '../examples.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { defenceOfSubnet } from '../sections/defence-in-depth/defence-in-depth.ts';
import { privateByName } from '../subnet-words.ts';
import { takingPart } from '../taking-part.ts';

type Need =
  | 'subnets'
  | 'vpcs'
  | 'routeTables'
  | 'networkAcls'
  | 'networkInterfaces'
  | 'securityGroups'
  | 'internetGateways';
type Use = RuleKind | 'vpcBlockPublicAccessOptions' | 'vpcBlockPublicAccessExclusions' | 'vpcEndpoints';

const gateway = { InternetGatewayId: 'igw-0a1', Attachments: [{ VpcId: 'vpc-0a1', State: 'available' }] };
const open = networkAcl([entry(100, 'allow', 'ingress', '0.0.0.0/0'), entry(100, 'allow', 'egress', '0.0.0.0/0')]);
const base = {
  vpcs: [vpc()],
  subnets: [subnet()],
  networkAcls: [open],
  securityGroups: [securityGroup([permission('tcp', 5432, '10.0.0.0/16')])],
  internetGateways: [gateway],
};
const published = networkInterface({
  PrivateIpAddresses: [{ PrivateIpAddress: '10.0.1.10', Primary: true, Association: { PublicIp: '203.0.113.7' } }],
});

const check: Check<Need, Use> = {
  id: 'subnet-single-layer-of-defence',
  title: 'One mistake would expose what is in the subnet',
  severity: 'low',
  rationale:
    'Routes, network ACLs, security groups and Block Public Access can each keep the internet off. Here all but one let it ' +
    'through, so a single wrong rule, made in a hurry and noticed by nobody, is all it takes.',
  remediation:
    'Add a second layer: move what nobody outside is to reach into a subnet without a route to an internet gateway, take ' +
    'public addresses away, let the network ACL deny what is not served, or switch Block Public Access on with exclusions ' +
    'for the public subnets.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html',
    'https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_create_layers.html',
  ],
  relatedChecks: [],
  judges: 'subnets',
  needs: ['subnets', 'vpcs', 'routeTables', 'networkAcls', 'networkInterfaces', 'securityGroups', 'internetGateways'],
  uses: [...ruleKinds, 'vpcBlockPublicAccessOptions', 'vpcBlockPublicAccessExclusions', 'vpcEndpoints'],
  examples: {
    fails: [
      {
        title: 'a security group alone protects a host with a public address',
        resources: {
          ...base,
          networkInterfaces: [published],
          routeTables: [routeTable([route('0.0.0.0/0', { GatewayId: 'igw-0a1' })])],
        },
      },
    ],
    passes: [
      {
        title: 'neither a route nor a public address leads to it',
        resources: {
          ...base,
          networkInterfaces: [networkInterface()],
          routeTables: [routeTable([route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' })])],
        },
      },
    ],
  },
  *evaluate({ subnets }, { snapshot }) {
    for (const own of subnets) {
      const { subnetId, vpcId } = own;
      const resource = { type: 'subnet', id: subnetId, vpcId, name: nameOf(own) } as const;
      const families = defenceOfSubnet(snapshot, subnetId)?.families ?? [];
      const mistakes = families.flatMap(({ singleMistakes }) => singleMistakes);
      const [first, ...rest] = evidenceOf(mistakes);
      const undecided = families.flatMap((family) => family.undecided ?? []);
      if (first !== undefined) {
        yield {
          outcome: 'fail',
          resource,
          title: families.flatMap(titlesOf).join('; '),
          severity:
            privateByName(own) !== undefined || mistakes.some(({ databases }) => databases > 0) ? 'medium' : 'low',
          evidence: [first, ...rest],
          fix: {
            summary: 'Add a second layer that keeps the internet off: routes, a network ACL or Block Public Access.',
          },
        };
      } else if (undecided.length > 0) yield { outcome: 'unknown', resource, missing: undecided };
      else if (families.every(({ interfaces }) => interfaces === 0))
        yield { outcome: 'not-applicable', resource, reason: 'nothing in it is to be protected' };
      else yield { outcome: 'pass', resource };
    }
  },
};

const words: Readonly<Record<DefenceLayerName, string>> = {
  'block-public-access': 'Block Public Access',
  route: 'routing',
  'network-acl': 'the network ACL',
  'security-group': 'a security group',
};

/** `a security group alone keeps the internet off 3 interfaces over IPv6`. */
const titlesOf = ({ family, singleMistakes }: FamilyDefence): readonly string[] =>
  singleMistakes.map(({ layer, mistake, interfaces }) => {
    const what = mistake === 'public-address-given' ? 'the lack of a public address' : words[layer];
    const whom = `${interfaces} ${interfaces === 1 ? 'interface' : 'interfaces'}`;
    return `${what} alone keeps the internet off ${whom}${family === 'ipv6' ? ' over IPv6' : ''}`;
  });

/** The rules by which the other layers are open, and some of those who hang on the last one. */
function evidenceOf(mistakes: readonly SingleMistake[]): readonly Evidence[] {
  const opening = new Map(
    mistakes.flatMap(({ evidence }) => evidence.map((one) => [JSON.stringify(one), one] as const)),
  );
  const hanging = new Set(mistakes.flatMap(({ examples }) => examples));
  return [...opening.values(), ...takingPart('network-interface', [...hanging], 'one-mistake-away')];
}

export default check;
