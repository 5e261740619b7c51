import type { Raw } from '../../src/model/decode.ts';
import { cidrContains, cidrsOverlap, nthAddress, parseCidr } from '../cidr.ts';
import { valuesAt } from '../answer/filters.ts';
import type { World } from '../world.ts';
import { itemsWith, type Problem } from './problem.ts';

/** Subnets outside their VPC or over one another, and interfaces outside their subnet or on its reserved addresses. */
export function lintAddresses(world: World): readonly Problem[] {
  const vpcs = new Map(itemsWith(world, 'ec2.DescribeVpcs').map(({ item }) => [item['VpcId'], item]));
  const subnets = new Map(
    itemsWith(world, 'ec2.DescribeSubnets').map(({ item, at }) => [item['SubnetId'], { item, at }]),
  );
  const problems: Problem[] = [];
  for (const [subnetId, { item, at }] of subnets) {
    const place = `${at.place} ${String(subnetId)}`;
    const vpc = vpcs.get(item['VpcId']);
    if (vpc === undefined) continue;
    for (const cidr of blocksOf(item)) {
      if (!vpcBlocks(vpc).some((block) => cidrContains(block, cidr)))
        problems.push({ place, problem: `${cidr} lies outside its VPC` });
    }
    for (const [otherId, other] of subnets) {
      if (String(otherId) <= String(subnetId) || other.item['VpcId'] !== item['VpcId']) continue;
      for (const cidr of blocksOf(item)) {
        if (blocksOf(other.item).some((block) => cidrsOverlap(block, cidr))) {
          problems.push({ place, problem: `${cidr} overlaps ${String(otherId)}` });
        }
      }
    }
  }
  return [
    ...problems,
    ...lintInterfaces(world, new Map([...subnets].map(([id, { item }]) => [id, item]))),
    ...lintOwners(world),
  ];
}

const vpcBlocks = (vpc: Raw): readonly string[] => [
  ...valuesAt(vpc, 'CidrBlockAssociationSet.CidrBlock'),
  ...valuesAt(vpc, 'Ipv6CidrBlockAssociationSet.Ipv6CidrBlock'),
];

const blocksOf = (subnet: Raw): readonly string[] => [
  ...valuesAt(subnet, 'CidrBlock'),
  ...valuesAt(subnet, 'Ipv6CidrBlockAssociationSet.Ipv6CidrBlock'),
];

function lintInterfaces(world: World, subnets: ReadonlyMap<unknown, Raw>): readonly Problem[] {
  const used = new Map<string, unknown>();
  return itemsWith(world, 'ec2.DescribeNetworkInterfaces').flatMap(({ item, at }) => {
    const id = item['NetworkInterfaceId'];
    const place = `${at.place} ${String(id)}`;
    const subnet = subnets.get(item['SubnetId']);
    if (subnet === undefined) return [];
    const blocks = blocksOf(subnet);
    const addresses = [
      ...valuesAt(item, 'PrivateIpAddresses.PrivateIpAddress'),
      ...valuesAt(item, 'Ipv6Addresses.Ipv6Address'),
    ];
    return addresses.flatMap((address) => {
      const problems: Problem[] = [];
      const block = blocks.find((candidate) => cidrContains(candidate, address));
      if (block === undefined) problems.push({ place, problem: `${address} lies outside its subnet` });
      else if (reserved(block).includes(address)) problems.push({ place, problem: `${address} is reserved by AWS` });
      const key = `${String(item['SubnetId'])} ${address}`;
      // The owner of a shared subnet and its participant both see the participant's interfaces
      if (used.has(key) && used.get(key) !== id) problems.push({ place, problem: `${address} is in use twice` });
      used.set(key, id);
      return problems;
    });
  });
}

/** The first four addresses of a subnet and, for IPv4, the last one (VPC guide, subnet sizing). */
function reserved(block: string): readonly string[] {
  const { family, length } = parseCidr(block);
  const first = [0, 1, 2, 3].map((n) => nthAddress(block, n));
  return family === 4 ? [...first, nthAddress(block, (1n << BigInt(32 - length)) - 1n)] : first;
}

/** NAT gateways and interface endpoints whose interfaces are missing or say otherwise. */
function lintOwners(world: World): readonly Problem[] {
  const interfaces = new Map(
    itemsWith(world, 'ec2.DescribeNetworkInterfaces').map(({ item }) => [item['NetworkInterfaceId'], item]),
  );
  const nats = itemsWith(world, 'ec2.DescribeNatGateways').flatMap(({ item, at }) => {
    if (item['State'] === 'deleted' || item['SubnetId'] === undefined) return [];
    const address = (item['NatGatewayAddresses'] as readonly Raw[])[0];
    const own = interfaces.get(address?.['NetworkInterfaceId']);
    const agrees = own?.['PrivateIpAddress'] === address?.['PrivateIp'] && own?.['SubnetId'] === item['SubnetId'];
    return agrees ? [] : [{ place: at.place, problem: `${String(item['NatGatewayId'])} and its interface disagree` }];
  });
  const endpoints = itemsWith(world, 'ec2.DescribeVpcEndpoints').flatMap(({ item, at }) => {
    const own = valuesAt(item, 'NetworkInterfaceIds').map((id) => interfaces.get(id));
    const subnets = own.map((networkInterface) => String(networkInterface?.['SubnetId'])).sort();
    const agrees = JSON.stringify(subnets) === JSON.stringify([...valuesAt(item, 'SubnetIds')].sort());
    return agrees ? [] : [{ place: at.place, problem: `${String(item['VpcEndpointId'])} and its interfaces disagree` }];
  });
  return [...nats, ...endpoints];
}
