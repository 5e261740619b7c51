import { describe, expect, it } from 'vitest';
import { addBalancer, addEndpointService, addTargetGroup, type DraftTarget } from './estate/balancers.ts';
import { miss } from './estate/draft.ts';
import { addGroup, addServicePrefixList, type DraftRule, everything, reserveGroup } from './estate/filters.ts';
import {
  addGatewayEndpoint,
  addInterfaceEndpoint,
  addInternetGateway,
  addNatGateway,
  addPeering,
} from './estate/gateways.ts';
import { addHost, addInstance, addNic } from './estate/hosts.ts';
import { ask, home, neighbour, site, withAcls, withHosts, withTables } from './estate/pair.ts';
import { addVpc, addSubnet } from './estate/vpc.ts';

const tcp = (port: number, ...peers: readonly string[]): DraftRule => ({ protocol: 'tcp', from: port, peers });

describe('gateway endpoints', () => {
  const S3 = '192.0.2.10';

  function withS3(egress: (list: string) => readonly DraftRule[] = () => [everything]) {
    const one = site(0);
    withAcls(one);
    const list = addServicePrefixList(one.draft, home, 'com.amazonaws.eu-west-1.s3', ['192.0.2.0/24']);
    const endpoint = addGatewayEndpoint(one.draft, one.vpc, 'com.amazonaws.eu-west-1.s3');
    withTables(one, { a: [{ to: list, via: endpoint }] });
    const { client } = withHosts(one, { egress: egress(list) });
    return { ...one, list, endpoint, client };
  }

  it('carry TCP and ping to the service and nothing else', () => {
    const { draft, client, endpoint } = withS3();
    expect(ask(draft, { from: client, destination: S3 }).verdict).toBe('reachable');
    expect(ask(draft, { from: client, destination: S3, protocol: 1 }).verdict).toBe('reachable');
    expect(ask(draft, { from: client, destination: S3, protocol: 17 })).toMatchObject({
      verdict: 'not-reachable',
      component: endpoint,
    });
  });

  it('need an outbound rule for the list', () => {
    const open = withS3((list) => [tcp(443, list)]);
    expect(ask(open.draft, { from: open.client, destination: S3 }).verdict).toBe('reachable');
    const closed = withS3(() => [tcp(443, '10.0.0.0/8')]);
    expect(ask(closed.draft, { from: closed.client, destination: S3 })).toMatchObject({
      verdict: 'not-reachable',
      component: closed.client.id,
    });
  });

  it('take no address outside the list', () => {
    const { draft, client } = withS3();
    expect(ask(draft, { from: client, destination: '198.51.100.7' })).toMatchObject({ reason: 'no route' });
  });
});

