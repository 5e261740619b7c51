import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { isClient } from '../client-interfaces.ts';
import { type Item, networkInterface, vpc } from '../examples.ts';
import { attribute } from '../taking-part.ts';

const logged = (Status: string, Error = 'NONE'): Item => ({
  Id: 'rqlca-0a1',
  ResolverQueryLogConfigId: 'rqlc-0a1',
  ResourceId: 'vpc-0a1',
  Status,
  Error,
});

const check: Check<'vpcs' | 'networkInterfaces' | 'resolverQueryLogConfigAssociations'> = {
  id: 'vpc-dns-queries-not-logged',
  title: 'DNS queries of the VPC are not logged',
  severity: 'low',
  rationale:
    'Flow logs leave out what hosts ask Amazon’s own name server, and DNS is how malware finds its masters and how data ' +
    'leaves networks that let nothing else out. Without the log nobody can tell which names a host looked up.',
  remediation:
    'Associate the VPC with a Route 53 Resolver query logging configuration, one for all VPCs of the Region.',
  references: ['https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs.html'],
  relatedChecks: [],
  judges: 'vpcs',
  needs: ['vpcs', 'networkInterfaces', 'resolverQueryLogConfigAssociations'],
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'nothing logs them',
        resources: { vpcs: [vpc()], networkInterfaces: [networkInterface()] },
      },
      {
        title: 'the log cannot be written',
        resources: {
          vpcs: [vpc()],
          networkInterfaces: [networkInterface()],
          resolverQueryLogConfigAssociations: [logged('FAILED', 'ACCESS_DENIED')],
        },
      },
    ],
    passes: [
      {
        title: 'they are logged',
        resources: {
          vpcs: [vpc()],
          networkInterfaces: [networkInterface()],
          resolverQueryLogConfigAssociations: [logged('ACTIVE')],
        },
      },
    ],
  },
  *evaluate({ vpcs, networkInterfaces, resolverQueryLogConfigAssociations }) {
    const asking = new Set<string>(networkInterfaces.filter(isClient).map(({ vpcId }) => vpcId));
    for (const own of vpcs) {
      const { vpcId } = own;
      const resource = { type: 'vpc', id: vpcId, vpcId, name: nameOf(own) } as const;
      const logs = resolverQueryLogConfigAssociations.filter(
        ({ resourceId, status }) => resourceId === vpcId && status !== 'DELETING',
      );
      const broken = logs.find(({ status }) => status === 'FAILED' || status === 'ACTION_NEEDED');
      if (logs.some(({ status }) => status === 'ACTIVE' || status === 'CREATING')) yield { outcome: 'pass', resource };
      else if (!asking.has(vpcId))
        yield { outcome: 'not-applicable', resource, reason: 'nothing in it asks for names' };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: broken === undefined ? 'nothing logs its DNS queries' : 'the log of its DNS queries cannot be written',
          evidence: [
            attribute(
              vpcId,
              'ResolverQueryLogConfigAssociation',
              broken === undefined ? 'none' : `${broken.status ?? ''} ${broken.error ?? ''}`.trim(),
            ),
          ],
          fix: { summary: 'Associate the VPC with a query logging configuration whose destination takes the log.' },
        };
      }
    }
  },
};

export default check;
