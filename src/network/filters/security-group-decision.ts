import type { Missing } from '../../model/verdict/verdict.ts';
import type { AddressSet } from '../sets/address-set.ts';
import { type Box, boxWithin, intersectBoxes } from '../sets/box.ts';
import { intersectTraffic, noTraffic, subtractTraffic, type Traffic, uniteTraffic } from '../sets/traffic.ts';
import type { Decision } from './decision.ts';
import type { SecurityGroupClause } from './security-group-clause.ts';

/**
 * What a reference to a group stands for on the path in question: the addresses of its members that the filter can
 * recognise, or why it recognises none, or what is not known about them.
 */
export type ReferencedPeers =
  | { readonly kind: 'members'; readonly addresses: AddressSet }
  | { readonly kind: 'lost'; readonly explanationCode: string }
  | { readonly kind: 'unknown'; readonly missing: Missing };

/** Resolves a reference for the path in question. */
export type ReferenceResolver = (clause: SecurityGroupClause) => ReferencedPeers;

/** What the groups of an interface say, with the references that would have matched had the path kept the identity. */
export interface SecurityGroupDecision extends Decision<SecurityGroupClause> {
  /** References that matched nothing because the path does not carry the sender's groups, with the reason's code. */
  readonly lostReferences: readonly { readonly clause: SecurityGroupClause; readonly explanationCode: string }[];
}

/**
 * Asks all clauses of all groups of an interface together (allow only; what no clause admits is refused). Clauses come
 * in a fixed order and the first that admits everything settles the question alone, so the answer names one rule where
 * one suffices.
 */
export function decideSecurityGroups(
  clauses: readonly SecurityGroupClause[],
  asked: Traffic,
  resolve: ReferenceResolver,
): SecurityGroupDecision {
  const lostReferences: { clause: SecurityGroupClause; explanationCode: string }[] = [];
  let candidates: { clause: SecurityGroupClause; hits: Traffic }[] | undefined;
  let doubts: { missing: Missing; hits: Traffic }[] | undefined;
  for (const clause of clauses) {
    const matched = hitsOf(clause.boxes, asked);
    if (matched.length === 0) continue;
    if (clause.missing !== undefined) {
      (doubts ??= []).push({ missing: clause.missing, hits: matched });
      continue;
    }
    let hits = matched;
    if (clause.peer.kind === 'security-group') {
      const peers = resolve(clause);
      if (peers.kind === 'lost') lostReferences.push({ clause, explanationCode: peers.explanationCode });
      if (peers.kind === 'unknown') (doubts ??= []).push({ missing: peers.missing, hits: matched });
      if (peers.kind !== 'members') continue;
      hits = narrow(matched, peers.addresses, clause.isEgress);
      if (hits.length === 0) continue;
    }
    if (hits === asked) return { ...nothingLeft(asked), admittedBy: [clause], lostReferences: [] };
    (candidates ??= []).push({ clause, hits });
  }
  return settle(asked, candidates ?? [], doubts ?? [], lostReferences);
}

const nothingLeft = (asked: Traffic): Decision<SecurityGroupClause> => ({
  admitted: asked,
  refused: noTraffic,
  doubtful: noTraffic,
  admittedBy: [],
  refusedBy: [],
  missing: [],
});

/** No clause admits everything: which part falls to which, clause by clause. */
function settle(
  asked: Traffic,
  candidates: readonly { readonly clause: SecurityGroupClause; readonly hits: Traffic }[],
  doubts: readonly { readonly missing: Missing; readonly hits: Traffic }[],
  lostReferences: SecurityGroupDecision['lostReferences'],
): SecurityGroupDecision {
  let rest = asked;
  const admittedBy: SecurityGroupClause[] = [];
  for (const { clause, hits } of candidates) {
    const before = rest;
    rest = subtractTraffic(rest, hits);
    if (rest !== before) admittedBy.push(clause);
  }
  const admitted = rest === asked ? noTraffic : subtractTraffic(asked, rest);
  let refused = rest;
  const missing: Missing[] = [];
  for (const doubt of doubts) {
    const before = refused;
    refused = subtractTraffic(refused, doubt.hits);
    if (refused !== before) missing.push(doubt.missing);
  }
  const doubtful = refused === rest ? noTraffic : subtractTraffic(rest, refused);
  return { admitted, refused, doubtful, admittedBy, refusedBy: [], missing, lostReferences };
}

/** The part of `asked` that the boxes match; `asked` itself where one box holds it all. */
function hitsOf(boxes: readonly Box[], asked: Traffic): Traffic {
  if (asked.length === 1) {
    const question = asked[0] as Box;
    for (const box of boxes) {
      const hit = intersectBoxes(question, box);
      if (hit !== undefined) return hit === question ? asked : [hit];
    }
    return noTraffic;
  }
  if (boxes.length === 1 && asked.every((question) => boxWithin(question, boxes[0] as Box))) return asked;
  return intersectTraffic(asked, boxes);
}

/** Keeps the packets whose peer is one of the addresses; the same object where that is all of them. */
function narrow(hits: Traffic, addresses: AddressSet, isEgress: boolean): Traffic {
  const field = isEgress ? 'destinations' : 'sources';
  const members: Box[] = [];
  for (const box of hits) {
    const peers = box.family === 4 ? addresses.ipv4 : addresses.ipv6;
    if (peers.length > 0) members.push({ ...box, [field]: peers });
  }
  return members.length === 0 ? noTraffic : intersectTraffic(hits, members);
}

/** Everything that the clauses admit, references resolved as given; for questions about groups rather than packets. */
export function trafficOfClauses(clauses: readonly SecurityGroupClause[], resolve: ReferenceResolver): Traffic {
  let all: Traffic = noTraffic;
  for (const clause of clauses) {
    if (clause.missing !== undefined) continue;
    if (clause.peer.kind !== 'security-group') {
      all = uniteTraffic(all, clause.boxes);
      continue;
    }
    const peers = resolve(clause);
    if (peers.kind === 'members') all = uniteTraffic(all, narrow(clause.boxes, peers.addresses, clause.isEgress));
  }
  return all;
}
