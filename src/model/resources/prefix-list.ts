import { decisiveText, id, number, requiredId, text, texts, type Raw } from '../decode.ts';
import type { AccountId, Arn, PrefixListId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** A managed prefix list, the customer's own, shared through RAM, or AWS's (`ownerId` `AWS`). */
export interface ManagedPrefixList {
  readonly prefixListId: PrefixListId;
  readonly prefixListName: string | undefined;
  readonly prefixListArn: Arn | undefined;
  /** `IPv4` or `IPv6`. */
  readonly addressFamily: string | undefined;
  readonly ownerId: AccountId | undefined;
  readonly maxEntries: number | undefined;
  readonly version: number | undefined;
  readonly state: string | undefined;
  readonly tags: readonly Tag[];
}

export const managedPrefixLists: ResourceKind<ManagedPrefixList> = {
  service: 'ec2',
  operation: 'DescribeManagedPrefixLists',
  member: 'PrefixLists',
  idMember: 'PrefixListId',
  toModel: (raw: Raw) => ({
    prefixListId: requiredId(raw, 'PrefixListId'),
    prefixListName: text(raw, 'PrefixListName'),
    prefixListArn: id(raw, 'PrefixListArn'),
    addressFamily: text(raw, 'AddressFamily'),
    ownerId: id(raw, 'OwnerId'),
    maxEntries: number(raw, 'MaxEntries'),
    version: number(raw, 'Version'),
    state: text(raw, 'State'),
    tags: tags(raw),
  }),
};

/** One CIDR of one managed prefix list. */
export interface ManagedPrefixListEntry {
  readonly prefixListId: PrefixListId;
  readonly cidr: string;
  readonly description: string | undefined;
}

export const managedPrefixListEntries: ResourceKind<ManagedPrefixListEntry> = {
  service: 'ec2',
  operation: 'GetManagedPrefixListEntries',
  member: 'Entries',
  idMember: 'Cidr',
  per: { kind: 'managedPrefixLists', input: 'PrefixListId' },
  toModel: (raw, of) => ({
    prefixListId: of as PrefixListId,
    cidr: decisiveText(raw, 'Cidr'),
    description: text(raw, 'Description'),
  }),
};

/** An AWS service's own prefix list with its CIDRs, as the gateway endpoints use them. */
export interface PrefixList {
  readonly prefixListId: PrefixListId;
  /** Such as `com.amazonaws.eu-west-1.s3`. */
  readonly prefixListName: string | undefined;
  readonly cidrs: readonly string[];
}

export const prefixLists: ResourceKind<PrefixList> = {
  service: 'ec2',
  operation: 'DescribePrefixLists',
  member: 'PrefixLists',
  idMember: 'PrefixListId',
  toModel: (raw) => ({
    prefixListId: requiredId(raw, 'PrefixListId'),
    prefixListName: text(raw, 'PrefixListName'),
    cidrs: texts(raw, 'Cidrs'),
  }),
};
