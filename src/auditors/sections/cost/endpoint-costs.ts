import type { PriceTable } from '../../../cost/price-table.ts';
import type { VpcEndpoint } from '../../../model/resources/vpc-endpoint.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { CostItem, CostType, Estimate } from '../../../model/verdict/cost.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';
import { vpcEndpointById } from '../../../network/facts/resources-by-id.ts';
import { priceOf, unpriced } from './price-of.ts';

/** Charged until it is deleted, whether or not the service accepted it (AWS PrivateLink pricing). */
const gone: readonly string[] = ['deleting', 'deleted'];
/** States in which an endpoint carries nothing any more. */
const dead: readonly string[] = ['rejected', 'failed', 'expired'];

/** The VPC endpoints: those of interfaces by the zones in which they stand, gateway endpoints as free. */
export function endpointCosts(snapshot: Snapshot, table: PriceTable): readonly CostItem[] {
  return [...vpcEndpointById(snapshot).values()].flatMap(({ resource, region }): readonly CostItem[] => {
    const { vpcEndpointId, vpcId, state } = resource;
    if (gone.includes(state)) return [];
    return [
      {
        accountId: region.accountId,
        region: region.region,
        ...(vpcId === undefined ? {} : { vpcId }),
        id: vpcEndpointId,
        ...charged(resource, region.region, table),
        ...(dead.includes(state) ? { unused: `its state is ${state}` } : {}),
      },
    ];
  });
}

interface Charged {
  readonly type: CostType;
  readonly units: number;
  readonly estimate?: Estimate;
  readonly missing?: readonly Missing[];
}

function charged({ vpcEndpointType, subnetIds }: VpcEndpoint, region: string, table: PriceTable): Charged {
  // AWS takes one subnet of each zone
  const zones = new Set(subnetIds).size;
  switch (vpcEndpointType) {
    case 'Gateway':
      return {
        type: 'gateway-endpoint',
        units: 1,
        estimate: { dollars: 0, per: 'month', from: 'estimate: AWS does not charge for gateway endpoints' },
      };
    case 'Interface':
      return {
        type: 'interface-endpoint',
        units: zones,
        ...priceOf(table, region, 'interfaceEndpointHour', zones),
      };
    case 'GatewayLoadBalancer':
      return {
        type: 'gateway-load-balancer-endpoint',
        units: zones,
        ...priceOf(table, region, 'gatewayLoadBalancerEndpointHour', zones),
      };
    default:
      return { type: 'other-endpoint', units: zones, missing: [unpriced('none for endpoints of this type')] };
  }
}
