import type { SubnetExposure } from './defence-in-depth.ts';

/**
 * What the routes of a subnet make of it. `public`: the internet is routed to an internet gateway, in one family at least.
 * `nat`: out by a NAT gateway alone. `egress-only`: out by an egress-only internet gateway alone. `routed`: the internet
 * lies behind a transit gateway, a peering, a virtual private gateway or an appliance. `isolated`: no way to it at all.
 */
export type SubnetTier = 'public' | 'nat' | 'egress-only' | 'routed' | 'isolated' | 'unknown';

/** What the interfaces of a subnet belong to. */
export type InterfaceKind =
  | 'load-balancer'
  | 'instance'
  | 'container'
  | 'function'
  | 'database'
  | 'file-system'
  | 'vpc-endpoint'
  | 'nat-gateway'
  | 'transit-gateway'
  | 'unattached'
  | 'other';

/** A part that the subnet plays in an application, by what stands in it. */
export type SubnetRole = 'load-balancer' | 'application' | 'database';

/** One subnet, its interfaces counted. */
export interface MapSubnet {
  readonly subnetId: string;
  /** The `Name` tag: hostile text until escaped; so are all names of a map. */
  readonly name?: string;
  readonly availabilityZone?: string;
  readonly cidrBlocks: readonly string[];
  readonly tier: SubnetTier;
  readonly roles: readonly SubnetRole[];
  readonly exposure: SubnetExposure;
  readonly routeTableId?: string;
  readonly networkAclId?: string;
  /** By kind, the kinds in alphabetical order; kinds without an interface are left out. */
  readonly interfaces: readonly { readonly kind: InterfaceKind; readonly count: number }[];
}

/** Where some routes of a table lead. */
export interface MapRouteTarget {
  /** `local`, `internet-gateway`, `nat-gateway`, `vpc-endpoint` …: the kinds of `RouteTarget`. */
  readonly kind: string;
  readonly id: string;
  readonly state: string;
  /** How many routes lead there, and the first few destinations in order. */
  readonly routes: number;
  readonly destinations: readonly string[];
}

/** A route table and who uses it. */
export interface MapRouteTable {
  readonly routeTableId: string;
  readonly name?: string;
  readonly isMain: boolean;
  readonly subnetIds: readonly string[];
  readonly targets: readonly MapRouteTarget[];
}

/** A gateway of the VPC or something that joins it with others. */
export interface MapGateway {
  readonly id: string;
  readonly type:
    | 'internet-gateway'
    | 'egress-only-internet-gateway'
    | 'nat-gateway'
    | 'vpn-gateway'
    | 'transit-gateway-attachment'
    | 'vpc-peering-connection';
  readonly name?: string;
  readonly state?: string;
  /** Where it stands, or where the attachment has its interfaces; regional NAT gateways stand in no subnet. */
  readonly subnetIds: readonly string[];
  /** What lies beyond: the transit gateway, or the other VPC of a peering with its account and Region. */
  readonly peer?: {
    readonly id: string;
    readonly accountId?: string;
    readonly region?: string;
    readonly cidrBlocks: readonly string[];
  };
}

/** An endpoint by which a service is reached from within. */
export interface MapEndpoint {
  readonly vpcEndpointId: string;
  readonly name?: string;
  readonly vpcEndpointType: string;
  readonly serviceName?: string;
  readonly state: string;
  readonly subnetIds: readonly string[];
  readonly routeTableIds: readonly string[];
}

/** One VPC in the columns of the console's resource map; everything in the order of ids. */
export interface NetworkMap {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  readonly name?: string;
  readonly isDefault: boolean;
  readonly cidrBlocks: readonly string[];
  /** With the subnets in each; subnets of no known zone come last, under an empty name. */
  readonly availabilityZones: readonly { readonly availabilityZone: string; readonly subnetIds: readonly string[] }[];
  readonly subnets: readonly MapSubnet[];
  readonly routeTables: readonly MapRouteTable[];
  readonly gateways: readonly MapGateway[];
  readonly endpoints: readonly MapEndpoint[];
  /** What of the map could not be read. */
  readonly missing: readonly { readonly fact: string; readonly iamAction?: string }[];
}
