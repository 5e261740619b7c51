import { type ResourceKey, resourceKeys, resourceKinds } from '../../model/resources.ts';

const keys: ReadonlySet<string> = new Set(resourceKeys);

/** Is this the name of a kind that this version of the program knows? */
export const isResourceKey = (kind: string): kind is ResourceKey => keys.has(kind);

/** The operation that reads a kind, as `ec2.DescribeSubnets`. A kind of another version stands for itself. */
export function operationOf(kind: string): string {
  if (!isResourceKey(kind)) return kind;
  const { service, operation } = resourceKinds[kind];
  return `${service}.${operation}`;
}

/** The operations that are called once for each of some resources. */
export const perResource: ReadonlySet<string> = new Set(
  resourceKeys.filter((kind) => resourceKinds[kind].per !== undefined).map(operationOf),
);
