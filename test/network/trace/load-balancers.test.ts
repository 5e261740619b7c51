import { describe, expect, it } from 'vitest';
import {
  allTraffic,
  icmp,
  region,
  type RegionBuilder,
  snapshotOf,
  type SubnetBuilder,
  tcp,
  type TargetGroupBuilder,
  type VpcBuilder,
} from '../../../mocks/builders.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { ask, askSnapshot, blockersOf, doubtsOf, expectBlocked, expectReachable, onPort, rulesOf } from './scenario.ts';

const everything = allTraffic('0.0.0.0/0');
const open = (vpc: VpcBuilder): { readonly securityGroups: readonly { readonly id: string }[] } => ({
  securityGroups: [vpc.securityGroup('open', { ingress: [everything] })],
});

interface Site {
  readonly net: RegionBuilder;
  readonly vpc: VpcBuilder;
  readonly nodes: SubnetBuilder;
  readonly inner: SubnetBuilder;
}

const site = (): Site => {
  const net = region();
  const vpc = net.vpc({ cidr: '10.0.0.0/16' });
  return { net, vpc, nodes: vpc.publicSubnet({ cidr: '10.0.0.0/24' }), inner: vpc.subnet({ cidr: '10.0.1.0/24' }) };
};

const balancer = (
  { vpc, nodes }: Site,
  targets: TargetGroupBuilder,
  more: Partial<Parameters<VpcBuilder['loadBalancer']>[1]> = {},
): { readonly arn: string } =>
  vpc.loadBalancer('nlb', { type: 'network', subnets: [nodes], listeners: [{ port: 443, targets }], ...more });

