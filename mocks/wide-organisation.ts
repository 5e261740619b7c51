import { auditRole } from './accounts/hub-spoke-org.ts';
import { allTraffic, type AccountBuilder, estate, type SubnetBuilder, tcp, type VpcBuilder } from './builders.ts';
import type { World } from './world.ts';

/** How wide the organisation is. */
export interface WideOptions {
  /** Members that can be entered; the first is the management account. */
  readonly accounts: number;
  readonly regions: readonly string[];
}

/** The seventeen Regions that every account has (Account Management guide, manage-acct-regions). */
export const defaultRegions: readonly string[] = [
  'eu-west-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

const accountId = (index: number): string => String(111_100_000_000 + index * 1_000_003);

/**
 * An organisation of many accounts: in every Region the default VPC with a host or two, in the first Region of each a
 * workload behind a shared transit gateway; each third account is peered with the one before, each fifth builds in a
 * subnet that the network account shares. Besides these, one account is closed and one lets nobody in.
 */
export function wideOrganisation({ accounts, regions }: WideOptions): World {
  const all = estate();
  const ids = Array.from({ length: accounts }, (_, index) => accountId(index));
  const [managementAccountId = ''] = ids;
  const role = { ...auditRole, trusts: [managementAccountId] };
  const members = ids.map((id, index) => all.account(id, { name: `member-${index}`, roles: [role] }));
  const lockedId = accountId(accounts);
  const closedId = accountId(accounts + 1);
  all.account(lockedId, { name: 'locked', roles: [] });
  for (const member of members) for (const region of regions) buildDefault(member, region);
  const [home = 'eu-west-1'] = regions;
  const [network, ...workloads] = members;
  if (network !== undefined) buildWorkloads(network, workloads, home);
  const units = ['network', 'workload', 'sandbox'].map((name) => ({
    id: `ou-wide-${name.padEnd(8, '0')}`,
    name,
    parentId: 'r-wide',
  }));
  const parentOf = (index: number): string => units[index === 0 ? 0 : 1 + (index % 2)]?.id ?? 'r-wide';
  all.organization({
    id: 'o-wideexample',
    rootId: 'r-wide',
    managementAccountId,
    delegatedAdministratorIds: ids.slice(1, 2),
    units,
    accounts: [
      ...[...ids, lockedId].map((id, index) => ({
        accountId: id,
        name: `member-${index}`,
        status: 'ACTIVE',
        parentId: parentOf(index),
      })),
      { accountId: closedId, name: 'closed', status: 'SUSPENDED', parentId: 'r-wide' },
    ],
  });
  return all.toWorld();
}

function buildDefault(member: AccountBuilder, region: string): void {
  const vpc = member.region(region).defaultVpc({ name: `default-${member.accountId}-${region}` });
  const [subnet] = vpc.subnets;
  const admin = vpc.securityGroup('admin', { ingress: [tcp(22, '0.0.0.0/0'), allTraffic('10.0.0.0/8')] });
  subnet?.instance({ name: 'host', securityGroups: [admin], publicIp: true });
}

function buildWorkloads(network: AccountBuilder, workloads: readonly AccountBuilder[], home: string): void {
  const net = network.region(home);
  const hub = net.vpc({ name: 'hub', cidr: '10.0.0.0/16' });
  const gateway = net.transitGateway({
    name: 'hub',
    securityGroupReferencing: true,
    sharedWith: workloads.map((member) => member.region(home)),
  });
  const services = hub.subnet({ name: 'services', cidr: '10.0.0.0/24' });
  gateway.attachVpc(hub, { name: 'hub', subnets: [services] });
  let before: VpcBuilder | undefined;
  for (const [index, member] of workloads.entries()) {
    const region = member.region(home);
    const vpc = region.vpc({ name: `workload-${index}`, cidr: `10.${index + 1}.0.0/16` });
    const subnet = vpc.subnet({ name: `app-${index}`, cidr: `10.${index + 1}.0.0/24` });
    gateway.attachVpc(vpc, { name: `workload-${index}`, subnets: [subnet] });
    const peering =
      before === undefined || index % 3 !== 0 ? undefined : vpc.peerWith(before, { name: `pair-${index}` });
    vpc.routeTable({
      name: `app-${index}`,
      subnets: [subnet],
      routes: [
        ['10.0.0.0/8', gateway],
        ...(peering === undefined || before === undefined ? [] : [[before.cidr, peering] as const]),
      ],
    });
    const app = vpc.securityGroup(`app-${index}`, { ingress: [tcp(443, '10.0.0.0/16'), tcp(8080, '10.0.0.0/8')] });
    subnet.instance({ name: `app-${index}`, securityGroups: [app] });
    if (index % 5 === 0) buildInShared(hub, index, region);
    before = vpc;
  }
}

function buildInShared(hub: VpcBuilder, index: number, region: ReturnType<AccountBuilder['region']>): void {
  const shared: SubnetBuilder = hub.subnet({ name: `shared-${index}`, cidr: `10.0.${100 + index}.0/24` });
  const member = shared.shareWith(region);
  const group = member.securityGroup(`tenant-${index}`, { ingress: [tcp(443, '10.0.0.0/8')] });
  member.instance({ name: `tenant-${index}`, securityGroups: [group] });
}
