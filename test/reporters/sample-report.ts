import { composeReport, type DescribedCheck, type GivenVerdict } from '../../src/findings/compose.ts';
import type { AuditReport, Result } from '../../src/findings/audit-report.ts';
import type { AccountId, RegionName } from '../../src/model/id.ts';
import type { Manifest, ManifestCall, NotVisible } from '../../src/model/snapshot/manifest.ts';
import type { Evidence } from '../../src/model/verdict/evidence.ts';
import type { ResourceReference, ResourceType } from '../../src/model/verdict/resource-reference.ts';
import type { Severity } from '../../src/model/verdict/severity.ts';
import type { Fix, Missing, Verdict } from '../../src/model/verdict/verdict.ts';
import { doubtfulExposure, exposedHost } from './sample-exposures.ts';
import { sampleSections } from './sample-sections.ts';
import { sampleStandards } from './sample-standards.ts';

export const account = (text: string): AccountId => text as AccountId;
export const region = (text: string): RegionName => text as RegionName;

const check = (
  id: string,
  severity: Severity,
  title: string,
  rationale: string,
  remediation: string,
  related: DescribedCheck['relatedChecks'] = [],
): DescribedCheck => ({
  id,
  severity,
  title,
  rationale,
  remediation,
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-best-practices.html'],
  relatedChecks: related,
});

export const sampleChecks: readonly DescribedCheck[] = [
  check(
    'security-group-open-to-internet',
    'high',
    'A security group admits the internet on a port that should not be public',
    'A remote-administration or database port that anyone can reach is tried by scanners within minutes, and from then on a single weak password or unpatched daemon is a way in.',
    'Admit the addresses of your offices or your VPN instead of the world, or reach the hosts through Session Manager and admit nobody.',
    [
      { tool: 'prowler', id: 'ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22' },
      { tool: 'securityhub', id: 'EC2.13' },
    ],
  ),
  check(
    'network-acl-open-to-admin-ports',
    'medium',
    'A network ACL admits the internet on administration ports',
    'The network ACL is the second fence around a subnet. Where it admits everybody to SSH or RDP, a mistake in a single security group is enough.',
    'Deny the ports in an entry with a lower number, or admit only what the subnet serves.',
    [{ tool: 'prowler', id: 'ec2_networkacl_allow_ingress_tcp_port_22' }],
  ),
  check(
    'network-acl-return-traffic-blocked',
    'medium',
    'A network ACL does not admit the replies to what the subnet asks',
    'Network ACLs are stateless: without the ephemeral ports in the other direction, connections open and then hang.',
    'Admit TCP 1024–65535 in the direction of the replies.',
  ),
  check(
    'default-security-group-in-use',
    'medium',
    'The default security group of a VPC is in use',
    'Whatever is launched without a group lands in the default one, and all members of it reach each other.',
    'Give the interfaces a group of their own and remove every rule from the default group.',
    [{ tool: 'securityhub', id: 'EC2.2' }],
  ),
  check(
    'route-blackhole',
    'low',
    'A route leads to a target that no longer exists',
    'Traffic for the destination is dropped without a trace, and the route hides that somebody relied on the target.',
    'Delete the route or point it to a target that exists.',
  ),
  check(
    'vpc-endpoint-missing',
    'low',
    'A private subnet reaches a service of AWS without a gateway endpoint',
    'Traffic to S3 or DynamoDB leaves through the NAT gateway: it costs per gigabyte and cannot be held to your own buckets by an endpoint policy.',
    'Create the gateway endpoint and associate it with the route table. It costs nothing.',
  ),
  check(
    'flow-log-missing',
    'medium',
    'A VPC keeps no flow logs',
    'Without flow logs nobody can say afterwards who talked to whom.',
    'Create a flow log for all traffic, to S3 or to CloudWatch Logs.',
    [
      { tool: 'prowler', id: 'vpc_flow_logs_enabled' },
      { tool: 'securityhub', id: 'EC2.6' },
    ],
  ),
  check(
    'subnet-auto-assigns-public-address',
    'low',
    'A subnet with a route to the internet gives every instance a public address',
    'Whether an instance is public is then decided by the subnet it happens to be launched into, and not by a decision about that instance.',
    'Turn off MapPublicIpOnLaunch and ask for a public address where one is needed.',
  ),
  check(
    'security-group-unused',
    'informational',
    'A security group is used by nothing',
    'A group without members is a rule set waiting for somebody to attach it without reading it.',
    'Delete the group if nobody plans to use it.',
  ),
  check(
    'vpc-endpoint-open-to-everyone',
    'medium',
    'The policy of an endpoint admits every principal to every action',
    'Anyone in the VPC can then use the endpoint to copy data to a bucket outside your organization.',
    'Hold the policy to your organization with aws:PrincipalOrgID and aws:ResourceOrgID.',
  ),
];

