import { allTraffic, estate, tcp, udp } from '../builders.ts';
import { tellingLogFormat } from '../builders/flow-log.ts';
import { ownAccountPolicy } from './policies.ts';
import { findings, type SampleAccount } from './sample-account.ts';

const hubId = '111122223333';
const workloadId = '444455556666';
const lockedId = '777788889999';
const place = 'eu-west-1';

/** The role that the sample organisation is audited with, and the external id that it wants. */
export const auditRole = { roleName: 'vpc-auditor', externalId: 'example-external-id' } as const;

/** An organisation of three accounts around a transit gateway; one member lets nobody in. */
export function hubSpokeOrg(): SampleAccount {
  const all = estate();
  const role = { ...auditRole, trusts: [hubId] };
  const hub = all.account(hubId, { name: 'network', roles: [role], notOptedIn: ['ap-east-1'] }).region(place);
  const work = all.account(workloadId, { name: 'workload', roles: [role], zoneOffset: 1 }).region(place);
  const locked = all.account(lockedId, { name: 'locked', roles: [] }).region(place);
  all.organization({
    id: 'o-exampleorg1',
    rootId: 'r-exam',
    managementAccountId: hubId,
    delegatedAdministratorIds: [],
    units: [
      { id: 'ou-exam-infrastr', name: 'Infrastructure', parentId: 'r-exam' },
      { id: 'ou-exam-workload', name: 'Workloads', parentId: 'r-exam' },
    ],
    accounts: [
      { accountId: hubId, name: 'network', status: 'ACTIVE', parentId: 'ou-exam-infrastr' },
      { accountId: workloadId, name: 'workload', status: 'ACTIVE', parentId: 'ou-exam-workload' },
      { accountId: lockedId, name: 'locked', status: 'ACTIVE', parentId: 'ou-exam-workload' },
      { accountId: '888899990000', name: 'closed', status: 'SUSPENDED', parentId: 'r-exam' },
    ],
  });

  const inspection = hub.vpc({ name: 'inspection', cidr: '10.0.0.0/16' });
  const shared = hub.vpc({ name: 'shared-services', cidr: '10.1.0.0/16', enableDnsHostnames: true });
  const spoke = work.vpc({ name: 'spoke', cidr: '10.2.0.0/16' });
  const far = locked.vpc({ name: 'locked-spoke', cidr: '10.3.0.0/16' });
  const vpcs = [inspection, shared, spoke, far];
  for (const vpc of vpcs) {
    vpc.defaultSecurityGroup.clear();
    vpc.flowLog({ name: 'all', destinationType: 's3', logFormat: tellingLogFormat });
  }

  hub.queryLogging(inspection, shared);
  work.queryLogging(spoke);
  for (const net of [hub, work, locked]) net.changeAlarms();

  const gateway = hub.transitGateway({
    name: 'hub',
    defaultAssociation: false,
    defaultPropagation: false,
    securityGroupReferencing: true,
    sharedWith: [work, locked],
  });
  const edge = inspection.publicSubnet({ name: 'egress', cidr: '10.0.0.0/24' });
  const nat = edge.natGateway({ name: 'egress' });
  const appliances = inspection.subnet({ name: 'appliances', cidr: '10.0.1.0/24' });
  const attachSubnet = inspection.subnet({ name: 'attachment', cidr: '10.0.2.0/24' });
  const services = shared.subnet({ name: 'services', cidr: '10.1.0.0/24' });
  const spokeApp = spoke.subnet({ name: 'spoke-app', cidr: '10.2.0.0/24' });
  far.subnet({ name: 'locked', cidr: '10.3.0.0/24' });

  const toInspection = gateway.attachVpc(inspection, {
    name: 'inspection',
    subnets: [attachSubnet],
    applianceMode: true,
  });
  const toShared = gateway.attachVpc(shared, { name: 'shared-services', subnets: [services] });
  const toSpoke = gateway.attachVpc(spoke, { name: 'spoke', securityGroupReferencing: true });
  const toFar = gateway.attachVpc(far, { name: 'locked-spoke' });
  const core = gateway.routeTable({ name: 'core' }).associate(toInspection).propagate(toShared, toSpoke, toFar);
  const sharedTable = gateway
    .routeTable({ name: 'shared' })
    .associate(toShared)
    .propagate(toSpoke, toFar)
    .route('0.0.0.0/0', toInspection);
  gateway
    .routeTable({ name: 'segregated' })
    .associate(toSpoke, toFar)
    .propagate(toShared)
    .route('0.0.0.0/0', toInspection)
    .blackhole(spoke.cidr)
    .blackhole(far.cidr);
  const office = hub.vpnConnection({
    name: 'head-office',
    customerGateway: hub.customerGateway({ name: 'head-office' }),
    transitGateway: gateway,
    learned: ['192.168.0.0/16'],
  });
  const learnedBy = { id: office.attachment?.id ?? '', item: {}, resourceId: office.id, resourceType: 'vpn' };
  sharedTable.propagate(learnedBy);
  core.associate(learnedBy).propagate(learnedBy);

  // Traffic from the transit gateway passes the appliances before it leaves through the NAT gateway
  const appliance = inspection.securityGroup('appliance', { ingress: [udp(6081, '10.0.1.0/24')] });
  const firewall = appliances.instance({ name: 'firewall', securityGroups: [appliance], sourceDestCheck: false });
  const targets = inspection.targetGroup('firewall', { protocol: 'GENEVE', port: 6081, targets: [firewall] });
  const bump = inspection.loadBalancer('firewall', {
    type: 'gateway',
    subnets: [appliances],
    listeners: [{ port: 6081, targets }],
  });
  const service = hub.endpointService({ name: 'firewall', loadBalancers: [bump], acceptanceRequired: false });
  const endpoint = inspection.gatewayLoadBalancerEndpoint(service.serviceName, appliances, { name: 'firewall' });
  inspection.routeTable({ name: 'from-transit', routes: [['0.0.0.0/0', endpoint]], subnets: [attachSubnet] });
  const fromAppliances = inspection.routeTable({
    name: 'from-appliances',
    routes: [
      ['0.0.0.0/0', nat],
      ['10.0.0.0/8', gateway],
    ],
    subnets: [appliances],
  });

  const servicesTable = shared.routeTable({ name: 'services', routes: [['0.0.0.0/0', gateway]], subnets: [services] });
  const dns = shared.securityGroup('dns', { ingress: [udp(53, '10.0.0.0/8'), tcp(53, '10.0.0.0/8')] });
  const resolver = services.instance({ name: 'resolver', securityGroups: [dns] });
  shared.gatewayEndpoint('s3', { name: 's3', routeTables: [servicesTable], policy: ownAccountPolicy(hubId) });

  // A subnet of the shared VPC in which the workload account builds
  const member = shared
    .subnet({ name: 'shared-with-workload', cidr: '10.1.16.0/24', routeTable: servicesTable })
    .shareWith(work);
  const memberGroup = member.securityGroup('workload-in-shared', { ingress: [tcp(443, spoke.cidr)] });
  const tenant = member.instance({ name: 'tenant', securityGroups: [memberGroup] });

  const spokeTable = spoke.routeTable({ name: 'spoke', routes: [['0.0.0.0/0', gateway]], subnets: [spokeApp] });
  const removed = 'nat-0123456789abcdef0';
  spokeTable.blackhole('198.51.100.0/24', removed);
  const spokeGroup = spoke.securityGroup('spoke-app', { ingress: [tcp(443, '10.1.0.0/16')] });
  const server = spokeApp.instance({ name: 'spoke-app', securityGroups: [spokeGroup] });
  const idle = spoke.securityGroup('former-project', { ingress: [allTraffic('10.0.0.0/8')] });
  const acls = [inspection, shared].map((vpc) => vpc.defaultNetworkAcl);
  const check = 'network-acl-admin-ports-open-to-internet';

  return {
    name: 'hub-spoke-org',
    description:
      'An organisation of three accounts and a closed one. The network account owns a transit gateway with tables for ' +
      'core, shared and segregated traffic, an inspection VPC through whose appliances all ways out lead, and a VPC of ' +
      'shared services of which one subnet is shared with the workload account. Spokes are kept apart by black holes. The ' +
      'account `locked` trusts nobody, so that it is not visible; the workload has a route to a NAT gateway that is gone.',
    world: all.toWorld(),
    expectedFindings: [
      ...findings(hubId, place, check, ...acls),
      ...findings(workloadId, place, check, spoke.defaultNetworkAcl),
      ...findings(lockedId, place, check, far.defaultNetworkAcl),
      ...findings(hubId, place, 'vpc-endpoint-gateway-missing', servicesTable, fromAppliances),
      ...findings(workloadId, place, 'vpc-endpoint-gateway-missing', spokeTable),
      ...findings(workloadId, place, 'route-blackhole', spokeTable),
      ...findings(workloadId, place, 'security-group-unused', idle),
      ...findings(hubId, place, 'security-group-egress-unrestricted', appliance, dns),
      ...findings(workloadId, place, 'security-group-egress-unrestricted', spokeGroup, memberGroup, idle),
      ...findings(workloadId, place, 'security-group-ports-too-wide', idle),
      ...findings(hubId, place, 'security-group-whole-private-range', dns),
      ...findings(workloadId, place, 'security-group-whole-private-range', idle),
      ...findings(hubId, place, 'vpc-block-public-access-off', { id: place }),
      ...findings(hubId, place, 'vpc-endpoint-interface-missing', inspection, shared),
      ...findings(workloadId, place, 'vpc-endpoint-interface-missing', spoke),
      ...findings(hubId, place, 'vpc-endpoint-service-accepts-by-itself', service),
      ...findings(hubId, place, 'vpc-single-zone', shared),
      ...findings(hubId, place, 'vpn-connection-logging-off', office),
    ],
    expectedTraces: [
      {
        from: server.id,
        to: resolver.id,
        protocol: 'udp',
        port: 53,
        verdict: 'reachable',
        decidedBy: ['0.0.0.0/0 tgw', '10.1.0.0/16 tgw-attach', 'sg udp 53 10.0.0.0/8', '10.2.0.0/16 tgw-attach'],
        because: 'the segregated table learns the shared VPC, and the shared table the spoke',
      },
      {
        from: server.id,
        to: tenant.id,
        protocol: 'tcp',
        port: 443,
        verdict: 'reachable',
        decidedBy: ['0.0.0.0/0 tgw', '10.1.0.0/16 local', 'sg tcp 443 10.2.0.0/16'],
        because: 'the tenant lies in the shared VPC and admits the spoke',
      },
      {
        from: server.id,
        to: '10.3.0.10',
        protocol: 'tcp',
        port: 443,
        verdict: 'not-reachable',
        decidedBy: ['10.3.0.0/16 blackhole'],
        explanationCode: 'TGW_RTB_BAD_STATE_ROUTE',
        because: 'the segregated table drops what goes from spoke to spoke',
      },
      {
        from: server.id,
        to: '198.51.100.10',
        protocol: 'tcp',
        port: 443,
        verdict: 'not-reachable',
        decidedBy: ['198.51.100.0/24 nat'],
        explanationCode: 'BAD_STATE_ROUTE',
        componentId: spokeTable.id,
        because: 'the route leads to a NAT gateway that is gone',
      },
    ],
    exceptions: { dangling: [removed] },
  };
}
