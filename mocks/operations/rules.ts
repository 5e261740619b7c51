import type { MockService } from '../world.ts';

/** How an operation hands out its items page by page. */
export interface Paging {
  readonly min: number;
  readonly max: number;
  readonly sizeInput: 'MaxResults' | 'PageSize' | 'MaxRecords' | 'maxResults' | 'limit';
  readonly tokenInput: 'NextToken' | 'Marker' | 'nextToken';
  readonly tokenOutput: 'NextToken' | 'NextMarker' | 'nextToken';
  /** A page larger than the largest is cut, not refused (the VPC endpoint family). */
  readonly clamps?: true;
  /** The size must come with every page, not only with the first (DescribeSecurityGroupRules). */
  readonly sizeOnEveryPage?: true;
  /** Neither size, ids nor filters: refused in a large account. */
  readonly refusedUnpaged?: true;
}

/** A list of ids (or names) that a request may name in place of filters. */
export interface IdInput {
  readonly input: string;
  readonly member: string;
  /** What the error code begins with: `InvalidVpcID` for `InvalidVpcID.NotFound`; ELB codes stand alone. */
  readonly code: string;
  /** Ids and a page size together are refused. */
  readonly excludesPaging?: true;
}

/** An operation that answers for one resource: which, and where that resource is listed. */
export interface PerResource {
  readonly input: string;
  /** Another input whose value is part of the answer's key, such as the attribute of DescribeVpcAttribute. */
  readonly attributeInput?: string;
  /** The operation and member that list the resources; an id that is not there does not exist. */
  readonly parents: string;
  readonly parentMember: string;
  readonly code: string;
}

/** What the mock endpoint knows of an operation beyond the shapes that the SDK's schema says. */
export interface OperationRules {
  /** The member of the answer with the items; absent where the answer is no list. */
  readonly list?: string;
  /** A list inside each item that holds what ids and filters are about (`Reservations[].Instances[]`). */
  readonly nested?: string;
  readonly paging?: Paging;
  readonly ids?: readonly IdInput[];
  readonly per?: PerResource;
  /** The input member of the filters: `Filter` on DescribeNatGateways and DescribeFlowLogs. */
  readonly filterInput?: 'Filters' | 'Filter';
  readonly filtersRequired?: true;
  /** The path in an item by filter name; lists on the way are searched through. */
  readonly filters?: Readonly<Record<string, string>>;
  /** Items that are left out unless this input is true. */
  readonly hidden?: { readonly unless: string; readonly member: string; readonly value: unknown };
}

/** The rules of many operations by `service.Operation`. */
export type RuleTable = Readonly<Record<`${MockService}.${string}`, OperationRules>>;

/** EC2's paging; 5 to 1,000 items where nothing else is said. */
export function pages(min = 5, max = 1000, more: Partial<Paging> = {}): Paging {
  return { min, max, sizeInput: 'MaxResults', tokenInput: 'NextToken', tokenOutput: 'NextToken', ...more };
}

/** A list of ids whose errors begin with `code`. */
export function ids(input: string, member: string, code: string, excludesPaging = false): readonly IdInput[] {
  return [{ input, member, code, ...(excludesPaging ? { excludesPaging: true as const } : {}) }];
}
