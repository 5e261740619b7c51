import type { Subnet } from '../../../../src/model/resources/subnet.ts';
import type { Vpc } from '../../../../src/model/resources/vpc.ts';
import type { RegionSnapshot } from '../../../../src/model/snapshot/snapshot.ts';
import { type Cidr, parseCidr } from '../address.ts';
import type { Home } from './coverage.ts';
import { gather, gatherById } from './gather.ts';

export interface VpcPlace {
  readonly id: string;
  readonly noun: Vpc;
  readonly cidrs: readonly Cidr[];
  /** The owner's account and the Region. */
  readonly home: Home;
  /** Every account that sees the VPC: its owner and those its subnets are shared with. */
  readonly viewers: readonly Home[];
}

export interface SubnetPlace {
  readonly id: string;
  readonly noun: Subnet;
  readonly vpcId: string;
  readonly cidrs: readonly Cidr[];
  /** The zone's id, which compares across accounts; its name where AWS told no id. */
  readonly zone: string;
}

export function vpcsOf(regions: readonly RegionSnapshot[]): Map<string, VpcPlace> {
  const seen = gatherById(
    regions,
    'vpcs',
    ({ vpcId }) => vpcId,
    ({ ownerId }) => ownerId,
  );
  return new Map(
    [...seen].map(([id, { noun, home }]) => [
      id,
      {
        id,
        noun,
        cidrs: [...noun.cidrBlocks, ...noun.ipv6CidrBlocks].map(parseCidr),
        home: { accountId: noun.ownerId ?? home.accountId, region: home.region },
        viewers: gather(regions, 'vpcs').flatMap((seen) => (seen.noun.vpcId === id ? [seen.home] : [])),
      },
    ]),
  );
}

export function subnetsOf(regions: readonly RegionSnapshot[]): Map<string, SubnetPlace> {
  const seen = gatherById(
    regions,
    'subnets',
    ({ subnetId }) => subnetId,
    ({ ownerId }) => ownerId,
  );
  return new Map(
    [...seen].map(([id, { noun }]) => [
      id,
      {
        id,
        noun,
        vpcId: noun.vpcId,
        cidrs: [...(noun.cidrBlock === undefined ? [] : [noun.cidrBlock]), ...noun.ipv6CidrBlocks].map(parseCidr),
        zone: noun.availabilityZoneId ?? noun.availabilityZone ?? '',
      },
    ]),
  );
}
