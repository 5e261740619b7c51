/** The documented examples and their kin: which rule rejected it, told from log and snapshot together. */
import { describe, expect, it } from 'vitest';
import { allow, allTraffic, deny, icmp, region, type RegionBuilder, snapshotOf, tcp } from '../../mocks/builders.ts';
import { interfaceById } from '../../src/network/facts/resources-by-id.ts';
import { evidenceOfRecords, type LogRecord, noon, record, v2, v5 } from './log-files.ts';

const open = [allow(100, allTraffic('0.0.0.0/0'))];

/** A client and a server in subnets of their own, the server's ACL and group as the test wants them. */
function pair(server: {
  readonly ingress?: Parameters<ReturnType<RegionBuilder['vpc']>['securityGroup']>[1];
  readonly acl?: { readonly ingress: typeof open; readonly egress: typeof open };
}) {
  const net = region();
  const vpc = net.vpc();
  const group = vpc.securityGroup('server', server.ingress ?? {});
  const acl = server.acl === undefined ? vpc.defaultNetworkAcl : vpc.networkAcl(server.acl);
  const client = vpc.subnet({ az: 'a' }).instance({ securityGroups: [vpc.securityGroup('client', { ingress: [] })] });
  const host = vpc.subnet({ az: 'b', networkAcl: acl }).instance({ securityGroups: [group] });
  return { net, vpc, client, host, group, acl };
}

type Pair = ReturnType<typeof pair>;

const request = ({ client, host }: Pair, fields: LogRecord = {}): LogRecord =>
  record({
    'interface-id': host.networkInterface.id,
    srcaddr: client.privateIp,
    dstaddr: host.privateIp,
    srcport: 40_000,
    dstport: 443,
    'tcp-flags': 2,
    'flow-direction': 'ingress',
    ...fields,
  });

const reply = ({ client, host }: Pair, fields: LogRecord = {}): LogRecord =>
  record({
    'interface-id': host.networkInterface.id,
    srcaddr: host.privateIp,
    dstaddr: client.privateIp,
    srcport: 443,
    dstport: 40_000,
    'tcp-flags': 18,
    'flow-direction': 'egress',
    ...fields,
  });

const ping = { protocol: 1, srcport: 0, dstport: 0, 'tcp-flags': '-' };

describe('ping and a one-way ACL', () => {
  const echo = icmp({ type: -1, code: -1 }, '0.0.0.0/0');
  const oneWay = pair({
    ingress: { ingress: [echo], egress: [] },
    acl: { ingress: [allow(100, echo)], egress: [deny(50, echo), ...open] },
  });

  it.each([
    ['all fields', v5],
    ['the default format', v2],
  ])('an accepted request and a rejected reply mean the ACL: %s', async (_, fields) => {
    const { rejected } = await evidenceOfRecords(
      [request(oneWay, ping), reply(oneWay, { ...ping, action: 'REJECT' })],
      { net: oneWay.net, fields },
    );
    expect(rejected).toMatchObject([
      {
        part: 'reply',
        direction: 'egress',
        protocol: 'icmp',
        attribution: {
          cause: 'network-acl',
          confidence: 'high',
          component: { id: oneWay.acl.id },
          rule: { type: 'network-acl-entry', ruleNumber: 50, egress: true, ruleAction: 'deny' },
        },
      },
    ]);
  });

  it('without a snapshot the log still tells that it is an ACL', async () => {
    const { rejected } = await evidenceOfRecords([request(oneWay, ping), reply(oneWay, { ...ping, action: 'REJECT' })]);
    expect(rejected).toMatchObject([{ part: 'reply', attribution: { cause: 'network-acl', confidence: 'medium' } }]);
  });

  it('a single rejected request means the group where the ACL lets it pass', async () => {
    const shut = pair({ ingress: { ingress: [tcp(22, '10.0.0.0/16')] } });
    const { rejected } = await evidenceOfRecords([request(shut, { ...ping, action: 'REJECT' })], { net: shut.net });
    expect(rejected).toMatchObject([
      {
        part: 'request',
        direction: 'ingress',
        attribution: {
          cause: 'security-group',
          component: { id: shut.group.id },
          blockers: [{ explanationCode: 'ENI_SG_RULES_MISMATCH' }],
        },
      },
    ]);
  });

  it('a group without outbound rules lets replies pass', async () => {
    const silent = pair({ ingress: { ingress: [echo], egress: [] } });
    const { rejected } = await evidenceOfRecords([request(silent, ping), reply(silent, ping)], { net: silent.net });
    expect(rejected).toEqual([]);
  });
});

