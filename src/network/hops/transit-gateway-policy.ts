import type { TransitGatewayPolicyTableEntry } from '../../model/resources/transit-gateway-route-table.ts';
import type { TransitGatewayPolicyEvidence } from '../../model/verdict/path.ts';
import { gapIn, groupedBy, isAssumedOff } from '../facts/inventory.ts';
import { type Grouped, transitGatewayById } from '../facts/resources-by-id.ts';
import type { Box } from '../sets/box.ts';
import { allIpv4Addresses, allIpv6Addresses, parseCidr } from '../sets/cidr.ts';
import { type Family, type Parsed } from '../sets/ip-address.ts';
import { allPorts, portRange, type PortSet } from '../sets/port-set.ts';
import { allProtocols, onlyProtocol, parseProtocol } from '../sets/protocol.ts';
import type { Traffic } from '../sets/traffic.ts';
import { assumed, doubted, type Flow, withStep } from '../path/flow.ts';
import { parted } from '../path/pass-filter.ts';

const policyOfAttachment: Grouped<'transitGatewayPolicyTableAssociations'> = groupedBy(
  'transitGatewayPolicyTableAssociations',
  ({ transitGatewayAttachmentId }) => transitGatewayAttachmentId,
);
const entriesOfPolicy: Grouped<'transitGatewayPolicyTableEntries'> = groupedBy(
  'transitGatewayPolicyTableEntries',
  ({ transitGatewayPolicyTableId }) => transitGatewayPolicyTableId,
);

/** Packets with the route table that a policy chose for them; without one, the attachment's own. */
export interface Policed {
  readonly flow: Flow;
  readonly routeTableId: string | undefined;
  /** Set where it is not known which table it chose: nothing can be said of the way from here on. */
  readonly isOpen?: true;
}

/**
 * The policy table of an attachment is asked before any route table: its entries in order of their numbers name a route
 * table for the packets that they match (transit gateway guide, policy tables). What none matches is routed as ever.
 */
export function police(flow: Flow, attachmentId: string, transitGatewayId: string): readonly Policed[] {
  const association = (policyOfAttachment(flow.journey.snapshot).get(attachmentId) ?? []).find(
    ({ resource }) => resource.state === undefined || resource.state === 'associated',
  );
  if (association === undefined) return [withoutPolicy(flow, attachmentId, transitGatewayId)];
  const id = association.resource.transitGatewayPolicyTableId;
  const read = association.region.resources.transitGatewayPolicyTableEntries;
  if (read.status !== 'collected' || read.missing.some(({ resourceId }) => resourceId === id)) {
    return [unreadable(flow, attachmentId, id, 'its entries were not read')];
  }
  const entries = (entriesOfPolicy(flow.journey.snapshot).get(id) ?? []).map(({ resource }) => resource).sort(byNumber);
  const out: Policed[] = [];
  let rest: Flow | undefined = flow;
  for (const entry of entries) {
    if (rest === undefined) break;
    const matches = entryTraffic(entry);
    if (matches.reason !== undefined) {
      out.push(unreadable(rest, attachmentId, id, matches.reason));
      return out;
    }
    const { like, unlike }: ReturnType<typeof parted> = parted(rest, matches.value);
    if (like !== undefined) out.push({ flow: chosen(like, id, entry), routeTableId: entry.targetRouteTableId });
    rest = unlike;
  }
  if (rest !== undefined) out.push({ flow: rest, routeTableId: undefined });
  return out;
}

const byNumber = (a: TransitGatewayPolicyTableEntry, b: TransitGatewayPolicyTableEntry): number =>
  Number(a.policyRuleNumber) - Number(b.policyRuleNumber);

function chosen(flow: Flow, id: string, entry: TransitGatewayPolicyTableEntry): Flow {
  const evidence: TransitGatewayPolicyEvidence = {
    type: 'transit-gateway-policy-entry',
    transitGatewayPolicyTableId: id,
    policyRuleNumber: entry.policyRuleNumber ?? '',
    targetRouteTableId: entry.targetRouteTableId ?? '',
  };
  return withStep(flow, { component: { id, type: 'other' }, effect: 'admits', rules: [evidence] });
}