const accounts = { prod: account('111122223333'), dev: account('444455556666'), hub: account('777788889999') } as const;
const regions = ['eu-central-1', 'eu-west-1', 'us-east-1'].map(region);

/** A hexadecimal id that depends on its seed alone. */
export const hexId = (prefix: string, seed: number): string =>
  `${prefix}-0${(BigInt(seed + 1) * 0x9e3779b97f4a7c15n).toString(16).padStart(16, '0').slice(-16)}`;

export interface Place {
  readonly accountId: AccountId;
  readonly region: RegionName;
}

export function resourceOf(
  place: Place,
  type: ResourceType,
  id: string,
  more: { readonly name?: string; readonly vpcId?: string } = {},
): ResourceReference {
  return { type, id, arn: `arn:aws:ec2:${place.region}:${place.accountId}:${type}/${id}`, ...place, ...more };
}

export function failing(
  checkId: string,
  resource: ResourceReference,
  title: string,
  evidence: readonly [Evidence, ...Evidence[]],
  more: { readonly severity?: Severity; readonly fix?: Fix } = {},
): GivenVerdict {
  return { checkId, resource, verdict: { outcome: 'fail', resource, title, evidence, ...more } };
}

export const unknown = (
  checkId: string,
  resource: ResourceReference,
  ...missing: readonly Missing[]
): GivenVerdict => ({
  checkId,
  resource,
  verdict: { outcome: 'unknown', resource, missing },
});

const passing = (checkId: string, resource: ResourceReference): GivenVerdict => ({
  checkId,
  resource,
  verdict: { outcome: 'pass', resource } satisfies Verdict,
});

interface Service {
  readonly port: number;
  readonly name: string;
}
const services: readonly Service[] = [
  { port: 22, name: 'SSH' },
  { port: 3389, name: 'RDP' },
  { port: 5432, name: 'PostgreSQL' },
  { port: 6379, name: 'Redis' },
];

/** What makes an open port critical: that somebody gets there. */
const reached = (networkInterfaceId: string, port: number, service: string): readonly Evidence[] => [
  {
    type: 'traffic',
    role: 'admitted',
    direction: 'ingress',
    protocol: 'tcp',
    cidrBlocks: ['0.0.0.0/0'],
    portRanges: [{ from: port, to: port }],
    service,
  },
  {
    type: 'resource',
    resourceType: 'network-interface',
    resourceId: networkInterfaceId,
    role: 'reached-from-internet',
  },
];

