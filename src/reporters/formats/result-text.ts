import type { Result } from '../../findings/audit-report.ts';
import type { Evidence } from '../../model/verdict/evidence.ts';
import { namedCidr, portRangesText, ruleText } from '../trace/rule-text.ts';
import { series } from '../wording.ts';
import { suppressionText } from './standing.ts';

// Nothing here is escaped: these are words for a format to make safe in its own way.

/** What a result says in one sentence without a full stop; an unknown one says that it is unknown. */
export function headline({ outcome, title }: Result): string {
  return outcome === 'unknown' ? `Cannot be told – ${title}` : title;
}

/** `security group sg-0a1 (web)`. */
export function resourceText({ resource }: Result): string {
  const named = resource.name === undefined || resource.name === '' ? '' : ` (${resource.name})`;
  return `${resource.type.replaceAll('-', ' ')} ${resource.id}${named}`;
}

/** With a full stop at its end, and one only. */
export const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** `111122223333/eu-west-1`. */
export const placeText = ({ accountId, region }: { readonly accountId: string; readonly region: string }): string =>
  `${accountId}/${region}`;

/** What a result rests on, a line each: evidence, what is not known, why it does not apply, what is taken as off, who suppresses it. */
export function groundsOf(result: Result): readonly string[] {
  return [
    ...result.evidence.map(evidenceText),
    ...(result.missing ?? []).map(missingText),
    ...(result.reason === undefined ? [] : [result.reason]),
    ...(result.assumedOff ?? []).map((kind) => `${kind}: never asked for, taken as off`),
    ...(result.suppression === undefined ? [] : [suppressionText(result.suppression)]),
  ];
}

/** The first `most` of them, and how many more there are. */
export function groundsOfMost(result: Result, most: number): readonly string[] {
  const grounds = groundsOf(result);
  return grounds.length <= most ? grounds : [...grounds.slice(0, most), `and ${grounds.length - most} more`];
}

/** A fact that is missing, with the permission that would read it. */
export const missingText = ({ fact, iamAction }: { readonly fact: string; readonly iamAction?: string }): string =>
  iamAction === undefined ? fact : `${fact} (allow ${iamAction})`;

/** A piece of evidence on one line, with the ids and numbers that find it. */
export function evidenceText(evidence: Evidence): string {
  switch (evidence.type) {
    case 'security-group-rule':
      return `${evidence.securityGroupId} ${side(evidence.isEgress)}, ${ruleText(evidence)}${serviceText(evidence)}`;
    case 'network-acl-entry':
      return `${evidence.networkAclId} ${side(evidence.egress)}, ${ruleText(evidence)}${serviceText(evidence)}`;
    case 'traffic': {
      const { role, direction, protocol, portRanges, cidrBlocks } = evidence;
      const ports = portRanges.length === 0 ? '' : ` ${portRangesText(portRanges)}`;
      const peers =
        cidrBlocks.length === 0
          ? ''
          : ` ${direction === 'egress' ? 'to' : 'from'} ${cidrBlocks.map((cidr) => namedCidr(cidr, evidence.knownAs)).join(', ')}`;
      return `${role === 'admitted' ? 'admitted' : 'not admitted'} ${side(direction === 'egress')}: ${protocol}${ports}${peers}${serviceText(evidence)}`;
    }
    case 'route':
      return `${evidence.routeTableId}: ${ruleText(evidence)}`;
    case 'policy-statement': {
      const { sid, effect, principal, actions } = evidence;
      return `statement${sid === undefined ? '' : ` ${sid}`}: ${effect} ${principal} to ${series(actions)}`;
    }
    case 'attribute':
      return `${evidence.resourceId}: ${evidence.attribute} = ${evidence.value}`;
    case 'resource':
      return `${evidence.role}: ${evidence.resourceType.replaceAll('-', ' ')} ${evidence.resourceId}`;
    default:
      return evidence satisfies never;
  }
}

const side = (egress: boolean): string => (egress ? 'outbound' : 'inbound');

const serviceText = ({ service }: { readonly service?: string }): string =>
  service === undefined ? '' : ` (${service})`;