const open = (flow: Flow): Policed => ({ flow, routeTableId: undefined, isOpen: true });
const unpoliced = (flow: Flow): Policed => ({ flow, routeTableId: undefined });

function unreadable(flow: Flow, attachmentId: string, id: string, why: string): Policed {
  const component = { id: attachmentId, type: 'transit-gateway-attachment' as const };
  const text = `Policy table ${id} decides for ${attachmentId} before any route table, and cannot be evaluated: ${why}.`;
  const fact = { fact: `what policy table ${id} decides`, iamAction: 'ec2:GetTransitGatewayPolicyTableEntries' };
  return open(doubted(flow, { explanationCode: 'TGW_POLICY_TABLE_NOT_EVALUATED', component, text }, [fact]));
}

/** No association is known: is that because there is none, or because nobody asked? */
function withoutPolicy(flow: Flow, attachmentId: string, transitGatewayId: string): Policed {
  const owner = transitGatewayById(flow.journey.snapshot).get(transitGatewayId)?.region;
  if (owner === undefined) return unpoliced(flow);
  if (
    isAssumedOff(owner, 'transitGatewayPolicyTables') ||
    isAssumedOff(owner, 'transitGatewayPolicyTableAssociations')
  ) {
    return unpoliced(assumed(flow, 'Policy tables of transit gateways are taken as off'));
  }
  const tables = owner.resources.transitGatewayPolicyTables;
  if (tables.status === 'collected' && !tables.resources.some((table) => table.transitGatewayId === transitGatewayId))
    return unpoliced(flow);
  const gap = gapIn(owner, 'transitGatewayPolicyTables') ?? gapIn(owner, 'transitGatewayPolicyTableAssociations');
  if (gap === undefined) return unpoliced(flow);
  const component = { id: attachmentId, type: 'transit-gateway-attachment' as const };
  const text = `Whether a policy table decides for ${attachmentId} is not known.`;
  return open(doubted(flow, { explanationCode: 'TGW_POLICY_TABLE_NOT_EVALUATED', component, text }, [gap]));
}

/** The packets that an entry matches. Rules on more than addresses, ports and protocol cannot be evaluated. */
function entryTraffic(entry: TransitGatewayPolicyTableEntry): Parsed<Traffic> {
  if (entry.hasMetaData)
    return { reason: `rule ${entry.policyRuleNumber ?? ''} looks at more than addresses, ports and protocol` };
  const protocol = parseProtocol(wild(entry.protocol) ? 'all' : (entry.protocol ?? 'all'));
  if (protocol.reason !== undefined) return protocol;
  const sourcePorts = ports(entry.sourcePortRange);
  if (sourcePorts.reason !== undefined) return sourcePorts;
  const destinationPorts = ports(entry.destinationPortRange);
  if (destinationPorts.reason !== undefined) return destinationPorts;
  const boxes: Box[] = [];
  for (const family of [4, 6] as const) {
    const sources = addresses(entry.sourceCidrBlock, family);
    if (sources.reason !== undefined) return sources;
    const destinations = addresses(entry.destinationCidrBlock, family);
    if (destinations.reason !== undefined) return destinations;
    if (sources.value.length === 0 || destinations.value.length === 0) continue;
    boxes.push({
      family,
      protocols: protocol.value === undefined ? allProtocols : onlyProtocol(protocol.value),
      sources: sources.value,
      destinations: destinations.value,
      sourcePorts: sourcePorts.value,
      destinationPorts: destinationPorts.value,
    });
  }
  return { value: boxes };
}

const wild = (text: string | undefined): boolean => text === undefined || text === '' || text === '*';

function addresses(text: string | undefined, family: Family): Parsed<readonly (number | bigint)[]> {
  if (wild(text)) return { value: family === 4 ? allIpv4Addresses : allIpv6Addresses };
  const cidr = parseCidr(text ?? '');
  if (cidr.reason !== undefined) return cidr;
  return { value: cidr.value.family === family ? cidr.value.addresses : [] };
}

function ports(text: string | undefined): Parsed<PortSet> {
  if (wild(text)) return { value: allPorts };
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text ?? '');
  if (match === null) return { reason: `"${text}" is no port range` };
  return { value: portRange(Number(match[1]), Number(match[2] ?? match[1])) };
}
