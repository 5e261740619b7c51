import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { type Item, peering, vpc } from '../examples.ts';
import { attribute } from '../taking-part.ts';
import { overlaps } from '../vpc-overlaps.ts';

const withPeer = (id: string, VpcId: string, CidrBlock: string): Item =>
  peering({
    VpcPeeringConnectionId: id,
    AccepterVpcInfo: { VpcId, OwnerId: '111122223333', Region: 'eu-west-1', CidrBlock },
  });

const check: Check<'vpcs' | 'vpcPeeringConnections' | 'transitGatewayRouteTablePropagations'> = {
  id: 'vpc-cidr-overlap',
  title: 'Connected VPCs have overlapping addresses',
  severity: 'medium',
  rationale:
    'One address means two hosts. Which of them gets the packet depends on routes that nobody reads as such, so traffic ' +
    'and what it carries can end up in the wrong network, and rules written for one hold for the other.',
  remediation:
    'Give one of the VPCs another block and move it, or join the two by PrivateLink or private NAT, which do not need ' +
    'distinct addresses. Until then route only the parts that do not overlap.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-best-design-practices.html',
  ],
  relatedChecks: [],
  judges: 'vpcs',
  needs: ['vpcs', 'vpcPeeringConnections', 'transitGatewayRouteTablePropagations'],
  examples: {
    fails: [
      {
        title: 'two VPCs of the same block are peered with this one',
        resources: {
          vpcs: [vpc({ VpcId: 'vpc-0a2', CidrBlock: '10.1.0.0/16' })],
          vpcPeeringConnections: [
            withPeer('pcx-0a1', 'vpc-0a2', '10.1.0.0/16'),
            withPeer('pcx-0a2', 'vpc-0a3', '10.1.0.0/16'),
          ],
        },
      },
    ],
    passes: [
      {
        title: 'all blocks differ',
        resources: {
          vpcs: [vpc()],
          vpcPeeringConnections: [
            withPeer('pcx-0a1', 'vpc-0a2', '10.1.0.0/16'),
            withPeer('pcx-0a2', 'vpc-0a3', '10.2.0.0/16'),
          ],
        },
      },
    ],
  },
  *evaluate({ vpcs }, { snapshot }) {
    const all = overlaps(snapshot);
    for (const own of vpcs) {
      const { vpcId } = own;
      const resource = { type: 'vpc', id: vpcId, vpcId, name: nameOf(own) } as const;
      const found = all.filter(({ vpcIds }) => vpcIds.includes(vpcId));
      for (const { vpcIds, blocks, via } of found) {
        const mine = vpcIds[0] === vpcId ? 0 : 1;
        yield {
          outcome: 'fail',
          resource,
          title: `${blocks[mine]} overlaps with ${blocks[1 - mine]} of ${vpcIds[1 - mine]}, which is connected`,
          evidence: [
            attribute(vpcIds[mine], 'CidrBlock', blocks[mine]),
            attribute(vpcIds[1 - mine] ?? '', 'CidrBlock', blocks[1 - mine] ?? ''),
            ...via,
          ],
          fix: { summary: 'Give one of the VPCs another block, or join them by PrivateLink or private NAT.' },
        };
      }
      if (found.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
