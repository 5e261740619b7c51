import { add, arnOf, type Built, type Common, creationTime, newId, type RegionState, tagsOf } from './state.ts';

export type BlockMode = 'off' | 'block-bidirectional' | 'block-ingress';

export interface BlockPublicAccessOptions {
  readonly exclusionsAllowed?: boolean;
  readonly managedBy?: 'account' | 'declarative-policy';
}

/** Sets VPC Block Public Access for the Region; the states in VPCs and subnets are worked out with it. */
export function buildBlockPublicAccess(
  state: RegionState,
  mode: BlockMode,
  options: BlockPublicAccessOptions = {},
): void {
  state.documents.set('ec2.DescribeVpcBlockPublicAccessOptions', {
    VpcBlockPublicAccessOptions: {
      AwsAccountId: state.accountId,
      AwsRegion: state.region,
      State: 'update-complete',
      InternetGatewayBlockMode: mode,
      LastUpdateTimestamp: creationTime,
      ManagedBy: options.managedBy ?? 'account',
      ExclusionsAllowed: options.exclusionsAllowed === false ? 'not-allowed' : 'allowed',
    },
  });
}

/** Excepts a VPC or subnet from it. */
export function buildBlockPublicAccessExclusion(
  state: RegionState,
  resource: Built,
  mode: 'allow-bidirectional' | 'allow-egress',
  options: Common & { readonly state?: string } = {},
): Built {
  const kind = resource.id.startsWith('subnet-') ? 'subnet' : 'vpc';
  const id = newId(state, 'vpcbpa-exclude', { ...options, name: options.name ?? resource.id });
  const item = {
    ExclusionId: id,
    InternetGatewayExclusionMode: mode,
    ResourceArn: arnOf(state, 'ec2', `${kind}/${resource.id}`),
    State: options.state ?? 'create-complete',
    CreationTimestamp: creationTime,
    LastUpdateTimestamp: creationTime,
    Tags: tagsOf(options),
  };
  return { id, item: add(state, 'ec2.DescribeVpcBlockPublicAccessExclusions', item, options.raw) };
}