/** A security group that admits the world on one port. */
export function openGroup(
  place: Place,
  seed: number,
  name: string,
  { port, name: service }: Service,
  severity?: Severity,
): GivenVerdict {
  const id = hexId('sg', seed);
  const rule = hexId('sgr', seed + 1000);
  const ipv6 = seed % 3 === 0;
  return failing(
    'security-group-open-to-internet',
    resourceOf(place, 'security-group', id, { name, vpcId: hexId('vpc', seed % 4) }),
    `${service} is open to the internet`,
    [
      {
        type: 'security-group-rule',
        securityGroupId: id,
        securityGroupRuleId: rule,
        isEgress: false,
        protocol: 'tcp',
        fromPort: port,
        toPort: port,
        peer: '0.0.0.0/0',
        service,
      },
      ...(ipv6
        ? [
            {
              type: 'security-group-rule',
              securityGroupId: id,
              securityGroupRuleId: hexId('sgr', seed + 2000),
              isEgress: false,
              protocol: 'tcp',
              fromPort: port,
              toPort: port,
              peer: '::/0',
              service,
            } as const,
          ]
        : []),
      { type: 'resource', resourceType: 'network-interface', resourceId: hexId('eni', seed), role: 'uses' },
      ...(severity === 'critical' ? reached(hexId('eni', seed), port, service) : []),
    ],
    {
      ...(severity === undefined ? {} : { severity }),
      fix: {
        summary: `Revokes the rule that admits the world to port ${port}; nothing else in the group changes.`,
        cli: [
          `aws ec2 revoke-security-group-ingress --region ${place.region} --group-id ${id} --security-group-rule-ids ${rule}`,
        ],
        terraform: `resource "aws_vpc_security_group_ingress_rule" "${service.toLowerCase()}" {\n  security_group_id = "${id}"\n  ip_protocol       = "tcp"\n  from_port         = ${port}\n  to_port           = ${port}\n  cidr_ipv4         = "10.0.0.0/8"\n}\n`,
      },
    },
  );
}

const places: readonly Place[] = Object.values(accounts).flatMap((accountId) =>
  regions.map((name) => ({ accountId, region: name })),
);
const at = (index: number): Place => places[index % places.length] as Place;

