import type { ReportSections } from '../../src/findings/audit-report.ts';
import type { Advice } from '../../src/model/verdict/advice.ts';
import type { DefenceInDepth, DefenceLayer } from '../../src/model/verdict/defence-in-depth.ts';
import type { NetworkMap } from '../../src/model/verdict/network-map.ts';

const place = { accountId: '111122223333', region: 'eu-west-1', vpcId: 'vpc-0bbd0cdcea314e813' } as const;

const map: NetworkMap = {
  ...place,
  name: 'shop',
  isDefault: false,
  cidrBlocks: ['10.0.0.0/16', '2001:db8:1000::/56'],
  availabilityZones: [{ availabilityZone: 'eu-west-1a', subnetIds: ['subnet-0a', 'subnet-0b', 'subnet-0c'] }],
  subnets: [
    {
      subnetId: 'subnet-0a',
      name: 'shop-public',
      availabilityZone: 'eu-west-1a',
      cidrBlocks: ['10.0.0.0/24'],
      tier: 'public',
      roles: ['load-balancer'],
      exposure: 'exposed',
      routeTableId: 'rtb-0a',
      networkAclId: 'acl-0a',
      interfaces: [
        { kind: 'instance', count: 1000 },
        { kind: 'load-balancer', count: 2 },
      ],
    },
    {
      subnetId: 'subnet-0b',
      availabilityZone: 'eu-west-1a',
      cidrBlocks: ['10.0.1.0/24'],
      tier: 'nat',
      roles: [],
      exposure: 'behind-load-balancer',
      routeTableId: 'rtb-0b',
      interfaces: [],
    },
    {
      subnetId: 'subnet-0c',
      name: 'shop-old',
      cidrBlocks: ['10.0.2.0/24'],
      tier: 'unknown',
      roles: [],
      exposure: 'unknown',
      interfaces: [{ kind: 'database', count: 1 }],
    },
  ],
  routeTables: [
    {
      routeTableId: 'rtb-0a',
      name: 'public',
      isMain: true,
      subnetIds: ['subnet-0a'],
      targets: [
        { kind: 'local', id: 'local', state: 'active', routes: 1, destinations: ['10.0.0.0/16'] },
        { kind: 'internet-gateway', id: 'igw-0a', state: 'active', routes: 1, destinations: ['0.0.0.0/0'] },
      ],
    },
    {
      routeTableId: 'rtb-0b',
      isMain: false,
      subnetIds: ['subnet-0b'],
      targets: [
        { kind: 'nat-gateway', id: 'nat-0a', state: 'blackhole', routes: 1, destinations: ['0.0.0.0/0'] },
        {
          kind: 'transit-gateway',
          id: 'tgw-0a',
          state: 'active',
          routes: 3,
          destinations: ['10.1.0.0/16', '10.2.0.0/16'],
        },
      ],
    },
  ],
  gateways: [
    { id: 'igw-0a', type: 'internet-gateway', name: 'way out', state: 'available', subnetIds: [] },
    { id: 'nat-0a', type: 'nat-gateway', subnetIds: ['subnet-0a'] },
    {
      id: 'tgw-attach-0a',
      type: 'transit-gateway-attachment',
      subnetIds: [],
      peer: { id: 'tgw-0a', accountId: '777788889999', cidrBlocks: [] },
    },
  ],
  endpoints: [
    {
      vpcEndpointId: 'vpce-0a',
      vpcEndpointType: 'Interface',
      serviceName: 'com.amazonaws.eu-west-1.ssm',
      state: 'available',
      subnetIds: ['subnet-0b'],
      routeTableIds: [],
    },
  ],
  missing: [{ fact: 'the route table of subnet-0c', iamAction: 'ec2:DescribeRouteTables' }],
};

const layer = (name: DefenceLayer['layer'], more: Partial<DefenceLayer>): DefenceLayer => ({
  layer: name,
  state: 'holds',
  openFor: 0,
  evidence: [],
  ...more,
});

