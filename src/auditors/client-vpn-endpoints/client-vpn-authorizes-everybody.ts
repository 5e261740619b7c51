import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { groupBy } from '../group-by.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const endpoint = { ClientVpnEndpointId: 'cvpn-endpoint-0a1', Status: { Code: 'available' } };
const rule = (members: Item): Item => ({
  ClientVpnEndpointId: 'cvpn-endpoint-0a1',
  DestinationCidr: '10.0.0.0/16',
  Status: { Code: 'active' },
  ...members,
});

const check: Check<'clientVpnEndpoints' | 'clientVpnAuthorizationRules'> = {
  id: 'client-vpn-authorizes-everybody',
  title: 'Client VPN endpoint lets every client reach a network',
  severity: 'medium',
  rationale:
    'Whoever can connect at all, a contractor or a stolen laptop, reaches the whole network that the rule names. The ' +
    'security groups of the endpoint are the same for all clients and tell nobody apart.',
  remediation: 'Authorize groups of the directory or identity provider, each for the networks that its people need.',
  references: ['https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/cvpn-working-rules.html'],
  relatedChecks: relatedChecks({ config: ['ec2-client-vpn-not-authorize-all'] }),
  judges: 'clientVpnEndpoints',
  needs: ['clientVpnEndpoints', 'clientVpnAuthorizationRules'],
  examples: {
    fails: [
      {
        title: 'a rule for all clients',
        resources: { clientVpnEndpoints: [endpoint], clientVpnAuthorizationRules: [rule({ AccessAll: true })] },
      },
    ],
    passes: [
      {
        title: 'a rule for one group',
        resources: {
          clientVpnEndpoints: [endpoint],
          clientVpnAuthorizationRules: [rule({ AccessAll: false, GroupId: 'S-1-5-21-1' })],
        },
      },
    ],
  },
  *evaluate({ clientVpnEndpoints, clientVpnAuthorizationRules }, { region }) {
    const rules = groupBy(clientVpnAuthorizationRules, ({ clientVpnEndpointId }) => clientVpnEndpointId);
    for (const own of clientVpnEndpoints) {
      const { clientVpnEndpointId: id, vpcId } = own;
      const resource = { type: 'client-vpn-endpoint', id, vpcId, name: nameOf(own) } as const;
      const open = (rules.get(id) ?? []).filter(({ accessAll, status }) => accessAll === true && status !== 'failed');
      for (const { destinationCidr = '' } of open) {
        yield {
          outcome: 'fail',
          resource,
          title: `every client may reach ${destinationCidr}`,
          evidence: [attribute(id, 'AuthorizationRules.AccessAll', destinationCidr)],
          fix: {
            summary: 'Revoke the rule for all, after authorizing the groups that need the network.',
            cli: [
              awsCli(region, 'ec2', 'revoke-client-vpn-ingress', {
                'client-vpn-endpoint-id': id,
                'target-network-cidr': destinationCidr,
                'revoke-all-groups': true,
              }),
            ],
          },
        };
      }
      if (open.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