function sampleVerdicts(): readonly GivenVerdict[] {
  const names = ['bastion', 'legacy-admin', 'reporting-db', 'jenkins', 'grafana', 'cache', 'build-agents', 'vpn-gw'];
  const groups = names.map((name, seed) =>
    openGroup(
      at(seed * 2),
      seed,
      name,
      services[seed % services.length] as Service,
      seed < 2 ? 'critical' : seed === 7 ? 'low' : undefined,
    ),
  );
  const acls = Array.from({ length: 5 }, (_, seed) => {
    const id = hexId('acl', seed);
    return failing(
      'network-acl-open-to-admin-ports',
      resourceOf(at(seed), 'network-acl', id, { vpcId: hexId('vpc', seed) }),
      'Entry 100 admits the internet to SSH and RDP',
      [
        {
          type: 'network-acl-entry',
          networkAclId: id,
          ruleNumber: 100,
          egress: false,
          ruleAction: 'allow',
          protocol: 'all',
          cidrBlock: '0.0.0.0/0',
        },
        {
          type: 'traffic',
          role: 'admitted',
          direction: 'ingress',
          protocol: 'tcp',
          cidrBlocks: ['0.0.0.0/0'],
          portRanges: [
            { from: 22, to: 22 },
            { from: 3389, to: 3389 },
          ],
        },
      ],
      {
        fix: {
          summary: 'Puts a deny for SSH before entry 100.',
          cli: [
            `aws ec2 create-network-acl-entry --region ${at(seed).region} --network-acl-id ${id} --ingress --rule-number 90 --protocol tcp --port-range From=22,To=22 --cidr-block 0.0.0.0/0 --rule-action deny`,
          ],
        },
      },
    );
  });
  const replies = Array.from({ length: 2 }, (_, seed) => {
    const id = hexId('acl', seed + 20);
    return failing(
      'network-acl-return-traffic-blocked',
      resourceOf(at(seed + 4), 'network-acl', id, { name: 'app-tier', vpcId: hexId('vpc', seed) }),
      'Replies to HTTPS do not come back',
      [
        {
          type: 'traffic',
          role: 'not-admitted',
          direction: 'ingress',
          protocol: 'tcp',
          cidrBlocks: ['0.0.0.0/0'],
          portRanges: [{ from: 1024, to: 32_767 }],
        },
        {
          type: 'network-acl-entry',
          networkAclId: id,
          ruleNumber: 120,
          egress: false,
          ruleAction: 'allow',
          protocol: 'tcp',
          cidrBlock: '0.0.0.0/0',
          fromPort: 32_768,
          toPort: 65_535,
        },
      ],
    );
  });
  const unused = Array.from({ length: 14 }, (_, seed) => {
    const id = hexId('sg', seed + 100);
    return failing(
      'security-group-unused',
      resourceOf(at(seed), 'security-group', id, { name: `launch-wizard-${seed + 1}`, vpcId: hexId('vpc', seed % 4) }),
      'No interface carries the group and no rule refers to it',
      [{ type: 'attribute', resourceId: id, attribute: 'NetworkInterfaces', value: '0' }],
      {
        fix: {
          summary: 'Deletes the group.',
          cli: [`aws ec2 delete-security-group --region ${at(seed).region} --group-id ${id}`],
        },
      },
    );
  });
  const blackholes = Array.from({ length: 3 }, (_, seed) => {
    const id = hexId('rtb', seed);
    return failing(
      'route-blackhole',
      resourceOf(at(seed * 3), 'route-table', id, { name: 'private', vpcId: hexId('vpc', seed) }),
      'The peering connection of a route was deleted',
      [
        {
          type: 'route',
          routeTableId: id,
          destination: '10.64.0.0/16',
          target: hexId('pcx', seed),
          state: 'blackhole',
        },
      ],
    );
  });
  const endpoints = Array.from({ length: 6 }, (_, seed) => {
    const id = hexId('rtb', seed + 40);
    const service = seed % 2 === 0 ? 's3' : 'dynamodb';
    return failing(
      'vpc-endpoint-missing',
      resourceOf(at(seed), 'route-table', id, { vpcId: hexId('vpc', seed % 4) }),
      `Traffic to ${service === 's3' ? 'S3' : 'DynamoDB'} leaves through a NAT gateway`,
      [
        {
          type: 'attribute',
          resourceId: id,
          attribute: 'ServiceName',
          value: `com.amazonaws.${at(seed).region}.${service}`,
        },
        { type: 'route', routeTableId: id, destination: '0.0.0.0/0', target: hexId('nat', seed), state: 'active' },
      ],
    );
  });
  const policies = [
    failing(
      'vpc-endpoint-open-to-everyone',
      resourceOf(at(1), 'vpc-endpoint', hexId('vpce', 1), { name: 's3-gateway', vpcId: hexId('vpc', 1) }),
      'The policy is the default one, which allows everything',
      [{ type: 'policy-statement', effect: 'Allow', principal: '*', actions: ['*'] }],
    ),
  ];
  const defaults = Array.from({ length: 3 }, (_, seed) => {
    const id = hexId('sg', seed + 200);
    return failing(
      'default-security-group-in-use',
      resourceOf(at(seed + 3), 'security-group', id, { name: 'default', vpcId: hexId('vpc', seed) }),
      'Two interfaces carry the default group',
      [
        { type: 'resource', resourceType: 'network-interface', resourceId: hexId('eni', seed + 300), role: 'uses' },
        { type: 'resource', resourceType: 'network-interface', resourceId: hexId('eni', seed + 400), role: 'uses' },
      ],
    );
  });
  const subnets = Array.from({ length: 4 }, (_, seed) => {
    const id = hexId('subnet', seed);
    return failing(
      'subnet-auto-assigns-public-address',
      resourceOf(at(seed * 2), 'subnet', id, { name: `public-${'abcd'[seed]}`, vpcId: hexId('vpc', seed % 2) }),
      'Every instance gets a public address',
      [
        { type: 'attribute', resourceId: id, attribute: 'MapPublicIpOnLaunch', value: 'true' },
        {
          type: 'route',
          routeTableId: hexId('rtb', seed),
          destination: '0.0.0.0/0',
          target: hexId('igw', seed),
          state: 'active',
        },
      ],
    );
  });
  const open = places
    .filter((place) => place.accountId === accounts.hub)
    .map((place) =>
      unknown('flow-log-missing', resourceOf(place, 'region', place.region), {
        fact: 'DescribeFlowLogs was denied, so it is not known which VPCs are logged',
        iamAction: 'ec2:DescribeFlowLogs',
      }),
    );
  const partial = unknown(
    'security-group-open-to-internet',
    resourceOf(at(2), 'security-group', hexId('sg', 500), { name: 'partner-ingress', vpcId: hexId('vpc', 2) }),
    { fact: `the entries of ${hexId('pl', 5)} could not be read`, iamAction: 'ec2:GetManagedPrefixListEntries' },
  );
  const unmodelled = unknown(
    'network-acl-return-traffic-blocked',
    resourceOf(at(5), 'network-acl', hexId('acl', 60), { vpcId: hexId('vpc', 3) }),
    { fact: 'the route leads to a Gateway Load Balancer endpoint, whose appliance is not modelled' },
  );
  const passes = Array.from({ length: 137 }, (_, seed) =>
    passing(
      (sampleChecks[seed % sampleChecks.length] as DescribedCheck).id,
      resourceOf(at(seed), 'security-group', hexId('sg', 600 + seed)),
    ),
  );
  return [
    ...groups,
    ...acls,
    ...replies,
    ...unused,
    ...blackholes,
    ...endpoints,
    ...policies,
    ...defaults,
    ...subnets,
    ...open,
    partial,
    unmodelled,
    ...passes,
  ];
}

