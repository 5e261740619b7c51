import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const gateway = (...VpcAttachments: readonly Item[]): Item => ({
  VpnGatewayId: 'vgw-0a1',
  State: 'available',
  VpcAttachments,
});

const check: Check<'vpnGateways'> = {
  id: 'vpn-gateway-detached',
  title: 'Virtual private gateway belongs to no VPC',
  severity: 'informational',
  rationale:
    'The gateway may still end VPN connections, or a Direct Connect line, and is one call away from joining whatever is ' +
    'behind them to a VPC.',
  remediation: 'Delete the gateway, or attach it to the VPC that it is meant for.',
  references: ['https://docs.aws.amazon.com/vpn/latest/s2svpn/delete-vpn.html'],
  relatedChecks: relatedChecks({ cloudsploit: ['vpnGatewayInVpc', 'unusedVirtualPrivateGateway'] }),
  judges: 'vpnGateways',
  needs: ['vpnGateways'],
  examples: {
    fails: [
      {
        title: 'its only attachment is detached',
        resources: { vpnGateways: [gateway({ VpcId: 'vpc-0a1', State: 'detached' })] },
      },
    ],
    passes: [
      { title: 'it is attached', resources: { vpnGateways: [gateway({ VpcId: 'vpc-0a1', State: 'attached' })] } },
    ],
  },
  *evaluate({ vpnGateways }, { region }) {
    for (const own of vpnGateways) {
      const { vpnGatewayId: id, state, vpcAttachments } = own;
      const resource = { type: 'vpn-gateway', id, name: nameOf(own) } as const;
      if (state === 'deleted' || state === 'deleting') {
        yield { outcome: 'not-applicable', resource, reason: `its state is ${state}` };
      } else if (vpcAttachments.some((one) => one.state === 'attached' || one.state === 'attaching')) {
        yield { outcome: 'pass', resource };
      } else {
        yield {
          outcome: 'fail',
          resource,
          title: 'it is attached to no VPC',
          evidence: [attribute(id, 'VpcAttachments', 'none')],
          fix: {
            summary: 'Delete the gateway.',
            cli: [awsCli(region, 'ec2', 'delete-vpn-gateway', { 'vpn-gateway-id': id })],
          },
        };
      }
    }
  },
};

export default check;
