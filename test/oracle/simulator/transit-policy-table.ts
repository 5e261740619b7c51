import type { TransitGatewayPolicyTableEntry } from '../../../src/model/resources/transit-gateway-route-table.ts';
import { type Address, contains, parseCidr } from './address.ts';
import { dropped, type Ending, type Journey, note, unknownBeyond } from './journey.ts';
import { hasPorts } from './packet.ts';
import { associationKey } from './world/transit.ts';

const isAny = (text: string | undefined): boolean => text === undefined || text === '*' || text === '-1' || text === '';

const holds = (cidr: string | undefined, address: Address): boolean =>
  cidr === undefined || cidr === '*' || contains(parseCidr(cidr), address);

function holdsPort(range: string | undefined, port: number): boolean {
  if (range === undefined || isAny(range)) return true;
  const [from = '', to = from] = range.split('-');
  return Number(from) <= port && port <= Number(to);
}

function matches(entry: TransitGatewayPolicyTableEntry, { packet, choices, direction }: Journey): boolean {
  const picked = direction === 'forward' ? entry.sourcePortRange : entry.destinationPortRange;
  if (!isAny(picked)) choices.lazyPicksMatter();
  if (!isAny(entry.protocol) && Number(entry.protocol) !== packet.protocol) return false;
  if (!holds(entry.sourceCidrBlock, packet.source) || !holds(entry.destinationCidrBlock, packet.destination)) {
    return false;
  }
  if (!hasPorts(packet)) return true;
  return (
    holdsPort(entry.sourcePortRange, packet.sourcePort) && holdsPort(entry.destinationPortRange, packet.destinationPort)
  );
}

/** Can the account that owns the gateway be read? Only it sees tables. */
function ownerIsRead(
  journey: Journey,
  gatewayId: string,
  kind:
    | 'transitGatewayPolicyTables'
    | 'transitGatewayPolicyTableAssociations'
    | 'transitGatewayRouteTables'
    | 'transitGatewayRouteTableAssociations',
): boolean {
  const gateway = journey.world.transit.gateways.get(gatewayId);
  if (gateway === undefined) return false;
  const accountId = gateway.noun.ownerId ?? gateway.home.accountId;
  return journey.world.isComplete(kind, { accountId, region: gateway.home.region });
}

/** Were the entries of the table read where the table itself was? */
function entriesAreRead({ world }: Journey, policyTableId: string): boolean {
  return world.regions.some(({ accountId, region, resources: { transitGatewayPolicyTables: tables } }) => {
    const has =
      tables.status === 'collected' &&
      tables.resources.some(({ transitGatewayPolicyTableId }) => transitGatewayPolicyTableId === policyTableId);
    return has && world.isComplete('transitGatewayPolicyTableEntries', { accountId, region });
  });
}

/** The route table for a packet from this attachment: a policy table's entry first, else the associated one. */
export function chooseTable(journey: Journey, gatewayId: string, attachmentId: string): string | Ending {
  const { transit } = journey.world;
  const key = associationKey(gatewayId, attachmentId);
  const policyTableId = transit.policyTableOf.get(key);
  if (policyTableId !== undefined) {
    if (!entriesAreRead(journey, policyTableId)) {
      return unknownBeyond(journey, policyTableId, 'its entries could not be read');
    }
    const entries = transit.policyEntries
      .filter((entry) => entry.transitGatewayPolicyTableId === policyTableId)
      .sort((a, b) => Number(a.policyRuleNumber) - Number(b.policyRuleNumber));
    const entry = entries.find((one) => matches(one, journey));
    if (entry?.hasMetaData === true)
      return unknownBeyond(journey, policyTableId, 'the entry asks for more than addresses');
    if (entry?.targetRouteTableId !== undefined) {
      note(journey, policyTableId, `rule ${entry.policyRuleNumber} names ${entry.targetRouteTableId}`);
      return entry.targetRouteTableId;
    }
  }
  const isKnown = transit.gateways.has(gatewayId);
  const mayHavePolicy =
    isKnown &&
    (!ownerIsRead(journey, gatewayId, 'transitGatewayPolicyTables') ||
      (transit.gatewaysWithPolicies.has(gatewayId) &&
        !ownerIsRead(journey, gatewayId, 'transitGatewayPolicyTableAssociations')));
  if (policyTableId === undefined && mayHavePolicy) {
    return unknownBeyond(journey, attachmentId, 'a policy table may decide, and which was not read');
  }
  const table = transit.associations.get(key);
  if (table !== undefined) return table;
  const lists = ['transitGatewayRouteTables', 'transitGatewayRouteTableAssociations'] as const;
  if (!lists.every((kind) => ownerIsRead(journey, gatewayId, kind))) {
    return unknownBeyond(journey, gatewayId, 'its route tables are not visible');
  }
  return dropped(journey, attachmentId, 'no route table is associated with the attachment');
}
