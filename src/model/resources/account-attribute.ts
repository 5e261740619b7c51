import { items, requiredText, text } from '../decode.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** An attribute of the account in one Region, such as `default-vpc`. */
export interface AccountAttribute {
  readonly attributeName: string;
  readonly attributeValues: readonly string[];
}

export const accountAttributes: ResourceKind<AccountAttribute> = {
  service: 'ec2',
  operation: 'DescribeAccountAttributes',
  member: 'AccountAttributes',
  idMember: 'AttributeName',
  toModel: (raw) => ({
    attributeName: requiredText(raw, 'AttributeName'),
    attributeValues: items(raw, 'AttributeValues', (value) => text(value, 'AttributeValue') ?? ''),
  }),
};
