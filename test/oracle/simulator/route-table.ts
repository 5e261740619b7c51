import { type Address, anyContains, contains, isPrivateIpv4 } from './address.ts';
import { dropped, type Journey, type Move, note, type Position, unknown } from './journey.ts';
import { leaveSubnet } from './network-acl.ts';
import type { Cidr } from './address.ts';
import type { Table, TableRoute } from './world/routes.ts';

/** A route whose destination holds the address, with what orders it among others. */
interface Candidate {
  readonly route: TableRoute;
  readonly length: number;
  /** At equal length: static, then prefix list, then propagated. */
  readonly rank: 1 | 2 | 3;
}

function longest(cidrs: readonly Cidr[], address: Address): number | undefined {
  let length: number | undefined;
  for (const cidr of cidrs) {
    if (contains(cidr, address) && (length === undefined || cidr.length > length)) length = cidr.length;
  }
  return length;
}

/** A list that could not be read may or may not hold the address, with any length. */
function candidateOf(journey: Journey, table: Table, route: TableRoute, address: Address): Candidate | undefined {
  if (route.cidr !== undefined) {
    if (!contains(route.cidr, address)) return undefined;
    return { route, length: route.cidr.length, rank: route.propagated ? 3 : 1 };
  }
  const cidrs = journey.world.prefixLists.get(route.prefixListId ?? '');
  if (cidrs === undefined) {
    // The list of an AWS service holds public addresses.
    const isPublic = address.family === 4 ? !isPrivateIpv4(address) : address.value >> 125n === 1n;
    if (route.target.kind === 'vpc-endpoint' && !isPublic) return undefined;
    const key = `route ${table.id} ${route.prefixListId} ${address.key}`;
    return journey.choices.pick('not-known', key, 2) === 1 ? { route, length: 129, rank: 2 } : undefined;
  }
  const length = anyContains(cidrs, address) ? longest(cidrs, address) : undefined;
  return length === undefined ? undefined : { route, length, rank: 2 };
}

const precedes = (a: Candidate, b: Candidate): boolean =>
  a.length > b.length || (a.length === b.length && a.rank < b.rank);

const sameTarget = (a: Candidate, b: Candidate): boolean =>
  a.route.target.kind === b.route.target.kind &&
  a.route.target.id === b.route.target.id &&
  a.route.state === b.route.state;

/**
 * The route that takes the address: the longest prefix, then static before prefix list before propagated. Where
 * prefix lists overlap, AWS picks one of them.
 */
function select(journey: Journey, table: Table, address: Address): TableRoute | undefined {
  let best: Candidate | undefined;
  const lists: Candidate[] = [];
  for (const route of table.routes) {
    if (route.state === 'filtered') continue;
    const candidate = candidateOf(journey, table, route, address);
    if (candidate === undefined) continue;
    if (candidate.rank === 2) lists.push(candidate);
    if (best === undefined || precedes(candidate, best)) best = candidate;
  }
  if (best?.rank !== 2) return best?.route;
  const winner = best;
  const options = [winner, ...lists.filter((other) => other !== winner && !sameTarget(other, winner))];
  const picked = journey.choices.pick('aws', `overlap ${table.id} ${address.key}`, options.length);
  return (options[picked] ?? winner).route;
}

/** The table in force at the position: the subnet's own, else the main one of its VPC. */
function tableAt(journey: Journey, at: Position): Table | undefined {
  if (at.subnet === undefined) return at.table;
  const { tables } = journey.world;
  return tables.bySubnet.get(at.subnet.id) ?? tables.mainByVpc.get(at.vpcId);
}

/** What the table says of the packet. A black hole drops it: nothing shorter is tried. */
export function consult(journey: Journey, table: Table, at: Position): Move {
  const route = select(journey, table, journey.packet.destination);
  if (route === undefined) return dropped(journey, table.id, 'no route');
  if (route.state === 'blackhole') return dropped(journey, table.id, `black hole ${route.target.id}`);
  if (route.state !== 'active') return unknown(journey, table.id, `route state ${route.state}`);
  note(journey, table.id, `route to ${route.target.id}`);
  return { kind: 'hand-over', target: route.target, at };
}

/** The packet is in a subnet and wants out of it; to an address of the subnet itself, no route is asked. */
export function route(journey: Journey, at: Position): Move {
  if (at.subnet !== undefined && anyContains(at.subnet.cidrs, journey.packet.destination))
    return { kind: 'deliver', at };
  const table = tableAt(journey, at);
  if (table === undefined) {
    const left = leaveSubnet(journey, at.subnet);
    return left ?? unknown(journey, at.subnet?.id ?? at.vpcId, 'its route table is not in the snapshot');
  }
  return consult(journey, table, at);
}
