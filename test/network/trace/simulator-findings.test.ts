import { describe, expect, it } from 'vitest';
import { allTraffic, allow, deny, estate, region, snapshotOf, tcp, type VpcBuilder } from '../../../mocks/builders.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { internetReach } from '../../../src/network/exposure.ts';
import { buildNetwork } from '../../../src/network/network.ts';
import {
  ask,
  askSnapshot,
  blockersOf,
  doubtsOf,
  expectBlocked,
  expectReachable,
  expectUnknown,
  onPort,
} from './scenario.ts';

/** What comparing the engine with the packet simulator on random networks brought up, each case by itself. */

const everything = allTraffic('0.0.0.0/0', '::/0');
const open = (vpc: VpcBuilder): { readonly securityGroups: readonly { readonly id: string }[] } => ({
  securityGroups: [vpc.securityGroup('open', { ingress: [everything], egress: [everything] })],
});

const only = (snapshot: Snapshot, accountId: string): Snapshot => ({
  ...snapshot,
  regions: snapshot.regions.filter((one) => one.accountId === accountId),
});

/** The same snapshot without what one operation answers. */
function failed(snapshot: Snapshot, kind: 'networkInterfaces', accountId: string): Snapshot {
  const answer = {
    status: 'failed',
    operation: 'DescribeNetworkInterfaces',
    iamAction: 'ec2:DescribeNetworkInterfaces',
    failure: 'denied',
    errorCode: 'UnauthorizedOperation',
    message: 'denied',
  } as const;
  return {
    ...snapshot,
    regions: snapshot.regions.map((one) =>
      one.accountId === accountId ? { ...one, resources: { ...one.resources, [kind]: answer } } : one,
    ),
  };
}

describe('a spoofed source', () => {
  it('of the VPC itself does not come in by its internet gateway', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16', ipv6: true });
    const server = vpc.publicSubnet({ ipv6: true }).instance({ ipv6: true, ...open(vpc) });
    const to = server.ipv6 ?? '';
    const block = vpc.ipv6Cidr ?? '';
    const around = ask(net, { from: '2001:db8::/32', to, ...onPort(443) });
    expect(around.verdict).toBe('reachable');
    expect(around.admittedTraffic[0]?.sourceAddresses).not.toContain(block);
    expect(around.admittedTraffic[0]?.sourceAddresses.length).toBeGreaterThan(10);
  });

  it.each(['internet', 'egress-only'] as const)('of another VPC does not leave by an %s gateway', (kind) => {
    const net = region();
    const a = net.vpc({ cidr: '10.1.0.0/16', ipv6: true });
    const b = net.vpc({ cidr: '10.2.0.0/16', ipv6: true });
    const client = a.subnet({ ipv6: true }).instance({ ipv6: true, ...open(a) });
    const door = b.subnet({ ipv6: true });
    const gateway = kind === 'internet' ? b.internetGateway() : b.egressOnlyInternetGateway();
    b.routeTable({ routes: [['::/0', gateway]] }).associate(door);
    const tgw = net.transitGateway();
    tgw.attachVpc(a);
    const attachment = tgw.attachVpc(b, { subnets: [door] });
    tgw.defaultRouteTable?.route('::/0', attachment);
    a.mainRouteTable.route('::/0', tgw);
    const result = ask(net, { from: client.ipv6 ?? '', to: 'internet', ...onPort(443) });
    expect(result.verdict).toBe('not-reachable');
    expect(blockersOf(result)).toContain('GATEWAY_REJECTS_SPOOFED_TRAFFIC');
  });
});

describe('the internet as the destination', () => {
  it('is not what IPv6 reaches inside the sender’s own VPC', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16', ipv6: true });
    const host = vpc.subnet({ ipv6: true }).instance({ ipv6: true, ...open(vpc) });
    vpc.subnet({ ipv6: true }).instance({ ipv6: true, ...open(vpc) });
    const result = ask(net, { from: host.ipv6 ?? '', to: 'internet', ...onPort(443) });
    expect([result.verdict, blockersOf(result)]).toEqual([
      'not-reachable',
      ['NO_ROUTE_TO_DESTINATION', 'DISCONNECTED_VPCS'],
    ]);
    const exposures = internetReach(buildNetwork(snapshotOf(net.toWorld())));
    expect(exposures.classes).toEqual([]);
  });
});

