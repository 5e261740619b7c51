import type { Subnet } from '../../model/resources/subnet.ts';
import type { RegionSnapshot, Snapshot } from '../../model/snapshot/snapshot.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { gapIn, isAssumedOff, type Located, regionsInOrder } from './inventory.ts';
import { vpcById } from './resources-by-id.ts';

/** What VPC Block Public Access does to one subnet, or to a VPC as a whole. */
export interface BlockMode {
  readonly mode: 'off' | 'block-bidirectional' | 'block-ingress';
  /** Set where the setting was never asked for and is taken as off. */
  readonly assumption?: string;
  /** Set where it is not known. */
  readonly missing?: Missing;
}

/**
 * The block mode in force (VPC guide, Block Public Access): the Region's setting of the subnet's owner with the exclusions
 * of the subnet and its VPC, or what EC2 says of the subnet itself where the owner's setting was not read.
 */
export function blockModeOf(snapshot: Snapshot, vpcId: string, subnet: Located<Subnet> | undefined): BlockMode {
  const vpc = vpcById(snapshot).get(vpcId);
  const ownerId = subnet?.resource.ownerId ?? vpc?.resource.ownerId;
  const near = subnet?.region ?? vpc?.region;
  const owner = regionsInOrder(snapshot).find(
    ({ accountId, region }) => accountId === (ownerId ?? near?.accountId) && region === near?.region,
  );
  const fromOwner = owner === undefined ? undefined : ownersSetting(owner, vpcId, subnet?.resource.subnetId);
  if (fromOwner !== undefined && fromOwner.missing === undefined && fromOwner.assumption === undefined)
    return fromOwner;
  const inline = modeOf(
    subnet === undefined
      ? vpc?.resource.blockPublicAccessStates?.internetGatewayBlockMode
      : subnet.resource.blockPublicAccessStates?.internetGatewayBlockMode,
  );
  if (inline !== undefined) return { mode: inline };
  return (
    fromOwner ?? {
      mode: 'off',
      missing: {
        fact: `Block Public Access of account ${ownerId ?? 'unknown'}`,
        iamAction: 'ec2:DescribeVpcBlockPublicAccessOptions',
      },
    }
  );
}

const modeOf = (text: string | undefined): BlockMode['mode'] | undefined =>
  text === 'off' || text === 'block-bidirectional' || text === 'block-ingress' ? text : undefined;

function ownersSetting(region: RegionSnapshot, vpcId: string, subnetId: string | undefined): BlockMode {
  const options = region.resources.vpcBlockPublicAccessOptions;
  if (options.status !== 'collected') {
    if (isAssumedOff(region, 'vpcBlockPublicAccessOptions'))
      return { mode: 'off', assumption: 'VPC Block Public Access is taken as off' };
    return { mode: 'off', missing: gapIn(region, 'vpcBlockPublicAccessOptions') as Missing };
  }
  const mode = modeOf(options.resources[0]?.internetGatewayBlockMode) ?? 'off';
  if (mode === 'off') return { mode };
  const exclusions = region.resources.vpcBlockPublicAccessExclusions;
  if (exclusions.status !== 'collected')
    return { mode, missing: gapIn(region, 'vpcBlockPublicAccessExclusions') as Missing };
  const own = exclusions.resources.filter(
    ({ state, resourceArn }) =>
      (state === 'create-complete' || state === 'update-complete') &&
      resourceArn !== undefined &&
      (resourceArn.endsWith(`/${vpcId}`) || (subnetId !== undefined && resourceArn.endsWith(`/${subnetId}`))),
  );
  if (own.some(({ internetGatewayExclusionMode }) => internetGatewayExclusionMode === 'allow-bidirectional'))
    return { mode: 'off' };
  const egress = own.some(({ internetGatewayExclusionMode }) => internetGatewayExclusionMode === 'allow-egress');
  return { mode: egress ? 'block-ingress' : mode };
}
