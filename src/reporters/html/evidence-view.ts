import type { Evidence, PortRange } from '../../model/verdict/evidence.ts';
import { namedCidr } from '../trace/rule-text.ts';
import { trafficWords } from '../traffic-words.ts';
import { capitalised, seriesOfMost } from '../wording.ts';

/** A piece of evidence in words: what it is, where it stands, what it concerns, and the other side. */
export interface EvidenceView {
  /** `Inbound rule`, `Route`. */
  readonly what: string;
  /** Its own id, where it has one, such as `sgr-…`. */
  readonly id: string | undefined;
  /** What it is part of, such as `sg-…`. */
  readonly within: string | undefined;
  /** `TCP 22 (SSH)`. */
  readonly concerns: string;
  /** `from` and `0.0.0.0/0`; several blocks or actions are several values. */
  readonly relation: string;
  readonly values: readonly string[];
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
        id: evidence.securityGroupRuleId,
        within: evidence.securityGroupId,
        concerns: capitalised(ruleWords(evidence)),
        relation: evidence.isEgress ? 'to' : 'from',
        values: [namedCidr(evidence.peer, evidence.knownAs)],
      };
    case 'network-acl-entry':
      return {
        what: `${evidence.egress ? 'Outbound' : 'Inbound'} entry ${evidence.ruleNumber}`,
        id: undefined,
        within: evidence.networkAclId,
        concerns: `${capitalised(evidence.ruleAction)} ${ruleWords(evidence)}`,
        relation: evidence.egress ? 'to' : 'from',
        values: [namedCidr(evidence.cidrBlock, evidence.knownAs)],
      };
    case 'traffic':
      return {
        what: `${evidence.direction === 'ingress' ? 'Inbound' : 'Outbound'} traffic`,
        id: undefined,
        within: undefined,
        concerns: `${evidence.role === 'admitted' ? 'Gets through' : 'Does not get through'}: ${trafficWords(evidence.protocol, evidence.portRanges, evidence.service)}`,
        relation: evidence.cidrBlocks.length === 0 ? '' : evidence.direction === 'ingress' ? 'from' : 'to',
        values: evidence.cidrBlocks.map((cidr) => namedCidr(cidr, evidence.knownAs)),
      };
    case 'route':
      return {
        what: 'Route',
        id: undefined,
        within: evidence.routeTableId,
        concerns: `${namedCidr(evidence.destination, evidence.knownAs)} (${evidence.state})`,
        relation: 'via',
        values: [evidence.target],
      };
    case 'policy-statement':
      return {
        what: 'Policy statement',
        id: evidence.sid,
        within: undefined,
        concerns: `${evidence.effect} ${seriesOfMost(evidence.actions, 6)}`,
        relation: 'to principal',
        values: [evidence.principal],
      };
    case 'attribute':
      return {
        what: 'Attribute',
        id: undefined,
        within: evidence.resourceId,
        concerns: evidence.attribute,
        relation: 'is',
        values: [evidence.value],
      };
    case 'resource':
      return {
        what: capitalised(evidence.role.replaceAll('-', ' ')),
        id: evidence.resourceId,
        within: undefined,
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
  const { what, id, concerns, relation, values } = evidenceView(evidence);
  const said = [concerns, relation, seriesOfMost(values, 3)].filter((part) => part !== '').join(' ');
  switch (evidence.type) {
    case 'network-acl-entry':
      return `${what}: ${said}`;
    case 'resource':
      return [what, concerns, id].join(' ');
    default:
      return said;
  }
}
