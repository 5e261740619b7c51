import { describe, expect, it } from 'vitest';
import {
  allTraffic,
  estate,
  icmp,
  protocol,
  region,
  type RegionBuilder,
  tcp,
  udp,
  type VpcBuilder,
} from '../../../mocks/builders.ts';
import { ask, blockersOf, expectBlocked, expectReachable, expectUnknown, onPort } from './scenario.ts';

interface Pair {
  readonly net: RegionBuilder;
  readonly vpc: VpcBuilder;
}

const pair = (): Pair => {
  const net = region();
  return { net, vpc: net.vpc({ cidr: '10.0.0.0/16' }) };
};

describe('security groups on a path', () => {
  it('admit what an egress allow-list names', () => {
    const { net, vpc } = pair();
    const client = vpc
      .subnet()
      .instance({ securityGroups: [vpc.securityGroup('client', { egress: [tcp(443, '10.0.0.0/16')] })] });
    const server = vpc
      .subnet()
      .instance({ securityGroups: [vpc.securityGroup('server', { ingress: [tcp(443, '10.0.0.0/24')] })] });
    expectReachable(
      net,
      { from: client, to: server, ...onPort(443) },
      {
        forward: [
          'sg tcp 443 10.0.0.0/16',
          'acl 100 egress',
          '10.0.0.0/16 local',
          'acl 100 ingress',
          'sg tcp 443 10.0.0.0/24',
        ],
        back: ['acl 100 egress', '10.0.0.0/16 local', 'acl 100 ingress'],
      },
    );
    expectBlocked(net, { from: client, to: server, ...onPort(22) }, ['ENI_SG_RULES_MISMATCH', 'ENI_SG_RULES_MISMATCH']);
  });

  it('of the default group admit its own members, across subnets', () => {
    const { net, vpc } = pair();
    const one = vpc.subnet().instance();
    const other = vpc.subnet({ az: 'b' }).instance();
    const stranger = vpc.subnet().instance({ securityGroups: [vpc.securityGroup('other')] });
    const self = vpc.defaultSecurityGroup.id;
    const result = expectReachable(net, { from: one, to: other, ...onPort(5432) });
    expect(
      result.forwardPathComponents.find(
        ({ packetDirection, component }) => component.type === 'security-group' && packetDirection === 'ingress',
      )?.rule,
    ).toMatchObject({ securityGroupId: self, peer: self });
    expectBlocked(net, { from: stranger, to: one, ...onPort(5432) }, ['ENI_SG_RULES_MISMATCH']);
  });

  it('add up over all groups of an interface', () => {
    const { net, vpc } = pair();
    const groups = [
      vpc.securityGroup('a', { ingress: [tcp(80, '0.0.0.0/0')] }),
      vpc.securityGroup('b', { ingress: [tcp(443, '0.0.0.0/0')] }),
    ];
    const client = vpc.subnet().instance();
    const server = vpc.subnet().instance({ securityGroups: groups });
    expectReachable(net, { from: client, to: server, ...onPort(80) });
    expectReachable(net, { from: client, to: server, ...onPort(443) });
    const whole = ask(net, { from: client, to: server, protocol: 'tcp' });
    expect(whole.admittedTraffic).toEqual([
      {
        protocol: 'tcp',
        sourceAddresses: [`${client.privateIp}/32`],
        sourcePortRanges: [{ from: 1024, to: 65_535 }],
        destinationAddresses: [`${server.privateIp}/32`],
        destinationPortRanges: [
          { from: 80, to: 80 },
          { from: 443, to: 443 },
        ],
      },
    ]);
    const blocked = expectBlocked(net, { from: client, to: server, ...onPort(22) }, ['ENI_SG_RULES_MISMATCH']);
    expect(blocked.explanations[0]?.component).toEqual({ id: server.networkInterface.id, type: 'network-interface' });
  });

  it('match references by membership over a peering, in the same account and in another', () => {
    const all = estate();
    const here = all.account('111122223333').region('eu-west-1');
    const there = all.account('444455556666').region('eu-west-1');
    for (const other of [here, there]) {
      const a = here.vpc({ cidr: other === here ? '10.1.0.0/16' : '10.3.0.0/16' });
      const b = other.vpc({ cidr: other === here ? '10.2.0.0/16' : '10.4.0.0/16' });
      const peering = a.peerWith(b);
      a.mainRouteTable.route(b.cidr, peering);
      b.mainRouteTable.route(a.cidr, peering);
      const clients = a.securityGroup('clients');
      const client = a.subnet().instance({ securityGroups: [clients] });
      const server = b
        .subnet()
        .instance({ securityGroups: [b.securityGroup('server', { ingress: [tcp(5432, clients)] })] });
      const result = expectReachable(all, { from: client, to: server, ...onPort(5432) });
      expect(result.forwardPathComponents.at(-2)?.rule).toMatchObject({ peer: clients.id });
    }
  });

  it('lose references in a peering between Regions', () => {
    const all = estate();
    const account = all.account('111122223333');
    const a = account.region('eu-west-1').vpc({ cidr: '10.1.0.0/16' });
    const b = account.region('us-east-1').vpc({ cidr: '10.2.0.0/16' });
    const peering = a.peerWith(b);
    a.mainRouteTable.route(b.cidr, peering);
    b.mainRouteTable.route(a.cidr, peering);
    const clients = a.securityGroup('clients');
    const client = a.subnet().instance({ securityGroups: [clients] });
    const server = b.subnet().instance({
      securityGroups: [
        b.securityGroup('server', { ingress: [tcp(5432, { groupId: clients.id, userId: '111122223333' })] }),
      ],
    });
    const result = expectBlocked(all, { from: client, to: server, ...onPort(5432) }, ['SG_REFERENCES_NOT_PRESERVED']);
    expect(result.explanations[0]).toMatchObject({ missingComponent: { id: peering.id }, rule: { peer: clients.id } });
  });

  it.each([
    ['gateway and attachments support them', true, true, 'reachable', []],
    ['the gateway does not', false, true, 'not-reachable', ['SG_REFERENCING_SUPPORT']],
    ['an attachment does not', true, false, 'not-reachable', ['SG_REFERENCING_SUPPORT']],
  ] as const)('over a transit gateway where %s', (_, gateway, attachment, verdict, blockers) => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    const clients = a.securityGroup('clients');
    const client = a.subnet().instance({ securityGroups: [clients] });
    const server = b
      .subnet()
      .instance({ securityGroups: [b.securityGroup('server', { ingress: [tcp(5432, clients)] })] });
    const tgw = net.transitGateway({ securityGroupReferencing: gateway });
    tgw.attachVpc(a, { securityGroupReferencing: true });
    tgw.attachVpc(b, { securityGroupReferencing: attachment });
    a.mainRouteTable.route('10.0.0.0/8', tgw);
    b.mainRouteTable.route('10.0.0.0/8', tgw);
    const question = { from: client, to: server, ...onPort(5432) };
    if (verdict === 'reachable') expectReachable(net, question);
    else expectBlocked(net, question, blockers);
  });

  it('do not match references outbound over a transit gateway', () => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    const servers = b.securityGroup('server', { ingress: [tcp(5432, '10.0.0.0/8')] });
    const client = a
      .subnet()
      .instance({ securityGroups: [a.securityGroup('client', { egress: [tcp(5432, servers)] })] });
    const server = b.subnet().instance({ securityGroups: [servers] });
    const tgw = net.transitGateway({ securityGroupReferencing: true });
    tgw.attachVpc(a);
    tgw.attachVpc(b);
    a.mainRouteTable.route('10.0.0.0/8', tgw);
    b.mainRouteTable.route('10.0.0.0/8', tgw);
    expectBlocked(net, { from: client, to: server, ...onPort(5432) }, ['ENI_SG_RULES_MISMATCH']);
  });

  it('do not match references outbound past a private NAT gateway, although the receiver is of the group', () => {
    const make = (egress: 'reference' | 'block') => {
      const net = region();
      const vpc = net.vpc({ cidr: '10.1.0.0/16' });
      const servers = vpc.securityGroup('server', { ingress: [tcp(5432, '10.0.0.0/8')] });
      const far = vpc.subnet();
      const near = vpc.subnet();
      const nat = vpc.subnet().natGateway({ connectivityType: 'private' });
      vpc.routeTable({ routes: [[far.cidr, nat]] }).associate(near);
      const clients = vpc.securityGroup('client', { egress: [tcp(5432, egress === 'block' ? '10.0.0.0/8' : servers)] });
      const server = far.instance({ securityGroups: [servers] });
      const question = { to: server, ...onPort(5432) };
      return {
        net,
        nat,
        clients,
        question,
        client: near.instance({ securityGroups: [clients] }),
        neighbour: far.instance({ securityGroups: [clients] }),
      };
    };
    const { net, nat, clients, question, client, neighbour } = make('reference');
    const result = ask(net, { from: client, ...question });
    expect([result.verdict, blockersOf(result)]).toEqual(['not-reachable', ['SG_REFERENCES_NOT_PRESERVED']]);
    expect(result.explanations[0]).toMatchObject({
      component: { id: clients.id },
      missingComponent: { id: nat.id },
      packetDirection: 'egress',
    });
    expectReachable(net, { from: neighbour, ...question });
    const open = make('block');
    expectReachable(open.net, { from: open.client, ...open.question });
  });

  it('lose references behind a NAT gateway and where a public address is called', () => {
    const { net, vpc } = pair();
    const clients = vpc.securityGroup('clients');
    const edge = vpc.publicSubnet();
    const server = edge.instance({
      publicIp: true,
      securityGroups: [vpc.securityGroup('server', { ingress: [tcp(443, clients)] })],
    });
    const hidden = vpc.subnet();
    const client = hidden.instance({ securityGroups: [clients] });
    vpc.routeTable({ routes: [['0.0.0.0/0', edge.natGateway()]] }).associate(hidden);
    const open = edge.instance({ publicIp: true, securityGroups: [clients] });
    for (const from of [client, open])
      expectBlocked(net, { from, to: server.publicIp ?? '', ...onPort(443) }, ['SG_REFERENCES_NOT_PRESERVED']);
    expectReachable(net, { from: client, to: server, ...onPort(443) });
  });

  it('work in a VPC that the group is associated with, and shared through RAM', () => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16' });
    const b = net.vpc({ cidr: '10.2.0.0/16' });
    const shared = a.securityGroup('shared', { ingress: [tcp(443, '10.2.0.0/16')] });
    b.associateSecurityGroup(shared);
    const client = b.subnet().instance({ securityGroups: [shared] });
    const server = b.subnet().instance({ securityGroups: [shared] });
    expectReachable(net, { from: client, to: server, ...onPort(443) });
  });

  it('match nothing by a stale reference', () => {
    const { net, vpc } = pair();
    const server = vpc
      .subnet()
      .instance({ securityGroups: [vpc.securityGroup('server', { ingress: [tcp(443, { groupId: 'sg-0deleted' })] })] });
    expectBlocked(net, { from: vpc.subnet().instance(), to: server, ...onPort(443) }, ['ENI_SG_RULES_MISMATCH']);
  });

  it('take prefix lists of the customer and of AWS', () => {
    const { net, vpc } = pair();
    const office = net.prefixList('office', ['10.0.0.0/24', '198.51.100.0/24']);
    const server = vpc
      .publicSubnet({ cidr: '10.0.9.0/24' })
      .instance({ publicIp: true, securityGroups: [vpc.securityGroup('server', { ingress: [tcp(443, office)] })] });
    expectReachable(net, { from: '198.51.100.7', to: server, ...onPort(443) });
    expectBlocked(net, { from: '192.0.2.7', to: server, ...onPort(443) }, ['ENI_SG_RULES_MISMATCH']);
    const whole = ask(net, { from: 'internet', to: server, ...onPort(443) });
    expect(whole.admittedTraffic.map(({ sourceAddresses }) => sourceAddresses)).toEqual([['198.51.100.0/24']]);
  });

  it('leave it open where a prefix list cannot be read', () => {
    const { net, vpc } = pair();
    const server = vpc.publicSubnet().instance({
      publicIp: true,
      securityGroups: [vpc.securityGroup('server', { ingress: [tcp(443, 'pl-0unreadable')] })],
    });
    const result = expectUnknown(net, { from: '198.51.100.7', to: server, ...onPort(443) }, ['PREFIX_LIST_UNREADABLE']);
    expect(result.missing?.[0]?.iamAction).toBe('ec2:GetManagedPrefixListEntries');
    expectBlocked(net, { from: '198.51.100.7', to: server, ...onPort(22) }, ['ENI_SG_RULES_MISMATCH']);
  });

  it.each([
    [
      '-1 with ports is every protocol and port',
      { ...allTraffic('0.0.0.0/0'), fromPort: 22, toPort: 22 },
      { protocol: 'udp', port: 53 },
      true,
    ],
    ['GRE by number', protocol(47, '0.0.0.0/0'), { protocol: '47' }, true],
    ['ESP by number', protocol(50, '0.0.0.0/0'), { protocol: '50' }, true],
    ['AH is not ESP', protocol(50, '0.0.0.0/0'), { protocol: '51' }, false],
    ['echo request', icmp({ type: 8, code: 0 }, '0.0.0.0/0'), { protocol: 'icmp', icmpType: 8, icmpCode: 0 }, true],
    [
      'every code of a type',
      icmp({ type: 3, code: -1 }, '0.0.0.0/0'),
      { protocol: 'icmp', icmpType: 3, icmpCode: 4 },
      true,
    ],
    ['another type', icmp({ type: 3, code: -1 }, '0.0.0.0/0'), { protocol: 'icmp', icmpType: 8, icmpCode: 0 }, false],
    ['port 0', udp(0, '0.0.0.0/0'), { protocol: 'udp', port: 0 }, true],
    ['port 65535', udp(65_535, '0.0.0.0/0'), { protocol: 'udp', port: 65_535 }, true],
    ['just below', udp(65_535, '0.0.0.0/0'), { protocol: 'udp', port: 65_534 }, false],
    ['an IPv6 rule and an IPv4 packet', tcp(443, '::/0'), { protocol: 'tcp', port: 443 }, false],
  ] as const)('%s', (_, rule, packet, admitted) => {
    const { net, vpc } = pair();
    const server = vpc.subnet().instance({ securityGroups: [vpc.securityGroup('server', { ingress: [rule] })] });
    const question = { from: vpc.subnet().instance(), to: server, ...packet };
    if (admitted) expectReachable(net, question);
    else expectBlocked(net, question, ['ENI_SG_RULES_MISMATCH']);
  });

  it('without rules admit nothing', () => {
    const { net, vpc } = pair();
    const empty = vpc.securityGroup('empty', { egress: [] });
    const one = vpc.subnet().instance({ securityGroups: [empty] });
    expectBlocked(net, { from: one, to: vpc.subnet().instance({ securityGroups: [empty] }), ...onPort(443) }, [
      'SG_HAS_NO_RULES',
      'SG_HAS_NO_RULES',
    ]);
  });

  it('belong to the interface, not to the instance', () => {
    const { net, vpc } = pair();
    const subnet = vpc.subnet();
    const server = subnet.instance({ securityGroups: [vpc.securityGroup('closed')] });
    const second = vpc
      .subnet({ az: 'a' })
      .attach(server, { securityGroups: [vpc.securityGroup('open', { ingress: [tcp(443, '0.0.0.0/0')] })] });
    const client = subnet.instance();
    expectReachable(net, { from: client, to: second, ...onPort(443) });
    expectBlocked(net, { from: client, to: server.networkInterface, ...onPort(443) }, ['SG_HAS_NO_RULES']);
  });
});
