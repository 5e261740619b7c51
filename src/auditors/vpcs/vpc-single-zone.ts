import { nameOf } from '../../model/tag.ts';
import { subnetById } from '../../network/facts/resources-by-id.ts';
import type { Check } from '../check.ts';
import { isClient } from '../client-interfaces.ts';
import { networkInterface, subnet, vpc } from '../examples.ts';
import { groupBy } from '../group-by.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const subnets = ['a', 'b'].map((zone) => subnet({ SubnetId: `subnet-0${zone}`, AvailabilityZone: `eu-west-1${zone}` }));
const host = (zone: string): Readonly<Record<string, unknown>> =>
  networkInterface({ NetworkInterfaceId: `eni-0${zone}`, SubnetId: `subnet-0${zone}` });

const check: Check<'vpcs' | 'subnets' | 'networkInterfaces'> = {
  id: 'vpc-single-zone',
  title: 'Everything in the VPC stands in one Availability Zone',
  severity: 'informational',
  rationale: 'When the zone fails, everything in the VPC fails with it, whatever subnets it has in other zones.',
  remediation: 'Spread what has to stay up over two zones or more, with subnets, NAT gateways and endpoints in each.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html'],
  relatedChecks: relatedChecks({
    prowler: ['vpc_subnet_different_az'],
    cloudsploit: ['multipleSubnets'],
    steampipe: ['vpc_subnet_multi_az_enabled'],
  }),
  judges: 'vpcs',
  needs: ['vpcs', 'subnets', 'networkInterfaces'],
  examples: {
    fails: [
      {
        title: 'two hosts in one zone',
        resources: {
          vpcs: [vpc()],
          subnets,
          networkInterfaces: [host('a'), networkInterface({ SubnetId: 'subnet-0a', NetworkInterfaceId: 'eni-0c' })],
        },
      },
    ],
    passes: [
      {
        title: 'a host in each of two zones',
        resources: { vpcs: [vpc()], subnets, networkInterfaces: [host('a'), host('b')] },
      },
    ],
  },
  *evaluate({ vpcs, networkInterfaces }, { snapshot }) {
    const clients = groupBy(networkInterfaces.filter(isClient), ({ vpcId }) => vpcId);
    for (const own of vpcs) {
      const { vpcId } = own;
      const resource = { type: 'vpc', id: vpcId, vpcId, name: nameOf(own) } as const;
      const inside = clients.get(vpcId) ?? [];
      const zones = new Set(
        inside.flatMap(({ subnetId }) => subnetById(snapshot).get(subnetId)?.resource.availabilityZone ?? []),
      );
      const [zone] = zones;
      if (inside.length < 2 || zone === undefined) {
        yield { outcome: 'not-applicable', resource, reason: 'it holds no more than one host' };
      } else if (zones.size > 1) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: `all hosts stand in ${zone}`,
          evidence: [attribute(vpcId, 'AvailabilityZone', zone)],
          fix: { summary: 'Spread the hosts over a second zone.' },
        };
      }
    }
  },
};

export default check;