describe('VPC Block Public Access', () => {
  const inspected = 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0';

  it('is judged at the subnet of the endpoint that inspects what leaves and enters', () => {
    for (const excluded of ['endpoint', 'sender'] as const) {
      const net = region();
      const vpc = net.vpc({ cidr: '10.0.0.0/16' });
      const middle = vpc.publicSubnet({ cidr: '10.0.9.0/24' });
      const inner = vpc.subnet({ cidr: '10.0.1.0/24' });
      const endpoint = vpc.gatewayLoadBalancerEndpoint(inspected, middle);
      vpc.routeTable({ routes: [['0.0.0.0/0', endpoint]] }).associate(inner);
      vpc.routeTable({ routes: [['10.0.1.0/24', endpoint]] }).edgeAssociate(vpc.internetGateway());
      const host = inner.instance({ publicIp: true, ...open(vpc) });
      net.blockPublicAccess('block-bidirectional');
      net.blockPublicAccessExclusion(excluded === 'endpoint' ? middle : inner, 'allow-bidirectional');
      for (const [from, to] of [
        [host, 'internet'],
        ['internet', host],
      ] as const) {
        const result = ask(net, { from, to, ...onPort(443) });
        expect([result.verdict, blockersOf(result)]).toEqual(
          excluded === 'endpoint'
            ? ['unknown', []]
            : ['not-reachable', ['VPC_BLOCK_PUBLIC_ACCESS_ENABLED', 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED on return']],
        );
      }
    }
  });
});

describe('a next hop in the sender’s own subnet', () => {
  it('is reached past no network ACL', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16', ipv6: true });
    const acl = vpc.networkAcl({
      ingress: [allow(100, allTraffic('0.0.0.0/0'))],
      egress: [allow(100, allTraffic('0.0.0.0/0'))],
    });
    const subnet = vpc.subnet({ ipv6: true, networkAcl: acl });
    const nat = subnet.natGateway();
    vpc
      .routeTable({
        routes: [
          ['64:ff9b::/96', nat],
          ['0.0.0.0/0', vpc.internetGateway()],
        ],
      })
      .associate(subnet);
    const far = net.vpc({ cidr: '10.9.0.0/16' });
    far.publicSubnet().instance({ publicIp: '203.0.113.77', ...open(far) });
    const host = subnet.instance({ ipv6: true, ...open(vpc) });
    // The ACL speaks of IPv4 alone: what the gateway sends on it admits, and the IPv6 packet never meets it.
    expectReachable(net, { from: host.ipv6 ?? '', to: '64:ff9b::cb00:714d', ...onPort(443) });
  });

  it('while other routes of the same table still cross its border', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const acl = vpc.networkAcl({
      ingress: [allow(100, allTraffic('0.0.0.0/0'))],
      egress: [deny(90, tcp(443, '198.51.100.0/24')), allow(100, allTraffic('0.0.0.0/0'))],
    });
    const subnet = vpc.subnet({ networkAcl: acl });
    const appliance = subnet.instance({ sourceDestCheck: false, ...open(vpc) });
    vpc
      .routeTable({
        routes: [
          ['198.51.100.0/24', appliance],
          ['0.0.0.0/0', vpc.internetGateway()],
        ],
      })
      .associate(subnet);
    const host = subnet.instance({ publicIp: true, ...open(vpc) });
    expect(doubtsOf(ask(net, { from: host, to: '198.51.100.9', ...onPort(443) }))).toEqual(['MIDDLEBOX_NOT_VISIBLE']);
    expect(ask(net, { from: host, to: 'internet', ...onPort(443) }).verdict).toBe('reachable');
  });
});

