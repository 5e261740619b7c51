import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { type Item } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const service = (AcceptanceRequired: boolean): Item => ({
  ServiceId: 'vpce-svc-0a1',
  ServiceType: [{ ServiceType: 'Interface' }],
  AcceptanceRequired,
});

const check: Check<'vpcEndpointServiceConfigurations'> = {
  id: 'vpc-endpoint-service-accepts-by-itself',
  title: 'Endpoint service accepts every connection that is asked for',
  severity: 'low',
  rationale:
    'Whoever is among the principals, and whoever joins one of their accounts, connects without anybody here knowing.',
  remediation: 'Require acceptance, and accept the endpoints that are known; notifications say when one asks.',
  references: ['https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html'],
  relatedChecks: relatedChecks({
    cloudsploit: ['vpcEndpointAcceptance'],
    steampipe: ['vpc_endpoint_service_acceptance_required_enabled'],
  }),
  judges: 'vpcEndpointServiceConfigurations',
  needs: ['vpcEndpointServiceConfigurations'],
  examples: {
    fails: [{ title: 'acceptance is not required', resources: { vpcEndpointServiceConfigurations: [service(false)] } }],
    passes: [{ title: 'acceptance is required', resources: { vpcEndpointServiceConfigurations: [service(true)] } }],
  },
  *evaluate({ vpcEndpointServiceConfigurations }, { region }) {
    for (const own of vpcEndpointServiceConfigurations) {
      const { serviceId: id, acceptanceRequired } = own;
      const resource = { type: 'vpc-endpoint-service', id, name: nameOf(own) } as const;
      if (acceptanceRequired === true) yield { outcome: 'pass', resource };
      else if (acceptanceRequired === undefined) {
        yield { outcome: 'unknown', resource, missing: [{ fact: `AcceptanceRequired of ${id}` }] };
      } else {
        yield {
          outcome: 'fail',
          resource,
          title: 'connections need no acceptance',
          // A firewall of one's own is put into many VPCs at once; its principals are the bound
          severity: own.gatewayLoadBalancerArns.length > 0 ? 'informational' : 'low',
          evidence: [attribute(id, 'AcceptanceRequired', 'false')],
          fix: {
            summary: 'Require acceptance.',
            cli: [
              awsCli(region, 'ec2', 'modify-vpc-endpoint-service-configuration', {
                'service-id': id,
                'acceptance-required': true,
              }),
            ],
          },
        };
      }
    }
  },
};

export default check;
