/** Answers of the services around a network with the nouns that they are, for the test of the nouns. */
import type { Raw } from '../../../src/model/decode.ts';
import type { ResourceKey } from '../../../src/model/resources.ts';

interface Example {
  readonly key: ResourceKey;
  readonly of: string;
  readonly raw: Raw;
  readonly noun: unknown;
}

const nfw = (resource: string): string => `arn:aws:network-firewall:eu-west-1:111122223333:${resource}`;
const Tags = [{ Key: 'Name', Value: 'web' }];
const tags = [{ key: 'Name', value: 'web' }];
const lowerCaseTags = [{ key: 'Name', value: 'web' }, { key: 'empty' }];

/** In the order of the table of kinds. */
export const nounsAround: readonly Example[] = [
  {
    key: 'launchTemplateVersions',
    of: '',
    raw: {
      LaunchTemplateId: 'lt-1',
      LaunchTemplateName: 'web',
      VersionNumber: 3,
      DefaultVersion: true,
      LaunchTemplateData: {
        NetworkInterfaces: [
          { DeviceIndex: 0, AssociatePublicIpAddress: true, SubnetId: 'subnet-1', Groups: ['sg-1'] },
          {},
        ],
        MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'enabled' },
      },
    },
    noun: {
      launchTemplateId: 'lt-1',
      launchTemplateName: 'web',
      versionNumber: 3,
      defaultVersion: true,
      networkInterfaces: [
        { deviceIndex: 0, associatePublicIpAddress: true, subnetId: 'subnet-1', groups: ['sg-1'] },
        { deviceIndex: undefined, associatePublicIpAddress: undefined, subnetId: undefined, groups: [] },
      ],
      httpTokens: 'optional',
      httpEndpoint: 'enabled',
    },
  },
  {
    key: 'firewallMetadata',
    of: '',
    raw: { FirewallName: 'inspection', FirewallArn: nfw('firewall/inspection') },
    noun: { firewallArn: nfw('firewall/inspection'), firewallName: 'inspection' },
  },
  {
    key: 'firewalls',
    of: nfw('firewall/inspection'),
    raw: {
      UpdateToken: 'token',
      Firewall: {
        FirewallName: 'inspection',
        FirewallArn: nfw('firewall/inspection'),
        FirewallPolicyArn: nfw('firewall-policy/egress'),
        VpcId: 'vpc-1',
        TransitGatewayId: 'tgw-1',
        SubnetMappings: [{ SubnetId: 'subnet-1' }],
        AvailabilityZoneMappings: [{ AvailabilityZone: 'euw1-az1' }],
        DeleteProtection: true,
        SubnetChangeProtection: false,
        FirewallPolicyChangeProtection: false,
        EncryptionConfiguration: { Type: 'CUSTOMER_KMS', KeyId: 'key' },
        Tags,
      },
      FirewallStatus: {
        Status: 'READY',
        SyncStates: {
          'eu-west-1b': {},
          'eu-west-1a': { Attachment: { SubnetId: 'subnet-1', EndpointId: 'vpce-1', Status: 'READY' } },
        },
      },
    },
    noun: {
      firewallArn: nfw('firewall/inspection'),
      endpoints: [
        { availabilityZone: 'eu-west-1a', subnetId: 'subnet-1', endpointId: 'vpce-1', status: 'READY' },
        { availabilityZone: 'eu-west-1b', subnetId: undefined, endpointId: undefined, status: undefined },
      ],
      status: 'READY',
      firewallName: 'inspection',
      vpcId: 'vpc-1',
      transitGatewayId: 'tgw-1',
      firewallPolicyArn: nfw('firewall-policy/egress'),
      subnetIds: ['subnet-1'],
      availabilityZones: ['euw1-az1'],
      deleteProtection: true,
      subnetChangeProtection: false,
      firewallPolicyChangeProtection: false,
      encryptionType: 'CUSTOMER_KMS',
      tags,
    },
  },
  {
    key: 'firewallLogging',
    of: nfw('firewall/inspection'),
    raw: {
      FirewallArn: nfw('firewall/inspection'),
      LoggingConfiguration: { LogDestinationConfigs: [{ LogType: 'ALERT', LogDestinationType: 'S3' }] },
    },
    noun: {
      firewallArn: nfw('firewall/inspection'),
      logDestinationConfigs: [{ logType: 'ALERT', logDestinationType: 'S3' }],
    },
  },
  {
    key: 'firewallPolicyMetadata',
    of: '',
    raw: { Name: 'egress', Arn: nfw('firewall-policy/egress') },
    noun: { arn: nfw('firewall-policy/egress'), name: 'egress' },
  },
  {
    key: 'firewallPolicies',
    of: nfw('firewall-policy/egress'),
    raw: {
      FirewallPolicyResponse: { FirewallPolicyName: 'egress', Tags },
      FirewallPolicy: {
        StatelessDefaultActions: ['aws:forward_to_sfe'],
        StatelessFragmentDefaultActions: ['aws:pass'],
        StatelessRuleGroupReferences: [{ ResourceArn: nfw('stateless-rulegroup/block'), Priority: 1 }],
        StatefulRuleGroupReferences: [{ ResourceArn: nfw('stateful-rulegroup/domains') }],
        StatefulDefaultActions: ['aws:drop_strict'],
      },
    },
    noun: {
      firewallPolicyArn: nfw('firewall-policy/egress'),
      firewallPolicyName: 'egress',
      statelessDefaultActions: ['aws:forward_to_sfe'],
      statelessFragmentDefaultActions: ['aws:pass'],
      statelessRuleGroupArns: [nfw('stateless-rulegroup/block')],
      statefulRuleGroupArns: [nfw('stateful-rulegroup/domains')],
      statefulDefaultActions: ['aws:drop_strict'],
      tags,
    },
  },
  {
    key: 'ruleGroupMetadata',
    of: '',
    raw: { Name: 'block', Arn: nfw('stateless-rulegroup/block') },
    noun: { arn: nfw('stateless-rulegroup/block'), name: 'block' },
  },
  {
    key: 'ruleGroups',
    of: nfw('stateless-rulegroup/block'),
    raw: {
      RuleGroupResponse: { RuleGroupName: 'block', Tags },
      RuleGroup: { RulesSource: { StatelessRulesAndCustomActions: { StatelessRules: [{ Priority: 1 }] } } },
    },
    noun: { ruleGroupArn: nfw('stateless-rulegroup/block'), ruleGroupName: 'block', statelessRules: 1, tags },
  },
  {
    key: 'directConnectConnections',
    of: '',
    raw: {
      ownerAccount: '111122223333',
      connectionId: 'dxcon-1',
      connectionName: 'line',
      connectionState: 'available',
      location: 'EqDB1',
      awsLogicalDeviceId: 'EqDB1-1',
      tags: lowerCaseTags,
    },
    noun: {
      connectionId: 'dxcon-1',
      ownerId: '111122223333',
      connectionName: 'line',
      connectionState: 'available',
      location: 'EqDB1',
      awsLogicalDeviceId: 'EqDB1-1',
      tags: [
        { key: 'Name', value: 'web' },
        { key: 'empty', value: '' },
      ],
    },
  },
  {
    key: 'virtualInterfaces',
    of: '',
    raw: {
      ownerAccount: '111122223333',
      virtualInterfaceId: 'dxvif-1',
      connectionId: 'dxcon-1',
      location: 'EqDB1',
      virtualInterfaceName: 'office',
      virtualInterfaceType: 'private',
      virtualInterfaceState: 'available',
      virtualGatewayId: 'vgw-1',
      directConnectGatewayId: 'dxgw-1',
      authKey: 'secret',
      customerRouterConfig: 'secret',
      bgpPeers: [{ addressFamily: 'ipv4', bgpStatus: 'up', authKey: 'secret' }],
      tags: [],
    },
    noun: {
      virtualInterfaceId: 'dxvif-1',
      ownerId: '111122223333',
      connectionId: 'dxcon-1',
      location: 'EqDB1',
      virtualInterfaceName: 'office',
      virtualInterfaceType: 'private',
      virtualInterfaceState: 'available',
      virtualGatewayId: 'vgw-1',
      directConnectGatewayId: 'dxgw-1',
      bgpPeers: [{ addressFamily: 'ipv4', bgpStatus: 'up' }],
      tags: [],
    },
  },
  {
    key: 'resolverQueryLogConfigAssociations',
    of: '',
    raw: {
      Id: 'rqlca-1',
      ResolverQueryLogConfigId: 'rqlc-1',
      ResourceId: 'vpc-1',
      Status: 'FAILED',
      Error: 'ACCESS_DENIED',
    },
    noun: {
      id: 'rqlca-1',
      resolverQueryLogConfigId: 'rqlc-1',
      resourceId: 'vpc-1',
      status: 'FAILED',
      error: 'ACCESS_DENIED',
    },
  },
  {
    key: 'logGroups',
    of: '',
    raw: { logGroupName: '/vpc/flow-logs', retentionInDays: 90, kmsKeyId: 'key' },
    noun: { logGroupName: '/vpc/flow-logs', retentionInDays: 90, kmsKeyId: 'key' },
  },
  {
    key: 'metricFilters',
    of: '',
    raw: {
      filterName: 'changes',
      logGroupName: 'cloudtrail',
      filterPattern: '{ ($.eventName = CreateVpc) }',
      metricTransformations: [{ metricName: 'changes', metricNamespace: 'CloudTrail', metricValue: '1' }],
    },
    noun: {
      filterName: 'changes',
      logGroupName: 'cloudtrail',
      filterPattern: '{ ($.eventName = CreateVpc) }',
      metrics: [{ namespace: 'CloudTrail', name: 'changes' }],
    },
  },
  {
    key: 'metricAlarms',
    of: '',
    raw: {
      AlarmName: 'changes',
      ActionsEnabled: true,
      AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:security'],
      MetricName: 'changes',
      Namespace: 'CloudTrail',
      Metrics: [{ Id: 'm1', MetricStat: { Metric: { Namespace: 'CloudTrail', MetricName: 'other' } } }, { Id: 'e1' }],
    },
    noun: {
      alarmName: 'changes',
      actionsEnabled: true,
      alarmActions: ['arn:aws:sns:eu-west-1:111122223333:security'],
      metrics: [
        { namespace: 'CloudTrail', name: 'changes' },
        { namespace: 'CloudTrail', name: 'other' },
      ],
    },
  },
];