const operations = [
  'DescribeAccountAttributes DescribeAddresses DescribeAvailabilityZones DescribeCarrierGateways DescribeClientVpnEndpoints',
  'DescribeCustomerGateways DescribeDhcpOptions DescribeEgressOnlyInternetGateways DescribeFlowLogs',
  'DescribeInstanceConnectEndpoints DescribeInstances DescribeInternetGateways DescribeManagedPrefixLists DescribeNatGateways',
  'DescribeNetworkAcls DescribeNetworkInterfaces DescribePrefixLists DescribeRouteTables DescribeSecurityGroupRules',
  'DescribeSecurityGroups DescribeSecurityGroupVpcAssociations DescribeSubnets DescribeTransitGatewayAttachments',
  'DescribeTransitGatewayRouteTables DescribeTransitGateways DescribeVpcBlockPublicAccessExclusions',
  'DescribeVpcBlockPublicAccessOptions DescribeVpcEncryptionControls DescribeVpcEndpoints',
  'DescribeVpcEndpointServiceConfigurations DescribeVpcPeeringConnections DescribeVpcs DescribeVpnConnections',
  'DescribeVpnGateways GetManagedPrefixListEntries SearchTransitGatewayRoutes',
].flatMap((line) => line.split(' '));

/** The calls of one place, with what became of those that are named. */
export function callsOf(
  place: Place,
  failures: Readonly<Record<string, Partial<ManifestCall>>> = {},
): readonly ManifestCall[] {
  return operations.map((operation) => ({
    ...place,
    service: 'ec2',
    operation,
    input: {},
    status: 'collected',
    iamAction: `ec2:${operation}`,
    requests: 1,
    throttled: 0,
    durationMs: 40,
    ...failures[operation],
  }));
}

export const denied = (operation: string): Partial<ManifestCall> => ({
  status: 'failed',
  failure: 'denied',
  errorCode: 'UnauthorizedOperation',
  message: `ec2:${operation} is not allowed by a policy of the role or user`,
  requests: 1,
});

