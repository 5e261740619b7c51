import { id, requiredId, text, type Raw } from '../decode.ts';
import type { AccountId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** The Region's VPC Block Public Access setting. */
export interface VpcBlockPublicAccessOptions {
  /** `off`, `block-bidirectional` or `block-ingress`. */
  readonly internetGatewayBlockMode: string | undefined;
  readonly state: string | undefined;
  readonly exclusionsAllowed: string | undefined;
  /** `account` or `declarative-policy`. */
  readonly managedBy: string | undefined;
  readonly awsAccountId: AccountId | undefined;
}

export const vpcBlockPublicAccessOptions: ResourceKind<VpcBlockPublicAccessOptions> = {
  service: 'ec2',
  operation: 'DescribeVpcBlockPublicAccessOptions',
  member: 'VpcBlockPublicAccessOptions',
  shape: 'object',
  idMember: 'AwsRegion',
  toModel: (raw: Raw) => ({
    internetGatewayBlockMode: text(raw, 'InternetGatewayBlockMode'),
    state: text(raw, 'State'),
    exclusionsAllowed: text(raw, 'ExclusionsAllowed'),
    managedBy: text(raw, 'ManagedBy'),
    awsAccountId: id(raw, 'AwsAccountId'),
  }),
};

/** A VPC or subnet excepted from VPC Block Public Access; counts in state `create-complete` or `update-complete`. */
export interface VpcBlockPublicAccessExclusion {
  readonly exclusionId: string;
  /** `allow-bidirectional` or `allow-egress`. */
  readonly internetGatewayExclusionMode: string | undefined;
  /** The ARN of the VPC or subnet. */
  readonly resourceArn: string | undefined;
  readonly state: string | undefined;
  readonly tags: readonly Tag[];
}

export const vpcBlockPublicAccessExclusions: ResourceKind<VpcBlockPublicAccessExclusion> = {
  service: 'ec2',
  operation: 'DescribeVpcBlockPublicAccessExclusions',
  member: 'VpcBlockPublicAccessExclusions',
  idMember: 'ExclusionId',
  toModel: (raw) => ({
    exclusionId: requiredId(raw, 'ExclusionId'),
    internetGatewayExclusionMode: text(raw, 'InternetGatewayExclusionMode'),
    resourceArn: text(raw, 'ResourceArn'),
    state: text(raw, 'State'),
    tags: tags(raw),
  }),
};
