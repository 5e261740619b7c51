import { aroundTheNetwork } from './operations/around-the-network.ts';
import { ec2Connectivity } from './operations/ec2-connectivity.ts';
import { ec2Network } from './operations/ec2-network.ts';
import { elasticLoadBalancing } from './operations/elastic-load-balancing.ts';
import type { OperationRules } from './operations/rules.ts';

const table: ReadonlyMap<string, OperationRules> = new Map(
  Object.entries({ ...ec2Network, ...ec2Connectivity, ...elasticLoadBalancing, ...aroundTheNetwork }),
);

/** The rules of `service.Operation`; `undefined` where only the SDK's schema is known of it. */
export function rulesOf(serviceOperation: string): OperationRules | undefined {
  return table.get(serviceOperation);
}

/** The operations with rules, as `service.Operation`. */
export const knownOperations: readonly string[] = [...table.keys()];

/** The member of the answer that holds the items of `service.Operation`. Throws where that is not known. */
export function listMemberOf(serviceOperation: string): string {
  const member = table.get(serviceOperation)?.list;
  if (member === undefined) throw new Error(`no list is known in the answer of ${serviceOperation}`);
  return member;
}

/** The operations that answer a list and are called once for a whole Region. */
export const regionWideLists: readonly string[] = [...table]
  .filter(([, { list, per }]) => list !== undefined && per === undefined)
  .map(([operation]) => operation);
