import { createHash } from 'node:crypto';
import type { Evidence } from '../model/verdict/evidence.ts';
import type { ResourceReference } from '../model/verdict/resource-reference.ts';
import { meaningOf } from './meaning.ts';

/** What makes a finding the same finding tomorrow. */
export interface Identity {
  readonly checkId: string;
  readonly resource: Pick<ResourceReference, 'accountId' | 'region' | 'type' | 'id'>;
  readonly evidence: readonly Evidence[];
}

/** The version of the canonical form; a change of it makes every finding a new one, so it hardly ever changes. */
const scheme = 'vpc-auditor/finding/1';

/**
 * The identity of a finding over time: SHA-256, 64 hexadecimal digits, of check, account, Region, resource and the
 * meaning of its evidence. Re-creating, reordering, renaming or retagging a rule changes nothing; another block, port or
 * protocol is another finding. `occurrence` tells apart rules of one resource that mean exactly the same.
 */
export function fingerprint({ checkId, resource, evidence }: Identity, occurrence = 0): string {
  const { accountId, region, type, id } = resource;
  const form = [scheme, checkId, accountId, region, type, id, meaningsOf(evidence), occurrence];
  return createHash('sha256').update(JSON.stringify(form)).digest('hex');
}

/**
 * The meanings as a set. Other resources that take part (the interfaces that use a group, the clients of an endpoint)
 * come and go without the rule changing, so they count only where there is nothing else to tell findings apart.
 */
function meaningsOf(evidence: readonly Evidence[]): readonly string[] {
  const decisive = evidence.filter(({ type }) => type !== 'resource');
  const meanings = (decisive.length > 0 ? decisive : evidence).map((item) => JSON.stringify(meaningOf(item)));
  return [...new Set(meanings)].sort();
}
