import { describe, expect, it } from 'vitest';
import { peering, permission, securityGroup } from '../../../src/auditors/examples.ts';
import check from '../../../src/auditors/security-groups/security-group-reference-lost.ts';
import { judge } from '../judge.ts';

const clients = securityGroup([], { GroupId: 'sg-0b1', VpcId: 'vpc-0a2' });
const inbound = [securityGroup([permission('tcp', 5432, 'sg-0b1')]), clients];
const outbound = [securityGroup([], { IpPermissionsEgress: [permission('tcp', 5432, 'sg-0b1')] }), clients];
const gateway = (support: string) => ({
  transitGateways: [
    { TransitGatewayId: 'tgw-0a1', State: 'available', Options: { SecurityGroupReferencingSupport: support } },
  ],
  transitGatewayVpcAttachments: ['vpc-0a1', 'vpc-0a2'].map((VpcId, index) => ({
    TransitGatewayAttachmentId: `tgw-attach-0a${index}`,
    TransitGatewayId: 'tgw-0a1',
    VpcId,
    State: 'available',
    Options: { SecurityGroupReferencingSupport: 'enable' },
  })),
});

describe('a reference to a group of another VPC', () => {
  it('crosses an active peering of one Region', () => {
    const between = (members: object) =>
      judge(check, { securityGroups: inbound, vpcPeeringConnections: [peering(members as Record<string, unknown>)] })
        .failures.length;
    expect(between({})).toBe(0);
    expect(between({ Status: { Code: 'deleted' } })).toBe(1);
    expect(between({ AccepterVpcInfo: { VpcId: 'vpc-0a2', Region: 'us-east-1' } })).toBe(1);
  });

  it('crosses a transit gateway inbound, where that supports it', () => {
    expect(judge(check, { securityGroups: inbound, ...gateway('enable') }).failures).toEqual([]);
    expect(judge(check, { securityGroups: inbound, ...gateway('disable') }).failures).toHaveLength(1);
    expect(judge(check, { securityGroups: outbound, ...gateway('enable') }).failures).toHaveLength(1);
  });

  it('holds where the group is associated with this VPC', () => {
    const associated = [{ GroupId: 'sg-0b1', VpcId: 'vpc-0a1', State: 'associated' }];
    expect(judge(check, { securityGroups: inbound, securityGroupVpcAssociations: associated }).failures).toEqual([]);
  });

  it('is nobody’s to judge where the group is of an account that was not read', () => {
    expect(judge(check, { securityGroups: inbound.slice(0, 1) }).failures).toEqual([]);
  });
});
