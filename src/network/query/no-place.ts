import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { nameOf } from '../../model/tag.ts';
import { compareText } from '../facts/inventory.ts';
import { instanceById, interfaceById, networkAclById, subnetById } from '../facts/resources-by-id.ts';
import { routeTableOfSubnet } from '../facts/vpc-tables.ts';
import { loadBalancerNames } from './find-load-balancer.ts';
import { nearest } from './nearest.ts';
import { QueryError } from './query-error.ts';

/** The id at the end of an ARN of EC2 (`…:instance/i-0abc`); any other text is itself. */
export function idOfArn(text: string): string {
  const found = /^arn:[^:]*:ec2:[^:]*:[^:]*:[^/]+\/([a-z]+-[^/]+(?:-[^/]+)*)$/.exec(text);
  return found?.[1] ?? text;
}

/** The name of a service of AWS: `com.amazonaws.eu-west-1.s3`. */
export const isServiceName = (text: string): boolean => /^(com|aws|cn)\.[a-z0-9.-]+$/.test(text);

/** Things of a VPC that packets neither start at nor go to, with what may be meant by each. */
const noEnds: Readonly<Record<string, (snapshot: Snapshot, id: string) => readonly string[]>> = {
  'sg-': (snapshot, id) =>
    [...interfaceById(snapshot).values()]
      .filter(({ resource }) => resource.groupIds.some((groupId) => groupId === id))
      .map(({ resource }) => resource.networkInterfaceId),
  'acl-': (snapshot, id) => networkAclById(snapshot).get(id)?.resource.subnetIds ?? [],
  'rtb-': (snapshot, id) =>
    [...subnetById(snapshot).values()]
      .filter(({ resource }) => routeTableOfSubnet(snapshot, resource).value?.routeTableId === id)
      .map(({ resource }) => resource.subnetId),
  'sgr-': () => [],
  'eipalloc-': () => [],
  'cgw-': () => [],
  'fl-': () => [],
  'dopt-': () => [],
};

/** Nothing that a path could begin or end at: an error that says what is wrong and what may be meant. */
export function noPlace(snapshot: Snapshot, text: string, end: 'source' | 'destination', reason: string): never {
  const kind = Object.keys(noEnds).find((prefix) => text.startsWith(prefix));
  if (kind !== undefined) {
    const meant = [...(noEnds[kind]?.(snapshot, text) ?? [])].sort(compareText).slice(0, 3);
    throw new QueryError(`${text} is no ${end}: packets go between interfaces, addresses and gateways`, meant);
  }
  const named = [...instanceById(snapshot).values()]
    .filter(({ resource }) => nameOf(resource) === text)
    .map(({ resource }) => resource.instanceId)
    .sort(compareText);
  if (named.length > 0) {
    throw new QueryError(
      `${text} is no ${end}, but the Name tag of ${named.length === 1 ? 'an instance' : `${named.length} instances`}`,
      named.slice(0, 3),
    );
  }
  const balancers = /^[\d.:/a-f]+$/i.test(text) ? [] : nearest(text, loadBalancerNames(snapshot), 0.5);
  throw new QueryError(`${text} is no ${end}: ${reason}`, balancers);
}
