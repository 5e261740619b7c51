import type { NetworkAcl, NetworkAclEntry } from '../../model/resources/network-acl.ts';
import type { NetworkAclEntryEvidence } from '../../model/verdict/evidence.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { type Box, boxWithin, disjointBoxes } from '../sets/box.ts';
import { parseCidr } from '../sets/cidr.ts';
import type { Parsed } from '../sets/ip-address.ts';
import { parseProtocol, protocolName } from '../sets/protocol.ts';
import {
  allTraffic,
  intersectTraffic,
  noTraffic,
  subtractTraffic,
  type Traffic,
  uniteTraffic,
} from '../sets/traffic.ts';
import type { Decision } from './decision.ts';
import { ruleBox, ruleHeader } from './rule-header.ts';

/** One entry of an ACL with the packets it names. */
export interface CompiledAclEntry {
  readonly entry: NetworkAclEntry;
  /** The packets that the entry names, were it alone; absent where it names none. */
  readonly box: Box | undefined;
  /** Set where the entry cannot be read; from here on the ACL's answers are doubtful. */
  readonly missing?: Missing;
  readonly evidence: NetworkAclEntryEvidence;
}

/** The entries of one direction in the order of evaluation. */
export interface CompiledNetworkAcl {
  readonly networkAclId: string;
  readonly ingress: readonly CompiledAclEntry[];
  readonly egress: readonly CompiledAclEntry[];
}

/** Sorts and reads the entries of an ACL once. The implicit deny is among them, as EC2 answers it. */
export function compileNetworkAcl(acl: NetworkAcl): CompiledNetworkAcl {
  const entries = acl.entries
    .toSorted((a, b) => a.ruleNumber - b.ruleNumber)
    .map((entry) => compileEntry(acl.networkAclId, entry));
  return {
    networkAclId: acl.networkAclId,
    ingress: entries.filter(({ entry }) => !entry.egress),
    egress: entries.filter(({ entry }) => entry.egress),
  };
}

function compileEntry(networkAclId: string, entry: NetworkAclEntry): CompiledAclEntry {
  const evidence = entryEvidence(networkAclId, entry);
  const box = entryBox(entry);
  if (box.reason === undefined) return { entry, box: box.value ?? undefined, evidence };
  return {
    entry,
    box: undefined,
    missing: { fact: `entry ${entry.ruleNumber} of ${networkAclId}: ${box.reason}` },
    evidence,
  };
}

/** The packets of an entry. Protocol 58 on an IPv4 block means all types (VPC guide, nacl-rules). */
function entryBox(entry: NetworkAclEntry): Parsed<Box | null> {
  const text = entry.cidrBlock ?? entry.ipv6CidrBlock;
  if (text === undefined) return { reason: 'it names no address block' };
  const cidr = parseCidr(text);
  if (cidr.reason !== undefined) return cidr;
  const icmp = entry.protocol === '1' || entry.protocol === '58';
  const anyType = entry.protocol === '58' && cidr.value.family === 4;
  const header = ruleHeader({
    protocol: entry.protocol,
    from: icmp ? (anyType ? -1 : entry.icmpTypeCode?.type) : entry.portRange?.from,
    to: icmp ? entry.icmpTypeCode?.code : entry.portRange?.to,
  });
  if (header.reason !== undefined) return header;
  const side = entry.egress ? 'destinations' : 'sources';
  return { value: ruleBox(header.value, cidr.value.family, cidr.value.addresses, side) ?? null };
}

function entryEvidence(networkAclId: string, entry: NetworkAclEntry): NetworkAclEntryEvidence {
  const number = parseProtocol(entry.protocol);
  const protocol =
    number.reason !== undefined ? entry.protocol : number.value === undefined ? 'all' : protocolName(number.value);
  const ports = protocol === 'tcp' || protocol === 'udp' ? entry.portRange : undefined;
  const icmp = protocol.startsWith('icmp') ? entry.icmpTypeCode : undefined;
  return {
    type: 'network-acl-entry',
    networkAclId,
    ruleNumber: entry.ruleNumber,
    egress: entry.egress,
    ruleAction: entry.ruleAction,
    protocol,
    cidrBlock: entry.cidrBlock ?? entry.ipv6CidrBlock ?? '',
    ...(ports === undefined ? {} : { fromPort: ports.from, toPort: ports.to }),
    ...(icmp === undefined ? {} : { fromPort: icmp.type, toPort: icmp.code }),
  };
}

