import type { Operation, ReadOperation } from '../aws/operation.ts';
import type { Paging } from '../aws/pager.ts';
import type { Raw } from '../model/decode.ts';
import { type ResourceKey, resourceKinds } from '../model/resources.ts';

/** One of several calls for the same resource: EC2 answers some attributes only one at a time. */
export interface Variant {
  /** The attribute's name, as the input spells it. */
  readonly attribute: string;
  readonly input: Raw;
  /** The member of the answer that carries the attribute. */
  readonly expects: string;
}

/** For an operation without a list form: for which resources it is called, and how each is named. */
export interface ForEach {
  /** The kind whose members it is called for. Nothing is called where there are none. */
  readonly kind: ResourceKey;
  /** The member of the input that takes the resource's id. */
  readonly input: string;
  /** A well-formed id that belongs to nothing, to ask for the permission with. */
  readonly placeholder: string;
  readonly variants?: readonly Variant[];
}

/** How one kind of resource is collected: one operation of the API. All rows together are all that is ever called. */
export interface Row {
  readonly key: ResourceKey;
  readonly operation: ReadOperation;
  /** Absent where the operation answers everything at once. */
  readonly paging?: Paging;
  /** What is asked besides paging. */
  readonly input?: Raw;
  readonly forEach?: ForEach;
  /** The member that says that the answer is cut short. */
  readonly truncatedMember?: string;
  /** Takes secrets out of an answer before anything else sees it. */
  readonly redact?: (answer: Raw) => Raw;
}

/** The operation of a row with its service. */
export function operationOf(row: Row): Operation {
  return { service: resourceKinds[row.key].service, operation: row.operation };
}

/** Pages of EC2: `MaxResults`, within what the operation admits. */
export function maxResults(size: number): Paging {
  return { sizeMember: 'MaxResults', size, tokenMember: 'NextToken', nextTokenMember: 'NextToken' };
}

/** Pages of services that say `maxResults` and `nextToken` in lower case. */
export function lowerCasePages(sizeMember: 'maxResults' | 'limit', size: number): Paging {
  return { sizeMember, size, tokenMember: 'nextToken', nextTokenMember: 'nextToken' };
}

/** Pages of Elastic Load Balancing: `PageSize` and `Marker`, at most 400. */
export const elbPages: Paging = {
  sizeMember: 'PageSize',
  size: 400,
  tokenMember: 'Marker',
  nextTokenMember: 'NextMarker',
};
