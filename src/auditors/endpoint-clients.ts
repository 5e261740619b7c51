import type { NetworkInterface } from '../model/resources/network-interface.ts';
import type { VpcEndpoint } from '../model/resources/vpc-endpoint.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { Fix, Missing } from '../model/verdict/verdict.ts';
import { privateAddressesOf } from '../network/facts/group-members.ts';
import { decideSecurityGroups } from '../network/filters/security-group-decision.ts';
import { groupRules } from '../network/hops/security-group.ts';
import { type AddressSet, uniteAllAddresses } from '../network/sets/address-set.ts';
import { ephemeralPorts, portRange } from '../network/sets/port-set.ts';
import { onlyProtocol, protocolNumbers } from '../network/sets/protocol.ts';
import { everyIpv4Packet, type Traffic } from '../network/sets/traffic.ts';
import { awsCli } from './aws-cli.ts';
import { isClient } from './client-interfaces.ts';
import { groupBy } from './group-by.ts';
import { membersSeenFrom } from './reference-members.ts';

/** How the clients of a VPC fare at an interface endpoint in it. */
export interface EndpointClients {
  /** The subnets with a client that the groups of the endpoint surely refuse. */
  readonly refused: readonly string[];
  /** Is any client admitted? */
  readonly admitted: boolean;
  /** What would have to be known to say more: a rule or group that could not be read. */
  readonly doubtful: readonly Missing[];
}

/**
 * Asks the groups of an endpoint about each interface of its VPC that can call it on TCP 443 over IPv4: those that have
 * something behind them and whose own groups let the call out. Interfaces of one subnet with the same groups are asked
 * together.
 */
export function clientsOf(
  snapshot: Snapshot,
  {
    vpcId = '',
    groupIds,
    networkInterfaceIds,
  }: { readonly vpcId?: string | undefined } & Pick<VpcEndpoint, 'groupIds' | 'networkInterfaceIds'>,
  interfaces: readonly NetworkInterface[],
): EndpointClients {
  const own = new Set<string>(networkInterfaceIds);
  const endpointAddresses = addressesOf(interfaces.filter(({ networkInterfaceId }) => own.has(networkInterfaceId)));
  const rules = groupRules(snapshot, groupIds, false);
  const resolve = membersSeenFrom(snapshot, vpcId);
  const refused = new Set<string>();
  let admitted = false;
  const doubts: Missing[] = [];
  const candidates = interfaces.filter((candidate) => isClient(candidate) && !own.has(candidate.networkInterfaceId));
  for (const [first, ...others] of groupBy(candidates, classOf).values()) {
    if (first === undefined) continue;
    const calls = https(addressesOf([first, ...others]), endpointAddresses);
    const egress = groupRules(snapshot, first.groupIds, true);
    const leaving = decideSecurityGroups(egress.clauses, calls, resolve);
    const arriving = decideSecurityGroups(rules.clauses, leaving.admitted, resolve);
    if (arriving.admitted.length > 0) admitted = true;
    if (arriving.refused.length > 0 && rules.missing.length === 0) refused.add(first.subnetId);
    else if (arriving.refused.length + arriving.doubtful.length > 0) doubts.push(...rules.missing, ...arriving.missing);
    const perhaps = egress.missing.length > 0 ? [...leaving.refused, ...leaving.doubtful] : leaving.doubtful;
    const late = decideSecurityGroups(rules.clauses, perhaps, resolve);
    if (late.refused.length + late.doubtful.length > 0)
      doubts.push(...egress.missing, ...leaving.missing, ...late.missing, ...rules.missing);
  }
  const doubtful = [...new Map(doubts.map((one) => [one.fact, one])).values()];
  return { refused: [...refused].sort(), admitted, doubtful };
}

const classOf = ({ subnetId, groupIds }: NetworkInterface): string => `${subnetId} ${groupIds.toSorted().join(' ')}`;

const addressesOf = (interfaces: readonly NetworkInterface[]): AddressSet =>
  uniteAllAddresses(interfaces.map(privateAddressesOf));

/** Calls to the endpoint; where its interfaces are not listed, to any address. */
function https(clients: AddressSet, endpoint: AddressSet): Traffic {
  if (clients.ipv4.length === 0) return [];
  return [
    {
      ...everyIpv4Packet,
      protocols: onlyProtocol(protocolNumbers.tcp),
      sources: clients.ipv4,
      ...(endpoint.ipv4.length === 0 ? {} : { destinations: endpoint.ipv4 }),
      sourcePorts: ephemeralPorts,
      destinationPorts: portRange(443, 443),
    },
  ];
}

/** Opens the first group of the endpoint to the blocks of the clients. */
export function admitClients(
  region: string,
  { groupIds }: Pick<VpcEndpoint, 'groupIds'>,
  blocks: readonly string[],
): Fix {
  const groupId = groupIds.toSorted()[0];
  const summary = 'Admit TCP 443 from the subnets of the clients.';
  if (groupId === undefined || blocks.length === 0) return { summary };
  const permission = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: blocks.map((CidrIp) => ({ CidrIp })) };
  return {
    summary,
    cli: [
      awsCli(region, 'ec2', 'authorize-security-group-ingress', {
        'group-id': groupId,
        'ip-permissions': [permission],
      }),
    ],
  };
}
