import { canonicalCidr } from '../cidr.ts';
import type { VpcPlace } from './security-group.ts';
import { add, type Built, type Common, idOf, type Item, newId, type Ref, type RegionState, tagsOf } from './state.ts';

/** Where a route sends its packets: anything with an id that EC2 takes as a target. */
export type RouteTargetRef = string | (Built & { readonly networkInterface?: Built });

/** A destination (a CIDR of either family, or a prefix list) and its target. */
export type RouteSpec = readonly [destination: Ref, target: RouteTargetRef];

export interface RouteTableOptions extends Common {
  readonly routes?: readonly RouteSpec[];
  readonly subnets?: readonly Ref[];
}

/** A route table, with the local routes that cannot be taken away. */
export interface RouteTableBuilder extends Built {
  readonly vpcId: string;
  readonly route: (destination: Ref, target: RouteTargetRef) => RouteTableBuilder;
  /** A route whose target is gone: matching packets are dropped. */
  readonly blackhole: (destination: Ref, target: RouteTargetRef) => RouteTableBuilder;
  readonly associate: (...subnets: readonly Ref[]) => RouteTableBuilder;
  /** Ingress routing: the table of an internet or virtual private gateway. */
  readonly edgeAssociate: (gateway: Ref) => RouteTableBuilder;
  /** Takes over what a virtual private gateway learns. */
  readonly propagate: (vpnGateway: Ref) => RouteTableBuilder;
}

export const routeTablesKey = 'ec2.DescribeRouteTables';

/** The member in which EC2 answers a destination. */
export function destinationOf(destination: Ref): Item {
  const value = idOf(destination);
  if (value.startsWith('pl-')) return { DestinationPrefixListId: value };
  const cidr = canonicalCidr(value);
  return cidr.includes(':') ? { DestinationIpv6CidrBlock: cidr } : { DestinationCidrBlock: cidr };
}

const targetMembers: readonly (readonly [prefix: string, member: string])[] = [
  ['nat-', 'NatGatewayId'],
  ['tgw-', 'TransitGatewayId'],
  ['pcx-', 'VpcPeeringConnectionId'],
  ['eigw-', 'EgressOnlyInternetGatewayId'],
  ['lgw-', 'LocalGatewayId'],
  ['cagw-', 'CarrierGatewayId'],
  ['eni-', 'NetworkInterfaceId'],
  ['arn:', 'CoreNetworkArn'],
];

/** The member (or, for an instance, members) in which EC2 answers a target. */
export function targetOf(state: RegionState, target: RouteTargetRef): Item {
  const id = idOf(target);
  if (id.startsWith('i-')) {
    const networkInterface = typeof target === 'string' ? undefined : target.networkInterface;
    return {
      InstanceId: id,
      InstanceOwnerId: state.accountId,
      ...(networkInterface === undefined ? {} : { NetworkInterfaceId: networkInterface.id }),
    };
  }
  return { [targetMembers.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'GatewayId']: id };
}

/** A route table of the VPC; `local` are the VPC's own blocks, first in every table (VPC guide, RouteTables). */
export function buildRouteTable(
  state: RegionState,
  vpc: VpcPlace,
  local: readonly string[],
  options: RouteTableOptions = {},
): RouteTableBuilder {
  const id = newId(state, 'rtb', options);
  const routes: Item[] = local.map((cidr) => ({
    ...destinationOf(cidr),
    GatewayId: 'local',
    Origin: 'CreateRouteTable',
    State: 'active',
  }));
  const item = add(
    state,
    routeTablesKey,
    {
      Associations: [],
      PropagatingVgws: [],
      RouteTableId: id,
      Routes: routes,
      Tags: tagsOf(options),
      VpcId: vpc.id,
      OwnerId: state.accountId,
    },
    options.raw,
  );
  const push = (destination: Ref, target: RouteTargetRef, routeState: string): void => {
    routes.push({
      ...destinationOf(destination),
      ...targetOf(state, target),
      Origin: 'CreateRoute',
      State: routeState,
    });
  };
  const builder: RouteTableBuilder = {
    id,
    item,
    vpcId: vpc.id,
    route: (destination, target) => {
      push(destination, target, 'active');
      return builder;
    },
    blackhole: (destination, target) => {
      push(destination, target, 'blackhole');
      return builder;
    },
    associate: (...subnets) => {
      for (const subnet of subnets) moveAssociation(state, item, { SubnetId: idOf(subnet) });
      return builder;
    },
    edgeAssociate: (gateway) => {
      moveAssociation(state, item, { GatewayId: idOf(gateway) });
      return builder;
    },
    propagate: (vpnGateway) => {
      (item['PropagatingVgws'] as Item[]).push({ GatewayId: idOf(vpnGateway) });
      return builder;
    },
  };
  for (const [destination, target] of options.routes ?? []) builder.route(destination, target);
  return builder.associate(...(options.subnets ?? []));
}

/** Makes the table the one of a subnet or gateway, which has one explicit table at most. */
function moveAssociation(state: RegionState, table: Item, of: Item): void {
  const [[member, value]] = Object.entries(of) as [[string, string]];
  for (const other of state.lists.get(routeTablesKey) ?? []) {
    const associations = other['Associations'] as Item[];
    const kept = associations.filter((association) => association[member] !== value);
    associations.splice(0, associations.length, ...kept);
  }
  (table['Associations'] as Item[]).push({
    Main: false,
    RouteTableAssociationId: newId(state, 'rtbassoc', { name: value }),
    RouteTableId: table['RouteTableId'],
    ...of,
    AssociationState: { State: 'associated' },
  });
}

/** The main association of a VPC: it names no subnet, and applies to every subnet that has no table of its own. */
export function makeMain(state: RegionState, table: RouteTableBuilder): void {
  (table.item['Associations'] as Item[]).push({
    Main: true,
    RouteTableAssociationId: newId(state, 'rtbassoc', { name: table.vpcId }),
    RouteTableId: table.id,
    AssociationState: { State: 'associated' },
  });
}
