import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { networkInterface, permission, securityGroup, subnet, vpcEndpoint } from '../examples.ts';
import { admitClients, clientsOf } from '../endpoint-clients.ts';
import { answersOnHttps } from '../gateway-services.ts';
import { groupBy } from '../group-by.ts';
import { type RuleKind, ruleKinds } from '../rule-kinds.ts';
import { takingPart } from '../taking-part.ts';

const interfaceEndpoint = vpcEndpoint({
  VpcEndpointType: 'Interface',
  ServiceName: 'com.amazonaws.eu-west-1.ssm',
  Groups: [{ GroupId: 'sg-0e1' }],
  NetworkInterfaceIds: ['eni-0e1'],
  PrivateDnsEnabled: true,
});
const endpointInterface = networkInterface({
  NetworkInterfaceId: 'eni-0e1',
  InterfaceType: 'vpc_endpoint',
  Groups: [{ GroupId: 'sg-0e1' }],
  PrivateIpAddresses: [{ PrivateIpAddress: '10.0.1.200', Primary: true }],
});
const behind = (ingress: readonly Readonly<Record<string, unknown>>[]) => ({
  subnets: [subnet()],
  networkInterfaces: [networkInterface(), endpointInterface],
  vpcEndpoints: [interfaceEndpoint],
  securityGroups: [securityGroup([]), securityGroup(ingress, { GroupId: 'sg-0e1', GroupName: 'endpoint' })],
});

const check: Check<'vpcEndpoints' | 'securityGroups' | 'networkInterfaces' | 'subnets', RuleKind> = {
  id: 'vpc-endpoint-clients-not-admitted',
  title: 'Security groups of the interface endpoint do not admit clients of its VPC',
  severity: 'medium',
  rationale:
    'With private DNS every client in the VPC is sent to the endpoint, whether or not its groups admit that client, so the ' +
    'service that used to work through a NAT gateway just times out. An endpoint made without a group gets the default ' +
    'one, which admits only its own members.',
  remediation:
    'Let the group of the endpoint admit TCP 443 from the blocks or groups of its clients. Who may do what is for the ' +
    'endpoint policy and for IAM to say; the group only decides who can ask.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html',
  ],
  relatedChecks: [],
  judges: 'vpcEndpoints',
  needs: ['vpcEndpoints', 'securityGroups', 'networkInterfaces', 'subnets'],
  uses: ruleKinds,
  examples: {
    fails: [
      {
        title: 'the group of the endpoint admits its own members alone',
        resources: behind([permission('-1', undefined, 'sg-0e1')]),
      },
    ],
    passes: [
      { title: 'the group admits the group of the clients', resources: behind([permission('tcp', 443, 'sg-0a1')]) },
    ],
  },
  *evaluate({ vpcEndpoints, networkInterfaces, subnets }, { region, snapshot }) {
    const interfaces = groupBy(networkInterfaces, ({ vpcId }) => vpcId);
    for (const endpoint of vpcEndpoints) {
      const { vpcEndpointId, vpcEndpointType, vpcId, state, serviceName, privateDnsEnabled } = endpoint;
      if (vpcEndpointType !== 'Interface') continue;
      const resource = { type: 'vpc-endpoint', id: vpcEndpointId, vpcId, name: nameOf(endpoint) } as const;
      if (state !== 'available' || !answersOnHttps(serviceName, region)) {
        const reason = state === 'available' ? 'its service has ports of its own' : `it is ${state}`;
        yield { outcome: 'not-applicable', resource, reason };
        continue;
      }
      const { refused, admitted, doubtful } = clientsOf(snapshot, endpoint, interfaces.get(vpcId ?? '') ?? []);
      const isAsked = privateDnsEnabled === true;
      if (refused.length === 0 || (!isAsked && (admitted || doubtful.length > 0))) {
        if (doubtful.length > 0 && (isAsked || !admitted)) yield { outcome: 'unknown', resource, missing: doubtful };
        else if (admitted) yield { outcome: 'pass', resource };
        else yield { outcome: 'not-applicable', resource, reason: 'nothing in its VPC would call it' };
      } else {
        const homes = subnets.filter(({ subnetId }) => refused.includes(subnetId));
        const blocks = homes.flatMap(({ cidrBlock }) => cidrBlock ?? []).toSorted();
        yield {
          outcome: 'fail',
          resource,
          title: admitted
            ? 'some clients of the VPC are not admitted on 443'
            : 'no client of the VPC is admitted on 443',
          severity: !admitted && privateDnsEnabled === true ? 'high' : 'medium',
          evidence: [
            {
              type: 'traffic',
              role: 'not-admitted',
              direction: 'ingress',
              protocol: 'tcp',
              cidrBlocks: blocks,
              portRanges: [{ from: 443, to: 443 }],
              service: 'HTTPS',
            },
            ...takingPart('security-group', endpoint.groupIds, 'filters'),
          ],
          fix: admitClients(region, endpoint, blocks),
        };
      }
    }
  },
};

export default check;
