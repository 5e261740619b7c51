import { fileNameOf } from '../../src/model/snapshot/file-name.ts';
import type { SubnetPlace } from './network-interface.ts';
import type { VpcPlace } from './security-group.ts';
import { add, arnOf, type Built, type Common, digest, type RegionState, tagsOf } from './state.ts';
import { buildGatewayLoadBalancerEndpoint } from './vpc-endpoint.ts';

export interface RuleGroupOptions extends Common {
  readonly name: string;
  readonly type?: 'STATELESS' | 'STATEFUL';
  /** How many rules a stateless group holds. */
  readonly rules?: number;
}

export interface FirewallPolicyOptions extends Common {
  readonly name: string;
  readonly ruleGroups?: readonly Built[];
  /** `aws:forward_to_sfe` unless said otherwise. */
  readonly statelessDefault?: 'aws:pass' | 'aws:drop' | 'aws:forward_to_sfe';
  readonly statelessFragmentDefault?: 'aws:pass' | 'aws:drop' | 'aws:forward_to_sfe';
}

export interface FirewallOptions extends Common {
  readonly name: string;
  readonly policy: Built;
  /** One for each zone that it stands in. */
  readonly subnets: readonly { readonly place: SubnetPlace }[];
  readonly deleteProtection?: boolean;
  readonly subnetChangeProtection?: boolean;
  /** The kinds of logs that it writes, to S3. */
  readonly logs?: readonly ('ALERT' | 'FLOW' | 'TLS')[];
  readonly encryption?: 'CUSTOMER_KMS' | 'AWS_OWNED_KMS_KEY';
}

/** A firewall; routes lead to its `endpoints`, one for each subnet. */
export interface FirewallBuilder extends Built {
  readonly endpoints: readonly Built[];
}

/** Puts what an operation answers of one resource. */
function answers(state: RegionState, operation: string, arn: string, document: Record<string, unknown>): void {
  state.documents.set(`network-firewall.${operation}/${fileNameOf(arn)}`, document);
}

const token = '00000000-0000-4000-8000-000000000000';
const encryptionOf = (type = 'AWS_OWNED_KMS_KEY'): Record<string, string> => ({
  KeyId: type === 'CUSTOMER_KMS' ? 'alias/firewall' : 'AWS_OWNED_KMS_KEY',
  Type: type,
});

/** A rule group of Network Firewall. */
export function buildRuleGroup(state: RegionState, options: RuleGroupOptions): Built {
  const type = options.type ?? 'STATEFUL';
  const arn = arnOf(state, 'network-firewall', `${type.toLowerCase()}-rulegroup/${options.name}`);
  const item = add(state, 'network-firewall.ListRuleGroups', { Name: options.name, Arn: arn }, options.raw);
  if (type === 'STATELESS') {
    answers(state, 'DescribeRuleGroup', arn, {
      UpdateToken: token,
      RuleGroup: {
        RulesSource: {
          StatelessRulesAndCustomActions: {
            StatelessRules: Array.from({ length: options.rules ?? 1 }, (_, index) => ({
              Priority: index + 1,
              RuleDefinition: {
                MatchAttributes: { Sources: [{ AddressDefinition: '198.51.100.0/24' }] },
                Actions: ['aws:drop'],
              },
            })),
          },
        },
      },
      RuleGroupResponse: {
        RuleGroupArn: arn,
        RuleGroupName: options.name,
        RuleGroupId: digest(arn, 32),
        Type: type,
        Capacity: 100,
        RuleGroupStatus: 'ACTIVE',
        Tags: tagsOf(options),
        EncryptionConfiguration: encryptionOf(),
      },
    });
  }
  return { id: arn, item };
}

/** A firewall policy. */
export function buildFirewallPolicy(state: RegionState, options: FirewallPolicyOptions): Built {
  const arn = arnOf(state, 'network-firewall', `firewall-policy/${options.name}`);
  const item = add(state, 'network-firewall.ListFirewallPolicies', { Name: options.name, Arn: arn });
  const referring = (kind: string): readonly object[] =>
    (options.ruleGroups ?? [])
      .filter(({ id }) => id.includes(`:${kind}-rulegroup/`))
      .map(({ id }, index) => ({ ResourceArn: id, ...(kind === 'stateless' ? { Priority: index + 1 } : {}) }));
  answers(state, 'DescribeFirewallPolicy', arn, {
    UpdateToken: token,
    FirewallPolicyResponse: {
      FirewallPolicyArn: arn,
      FirewallPolicyName: options.name,
      FirewallPolicyId: digest(arn, 32),
      FirewallPolicyStatus: 'ACTIVE',
      Tags: tagsOf(options),
      EncryptionConfiguration: encryptionOf(),
    },
    FirewallPolicy: {
      StatelessDefaultActions: [options.statelessDefault ?? 'aws:forward_to_sfe'],
      StatelessFragmentDefaultActions: [options.statelessFragmentDefault ?? 'aws:forward_to_sfe'],
      StatelessRuleGroupReferences: referring('stateless'),
      StatefulRuleGroupReferences: referring('stateful'),
    },
  });
  return { id: arn, item };
}

/** A firewall with an endpoint in each of its subnets; AWS makes these as gateway load balancer endpoints. */
export function buildFirewall(state: RegionState, vpc: VpcPlace, options: FirewallOptions): FirewallBuilder {
  const arn = arnOf(state, 'network-firewall', `firewall/${options.name}`);
  const item = add(state, 'network-firewall.ListFirewalls', { FirewallName: options.name, FirewallArn: arn });
  const service = `com.amazonaws.vpce.${state.region}.vpce-svc-${digest('network-firewall', 17)}`;
  const endpoints = options.subnets.map((subnet) =>
    buildGatewayLoadBalancerEndpoint(state, vpc, service, subnet, {
      name: `${options.name}/${subnet.place.id}`,
      raw: { RequesterManaged: true, Tags: [] },
    }),
  );
  const states = options.subnets.map(({ place }, index) => [
    place.zone,
    {
      Attachment: { SubnetId: place.id, EndpointId: endpoints[index]?.id, Status: 'READY' },
      Config: {},
    },
  ]);
  answers(state, 'DescribeFirewall', arn, {
    UpdateToken: token,
    Firewall: {
      FirewallName: options.name,
      FirewallArn: arn,
      FirewallPolicyArn: options.policy.id,
      VpcId: vpc.id,
      SubnetMappings: options.subnets.map(({ place }) => ({ SubnetId: place.id, IPAddressType: 'IPV4' })),
      DeleteProtection: options.deleteProtection ?? false,
      SubnetChangeProtection: options.subnetChangeProtection ?? false,
      FirewallPolicyChangeProtection: false,
      FirewallId: digest(arn, 32),
      Tags: tagsOf(options),
      EncryptionConfiguration: encryptionOf(options.encryption),
      ...options.raw,
    },
    FirewallStatus: {
      Status: 'READY',
      ConfigurationSyncStateSummary: 'IN_SYNC',
      SyncStates: Object.fromEntries(states),
    },
  });
  answers(state, 'DescribeLoggingConfiguration', arn, {
    FirewallArn: arn,
    LoggingConfiguration: {
      LogDestinationConfigs: (options.logs ?? []).map((LogType) => ({
        LogType,
        LogDestinationType: 'S3',
        LogDestination: { bucketName: `firewall-logs-${state.accountId}` },
      })),
    },
  });
  return { id: arn, item, endpoints };
}
