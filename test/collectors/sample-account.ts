import { fakeAws, type FakeAnswer, type FakeRequest } from '../aws/fake-aws.ts';
import { rows } from '../../src/collectors/rows.ts';
import { operationOf } from '../../src/collectors/row.ts';
import { resourceKinds } from '../../src/model/resources.ts';

/** The keys that every test uses; they belong to nobody. */
export const testEnvironment: Readonly<Record<string, string | undefined>> = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_REGION: 'eu-west-1',
  AWS_DEFAULT_REGION: undefined,
  AWS_CONFIG_FILE: '/nonexistent/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL: undefined,
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: undefined,
};

/** The account that the default keys belong to. */
export const accountId = '111122223333';

const arn = (resource: string): string => `arn:aws:elasticloadbalancing:eu-west-1:${accountId}:${resource}`;

const nfwArn = (resource: string): string => `arn:aws:network-firewall:eu-west-1:${accountId}:${resource}`;

/** The parents of everything that is asked per resource: one of each, so that every row is called. */
export const parents: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'ec2:DescribeVpcs': { Vpcs: [{ VpcId: 'vpc-1', OwnerId: accountId, CidrBlock: '10.0.0.0/16' }] },
  'ec2:DescribeManagedPrefixLists': { PrefixLists: [{ PrefixListId: 'pl-1', State: 'create-complete' }] },
  'ec2:DescribeVpcEndpointServiceConfigurations': {
    ServiceConfigurations: [{ ServiceId: 'vpce-svc-1', ServiceState: 'Available' }],
  },
  'ec2:DescribeTransitGatewayRouteTables': {
    TransitGatewayRouteTables: [
      { TransitGatewayRouteTableId: 'tgw-rtb-1', State: 'available' },
      { TransitGatewayRouteTableId: 'tgw-rtb-2', State: 'deleted' },
    ],
  },
  'ec2:DescribeTransitGatewayPolicyTables': {
    TransitGatewayPolicyTables: [{ TransitGatewayPolicyTableId: 'tgw-ptb-1', State: 'available' }],
  },
  'ec2:DescribeClientVpnEndpoints': {
    ClientVpnEndpoints: [{ ClientVpnEndpointId: 'cvpn-endpoint-1', Status: { Code: 'available' } }],
  },
  'elbv2:DescribeLoadBalancers': {
    LoadBalancers: [{ LoadBalancerArn: arn('loadbalancer/app/web/1'), LoadBalancerName: 'web', Type: 'application' }],
  },
  'elbv2:DescribeListeners': {
    Listeners: [
      { ListenerArn: arn('listener/app/web/1/1'), Protocol: 'HTTPS', Port: 443 },
      { ListenerArn: arn('listener/net/db/2/2'), Protocol: 'TCP', Port: 5432 },
    ],
  },
  'elbv2:DescribeTargetGroups': { TargetGroups: [{ TargetGroupArn: arn('targetgroup/web/1') }] },
  'network-firewall:ListFirewalls': {
    Firewalls: [{ FirewallName: 'inspection', FirewallArn: nfwArn('firewall/inspection') }],
  },
  'network-firewall:ListFirewallPolicies': {
    FirewallPolicies: [{ Name: 'egress', Arn: nfwArn('firewall-policy/egress') }],
  },
  'network-firewall:ListRuleGroups': {
    RuleGroups: [
      { Name: 'block', Arn: nfwArn('stateless-rulegroup/block') },
      { Name: 'domains', Arn: nfwArn('stateful-rulegroup/domains') },
    ],
  },
  'elb:DescribeLoadBalancers': { LoadBalancerDescriptions: [{ LoadBalancerName: 'classic' }] },
};

const whole: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'ec2:DescribeVpcBlockPublicAccessOptions': { VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' } },
  'network-firewall:DescribeFirewall': {
    Firewall: { FirewallName: 'inspection' },
    FirewallStatus: { Status: 'READY' },
  },
  'network-firewall:DescribeLoggingConfiguration': { FirewallArn: nfwArn('firewall/inspection') },
  'network-firewall:DescribeFirewallPolicy': { FirewallPolicyResponse: {}, FirewallPolicy: {} },
  'network-firewall:DescribeRuleGroup': { RuleGroupResponse: {}, RuleGroup: {} },
  'elb:DescribeLoadBalancerAttributes': {
    LoadBalancerAttributes: { CrossZoneLoadBalancing: { Enabled: true } },
  },
};

/** What an operation answers of nothing: an empty list, as AWS spells it. */
export function emptyAnswer({ service, operation }: Pick<FakeRequest, 'service' | 'operation'>): FakeAnswer {
  const row = rows.find((candidate) => {
    const { service: rowService, operation: rowOperation } = operationOf(candidate);
    return rowService === service && rowOperation === operation;
  });
  const member = row === undefined ? undefined : resourceKinds[row.key].member;
  if (member === undefined) throw new Error(`no row calls ${service}:${operation}`);
  return { answer: { [member]: [] } };
}

/** An account with one parent of each kind, in `eu-west-1` and `eu-central-1`; `override` answers first. */
export function sampleAccount(
  override: (request: FakeRequest) => FakeAnswer | undefined | Promise<FakeAnswer | undefined> = () => undefined,
): ReturnType<typeof fakeAws> {
  return fakeAws(async (request) => {
    const overridden = await override(request);
    if (overridden !== undefined) return overridden;
    const { service, operation, input } = request;
    if (operation === 'GetCallerIdentity') {
      return { answer: { Account: accountId, Arn: `arn:aws:iam::${accountId}:user/auditor`, UserId: 'AIDA' } };
    }
    if (operation === 'DescribeRegions') {
      return {
        answer: {
          Regions: [
            { RegionName: 'eu-west-1', OptInStatus: 'opt-in-not-required' },
            { RegionName: 'eu-central-1', OptInStatus: 'opt-in-not-required' },
            { RegionName: 'af-south-1', OptInStatus: 'not-opted-in' },
          ],
        },
      };
    }
    if (operation === 'DescribeVpcAttribute') {
      const member = input['Attribute'] === 'enableDnsSupport' ? 'EnableDnsSupport' : 'EnableDnsHostnames';
      return { answer: { VpcId: input['VpcId'], [member]: { Value: true } } };
    }
    const key = `${service}:${operation}`;
    const known = whole[key] ?? parents[key];
    return known === undefined ? emptyAnswer(request) : { answer: known };
  });
}