/**
 * Asks the entries of one direction in order: each decides what it names and no earlier entry named. What is left at the
 * end is refused without an entry, as by an ACL that lacks the deny of the packet's family.
 */
export function decideNetworkAcl(entries: readonly CompiledAclEntry[], asked: Traffic): Decision<CompiledAclEntry> {
  if (asked.length === 1) {
    const alone = firstFullMatch(entries, asked);
    if (alone !== undefined) return alone;
  }
  let rest = asked;
  let admitted: Traffic = noTraffic;
  const admittedBy: CompiledAclEntry[] = [];
  const refusedBy: CompiledAclEntry[] = [];
  for (const compiled of entries) {
    if (rest.length === 0) break;
    if (compiled.missing !== undefined)
      return doubtfulFrom(asked, admitted, rest, admittedBy, refusedBy, compiled.missing);
    if (compiled.box === undefined) continue;
    const hits = intersectTraffic(rest, [compiled.box]);
    if (hits.length === 0) continue;
    rest = hits === rest ? noTraffic : subtractTraffic(rest, [compiled.box]);
    if (compiled.entry.ruleAction === 'allow') {
      admitted = admitted.length === 0 ? hits : [...admitted, ...hits];
      admittedBy.push(compiled);
    } else refusedBy.push(compiled);
  }
  const refused = admitted.length === 0 ? asked : subtractTraffic(asked, admitted);
  return { admitted, refused, doubtful: noTraffic, admittedBy, refusedBy, missing: [] };
}

/** The common case without any set arithmetic: one entry names the whole question and no earlier one touches it. */
function firstFullMatch(entries: readonly CompiledAclEntry[], asked: Traffic): Decision<CompiledAclEntry> | undefined {
  const question = asked[0] as Box;
  for (const compiled of entries) {
    if (compiled.missing !== undefined) return undefined;
    if (compiled.box === undefined || disjointBoxes(question, compiled.box)) continue;
    if (!boxWithin(question, compiled.box)) return undefined;
    const allowed = compiled.entry.ruleAction === 'allow';
    return {
      admitted: allowed ? asked : noTraffic,
      refused: allowed ? noTraffic : asked,
      doubtful: noTraffic,
      admittedBy: allowed ? [compiled] : [],
      refusedBy: allowed ? [] : [compiled],
      missing: [],
    };
  }
  return { admitted: noTraffic, refused: asked, doubtful: noTraffic, admittedBy: [], refusedBy: [], missing: [] };
}

function doubtfulFrom(
  asked: Traffic,
  admitted: Traffic,
  doubtful: Traffic,
  admittedBy: readonly CompiledAclEntry[],
  refusedBy: readonly CompiledAclEntry[],
  missing: Missing,
): Decision<CompiledAclEntry> {
  const refused = subtractTraffic(subtractTraffic(asked, admitted), doubtful);
  return { admitted, refused, doubtful, admittedBy, refusedBy, missing: [missing] };
}

/** An entry with the packets that it alone decides: empty where earlier entries leave it nothing, so it never matches. */
export interface DecidedEntry {
  readonly entry: NetworkAclEntry;
  readonly decides: Traffic;
  readonly missing?: Missing;
}

/** What each entry of one direction decides, of all packets there are. */
export function decidedByEntry(entries: readonly CompiledAclEntry[]): readonly DecidedEntry[] {
  let rest: Traffic = allTraffic;
  return entries.map(({ entry, box, missing }) => {
    if (missing !== undefined) return { entry, decides: noTraffic, missing };
    const decides = box === undefined ? noTraffic : intersectTraffic(rest, [box]);
    if (box !== undefined && decides.length > 0) rest = subtractTraffic(rest, [box]);
    return { entry, decides };
  });
}

/** Everything that one direction of an ACL admits. */
export function trafficOfAcl(entries: readonly CompiledAclEntry[]): Traffic {
  let all: Traffic = noTraffic;
  for (const { entry, decides } of decidedByEntry(entries))
    if (entry.ruleAction === 'allow') all = uniteTraffic(all, decides);
  return all;
}
