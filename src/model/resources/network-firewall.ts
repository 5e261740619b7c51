import { flag, id, IncompleteItem, items, nested, record, requiredId, text, texts, type Raw } from '../decode.ts';
import type { Arn, SubnetId, VpcEndpointId, VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** A firewall as it is listed: its name and ARN. */
export interface FirewallMetadata {
  readonly firewallArn: Arn;
  readonly firewallName: string | undefined;
}

export const firewallMetadata: ResourceKind<FirewallMetadata> = {
  service: 'network-firewall',
  operation: 'ListFirewalls',
  member: 'Firewalls',
  idMember: 'FirewallArn',
  toModel: (raw) => ({ firewallArn: requiredId(raw, 'FirewallArn'), firewallName: text(raw, 'FirewallName') }),
};

/** The endpoint of a firewall in one zone. */
export interface FirewallEndpoint {
  readonly availabilityZone: string;
  readonly subnetId: SubnetId | undefined;
  /** The VPC endpoint that routes lead to. */
  readonly endpointId: VpcEndpointId | undefined;
  /** `CREATING`, `DELETING`, `FAILED`, `ERROR`, `SCALING` or `READY`. */
  readonly status: string | undefined;
}

/** An AWS Network Firewall. */
export interface Firewall {
  readonly firewallArn: Arn;
  readonly firewallName: string | undefined;
  /** Absent for a firewall that is attached to a transit gateway. */
  readonly vpcId: VpcId | undefined;
  readonly transitGatewayId: string | undefined;
  readonly firewallPolicyArn: Arn | undefined;
  readonly subnetIds: readonly SubnetId[];
  /** The zones of a firewall that is attached to a transit gateway. */
  readonly availabilityZones: readonly string[];
  readonly deleteProtection: boolean | undefined;
  readonly subnetChangeProtection: boolean | undefined;
  readonly firewallPolicyChangeProtection: boolean | undefined;
  /** `CUSTOMER_KMS` or `AWS_OWNED_KMS_KEY`. */
  readonly encryptionType: string | undefined;
  /** `PROVISIONING`, `DELETING` or `READY`. */
  readonly status: string | undefined;
  readonly endpoints: readonly FirewallEndpoint[];
  readonly tags: readonly Tag[];
}

const toEndpoint = (availabilityZone: string, state: Raw): FirewallEndpoint => ({
  availabilityZone,
  subnetId: nested(state, 'Attachment', (attachment) => id<SubnetId>(attachment, 'SubnetId')),
  endpointId: nested(state, 'Attachment', (attachment) => id<VpcEndpointId>(attachment, 'EndpointId')),
  status: nested(state, 'Attachment', (attachment) => text(attachment, 'Status')),
});

export const firewalls: ResourceKind<Firewall> = {
  service: 'network-firewall',
  operation: 'DescribeFirewall',
  whole: 'Firewall',
  idMember: 'FirewallArn',
  per: { kind: 'firewallMetadata', input: 'FirewallArn' },
  toModel: (raw, of) => ({
    firewallArn: of as Arn,
    endpoints: nested(raw, 'FirewallStatus', (status) => record(status, 'SyncStates', toEndpoint)) ?? [],
    status: nested(raw, 'FirewallStatus', (status) => text(status, 'Status')),
    ...firewallOf(raw),
  }),
};

type Configured = Omit<Firewall, 'firewallArn' | 'endpoints' | 'status'>;

function firewallOf(answer: Raw): Configured {
  const configured = nested(
    answer,
    'Firewall',
    (raw): Configured => ({
      firewallName: text(raw, 'FirewallName'),
      vpcId: id(raw, 'VpcId'),
      transitGatewayId: text(raw, 'TransitGatewayId'),
      firewallPolicyArn: id(raw, 'FirewallPolicyArn'),
      subnetIds: items(raw, 'SubnetMappings', (mapping) => requiredId<SubnetId>(mapping, 'SubnetId')),
      availabilityZones: items(raw, 'AvailabilityZoneMappings', (zone) => text(zone, 'AvailabilityZone') ?? ''),
      deleteProtection: flag(raw, 'DeleteProtection'),
      subnetChangeProtection: flag(raw, 'SubnetChangeProtection'),
      firewallPolicyChangeProtection: flag(raw, 'FirewallPolicyChangeProtection'),
      encryptionType: nested(raw, 'EncryptionConfiguration', (encryption) => text(encryption, 'Type')),
      tags: tags(raw),
    }),
  );
  if (configured === undefined) throw new IncompleteItem('Firewall');
  return configured;
}

/** Where a firewall writes its logs; none where it does not. */
export interface FirewallLogging {
  readonly firewallArn: Arn;
  readonly logDestinationConfigs: readonly {
    /** `ALERT`, `FLOW` or `TLS`. */
    readonly logType: string | undefined;
    /** `S3`, `CloudWatchLogs` or `KinesisDataFirehose`. */
    readonly logDestinationType: string | undefined;
  }[];
}

export const firewallLogging: ResourceKind<FirewallLogging> = {
  service: 'network-firewall',
  operation: 'DescribeLoggingConfiguration',
  whole: 'FirewallArn',
  idMember: 'FirewallArn',
  per: { kind: 'firewallMetadata', input: 'FirewallArn' },
  toModel: (raw, of) => ({
    firewallArn: of as Arn,
    logDestinationConfigs:
      nested(raw, 'LoggingConfiguration', (logging) =>
        items(logging, 'LogDestinationConfigs', (config) => ({
          logType: text(config, 'LogType'),
          logDestinationType: text(config, 'LogDestinationType'),
        })),
      ) ?? [],
  }),
};

/** A firewall policy or rule group as it is listed. */
export interface FirewallPartMetadata {
  readonly arn: Arn;
  readonly name: string | undefined;
}

const toPart = (raw: Raw): FirewallPartMetadata => ({ arn: requiredId(raw, 'Arn'), name: text(raw, 'Name') });

export const firewallPolicyMetadata: ResourceKind<FirewallPartMetadata> = {
  service: 'network-firewall',
  operation: 'ListFirewallPolicies',
  member: 'FirewallPolicies',
  idMember: 'Arn',
  toModel: toPart,
};

/** What a firewall does with packets: first the stateless rules, then, of what these forward, the stateful ones. */
export interface FirewallPolicy {
  readonly firewallPolicyArn: Arn;
  readonly firewallPolicyName: string | undefined;
  /** `aws:pass`, `aws:drop` or `aws:forward_to_sfe`, and custom actions. */
  readonly statelessDefaultActions: readonly string[];
  readonly statelessFragmentDefaultActions: readonly string[];
  readonly statelessRuleGroupArns: readonly Arn[];
  readonly statefulRuleGroupArns: readonly Arn[];
  readonly statefulDefaultActions: readonly string[];
  readonly tags: readonly Tag[];
}

const resourceArns = (raw: Raw, key: string): readonly Arn[] =>
  items(raw, key, (reference) => requiredId<Arn>(reference, 'ResourceArn'));

export const firewallPolicies: ResourceKind<FirewallPolicy> = {
  service: 'network-firewall',
  operation: 'DescribeFirewallPolicy',
  whole: 'FirewallPolicyResponse',
  idMember: 'FirewallPolicyArn',
  per: { kind: 'firewallPolicyMetadata', input: 'FirewallPolicyArn' },
  toModel: (answer, of) => {
    const policy = nested(answer, 'FirewallPolicy', (raw) => ({
      statelessDefaultActions: texts(raw, 'StatelessDefaultActions'),
      statelessFragmentDefaultActions: texts(raw, 'StatelessFragmentDefaultActions'),
      statelessRuleGroupArns: resourceArns(raw, 'StatelessRuleGroupReferences'),
      statefulRuleGroupArns: resourceArns(raw, 'StatefulRuleGroupReferences'),
      statefulDefaultActions: texts(raw, 'StatefulDefaultActions'),
    }));
    if (policy === undefined) throw new IncompleteItem('FirewallPolicy');
    return {
      firewallPolicyArn: of as Arn,
      firewallPolicyName: nested(answer, 'FirewallPolicyResponse', (raw) => text(raw, 'FirewallPolicyName')),
      ...policy,
      tags: nested(answer, 'FirewallPolicyResponse', (raw) => tags(raw)) ?? [],
    };
  },
};

export const ruleGroupMetadata: ResourceKind<FirewallPartMetadata> = {
  service: 'network-firewall',
  operation: 'ListRuleGroups',
  member: 'RuleGroups',
  idMember: 'Arn',
  toModel: toPart,
};

/** A stateless rule group of Network Firewall; stateful ones are not read, since they cannot be empty. */
export interface RuleGroup {
  readonly ruleGroupArn: Arn;
  readonly ruleGroupName: string | undefined;
  /** How many stateless rules it holds; `undefined` where the answer has none of that kind. */
  readonly statelessRules: number | undefined;
  readonly tags: readonly Tag[];
}

export const ruleGroups: ResourceKind<RuleGroup> = {
  service: 'network-firewall',
  operation: 'DescribeRuleGroup',
  whole: 'RuleGroupResponse',
  idMember: 'RuleGroupArn',
  per: { kind: 'ruleGroupMetadata', input: 'RuleGroupArn' },
  toModel: (answer, of) => ({
    ruleGroupArn: of as Arn,
    ruleGroupName: nested(answer, 'RuleGroupResponse', (raw) => text(raw, 'RuleGroupName')),
    statelessRules: nested(answer, 'RuleGroup', (group) =>
      nested(group, 'RulesSource', (source) =>
        nested(source, 'StatelessRulesAndCustomActions', (rules) => items(rules, 'StatelessRules', () => true).length),
      ),
    ),
    tags: nested(answer, 'RuleGroupResponse', (raw) => tags(raw)) ?? [],
  }),
};