describe('an outbound reference to a group whose members are not all known', () => {
  const scenario = (): {
    readonly all: ReturnType<typeof estate>;
    readonly client: { readonly id: string };
    readonly neighbour: { readonly id: string };
    readonly far: { readonly id: string; readonly privateIp: string };
  } => {
    const all = estate();
    const here = all.account('111122223333').region('eu-west-1');
    const there = all.account('444455556666').region('eu-west-1');
    const a = here.vpc({ cidr: '10.1.0.0/16' });
    const b = there.vpc({ cidr: '10.2.0.0/16' });
    const peering = a.peerWith(b);
    a.mainRouteTable.route(b.cidr, peering);
    b.mainRouteTable.route(a.cidr, peering);
    const servers = b.securityGroup('servers', { ingress: [everything] });
    const clients = a.securityGroup('clients', { egress: [tcp(443, { groupId: servers.id, userId: '444455556666' })] });
    return {
      all,
      client: a.subnet().instance({ securityGroups: [clients] }),
      neighbour: a.subnet().instance(open(a)),
      far: b.subnet().instance({ securityGroups: [servers] }),
    };
  };

  it('does not match a known interface that is not in it', () => {
    const { all, client, neighbour } = scenario();
    const result = askSnapshot(only(snapshotOf(all.toWorld()), '111122223333'), {
      from: client,
      to: neighbour,
      ...onPort(443),
    });
    expect([result.verdict, blockersOf(result)]).toEqual(['not-reachable', ['ENI_SG_RULES_MISMATCH']]);
  });

  it('leaves open what nobody known has the address of', () => {
    const { all, client, far } = scenario();
    expectReachable(all, { from: client, to: far, ...onPort(443) });
    const snapshot = snapshotOf(all.toWorld());
    for (const part of [only(snapshot, '111122223333'), failed(snapshot, 'networkInterfaces', '444455556666')]) {
      const result = askSnapshot(part, { from: client, to: far.privateIp, ...onPort(443) });
      expect([result.verdict, blockersOf(result)]).toEqual(['unknown', []]);
    }
  });

  it('holds through no gateway, whatever is not visible behind it', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const servers = vpc.securityGroup('servers', { ingress: [everything] });
    const clients = vpc.securityGroup('clients', { egress: [tcp(443, servers)] });
    const far = vpc.subnet({ cidr: '10.0.5.0/24' });
    const near = vpc.subnet();
    const middle = vpc.subnet();
    const appliance = middle.instance({ sourceDestCheck: false, ...open(vpc) });
    vpc.routeTable({ routes: [['10.0.5.0/24', appliance]] }).associate(near);
    const server = far.instance({ securityGroups: [servers] });
    expectBlocked(
      net,
      { from: near.instance({ securityGroups: [clients] }), to: server, ...onPort(443) },
      ['SG_REFERENCES_NOT_PRESERVED'],
      'final',
    );
    expectUnknown(net, { from: near.instance(open(vpc)), to: server, ...onPort(443) }, ['MIDDLEBOX_NOT_VISIBLE']);
  });
});

describe('a reply that an appliance gets', () => {
  it('is known to its groups by who replies, not by who asked', () => {
    for (const [admitted, verdict] of [
      ['servers', 'unknown'],
      ['clients', 'not-reachable'],
    ] as const) {
      const net = region();
      const vpc = net.vpc({ cidr: '10.0.0.0/16' });
      const groups = {
        servers: vpc.securityGroup('servers', { ingress: [everything] }),
        clients: vpc.securityGroup('clients'),
      };
      const guard = vpc.securityGroup('guard', { ingress: [allTraffic(groups[admitted])] });
      const appliance = vpc.subnet().instance({ sourceDestCheck: false, securityGroups: [guard] });
      const near = vpc.subnet({ cidr: '10.0.4.0/24' });
      const far = vpc.subnet();
      vpc.routeTable({ routes: [['10.0.4.0/24', appliance]] }).associate(far);
      const client = near.instance({ securityGroups: [groups.clients] });
      const server = far.instance({ securityGroups: [groups.servers] });
      expect(ask(net, { from: client, to: server, ...onPort(443) }).verdict).toBe(verdict);
    }
  });
});

describe('an address that two VPCs have', () => {
  it('means the one that the question names, whoever may have it on the way', () => {
    const all = estate();
    const here = all.account('111122223333').region('eu-west-1');
    const there = all.account('444455556666').region('eu-west-1');
    const a = here.vpc({ cidr: '10.0.0.0/16' });
    const b = there.vpc({ cidr: '10.0.0.0/16' });
    const client = a.subnet({ cidr: '10.0.1.0/24' }).instance(open(a));
    const server = b.subnet({ cidr: '10.0.2.0/24' }).instance({ privateIp: '10.0.2.10', ...open(b) });
    a.subnet({ cidr: '10.0.2.0/24' });
    const snapshot = snapshotOf(all.toWorld());
    // The interfaces of the sender's VPC are known in part alone: somebody there may have the address too.
    const regions = snapshot.regions.map((one) => {
      const enis = one.resources.networkInterfaces;
      if (one.accountId !== '111122223333' || enis.status !== 'collected') return one;
      const missing = [
        { resourceId: 'eni-0fffffffffffffff0', reason: 'unreadable', iamAction: 'ec2:DescribeNetworkInterfaces' },
      ];
      return { ...one, resources: { ...one.resources, networkInterfaces: { ...enis, missing } } };
    });
    const result = askSnapshot(
      { ...snapshot, regions },
      { from: client, to: `${b.id}/${server.privateIp}`, ...onPort(443) },
    );
    expect([result.verdict, blockersOf(result)]).toEqual(['not-reachable', ['ENI_ADDRESS_RESTRICTION']]);
  });
});

