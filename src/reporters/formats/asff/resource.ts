import type { ResourceReference, ResourceType } from '../../../model/verdict/resource-reference.ts';
import { partitionOf } from '../partition.ts';
import { asffLimits, filled, filledMap } from './limits.ts';

/** The resource types of ASFF (Security Hub user guide, "Resources ASFF object"); what has none is `Other`. */
const types: { readonly [T in ResourceType]?: string } = {
  vpc: 'AwsEc2Vpc',
  subnet: 'AwsEc2Subnet',
  'security-group': 'AwsEc2SecurityGroup',
  'network-acl': 'AwsEc2NetworkAcl',
  'route-table': 'AwsEc2RouteTable',
  'network-interface': 'AwsEc2NetworkInterface',
  instance: 'AwsEc2Instance',
  'elastic-ip': 'AwsEc2Eip',
  'vpc-endpoint-service': 'AwsEc2VpcEndpointService',
  'vpc-peering-connection': 'AwsEc2VpcPeeringConnection',
  'transit-gateway': 'AwsEc2TransitGateway',
  'vpn-connection': 'AwsEc2VpnConnection',
  'client-vpn-endpoint': 'AwsEc2ClientVpnEndpoint',
  'launch-template': 'AwsEc2LaunchTemplate',
  'network-firewall': 'AwsNetworkFirewallFirewall',
  'firewall-policy': 'AwsNetworkFirewallFirewallPolicy',
  'firewall-rule-group': 'AwsNetworkFirewallRuleGroup',
};

const partitions: readonly (string | undefined)[] = ['aws', 'aws-cn', 'aws-us-gov'];

/** The resource of a finding, named by its ARN. */
export function asffResource(resource: ResourceReference): object {
  const { type, id, arn, region, vpcId, name } = resource;
  const partition = partitionOf(arn);
  return {
    Type: typeOf(resource),
    Id: filled(arn, asffLimits.id) ?? filled(id, asffLimits.id) ?? type,
    ...(partitions.includes(partition) ? { Partition: partition } : {}),
    ...(region.length <= asffLimits.region ? { Region: filled(region, asffLimits.region) } : {}),
    Details: { Other: filledMap({ Type: type, Id: id, VpcId: vpcId, Name: name }, asffLimits.otherDetail) },
  };
}

/** A load balancer's ARN tells its generation: a classic one has no `app`, `net` or `gwy` in it. */
function typeOf({ type, arn }: ResourceReference): string {
  if (type !== 'load-balancer') return types[type] ?? 'Other';
  return /:loadbalancer\/(?:app|net|gwy)\//.test(arn) ? 'AwsElbv2LoadBalancer' : 'AwsElbLoadBalancer';
}
