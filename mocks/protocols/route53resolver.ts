import type { StaticListSchema, StaticOperationSchema, StaticStructureSchema } from '@smithy/types';

/** In the form in which SDK clients export theirs: kind, namespace, name, traits, members (Route 53 Resolver API Reference). */
const namespace = 'com.amazonaws.route53resolver';
const [text, whole] = [0, 1] as const;

const association: StaticStructureSchema = [
  3,
  namespace,
  'ResolverQueryLogConfigAssociation',
  0,
  ['Id', 'ResolverQueryLogConfigId', 'ResourceId', 'Status', 'Error', 'ErrorMessage', 'CreationTime'],
  [text, text, text, text, text, text, text],
];
const associations: StaticListSchema = [1, namespace, 'ResolverQueryLogConfigAssociationList', 0, association];
const input: StaticStructureSchema = [
  3,
  namespace,
  'ListResolverQueryLogConfigAssociationsRequest',
  0,
  ['MaxResults', 'NextToken', 'SortBy', 'SortOrder'],
  [whole, text, text, text],
];
const output: StaticStructureSchema = [
  3,
  namespace,
  'ListResolverQueryLogConfigAssociationsResponse',
  0,
  ['NextToken', 'TotalCount', 'TotalFilteredCount', 'ResolverQueryLogConfigAssociations'],
  [text, whole, whole, associations],
];

/** The one operation of Route 53 Resolver that is read. */
export const ListResolverQueryLogConfigAssociations$: StaticOperationSchema = [
  9,
  namespace,
  'ListResolverQueryLogConfigAssociations',
  0,
  input,
  output,
];