describe('a gateway endpoint', () => {
  it('takes no reply, for its service waits for none', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const nodes = vpc.publicSubnet();
    const table = vpc.routeTable({ routes: [['0.0.0.0/0', vpc.internetGateway()]] });
    table.associate(nodes);
    vpc.gatewayEndpoint('s3', { routeTables: [table] });
    const target = vpc.subnet().instance(open(vpc));
    const group = vpc.targetGroup('web', { protocol: 'TCP', port: 443, targets: [target] });
    const balancer = vpc.loadBalancer('nlb', {
      type: 'network',
      subnets: [nodes],
      listeners: [{ port: 443, targets: group }],
    });
    const lists = snapshotOf(net.toWorld()).regions[0]?.resources.prefixLists;
    const [list] = lists?.status === 'collected' ? lists.resources : [];
    const client = list?.cidrs[0]?.replace(/\/\d+$/, '') ?? '';
    const result = ask(net, { from: client, to: balancer.arn, ...onPort(443) });
    expect([result.verdict, blockersOf(result)]).toEqual(['not-reachable', ['NO_PATH on return']]);
  });
});

describe('a virtual private gateway', () => {
  it('is no way through for what another VPC sends, answered or not', () => {
    const net = region();
    const hub = net.vpc({ cidr: '10.1.0.0/16' });
    const spoke = net.vpc({ cidr: '10.2.0.0/16' });
    const door = hub.subnet();
    const gateway = hub.vpnGateway();
    hub.routeTable({ routes: [['192.168.0.0/16', gateway]] }).associate(door);
    const tgw = net.transitGateway();
    spoke.subnet({ az: 'a' });
    tgw.attachVpc(spoke);
    const attachment = tgw.attachVpc(hub, { subnets: [door] });
    tgw.defaultRouteTable.route('192.168.0.0/16', attachment);
    spoke.mainRouteTable.route('192.168.0.0/16', tgw);
    const notice = { protocol: 'icmp', icmpType: 3, icmpCode: 1 } as const;
    for (const packet of [onPort(443), notice]) {
      const result = ask(net, { from: spoke.subnet({ az: 'a' }).instance(open(spoke)), to: '192.168.1.1', ...packet });
      expect(result.verdict).toBe('not-reachable');
      expect(blockersOf(result)).toContain('VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS');
    }
    expect(ask(net, { from: door.instance(open(hub)), to: '192.168.1.1', ...notice }).verdict).toBe('unknown');
  });
});

