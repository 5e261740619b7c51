/** The cases that the engine has to be shown on, each with the named test that shows it: a case without one fails here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

type File =
  | 'codes'
  | 'connections'
  | 'endpoints'
  | 'further-cases'
  | 'gateway-ends'
  | 'hosts'
  | 'internet'
  | 'load-balancers'
  | 'network-acls'
  | 'routing'
  | 'security-groups'
  | '../filters/security-group'
  | '../exposure'
  | '../determinism';

const cases: Readonly<Record<string, Readonly<Record<string, readonly [File, string]>>>> = {
  'security groups': {
    'egress allow-list': ['security-groups', 'admit what an egress allow-list names'],
    'default group, self-reference across subnets': [
      'security-groups',
      'of the default group admit its own members, across subnets',
    ],
    'union over several groups': ['security-groups', 'add up over all groups of an interface'],
    'reference via peering, same and other account': [
      'security-groups',
      'match references by membership over a peering',
    ],
    'reference via transit gateway, support off at gateway or attachment': [
      'security-groups',
      'over a transit gateway',
    ],
    'reference via transit gateway in an outbound rule': [
      'security-groups',
      'do not match references outbound over a transit gateway',
    ],
    'reference lost via NAT and reflection': [
      'security-groups',
      'lose references behind a NAT gateway and where a public address is called',
    ],
    'reference lost via NLB': ['load-balancers', 'loses the groups of clients whose address it replaces'],
    'reference lost via appliance': ['further-cases', 'is lost behind a gateway load balancer endpoint'],
    'reference in inter-Region peering': ['security-groups', 'lose references in a peering between Regions'],
    'group associated with another VPC, shared through RAM': [
      'security-groups',
      'work in a VPC that the group is associated with, and shared through RAM',
    ],
    'stale reference': ['security-groups', 'match nothing by a stale reference'],
    'prefix list of customer and AWS': ['security-groups', 'take prefix lists of the customer and of AWS'],
    'prefix list unreadable': ['security-groups', 'leave it open where a prefix list cannot be read'],
    '-1 rule with ports': ['security-groups', '-1 with ports is every protocol and port'],
    'protocols 47, 50, 51': ['security-groups', 'AH is not ESP'],
    'ICMP type and code, code -1': ['security-groups', 'every code of a type'],
    'icmpv6 without ports': ['../filters/security-group', 'icmpv6'],
    'ports 0 and 65535': ['security-groups', 'port 65535'],
    'IPv6 rule, IPv4 flow': ['security-groups', 'an IPv6 rule and an IPv4 packet'],
    'empty group': ['security-groups', 'without rules admit nothing'],
    'two interfaces with different groups': ['security-groups', 'belong to the interface, not to the instance'],
  },
  'network ACLs': {
    'delivered unsorted': ['network-acls', 'are read by number, whatever the order of the answer'],
    'deny after allow': ['network-acls', 'deny after allow denies nothing'],
    'deny of a part': ['network-acls', 'deny a part of the addresses and of the ports'],
    'reply blocked by egress': ['network-acls', 'stop a reply for want of ephemeral ports'],
    'reply for 0–1023, 32768–61000, 1024–65535': [
      'network-acls',
      'break the clients of a load balancer or NAT gateway with a range made for Linux',
    ],
    'ICMP reply type denied': ['network-acls', 'ask about the reply type of an ICMP request'],
    'UDP and protocol numbers': ['network-acls', 'are stateless for UDP and for other protocols'],
    'protocol -1 with ports': ['network-acls', 'ignore the ports of a rule for every protocol'],
    'one family only, implicit denies, default ACL without IPv6': [
      'network-acls',
      'with rules for one family deny the other',
    ],
    'same subnet': ['network-acls', 'do not see traffic within a subnet'],
    'at source and destination': ['network-acls', 'are met at the source and at the destination'],
    'at the NAT subnet': ['network-acls', 'are met at the subnet of a NAT gateway, both ways'],
    'at the attachment subnet': [
      'connections',
      'with sender or receiver in the attachment subnet asks that ACL both ways',
    ],
    'at the NLB subnet': ['load-balancers', 'meets the ACLs of its own subnet and of the target on each leg'],
  },
  routing: {
    'longest prefix': ['routing', 'of the longest prefix win, also over a prefix list'],
    'more specific than local, replaced local target': [
      'routing',
      'more specific than local lead through an appliance, as does a replaced local target',
    ],
    'equal length': ['routing', 'static beat prefix lists and propagated ones of equal length'],
    'main table with two VPCs': ['routing', 'of the main table are those of the same VPC'],
    blackhole: ['routing', 'that are blackholes drop the packets and nothing shorter is tried'],
    filtered: ['routing', 'in state filtered are not installed'],
    'no route': ['routing', 'that are missing name the one that is needed'],
    'secondary CIDR': ['routing', 'cover secondary blocks of the VPC'],
    'target is a stopped instance': ['hosts', 'with a stopped appliance as their route target reach nothing'],
    'unknown target': ['routing', 'to a target of an unknown kind are not "no route"'],
  },
  'internet gateway': {
    'no public address': ['internet', 'lets nobody out without a public address, and nobody in'],
    'no route to the gateway': ['internet', 'delivers without a route of the subnet, and the reply needs one'],
    detached: ['internet', 'that is detached carries nothing'],
    'route for a /24': ['internet', 'returns replies only to the prefixes that are routed to it'],
    'private destinations': ['internet', 'rejects the private destination %s'],
    'reflection, same VPC, other VPC, via NAT': [
      'internet',
      'reflects a call to a public address, in the same VPC and in another',
    ],
    'VPC without gateway': ['internet', 'does not reach a VPC without one'],
    'secondary address with a public one': ['internet', 'knows each private address with a public one of its own'],
    'edge table, bypass': ['internet', 'with an edge route table sends through the appliance, or through its endpoint'],
    'BYOIP not advertised': [
      'internet',
      'are on the internet only while their range is advertised, which is not known',
    ],
  },
  NAT: {
    'private subnet out': ['internet', 'takes a private subnet out, and its replies back'],
    'reply of an inbound flow': ['internet', 'drops the reply of an inbound connection'],
    'as a destination': ['internet', 'is no destination for %s'],
    'protocol 50': ['internet', 'carries TCP, UDP and ICMP alone'],
    'from peering': ['internet', 'refuses what comes over a peering'],
    'from a virtual private gateway': ['further-cases', 'refuses what comes over a virtual private gateway'],
    'from a transit gateway': ['internet', 'serves a spoke over a transit gateway, if the way back exists'],
    'without route to the gateway': ['internet', 'in a subnet without a route to an internet gateway reaches nothing'],
    private: [
      'internet',
      'that is private gets nothing through an internet gateway, and its own address over a transit gateway',
    ],
    'return to sender': ['internet', 'gets its replies over a peering without a route back'],
    regional: ['internet', 'of a Region serves the zones that it is registered in'],
    deleted: ['internet', 'that is deleted leaves a black hole'],
    'own subnet': ['internet', 'serves no client of its own subnet'],
  },
  'Block Public Access': {
    'off, bidirectional, ingress-only, public host outbound': [
      'internet',
      'in both directions cuts everything, and ingress leaves what a NAT gateway opens',
    ],
    exclusions: [
      'internet',
      'spares an excluded VPC, an excluded subnet, and with an egress exclusion what goes out by NAT',
    ],
    'excluded load-balancer subnet': [
      'internet',
      'lets an excluded load-balancer subnet feed targets that are not excluded',
    ],
    participant: ['internet', 'of the owner applies to a participant of a shared subnet'],
  },
  peering: {
    'both routes, missing return': ['connections', 'needs a route on both sides'],
    "transitive, peer's gateways": ['connections', 'is not transitive, and lends no gateway'],
    "peer's endpoint": ['endpoints', 'does not serve a peer'],
    'inter-Region, pending, deleted': [
      'connections',
      'joins Regions, and carries nothing while it is pending or after it was deleted',
    ],
    'overlapping CIDRs': ['connections', 'is shadowed by a longer prefix where blocks overlap'],
  },
  'transit gateway': {
    'zone of the sender, of the reply': [
      'connections',
      'is entered in the zone of the sender alone, and replies in theirs',
    ],
    'route table of the attachment subnet': [
      'connections',
      'uses the route table of the attachment subnet in the destination VPC',
    ],
    'association, propagation': ['connections', 'needs an association and a route in each direction'],
    'static over propagated, prefix list': [
      'connections',
      'prefers static to propagated routes, and knows prefix lists',
    ],
    'two gateways': ['connections', 'may be two, one for each direction'],
    peering: ['connections', 'peers with another by static routes on both sides'],
    'appliance mode': ['connections', 'in appliance mode picks one zone for a flow: all have to work'],
    'appliance mode off behind inspection': [
      'codes',
      'recommend appliance mode where inspection stands behind a transit gateway in several zones',
    ],
    'policy table': ['connections', 'asks a policy table before its route tables'],
    'shared, tables unreadable': ['connections', 'of another account keeps its tables to its owner'],
    'route by BGP alone': ['connections', 'leads out of AWS by routes that a VPN announced'],
  },
  'virtual private gateway': {
    'to any subnet': ['further-cases', 'brings packets to any subnet of its VPC'],
    'own route table': ['further-cases', 'with a route table of its own sends through a middlebox first'],
    'VPN and Direct Connect': [
      'further-cases',
      'takes the longest prefix, be it of a VPN and the shorter one of Direct Connect',
    ],
    'tunnels down': ['connections', 'with both tunnels down carries nothing'],
    'far side': ['connections', 'leads to a network that is not visible, in both directions'],
    'no transit': [
      'codes',
      'tell a virtual private gateway that is no transit, and addresses that nobody holds behind it',
    ],
  },
  endpoints: {
    'gateway endpoint or default route': [
      'endpoints',
      'takes the addresses of its service before the default route, and nothing else',
    ],
    'egress without the list, protocol': [
      'endpoints',
      'carries TCP and ICMP echo alone, for groups that admit its addresses',
    ],
    'over a transit gateway': ['endpoints', 'is not usable over a transit gateway'],
    'interface endpoint: port, ping': ['endpoints', 'answers on its port where its groups admit it'],
    'interface endpoint: groups': ['endpoints', 'without rules for 443, or with the default group, answers nobody'],
    'interface endpoint over a transit gateway, other zone': ['endpoints', 'is reached over a transit gateway'],
    initiating: ['endpoints', 'opens no connections'],
    'private DNS off': ['endpoints', '%s leaves the public name to the internet'],
    'PrivateLink enforcement': [
      'endpoints',
      'reaches the targets from the address of the load balancer, whose groups apply only where enforced',
    ],
  },
  'load balancers': {
    'no listener, ICMP': ['load-balancers', 'takes the ports of its listeners, and no ping'],
    'instance and address targets': [
      'load-balancers',
      'shows instances the address of the client, and addresses its own',
    ],
    'attributes unreadable': ['load-balancers', 'whose attributes were not read is followed both ways'],
    groups: ['load-balancers', 'with security groups is guarded by them, and targets may name them'],
    'cross-zone, zone not enabled': [
      'load-balancers',
      'uses targets of its own zone, of all zones, and none of a zone that is not enabled',
    ],
    'health, fail-open': ['load-balancers', 'spares unhealthy targets, unless all are'],
    hairpin: ['load-balancers', 'cannot hand a target its own connection while it keeps addresses'],
    'private subnet': ['load-balancers', 'in a private subnet replies by the NAT gateway, which drops it'],
    'client in another VPC': [
      'load-balancers',
      'serves clients over a peering and over a transit gateway with their own address',
    ],
    'application load balancer, private instance': [
      'load-balancers',
      'is a proxy: private targets see its address and may name its group',
    ],
    'NLB before ALB': ['load-balancers', 'behind a network load balancer is reached with the address of the client'],
    internal: ['load-balancers', 'that is internal has no public path'],
    classic: ['gateway-ends', 'may be load balancers of every kind, by name'],
  },
  hosts: {
    'two interfaces': [
      'hosts',
      'deliver to their own other interface past every filter, but not to its public address',
    ],
    'several addresses, delegated prefix': ['hosts', 'own all their addresses, and delegated prefixes'],
    'stopped, unattached': ['hosts', 'that are stopped, terminated or attached to nothing answer nobody'],
    'overlapping CIDRs': ['hosts', 'in two VPCs with one address have to be told apart'],
    'address without interface, managed not collected': [
      'hosts',
      'nobody holds an address: dropped where the list of interfaces is complete, open where it is not',
    ],
    Lambda: ['hosts', 'of a function are no destination, whatever their groups say'],
  },
  IPv6: {
    'global address, DenyAllIgwTraffic': [
      'hosts',
      'goes out and in untranslated, where route, group, ACL and interface let it',
    ],
    'egress-only gateway': ['hosts', 'with an egress-only gateway goes out alone'],
    'ACL of IPv4, peering': ['hosts', 'meets ACLs of its own family alone, and crosses peerings'],
    NAT64: ['hosts', 'reaches IPv4 hosts through NAT64'],
    'dual-stack load balancer': [
      'hosts',
      'enters a dual-stack load balancer, which shows its own address to IPv4 targets',
    ],
  },
  'shared VPC': {
    'owner and participants, participant alone, reference': ['hosts', 'joins what owner and participants see'],
  },
  'query forms': {
    'any to one, one to any': [
      'further-cases',
      'from anywhere in a VPC to one interface, and from one to all of it, is answered with the exact sets',
    ],
    'interface and internet, all ports, set-valued': ['hosts', 'without a port are answered with the exact set'],
    'partial source ports': ['network-acls', 'stop a reply for want of ephemeral ports'],
    'two runs': ['further-cases', 'asked twice has the same answer, byte for byte'],
    'any order': ['../determinism', 'of %s say the same, byte for byte'],
    '10,000 interfaces': ['further-cases', 'in a snapshot of 10,000 interfaces is answered as in a small one'],
    'gateways and attachments': ['gateway-ends', 'asks a transit gateway, an attachment of one and its route tables'],
  },
};

describe.each(Object.entries(cases))('%s', (_, list) => {
  it.each(Object.entries(list))('%s', (_name, [file, title]) => {
    const text = readFileSync(join(import.meta.dirname, `${file}.test.ts`), 'utf8');
    expect(text.includes(title), `${file} has no test that says: ${title}`).toBe(true);
  });
});
