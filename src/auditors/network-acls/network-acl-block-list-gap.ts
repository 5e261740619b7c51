import type { NetworkAcl } from '../../model/resources/network-acl.ts';
import { nameOf } from '../../model/tag.ts';
import type { Evidence, TrafficEvidence } from '../../model/verdict/evidence.ts';
import type { Fix } from '../../model/verdict/verdict.ts';
import { networkAclOfSubnet } from '../../network/facts/vpc-tables.ts';
import { type CompiledAclEntry, decidedByEntry } from '../../network/filters/network-acl.ts';
import { packetHeaders } from '../../network/result/packet-headers.ts';
import { formatAddresses } from '../../network/sets/address-set.ts';
import { intersectTraffic, type Traffic, uniteAllTraffic } from '../../network/sets/traffic.ts';
import { blockedAddresses, blockedReach, blocksTouching, sourcesOf } from '../blocked-sources.ts';
import type { Check } from '../check.ts';
import { denyBlocks } from '../deny-entries.ts';
import { entry, networkAcl, reachedHost } from '../examples.ts';
import { type ExposureKind, exposureKinds } from '../reached-services.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { takingPart } from '../taking-part.ts';

type Needs = 'subnets' | 'networkAcls' | 'networkInterfaces' | 'routeTables' | 'securityGroups' | 'internetGateways';

const needs: readonly Needs[] = [
  'subnets',
  'networkAcls',
  'networkInterfaces',
  'routeTables',
  'securityGroups',
  'internetGateways',
];
const blockList = { blockList: ['198.51.100.0/24', '2001:db8::/48'] };
const allowAll = entry(100, 'allow', 'ingress', '0.0.0.0/0');
const out = entry(100, 'allow', 'egress', '0.0.0.0/0');

const check: Check<Needs, Exclude<ExposureKind | RuleKind, Needs>> = {
  id: 'network-acl-block-list-gap',
  title: 'Address of the block list reaches the subnet',
  severity: 'high',
  rationale:
    'Security groups cannot refuse, so that an address which must not get in is kept out by its network ACL or not at all. ' +
    'Here route, network ACL and security group together let packets of an address on the list through to an interface.',
  remediation:
    'Add a deny for the address before the entry that lets it in. Where the list is longer than an ACL, put AWS Network ' +
    'Firewall or a WAF before the subnet, or admit known networks alone.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html',
  ],
  relatedChecks: [],
  judges: 'subnets',
  needs,
  uses: [...exposureKinds, ...ruleKinds].filter((kind): kind is Exclude<ExposureKind | RuleKind, Needs> =>
    needs.every((need) => need !== kind),
  ),
  examples: {
    fails: [
      {
        title: 'a web server for everybody, and nothing denied',
        configuration: blockList,
        resources: { ...reachedHost, networkAcls: [networkAcl([allowAll, out])] },
      },
      {
        title: 'the deny stands behind the entry that lets it in, and before that no number is free',
        configuration: blockList,
        resources: {
          ...reachedHost,
          networkAcls: [
            networkAcl([
              entry(1, 'allow', 'ingress', '0.0.0.0/0'),
              entry(2, 'deny', 'ingress', '198.51.100.0/24'),
              out,
            ]),
          ],
        },
      },
    ],
    passes: [
      {
        title: 'the list is denied first',
        configuration: blockList,
        resources: {
          ...reachedHost,
          networkAcls: [networkAcl([entry(90, 'deny', 'ingress', '198.51.100.0/24'), allowAll, out])],
        },
      },
    ],
  },
  *evaluate({ subnets, networkAcls }, { region, snapshot, configuration }) {
    const list = configuration.blockList ?? [];
    if (list.length === 0) {
      if (subnets.length === 0) return;
      yield { outcome: 'not-applicable', resource: { type: 'region', id: region }, reason: 'no block list was given' };
      return;
    }
    const blocked = blockedAddresses(list);
    const acls = new Map(networkAcls.map((acl) => [acl.networkAclId as string, acl]));
    for (const subnet of subnets) {
      const { subnetId, vpcId } = subnet;
      const resource = { type: 'subnet', id: subnetId, vpcId, name: nameOf(subnet) } as const;
      const { traffic, networkInterfaceIds, missing } = blockedReach(snapshot, subnetId, blocked);
      if (traffic.length > 0) {
        const compiled = networkAclOfSubnet(snapshot, subnet).value;
        const letting = compiled === undefined ? [] : lettingIn(compiled.ingress, traffic);
        const sources = sourcesOf(traffic);
        const named = formatAddresses(sources);
        const evidence: readonly Evidence[] = [
          ...letting.map((own) => own.evidence),
          ...admitted(traffic),
          ...takingPart('address', named, 'blocked-and-reaching'),
          ...takingPart('network-interface', networkInterfaceIds, 'reached'),
        ];
        yield {
          outcome: 'fail',
          resource,
          title: `${named[0]}${named.length === 1 ? '' : ` and ${named.length - 1} more`} of the block list ${named.length === 1 ? 'gets' : 'get'} in`,
          evidence: evidence as unknown as readonly [Evidence],
          fix: fixFor(region, acls.get(compiled?.networkAclId ?? ''), letting, blocksTouching(blocked, sources)),
        };
      } else if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else yield { outcome: 'pass', resource };
    }
  },
};

/** The allowing entries by which the packets get in, the first first. */
function lettingIn(entries: readonly CompiledAclEntry[], traffic: Traffic): readonly CompiledAclEntry[] {
  const decided = decidedByEntry(entries);
  return entries.filter(
    ({ entry: own }, index) =>
      own.ruleAction === 'allow' && intersectTraffic(decided[index]?.decides ?? [], traffic).length > 0,
  );
}

/** Protocols and ports on which they get in; from where is told apart, for a list changes from day to day. */
const admitted = (traffic: Traffic): readonly TrafficEvidence[] =>
  packetHeaders(
    uniteAllTraffic(
      traffic.map((box) => [{ ...box, sources: [0, 2 ** 32], family: 4 as const, destinations: [0, 2 ** 32] }]),
    ),
  ).map(({ protocol, destinationPortRanges = [] }) => ({
    type: 'traffic',
    role: 'admitted',
    direction: 'ingress',
    protocol,
    cidrBlocks: [],
    portRanges: destinationPortRanges,
  }));

function fixFor(
  region: string,
  acl: NetworkAcl | undefined,
  [first]: readonly CompiledAclEntry[],
  blocks: readonly string[],
): Fix {
  if (acl === undefined || first === undefined) return { summary: 'Deny them in the network ACL of the subnet.' };
  return denyBlocks(region, acl, { egress: false, before: first.entry.ruleNumber, blocks });
}

export default check;