describe('requests', () => {
  it('name the entry of the ACL, and the group that stands behind it', async () => {
    const both = pair({
      ingress: { ingress: [tcp(22, '10.0.0.0/16')] },
      acl: { ingress: [deny(90, tcp(443, '10.0.0.0/16')), ...open], egress: open },
    });
    const { rejected } = await evidenceOfRecords([request(both, { action: 'REJECT' })], { net: both.net });
    expect(rejected[0]?.attribution).toMatchObject({ cause: 'network-acl', rule: { ruleNumber: 90, egress: false } });
    expect(rejected[0]?.attribution.blockers.map(({ component }) => component.id)).toEqual([
      both.acl.id,
      both.group.id,
    ]);
    expect(rejected[0]?.trace).toMatchObject({ protocol: 'tcp', port: 443, sourcePort: 40_000 });
  });

  it('at the sender name its own egress', async () => {
    const sender = pair({ ingress: { ingress: [tcp(443, '10.0.0.0/16')] } });
    const shut = sender.vpc.securityGroup('no-egress', { egress: [] });
    const host = sender.vpc.subnet({ az: 'c' }).instance({ securityGroups: [shut] });
    const { rejected } = await evidenceOfRecords(
      [
        record({
          'interface-id': host.networkInterface.id,
          srcaddr: host.privateIp,
          dstaddr: sender.host.privateIp,
          srcport: 40_000,
          dstport: 443,
          action: 'REJECT',
        }),
      ],
      { net: sender.net, fields: v2 },
    );
    expect(rejected).toMatchObject([
      {
        direction: 'egress',
        attribution: { cause: 'security-group', component: { id: shut.id }, blockers: [{ packetDirection: 'egress' }] },
      },
    ]);
  });

  it('that the snapshot admits were rejected by an earlier configuration', async () => {
    const changed = pair({ ingress: { ingress: [tcp(443, '10.0.0.0/16')] } });
    const { rejected } = await evidenceOfRecords([request(changed, { action: 'REJECT' })], { net: changed.net });
    expect(rejected).toMatchObject([{ attribution: { cause: 'configuration-changed', blockers: [] } }]);
  });

  it('long before the snapshot are attributed with less confidence', async () => {
    const old = pair({ ingress: { ingress: [] } });
    const at = noon - 40 * 86_400;
    const { rejected } = await evidenceOfRecords([request(old, { action: 'REJECT', start: at, end: at + 1 })], {
      net: old.net,
      window: { since: at - 10, until: at + 10 },
    });
    expect(rejected[0]?.attribution).toMatchObject({ cause: 'security-group', confidence: 'low' });
  });

  it('at an interface that is gone blame nothing', async () => {
    const { net } = pair({});
    const { rejected } = await evidenceOfRecords(
      [
        record({
          'interface-id': 'eni-0gone',
          srcaddr: '10.0.0.9',
          dstaddr: '10.0.9.9',
          srcport: 40_000,
          dstport: 80,
          action: 'REJECT',
          'tcp-flags': 2,
        }),
      ],
      { net },
    );
    expect(rejected).toMatchObject([{ attribution: { cause: 'unknown' } }]);
    expect(rejected[0]?.trace).toBeUndefined();
  });

  it('of strangers are one line by what refuses them, and noise', async () => {
    const net = region();
    const vpc = net.vpc();
    const group = vpc.securityGroup('web', { ingress: [tcp(443, '0.0.0.0/0'), tcp(22, '198.51.100.0/24')] });
    const web = vpc.publicSubnet().instance({ publicIp: true, securityGroups: [group] });
    const from = (srcaddr: string, dstport: number): LogRecord =>
      record({
        'interface-id': web.networkInterface.id,
        srcaddr,
        dstaddr: web.privateIp,
        srcport: 50_000,
        dstport,
        action: 'REJECT',
        'tcp-flags': 2,
        'flow-direction': 'ingress',
      });
    const { rejected, noise } = await evidenceOfRecords(
      [from('203.0.113.9', 23), from('192.0.2.7', 23), from('198.51.100.8', 23), from('198.51.100.8', 22)],
      { net },
    );
    expect(noise).toMatchObject({ sources: 3, ports: 2, interfaces: 1 });
    expect(rejected).toMatchObject([
      {
        source: 'internet',
        port: 23,
        sources: 3,
        attribution: { cause: 'security-group', component: { id: group.id } },
      },
      { source: 'internet', port: 22, sources: 1, attribution: { cause: 'configuration-changed' } },
    ]);
  });
});