describe('interface endpoints', () => {
  function withEndpoint(rules: readonly DraftRule[], serviceName = 'com.amazonaws.eu-west-1.ssm') {
    const one = site(0);
    withAcls(one);
    withTables(one);
    const group = addGroup(one.draft, one.vpc, { ingress: rules });
    const endpoint = addInterfaceEndpoint(one.draft, one.vpc, {
      serviceName,
      groups: [group],
      places: [{ subnet: one.b, address: '10.0.2.99' }],
    });
    const { client } = withHosts(one);
    return { ...one, client, endpoint };
  }

  it('answer TCP 443 if their group admits it', () => {
    const { draft, client, endpoint } = withEndpoint([everything]);
    const question = { from: client, destination: '10.0.2.99' };
    expect(ask(draft, question).verdict).toBe('reachable');
    expect(ask(draft, { ...question, port: 80 })).toMatchObject({ verdict: 'not-reachable', component: endpoint.id });
    expect(ask(draft, { ...question, protocol: 1 })).toMatchObject({
      verdict: 'not-reachable',
      component: endpoint.id,
    });
    const closed = withEndpoint([]);
    expect(ask(closed.draft, { from: closed.client, destination: '10.0.2.99' }).component).toBe(
      closed.endpoint.nics[0]?.id,
    );
  });

  it('begin no flow', () => {
    const { draft, endpoint } = withEndpoint([everything]);
    const nic = endpoint.nics[0];
    if (nic === undefined) throw new Error('no interface');
    expect(ask(draft, { from: nic, destination: '10.0.1.10' })).toMatchObject({
      verdict: 'not-reachable',
      component: nic.id,
    });
  });

  it('of a service that is not in the snapshot are unknown', () => {
    const { draft, client, endpoint } = withEndpoint([everything], 'com.amazonaws.vpce.eu-west-1.vpce-svc-0abc');
    expect(ask(draft, { from: client, destination: '10.0.2.99' })).toMatchObject({
      verdict: 'unknown',
      component: endpoint.id,
    });
  });

  it.each([
    ['on', '10.0.0.0/16', 'reachable'],
    ['on', '10.9.0.0/16', 'not-reachable'],
    ['off', '10.9.0.0/16', 'reachable'],
  ] as const)('reach the provider with enforcement %s and rules for %s', (enforcePrivateLink, cidr, verdict) => {
    const consumer = site(0);
    const provider = site(9, consumer.draft, neighbour);
    const { draft } = consumer;
    for (const each of [consumer, provider]) {
      withAcls(each);
      withTables(each);
    }
    const nodeGroup = addGroup(draft, provider.vpc, { ingress: [tcp(443, cidr)] });
    const targetGroup = addGroup(draft, provider.vpc, { ingress: [tcp(8443, '10.9.2.77/32')] });
    const target = addHost(draft, provider.b, { addresses: ['10.9.2.20'], groups: [targetGroup] });
    const group = addTargetGroup(draft, provider.vpc, {
      protocol: 'TCP',
      port: 8443,
      targetType: 'instance',
      targets: [{ id: target.instanceId ?? '', state: 'healthy' }],
    });
    const balancer = addBalancer(draft, provider.vpc, {
      type: 'network',
      places: [{ subnet: provider.b, address: '10.9.2.77' }],
      groups: [nodeGroup],
      listeners: [{ protocol: 'TCP', port: 443, groups: [group] }],
      enforcePrivateLink,
    });
    const serviceName = addEndpointService(draft, provider.vpc, balancer.arn);
    const open = addGroup(draft, consumer.vpc, { ingress: [everything] });
    addInterfaceEndpoint(draft, consumer.vpc, {
      serviceName,
      groups: [open],
      places: [
        { subnet: consumer.b, address: '10.0.2.99' },
        { subnet: consumer.a, address: '10.0.1.99' },
      ],
    });
    const { client } = withHosts(consumer);
    expect(ask(draft, { from: client, destination: '10.0.2.99' }).verdict).toBe(verdict);
    // The provider does not stand in the other zone.
    expect(ask(draft, { from: client, destination: '10.0.1.99' }).verdict).toBe('not-reachable');
  });
});

