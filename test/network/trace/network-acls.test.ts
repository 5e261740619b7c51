import { describe, expect, it } from 'vitest';
import {
  allow,
  allTraffic,
  deny,
  icmp,
  type NetworkAclBuilder,
  protocol,
  region,
  type RegionBuilder,
  tcp,
  udp,
  type VpcBuilder,
} from '../../../mocks/builders.ts';
import { ask, blockersOf, expectBlocked, expectReachable, limitsOf, onPort } from './scenario.ts';

interface Site {
  readonly net: RegionBuilder;
  readonly vpc: VpcBuilder;
  readonly acl: NetworkAclBuilder;
  readonly server: { readonly id: string; readonly publicIp: string | undefined };
  readonly client: { readonly id: string; readonly privateIp: string };
}

/** A server open to everybody in a public subnet with an ACL of its own, and a client in another subnet. */
function site(ipv6 = false): Site {
  const net = region();
  const vpc = net.vpc({ cidr: '10.0.0.0/16', ipv6 });
  const acl = vpc.networkAcl();
  const open = vpc.securityGroup('open', { ingress: [allTraffic('0.0.0.0/0', '::/0')] });
  const edge = vpc.publicSubnet({ cidr: '10.0.0.0/24', ipv6, networkAcl: acl });
  const server = edge.instance({ publicIp: true, securityGroups: [open], ipv6 });
  const client = vpc.subnet({ cidr: '10.0.1.0/24' }).instance({ securityGroups: [open] });
  return { net, vpc, acl, server, client };
}

const fromInternet = { from: '198.51.100.7' } as const;
const everything = allTraffic('0.0.0.0/0');

