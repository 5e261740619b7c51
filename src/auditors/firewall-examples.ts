import type { Item } from './examples.ts';

const arn = (resource: string): string => `arn:aws:network-firewall:eu-west-1:111122223333:${resource}`;

/** The ARNs under which examples know their firewall, its policy and a stateless rule group. */
export const firewallArn: string = arn('firewall/inspection');
export const firewallPolicyArn: string = arn('firewall-policy/egress');
export const statelessGroupArn: string = arn('stateless-rulegroup/block');

/** A firewall of the VPC with an endpoint in each of two zones. */
export const firewall = (members: Item = {}, zones: readonly string[] = ['a', 'b']): Item => ({
  FirewallArn: firewallArn,
  Firewall: {
    FirewallName: 'inspection',
    FirewallArn: firewallArn,
    VpcId: 'vpc-0a1',
    FirewallPolicyArn: firewallPolicyArn,
    SubnetMappings: zones.map((zone) => ({ SubnetId: `subnet-0f${zone}` })),
    DeleteProtection: true,
    SubnetChangeProtection: true,
    ...members,
  },
  FirewallStatus: {
    Status: 'READY',
    SyncStates: Object.fromEntries(
      zones.map((zone) => [
        `eu-west-1${zone}`,
        { Attachment: { SubnetId: `subnet-0f${zone}`, EndpointId: `vpce-0f${zone}`, Status: 'READY' } },
      ]),
    ),
  },
});

/** A policy that hands everything to its stateful rules. */
export const firewallPolicy = (members: Item = {}): Item => ({
  FirewallPolicyArn: firewallPolicyArn,
  FirewallPolicyResponse: { FirewallPolicyName: 'egress', FirewallPolicyArn: firewallPolicyArn },
  FirewallPolicy: {
    StatelessDefaultActions: ['aws:forward_to_sfe'],
    StatelessFragmentDefaultActions: ['aws:forward_to_sfe'],
    StatefulRuleGroupReferences: [{ ResourceArn: arn('stateful-rulegroup/domains') }],
    ...members,
  },
});
