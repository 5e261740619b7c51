import type { Raw } from '../../src/model/decode.ts';
import { nthAddress } from '../cidr.ts';
import { region as buildRegion } from '../builders.ts';
import type { Document, Documents, ItemList, World } from '../world.ts';
import {
  dhcpOptionsAt,
  type HugeSizes,
  instanceAt,
  internetGatewayAt,
  networkAclAt,
  networkInterfaceAt,
  routeTableAt,
  securityGroupAt,
  securityGroupRuleAt,
  subnetAt,
  vpcAt,
  vpcId,
} from './huge-items.ts';

/** Sizes of the account; what is left out takes the value beside it. */
export interface HugeOptions {
  readonly accountId?: string;
  readonly region?: string;
  /** 20 */
  readonly vpcs?: number;
  /** 8, and 16 at most; half of them have a route to the internet */
  readonly subnetsPerVpc?: number;
  /** 20,000 */
  readonly securityGroups?: number;
  /** 6 */
  readonly rulesPerGroup?: number;
  /** 50,000, each of an instance */
  readonly networkInterfaces?: number;
  /** 4: with few groups per subnet, many interfaces are of one kind */
  readonly groupsPerSubnet?: number;
}

const lazily = (length: number, at: (index: number) => Raw): ItemList => ({
  length,
  at: (index) => (index >= 0 && index < length ? at(index) : undefined),
});

/**
 * An account as large as wanted. Every item is made when it is asked for and depends on its number alone, so that the
 * world itself takes no memory, however large; writing it to disk or serving it page by page holds one page.
 */
export function huge(options: HugeOptions = {}): World {
  const { accountId = '111122223333', region = 'eu-west-1' } = options;
  const sizes: HugeSizes = {
    accountId,
    region,
    vpcs: options.vpcs ?? 20,
    subnetsPerVpc: options.subnetsPerVpc ?? 8,
    securityGroups: options.securityGroups ?? 20_000,
    rulesPerGroup: options.rulesPerGroup ?? 6,
    networkInterfaces: options.networkInterfaces ?? 50_000,
    groupsPerSubnet: options.groupsPerSubnet ?? 4,
  };
  checkSizes(sizes);
  const { vpcs, subnetsPerVpc, securityGroups, rulesPerGroup, networkInterfaces } = sizes;
  const lists: readonly (readonly [operation: string, member: string, length: number, at: (index: number) => Raw])[] = [
    ['DescribeDhcpOptions', 'DhcpOptions', 1, () => dhcpOptionsAt(sizes)],
    ['DescribeVpcs', 'Vpcs', vpcs, (index) => vpcAt(sizes, index)],
    ['DescribeSubnets', 'Subnets', vpcs * subnetsPerVpc, (index) => subnetAt(sizes, index)],
    ['DescribeRouteTables', 'RouteTables', vpcs * 2, (index) => routeTableAt(sizes, index)],
    ['DescribeInternetGateways', 'InternetGateways', vpcs, (index) => internetGatewayAt(sizes, index)],
    ['DescribeNetworkAcls', 'NetworkAcls', vpcs, (index) => networkAclAt(sizes, index)],
    ['DescribeSecurityGroups', 'SecurityGroups', securityGroups, (index) => securityGroupAt(sizes, index)],
    [
      'DescribeSecurityGroupRules',
      'SecurityGroupRules',
      securityGroups * rulesPerGroup,
      (index) => securityGroupRuleAt(sizes, index),
    ],
    ['DescribeNetworkInterfaces', 'NetworkInterfaces', networkInterfaces, (index) => networkInterfaceAt(sizes, index)],
    ['DescribeInstances', 'Reservations', networkInterfaces, (index) => instanceAt(sizes, index)],
  ];
  const documents = new Map<string, Document>(emptyRegion(accountId, region));
  for (const [operation, member, length, at] of lists)
    documents.set(`ec2.${operation}`, { [member]: lazily(length, at) });
  for (let index = 0; index < vpcs; index++) {
    const VpcId = vpcId(index);
    documents.set(`ec2.DescribeVpcAttribute/${VpcId}+enableDnsSupport`, { VpcId, EnableDnsSupport: { Value: true } });
    documents.set(`ec2.DescribeVpcAttribute/${VpcId}+enableDnsHostnames`, {
      VpcId,
      EnableDnsHostnames: { Value: false },
    });
    documents.set(`ec2.DescribeStaleSecurityGroups/${VpcId}`, { StaleSecurityGroupSet: [] });
  }
  const account = { accountId, name: 'huge', regions: new Map([[region, documents]]), roles: [] };
  return { accounts: new Map([[accountId, account]]), whenAbsent: 'empty' };
}

/** Everything else that a Region answers: its zones, AWS's prefix lists, and empty lists. */
function emptyRegion(accountId: string, region: string): Documents {
  const documents = buildRegion(accountId, region).toWorld().accounts.get(accountId)?.regions.get(region);
  return documents ?? new Map();
}

function checkSizes(sizes: HugeSizes): void {
  if (sizes.subnetsPerVpc > 16) throw new Error('a VPC of the huge account holds 16 subnets at most');
  if (sizes.securityGroups < sizes.vpcs) throw new Error('every VPC needs its default security group');
  const perSubnet = Math.ceil(sizes.networkInterfaces / (sizes.vpcs * sizes.subnetsPerVpc));
  // Throws where a subnet has no room for so many
  nthAddress('10.0.0.0/20', perSubnet + 4);
}
