import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { type Item, vpcEndpoint } from '../examples.ts';
import { awsServiceOf, gatewayServices } from '../gateway-services.ts';
import { attribute } from '../taking-part.ts';

const queue = (PrivateDnsEnabled: boolean): Item =>
  vpcEndpoint({ VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.sqs', PrivateDnsEnabled });

const check: Check<'vpcEndpoints'> = {
  id: 'vpc-endpoint-private-dns-off',
  title: 'Interface endpoint is not what the name of its service leads to',
  severity: 'low',
  rationale:
    'Programs call a service by its usual name, and in this VPC the usual name still leads to public addresses: the ' +
    'endpoint is paid for and the traffic goes out by NAT, or nowhere.',
  remediation:
    'Enable private DNS for the endpoint; the VPC needs DNS hostnames and DNS support. Leave it off where a private hosted ' +
    'zone shares the endpoint with other VPCs.',
  references: ['https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html'],
  relatedChecks: [],
  judges: 'vpcEndpoints',
  needs: ['vpcEndpoints'],
  examples: {
    fails: [{ title: 'private DNS is off', resources: { vpcEndpoints: [queue(false)] } }],
    passes: [
      { title: 'private DNS is on', resources: { vpcEndpoints: [queue(true)] } },
      {
        title: 'S3 by interface, beside the gateway endpoint that the name is for',
        resources: { vpcEndpoints: [vpcEndpoint({ VpcEndpointType: 'Interface', PrivateDnsEnabled: false })] },
      },
    ],
  },
  *evaluate({ vpcEndpoints }, { region }) {
    for (const own of vpcEndpoints) {
      const { vpcEndpointId: id, vpcId, vpcEndpointType, serviceName, privateDnsEnabled, state } = own;
      const resource = { type: 'vpc-endpoint', id, vpcId, name: nameOf(own) } as const;
      const service = awsServiceOf(serviceName, region);
      if (
        vpcEndpointType !== 'Interface' ||
        service === undefined ||
        state !== 'available' ||
        gatewayServices.some((one) => one.service === service)
      ) {
        yield { outcome: 'not-applicable', resource, reason: 'no name of a service is to lead to it' };
      } else if (privateDnsEnabled === false) {
        yield {
          outcome: 'fail',
          resource,
          title: `the name of ${service} does not lead to it`,
          evidence: [attribute(id, 'PrivateDnsEnabled', 'false')],
          fix: {
            summary: 'Enable private DNS.',
            cli: [awsCli(region, 'ec2', 'modify-vpc-endpoint', { 'vpc-endpoint-id': id, 'private-dns-enabled': true })],
          },
        };
      } else if (privateDnsEnabled === undefined) {
        yield { outcome: 'unknown', resource, missing: [{ fact: `PrivateDnsEnabled of ${id}` }] };
      } else yield { outcome: 'pass', resource };
    }
  },
};

export default check;
