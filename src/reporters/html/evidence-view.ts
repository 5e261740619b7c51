import type { Evidence, PortRange } from '../../model/verdict/evidence.ts';
import { capitalised, seriesOfMost } from '../wording.ts';

/** A piece of evidence in words: what it is, where it stands, what it concerns, and the other side. */
export interface EvidenceView {
  /** `Inbound rule`, `Route`. */
  readonly what: string;
  /** Ids and numbers that find it, such as `sgr-…` and `sg-…`. */
  readonly ids: readonly string[];
  /** `TCP 22 (SSH)`. */
  readonly concerns: string;
  /** `from` and `0.0.0.0/0`; several blocks or actions are several values. */
  readonly relation: string;
  readonly values: readonly string[];
}

const protocolNames: Readonly<Record<string, string>> = { all: 'all traffic', '-1': 'all traffic', icmpv6: 'ICMPv6' };

/** `TCP 22 (SSH)`, `UDP 1024–65535`, `ICMP type 8`, `all traffic`. */
export function trafficWords(protocol: string, ranges: readonly PortRange[], service?: string): string {
  const name = protocolNames[protocol] ?? (/^\d+$/.test(protocol) ? `protocol ${protocol}` : protocol.toUpperCase());
  const ports = protocol.startsWith('icmp') ? icmpWords(ranges) : portWords(protocol, ranges);
  return `${name}${ports}${service === undefined ? '' : ` (${service})`}`;
}

function portWords(protocol: string, ranges: readonly PortRange[]): string {
  if (protocol !== 'tcp' && protocol !== 'udp') return '';
  const words = ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  if (words.length === 0 || words[0] === '0–65535') return ', all ports';
  return ` ${seriesOfMost(words, 6)}`;
}

function icmpWords([first]: readonly PortRange[]): string {
  if (first === undefined || first.from < 0) return ', all types';
  return first.to < 0 ? ` type ${first.from}` : ` type ${first.from} code ${first.to}`;
}

const rangeOf = (from: number | undefined, to: number | undefined): readonly PortRange[] =>
  from === undefined ? [] : [{ from, to: to ?? from }];

/** What a rule of a group or an ACL admits, in words. */
const ruleWords = (rule: {
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly service?: string;
}): string => trafficWords(rule.protocol, rangeOf(rule.fromPort, rule.toPort), rule.service);

/** The evidence in words. */
export function evidenceView(evidence: Evidence): EvidenceView {
  switch (evidence.type) {
    case 'security-group-rule':
      return {
        what: evidence.isEgress ? 'Outbound rule' : 'Inbound rule',
        ids: [
          ...(evidence.securityGroupRuleId === undefined ? [] : [evidence.securityGroupRuleId]),
          evidence.securityGroupId,
        ],
        concerns: capitalised(ruleWords(evidence)),
        relation: evidence.isEgress ? 'to' : 'from',
        values: [evidence.peer],
      };
    case 'network-acl-entry':
      return {
        what: `${evidence.egress ? 'Outbound' : 'Inbound'} entry ${evidence.ruleNumber}`,
        ids: [evidence.networkAclId],
        concerns: `${capitalised(evidence.ruleAction)} ${ruleWords(evidence)}`,
        relation: evidence.egress ? 'to' : 'from',
        values: [evidence.cidrBlock],
      };
    case 'traffic':
      return {
        what: `${evidence.direction === 'ingress' ? 'Inbound' : 'Outbound'} traffic`,
        ids: [],
        concerns: `${evidence.role === 'admitted' ? 'Gets through' : 'Does not get through'}: ${trafficWords(evidence.protocol, evidence.portRanges, evidence.service)}`,
        relation: evidence.cidrBlocks.length === 0 ? '' : evidence.direction === 'ingress' ? 'from' : 'to',
        values: evidence.cidrBlocks,
      };
    case 'route':
      return {
        what: 'Route',
        ids: [evidence.routeTableId],
        concerns: `${evidence.destination} (${evidence.state})`,
        relation: 'via',
        values: [evidence.target],
      };
    case 'policy-statement':
      return {
        what: 'Policy statement',
        ids: evidence.sid === undefined ? [] : [evidence.sid],
        concerns: `${evidence.effect} ${seriesOfMost(evidence.actions, 6)}`,
        relation: 'to principal',
        values: [evidence.principal],
      };
    case 'attribute':
      return {
        what: 'Attribute',
        ids: [evidence.resourceId],
        concerns: evidence.attribute,
        relation: 'is',
        values: [evidence.value],
      };
    case 'resource':
      return {
        what: capitalised(evidence.role.replaceAll('-', ' ')),
        ids: [evidence.resourceId],
        concerns: evidence.resourceType.replaceAll('-', ' '),
        relation: '',
        values: [],
      };
    default:
      return evidence satisfies never;
  }
}

/** A piece of evidence on one line: `TCP 22 (SSH) from 0.0.0.0/0`. */
export function evidenceLine(evidence: Evidence): string {
  const { what, ids, concerns, relation, values } = evidenceView(evidence);
  if (evidence.type === 'resource' || evidence.type === 'attribute') {
    return [what === 'Attribute' ? '' : what, concerns, relation, ...values, ...(values.length === 0 ? ids : [])]
      .filter((part) => part !== '')
      .join(' ');
  }
  const where = evidence.type === 'network-acl-entry' ? `${what}: ` : '';
  return `${where}${[concerns, relation, seriesOfMost(values, 3)].filter((part) => part !== '').join(' ')}`;
}