describe('network load balancers', () => {
  interface Options {
    readonly targets?: (a: string, b: string) => readonly DraftTarget[];
    readonly targetType?: 'instance' | 'ip';
    readonly attributes?: Readonly<Record<string, string>>;
    readonly groupAttributes?: Readonly<Record<string, string>>;
    readonly nodeRules?: readonly DraftRule[];
    readonly targetRules?: readonly DraftRule[];
    readonly zones?: readonly ('a' | 'b')[];
    readonly publicAddress?: string;
    readonly protocol?: string;
  }

  /** Nodes 10.0.1.77 and 10.0.2.77; targets in subnet a (10.0.1.30) and b (10.0.2.30), listening on 8080. */
  function balanced(options: Options = {}) {
    const one = site(0);
    const { draft, vpc, a, b } = one;
    const acls = withAcls(one);
    const igw = addInternetGateway(draft, vpc);
    const tables = withTables(one, { a: [{ to: '0.0.0.0/0', via: igw }], b: [{ to: '0.0.0.0/0', via: igw }] });
    const nodeGroup = reserveGroup(draft);
    const targetRules = (options.targetRules ?? [everything]).map((rule) => ({
      ...rule,
      peers: rule.peers.map((peer) => (peer === 'sg-node' ? nodeGroup : peer)),
    }));
    const targets = addGroup(draft, vpc, { ingress: targetRules });
    if (options.nodeRules !== undefined) addGroup(draft, vpc, { ingress: options.nodeRules }, { id: nodeGroup });
    const first = addHost(draft, a, { addresses: ['10.0.1.30'], groups: [targets] });
    const second = addHost(draft, b, { addresses: ['10.0.2.30'], groups: [targets] });
    const ids =
      options.targetType === 'ip' ? ['10.0.1.30', '10.0.2.30'] : [first.instanceId ?? '', second.instanceId ?? ''];
    const both = (x: string, y: string): readonly DraftTarget[] => [
      { id: x, state: 'healthy' },
      { id: y, state: 'healthy' },
    ];
    const group = addTargetGroup(draft, vpc, {
      protocol: options.protocol ?? 'TCP',
      port: 8080,
      targetType: options.targetType ?? 'instance',
      targets: (options.targets ?? both)(ids[0] ?? '', ids[1] ?? ''),
      attributes: options.groupAttributes ?? {},
    });
    const balancer = addBalancer(draft, vpc, {
      type: 'network',
      places: (options.zones ?? ['a', 'b']).map((zone) => ({
        subnet: one[zone],
        address: zone === 'a' ? '10.0.1.77' : '10.0.2.77',
        publicAddress: zone === 'a' ? options.publicAddress : undefined,
      })),
      groups: options.nodeRules === undefined ? [] : [nodeGroup],
      listeners: [{ protocol: options.protocol ?? 'TCP', port: 443, groups: [group] }],
      attributes: options.attributes ?? {},
    });
    const { client } = withHosts(one);
    return { ...one, client, balancer, group, first, second, acls, tables };
  }

  const through = (options: Options, question: Partial<Parameters<typeof ask>[1]> = {}) => {
    const network = balanced(options);
    return { ...network, ...ask(network.draft, { from: network.client, destination: '10.0.2.77', ...question }) };
  };

  it('take only what a listener listens to', () => {
    expect(through({}).verdict).toBe('reachable');
    for (const question of [{ port: 80 }, { protocol: 17 }, { protocol: 1 }]) {
      const answer = through({}, question);
      expect(answer).toMatchObject({ verdict: 'not-reachable', component: answer.balancer.arn });
    }
    expect(through({ protocol: 'TCP_UDP' }, { protocol: 17 }).verdict).toBe('reachable');
  });

  it('have groups or none', () => {
    const closed = through({ nodeRules: [tcp(443, '10.0.9.0/24')] });
    expect(closed).toMatchObject({ verdict: 'not-reachable', component: closed.balancer.nodes[1]?.id });
    expect(through({ nodeRules: [tcp(443, '10.0.1.0/24')] }).verdict).toBe('reachable');
  });

  it.each<[string, Options, string]>([
    ['instances see the client', { targetRules: [tcp(8080, '10.0.1.10/32')] }, 'reachable'],
    ['instances do not see the node', { targetRules: [tcp(8080, '10.0.2.77/32')] }, 'not-reachable'],
    ['the port is the registered one', { targetRules: [tcp(443, '10.0.1.10/32')] }, 'not-reachable'],
    ['addresses see the node', { targetType: 'ip', targetRules: [tcp(8080, '10.0.2.77/32')] }, 'reachable'],
    [
      'addresses do not see the client',
      { targetType: 'ip', targetRules: [tcp(8080, '10.0.1.10/32')] },
      'not-reachable',
    ],
    [
      'addresses see the client when told so',
      {
        targetType: 'ip',
        targetRules: [tcp(8080, '10.0.1.10/32')],
        groupAttributes: { 'preserve_client_ip.enabled': 'true' },
      },
      'reachable',
    ],
    [
      'instances see the node when told so',
      { targetRules: [tcp(8080, '10.0.2.77/32')], groupAttributes: { 'preserve_client_ip.enabled': 'false' } },
      'reachable',
    ],
    [
      'the group of the node is known although the address is the client’s',
      { nodeRules: [everything], targetRules: [tcp(8080, 'sg-node')] },
      'reachable',
    ],
    [
      'the group of the node is known with its own address',
      { nodeRules: [everything], targetType: 'ip', targetRules: [tcp(8080, 'sg-node')] },
      'reachable',
    ],
  ])('%s', (_, options, verdict) => {
    const answer = through(options);
    expect(answer.verdict).toBe(verdict);
    if (verdict === 'not-reachable') expect(answer.component).toBe(answer.second.id);
  });

  it('send to targets of the node’s own zone, or of all zones', () => {
    const onlyA = (x: string, y: string): readonly DraftTarget[] => [
      { id: x, state: 'healthy' },
      { id: y, state: 'unhealthy' },
    ];
    const zonal = through({ targets: onlyA });
    expect(zonal).toMatchObject({ verdict: 'not-reachable', component: zonal.group });
    expect(through({ targets: onlyA, attributes: { 'load_balancing.cross_zone.enabled': 'true' } }).verdict).toBe(
      'reachable',
    );
    expect(
      through({
        targets: onlyA,
        attributes: { 'load_balancing.cross_zone.enabled': 'true' },
        groupAttributes: { 'load_balancing.cross_zone.enabled': 'false' },
      }).verdict,
    ).toBe('not-reachable');
    expect(through({ targets: onlyA }, { destination: '10.0.1.77' }).verdict).toBe('reachable');
  });

  it('leave out targets in a zone that is not enabled', () => {
    const answer = through({
      zones: ['b'],
      attributes: { 'load_balancing.cross_zone.enabled': 'true' },
      targets: (x) => [{ id: x, state: 'unused' }],
    });
    expect(answer).toMatchObject({ verdict: 'not-reachable', component: answer.group });
  });

  it('send to all when no target is healthy', () => {
    const none = (x: string, y: string): readonly DraftTarget[] => [
      { id: x, state: 'unhealthy' },
      { id: y, state: 'unhealthy' },
    ];
    expect(through({ targets: none }).verdict).toBe('reachable');
    const empty = through({ targets: () => [] });
    expect(empty).toMatchObject({ verdict: 'not-reachable', component: empty.group });
  });

  it('cannot send a target to itself while they keep its address', () => {
    const hairpin = (options: Options) => {
      const { draft, second, balancer } = balanced(options);
      return { ...ask(draft, { from: second, destination: '10.0.2.77' }), node: balancer.nodes[1]?.id };
    };
    const one = hairpin({});
    expect(one).toMatchObject({ verdict: 'not-reachable', component: one.node });
    expect(hairpin({ attributes: { 'load_balancing.cross_zone.enabled': 'true' } })).toMatchObject({
      verdict: 'unknown',
      intermittent: true,
    });
    expect(hairpin({ groupAttributes: { 'preserve_client_ip.enabled': 'false' } }).verdict).toBe('reachable');
  });

  it('are public by their nodes; the target needs no public address', () => {
    const open = balanced({ publicAddress: '203.0.113.77' });
    expect(ask(open.draft, { from: 'internet', destination: '203.0.113.77' }).verdict).toBe('reachable');
    const closed = balanced({ publicAddress: '203.0.113.77', targetRules: [tcp(8080, '10.0.0.0/16')] });
    expect(ask(closed.draft, { from: 'internet', destination: '203.0.113.77' })).toMatchObject({
      verdict: 'not-reachable',
      component: closed.first.id,
    });
  });

  it('reply by the node’s subnet, not by the target’s', () => {
    const one = site(0);
    const { draft, vpc, a, b } = one;
    withAcls(one);
    const igw = addInternetGateway(draft, vpc);
    withTables(one, { a: [{ to: '0.0.0.0/0', via: igw }] });
    const target = addHost(draft, b, { addresses: ['10.0.2.30'], groups: [one.open] });
    const listen = (subnet: typeof a, address: string, publicAddress: string) => {
      const group = addTargetGroup(draft, vpc, {
        protocol: 'TCP',
        port: 8080,
        targetType: 'instance',
        targets: [{ id: target.instanceId ?? '', state: 'healthy' }],
      });
      addBalancer(draft, vpc, {
        type: 'network',
        places: [
          { subnet, address, publicAddress },
          { subnet: subnet.id === a.id ? b : a, address: subnet.id === a.id ? '10.0.2.70' : '10.0.1.71' },
        ],
        groups: [],
        listeners: [{ protocol: 'TCP', port: 443, groups: [group] }],
        attributes: { 'load_balancing.cross_zone.enabled': 'true' },
      });
    };
    listen(a, '10.0.1.77', '203.0.113.77');
    listen(b, '10.0.2.78', '203.0.113.78');
    expect(ask(draft, { from: 'internet', destination: '203.0.113.77' }).verdict).toBe('reachable');
    expect(ask(draft, { from: 'internet', destination: '203.0.113.78' })).toMatchObject({
      verdict: 'not-reachable',
      reason: 'no route',
    });
  });

  it('whose attributes could not be read are unknown where it matters', () => {
    const build = (targetRules: readonly DraftRule[]) => {
      const network = balanced({ targetRules });
      miss(network.draft, home, 'targetGroupAttributes', network.group);
      return ask(network.draft, { from: network.client, destination: '10.0.2.77' }).verdict;
    };
    expect(build([tcp(8080, '10.0.1.10/32')])).toBe('unknown');
    expect(build([everything])).toBe('reachable');
    expect(build([tcp(443, '0.0.0.0/0')])).toBe('not-reachable');
  });

  it('in front of an application load balancer pass the client on to it', () => {
    const one = site(0);
    const { draft, vpc, a, b, open } = one;
    withAcls(one);
    withTables(one);
    const target = addHost(draft, b, { addresses: ['10.0.2.30'], groups: [open] });
    const behind = addTargetGroup(draft, vpc, {
      protocol: 'HTTP',
      port: 80,
      targetType: 'instance',
      targets: [{ id: target.instanceId ?? '', state: 'healthy' }],
    });
    const build = (cidr: string, address: string) => {
      const group = addGroup(draft, vpc, { ingress: [tcp(80, cidr)] });
      const application = addBalancer(draft, vpc, {
        type: 'application',
        places: [{ subnet: b, address: `10.0.2.${address}` }],
        groups: [group],
        listeners: [{ protocol: 'HTTP', port: 80, groups: [behind] }],
      });
      const front = addTargetGroup(draft, vpc, {
        protocol: 'TCP',
        port: 80,
        targetType: 'alb',
        targets: [{ id: application.arn, state: 'healthy' }],
      });
      addBalancer(draft, vpc, {
        type: 'network',
        places: [{ subnet: a, address: `10.0.1.${address}` }],
        groups: [],
        listeners: [{ protocol: 'TCP', port: 443, groups: [front] }],
      });
    };
    build('10.0.1.10/32', '81');
    build('10.0.1.82/32', '82');
    const { client } = withHosts(one);
    expect(ask(draft, { from: client, destination: '10.0.1.81' }).verdict).toBe('reachable');
    expect(ask(draft, { from: client, destination: '10.0.1.82' }).verdict).toBe('not-reachable');
  });
});

