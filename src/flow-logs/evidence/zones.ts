import type { Subnet } from '../../model/resources/subnet.ts';
import type { FlowPatterns } from '../../model/verdict/flow-evidence.ts';
import { subnetsOfVpc } from '../../network/facts/resources-by-id.ts';
import type { Network } from '../../network/network.ts';
import { intervalsHave } from '../../network/sets/intervals.ts';
import { parseCidr } from '../../network/sets/cidr.ts';
import { parseIpAddress } from '../../network/sets/ip-address.ts';
import { addressOfPlace } from '../engine/places.ts';
import type { RowOf } from '../engine/question.ts';
import type { internalPairs } from '../questions/traffic.ts';
import { interfaceNamed } from './interfaces.ts';

type Pair = RowOf<(typeof internalPairs)['columns']>;

/**
 * The bytes between internal addresses that cross a zone, counted at the sender's interface alone. Where records tell no
 * direction, two interfaces of one subnet both tell the same bytes, and each counts for half.
 */
export function zonesOf(rows: readonly Pair[], network: Network | undefined): FlowPatterns['crossZone'] {
  let crossing = 0;
  let all = 0;
  let unknown = 0;
  for (const row of rows) {
    const told = toldBy(row, network);
    if (told === undefined) continue;
    const bytes = (row.bytes ?? 0) * told.share;
    all += bytes;
    if (told.crosses === undefined) unknown += bytes;
    else if (told.crosses) crossing += bytes;
  }
  return all === 0
    ? undefined
    : { bytes: Math.round(crossing), ofBytes: Math.round(all), unknownBytes: Math.round(unknown) };
}

/** What a row says of zones; undefined where the interface is not the sender's. */
function toldBy(
  { interface_id, flow_direction, source, destination, az_id, next_hop_az_id }: Pair,
  network: Network | undefined,
): { readonly crosses: boolean | undefined; readonly share: number } | undefined {
  const isEgress = flow_direction === 'egress';
  if (isEgress && az_id !== null && next_hop_az_id !== null) return { crosses: az_id !== next_hop_az_id, share: 1 };
  const located = network === undefined ? undefined : interfaceNamed(network.snapshot, interface_id);
  if (network === undefined || located === undefined) return { crosses: undefined, share: isEgress ? 1 : 0.5 };
  const { vpcId, subnetId } = located.resource;
  const [from, to] = [source, destination].map((place) => subnetAt(network, vpcId, place));
  if (!isEgress && from?.subnetId !== subnetId) return undefined;
  const share = !isEgress && from?.subnetId === to?.subnetId ? 0.5 : 1;
  if (from?.availabilityZoneId === undefined || to?.availabilityZoneId === undefined)
    return { crosses: undefined, share };
  return { crosses: from.availabilityZoneId !== to.availabilityZoneId, share };
}

function subnetAt({ snapshot }: Network, vpcId: string, place: string | null): Subnet | undefined {
  const address = place === null ? undefined : parseIpAddress(addressOfPlace(place)).value;
  if (address === undefined) return undefined;
  return (subnetsOfVpc(snapshot).get(vpcId) ?? []).find(({ resource }) =>
    [resource.cidrBlock, ...resource.ipv6CidrBlocks].some((text) => {
      const cidr = text === undefined ? undefined : parseCidr(text).value;
      return cidr !== undefined && cidr.family === address.family && intervalsHave(cidr.addresses, address.value);
    }),
  )?.resource;
}
