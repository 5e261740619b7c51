import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { RejectAttribution, RejectedConversations } from '../../model/verdict/flow-evidence.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Explanation, TraceQuery, TraceResult } from '../../model/verdict/path.ts';
import { derive, type Derived } from '../../network/facts/derive.ts';
import type { Located } from '../../network/facts/inventory.ts';
import { subnetById } from '../../network/facts/resources-by-id.ts';
import { networkAclOfSubnet } from '../../network/facts/vpc-tables.ts';
import type { Network } from '../../network/network.ts';
import { QueryError, trace } from '../../network/trace.ts';
import type { Crossing } from './interfaces.ts';
import { traceName } from './interfaces.ts';
import { confidenceOf, likenessOf, type RejectedPacket } from './likeness.ts';
import { protocolOf } from './words.ts';

/** The attribution of a packet, and the question to `trace` that it rests on. */
export interface Attributed {
  readonly attribution: RejectAttribution;
  readonly trace?: NonNullable<RejectedConversations['trace']>;
}

/** What the log alone tells. */
export function attributeByLog({ part, rejectReason, protocol, crossing }: RejectedPacket): RejectAttribution {
  const sure = { blockers: [], confidence: 'high' } as const;
  if (part === 'stated' && rejectReason === 'BPA')
    return { ...sure, cause: 'block-public-access', text: 'VPC Block Public Access rejects it: the record says so.' };
  if (part === 'stated' && rejectReason === 'EC')
    return { ...sure, cause: 'encryption-controls', text: 'Encryption controls reject it: the record says so.' };
  if (part === 'late-or-changed') {
    return {
      ...sure,
      cause: 'late-or-changed',
      text: 'Packets of a connection that was open or had just ended, or a rule that changed within the window: no rule is blamed.',
    };
  }
  if (part === 'reply') {
    return {
      ...sure,
      cause: 'network-acl',
      confidence: 'medium',
      text: `The request was accepted at this interface and the ${protocolOf(protocol)} reply is not: security groups let replies pass, so the ${crossing === 'unknown' ? '' : `${crossing} `}rules of the subnet's network ACL reject it.`,
    };
  }
  return {
    blockers: [],
    confidence: 'low',
    cause: 'security-group-or-network-acl',
    text: 'A security group or a network ACL; a snapshot would tell which rule.',
  };
}

/** Attributes a packet to the rule that rejects it now, by the trace of exactly this header. */
export function attribute(network: Network, located: Located<NetworkInterface>, packet: RejectedPacket): Attributed {
  const question = questionOf(network, located, packet);
  const asked = { trace: question };
  if (packet.part === 'late-or-changed' || packet.part === 'stated')
    return { attribution: attributeByLog(packet), ...asked };
  const key = likenessOf(network, located, packet);
  const known = key === undefined ? undefined : memo(network.snapshot).get(key);
  if (known !== undefined) return { attribution: known, ...asked };
  const fresh = traced(network, located, packet, question);
  if (key !== undefined) memo(network.snapshot).set(key, fresh.attribution);
  return fresh;
}

const memo: Derived<Snapshot, Map<string, RejectAttribution>> = derive(() => new Map());

function traced(
  network: Network,
  located: Located<NetworkInterface>,
  packet: RejectedPacket,
  question: NonNullable<RejectedConversations['trace']>,
): Attributed {
  const asked = { trace: question };
  let result: TraceResult;
  try {
    result = trace(network, {
      ...question,
      ...(packet.protocol === 1 ? { icmpType: 8 } : packet.protocol === 58 ? { icmpType: 128 } : {}),
    } satisfies TraceQuery);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const text = `The snapshot cannot say: ${error.message}.`;
    return { attribution: { cause: 'unknown', blockers: [], confidence: 'low', text } };
  }
  return { attribution: judged(network, located, packet, result), ...asked };
}

/** The question whose request, or whose reply, is the packet. */
function questionOf(
  { snapshot }: Network,
  { resource }: Located<NetworkInterface>,
  { part, protocol, source, destination, sourcePort, destinationPort }: RejectedPacket,
): NonNullable<RejectedConversations['trace']> {
  const name = (address: string): string => traceName(snapshot, resource.vpcId, address);
  const isReply = part === 'reply';
  const ported = protocol === 6 || protocol === 17;
  return {
    from: name(isReply ? destination : source),
    to: name(isReply ? source : destination),
    protocol: protocolOf(protocol),
    ...(ported
      ? {
          port: isReply ? sourcePort : destinationPort,
          sourcePort: isReply ? destinationPort : sourcePort,
        }
      : {}),
  };
}

function judged(
  network: Network,
  located: Located<NetworkInterface>,
  packet: RejectedPacket,
  result: TraceResult,
): RejectAttribution {
  const confidence = confidenceOf(network, packet.seenAt);
  const leg = packet.part === 'reply' ? 'return' : 'forward';
  const blockers = result.explanations
    .filter((one) => (one.effect === 'blocks' || one.effect === 'limits') && one.direction === leg)
    .filter((one) => standsAt(network, located, one, packet.crossing));
  const [first] = blockers;
  if (first === undefined) return unexplained(packet, result, confidence);
  const cause =
    first.component.type === 'network-acl'
      ? 'network-acl'
      : first.explanationCode === 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED'
        ? 'block-public-access'
        : 'security-group';
  const others =
    blockers.length > 1 ? ` Changing this alone will not help: ${blockers.length - 1} more stand(s) behind it.` : '';
  return {
    cause,
    component: first.component,
    ...(first.rule === undefined ? {} : { rule: first.rule }),
    blockers,
    confidence,
    text: `${leg === 'return' ? 'On the way back: ' : ''}${first.text}${others}`,
  };
}

function unexplained(
  packet: RejectedPacket,
  result: TraceResult,
  confidence: RejectAttribution['confidence'],
): RejectAttribution {
  if (result.verdict === 'unknown') {
    const facts = (result.missing ?? []).map(({ fact }) => fact).join('; ');
    return { cause: 'unknown', blockers: [], confidence: 'low', text: `The snapshot cannot say: ${facts}.` };
  }
  if (packet.part === 'reply') {
    return {
      ...attributeByLog(packet),
      cause: 'configuration-changed',
      confidence,
      text: 'The reply was rejected by a network ACL, and the ACL of the snapshot lets it pass: the configuration has changed since.',
    };
  }
  return {
    cause: 'configuration-changed',
    blockers: [],
    confidence,
    text: 'Nothing at this interface rejects it in the snapshot: the configuration has changed since, or the tracking of the connection had expired.',
  };
}

/** Flow logs record the verdict of what stands at the interface itself: its groups, its subnet's ACL, Block Public Access. */
function standsAt(
  { snapshot }: Network,
  { resource }: Located<NetworkInterface>,
  { component, packetDirection, explanationCode }: Explanation,
  crossing: Crossing,
): boolean {
  if (explanationCode === 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED') return true;
  if (crossing !== 'transit' && crossing !== 'unknown' && packetDirection !== crossing) return false;
  if (component.type === 'network-acl') {
    const subnet = subnetById(snapshot).get(resource.subnetId)?.resource;
    return subnet !== undefined && networkAclOfSubnet(snapshot, subnet).value?.networkAclId === component.id;
  }
  if (component.type === 'security-group') return (resource.groupIds as readonly string[]).includes(component.id);
  return (
    component.type === 'network-interface' &&
    component.id === resource.networkInterfaceId &&
    isGroupCode(explanationCode)
  );
}

const isGroupCode = (code: string): boolean => code.startsWith('SG_') || code === 'ENI_SG_RULES_MISMATCH';
