import type { Subnet } from '../../model/resources/subnet.ts';
import type { Located } from './inventory.ts';

/** The Availability Zone of a subnet in a form that compares across accounts: names are aliases of one account. */
export const zoneOf = ({ resource, region }: Located<Subnet>): string | undefined =>
  resource.availabilityZoneId ??
  (resource.availabilityZone === undefined ? undefined : `${region.accountId}:${resource.availabilityZone}`);
