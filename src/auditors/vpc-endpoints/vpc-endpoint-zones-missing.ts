import { nameOf } from '../../model/tag.ts';
import { subnetById } from '../../network/facts/resources-by-id.ts';
import type { Check } from '../check.ts';
import { isClient } from '../client-interfaces.ts';
import { networkInterface, subnet, vpcEndpoint } from '../examples.ts';
import { groupBy } from '../group-by.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const subnets = ['a', 'b'].map((zone) => subnet({ SubnetId: `subnet-0${zone}`, AvailabilityZone: `eu-west-1${zone}` }));
const clients = ['a', 'b'].map((zone) =>
  networkInterface({ NetworkInterfaceId: `eni-0${zone}`, SubnetId: `subnet-0${zone}` }),
);
const inSubnets = (...SubnetIds: readonly string[]): Readonly<Record<string, unknown>> =>
  vpcEndpoint({ VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.sqs', SubnetIds });

const check: Check<'vpcEndpoints' | 'subnets' | 'networkInterfaces'> = {
  id: 'vpc-endpoint-zones-missing',
  title: 'Interface endpoint stands in fewer zones than its clients',
  severity: 'low',
  rationale:
    'Clients in the other zones reach the service across zones, which costs money, and lose it when the zone of the ' +
    'endpoint fails although their own works.',
  remediation: 'Add a subnet of each zone that has clients to the endpoint.',
  references: ['https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html'],
  relatedChecks: relatedChecks({ prowler: ['vpc_endpoint_multi_az_enabled'] }),
  judges: 'vpcEndpoints',
  needs: ['vpcEndpoints', 'subnets', 'networkInterfaces'],
  examples: {
    fails: [
      {
        title: 'clients in two zones, the endpoint in one',
        resources: { vpcEndpoints: [inSubnets('subnet-0a')], subnets, networkInterfaces: clients },
      },
    ],
    passes: [
      {
        title: 'the endpoint stands in both',
        resources: { vpcEndpoints: [inSubnets('subnet-0a', 'subnet-0b')], subnets, networkInterfaces: clients },
      },
    ],
  },
  *evaluate({ vpcEndpoints, networkInterfaces }, { snapshot }) {
    const zoneOf = (subnetId: string): string | undefined =>
      subnetById(snapshot).get(subnetId)?.resource.availabilityZone;
    const byVpc = groupBy(networkInterfaces.filter(isClient), ({ vpcId }) => vpcId);
    const zonesOfClients = (vpcId: string): ReadonlySet<string> =>
      new Set((byVpc.get(vpcId) ?? []).flatMap(({ subnetId }) => zoneOf(subnetId) ?? []));
    for (const own of vpcEndpoints) {
      const { vpcEndpointId: id, vpcId, vpcEndpointType, subnetIds, state } = own;
      const resource = { type: 'vpc-endpoint', id, vpcId, name: nameOf(own) } as const;
      if (vpcEndpointType !== 'Interface' || state !== 'available') {
        yield { outcome: 'not-applicable', resource, reason: 'it does not stand in zones' };
        continue;
      }
      const zones = new Set(subnetIds.flatMap((subnetId) => zoneOf(subnetId) ?? []));
      const lacking = [...zonesOfClients(vpcId ?? '')].filter((zone) => !zones.has(zone)).toSorted();
      if (lacking.length === 0) {
        yield { outcome: 'pass', resource };
        continue;
      }
      yield {
        outcome: 'fail',
        resource,
        title: `clients in ${lacking.join(', ')} have no part of it in their zone`,
        evidence: [attribute(id, 'AvailabilityZones', [...zones].toSorted().join(', ') || 'none')],
        fix: { summary: `Add a subnet in ${lacking.join(' and in ')} to the endpoint.` },
      };
    }
  },
};

export default check;