describe('what was picked for a flow', () => {
  it('stays: a zone in appliance mode is the same for packet and reply', () => {
    const net = region();
    const [a, b, c] = ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16'].map((cidr) => net.vpc({ cidr })) as [
      VpcBuilder,
      VpcBuilder,
      VpcBuilder,
    ];
    const everywhere = allTraffic('0.0.0.0/0');
    // One zone stops the packet, the other one its reply.
    const doors = ['10.3.0.0/16', '10.1.0.0/16'].map((towards, index) =>
      b.subnet({
        az: index === 0 ? 'a' : 'b',
        networkAcl: b.networkAcl({
          ingress: [allow(100, everywhere)],
          egress: [deny(90, allTraffic(towards)), allow(100, everywhere)],
        }),
      }),
    );
    const tgw = net.transitGateway({ defaultAssociation: false, defaultPropagation: false });
    const [spokes, inspection] = [tgw.routeTable(), tgw.routeTable()];
    for (const vpc of [a, c]) {
      vpc.mainRouteTable.route('10.0.0.0/8', tgw);
      vpc.subnet({ az: 'a' });
      const attachment = tgw.attachVpc(vpc);
      spokes.associate(attachment);
      inspection.route(vpc.cidr, attachment);
    }
    const middle = tgw.attachVpc(b, { subnets: doors, applianceMode: true });
    inspection.associate(middle);
    spokes.route('10.0.0.0/8', middle);
    b.mainRouteTable.route('10.0.0.0/8', tgw);
    const question = {
      from: a.subnet({ az: 'a' }).instance(open(a)),
      to: c.subnet({ az: 'a' }).instance(open(c)),
      ...onPort(443),
    };
    expect(ask(net, question).verdict).toBe('not-reachable');
  });

  it('stays: a list that was not read holds an address, or it does not', () => {
    const net = region();
    const here = net.vpc({ cidr: '10.1.0.0/16' });
    const there = net.vpc({ cidr: '10.2.0.0/16' });
    const peering = here.peerWith(there);
    const nat = here.subnet().natGateway({ connectivityType: 'private' });
    here.mainRouteTable.route('pl-0unreadable', peering).route('0.0.0.0/0', nat);
    const server = there.subnet().instance(open(there));
    // By the list, without a route back; or by the gateway, whose own table leads back to it. Never first one, then the other.
    const result = ask(net, { from: here.subnet().instance(open(here)), to: server, ...onPort(443) });
    expect(result.verdict).toBe('not-reachable');
  });
});

describe('what is not visible of a service', () => {
  const across = (zone: string): ReturnType<typeof ask> => {
    const all = estate();
    const provider = all.account('444455556666').region('eu-west-1');
    const consumer = all.account('111122223333').region('eu-west-1');
    const offering = provider.vpc({ cidr: '10.1.0.0/16' });
    const target = offering.subnet({ az: 'a' }).instance(open(offering));
    const group = offering.targetGroup('api', { protocol: 'TCP', port: 443, targets: [target] });
    const balancer = offering.loadBalancer('api', {
      type: 'network',
      scheme: 'internal',
      subnets: [offering.subnet({ az: 'a' })],
      listeners: [{ port: 443, targets: group }],
    });
    const service = provider.endpointService({ loadBalancers: [balancer] });
    const vpc = consumer.vpc({ cidr: '10.2.0.0/16' });
    const subnet = vpc.subnet({ az: zone });
    const endpoint = vpc.interfaceEndpoint(service.serviceName, { subnets: [subnet], ...open(vpc) });
    const from = subnet.instance(open(vpc)).id;
    return askSnapshot(failed(snapshotOf(all.toWorld()), 'networkInterfaces', '444455556666'), {
      from,
      to: endpoint,
      ...onPort(443),
    });
  };

  it('leaves open which node of its zones serves, and not that it stands in no other zone', () => {
    expect(doubtsOf(across('a'))).toEqual(['NOT_COLLECTED']);
    expect(blockersOf(across('b'))).toEqual(['VPCE_SERVICE_NOT_INSTALLED_IN_AZ']);
  });

  it('as the interface of a NAT gateway, leaves open what its replies meet', () => {
    const all = estate();
    const owner = all.account('111122223333').region('eu-west-1');
    const participant = all.account('444455556666').region('eu-west-1');
    const vpc = owner.vpc({ cidr: '10.0.0.0/16' });
    const nat = vpc.publicSubnet().natGateway();
    const hidden = vpc.subnet();
    vpc.routeTable({ routes: [['0.0.0.0/0', nat]] }).associate(hidden);
    const shared = hidden.shareWith(participant);
    const guard = shared.securityGroup('open', { ingress: [everything], egress: [everything] });
    const host = shared.instance({ securityGroups: [guard] });
    const snapshot = snapshotOf(all.toWorld());
    const question = { from: host, to: 'internet', ...onPort(443) };
    expect(askSnapshot(snapshot, question).verdict).toBe('reachable');
    const result = askSnapshot(failed(snapshot, 'networkInterfaces', '111122223333'), question);
    expect([result.verdict, doubtsOf(result)]).toEqual(['unknown', ['NOT_COLLECTED on return']]);
  });
});

