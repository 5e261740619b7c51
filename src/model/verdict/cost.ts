import type { Missing } from './verdict.ts';

/** A figure in US dollars that nobody was billed: worked out from a price table and from what `from` says. */
export interface Estimate {
  /** US dollars, to the cent; to a hundredth of a cent where it is `per` GB. */
  readonly dollars: number;
  readonly per: 'month' | 'year' | 'GB';
  /** One line that begins with "estimate": the multiplication, the Region of the prices and their date. */
  readonly from: string;
}

/** What is charged by the hour. */
export type CostType =
  | 'nat-gateway'
  | 'regional-nat-gateway'
  | 'interface-endpoint'
  | 'gateway-load-balancer-endpoint'
  | 'gateway-endpoint'
  | 'other-endpoint'
  | 'public-ipv4-address';

/** What one resource costs by the hour, whether or not anything passes it. */
export interface CostItem {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId?: string;
  readonly type: CostType;
  /** Absent for the public addresses in use, which are told together, Region by Region. */
  readonly id?: string;
  /** What the hours are multiplied by: gateways, Availability Zones of an endpoint, or addresses. */
  readonly units: number;
  /** For one month of 730 hours, without traffic; absent where it cannot be told, and `missing` says why. */
  readonly estimate?: Estimate;
  /** What shows that nothing uses it; absent where nothing shows it. */
  readonly unused?: string;
  /** Why there is no estimate, or why it is not known whether anything uses it. */
  readonly missing?: readonly Missing[];
}

/** A zonal NAT gateway that subnets of other Availability Zones leave through: what they send and get crosses zones. */
export interface CrossZoneNat {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId?: string;
  readonly natGatewayId: string;
  readonly availabilityZone: string;
  readonly subnetIds: readonly string[];
  /** What each GB costs beyond the gateway's own price; absent where the table has no price. */
  readonly estimate?: Estimate;
}

/** The prices of a Region as they were used. */
export interface CostPrices {
  readonly region: string;
  /** Who publishes them. */
  readonly source: string;
  /** The day as of which they hold, `2025-10-01`. */
  readonly date: string;
  /**
   * GB a month from which an interface endpoint in one zone costs less than the same traffic through a NAT gateway that
   * stays for other traffic; absent where it never does, or where a price is not in the table.
   */
  readonly breakEven?: { readonly gbPerMonthAndZone: number; readonly from: string };
}

/** What the gateways, endpoints and public addresses of the network cost by the hour, as its configuration tells. */
export interface CostReport {
  readonly prices: readonly CostPrices[];
  readonly items: readonly CostItem[];
  readonly crossZone: readonly CrossZoneNat[];
  /** The estimates of all items together, US dollars a month; a lower bound where some have none or lists are missing. */
  readonly dollarsPerMonth: number;
  /** Of that, what nothing uses. */
  readonly unusedDollarsPerMonth: number;
  /** The lists that could not be read. */
  readonly missing: readonly Missing[];
}