/** The manifest of the sample. */
export function sampleManifest(): Manifest {
  const { prod, hub } = accounts;
  const calls = places.flatMap((place) =>
    callsOf(place, {
      ...(place.accountId === hub ? { DescribeFlowLogs: denied('DescribeFlowLogs') } : {}),
      ...(place.accountId === prod && place.region === 'us-east-1'
        ? {
            GetManagedPrefixListEntries: denied('GetManagedPrefixListEntries'),
            SearchTransitGatewayRoutes: {
              status: 'failed',
              failure: 'throttled',
              errorCode: 'RequestLimitExceeded',
              message: 'Request limit exceeded.',
              requests: 8,
              throttled: 8,
            } as const,
            DescribeVpcEncryptionControls: {
              status: 'skipped',
              message: 'not called: the deadline of the Region was over',
              requests: 0,
            } as const,
          }
        : {}),
    }),
  );
  const notVisible: readonly NotVisible[] = [
    ...Object.values(accounts).flatMap((accountId) =>
      ['ap-east-1', 'me-south-1'].map((name) => ({
        accountId,
        region: region(name),
        reason: 'The Region is not enabled for the account.',
      })),
    ),
    {
      accountId: account('123456789012'),
      reason: 'The role vpc-auditor could not be assumed: sts:AssumeRole was denied.',
    },
  ];
  return {
    schemaVersion: '1',
    tool: { name: 'vpc-auditor', version: '0.1.0' },
    createdAt: '2026-11-24T02:15:07.000Z',
    caller: { accountId: hub, arn: 'arn:aws:sts::777788889999:assumed-role/network-audit/nightly' },
    scope: { accounts: Object.values(accounts), regions },
    notVisible,
    calls,
  };
}

export const sampleRun = { startedAt: '2026-11-24T02:16:02.000Z', durationMs: 8420 } as const;

/** The bastion of the sample, whose SSH is a critical finding. */
export const sampleHost = {
  ...at(0),
  vpcId: hexId('vpc', 0),
  subnetId: hexId('subnet', 0),
  networkInterfaceId: hexId('eni', 0),
  securityGroupId: hexId('sg', 0),
  securityGroupRuleId: hexId('sgr', 1000),
  port: 22,
} as const;

/** A report such as a small organisation gets: some forty findings, denied calls, open questions. */
export function sampleReport(): AuditReport {
  const report = composeReport({
    manifest: sampleManifest(),
    snapshotFacts: { regions: [], notes: [] },
    verdicts: sampleVerdicts(),
    checks: sampleChecks,
    defects: [],
    exposures: [exposedHost(sampleHost), doubtfulExposure(sampleHost)],
    run: sampleRun,
  });
  return {
    ...report,
    results: report.results.map((result, at) =>
      at % 3 === 2 ? result : { ...result, tags: [{ key: 'team', value: at % 3 === 0 ? 'shop' : 'platform' }] },
    ),
    standards: sampleStandards,
    ...sampleSections,
  };
}

/** A clean and complete audit. */
export function cleanReport(): AuditReport {
  const [place] = places;
  if (place === undefined) throw new Error('the sample has places');
  return composeReport({
    manifest: {
      ...sampleManifest(),
      scope: { accounts: [place.accountId], regions: [place.region] },
      notVisible: [],
      calls: callsOf(place),
    },
    snapshotFacts: { regions: [], notes: [] },
    verdicts: sampleChecks.map(({ id }, seed) => passing(id, resourceOf(place, 'vpc', hexId('vpc', seed)))),
    checks: sampleChecks,
    defects: [],
    run: sampleRun,
  });
}

/** An audit in which one check alone fails so often. */
export function largeReport(failures: number): AuditReport {
  const verdicts = Array.from({ length: failures }, (_, seed) => {
    const place = at(seed);
    if (seed % 5 !== 0) return openGroup(place, seed, `service-${seed}`, services[seed % services.length] as Service);
    const id = hexId('rtb', seed);
    return failing('route-blackhole', resourceOf(place, 'route-table', id), 'A target is gone', [
      { type: 'route', routeTableId: id, destination: '10.64.0.0/16', target: hexId('pcx', seed), state: 'blackhole' },
    ]);
  });
  return composeReport({
    manifest: sampleManifest(),
    snapshotFacts: { regions: [], notes: [] },
    verdicts,
    checks: sampleChecks,
    defects: [],
    run: sampleRun,
  });
}

