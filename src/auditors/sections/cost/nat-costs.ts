import { crossZonePerGb } from '../../../cost/arithmetic.ts';
import type { PriceTable } from '../../../cost/price-table.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { CostItem, CrossZoneNat } from '../../../model/verdict/cost.ts';
import { compareText, gapIn } from '../../../network/facts/inventory.ts';
import { natGatewayById, subnetById } from '../../../network/facts/resources-by-id.ts';
import { groupBy } from '../../group-by.ts';
import { natGatewayOf, routeTargets } from '../../nat-routing.ts';
import { priceOf } from './price-of.ts';

/** The NAT gateways that are charged, each with whether any route leads to it. */
export function natCosts(snapshot: Snapshot, table: PriceTable): readonly CostItem[] {
  const routed = routeTargets(snapshot);
  return [...natGatewayById(snapshot).values()].flatMap(({ resource, region }): readonly CostItem[] => {
    const { natGatewayId, vpcId, state, availabilityMode } = resource;
    if (state !== 'available') return [];
    const zonal = availabilityMode === 'zonal';
    const priced = zonal
      ? priceOf(table, region.region, 'natGatewayHour', 1)
      : {
          missing: [{ fact: 'by what a regional NAT gateway is charged, the gateway or each zone, is not published' }],
        };
    const gap = gapIn(region, 'routeTables');
    const isRouted = routed.has(natGatewayId);
    const missing = [...('missing' in priced ? priced.missing : []), ...(isRouted || gap === undefined ? [] : [gap])];
    return [
      {
        accountId: region.accountId,
        region: region.region,
        ...(vpcId === undefined ? {} : { vpcId }),
        type: zonal ? 'nat-gateway' : 'regional-nat-gateway',
        id: natGatewayId,
        units: 1,
        ...('estimate' in priced ? { estimate: priced.estimate } : {}),
        ...(isRouted || gap !== undefined ? {} : { unused: 'no route leads to it' }),
        ...(missing.length === 0 ? {} : { missing }),
      },
    ];
  });
}

/** The zonal NAT gateways through which subnets of other zones leave. */
export function crossZoneNats(snapshot: Snapshot, table: PriceTable): readonly CrossZoneNat[] {
  const crossing = [...subnetById(snapshot).values()].flatMap(({ resource: subnet }) => {
    const nat = natGatewayOf(snapshot, subnet);
    if (nat?.zone === undefined || subnet.availabilityZone === undefined) return [];
    return nat.zone === subnet.availabilityZone ? [] : [{ subnet, zone: nat.zone, id: nat.natGateway.natGatewayId }];
  });
  return [...groupBy(crossing, ({ id }) => id)]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([natGatewayId, crossers]): readonly CrossZoneNat[] => {
      const located = natGatewayById(snapshot).get(natGatewayId);
      const [first] = crossers;
      if (located === undefined || first === undefined) return [];
      const { accountId, region } = located.region;
      const { vpcId } = located.resource;
      const prices = table.get(region);
      const estimate = prices === undefined ? undefined : crossZonePerGb(prices);
      return [
        {
          accountId,
          region,
          ...(vpcId === undefined ? {} : { vpcId }),
          natGatewayId,
          availabilityZone: first.zone,
          subnetIds: crossers.map(({ subnet }) => subnet.subnetId).sort(compareText),
          ...(estimate === undefined ? {} : { estimate }),
        },
      ];
    });
}
