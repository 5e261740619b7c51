import * as fc from 'fast-check';
import type { Evidence } from '../../src/model/verdict/evidence.ts';

const id = (prefix: string): fc.Arbitrary<string> =>
  fc.stringMatching(/^[0-9a-f]{17}$/).map((digits) => `${prefix}-${digits}`);

const port = fc.integer({ min: 0, max: 65_535 });
const ports = fc.tuple(port, port).map(([a, b]) => ({ fromPort: Math.min(a, b), toPort: Math.max(a, b) }));
const ranges = fc.array(
  ports.map(({ fromPort, toPort }) => ({ from: fromPort, to: toPort })),
  { maxLength: 4 },
);
const protocol = fc.constantFrom('tcp', 'udp', 'icmp', 'icmpv6', 'all', '47');
export const cidr: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, length]) => `${address}/${length}`),
  fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([address, length]) => `${address}/${length}`),
);
const service = fc.constantFrom('SSH', 'RDP', 'PostgreSQL');

/** Any evidence that a check can give. */
export const evidence: fc.Arbitrary<Evidence> = fc.oneof(
  fc.record({
    type: fc.constant('security-group-rule' as const),
    securityGroupId: id('sg'),
    securityGroupRuleId: id('sgr'),
    isEgress: fc.boolean(),
    protocol,
    fromPort: port,
    toPort: port,
    peer: fc.oneof(cidr, id('pl'), id('sg')),
    service,
  }),
  fc.record({
    type: fc.constant('network-acl-entry' as const),
    networkAclId: id('acl'),
    ruleNumber: fc.integer({ min: 1, max: 32_766 }),
    egress: fc.boolean(),
    ruleAction: fc.constantFrom('allow' as const, 'deny' as const),
    protocol,
    cidrBlock: cidr,
    fromPort: port,
    toPort: port,
  }),
  fc.record({
    type: fc.constant('traffic' as const),
    role: fc.constantFrom('admitted' as const, 'not-admitted' as const),
    direction: fc.constantFrom('ingress' as const, 'egress' as const),
    protocol,
    cidrBlocks: fc.array(cidr, { maxLength: 4 }),
    portRanges: ranges,
  }),
  fc.record({
    type: fc.constant('route' as const),
    routeTableId: id('rtb'),
    destination: cidr,
    target: id('nat'),
    state: fc.constantFrom('active', 'blackhole'),
  }),
  fc.record({
    type: fc.constant('policy-statement' as const),
    sid: fc.string(),
    effect: fc.constant('Allow'),
    principal: fc.constantFrom('*', 'arn:aws:iam::111122223333:root'),
    actions: fc.array(fc.constantFrom('*', 's3:GetObject', 's3:PutObject'), { maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant('attribute' as const),
    resourceId: id('subnet'),
    attribute: fc.constantFrom('MapPublicIpOnLaunch', 'State'),
    value: fc.string(),
  }),
  fc.record({
    type: fc.constant('resource' as const),
    resourceType: fc.constant('network-interface'),
    resourceId: id('eni'),
    role: fc.constantFrom('uses', 'client'),
  }),
);