describe('a network load balancer', () => {
  it('takes the ports of its listeners, and no ping', () => {
    const place = site();
    const group = place.vpc.targetGroup('web', {
      protocol: 'TCP',
      port: 8443,
      targets: [place.inner.instance(open(place.vpc))],
    });
    const to = balancer(place, group).arn;
    const result = expectReachable(place.net, { from: 'internet', to, ...onPort(443) });
    expect(rulesOf(result.forwardPathComponents)).toContain('listener 443');
    expectBlocked(place.net, { from: 'internet', to, ...onPort(80) }, ['ELBV2_LISTENERS_MISMATCH'], 'final');
    expectBlocked(
      place.net,
      { from: 'internet', to, protocol: 'icmp', icmpType: 8, icmpCode: 0 },
      ['ELBV2_LISTENERS_MISMATCH'],
      'final',
    );
  });

  it('shows instances the address of the client, and addresses its own', () => {
    for (const [targetType, peer] of [
      ['instance', '198.51.100.0/24'],
      ['ip', '10.0.0.0/24'],
    ] as const) {
      const place = site();
      const target = place.inner.instance({
        securityGroups: [place.vpc.securityGroup('target', { ingress: [tcp(8443, peer)] })],
      });
      const group = place.vpc.targetGroup('web', {
        protocol: 'TCP',
        port: 8443,
        targetType,
        targets: [targetType === 'ip' ? target.privateIp : target],
      });
      const to = balancer(place, group).arn;
      const result = expectReachable(place.net, { from: '198.51.100.7', to, ...onPort(443) });
      expect(rulesOf(result.forwardPathComponents)).toContain(`sg tcp 8443 ${peer}`);
      const stranger = ask(place.net, { from: '192.0.2.7', to, ...onPort(443) });
      expect(stranger.verdict).toBe(targetType === 'ip' ? 'reachable' : 'not-reachable');
    }
  });

  it.each([
    ['instance', 'false', '10.0.0.0/24'],
    ['ip', 'true', '198.51.100.0/24'],
  ] as const)('does as preserve_client_ip says for %s targets: %s', (targetType, value, peer) => {
    const place = site();
    const target = place.inner.instance({
      securityGroups: [place.vpc.securityGroup('target', { ingress: [tcp(8443, peer)] })],
    });
    const group = place.vpc.targetGroup('web', {
      protocol: 'TCP',
      port: 8443,
      targetType,
      targets: [targetType === 'ip' ? target.privateIp : target],
      attributes: { 'preserve_client_ip.enabled': value },
    });
    expectReachable(place.net, { from: '198.51.100.7', to: balancer(place, group).arn, ...onPort(443) });
  });

  it('whose attributes were not read is followed both ways', () => {
    for (const [peers, verdict] of [
      [['198.51.100.0/24', '10.0.0.0/24'], 'reachable'],
      [['198.51.100.0/24'], 'unknown'],
    ] as const) {
      const place = site();
      const target = place.inner.instance({
        securityGroups: [place.vpc.securityGroup('target', { ingress: [tcp(8443, ...peers)] })],
      });
      const group = place.vpc.targetGroup('web', { protocol: 'TCP', port: 8443, targets: [target] });
      const to = balancer(place, group).arn;
      const snapshot = snapshotOf(place.net.toWorld());
      const unread: Snapshot = {
        ...snapshot,
        regions: snapshot.regions.map((one) => ({
          ...one,
          resources: {
            ...one.resources,
            targetGroupAttributes: {
              status: 'not-called',
              operation: 'DescribeTargetGroupAttributes',
              iamAction: 'elasticloadbalancing:DescribeTargetGroupAttributes',
            },
          },
        })),
      };
      const result = askSnapshot(unread, { from: '198.51.100.7', to, ...onPort(443) });
      expect(result.verdict).toBe(verdict);
      expect(result.explanations.map(({ explanationCode }) => explanationCode)).toEqual(
        expect.arrayContaining([
          'ASSUMPTION_PRESERVE_CLIENT_IP_IS_ENABLED',
          'ASSUMPTION_PRESERVE_CLIENT_IP_IS_DISABLED',
        ]),
      );
    }
  });

  it('with security groups is guarded by them, and targets may name them', () => {
    const place = site();
    const nlb = place.vpc.securityGroup('nlb', { ingress: [tcp(443, '198.51.100.0/24')] });
    const target = place.inner.instance({
      securityGroups: [place.vpc.securityGroup('target', { ingress: [tcp(8443, nlb)] })],
    });
    const group = place.vpc.targetGroup('web', { protocol: 'TCP', port: 8443, targets: [target] });
    const to = balancer(place, group, { securityGroups: [nlb] }).arn;
    const result = expectReachable(place.net, { from: '198.51.100.7', to, ...onPort(443) });
    expect(rulesOf(result.forwardPathComponents)).toEqual(
      expect.arrayContaining(['sg tcp 443 198.51.100.0/24', `sg tcp 8443 ${nlb.id}`]),
    );
    expectBlocked(place.net, { from: '192.0.2.7', to, ...onPort(443) }, ['ENI_SG_RULES_MISMATCH']);
  });

  it('loses the groups of clients whose address it replaces', () => {
    const place = site();
    const clients = place.vpc.securityGroup('clients');
    const target = place.inner.instance({
      securityGroups: [place.vpc.securityGroup('target', { ingress: [tcp(8443, clients)] })],
    });
    const client = place.inner.instance({ securityGroups: [clients] });
    const to = balancer(
      place,
      place.vpc.targetGroup('ip', { protocol: 'TCP', port: 8443, targets: [target.privateIp] }),
      {
        scheme: 'internal',
      },
    ).arn;
    expectBlocked(place.net, { from: client, to, ...onPort(443) }, ['SG_REFERENCES_NOT_PRESERVED']);
    const kept = site();
    const keptClients = kept.vpc.securityGroup('clients');
    const keptTarget = kept.inner.instance({
      securityGroups: [kept.vpc.securityGroup('target', { ingress: [tcp(8443, keptClients)] })],
    });
    const keptTo = balancer(
      kept,
      kept.vpc.targetGroup('instance', { protocol: 'TCP', port: 8443, targets: [keptTarget] }),
      { scheme: 'internal' },
    ).arn;
    expectReachable(kept.net, {
      from: kept.inner.instance({ securityGroups: [keptClients] }),
      to: keptTo,
      ...onPort(443),
    });
  });

  it('uses targets of its own zone, of all zones, and none of a zone that is not enabled', () => {
    const make = (attributes: Readonly<Record<string, string>>, state?: string): ReturnType<typeof ask> => {
      const place = site();
      const far = place.vpc.subnet({ az: 'b' }).instance(open(place.vpc));
      const target = state === undefined ? far : { target: far, state };
      const group = place.vpc.targetGroup('web', { protocol: 'TCP', port: 8443, targets: [target], attributes });
      return ask(place.net, { from: 'internet', to: balancer(place, group).arn, ...onPort(443) });
    };
    expect(blockersOf(make({}, 'healthy'))).toEqual(['ELBV2_NO_TARGETS_IN_AZ']);
    expect(make({ 'load_balancing.cross_zone.enabled': 'true' }, 'healthy').verdict).toBe('reachable');
    expect(blockersOf(make({ 'load_balancing.cross_zone.enabled': 'true' }, 'unused'))).toEqual([
      'ELBV2_NO_TARGETS_IN_AZ',
    ]);
  });

  it('spares unhealthy targets, unless all are', () => {
    const make = (closed: string, wide: string): ReturnType<typeof ask> => {
      const place = site();
      const group = place.vpc.targetGroup('web', {
        protocol: 'TCP',
        port: 8443,
        targets: [
          { target: place.inner.instance({ securityGroups: [place.vpc.securityGroup('closed')] }), state: closed },
          { target: place.inner.instance(open(place.vpc)), state: wide },
        ],
      });
      return ask(place.net, { from: 'internet', to: balancer(place, group).arn, ...onPort(443) });
    };
    expect(make('unhealthy', 'healthy').verdict).toBe('reachable');
    expect(make('healthy', 'unhealthy').verdict).toBe('not-reachable');
    const failOpen = make('unhealthy', 'unhealthy');
    expect([failOpen.verdict, doubtsOf(failOpen)]).toEqual(['unknown', ['INTERMITTENT']]);
    const mixed = make('healthy', 'healthy');
    expect([mixed.verdict, doubtsOf(mixed)]).toEqual(['unknown', ['INTERMITTENT']]);
  });

  it('cannot hand a target its own connection while it keeps addresses', () => {
    const make = (preserve: string, count: 1 | 2): ReturnType<typeof ask> => {
      const place = site();
      const self = place.inner.instance(open(place.vpc));
      const targets = count === 1 ? [self] : [self, place.inner.instance(open(place.vpc))];
      const group = place.vpc.targetGroup('web', {
        protocol: 'TCP',
        port: 8443,
        targets,
        attributes: { 'preserve_client_ip.enabled': preserve },
      });
      return ask(place.net, { from: self, to: balancer(place, group, { scheme: 'internal' }).arn, ...onPort(443) });
    };
    const alone = make('true', 1);
    expect([alone.verdict, blockersOf(alone)]).toEqual(['not-reachable', ['NLB_HAIRPIN']]);
    const several = make('true', 2);
    expect([several.verdict, doubtsOf(several)]).toEqual(['unknown', ['INTERMITTENT']]);
    expect(make('false', 1).verdict).toBe('reachable');
  });

  it('in a private subnet replies by the NAT gateway, which drops it', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const nat = vpc.publicSubnet().natGateway();
    const hidden = vpc.subnet();
    vpc.routeTable({ routes: [['0.0.0.0/0', nat]] }).associate(hidden);
    const group = vpc.targetGroup('web', { protocol: 'TCP', port: 8443, targets: [vpc.subnet().instance(open(vpc))] });
    const to = vpc.loadBalancer('nlb', {
      type: 'network',
      subnets: [hidden],
      listeners: [{ port: 443, targets: group }],
    }).arn;
    expectBlocked(net, { from: 'internet', to, ...onPort(443) }, ['NAT_GATEWAY_HAS_NO_STATE on return']);
  });

  it('serves clients over a peering and over a transit gateway with their own address', () => {
    for (const way of ['peering', 'transit'] as const) {
      const place = site();
      const other = place.net.vpc({ cidr: '10.2.0.0/16' });
      const client = other.subnet().instance();
      const joint = way === 'peering' ? place.vpc.peerWith(other) : place.net.transitGateway();
      if (way === 'transit')
        for (const vpc of [place.vpc, other]) (joint as ReturnType<RegionBuilder['transitGateway']>).attachVpc(vpc);
      const table = place.vpc.routeTable({ routes: [['10.2.0.0/16', joint]] });
      table.associate(place.nodes);
      place.vpc.mainRouteTable.route('10.2.0.0/16', joint);
      other.mainRouteTable.route('10.0.0.0/16', joint);
      const target = place.inner.instance({
        securityGroups: [place.vpc.securityGroup('target', { ingress: [tcp(8443, '10.2.0.0/16')] })],
      });
      const group = place.vpc.targetGroup('web', { protocol: 'TCP', port: 8443, targets: [target] });
      expectReachable(place.net, {
        from: client,
        to: balancer(place, group, { scheme: 'internal' }).arn,
        ...onPort(443),
      });
    }
  });

  it('without targets, or with a stopped one, delivers to nobody', () => {
    const place = site();
    expectBlocked(
      place.net,
      {
        from: 'internet',
        to: balancer(place, place.vpc.targetGroup('none', { protocol: 'TCP', port: 80 })).arn,
        ...onPort(443),
      },
      ['ELBV2_LISTENER_HAS_NO_TG'],
      'final',
    );
    const other = site();
    const stopped = other.inner.instance({ state: 'stopped', ...open(other.vpc) });
    const group = other.vpc.targetGroup('web', {
      protocol: 'TCP',
      port: 8443,
      targets: [{ target: stopped, state: 'healthy' }],
    });
    expectBlocked(other.net, { from: 'internet', to: balancer(other, group).arn, ...onPort(443) }, [
      'INSTANCE_NOT_RUNNING',
    ]);
  });

  it('meets the ACLs of its own subnet and of the target on each leg', () => {
    for (const at of ['nodes', 'inner'] as const) {
      const place = site();
      place.vpc.networkAcl().associate(place[at]);
      const group = place.vpc.targetGroup('web', {
        protocol: 'TCP',
        port: 8443,
        targets: [place.inner.instance(open(place.vpc))],
      });
      const result = ask(place.net, { from: 'internet', to: balancer(place, group).arn, ...onPort(443) });
      expect(new Set(blockersOf(result))).toEqual(
        new Set(['SUBNET_ACL_RESTRICTION', 'SUBNET_ACL_RESTRICTION on return']),
      );
    }
  });
});