const subnet: DefenceInDepth = {
  ...place,
  subnetId: 'subnet-0a',
  name: 'shop-public',
  availabilityZone: 'eu-west-1a',
  families: [
    {
      family: 'ipv4',
      interfaces: 1002,
      layers: [
        layer('block-public-access', {
          state: 'unknown',
          missing: [
            {
              fact: 'whether VPC Block Public Access is on',
              iamAction: 'ec2:DescribeVpcBlockPublicAccessOptions',
            },
          ],
        }),
        layer('route', {
          state: 'open',
          openFor: 2,
          evidence: [
            { type: 'route', routeTableId: 'rtb-0a', destination: '0.0.0.0/0', target: 'igw-0a', state: 'active' },
          ],
        }),
        layer('network-acl', {
          state: 'open',
          openFor: 1002,
          evidence: [
            {
              type: 'network-acl-entry',
              networkAclId: 'acl-0a',
              ruleNumber: 100,
              egress: false,
              ruleAction: 'allow',
              protocol: 'all',
              cidrBlock: '0.0.0.0/0',
            },
          ],
        }),
        layer('security-group', {
          evidence: [{ type: 'resource', resourceType: 'security-group', resourceId: 'sg-0a', role: 'admits-nothing' }],
        }),
      ],
      holding: 1,
      exposure: 'exposed',
      singleMistakes: [
        {
          layer: 'security-group',
          mistake: 'security-group-opened',
          interfaces: 1000,
          databases: 1,
          examples: ['eni-0a'],
          resourceIds: ['sg-0a', 'sg-0b', 'sg-0c'],
          evidence: [],
        },
      ],
    },
  ],
};

/** A need in each way that it can stand, and one with more evidence than anybody reads. */
const advice: readonly Advice[] = [
  {
    ...place,
    need: 's3',
    services: ['s3'],
    resources: ['subnet-0b', 'subnet-0c'],
    resourceCount: 12,
    present: [
      { mechanism: 'gateway-endpoint', ids: ['vpce-0a'] },
      { mechanism: 'nat-gateway', ids: ['nat-0a', 'nat-0b', 'nat-0c', 'nat-0d'] },
    ],
    recommended: 'gateway-endpoint',
    met: 'partly',
    why: 'A gateway endpoint takes the packets off the NAT gateway.',
    reference: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html',
    evidence: [
      { type: 'route', routeTableId: 'rtb-0b', destination: '0.0.0.0/0', target: 'nat-0a', state: 'active' },
      ...Array.from({ length: 9 }, (_, seed) => ({
        type: 'resource' as const,
        resourceType: 'vpc-endpoint',
        resourceId: `vpce-0${seed}`,
        role: 'serves',
      })),
    ],
  },
  {
    ...place,
    vpcId: 'vpc-0fad3b4f303663abd',
    need: 's3',
    services: ['s3'],
    resources: ['subnet-0d'],
    resourceCount: 1,
    present: [{ mechanism: 'none', ids: ['rtb-0d'] }],
    recommended: 'gateway-endpoint',
    met: 'no',
    why: 'A gateway endpoint takes the packets off the NAT gateway.',
    reference: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html',
    evidence: [],
  },
  {
    ...place,
    need: 'aws-service',
    services: ['ssm', 'ssmmessages'],
    resources: ['subnet-0b'],
    resourceCount: 1,
    present: [],
    recommended: 'interface-endpoint',
    met: 'unknown',
    why: 'Hosts here need Systems Manager.',
    reference: 'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html',
    evidence: [],
    missing: [{ fact: 'the endpoints of the VPC', iamAction: 'ec2:DescribeVpcEndpoints' }],
  },
  {
    accountId: place.accountId,
    region: place.region,
    need: 'other-vpcs',
    resources: [place.vpcId, 'vpc-0fad3b4f303663abd'],
    resourceCount: 2,
    present: [{ mechanism: 'vpc-peering-connection', ids: ['pcx-0a'] }],
    recommended: 'vpc-peering-connection',
    met: 'yes',
    why: 'Few VPCs are joined best by peering.',
    reference: 'https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html',
    evidence: [],
  },
];