describe('application load balancers', () => {
  function proxied(options: {
    readonly nodeRules?: readonly DraftRule[];
    readonly targetRules?: (nodeGroup: string) => readonly DraftRule[];
    readonly fixed?: boolean;
    readonly rules?: 'same' | 'fixed' | 'dead';
    readonly publicAddress?: string;
  }) {
    const one = site(0);
    const { draft, vpc, a, b } = one;
    withAcls(one);
    const igw = addInternetGateway(draft, vpc);
    withTables(one, { a: [{ to: '0.0.0.0/0', via: igw }] });
    const nodes = addGroup(draft, vpc, { ingress: options.nodeRules ?? [everything] });
    const targets = addGroup(draft, vpc, { ingress: options.targetRules?.(nodes) ?? [everything] });
    const target = addHost(draft, b, { addresses: ['10.0.2.30'], groups: [targets] });
    const live = addTargetGroup(draft, vpc, {
      protocol: 'HTTP',
      port: 8080,
      targetType: 'instance',
      targets: [{ id: target.instanceId ?? '', state: 'healthy' }],
    });
    const dead = addTargetGroup(draft, vpc, { protocol: 'HTTP', port: 80, targetType: 'instance', targets: [] });
    const rules = { same: [[live]], fixed: [[]], dead: [[dead]] };
    const balancer = addBalancer(draft, vpc, {
      type: 'application',
      places: [
        { subnet: a, address: '10.0.1.77', publicAddress: options.publicAddress },
        { subnet: b, address: '10.0.2.77' },
      ],
      groups: [nodes],
      listeners: [
        {
          protocol: 'HTTPS',
          port: 443,
          groups: options.fixed === true ? [] : [live],
          rules: options.rules === undefined ? [] : rules[options.rules],
        },
      ],
    });
    const { client } = withHosts(one);
    return { ...one, client, balancer, target, dead };
  }

  it('show the target their own address and group', () => {
    for (const [rules, verdict] of [
      [(nodes: string) => [tcp(8080, nodes)], 'reachable'],
      [() => [tcp(8080, '10.0.1.77/32')], 'reachable'],
      [() => [tcp(8080, '10.0.1.10/32')], 'not-reachable'],
    ] as const) {
      const { draft, client } = proxied({ targetRules: rules });
      expect(ask(draft, { from: client, destination: '10.0.1.77' }).verdict).toBe(verdict);
    }
  });

  it('take what a listener listens to and their groups admit', () => {
    const open = proxied({});
    expect(ask(open.draft, { from: open.client, destination: '10.0.1.77', port: 80 }).component).toBe(
      open.balancer.arn,
    );
    expect(ask(open.draft, { from: open.client, destination: '10.0.1.77', protocol: 17 }).component).toBe(
      open.balancer.arn,
    );
    const closed = proxied({ nodeRules: [] });
    expect(ask(closed.draft, { from: closed.client, destination: '10.0.1.77' }).component).toBe(
      closed.balancer.nodes[0]?.id,
    );
  });

  it('bring the internet to targets without public addresses', () => {
    const { draft } = proxied({ publicAddress: '203.0.113.77', targetRules: (nodes) => [tcp(8080, nodes)] });
    expect(ask(draft, { from: 'internet', destination: '203.0.113.77' }).verdict).toBe('reachable');
  });

  it('may answer themselves; the client asks for the rule it likes', () => {
    const verdict = (options: Parameters<typeof proxied>[0]) => {
      const { draft, client } = proxied(options);
      return ask(draft, { from: client, destination: '10.0.1.77' }).verdict;
    };
    expect(verdict({ fixed: true })).toBe('reachable');
    expect(verdict({ rules: 'same' })).toBe('reachable');
    expect(verdict({ rules: 'fixed' })).toBe('reachable');
    expect(verdict({ rules: 'dead' })).toBe('reachable');
  });
});

