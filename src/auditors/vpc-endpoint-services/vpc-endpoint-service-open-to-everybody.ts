import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { groupBy } from '../group-by.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const service = {
  ServiceId: 'vpce-svc-0a1',
  ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0a1',
  AcceptanceRequired: true,
};
const everybody = { ServiceId: 'vpce-svc-0a1', Principal: '*', PrincipalType: 'All' };
const partner = { ServiceId: 'vpce-svc-0a1', Principal: 'arn:aws:iam::444455556666:root', PrincipalType: 'Account' };

const check: Check<'vpcEndpointServiceConfigurations' | 'vpcEndpointServicePermissions'> = {
  id: 'vpc-endpoint-service-open-to-everybody',
  title: 'Endpoint service may be connected to from every AWS account',
  severity: 'medium',
  rationale:
    'Anybody with an AWS account may ask for an endpoint to this service. Where requests are accepted by themselves, ' +
    'nothing but the service itself stands between them and what it serves.',
  remediation: 'Name the accounts, roles or users that may connect, and require acceptance.',
  references: ['https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html'],
  relatedChecks: relatedChecks({ prowler: ['vpc_endpoint_services_allowed_principals_trust_boundaries'] }),
  judges: 'vpcEndpointServiceConfigurations',
  needs: ['vpcEndpointServiceConfigurations', 'vpcEndpointServicePermissions'],
  examples: {
    fails: [
      {
        title: 'everybody is a principal',
        resources: { vpcEndpointServiceConfigurations: [service], vpcEndpointServicePermissions: [everybody] },
      },
    ],
    passes: [
      {
        title: 'one account is',
        resources: { vpcEndpointServiceConfigurations: [service], vpcEndpointServicePermissions: [partner] },
      },
    ],
  },
  *evaluate({ vpcEndpointServiceConfigurations, vpcEndpointServicePermissions }, { region }) {
    const permitted = groupBy(vpcEndpointServicePermissions, ({ serviceId }) => serviceId);
    for (const own of vpcEndpointServiceConfigurations) {
      const { serviceId: id, acceptanceRequired } = own;
      const resource = { type: 'vpc-endpoint-service', id, name: nameOf(own) } as const;
      if (!(permitted.get(id) ?? []).some(({ principal }) => principal === '*')) {
        yield { outcome: 'pass', resource };
        continue;
      }
      yield {
        outcome: 'fail',
        resource,
        title: acceptanceRequired === true ? 'everybody may ask for a connection' : 'everybody may connect',
        severity: acceptanceRequired === true ? 'medium' : 'high',
        evidence: [
          attribute(id, 'AllowedPrincipals', '*'),
          attribute(id, 'AcceptanceRequired', String(acceptanceRequired)),
        ],
        fix: {
          summary: 'Take the permission for everybody away, after adding those of the accounts that connect.',
          cli: [
            awsCli(region, 'ec2', 'modify-vpc-endpoint-service-permissions', {
              'service-id': id,
              'remove-allowed-principals': ['*'],
            }),
          ],
        },
      };
    }
  },
};

export default check;
