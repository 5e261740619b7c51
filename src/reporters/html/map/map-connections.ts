import { grouped } from '../../../findings/grouped.ts';
import { compareText } from '../../../findings/order.ts';
import type { MapEndpoint, MapGateway, NetworkMap } from '../../../model/verdict/network-map.ts';
import { counted, seriesOfMost } from '../../wording.ts';
import { alike, type MapNode, type Some } from './map-node.ts';
import { endpointName, endpointTypeWords, gatewayWords } from './map-words.ts';

/** More of a kind than this, and they become one box. */
const fewGateways = 5;

/** The last column: gateways, what joins the VPC with others, endpoints, and whatever else a route leads to. */
export function connectionsOf(map: NetworkMap): {
  readonly nodes: readonly MapNode[];
  readonly keyOf: (id: string) => string;
} {
  const keys = new Map<string, string>();
  const nodes: MapNode[] = [];
  const put = (ids: readonly string[], node: MapNode): void => {
    for (const id of ids) keys.set(id, node.key);
    nodes.push(node);
  };
  for (const gateways of gatewayGroups(map.gateways))
    put(
      gateways.flatMap(({ id, peer }) => [id, ...(peer === undefined ? [] : [peer.id])]),
      gatewayNode(gateways),
    );
  const routed = map.endpoints.filter(
    ({ routeTableIds, vpcEndpointType }) => routeTableIds.length > 0 || vpcEndpointType !== 'Interface',
  );
  const unrouted = map.endpoints.filter((endpoint) => !routed.includes(endpoint));
  for (const endpoint of routed) put([endpoint.vpcEndpointId], endpointNode([endpoint]));
  const [first, ...more] = unrouted;
  if (first !== undefined)
    put(
      unrouted.map(({ vpcEndpointId }) => vpcEndpointId),
      endpointNode([first, ...more]),
    );
  const elsewhere = map.routeTables
    .flatMap(({ targets }) => targets)
    .filter(({ id, kind }) => kind !== 'local' && !keys.has(id));
  const others = new Map(elsewhere.map(({ id, kind }) => [id, { id, kind }]));
  for (const group of alike([...others.values()], fewGateways, [({ kind }) => kind]))
    put(
      group.map(({ id }) => id),
      otherNode(group),
    );
  return { nodes, keyOf: (id) => keys.get(id) ?? '' };
}

/** Whatever else a route leads to: an interface, an instance, a gateway that is gone. */
function otherNode(group: Some<{ readonly id: string; readonly kind: string }>): MapNode {
  const [first] = group;
  const what = first.kind.replaceAll('-', ' ');
  const one = group.length === 1;
  return {
    key: `other ${first.id}`,
    kind: 'connection',
    name: one ? what : counted(group.length, what),
    id: one ? first.id : '',
    notes: [],
    exposure: undefined,
    title: `${what} ${seriesOfMost(
      group.map(({ id }) => id),
      20,
    )}`,
  };
}

/** Several of a kind become one where they are many. */
function gatewayGroups(gateways: readonly MapGateway[]): readonly Some<MapGateway>[] {
  return [...grouped(gateways, ({ type }) => type).values()].flatMap((own) =>
    own.length <= fewGateways ? own.map((gateway): Some<MapGateway> => [gateway]) : [own],
  );
}

function gatewayNode(group: Some<MapGateway>): MapNode {
  const [first] = group;
  const what = gatewayWords[first.type];
  const one = group.length === 1;
  const peer = first.peer === undefined ? '' : `to ${first.peer.id}`;
  return {
    key: `gateway ${first.id}`,
    kind: 'connection',
    name: one ? (first.name ?? what) : counted(group.length, what),
    id: one
      ? first.id
      : seriesOfMost(
          group.map(({ id }) => id),
          1,
        ),
    notes: one ? [[first.name === undefined ? '' : what, peer].filter((part) => part !== '').join(' ')] : [],
    exposure: undefined,
    title: group
      .map(({ id, name, state, peer: beyond, subnetIds }) =>
        [
          what,
          id,
          name ?? '',
          state ?? '',
          beyond === undefined ? '' : `to ${beyond.id} ${beyond.accountId ?? ''} ${beyond.cidrBlocks.join(' ')}`,
          subnetIds.length === 0 ? '' : `in ${seriesOfMost(subnetIds, 4)}`,
        ]
          .filter((part) => part !== '')
          .join(' '),
      )
      .slice(0, 20)
      .join('; '),
  };
}

function endpointNode(group: Some<MapEndpoint>): MapNode {
  const [first] = group;
  const names = group.map(endpointName).sort(compareText);
  const one = group.length === 1;
  return {
    key: `endpoint ${first.vpcEndpointId}`,
    kind: 'connection',
    name: one
      ? `${endpointTypeWords[first.vpcEndpointType] ?? first.vpcEndpointType} endpoint`
      : counted(group.length, 'interface endpoint'),
    id: one ? first.vpcEndpointId : '',
    notes: [seriesOfMost(names, 4)],
    exposure: undefined,
    title: `${one ? `Endpoint ${first.vpcEndpointId}` : counted(group.length, 'interface endpoint')}: ${seriesOfMost(names, 20)}`,
  };
}
