import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { derive, type Derived } from '../facts/derive.ts';
import { compareText, everywhere, type Located } from '../facts/inventory.ts';
import { nodesOf, nodesOfClassic } from '../facts/load-balancing.ts';
import { loadBalancerByArn } from '../facts/resources-by-id.ts';
import { NotVisible } from './find.ts';
import { QueryError } from './query-error.ts';

/** A load balancer that a question names, with its interfaces in a fixed order. */
export interface NamedLoadBalancer {
  readonly name: string;
  readonly internetFacing: boolean;
  readonly nodes: readonly Located<NetworkInterface>[];
}

const classicLoadBalancers = everywhere('classicLoadBalancers');

interface Candidate extends NamedLoadBalancer {
  /** Everything that it is called by: ARN, name, DNS name. */
  readonly names: readonly (string | undefined)[];
  readonly id: string;
}

/** Load balancers of all kinds by ARN, name or DNS name; Classic ones have no ARN. Throws where a name is not enough. */
export function loadBalancerNamed(snapshot: Snapshot, name: string): NamedLoadBalancer | undefined {
  const found = byName(snapshot).get(name) ?? [];
  const [first] = found;
  if (found.length > 1) {
    throw new QueryError(
      `${name} names ${found.length} load balancers`,
      found.map(({ id }) => id),
    );
  }
  if (first !== undefined && first.nodes.length === 0) {
    throw new NotVisible(name, {
      fact: `the interfaces of ${first.name}`,
      iamAction: 'ec2:DescribeNetworkInterfaces',
    });
  }
  return first;
}

/** The names of all load balancers, for a question that names none of them. */
export const loadBalancerNames = (snapshot: Snapshot): Iterable<string> => byName(snapshot).keys();

const byName: Derived<Snapshot, ReadonlyMap<string, readonly Candidate[]>> = derive((snapshot) => {
  const found = new Map<string, Candidate[]>();
  for (const candidate of candidates(snapshot)) {
    for (const name of new Set(candidate.names)) {
      if (name === undefined || name === '') continue;
      found.set(name, [...(found.get(name) ?? []), candidate]);
    }
  }
  return found;
});

function candidates(snapshot: Snapshot): readonly Candidate[] {
  const current = [...loadBalancerByArn(snapshot).values()].map(({ resource }): Candidate => {
    const { loadBalancerArn, loadBalancerName, dnsName, scheme } = resource;
    return {
      id: loadBalancerArn,
      name: loadBalancerName === '' ? loadBalancerArn : loadBalancerName,
      names: [loadBalancerArn, loadBalancerName, dnsName],
      internetFacing: scheme === 'internet-facing',
      nodes: inOrder(nodesOf(snapshot, loadBalancerArn)),
    };
  });
  const classic = classicLoadBalancers(snapshot).map(({ resource }): Candidate => {
    const { loadBalancerName, dnsName, scheme } = resource;
    return {
      id: dnsName ?? loadBalancerName,
      name: loadBalancerName,
      names: [loadBalancerName, dnsName],
      internetFacing: scheme === 'internet-facing',
      nodes: inOrder(nodesOfClassic(snapshot, loadBalancerName)),
    };
  });
  return [...current, ...classic].sort((a, b) => compareText(a.id, b.id));
}

const inOrder = (nodes: readonly Located<NetworkInterface>[]): readonly Located<NetworkInterface>[] =>
  [...nodes].sort((a, b) => compareText(a.resource.networkInterfaceId, b.resource.networkInterfaceId));
