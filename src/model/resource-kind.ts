import type { Raw } from './decode.ts';
import type { ServiceName } from './service.ts';

/**
 * How one kind of resource is spelt in AWS's answers: which operation prints it, where the items lie in the answer and
 * how an item becomes a noun. The one place that says so: the collectors, the snapshot reader and the importer of plain
 * `aws ec2 describe-*` files all read it here.
 */
export interface ResourceKind<T> {
  readonly service: ServiceName;
  /** The operation's name in the API, such as `DescribeSubnets`. */
  readonly operation: string;
  /** The member of the answer that holds the items; absent where the whole answer is the one item. */
  readonly member?: string;
  /** Where the whole answer is the item: a member that every sound answer holds. */
  readonly whole?: string;
  /** `list` (the default) or `object` where the member is one object and not a list. */
  readonly shape?: 'list' | 'object';
  /** A list inside each item that holds the real items (`Reservations[].Instances[]`). */
  readonly nested?: string;
  /** The kind of resource for each of which the operation is called once, and the input member that names it. */
  readonly per?: { readonly kind: string; readonly input: string };
  /** The item as a noun. `of` is the id of the resource the call was made for, where `per` is given. */
  readonly toModel: (item: Raw, of: string) => T;
  /** The member that names the item, for "this one could not be judged". */
  readonly idMember: string;
  /** Several items of one answer may carry the same `idMember`, so that it does not tell them apart. */
  readonly repeats?: true;
}
