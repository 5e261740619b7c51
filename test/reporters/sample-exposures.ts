import type { ExposedClass } from '../../src/model/verdict/exposure.ts';
import type { PathComponent } from '../../src/model/verdict/path.ts';

/** Ids of what an exposed host consists of. */
export interface ExposedHost {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly networkInterfaceId: string;
  readonly securityGroupId: string;
  readonly securityGroupRuleId: string;
  readonly port: number;
}

const acl = 'acl-0e5d4fc347181c1fb';
const gateway = 'igw-0d27b4dca6639e45a';
const table = 'rtb-0ed61c2486f86ee62';

/** A host with a public address, one open port beside HTTPS, and the way of a client there and back. */
export function exposedHost(host: ExposedHost): ExposedClass {
  const step = (
    sequenceNumber: number,
    type: PathComponent['component']['type'],
    id: string,
    more: Partial<PathComponent> = {},
  ): PathComponent => ({ sequenceNumber, component: { id, type }, effect: 'admits', ...more });
  const aclRule = (egress: boolean) =>
    ({
      type: 'network-acl-entry',
      networkAclId: acl,
      ruleNumber: 100,
      egress,
      ruleAction: 'allow',
      protocol: 'all',
      cidrBlock: '0.0.0.0/0',
    }) as const;
  const groupRule = {
    type: 'security-group-rule',
    securityGroupId: host.securityGroupId,
    securityGroupRuleId: host.securityGroupRuleId,
    isEgress: false,
    protocol: 'tcp',
    fromPort: host.port,
    toPort: host.port,
    peer: '0.0.0.0/0',
  } as const;
  const webRule = { ...groupRule, securityGroupRuleId: 'sgr-0e4b3c2a190817263', fromPort: 443, toPort: 443 } as const;
  const route = {
    type: 'route',
    routeTableId: table,
    destination: '0.0.0.0/0',
    target: gateway,
    state: 'active',
  } as const;
  return {
    kind: 'public-ipv4',
    accountId: host.accountId,
    region: host.region,
    vpcId: host.vpcId,
    subnetId: host.subnetId,
    securityGroupIds: [host.securityGroupId],
    addresses: [
      {
        networkInterfaceId: host.networkInterfaceId,
        instanceId: 'i-0204e2332b4998765',
        privateAddress: '10.0.1.10',
        publicAddress: '203.0.113.5',
      },
    ],
    admittedTraffic: [
      {
        protocol: 'tcp',
        sourceAddresses: ['1.0.0.0/8', '192.192.0.0/10'],
        sourcePortRanges: [{ from: 1024, to: 65_535 }],
        destinationAddresses: ['0.0.0.0/0'],
        destinationPortRanges: [
          { from: host.port, to: host.port },
          { from: 443, to: 443 },
        ],
      },
    ],
    possibleTraffic: [],
    deliveredTraffic: [],
    rules: [aclRule(false), groupRule, webRule, aclRule(true), route],
    targets: [],
    missing: [],
    example: { from: 'internet', to: '203.0.113.5' },
    path: {
      from: '198.51.100.1',
      to: '203.0.113.5',
      forwardPathComponents: [
        step(1, 'internet-gateway', gateway, {
          packetDirection: 'ingress',
          outboundHeader: { destinationAddress: '10.0.1.10' },
        }),
        step(2, 'network-acl', acl, { packetDirection: 'ingress', rule: aclRule(false) }),
        step(3, 'security-group', host.securityGroupId, {
          packetDirection: 'ingress',
          effect: 'limits',
          rule: groupRule,
          furtherRules: [webRule],
        }),
        step(4, 'network-interface', host.networkInterfaceId),
      ],
      returnPathComponents: [
        step(1, 'network-interface', host.networkInterfaceId),
        step(2, 'network-acl', acl, { packetDirection: 'egress', rule: aclRule(true) }),
        step(3, 'route-table', table, { rule: route }),
        step(4, 'internet-gateway', gateway, {
          packetDirection: 'egress',
          outboundHeader: { sourceAddress: '203.0.113.5' },
        }),
        step(5, 'internet', 'internet'),
      ],
    },
  };
}

/** A load balancer of which it cannot be told what lies behind it. */
export const doubtfulExposure = (host: ExposedHost): ExposedClass => {
  const { path: _, ...exposed } = exposedHost(host);
  return {
    ...exposed,
    addresses: [{ networkInterfaceId: 'eni-0d3816282079c2648', privateAddress: '10.0.1.20' }],
    admittedTraffic: [],
    possibleTraffic: exposed.admittedTraffic,
    rules: [],
    missing: [{ fact: 'the instances behind shop', iamAction: 'elasticloadbalancing:DescribeInstanceHealth' }],
  };
};
