import { cidrsOverlap, nthAddress, parseCidr } from '../cidr.ts';
import type { SubnetPlace } from './network-interface.ts';
import type { SecurityGroupBuilder, VpcPlace } from './security-group.ts';
import { add, arnOf, newId, type RegionState, tagsOf } from './state.ts';
import { type SubnetBuilder, subnetBuilder, type SubnetOptions } from './subnet.ts';
import { zoneOf } from './zones.ts';

const associated = { State: 'associated' };

/** The next free /24 of the VPC. */
function nextSubnetBlock(cidrs: readonly string[], taken: readonly SubnetBuilder[]): string {
  for (const cidr of cidrs) {
    const length = Math.max(24, parseCidr(cidr).length);
    const step = 1n << BigInt(32 - length);
    const end = 1n << BigInt(32 - parseCidr(cidr).length);
    for (let offset = 0n; offset < end; offset += step) {
      const candidate = `${nthAddress(cidr, offset)}/${length}`;
      if (!taken.some((subnet) => subnet.cidr !== '' && cidrsOverlap(subnet.cidr, candidate))) return candidate;
    }
  }
  throw new Error(`no room for another subnet in ${cidrs.join(', ')}`);
}

function nextSubnetIpv6(block: string | undefined, taken: readonly SubnetBuilder[]): string {
  if (block === undefined) throw new Error('the VPC has no IPv6 block');
  for (let n = 0n; ; n++) {
    const candidate = `${nthAddress(block, n << 64n)}/64`;
    if (!taken.some((subnet) => subnet.ipv6Cidr === candidate)) return candidate;
  }
}

/** A subnet carved from the VPC's blocks, with the default network ACL unless `networkAcl` is given. */
export function buildSubnet(
  state: RegionState,
  vpc: VpcPlace,
  cidrs: readonly string[],
  block: string | undefined,
  taken: readonly SubnetBuilder[],
  options: SubnetOptions,
  defaultGroup: SecurityGroupBuilder,
): SubnetBuilder {
  const id = newId(state, 'subnet', options);
  const ipv6Native = options.ipv6Native ?? false;
  const cidr = ipv6Native ? undefined : (options.cidr ?? nextSubnetBlock(cidrs, taken));
  const wanted = options.ipv6 ?? ipv6Native;
  const ipv6Cidr = wanted === true ? nextSubnetIpv6(block, taken) : wanted === false ? undefined : wanted;
  const { zone, zoneId } = zoneOf(state, options.az ?? 'a');
  const place: SubnetPlace = {
    id,
    vpcId: vpc.id,
    cidr,
    ipv6Cidr,
    zone,
    zoneId,
    mapPublicIp: options.mapPublicIp ?? false,
    assignIpv6: options.assignIpv6 ?? ipv6Native,
    used: new Set(),
    defaultGroup,
  };
  const item = add(
    state,
    'ec2.DescribeSubnets',
    {
      AssignIpv6AddressOnCreation: place.assignIpv6,
      AvailabilityZone: zone,
      AvailabilityZoneId: zoneId,
      BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
      ...(cidr === undefined ? {} : { CidrBlock: cidr }),
      DefaultForAz: false,
      EnableDns64: options.enableDns64 ?? false,
      Ipv6CidrBlockAssociationSet:
        ipv6Cidr === undefined
          ? []
          : [
              {
                AssociationId: newId(state, 'subnet-cidr-assoc', { name: `${id}/${ipv6Cidr}` }),
                Ipv6CidrBlock: ipv6Cidr,
                Ipv6CidrBlockState: associated,
              },
            ],
      Ipv6Native: ipv6Native,
      MapCustomerOwnedIpOnLaunch: false,
      MapPublicIpOnLaunch: place.mapPublicIp,
      OwnerId: state.accountId,
      State: 'available',
      SubnetArn: arnOf(state, 'ec2', `subnet/${id}`),
      SubnetId: id,
      Tags: tagsOf(options),
      VpcId: vpc.id,
    },
    options.raw,
  );
  return subnetBuilder(state, vpc, item, place);
}