describe('a target in another VPC', () => {
  it('is served from the node’s own address, and with the client’s kept it is open', () => {
    for (const [kept, expected] of [
      ['false', ['reachable', []]],
      ['true', ['unknown', ['NOT_MODELLED']]],
    ] as const) {
      const net = region();
      const here = net.vpc({ cidr: '10.1.0.0/16' });
      const there = net.vpc({ cidr: '10.2.0.0/16' });
      const peering = here.peerWith(there);
      here.mainRouteTable.route(there.cidr, peering);
      there.mainRouteTable.route(here.cidr, peering);
      const target = there.subnet().instance(open(there));
      const group = here.targetGroup('far', {
        protocol: 'TCP',
        port: 443,
        targetType: 'ip',
        targets: [target],
        attributes: { 'preserve_client_ip.enabled': kept },
      });
      const balancer = here.loadBalancer('nlb', {
        type: 'network',
        scheme: 'internal',
        subnets: [here.subnet()],
        listeners: [{ port: 443, targets: group }],
      });
      const result = ask(net, { from: here.subnet().instance(open(here)), to: balancer.arn, ...onPort(443) });
      expect([result.verdict, doubtsOf(result)]).toEqual(expected);
    }
  });
});

describe('a reply from another public address', () => {
  it('is not taken for an answer', () => {
    const net = region();
    const called = net.vpc({ cidr: '10.0.0.0/16' });
    const twin = net.vpc({ cidr: '10.0.0.0/16' });
    const server = called.subnet({ cidr: '10.0.1.0/24', az: 'a' }).instance({
      publicIp: '203.0.113.10',
      privateIp: '10.0.1.10',
      ...open(called),
    });
    called.internetGateway();
    const door = twin.publicSubnet({ cidr: '10.0.1.0/24', az: 'a' });
    door.instance({ publicIp: '203.0.113.20', privateIp: '10.0.1.10', ...open(twin) });
    const tgw = net.transitGateway({ defaultPropagation: false });
    tgw.attachVpc(called);
    tgw.defaultRouteTable.route('0.0.0.0/0', tgw.attachVpc(twin, { subnets: [door] }));
    called.mainRouteTable.route('0.0.0.0/0', tgw);
    // The reply of 10.0.1.10 leaves by the twin's gateway, which maps that address to the twin's own public one.
    const result = ask(net, { from: 'internet', to: server, ...onPort(443) });
    expect([result.verdict, blockersOf(result)]).toEqual(['not-reachable', ['REPLY_GOES_ELSEWHERE on return']]);
  });
});

describe('an address that nobody known has', () => {
  it('is in a subnet whose ACL still decides, while others are open', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const client = vpc.subnet({ cidr: '10.0.1.0/24' }).instance(open(vpc));
    vpc.subnet({ cidr: '10.0.2.0/24', networkAcl: vpc.networkAcl() });
    vpc.subnet({ cidr: '10.0.3.0/24' });
    const snapshot = snapshotOf(net.toWorld());
    const regions = snapshot.regions.map((one) => {
      const enis = one.resources.networkInterfaces;
      if (enis.status !== 'collected') return one;
      const iamAction = 'ec2:DescribeNetworkInterfaces';
      const missing = [{ resourceId: 'eni-0fffffffffffffff0', reason: 'unreadable', iamAction }];
      return { ...one, resources: { ...one.resources, networkInterfaces: { ...enis, missing } } };
    });
    const verdict = (to: string): unknown => {
      const result = askSnapshot({ ...snapshot, regions }, { from: client, to, ...onPort(443) });
      return [result.verdict, blockersOf(result)];
    };
    expect(verdict('10.0.2.9')).toEqual(['not-reachable', ['SUBNET_ACL_RESTRICTION']]);
    expect(verdict('10.0.3.9')).toEqual(['unknown', []]);
  });
});

describe('a host that calls its own public address', () => {
  it('finds the same list holding it there and back, read or not', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const edge = vpc.subnet();
    const endpoint = vpc.gatewayEndpoint('s3');
    const table = vpc.routeTable({ routes: [['0.0.0.0/0', vpc.internetGateway()]] });
    table.route('pl-0unreadable', endpoint).associate(edge);
    const host = edge.instance({ publicIp: '203.0.113.10', ...open(vpc) });
    const asked = { from: host, to: '203.0.113.10', protocol: 'tcp', port: 443 } as const;
    // By the endpoint it gets to a service that answers, by the gateway to itself: never one way there, the other one back.
    expect(ask(net, asked).verdict).toBe('reachable');
  });
});
