import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { peering } from '../examples.ts';
import { sidesOf } from '../peering-sides.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';
import { trustInAccount } from '../trust.ts';

const outside = { VpcId: 'vpc-0b2', OwnerId: '777788889999', Region: 'eu-west-1', CidrBlock: '10.1.0.0/16' };

const check: Check<'vpcPeeringConnections', 'vpcs'> = {
  id: 'vpc-peering-with-outside-account',
  title: 'Peering connection leads to an account outside this audit',
  severity: 'low',
  rationale:
    'Whoever runs the other account decides what stands behind the peering: nothing of it can be judged from here, and ' +
    'its hosts are as near as those of the own network.',
  remediation:
    'Make sure that the account belongs to the organization or to a known partner and is meant to be connected, and audit ' +
    'it together with this one, or name it among the trusted accounts of the configuration. Delete the peering where nobody can say whose it is.',
  references: ['https://docs.aws.amazon.com/vpc/latest/peering/create-vpc-peering-connection.html'],
  relatedChecks: relatedChecks({
    cloudsploit: ['vpcPeeringConnections'],
    steampipe: ['vpc_peering_connection_no_cross_account_access'],
  }),
  judges: 'vpcPeeringConnections',
  needs: ['vpcPeeringConnections'],
  uses: ['vpcs'],
  examples: {
    fails: [
      {
        title: 'the accepter is an account that is not audited',
        resources: { vpcPeeringConnections: [peering({ AccepterVpcInfo: outside })] },
      },
    ],
    passes: [{ title: 'both VPCs are of this account', resources: { vpcPeeringConnections: [peering()] } }],
  },
  *evaluate({ vpcPeeringConnections }, { snapshot, configuration }) {
    const audited = new Set<string>(snapshot.regions.map(({ accountId }) => accountId));
    for (const own of vpcPeeringConnections) {
      const id = own.vpcPeeringConnectionId;
      const resource = { type: 'vpc-peering-connection', id, name: nameOf(own) } as const;
      if (own.statusCode !== 'active') {
        yield { outcome: 'not-applicable', resource, reason: `its state is ${own.statusCode ?? 'unknown'}` };
        continue;
      }
      const sides = sidesOf(snapshot, own);
      const strangers = sides.filter(({ ownerId }) => ownerId !== undefined && !audited.has(ownerId));
      for (const { ownerId = '', vpcId = '' } of strangers) {
        const title = `${vpcId} of account ${ownerId} is connected`;
        const evidence = [attribute(id, 'OwnerId', ownerId)] as const;
        const allowed = trustInAccount(configuration, ownerId, title, evidence);
        if (allowed !== undefined) {
          yield { outcome: 'pass', resource, allowed };
          continue;
        }
        yield {
          outcome: 'fail',
          resource,
          title,
          evidence,
          fix: { summary: `Audit account ${ownerId} too, or delete the peering connection.` },
        };
      }
      if (strangers.length > 0) continue;
      if (sides.every(({ ownerId }) => ownerId !== undefined)) yield { outcome: 'pass', resource };
      else yield { outcome: 'unknown', resource, missing: [{ fact: 'the owner of the other VPC' }] };
    }
  },
};

export default check;