describe('an application load balancer', () => {
  it('is a proxy: private targets see its address and may name its group', () => {
    const place = site();
    const alb = place.vpc.securityGroup('alb', { ingress: [tcp(443, '0.0.0.0/0')] });
    const target = place.inner.instance({
      securityGroups: [place.vpc.securityGroup('target', { ingress: [tcp(8080, alb)] })],
    });
    const group = place.vpc.targetGroup('web', { port: 8080, targets: [target] });
    const second = place.vpc.publicSubnet({ az: 'b', cidr: '10.0.2.0/24' });
    const to = place.vpc.loadBalancer('alb', {
      subnets: [place.nodes, second],
      securityGroups: [alb],
      listeners: [{ port: 443, targets: group }],
    }).arn;
    const result = expectReachable(place.net, { from: 'internet', to, ...onPort(443) });
    expect(rulesOf(result.forwardPathComponents)).toEqual(
      expect.arrayContaining(['sg tcp 443 0.0.0.0/0', 'listener 443', `sg tcp 8080 ${alb.id}`]),
    );
    expectBlocked(place.net, { from: 'internet', to: target, ...onPort(8080) }, [
      'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
      'ENI_SG_RULES_MISMATCH',
      'NO_ROUTE_TO_DESTINATION on return',
      'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS on return',
    ]);
    expectBlocked(
      place.net,
      { from: 'internet', to, ...onPort(80) },
      ['ENI_SG_RULES_MISMATCH', 'ELBV2_LISTENERS_MISMATCH'],
      'final',
    );
  });

  it('answers by itself where a rule redirects, and may choose any group of its rules', () => {
    const place = site();
    const alb = place.vpc.securityGroup('alb', { ingress: [tcp([80, 443], '0.0.0.0/0')] });
    const shut = place.vpc.targetGroup('shut', {
      port: 8080,
      targets: [place.inner.instance({ securityGroups: [place.vpc.securityGroup('closed')] })],
    });
    const wide = place.vpc.targetGroup('open', { port: 8080, targets: [place.inner.instance(open(place.vpc))] });
    const to = place.vpc.loadBalancer('alb', {
      subnets: [place.nodes],
      securityGroups: [alb],
      listeners: [
        { port: 80, redirect: true },
        { port: 443, targets: shut, rules: [{ path: '/api/*', targets: wide }] },
      ],
    }).arn;
    expectReachable(place.net, { from: 'internet', to, ...onPort(80) });
    expect(ask(place.net, { from: 'internet', to, ...onPort(443) }).verdict).toBe('reachable');
  });

  it('behind a network load balancer is reached with the address of the client', () => {
    const place = site();
    const alb = place.vpc.securityGroup('alb', { ingress: [tcp(80, '198.51.100.0/24')] });
    const target = place.inner.instance({
      securityGroups: [place.vpc.securityGroup('target', { ingress: [tcp(8080, alb)] })],
    });
    const inner = place.vpc.loadBalancer('alb', {
      scheme: 'internal',
      subnets: [place.inner],
      securityGroups: [alb],
      listeners: [{ port: 80, targets: place.vpc.targetGroup('web', { port: 8080, targets: [target] }) }],
    });
    const group = place.vpc.targetGroup('alb-group', {
      protocol: 'TCP',
      port: 80,
      targetType: 'alb',
      targets: [inner],
    });
    const to = balancer(place, group).arn;
    expectReachable(place.net, { from: '198.51.100.7', to, ...onPort(443) });
    expectBlocked(place.net, { from: '192.0.2.7', to, ...onPort(443) }, ['ENI_SG_RULES_MISMATCH']);
  });

  it('that is internal has no public path', () => {
    const place = site();
    const group = place.vpc.targetGroup('web', { port: 8080, targets: [place.inner.instance(open(place.vpc))] });
    const to = place.vpc.loadBalancer('alb', {
      scheme: 'internal',
      subnets: [place.nodes],
      securityGroups: [
        place.vpc.securityGroup('alb', { ingress: [icmp({ type: 8, code: 0 }, '0.0.0.0/0'), tcp(80, '0.0.0.0/0')] }),
      ],
      listeners: [{ port: 80, targets: group }],
    }).arn;
    expect(blockersOf(ask(place.net, { from: 'internet', to, ...onPort(80) }))[0]).toBe(
      'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
    );
    expectReachable(place.net, { from: place.inner.instance(), to, ...onPort(80) });
  });
});
