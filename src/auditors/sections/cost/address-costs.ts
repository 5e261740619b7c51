import type { PriceTable } from '../../../cost/price-table.ts';
import type { Address } from '../../../model/resources/address.ts';
import type { RegionSnapshot, Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { CostItem } from '../../../model/verdict/cost.ts';
import { everywhere, type Located } from '../../../network/facts/inventory.ts';
import { interfaceById, natGatewayById } from '../../../network/facts/resources-by-id.ts';
import { groupBy } from '../../group-by.ts';
import { priceOf, unpriced } from './price-of.ts';

const elasticAddresses = everywhere('addresses');

/** A public address, and why it has no price where it has none. */
interface PublicAddress {
  readonly region: RegionSnapshot;
  readonly unpriced?: string;
}

/**
 * Public IPv4 addresses, charged whether or not they are in use: those associated with nothing one by one, the others
 * Region by Region. Those of a customer's own pools have other prices, which no answer of EC2 tells.
 */
export function addressCosts(snapshot: Snapshot, table: PriceTable): readonly CostItem[] {
  const elastic = new Map(
    elasticAddresses(snapshot).flatMap((located) =>
      located.resource.publicIp === undefined ? [] : [[located.resource.publicIp, located] as const],
    ),
  );
  const ofNats = new Set(
    [...natGatewayById(snapshot).values()].flatMap(({ resource }) =>
      resource.natGatewayAddresses.map(({ publicIp }) => publicIp),
    ),
  );
  const unpricedWhy = (publicIp: string, pool: string | undefined): { readonly unpriced?: string } => {
    if (ofNats.has(publicIp)) return { unpriced: 'none for addresses of NAT gateways, on which sources differ' };
    return pool === 'amazon' ? {} : { unpriced: 'none for addresses outside the pool of Amazon' };
  };
  const inUse = new Map<string, PublicAddress>();
  const idle: Located<Address>[] = [];
  for (const [publicIp, located] of elastic) {
    if (isIdle(located.resource) && !ofNats.has(publicIp)) idle.push(located);
    else inUse.set(publicIp, { region: located.region, ...unpricedWhy(publicIp, located.resource.publicIpv4Pool) });
  }
  for (const { resource, region } of interfaceById(snapshot).values()) {
    for (const { association } of resource.privateIpAddresses) {
      const publicIp = association?.publicIp;
      if (publicIp === undefined || elastic.has(publicIp)) continue;
      // An Elastic IP whose own answer is not there may be of any pool
      const pool = association?.allocationId === undefined ? 'amazon' : undefined;
      inUse.set(publicIp, { region, ...unpricedWhy(publicIp, pool) });
    }
  }
  return [...idle.map((located) => idleItem(located, table)), ...inUseItems([...inUse.values()], table)];
}

const isIdle = ({ associationId, instanceId, networkInterfaceId, serviceManaged }: Address): boolean =>
  (associationId ?? instanceId ?? networkInterfaceId ?? serviceManaged) === undefined;

function idleItem({ resource, region }: Located<Address>, table: PriceTable): CostItem {
  const { allocationId, publicIp = '', publicIpv4Pool } = resource;
  return {
    accountId: region.accountId,
    region: region.region,
    type: 'public-ipv4-address',
    id: allocationId ?? publicIp,
    units: 1,
    unused: 'it is associated with nothing',
    ...(publicIpv4Pool === 'amazon'
      ? priceOf(table, region.region, 'publicIpv4AddressHour', 1)
      : { missing: [unpriced('none for addresses outside the pool of Amazon')] }),
  };
}

function inUseItems(addresses: readonly PublicAddress[], table: PriceTable): readonly CostItem[] {
  const alike = groupBy(addresses, ({ region, unpriced: why = '' }) => `${region.accountId} ${region.region} ${why}`);
  return [...alike.values()].flatMap((members): readonly CostItem[] => {
    const [first] = members;
    if (first === undefined) return [];
    const { accountId, region } = first.region;
    return [
      {
        accountId,
        region,
        type: 'public-ipv4-address',
        units: members.length,
        ...(first.unpriced === undefined
          ? priceOf(table, region, 'publicIpv4AddressHour', members.length)
          : { missing: [unpriced(first.unpriced)] }),
      },
    ];
  });
}
