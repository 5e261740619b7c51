import { describe, expect, it } from 'vitest';
import { allow, allTraffic, deny, region, type RegionBuilder, snapshotOf, tcp } from '../../mocks/builders.ts';
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { exposureDifference } from '../../src/network/difference.ts';
import { pairwiseDifference } from '../../src/network/pairwise-difference.ts';
import { type Exposures, exposureFrom, internetExposure, internetReach } from '../../src/network/exposure.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { pairwise } from '../../src/network/pairwise.ts';
import { packetHeaders } from '../../src/network/result/packet-headers.ts';
import type { Traffic } from '../../src/network/sets/traffic.ts';
import { trace } from '../../src/network/trace.ts';
import { shuffled } from './trace/shuffled.ts';

const networkOf = (net: RegionBuilder): ReturnType<typeof buildNetwork> => buildNetwork(snapshotOf(net.toWorld()));

const ports = (traffic: Traffic): readonly string[] =>
  packetHeaders(traffic).flatMap(({ protocol, destinationPortRanges }) =>
    (destinationPortRanges ?? []).map(({ from, to }) => `${protocol} ${from === to ? from : `${from}-${to}`}`),
  );

const exposedPorts = (exposures: Exposures, id: string): readonly string[] =>
  exposures.of(id).flatMap(({ admitted }) => ports(admitted));

