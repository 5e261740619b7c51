import { type Draft, nextId, show } from './draft.ts';
import type { DraftSubnet, DraftVpc } from './vpc.ts';

/** One route: destination CIDR or `pl-…`, target id or `local`. */
export interface DraftRoute {
  readonly to: string;
  readonly via: string;
  readonly state?: 'active' | 'blackhole' | 'filtered';
  readonly propagated?: boolean;
  /** The interface of an instance target. */
  readonly interfaceId?: string;
}

const targetMember: readonly (readonly [prefix: string, member: string])[] = [
  ['nat-', 'NatGatewayId'],
  ['tgw-', 'TransitGatewayId'],
  ['pcx-', 'VpcPeeringConnectionId'],
  ['eigw-', 'EgressOnlyInternetGatewayId'],
  ['eni-', 'NetworkInterfaceId'],
  ['i-', 'InstanceId'],
];

function toRoute({ to, via, state, propagated, interfaceId }: DraftRoute): object {
  const destination = to.startsWith('pl-')
    ? 'DestinationPrefixListId'
    : to.includes(':')
      ? 'DestinationIpv6CidrBlock'
      : 'DestinationCidrBlock';
  const member = targetMember.find(([prefix]) => via.startsWith(prefix))?.[1] ?? 'GatewayId';
  return {
    [destination]: to,
    [member]: via,
    ...(interfaceId === undefined ? {} : { NetworkInterfaceId: interfaceId }),
    State: state ?? 'active',
    Origin: propagated === true ? 'EnableVgwRoutePropagation' : via === 'local' ? 'CreateRouteTable' : 'CreateRoute',
  };
}

/** A route table; the local routes of the VPC are added unless the routes replace them. */
export function addTable(
  draft: Draft,
  vpc: DraftVpc,
  options: {
    readonly routes?: readonly DraftRoute[];
    readonly subnets?: readonly DraftSubnet[];
    readonly main?: boolean;
    readonly gatewayId?: string;
    readonly id?: string;
  },
  order: <T>(list: readonly T[]) => readonly T[] = (list) => list,
): string {
  const id = options.id ?? nextId(draft, 'rtb');
  const { routes = [], subnets = [], main = false, gatewayId } = options;
  const locals = [...vpc.cidrs, ...vpc.ipv6Cidrs]
    .filter((cidr) => !routes.some(({ to }) => to === cidr))
    .map((to) => ({ to, via: 'local' }));
  const association = (member: object): object => ({
    RouteTableAssociationId: nextId(draft, 'rtbassoc'),
    RouteTableId: id,
    AssociationState: { State: 'associated' },
    ...member,
  });
  show(draft, vpc.viewers, 'routeTables', {
    RouteTableId: id,
    VpcId: vpc.id,
    OwnerId: vpc.owner.accountId,
    Routes: order([...locals, ...routes]).map(toRoute),
    Associations: order([
      ...(main ? [association({ Main: true })] : []),
      ...subnets.map((subnet) => association({ Main: false, SubnetId: subnet.id })),
      ...(gatewayId === undefined ? [] : [association({ Main: false, GatewayId: gatewayId })]),
    ]),
    PropagatingVgws: [],
  });
  return id;
}
