import { id, requiredId, text } from '../decode.ts';
import type { VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** A VPC whose DNS queries Route 53 Resolver logs. */
export interface ResolverQueryLogConfigAssociation {
  readonly id: string;
  readonly resolverQueryLogConfigId: string | undefined;
  /** The VPC. */
  readonly resourceId: VpcId | undefined;
  /** `CREATING`, `ACTIVE`, `ACTION_NEEDED`, `DELETING` or `FAILED`. */
  readonly status: string | undefined;
  /** `NONE`, `DESTINATION_NOT_FOUND`, `ACCESS_DENIED` or `INTERNAL_SERVICE_ERROR`. */
  readonly error: string | undefined;
}

export const resolverQueryLogConfigAssociations: ResourceKind<ResolverQueryLogConfigAssociation> = {
  service: 'route53resolver',
  operation: 'ListResolverQueryLogConfigAssociations',
  member: 'ResolverQueryLogConfigAssociations',
  idMember: 'Id',
  toModel: (raw) => ({
    id: requiredId(raw, 'Id'),
    resolverQueryLogConfigId: text(raw, 'ResolverQueryLogConfigId'),
    resourceId: id(raw, 'ResourceId'),
    status: text(raw, 'Status'),
    error: text(raw, 'Error'),
  }),
};
