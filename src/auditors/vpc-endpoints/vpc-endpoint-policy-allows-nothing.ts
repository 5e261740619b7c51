import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { type Item, vpcEndpoint } from '../examples.ts';
import { parsePolicy, type PolicyStatement } from '../policy-document.ts';
import { attribute } from '../taking-part.ts';

const endpoint = (...Statement: readonly Item[]): Item =>
  vpcEndpoint({ PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) });
const everything = { Principal: '*', Action: '*', Resource: '*' };

/** Does a deny leave nothing of what any statement allows? */
const deniesAll = ({ effect, principals, actions, resources, conditions }: PolicyStatement): boolean =>
  effect === 'Deny' &&
  conditions.length === 0 &&
  [principals, actions, resources].every((values) => values?.includes('*') === true);

const check: Check<'vpcEndpoints'> = {
  id: 'vpc-endpoint-policy-allows-nothing',
  title: 'Policy of the VPC endpoint lets nobody do anything',
  severity: 'medium',
  rationale:
    'Every call that the route or the name leads to the endpoint is refused with an access error, whatever IAM allows. The ' +
    'service is out of reach from here, and the reason is the last place where people look.',
  remediation:
    'Allow what the clients do, for the principals of your own accounts; an endpoint that nobody may use can go.',
  references: ['https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html'],
  relatedChecks: [],
  judges: 'vpcEndpoints',
  needs: ['vpcEndpoints'],
  examples: {
    fails: [
      {
        title: 'everything is denied',
        resources: { vpcEndpoints: [endpoint({ Effect: 'Allow', ...everything }, { Effect: 'Deny', ...everything })] },
      },
      { title: 'nothing is allowed', resources: { vpcEndpoints: [endpoint()] } },
    ],
    passes: [
      {
        title: 'some are denied something',
        resources: {
          vpcEndpoints: [
            endpoint({ Effect: 'Allow', ...everything }, { Effect: 'Deny', ...everything, Action: 's3:DeleteBucket' }),
          ],
        },
      },
    ],
  },
  *evaluate({ vpcEndpoints }) {
    for (const own of vpcEndpoints) {
      const { vpcEndpointId: id, vpcId, policyDocument } = own;
      const resource = { type: 'vpc-endpoint', id, vpcId, name: nameOf(own) } as const;
      const parsed = policyDocument === undefined ? undefined : parsePolicy(policyDocument);
      if (parsed === undefined) {
        yield { outcome: 'not-applicable', resource, reason: 'its service takes no endpoint policy' };
      } else if (parsed.reason !== undefined) {
        yield { outcome: 'unknown', resource, missing: [{ fact: parsed.reason }] };
      } else if (parsed.value.some(deniesAll) || !parsed.value.some(({ effect }) => effect === 'Allow')) {
        const denied = parsed.value.some(deniesAll);
        yield {
          outcome: 'fail',
          resource,
          title: denied ? 'a statement denies everything to everybody' : 'no statement allows anything',
          evidence: [attribute(id, 'PolicyDocument', denied ? 'denies everything' : 'allows nothing')],
          fix: { summary: 'Allow what the clients of the endpoint do.' },
        };
      } else yield { outcome: 'pass', resource };
    }
  },
};

export default check;
