import { type Draft, nextId, type Place, show } from './draft.ts';

/** A VPC of a draft. `viewers` are the accounts that see it: its owner first, then those its subnets are shared with. */
export interface DraftVpc {
  readonly id: string;
  readonly owner: Place;
  readonly viewers: readonly Place[];
  readonly cidrs: readonly string[];
  readonly ipv6Cidrs: readonly string[];
}

/** What VPC Block Public Access does; `undefined` leaves the member out, as older answers do. */
export type BlockMode = 'off' | 'block-bidirectional' | 'block-ingress' | undefined;

const states = (mode: BlockMode): object =>
  mode === undefined ? {} : { BlockPublicAccessStates: { InternetGatewayBlockMode: mode } };

export function addVpc(
  draft: Draft,
  owner: Place,
  options: {
    readonly cidrs: readonly string[];
    readonly ipv6Cidrs?: readonly string[];
    readonly sharedWith?: readonly Place[];
    readonly blockMode?: BlockMode;
  },
): DraftVpc {
  const id = nextId(draft, 'vpc');
  const { cidrs, ipv6Cidrs = [], sharedWith = [] } = options;
  const viewers = [owner, ...sharedWith];
  show(draft, viewers, 'vpcs', {
    VpcId: id,
    OwnerId: owner.accountId,
    IsDefault: false,
    State: 'available',
    CidrBlock: cidrs[0],
    CidrBlockAssociationSet: cidrs.map((CidrBlock) => ({ CidrBlock, CidrBlockState: { State: 'associated' } })),
    Ipv6CidrBlockAssociationSet: ipv6Cidrs.map((Ipv6CidrBlock) => ({
      Ipv6CidrBlock,
      Ipv6CidrBlockState: { State: 'associated' },
    })),
    ...states(options.blockMode),
  });
  return { id, owner, viewers, cidrs, ipv6Cidrs };
}

/** A subnet of a draft. */
export interface DraftSubnet {
  readonly id: string;
  readonly vpc: DraftVpc;
  readonly cidr: string;
  readonly ipv6Cidr: string | undefined;
  readonly zone: string;
  readonly zoneName: string;
}

/** Zone ids such as `euw1-az2` go with names such as `eu-west-1b`. */
export function zoneNameOf(region: string, zone: string): string {
  return `${region}${'abcdef'[Number(zone.at(-1)) - 1] ?? 'a'}`;
}

export function addSubnet(
  draft: Draft,
  vpc: DraftVpc,
  options: {
    readonly cidr: string;
    readonly ipv6Cidr?: string | undefined;
    readonly zone: string;
    readonly blockMode?: BlockMode;
    readonly id?: string;
  },
): DraftSubnet {
  const id = options.id ?? nextId(draft, 'subnet');
  const { cidr, ipv6Cidr, zone } = options;
  const zoneName = zoneNameOf(vpc.owner.region, zone);
  show(draft, vpc.viewers, 'subnets', {
    SubnetId: id,
    SubnetArn: `arn:aws:ec2:${vpc.owner.region}:${vpc.owner.accountId}:subnet/${id}`,
    VpcId: vpc.id,
    OwnerId: vpc.owner.accountId,
    AvailabilityZone: zoneName,
    AvailabilityZoneId: zone,
    CidrBlock: cidr,
    Ipv6CidrBlockAssociationSet:
      ipv6Cidr === undefined ? [] : [{ Ipv6CidrBlock: ipv6Cidr, Ipv6CidrBlockState: { State: 'associated' } }],
    State: 'available',
    ...states(options.blockMode),
  });
  return { id, vpc, cidr, ipv6Cidr, zone, zoneName };
}