describe('exposure to the internet', () => {
  it('is exact, by interface, and names the rules', () => {
    const net = region();
    const vpc = net.vpc();
    const web = vpc.securityGroup('web', { ingress: [tcp([440, 450], '0.0.0.0/0'), tcp(22, '10.0.0.0/8')] });
    const acl = vpc.networkAcl({
      ingress: [deny(90, tcp(445, '0.0.0.0/0')), allow(100, allTraffic('0.0.0.0/0'))],
      egress: [allow(100, allTraffic('0.0.0.0/0'))],
    });
    const edge = vpc.publicSubnet({ networkAcl: acl });
    const server = edge.instance({ publicIp: true, securityGroups: [web] });
    const hidden = vpc.subnet().instance({ securityGroups: [web] });
    const exposures = internetExposure(networkOf(net));
    expect(exposedPorts(exposures, server.networkInterface.id)).toEqual(['tcp 440-444', 'tcp 446-450']);
    expect(exposures.of(hidden.networkInterface.id)).toEqual([]);
    const [own] = exposures.of(server.networkInterface.id);
    expect(own?.rules.map((rule) => rule.type)).toEqual(
      expect.arrayContaining(['network-acl-entry', 'security-group-rule', 'route']),
    );
    expect(own?.example).toEqual({ from: 'internet', to: server.publicIp });
    expect(own?.addresses).toEqual([
      {
        networkInterfaceId: server.networkInterface.id,
        instanceId: server.id,
        privateAddress: server.privateIp,
        publicAddress: server.publicIp,
      },
    ]);
  });

  it('reaches private targets through load balancers', () => {
    const net = region();
    const vpc = net.vpc();
    const alb = vpc.securityGroup('alb', { ingress: [tcp(443, '0.0.0.0/0')] });
    const target = vpc
      .subnet()
      .instance({ securityGroups: [vpc.securityGroup('target', { ingress: [tcp(8080, alb)] })] });
    vpc.loadBalancer('web', {
      subnets: [vpc.publicSubnet()],
      securityGroups: [alb],
      listeners: [{ port: 443, targets: vpc.targetGroup('web', { port: 8080, targets: [target] }) }],
    });
    const exposures = internetExposure(networkOf(net));
    const [through] = exposures.of(target.networkInterface.id);
    expect(through?.targets).toEqual([{ networkInterfaceId: target.networkInterface.id, instanceId: target.id }]);
    expect(ports(through?.admitted ?? [])).toEqual(['tcp 443']);
  });

  it('keeps what arrives without an answer apart, and what is not known', () => {
    const net = region();
    const vpc = net.vpc();
    vpc.internetGateway();
    const oneWay = vpc
      .subnet()
      .instance({ publicIp: true, securityGroups: [vpc.securityGroup('open', { ingress: [tcp(443, '0.0.0.0/0')] })] });
    const listed = vpc.publicSubnet().instance({
      publicIp: true,
      securityGroups: [vpc.securityGroup('listed', { ingress: [tcp(443, 'pl-0unreadable')] })],
    });
    const exposures = internetExposure(networkOf(net));
    const [delivered] = exposures.of(oneWay.networkInterface.id);
    expect([delivered?.admitted, ports(delivered?.deliveredOnly ?? [])]).toEqual([[], ['tcp 443']]);
    const [doubtful] = exposures.of(listed.networkInterface.id);
    expect([doubtful?.admitted, ports(doubtful?.doubtful ?? [])]).toEqual([[], ['tcp 443']]);
    expect(doubtful?.missing[0]?.iamAction).toBe('ec2:GetManagedPrefixListEntries');
  });

  it('says of every member of a class what a trace of it says', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const groups = [
      vpc.securityGroup('a', { ingress: [tcp(443, '0.0.0.0/0')] }),
      vpc.securityGroup('b', { ingress: [tcp(22, '198.51.100.0/24')], egress: [] }),
    ];
    const subnets = [vpc.publicSubnet({ cidr: '10.0.0.0/24' }), vpc.subnet({ cidr: '10.0.1.0/24' })];
    for (const subnet of subnets)
      for (const group of groups)
        for (let i = 0; i < 5; i++)
          subnet.instance({ publicIp: true, securityGroups: [group], state: i === 4 ? 'stopped' : 'running' });
    const network = networkOf(net);
    const exposures = internetExposure(network);
    let asked = 0;
    for (const { addresses, admitted } of exposures.classes) {
      for (const { publicAddress } of addresses) {
        const one = trace(network, { from: 'internet', to: publicAddress ?? '' });
        expect(
          one.admittedTraffic.map(({ destinationPortRanges, sourceAddresses }) => [
            destinationPortRanges,
            sourceAddresses,
          ]),
        ).toEqual(
          packetHeaders(admitted).map(({ destinationPortRanges, sourceAddresses }) => [
            destinationPortRanges,
            sourceAddresses,
          ]),
        );
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(15);
    expect(exposures.classes.length).toBeLessThan(8);
  });

  it('counts delegated prefixes', () => {
    const net = region();
    const vpc = net.vpc({ ipv6: '2001:db8:0:100::/56' });
    const edge = vpc.publicSubnet({ ipv6: '2001:db8:0:100::/64' });
    const node = edge.networkInterface({
      status: 'in-use',
      raw: { Ipv6Prefixes: [{ Ipv6Prefix: '2001:db8:0:100:1::/80' }] },
      securityGroups: [vpc.securityGroup('open', { ingress: [tcp(443, '::/0')] })],
    });
    const exposures = internetExposure(networkOf(net));
    expect(exposedPorts(exposures, node.id)).toEqual(['tcp 443']);
    expect(exposures.of(node.id)[0]?.addresses[0]?.privateAddress).toBe('2001:db8:0:100:1::');
  });

  it('is the same whatever the order of all lists', () => {
    const net = region();
    const vpc = net.vpc();
    const edge = vpc.publicSubnet();
    for (let i = 0; i < 6; i++)
      edge.instance({
        publicIp: true,
        securityGroups: [
          vpc.securityGroup(`g${i}`, { ingress: [tcp(400 + i, '0.0.0.0/0'), tcp(22, '198.51.100.0/24')] }),
        ],
      });
    const snapshot = snapshotOf(net.toWorld());
    const text = (one: Snapshot): string => JSON.stringify(internetExposure(buildNetwork(one)).classes);
    expect(text(shuffled(snapshot))).toBe(text(snapshot));
  });

  it('has an outbound side, and other sources', () => {
    const net = region();
    const vpc = net.vpc();
    const edge = vpc.publicSubnet();
    const inner = vpc.subnet();
    vpc.routeTable({ routes: [['0.0.0.0/0', edge.natGateway()]] }).associate(inner);
    const narrow = inner.instance({
      securityGroups: [vpc.securityGroup('narrow', { egress: [tcp(443, '0.0.0.0/0')] })],
    });
    const shut = inner.instance({
      securityGroups: [vpc.securityGroup('shut', { egress: [], ingress: [tcp(9000, '0.0.0.0/0')] })],
    });
    const network = networkOf(net);
    expect(exposedPorts(internetReach(network), narrow.networkInterface.id)).toEqual(['tcp 443']);
    expect(internetReach(network).of(shut.networkInterface.id)).toEqual([]);
    const caller = edge.instance();
    const again = networkOf(net);
    expect(exposedPorts(exposureFrom(again, caller.id), shut.networkInterface.id)).toEqual(['tcp 9000']);
    expect(exposureFrom(again, shut.id).of(narrow.networkInterface.id)).toEqual([]);
  });
});

describe('difference', () => {
  const build = (port: number, extra = false): RegionBuilder => {
    const net = region();
    const vpc = net.vpc();
    const edge = vpc.publicSubnet();
    edge.instance({
      name: 'web',
      publicIp: true,
      securityGroups: [vpc.securityGroup('web', { ingress: [tcp([443, port], '0.0.0.0/0')] })],
    });
    if (extra)
      edge.instance({
        name: 'new',
        publicIp: true,
        securityGroups: [vpc.securityGroup('new', { ingress: [tcp(22, '0.0.0.0/0')] })],
      });
    return net;
  };

  it('names exactly what became reachable and what no longer is', () => {
    const [grown] = exposureDifference(networkOf(build(443)), networkOf(build(445)));
    expect([ports(grown?.became ?? []), grown?.gone, grown?.incomparable]).toEqual([['tcp 444-445'], [], []]);
    const [shrunk] = exposureDifference(networkOf(build(445)), networkOf(build(443)));
    expect([shrunk?.became, ports(shrunk?.gone ?? [])]).toEqual([[], ['tcp 444-445']]);
    expect(exposureDifference(networkOf(build(443)), networkOf(build(443)))).toEqual([]);
    const added = exposureDifference(networkOf(build(443)), networkOf(build(443, true)));
    expect(added.map(({ became, before }) => [ports(became), before])).toEqual([[['tcp 22'], undefined]]);
  });

  it('does not compare what one of the snapshots did not read', () => {
    const after = snapshotOf(build(443).toWorld());
    const before = {
      ...after,
      regions: after.regions.map((one) => ({
        ...one,
        resources: {
          ...one.resources,
          networkInterfaces: {
            status: 'failed',
            operation: 'DescribeNetworkInterfaces',
            iamAction: 'ec2:DescribeNetworkInterfaces',
            failure: 'denied',
            errorCode: 'UnauthorizedOperation',
            message: '',
          },
        },
      })),
    } as Snapshot;
    const [change] = exposureDifference(buildNetwork(before), buildNetwork(after));
    expect([change?.became, change?.gone, ports(change?.incomparable ?? [])]).toEqual([[], [], ['tcp 443']]);
    expect(change?.coverage).toContain('DescribeNetworkInterfaces failed');
  });

  it('compares what interfaces can send to each other', () => {
    const pair = (port: number): RegionBuilder => {
      const net = region();
      const vpc = net.vpc();
      const subnet = vpc.subnet();
      subnet.instance({ name: 'client', securityGroups: [vpc.securityGroup('client')] });
      subnet.instance({
        name: 'server',
        securityGroups: [vpc.securityGroup('server', { ingress: [tcp(port, '10.0.0.0/8')] })],
      });
      return net;
    };
    const before = networkOf(pair(5432));
    expect(
      pairwise(before)
        .pairs()
        .map(({ admitted }) => ports(admitted)),
    ).toEqual([['tcp 5432']]);
    const changes = pairwiseDifference(before, networkOf(pair(5433)));
    expect(changes?.map(({ became, gone }) => [ports(became), ports(gone)])).toEqual([[['tcp 5433'], ['tcp 5432']]]);
    expect(pairwiseDifference(before, networkOf(pair(5432)))).toEqual([]);
  });
});
