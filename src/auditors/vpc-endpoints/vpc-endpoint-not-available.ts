import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { vpcEndpoint } from '../examples.ts';
import { attribute } from '../taking-part.ts';

/** States in which nothing will ever pass, in the API's words in lower case. */
const dead: ReadonlySet<string> = new Set(['failed', 'rejected', 'expired']);

const check: Check<'vpcEndpoints'> = {
  id: 'vpc-endpoint-not-available',
  title: 'VPC endpoint does not work',
  severity: 'medium',
  rationale:
    'The endpoint was rejected, expired or failed. It looks as if traffic to the service stayed private, and nothing ' +
    'passes through it: clients take the way over the internet or fail.',
  remediation: 'Find out from the owner of the service why, then make the endpoint again or delete it.',
  references: ['https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html'],
  relatedChecks: [],
  judges: 'vpcEndpoints',
  needs: ['vpcEndpoints'],
  examples: {
    fails: [{ title: 'its state is failed', resources: { vpcEndpoints: [vpcEndpoint({ State: 'failed' })] } }],
    passes: [{ title: 'its state is available', resources: { vpcEndpoints: [vpcEndpoint()] } }],
  },
  *evaluate({ vpcEndpoints }) {
    for (const own of vpcEndpoints) {
      const { vpcEndpointId: id, vpcId, state } = own;
      const resource = { type: 'vpc-endpoint', id, vpcId, name: nameOf(own) } as const;
      const waits = state === 'pendingacceptance';
      if (!dead.has(state) && !waits) {
        yield { outcome: 'pass', resource };
        continue;
      }
      yield {
        outcome: 'fail',
        resource,
        title: waits ? 'it waits to be accepted' : `it is ${state}`,
        severity: waits ? 'low' : 'medium',
        evidence: [attribute(id, 'State', state)],
        fix: {
          summary: waits ? 'Ask the owner of the service to accept it.' : 'Make the endpoint again, or delete it.',
        },
      };
    }
  },
};

export default check;
