import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { natGateway, route, routeTable, subnet, vpc } from '../examples.ts';
import { groupBy } from '../group-by.ts';
import { natGatewayOf, zonalNatGatewaysIn } from '../nat-routing.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute, takingPart } from '../taking-part.ts';

const inZone = (id: string, zone: string): Readonly<Record<string, unknown>> =>
  subnet({ SubnetId: id, AvailabilityZone: `eu-west-1${zone}` });
const table = routeTable([route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' })], { Associations: [{ Main: true }] });

const check: Check<'vpcs' | 'natGateways' | 'subnets' | 'routeTables'> = {
  id: 'nat-gateway-single-zone',
  title: 'Subnets of several zones leave through a NAT gateway of one',
  severity: 'low',
  rationale:
    'When the zone of the gateway fails, the subnets of all other zones lose their way out with it: updates, logs and ' +
    'calls to AWS. And until then every byte crosses zones, which costs money.',
  remediation:
    'Make a NAT gateway in each zone that has private subnets and route each zone to its own, or make one regional NAT ' +
    'gateway, which stands in all of them.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html'],
  relatedChecks: relatedChecks({ cloudsploit: ['natMultiAz', 'managedNatGateway'] }),
  judges: 'vpcs',
  needs: ['vpcs', 'natGateways', 'subnets', 'routeTables'],
  examples: {
    fails: [
      {
        title: 'two zones leave through the gateway of one',
        resources: {
          vpcs: [vpc()],
          natGateways: [natGateway()],
          subnets: [inZone('subnet-0a1', 'a'), inZone('subnet-0a2', 'b')],
          routeTables: [table],
        },
      },
    ],
    passes: [
      {
        title: 'one zone has all subnets',
        resources: {
          vpcs: [vpc()],
          natGateways: [natGateway()],
          subnets: [inZone('subnet-0a1', 'a'), inZone('subnet-0a2', 'a')],
          routeTables: [table],
        },
      },
    ],
  },
  *evaluate({ vpcs, subnets }, { snapshot }) {
    const byVpc = groupBy(subnets, ({ vpcId }) => vpcId);
    for (const own of vpcs) {
      const { vpcId } = own;
      const resource = { type: 'vpc', id: vpcId, vpcId, name: nameOf(own) } as const;
      const using = (byVpc.get(vpcId) ?? []).flatMap((one) => {
        const nat = natGatewayOf(snapshot, one);
        return nat?.zone === undefined ? [] : [{ subnet: one, nat, zone: nat.zone }];
      });
      if (using.length === 0) {
        yield { outcome: 'not-applicable', resource, reason: 'no subnet leaves through a NAT gateway of a zone' };
        continue;
      }
      const strangers = using.filter(({ subnet: { availabilityZone }, zone }) => availabilityZone !== zone);
      const crossing = [...groupBy(strangers, ({ nat }) => nat.natGateway.natGatewayId)];
      for (const [natGatewayId, crossers] of crossing.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        const zone = crossers[0]?.zone ?? '';
        const others = zonalNatGatewaysIn(snapshot, vpcId).some((nat) => nat.zone !== zone);
        yield {
          outcome: 'fail',
          resource,
          title: `subnets of other zones leave through ${natGatewayId} in ${zone}`,
          evidence: [
            attribute(natGatewayId, 'AvailabilityZone', zone),
            ...takingPart(
              'subnet',
              crossers.map((crosser) => crosser.subnet.subnetId),
              'crosses-zones',
            ),
          ],
          fix: {
            summary: others
              ? 'Route each subnet to the NAT gateway of its own zone, and make one where a zone has none.'
              : 'Make a NAT gateway in each zone that has such subnets and route each zone to its own.',
          },
        };
      }
      if (crossing.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