describe('replies', () => {
  const narrow = pair({
    ingress: { ingress: [tcp(443, '10.0.0.0/16')] },
    acl: { ingress: open, egress: [allow(100, tcp([32_768, 65_535], '0.0.0.0/0'))] },
  });

  it('to clients with low source ports fail at the ACL’s ephemeral range', async () => {
    const low = { srcport: 2000, 'tcp-flags': 2 };
    const { rejected } = await evidenceOfRecords(
      [request(narrow, low), reply(narrow, { dstport: 2000, action: 'REJECT' })],
      { net: narrow.net },
    );
    expect(rejected).toMatchObject([
      {
        part: 'reply',
        port: 443,
        attribution: {
          cause: 'network-acl',
          component: { id: narrow.acl.id },
          rule: { ruleNumber: 32_767, egress: true },
        },
      },
    ]);
  });

  it('are replies by their SYN-ACK even where the request is not in the window', async () => {
    const { rejected } = await evidenceOfRecords([reply(narrow, { dstport: 2000, action: 'REJECT' })], {
      net: narrow.net,
    });
    expect(rejected).toMatchObject([{ part: 'reply', attribution: { cause: 'network-acl' } }]);
  });

  it('that the ACL of the snapshot lets pass were rejected by an earlier one', async () => {
    const { rejected } = await evidenceOfRecords([request(narrow), reply(narrow, { action: 'REJECT' })], {
      net: narrow.net,
    });
    expect(rejected).toMatchObject([{ part: 'reply', attribution: { cause: 'configuration-changed' } }]);
  });

  it('are no scan by the server', async () => {
    const many = Array.from({ length: 60 }, (_, i) => i + 2000).flatMap((port) => [
      request(narrow, { srcport: port }),
      reply(narrow, { dstport: port, action: 'REJECT' }),
    ]);
    for (const fields of [v2, v5])
      expect((await evidenceOfRecords(many, { net: narrow.net, fields })).detections).toEqual([]);
  });
});

describe('packets that no rule is blamed for', () => {
  const closed = pair({ ingress: { ingress: [] } });

  it.each([0, 1, 4, 5])('come in the middle of a connection: flags %i', async (flags) => {
    const { rejected } = await evidenceOfRecords([request(closed, { action: 'REJECT', 'tcp-flags': flags })], {
      net: closed.net,
    });
    expect(rejected).toMatchObject([
      { part: 'late-or-changed', attribution: { cause: 'late-or-changed', blockers: [] } },
    ]);
  });

  it.each([2, 3])('but a new connection is judged: flags %i', async (flags) => {
    const { rejected } = await evidenceOfRecords([request(closed, { action: 'REJECT', 'tcp-flags': flags })], {
      net: closed.net,
    });
    expect(rejected).toMatchObject([{ part: 'request', attribution: { cause: 'security-group' } }]);
  });

  it('were accepted a moment ago', async () => {
    const { rejected } = await evidenceOfRecords(
      [request(closed), request(closed, { action: 'REJECT', start: noon + 70, end: noon + 90 })],
      { net: closed.net, fields: v2 },
    );
    expect(rejected).toMatchObject([{ part: 'late-or-changed' }]);
  });

  it('are a late RST after the end', async () => {
    const open = pair({ ingress: { ingress: [tcp(443, '10.0.0.0/16')] } });
    const { rejected } = await evidenceOfRecords(
      [
        request(open, { 'tcp-flags': 3 }),
        reply(open, { 'tcp-flags': 19 }),
        reply(open, { 'tcp-flags': 4, action: 'REJECT', start: noon + 90, end: noon + 91 }),
      ],
      { net: open.net },
    );
    expect(rejected).toMatchObject([{ part: 'late-or-changed' }]);
  });
});

