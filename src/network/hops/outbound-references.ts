import type { ComponentReference } from '../../model/verdict/path.ts';
import type { Decision } from '../filters/decision.ts';
import type { SecurityGroupClause } from '../filters/security-group-clause.ts';
import { decideSecurityGroups } from '../filters/security-group-decision.ts';
import { noAddresses } from '../sets/address-set.ts';
import { intersectTraffic, subtractTraffic, type Traffic } from '../sets/traffic.ts';
import { blocked, type Flow } from '../path/flow.ts';
import { decideUnder } from '../path/view.ts';

/** Remembers what outbound rules admit by references alone: whether they hold depends on the way that is still ahead. */
export function awaitingReceiver(
  next: Flow,
  asked: Flow,
  clauses: readonly SecurityGroupClause[],
  decide: (seen: Traffic) => Decision<SecurityGroupClause>,
  component: ComponentReference,
): Flow {
  if (!clauses.some(({ peer }) => peer.kind === 'security-group')) return next;
  const withThem = decideUnder(asked.view, asked.asked, decide);
  const withoutThem = decideUnder(asked.view, asked.asked, (seen) =>
    decideSecurityGroups(clauses, seen, () => ({ kind: 'members', addresses: noAddresses })),
  );
  const traffic = intersectTraffic(withThem.admitted, withoutThem.refused);
  if (traffic.length === 0) return next;
  const { identity } = next;
  return { ...next, identity: { ...identity, outbound: { traffic, component, lostBefore: identity.lost } } };
}

/**
 * A reference in an outbound rule holds within the VPC and over a peering of one Region; over a transit gateway or past a
 * NAT it matches nothing (VPC guide, security group rules).
 */
export function settleOutboundReferences(flow: Flow): Flow {
  const { outbound, ...identity } = flow.identity;
  if (outbound === undefined) return flow;
  const settled: Flow = { ...flow, identity };
  if (flow.arrivedBy !== 'transit-gateway' && identity.lost === outbound.lostBefore) return settled;
  const traffic = intersectTraffic(flow.asked, outbound.traffic);
  if (traffic.length === 0) return settled;
  const by = identity.lost === outbound.lostBefore ? undefined : identity.lost?.component;
  const what = by === undefined ? 'a transit gateway' : by.id;
  return blocked(
    settled,
    {
      explanationCode: 'SG_REFERENCES_NOT_PRESERVED',
      component: outbound.component,
      ...(by === undefined ? {} : { missingComponent: by }),
      packetDirection: 'egress',
      text: `An outbound rule of ${outbound.component.id} admits it by a reference to the receiver's group, which does not hold through ${what}; use an address block instead.`,
    },
    subtractTraffic(flow.asked, traffic).length === 0 ? flow.asked : traffic,
  );
}