/** An audit in which one rule of one group is many findings, one of them critical and the others high. */
export function oneRuleReport(findings: number): AuditReport {
  const id = hexId('sg', 1);
  const verdicts = Array.from({ length: findings }, (_, seed) =>
    failing(
      'security-group-open-to-internet',
      resourceOf(at(0), 'security-group', id, { name: 'all-traffic', vpcId: hexId('vpc', 1) }),
      `port ${1000 + seed} is open to the internet`,
      [
        {
          type: 'security-group-rule',
          securityGroupId: id,
          securityGroupRuleId: hexId('sgr', 1),
          isEgress: false,
          protocol: 'all',
          peer: '0.0.0.0/0',
          service: `service ${seed}`,
        },
        {
          type: 'traffic',
          role: 'admitted',
          direction: 'ingress',
          protocol: 'tcp',
          cidrBlocks: ['0.0.0.0/0'],
          portRanges: [{ from: 1000 + seed, to: 1000 + seed }],
          service: `service ${seed}`,
        },
      ],
      { severity: seed === findings - 1 ? 'critical' : 'high' },
    ),
  );
  return composeReport({
    manifest: sampleManifest(),
    snapshotFacts: { regions: [], notes: [] },
    verdicts,
    checks: sampleChecks,
    defects: [],
    run: sampleRun,
  });
}

/** An audit of 300 accounts by 90 checks in which every account fails in its own way: nothing in it is said only once. */
export function vastReport(): AuditReport {
  const report = sampleReport();
  const accountIds = Array.from({ length: 300 }, (_, seed) => account(String(100_000_000_000 + seed)));
  const [row] = report.coverage.rows;
  const question = report.results.find(({ outcome }) => outcome === 'unknown');
  const finding = report.results.find(({ outcome }) => outcome === 'fail');
  const [check] = report.checks;
  if (row === undefined || question === undefined || finding === undefined || check === undefined)
    throw new Error('the sample has one of each');
  const rows = accountIds.flatMap((accountId, seed) =>
    regions.map((name) => ({
      ...row,
      accountId,
      region: name,
      operation: `Describe${seed % 50}`,
      status: 'failed' as const,
      failure: 'denied' as const,
      collected: 0,
      message: `role number ${seed} may not`,
    })),
  );
  const inAccount = (result: Result, accountId: AccountId, seed: number): Result => ({
    ...result,
    checkId: `check-${seed % 90}`,
    resource: { ...result.resource, accountId, arn: `${result.resource.arn}${seed}` },
    fingerprint: seed.toString(16).padStart(64, result.outcome === 'fail' ? '0' : '1'),
  });
  return {
    ...report,
    scope: { ...report.scope, accounts: accountIds },
    coverage: {
      ...report.coverage,
      rows,
      notVisible: accountIds.map((accountId, seed) => ({ accountId, reason: `reason number ${seed}` })),
      assumedOff: accountIds.map((accountId, seed) => ({
        accountId,
        region: row.region,
        kinds: [`kind number ${seed}`],
      })),
      notes: accountIds.map((accountId) => ({ file: `${accountId}.json`, reason: 'not read' })),
    },
    advice: accountIds.flatMap((accountId, seed) =>
      (report.advice ?? []).map((own) => ({ ...own, accountId, why: `${own.why} Reason number ${seed}.` })),
    ),
    checks: Array.from({ length: 90 }, (_, seed) => ({ ...check, id: `check-${seed}` })),
    defects: accountIds.map((accountId, seed) => ({
      checkId: `check-${seed % 90}`,
      accountId,
      region: row.region,
      message: `broke ${seed}`,
    })),
    results: accountIds.flatMap((accountId, seed) => [
      inAccount(finding, accountId, seed),
      {
        ...inAccount(question, accountId, seed),
        missing: [{ fact: `fact number ${seed}`, iamAction: `ec2:Get${seed % 70}` }],
      },
    ]),
  };
}
