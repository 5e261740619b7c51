import { allow, allTraffic, region, type RegionBuilder, tcp } from '../../mocks/builders.ts';

/** A host of the estate, as the generator needs it. */
export interface Host {
  readonly interfaceId: string;
  readonly address: string;
}

/** The estate of which the generator tells a day. */
export interface Estate {
  readonly net: RegionBuilder;
  readonly web: readonly Host[];
  readonly app: readonly Host[];
  readonly database: readonly Host[];
  readonly bastion: Host;
  readonly gateway: Host;
  /** A host behind the network ACL whose replies reach high ports only. */
  readonly behindAcl: Host;
  readonly ids: {
    readonly narrowAcl: string;
    readonly databaseGroup: string;
    readonly appGroup: string;
  };
}

/**
 * A VPC of three tiers: web servers that the internet reaches, applications that only those reach, databases that only
 * applications reach; a NAT gateway, a bastion open to the world, a network ACL with half of the ephemeral ports, and a
 * rule for MySQL that nobody needs.
 */
export function buildEstate(hostsPerTier: number): Estate {
  const net = region('111122223333', 'eu-west-1');
  const vpc = net.vpc({ name: 'day', cidr: '10.0.0.0/16' });
  const edge = vpc.publicSubnet({ name: 'edge', cidr: '10.0.0.0/20', az: 'a' });
  const nat = edge.natGateway({ name: 'nat' });
  const table = vpc.routeTable({ name: 'private', routes: [['0.0.0.0/0', nat]] });
  const webGroup = vpc.securityGroup('web', { ingress: [tcp(443, '0.0.0.0/0')] });
  const appGroup = vpc.securityGroup('app', { ingress: [tcp(8080, webGroup)] });
  const databaseGroup = vpc.securityGroup('database', {
    ingress: [tcp(5432, '10.0.16.0/20'), tcp(3306, '10.0.0.0/16')],
  });
  const bastionGroup = vpc.securityGroup('bastion', { ingress: [tcp(22, '0.0.0.0/0')] });
  const reportGroup = vpc.securityGroup('report', { ingress: [tcp(443, '10.0.0.0/16')] });
  const narrow = vpc.networkAcl({
    name: 'narrow',
    ingress: [allow(100, allTraffic('0.0.0.0/0'))],
    egress: [allow(100, tcp([32_768, 65_535], '0.0.0.0/0')), allow(110, tcp(443, '0.0.0.0/0'))],
  });
  const apps = vpc.subnet({ name: 'app', cidr: '10.0.16.0/20', az: 'a', routeTable: table });
  const databases = vpc.subnet({ name: 'database', cidr: '10.0.32.0/20', az: 'b', routeTable: table });
  const reports = vpc.subnet({ name: 'report', cidr: '10.0.48.0/24', az: 'b', routeTable: table, networkAcl: narrow });
  const many = (
    make: () => { readonly networkInterface: { readonly id: string }; readonly privateIp: string },
  ): Host[] => Array.from({ length: hostsPerTier }, () => hostOf(make()));
  const address = (nat.item['NatGatewayAddresses'] as readonly Record<string, string>[])[0] ?? {};
  return {
    net,
    web: many(() => edge.instance({ securityGroups: [webGroup], publicIp: true })),
    app: many(() => apps.instance({ securityGroups: [appGroup] })),
    database: many(() => databases.instance({ securityGroups: [databaseGroup] })),
    bastion: hostOf(edge.instance({ name: 'bastion', securityGroups: [bastionGroup], publicIp: true })),
    behindAcl: hostOf(reports.instance({ name: 'report', securityGroups: [reportGroup] })),
    gateway: { interfaceId: address['NetworkInterfaceId'] ?? '', address: address['PrivateIp'] ?? '' },
    ids: { narrowAcl: narrow.id, databaseGroup: databaseGroup.id, appGroup: appGroup.id },
  };
}

const hostOf = (built: { readonly networkInterface: { readonly id: string }; readonly privateIp: string }): Host => ({
  interfaceId: built.networkInterface.id,
  address: built.privateIp,
});
