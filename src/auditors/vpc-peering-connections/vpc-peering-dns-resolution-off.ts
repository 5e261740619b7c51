import { nameOf } from '../../model/tag.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { peering } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const side = (VpcId: string, AllowDnsResolutionFromRemoteVpc: boolean): object => ({
  VpcId,
  OwnerId: '111122223333',
  Region: 'eu-west-1',
  CidrBlock: VpcId === 'vpc-0a1' ? '10.0.0.0/16' : '10.1.0.0/16',
  PeeringOptions: { AllowDnsResolutionFromRemoteVpc },
});
const members = (accepter: boolean): Readonly<Record<string, unknown>> => ({
  RequesterVpcInfo: side('vpc-0a1', true),
  AccepterVpcInfo: side('vpc-0a2', accepter),
});

const check: Check<'vpcPeeringConnections'> = {
  id: 'vpc-peering-dns-resolution-off',
  title: 'Peering connection does not resolve public names to private addresses',
  severity: 'informational',
  rationale:
    'The public DNS name of a host in the peer resolves to its public address, so traffic between two peered VPCs leaves ' +
    'over the internet where both have a way out, past the peering and the rules made for it.',
  remediation:
    'Allow DNS resolution from the remote VPC on both sides. Both VPCs need DNS hostnames and DNS support for it.',
  references: ['https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html'],
  relatedChecks: relatedChecks({ config: ['vpc-peering-dns-resolution-check'] }),
  judges: 'vpcPeeringConnections',
  needs: ['vpcPeeringConnections'],
  examples: {
    fails: [
      { title: 'the accepter does not allow it', resources: { vpcPeeringConnections: [peering(members(false))] } },
    ],
    passes: [{ title: 'both sides allow it', resources: { vpcPeeringConnections: [peering(members(true))] } }],
  },
  *evaluate({ vpcPeeringConnections }, { accountId, region }) {
    for (const own of vpcPeeringConnections) {
      const id = own.vpcPeeringConnectionId;
      const resource = { type: 'vpc-peering-connection', id, name: nameOf(own) } as const;
      if (own.statusCode !== 'active') {
        yield { outcome: 'not-applicable', resource, reason: `its state is ${own.statusCode ?? 'unknown'}` };
        continue;
      }
      const sides = [
        { role: 'requester', info: own.requesterVpcInfo },
        { role: 'accepter', info: own.accepterVpcInfo },
      ] as const;
      // Each side sees and sets its own option only
      const ours = sides.filter(({ info }) => info?.ownerId === accountId && info.region === region);
      const off = ours.filter(({ info }) => info?.allowDnsResolutionFromRemoteVpc === false);
      for (const { role, info } of off) {
        yield {
          outcome: 'fail',
          resource,
          title: `the ${role} does not allow resolution from the other VPC`,
          evidence: [attribute(info?.vpcId ?? id, 'AllowDnsResolutionFromRemoteVpc', 'false')],
          fix: {
            summary: 'Allow DNS resolution from the remote VPC.',
            cli: [
              awsCli(region, 'ec2', 'modify-vpc-peering-connection-options', {
                'vpc-peering-connection-id': id,
                [`${role}-peering-connection-options`]: { AllowDnsResolutionFromRemoteVpc: true },
              }),
            ],
          },
        };
      }
      if (off.length > 0) continue;
      const unsaid = ours.filter(({ info }) => info?.allowDnsResolutionFromRemoteVpc === undefined);
      if (unsaid.length === 0) yield { outcome: 'pass', resource };
      else yield { outcome: 'not-applicable', resource, reason: 'AWS names no option, as between Regions' };
    }
  },
};

export default check;