describe('network ACLs on a path', () => {
  it('are read by number, whatever the order of the answer', () => {
    const { net, acl, server } = site();
    acl.ingress(allow(200, everything), deny(100, tcp(22, '198.51.100.0/24'))).egress(allow(100, everything));
    const result = expectBlocked(net, { ...fromInternet, to: server.id, ...onPort(22) }, ['SUBNET_ACL_RESTRICTION']);
    expect(result.explanations[0]?.rule).toMatchObject({ ruleNumber: 100, ruleAction: 'deny', egress: false });
    expectReachable(net, { from: '192.0.2.1', to: server.id, ...onPort(22) });
  });

  it('deny after allow denies nothing', () => {
    const { net, acl, server } = site();
    acl.ingress(allow(100, everything), deny(110, tcp(22, '0.0.0.0/0'))).egress(allow(100, everything));
    const result = expectReachable(net, { ...fromInternet, to: server.id, ...onPort(22) });
    expect(result.forwardPathComponents.find(({ component }) => component.type === 'network-acl')?.rule).toMatchObject({
      ruleNumber: 100,
    });
  });

  it('deny a part of the addresses and of the ports', () => {
    const { net, acl, server } = site();
    acl.ingress(deny(100, tcp([22, 30], '198.51.100.0/25')), allow(110, everything)).egress(allow(100, everything));
    const addresses = ask(net, { from: '198.51.100.0/24', to: server.id, ...onPort(22) });
    expect(addresses.verdict).toBe('reachable');
    expect(addresses.admittedTraffic.map(({ sourceAddresses }) => sourceAddresses)).toEqual([['198.51.100.128/25']]);
    const ports = ask(net, { from: '198.51.100.9', to: server.id, protocol: 'tcp' });
    expect(ports.admittedTraffic.map(({ destinationPortRanges }) => destinationPortRanges)).toEqual([
      [
        { from: 0, to: 21 },
        { from: 31, to: 65_535 },
      ],
    ]);
  });

  it('stop a reply for want of ephemeral ports', () => {
    const { net, acl, server } = site();
    acl.ingress(allow(100, tcp(443, '0.0.0.0/0'))).egress(allow(100, tcp(443, '0.0.0.0/0')));
    const result = expectBlocked(net, { ...fromInternet, to: server.id, ...onPort(443) }, [
      'SUBNET_ACL_RESTRICTION on return',
    ]);
    expect(result.explanations[0]).toMatchObject({ packetDirection: 'egress', rule: { ruleNumber: 32_767 } });
    expect(result.deliveredTraffic?.map(({ destinationPortRanges }) => destinationPortRanges)).toEqual([
      [{ from: 443, to: 443 }],
    ]);
  });

  it.each([
    ['0-1023', [0, 1023], undefined],
    ['Linux alone', [32_768, 61_000], { from: 32_768, to: 61_000 }],
    ['every client', [1024, 65_535], { from: 1024, to: 65_535 }],
  ] as const)('admit replies to %s', (_, range, ports) => {
    const { net, acl, server } = site();
    acl.ingress(allow(100, everything)).egress(allow(100, tcp(range, '0.0.0.0/0')));
    const question = { ...fromInternet, to: server.id, ...onPort(443) };
    if (ports === undefined) {
      expectBlocked(net, question, ['SUBNET_ACL_RESTRICTION on return']);
      return;
    }
    const result = ask(net, question);
    expect(result.admittedTraffic.map(({ sourcePortRanges }) => sourcePortRanges)).toEqual([[ports]]);
    expect(limitsOf(result)).toEqual(
      ports.from === 1024 ? [] : ['SUBNET_ACL_RESTRICTION on return', 'PARTIAL_SOURCE_PORT_RANGE on return'],
    );
  });

  it('break the clients of a load balancer or NAT gateway with a range made for Linux', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const acl = vpc
      .networkAcl()
      .ingress(allow(100, everything))
      .egress(allow(100, tcp([32_768, 61_000], '0.0.0.0/0')));
    const edge = vpc.publicSubnet();
    const hidden = vpc.subnet();
    vpc.routeTable({ routes: [['0.0.0.0/0', edge.natGateway()]] }).associate(hidden);
    const server = net.vpc({ cidr: '10.9.0.0/16' });
    const open = server.securityGroup('open', { ingress: [everything] });
    const target = server
      .publicSubnet({
        networkAcl: server
          .networkAcl()
          .ingress(allow(100, everything))
          .egress(allow(100, tcp([32_768, 61_000], '0.0.0.0/0'))),
      })
      .instance({ publicIp: true, securityGroups: [open] });
    const result = ask(net, { from: hidden.instance(), to: target.publicIp ?? '', ...onPort(443) });
    expect(result.verdict).toBe('unknown');
    expect(result.explanations.map(({ explanationCode }) => explanationCode)).toContain('INTERMITTENT');
    expect(acl.id).toMatch(/^acl-/);
  });

  it('ask about the reply type of an ICMP request', () => {
    const { net, acl, server } = site();
    acl
      .ingress(allow(100, icmp({ type: 8, code: 0 }, '0.0.0.0/0')))
      .egress(allow(100, icmp({ type: 8, code: 0 }, '0.0.0.0/0')));
    const ping = { ...fromInternet, to: server.id, protocol: 'icmp', icmpType: 8, icmpCode: 0 } as const;
    expectBlocked(net, ping, ['SUBNET_ACL_RESTRICTION on return']);
    acl.egress(allow(110, icmp({ type: 0, code: 0 }, '0.0.0.0/0')));
    expectReachable(net, ping);
  });

  it('let a notice through that nobody answers', () => {
    const { net, acl, server } = site();
    acl.ingress(allow(100, icmp({ type: 3, code: -1 }, '0.0.0.0/0')));
    expectReachable(net, { ...fromInternet, to: server.id, protocol: 'icmp', icmpType: 3, icmpCode: 4 });
  });

  it('are stateless for UDP and for other protocols', () => {
    const { net, acl, server } = site();
    acl.ingress(allow(100, udp(53, '0.0.0.0/0')), allow(110, protocol(47, '0.0.0.0/0')));
    const dns = expectBlocked(net, { ...fromInternet, to: server.id, protocol: 'udp', port: 53 }, [
      'SUBNET_ACL_RESTRICTION on return',
    ]);
    expect(dns.deliveredTraffic?.map((header) => header.protocol)).toEqual(['udp']);
    expectBlocked(net, { ...fromInternet, to: server.id, protocol: '47' }, ['SUBNET_ACL_RESTRICTION on return']);
    acl.egress(allow(110, protocol(47, '0.0.0.0/0')));
    expectReachable(net, { ...fromInternet, to: server.id, protocol: '47' });
  });

  it('ignore the ports of a rule for every protocol', () => {
    const { net, acl, server } = site();
    const odd = { ...everything, fromPort: 80, toPort: 80 };
    acl.ingress(allow(100, odd)).egress(allow(100, odd));
    expectReachable(net, { ...fromInternet, to: server.id, ...onPort(22) });
  });

  it('with rules for one family deny the other', () => {
    const { net, acl, server, vpc } = site(true);
    vpc.mainRouteTable.route('::/0', vpc.internetGateway());
    acl.ingress(allow(100, everything)).egress(allow(100, everything));
    const six = ask(net, { from: '2001:db8:ffff::1', to: server.id, ...onPort(443) });
    expect(six.verdict).toBe('not-reachable');
    expect(blockersOf(six)).toContain('SUBNET_ACL_RESTRICTION');
    expect(
      six.explanations.find(({ explanationCode }) => explanationCode === 'SUBNET_ACL_RESTRICTION')?.rule,
    ).toMatchObject({ ruleNumber: 32_768 });
    acl.clear();
    acl.ingress(allow(101, allTraffic('::/0'))).egress(allow(101, allTraffic('::/0')));
    const four = expectBlocked(net, { ...fromInternet, to: server.id, ...onPort(443) }, [
      'SUBNET_ACL_RESTRICTION',
      'SUBNET_ACL_RESTRICTION on return',
    ]);
    expect(four.explanations[0]?.rule).toMatchObject({ ruleNumber: 32_767 });
  });

  it('do not see traffic within a subnet', () => {
    const net = region();
    const vpc = net.vpc();
    const subnet = vpc.subnet({ networkAcl: vpc.networkAcl() });
    const result = expectReachable(net, { from: subnet.instance(), to: subnet.instance(), ...onPort(443) });
    expect(result.forwardPathComponents.map(({ component }) => component.type)).toEqual([
      'network-interface',
      'security-group',
      'security-group',
      'network-interface',
    ]);
  });

  it.each(['ingress', 'egress'] as const)('are met at the source and at the destination: %s', (direction) => {
    for (const at of ['source', 'destination'] as const) {
      const net = region();
      const vpc = net.vpc();
      const acl = vpc.networkAcl();
      if (direction === 'ingress') acl.egress(allow(100, everything));
      else acl.ingress(allow(100, everything));
      const closed = vpc.subnet({ networkAcl: acl }).instance();
      const open = vpc.subnet().instance();
      const forward = (at === 'source') === (direction === 'egress');
      const question = { from: at === 'source' ? closed : open, to: at === 'source' ? open : closed, ...onPort(443) };
      expectBlocked(net, question, [forward ? 'SUBNET_ACL_RESTRICTION' : 'SUBNET_ACL_RESTRICTION on return']);
    }
  });

  it.each(['ingress', 'egress'] as const)('are met at the subnet of a NAT gateway, both ways: %s', (direction) => {
    const net = region();
    const vpc = net.vpc();
    const acl = vpc.networkAcl();
    if (direction === 'ingress') acl.egress(allow(100, everything));
    else acl.ingress(allow(100, everything));
    const nat = vpc.publicSubnet({ networkAcl: acl }).natGateway();
    const hidden = vpc.subnet();
    vpc.routeTable({ routes: [['0.0.0.0/0', nat]] }).associate(hidden);
    expectBlocked(net, { from: hidden.instance(), to: 'internet', ...onPort(443) }, [
      'SUBNET_ACL_RESTRICTION',
      'SUBNET_ACL_RESTRICTION on return',
    ]);
  });
});