describe('hosts', () => {
  it('deliver between their own private addresses inside, whatever the filters', () => {
    const one = site(0);
    const { draft, vpc, a, b } = one;
    withAcls(one, { a: { ingress: [], egress: [] }, b: { ingress: [], egress: [] } });
    const igw = addInternetGateway(draft, vpc);
    const route = [{ to: '0.0.0.0/0', via: igw }];
    withTables(one, { a: route, b: route });
    const closed = addGroup(draft, vpc, { ingress: [], egress: [] });
    const instanceId = addInstance(draft, home);
    const first = addNic(draft, a, {
      addresses: ['10.0.1.10'],
      publicAddresses: ['203.0.113.1'],
      groups: [closed],
      instanceId,
    });
    addNic(draft, b, {
      addresses: ['10.0.2.10'],
      publicAddresses: ['203.0.113.2'],
      groups: [closed],
      instanceId,
      deviceIndex: 1,
    });
    expect(ask(draft, { from: first, destination: '10.0.2.10' }).verdict).toBe('reachable');
    expect(ask(draft, { from: first, destination: '203.0.113.2' })).toMatchObject({
      verdict: 'not-reachable',
      component: first.id,
    });
  });

  it('own delegated prefixes, and nobody owns an address that no interface has', () => {
    const one = site(0);
    withAcls(one);
    withTables(one);
    const { client } = withHosts(one);
    addNic(one.draft, one.b, { addresses: ['10.0.2.100'], groups: [one.open], ipv4Prefixes: ['10.0.2.112/28'] });
    expect(ask(one.draft, { from: client, destination: '10.0.2.115' }).verdict).toBe('reachable');
    expect(ask(one.draft, { from: client, destination: '10.0.2.111' })).toMatchObject({
      verdict: 'not-reachable',
      component: one.vpc.id,
    });
    miss(one.draft, home, 'networkInterfaces', 'eni-0ddddddddddddddd0');
    expect(ask(one.draft, { from: client, destination: '10.0.2.111' }).verdict).toBe('unknown');
  });

  it('that are Lambda functions are no destination and have no public address', () => {
    const one = site(0);
    const { draft, b, open } = one;
    withAcls(one);
    const igw = addInternetGateway(draft, one.vpc);
    withTables(one, { b: [{ to: '0.0.0.0/0', via: igw }] });
    const { client } = withHosts(one);
    const lambda = addNic(draft, b, { addresses: ['10.0.2.60'], groups: [open], type: 'lambda' });
    expect(ask(draft, { from: client, destination: '10.0.2.60' }).component).toBe(lambda.id);
    expect(ask(draft, { from: lambda, to: 'internet', destination: '198.51.100.7' }).component).toBe(igw);
  });

  it('with one address in two VPCs are told apart by the route', () => {
    const one = site(0);
    const two = site(1, one.draft);
    const { draft } = one;
    const vpc = addVpc(draft, home, { cidrs: ['10.0.0.0/16'] });
    const subnet = addSubnet(draft, vpc, { cidr: '10.0.2.0/24', zone: 'euw1-az1' });
    const third = { ...one, vpc, a: subnet, b: subnet };
    withAcls(one);
    withAcls(two);
    withAcls(third);
    const pcx = addPeering(draft, two.vpc, vpc);
    withTables(one);
    withTables(two, { a: [{ to: '10.0.0.0/16', via: pcx }] });
    withTables(third, { b: [{ to: '10.1.0.0/16', via: pcx }] });
    const { server } = withHosts(one);
    const { client } = withHosts(two);
    const twin = addHost(draft, subnet, { addresses: ['10.0.2.20'], groups: [one.open] });
    expect(ask(draft, { from: client, destination: '10.0.2.20' }).verdict).toBe('reachable');
    expect(ask(draft, { from: client, to: twin.id, destination: '10.0.2.20' }).verdict).toBe('reachable');
    expect(ask(draft, { from: client, to: server.id, destination: '10.0.2.20' })).toMatchObject({
      verdict: 'not-reachable',
      component: twin.id,
    });
  });
});