/** The sections of the sample: a VPC with something of everything, its layers, and two VPCs that are joined. */
export const sampleSections: ReportSections = {
  cost: {
    prices: [{ region: 'us-east-1', source: 'a price list', date: '2026-01-01' }],
    items: [
      {
        accountId: place.accountId,
        region: 'us-east-1',
        type: 'nat-gateway',
        id: 'nat-0a',
        units: 1,
        estimate: { dollars: 1234.5, per: 'month', from: 'estimate: of a sample' },
        unused: 'no route leads to it',
      },
      {
        accountId: place.accountId,
        region: place.region,
        type: 'public-ipv4-address',
        units: 3,
        missing: [{ fact: 'the price table has no publicIpv4AddressHour of eu-west-1' }],
      },
    ],
    crossZone: [],
    dollarsPerMonth: 1234.5,
    unusedDollarsPerMonth: 1234.5,
    missing: [],
  },
  networkMaps: [map],
  defenceInDepth: [subnet],
  advice,
  tierChains: [
    {
      ...place,
      loadBalancer: {
        id: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0dcff3ea0b08260b',
        name: 'shop',
        scheme: 'internet-facing',
      },
      tiers: [
        {
          tier: 'load-balancer',
          securityGroups: [{ securityGroupId: 'sg-0a', name: 'front' }],
          interfaces: 2,
          subnetIds: ['subnet-0a'],
        },
        {
          tier: 'application',
          securityGroups: [{ securityGroupId: 'sg-0b' }],
          interfaces: 40,
          subnetIds: ['subnet-0b'],
        },
      ],
      links: [
        { from: 'internet', to: 'load-balancer', by: 'address', evidence: [] },
        { from: 'load-balancer', to: 'application', by: 'reference', evidence: [] },
      ],
      skips: [{ from: 'internet', to: 'application', interfaces: 3, examples: ['eni-0a', 'eni-0b'], evidence: [] }],
      rules: [
        {
          problem: 'stale',
          securityGroupId: 'sg-0b',
          groupId: 'sg-0f',
          evidence: {
            type: 'security-group-rule',
            securityGroupId: 'sg-0b',
            isEgress: false,
            protocol: 'tcp',
            fromPort: 8443,
            toPort: 8443,
            peer: 'sg-0f',
          },
        },
      ],
      missing: [],
    },
  ],
  organisationMap: {
    vpcs: [
      { ...place, name: 'shop', cidrBlocks: map.cidrBlocks, isInScope: true },
      { vpcId: 'vpc-0fad3b4f303663abd', cidrBlocks: ['10.9.0.0/16'], isInScope: false },
    ],
    links: [
      {
        type: 'vpc-peering-connection',
        id: 'pcx-0a',
        state: 'active',
        vpcIds: [place.vpcId, 'vpc-0fad3b4f303663abd'],
        directions: [
          {
            fromVpcId: place.vpcId,
            toVpcId: 'vpc-0fad3b4f303663abd',
            traffic: 'partly',
            fromInterfaces: 1002,
            toInterfaces: 3,
            blockedBy: ['ENI_SG_RULES_MISMATCH'],
            example: { from: 'eni-0a', to: 'eni-0b' },
          },
          {
            fromVpcId: 'vpc-0fad3b4f303663abd',
            toVpcId: place.vpcId,
            traffic: 'unknown',
            fromInterfaces: 3,
            toInterfaces: 1002,
            blockedBy: [],
            missing: [{ fact: 'the route tables of the other side', iamAction: 'ec2:DescribeRouteTables' }],
          },
        ],
      },
    ],
    omittedPairs: 2,
  },
};