describe('reasons that the record states', () => {
  const fields = [...v5, 'reject-reason'];
  it.each([
    ['BPA', 'block-public-access'],
    ['EC', 'encryption-controls'],
  ])('%s', async (reason, cause) => {
    const one = pair({ ingress: { ingress: [] } });
    const stated = request(one, { action: 'REJECT', 'reject-reason': reason, bytes: '-', srcaddr: '198.51.100.9' });
    const { rejected, reading } = await evidenceOfRecords([stated], { net: one.net, fields });
    expect(reading.rejectedLines).toBe(0);
    expect(rejected).toMatchObject([{ part: 'stated', attribution: { cause, confidence: 'high' } }]);
  });
});

describe('addresses along a path', () => {
  it('a secondary address is told by the packet, not by the interface', async () => {
    const net = region();
    const vpc = net.vpc();
    const group = vpc.securityGroup('server', { ingress: [] });
    const client = vpc.subnet({ az: 'a' }).instance();
    const host = vpc.subnet({ az: 'b' }).instance({ securityGroups: [group], secondaryIps: 1 });
    const secondary =
      (host.networkInterface.item['PrivateIpAddresses'] as { PrivateIpAddress: string }[])[1]?.PrivateIpAddress ?? '';
    const { rejected } = await evidenceOfRecords(
      [
        record({
          'interface-id': host.networkInterface.id,
          srcaddr: client.privateIp,
          dstaddr: host.privateIp,
          'pkt-dstaddr': secondary,
          srcport: 40_000,
          dstport: 80,
          action: 'REJECT',
          'tcp-flags': 2,
          'flow-direction': 'ingress',
        }),
      ],
      { net },
    );
    expect(rejected).toMatchObject([
      {
        destination: secondary,
        direction: 'ingress',
        trace: { to: `${vpc.id}/${secondary}` },
        attribution: { cause: 'security-group', component: { id: group.id } },
      },
    ]);
  });

  it('the four legs of a NAT gateway are one flow, and a reject at it is its subnet’s ACL', async () => {
    const net = region();
    const vpc = net.vpc();
    const acl = vpc.networkAcl({
      ingress: [allow(100, tcp(443, '10.0.0.0/16')), allow(110, tcp([1024, 65_535], '0.0.0.0/0'))],
      egress: open,
    });
    const edge = vpc.publicSubnet({ networkAcl: acl, az: 'a' });
    const nat = edge.natGateway({ name: 'nat' });
    const table = vpc.routeTable({ routes: [['0.0.0.0/0', nat]] });
    const host = vpc.subnet({ routeTable: table, az: 'a' }).instance();
    const address = (nat.item['NatGatewayAddresses'] as { PrivateIp: string; NetworkInterfaceId: string }[])[0];
    const gateway = { id: address?.NetworkInterfaceId ?? '', ip: address?.PrivateIp ?? '' };
    const remote = '203.0.113.9';
    const flow = { srcport: 40_000, dstport: 443, bytes: 1000 };
    const back = { srcport: 443, dstport: 40_000, bytes: 1000, 'tcp-flags': 18 };
    const legs = [
      record({
        ...flow,
        'interface-id': host.networkInterface.id,
        srcaddr: host.privateIp,
        dstaddr: remote,
        'flow-direction': 'egress',
        'traffic-path': 1,
        'pkt-dst-aws-service': 'S3',
        'tcp-flags': 2,
      }),
      record({
        ...flow,
        'interface-id': gateway.id,
        srcaddr: host.privateIp,
        dstaddr: gateway.ip,
        'pkt-dstaddr': remote,
        'flow-direction': 'ingress',
        'tcp-flags': 2,
      }),
      record({
        ...flow,
        'interface-id': gateway.id,
        srcaddr: gateway.ip,
        dstaddr: remote,
        'flow-direction': 'egress',
        'traffic-path': 8,
        'pkt-dst-aws-service': 'S3',
        'tcp-flags': 2,
      }),
      record({
        ...back,
        'interface-id': gateway.id,
        srcaddr: remote,
        dstaddr: gateway.ip,
        'flow-direction': 'ingress',
      }),
      record({
        ...back,
        'interface-id': gateway.id,
        srcaddr: gateway.ip,
        dstaddr: host.privateIp,
        'pkt-srcaddr': remote,
        'flow-direction': 'egress',
      }),
    ];
    const quiet = await evidenceOfRecords(legs, { net });
    expect(quiet.rejected).toEqual([]);
    expect(quiet.exercised).toEqual([]);
    expect(quiet.patterns.services).toEqual([{ service: 'S3', way: 'nat-gateway', direction: 'egress', bytes: 1000 }]);
    expect(quiet.patterns.throughNat).toEqual({ bytes: 1000, ofBytes: 1000 });
    const talk = quiet.patterns.topTalkers.filter(
      ({ source, destination }) => source === host.privateIp && destination === remote,
    );
    expect(talk).toMatchObject([{ bytes: 1000 }]);

    const shut = record({
      ...flow,
      dstport: 80,
      action: 'REJECT',
      'interface-id': gateway.id,
      srcaddr: host.privateIp,
      dstaddr: gateway.ip,
      'pkt-dstaddr': remote,
      'flow-direction': 'ingress',
      'tcp-flags': 2,
    });
    const { rejected } = await evidenceOfRecords([shut], { net });
    expect(rejected).toMatchObject([
      {
        direction: 'transit',
        source: host.privateIp,
        attribution: { cause: 'network-acl', component: { id: acl.id }, rule: { egress: false } },
      },
    ]);
  });

  it('a regional NAT gateway has no interface; its records count for its own id', async () => {
    const fields = [...v5, 'resource-id'];
    const leg = { 'resource-id': 'nat-1234', srcport: 40_000, dstport: 443, 'tcp-flags': 2 };
    const { coverage, reading } = await evidenceOfRecords(
      [
        record({ ...leg, srcaddr: '10.0.0.5', dstaddr: '203.0.113.9' }),
        record({ ...leg, srcaddr: '198.51.100.1', dstaddr: '203.0.113.9' }),
        record({
          ...leg,
          srcaddr: '203.0.113.9',
          dstaddr: '198.51.100.1',
          srcport: 443,
          dstport: 40_000,
          'tcp-flags': 18,
        }),
        record({ ...leg, srcaddr: '203.0.113.9', dstaddr: '10.0.0.5', srcport: 443, dstport: 40_000, 'tcp-flags': 18 }),
      ],
      { fields },
    );
    expect(reading.records).toBe(4);
    expect(coverage.interfacesWithRecords).toBe(1);
  });

  it('the interfaces of a transit gateway pass on what others send', async () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.1.0.0/16' });
    const shut = vpc.networkAcl({ ingress: open, egress: [deny(10, tcp(443, '10.1.0.0/16')), ...open] });
    const landing = vpc.subnet({ networkAcl: shut, az: 'a' });
    const group = vpc.securityGroup('server', { ingress: [tcp(443, '10.0.0.0/8')] });
    const server = vpc.subnet({ az: 'a' }).instance({ securityGroups: [group] });
    const far = net.vpc({ cidr: '10.2.0.0/16' });
    const farSubnet = far.subnet({ az: 'a' });
    const client = farSubnet.instance();
    const hub = net.transitGateway();
    hub.attachVpc(vpc, { subnets: [landing] });
    hub.attachVpc(far, { subnets: [farSubnet] });
    vpc.mainRouteTable.route('10.2.0.0/16', hub);
    far.mainRouteTable.route('10.1.0.0/16', hub);
    const door = [...interfaceById(snapshotOf(net.toWorld())).values()]
      .map(({ resource }) => resource)
      .find(({ interfaceType, subnetId }) => interfaceType === 'transit_gateway' && subnetId === landing.id);
    expect(door).toBeDefined();
    const { rejected } = await evidenceOfRecords(
      [
        record({
          'interface-id': door?.networkInterfaceId ?? '',
          srcaddr: door?.privateIpAddresses[0]?.privateIpAddress ?? '',
          dstaddr: server.privateIp,
          'pkt-srcaddr': client.privateIp,
          srcport: 40_000,
          dstport: 443,
          action: 'REJECT',
          'tcp-flags': 2,
          'flow-direction': 'egress',
        }),
      ],
      { net },
    );
    expect(rejected).toMatchObject([
      {
        direction: 'transit',
        source: client.privateIp,
        destination: server.privateIp,
        attribution: { cause: 'network-acl', component: { id: shut.id } },
      },
    ]);
  });
});