describe('shared VPCs', () => {
  const shared = () => {
    const one = site(0);
    const { draft } = one;
    const vpc = addVpc(draft, home, { cidrs: ['10.4.0.0/16'], sharedWith: [neighbour] });
    const a = addSubnet(draft, vpc, { cidr: '10.4.1.0/24', zone: 'euw1-az1' });
    const b = addSubnet(draft, vpc, { cidr: '10.4.2.0/24', zone: 'euw1-az2' });
    const both = { ...one, vpc, a, b };
    withAcls(both);
    const igw = addInternetGateway(draft, vpc);
    const nat = addNatGateway(draft, a, { address: '10.4.1.5', publicAddress: '203.0.113.5' });
    withTables(both, { a: [{ to: '0.0.0.0/0', via: igw }], b: [{ to: '0.0.0.0/0', via: nat.id }] });
    const callers = addGroup(draft, vpc, {}, { owner: neighbour });
    const callees = addGroup(draft, vpc, { ingress: [tcp(443, callers)] });
    const participant = addHost(draft, b, { addresses: ['10.4.2.20'], groups: [callers], owner: neighbour });
    addHost(draft, a, { addresses: ['10.4.1.20'], groups: [callees] });
    return { draft, participant, nat };
  };

  it('merge: the owner’s gateways carry the participant’s packets, references hold between them', () => {
    const { draft, participant } = shared();
    expect(ask(draft, { from: participant, destination: '10.4.1.20' }).verdict).toBe('reachable');
    expect(ask(draft, { from: participant, to: 'internet', destination: '198.51.100.7' }).verdict).toBe('reachable');
  });

  it('seen by the participant alone leave targets dangling', () => {
    const { draft, participant, nat } = shared();
    const alone = { ...draft, answers: draft.answers.filter(({ accountId }) => accountId === neighbour.accountId) };
    expect(ask(alone, { from: participant, to: 'internet', destination: '198.51.100.7' })).toMatchObject({
      verdict: 'unknown',
      component: nat.id,
    });
    expect(ask(alone, { from: participant, destination: '10.4.1.20' }).verdict).toBe('unknown');
  });
});
