import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const endpoint = (Enabled: boolean): Item => ({
  ClientVpnEndpointId: 'cvpn-endpoint-0a1',
  Status: { Code: 'available' },
  ConnectionLogOptions: { Enabled },
});

const check: Check<'clientVpnEndpoints'> = {
  id: 'client-vpn-connection-log-off',
  title: 'Client VPN endpoint does not log connections',
  severity: 'low',
  rationale:
    'People enter the network here with addresses that change. Without the log nobody can tell who had which address, so ' +
    'no flow log leads back to a person.',
  remediation: 'Switch connection logging on, with a log group that keeps its events as long as the flow logs.',
  references: ['https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/cvpn-working-with-connection-logs.html'],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.51'],
    config: ['ec2-client-vpn-connection-log-enabled'],
    prowler: ['ec2_client_vpn_endpoint_connection_logging_enabled'],
    steampipe: ['ec2_client_vpn_endpoint_client_connection_logging_enabled'],
  }),
  judges: 'clientVpnEndpoints',
  needs: ['clientVpnEndpoints'],
  examples: {
    fails: [{ title: 'logging is off', resources: { clientVpnEndpoints: [endpoint(false)] } }],
    passes: [{ title: 'logging is on', resources: { clientVpnEndpoints: [endpoint(true)] } }],
  },
  *evaluate({ clientVpnEndpoints }) {
    for (const own of clientVpnEndpoints) {
      const { clientVpnEndpointId: id, vpcId, connectionLogEnabled } = own;
      const resource = { type: 'client-vpn-endpoint', id, vpcId, name: nameOf(own) } as const;
      if (connectionLogEnabled === true) yield { outcome: 'pass', resource };
      else if (connectionLogEnabled === undefined) {
        yield { outcome: 'unknown', resource, missing: [{ fact: `ConnectionLogOptions of ${id}` }] };
      } else {
        yield {
          outcome: 'fail',
          resource,
          title: 'nothing records who connects',
          evidence: [attribute(id, 'ConnectionLogOptions.Enabled', 'false')],
          fix: { summary: 'Modify the endpoint so that it logs connections to a CloudWatch log group.' },
        };
      }
    }
  },
};

export default check;
