import type { Raw } from '../../src/model/decode.ts';
import { valuesAt } from '../answer/filters.ts';
import type { World } from '../world.ts';
import { itemsWith, type Problem } from './problem.ts';

/** What AWS makes by itself and a fixture may not lack: local routes, implicit denies, one main table, one ACL each. */
export function lintDefaults(world: World): readonly Problem[] {
  const vpcs = new Map(itemsWith(world, 'ec2.DescribeVpcs').map(({ item }) => [item['VpcId'], item]));
  return [
    ...itemsWith(world, 'ec2.DescribeRouteTables').flatMap(({ item, at }) =>
      lintLocalRoutes(item, vpcs.get(item['VpcId'])).map((problem) => ({
        place: `${at.place} ${String(item['RouteTableId'])}`,
        problem,
      })),
    ),
    ...itemsWith(world, 'ec2.DescribeNetworkAcls').flatMap(({ item, at }) =>
      lintDenies(item, vpcs.get(item['VpcId'])).map((problem) => ({
        place: `${at.place} ${String(item['NetworkAclId'])}`,
        problem,
      })),
    ),
    ...lintMainTables(world),
    ...lintSubnets(world),
  ];
}

function lintLocalRoutes(table: Raw, vpc: Raw | undefined): readonly string[] {
  if (vpc === undefined) return [];
  const routes = table['Routes'] as readonly Raw[];
  const blocks = [
    ...valuesAt(vpc, 'CidrBlockAssociationSet.CidrBlock'),
    ...valuesAt(vpc, 'Ipv6CidrBlockAssociationSet.Ipv6CidrBlock'),
  ];
  return blocks.flatMap((block, index) => {
    const route = routes[index];
    const destination = route?.['DestinationCidrBlock'] ?? route?.['DestinationIpv6CidrBlock'];
    return route?.['GatewayId'] === 'local' && destination === block
      ? []
      : [`has no local route of ${block} at place ${index + 1}`];
  });
}

function lintDenies(acl: Raw, vpc: Raw | undefined): readonly string[] {
  const ipv6 = valuesAt(vpc ?? {}, 'Ipv6CidrBlockAssociationSet.Ipv6CidrBlock').length > 0;
  const entries = acl['Entries'] as readonly Raw[];
  return [true, false].flatMap((egress) =>
    [32_767, ...(ipv6 ? [32_768] : [])].flatMap((number) => {
      const entry = entries.find((candidate) => candidate['Egress'] === egress && candidate['RuleNumber'] === number);
      return entry?.['RuleAction'] === 'deny' ? [] : [`lacks the implicit deny ${number} ${egress ? 'out' : 'in'}`];
    }),
  );
}

function lintMainTables(world: World): readonly Problem[] {
  const tables = itemsWith(world, 'ec2.DescribeRouteTables');
  return itemsWith(world, 'ec2.DescribeVpcs').flatMap(({ item, at }) => {
    const main = new Set(
      tables
        .filter(
          (table) =>
            table.item['VpcId'] === item['VpcId'] && valuesAt(table.item, 'Associations.Main').includes('true'),
        )
        .map((table) => table.item['RouteTableId']),
    );
    return main.size === 1
      ? []
      : [{ place: at.place, problem: `${String(item['VpcId'])} has ${main.size} main route tables` }];
  });
}

function lintSubnets(world: World): readonly Problem[] {
  const acls = itemsWith(world, 'ec2.DescribeNetworkAcls');
  return itemsWith(world, 'ec2.DescribeSubnets').flatMap(({ item, at }) => {
    const own = new Set(
      acls
        .filter((acl) => valuesAt(acl.item, 'Associations.SubnetId').includes(String(item['SubnetId'])))
        .map((acl) => acl.item['NetworkAclId']),
    );
    return own.size === 1
      ? []
      : [{ place: at.place, problem: `${String(item['SubnetId'])} has ${own.size} network ACLs` }];
  });
}
