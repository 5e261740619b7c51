import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { vpcEndpoint } from '../examples.ts';
import { awsServiceOf } from '../gateway-services.ts';
import { isOpen, isPerimeter, parsePolicy, type PolicyStatement } from '../policy-document.ts';
import { relatedChecks } from '../related-checks.ts';

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const everything = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const onlyOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-0a1b2c3d4e' } };

const check: Check<'vpcEndpoints'> = {
  id: 'vpc-endpoint-policy-open',
  title: 'Policy of the VPC endpoint lets everybody reach everything',
  severity: 'medium',
  rationale:
    'An endpoint is a door out of the VPC that no firewall watches. With the default policy any credentials work through ' +
    'it, an attacker’s own too, so data can be copied into a bucket of another account without ever touching the internet.',
  remediation:
    'Bound the policy by who calls (aws:PrincipalOrgID, aws:PrincipalAccount) and by what is called (aws:ResourceOrgID, or ' +
    'the resources themselves). Leave room for what AWS keeps in its own accounts, such as package repositories.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html',
  ],
  relatedChecks: relatedChecks({
    prowler: ['vpc_endpoint_connections_trust_boundaries'],
    cloudsploit: ['vpcEndpointCrossAccount', 'vpcEndpointExposed'],
    steampipe: ['vpc_gateway_endpoint_restrict_public_access'],
  }),
  judges: 'vpcEndpoints',
  needs: ['vpcEndpoints'],
  examples: {
    fails: [
      {
        title: 'the policy that AWS sets where none is given',
        resources: { vpcEndpoints: [vpcEndpoint({ PolicyDocument: policy(everything) })] },
      },
    ],
    passes: [
      {
        title: 'only principals of the organization may use it',
        resources: {
          vpcEndpoints: [vpcEndpoint({ PolicyDocument: policy({ ...everything, Condition: onlyOrganization }) })],
        },
      },
      {
        title: 'the service takes no policy',
        resources: { vpcEndpoints: [vpcEndpoint({ VpcEndpointType: 'Interface' })] },
      },
    ],
  },
  *evaluate({ vpcEndpoints }, { accountId, region }) {
    for (const endpoint of vpcEndpoints) {
      const { vpcEndpointId, vpcId, policyDocument, serviceName } = endpoint;
      const resource = { type: 'vpc-endpoint', id: vpcEndpointId, vpcId, name: nameOf(endpoint) } as const;
      const parsed = policyDocument === undefined ? undefined : parsePolicy(policyDocument);
      if (parsed === undefined) {
        yield { outcome: 'not-applicable', resource, reason: 'its service takes no endpoint policy' };
        continue;
      }
      if (parsed.reason !== undefined) {
        yield { outcome: 'unknown', resource, missing: [{ fact: parsed.reason }] };
        continue;
      }
      const open = parsed.value.some(isPerimeter) ? [] : parsed.value.filter(isOpen);
      for (const statement of open) {
        const { sid, effect, principals = ['all but some'], actions = ['all but some'] } = statement;
        yield {
          outcome: 'fail',
          resource,
          title: `everybody may ${actions.includes('*') ? 'do everything' : 'act'} on every resource of ${serviceName ?? 'the service'}`,
          severity: canExport(statement) && awsServiceOf(serviceName, region) === 's3' ? 'medium' : 'low',
          evidence: [
            {
              type: 'policy-statement',
              ...(sid === undefined ? {} : { sid }),
              effect,
              principal: principals.toSorted().join(', '),
              actions: actions.toSorted(),
            },
          ],
          fix: {
            summary:
              'Admit the principals of this account alone; add what other accounts and anonymous downloads need.',
            cli: [
              awsCli(region, 'ec2', 'modify-vpc-endpoint', {
                'vpc-endpoint-id': vpcEndpointId,
                'policy-document': policy({
                  ...everything,
                  Condition: { StringEquals: { 'aws:PrincipalAccount': accountId } },
                }),
              }),
            ],
          },
        };
      }
      if (open.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

/** Does the statement let data out, as only writing does? */
const canExport = ({ actions }: PolicyStatement): boolean =>
  actions === undefined || actions.some((action) => /^\*$|^s3:(\*|Put|Replicate)/i.test(action));

export default check;
