import { estate, tcp } from '../builders.ts';
import { ownAccountPolicy } from './policies.ts';
import { findings, type SampleAccount } from './sample-account.ts';

const devId = '222233334444';
const prodId = '333344445555';
const place = 'eu-west-1';

/**
 * Development peered with production, each table routing the whole of the other: from the internet to the production
 * database in three hops.
 */
export function peeredDevProd(): SampleAccount {
  const all = estate();
  const role = { roleName: 'vpc-auditor', trusts: [devId, prodId] };
  const devNet = all.account(devId, { name: 'development', roles: [role] }).region(place);
  const prodNet = all.account(prodId, { name: 'production', roles: [role], zoneOffset: 1 }).region(place);

  const dev = devNet.vpc({ name: 'dev', cidr: '10.10.0.0/16' });
  const prod = prodNet.vpc({ name: 'prod', cidr: '10.20.0.0/16', enableDnsHostnames: true });
  const peering = dev.peerWith(prod, { name: 'dev-prod' });
  for (const vpc of [dev, prod]) vpc.defaultSecurityGroup.clear();

  const devSubnet = dev.publicSubnet({ name: 'dev-public', cidr: '10.10.10.0/24' });
  const devTable = dev.routeTable({
    name: 'dev',
    routes: [
      ['0.0.0.0/0', dev.internetGateway()],
      [prod.cidr, peering],
    ],
    subnets: [devSubnet],
  });
  const jumpGroup = dev.securityGroup('jump-host', { ingress: [tcp(22, '0.0.0.0/0')] });
  const jump = devSubnet.instance({ name: 'jump-host', securityGroups: [jumpGroup], publicIp: true });

  const prodTable = prod.routeTable({ name: 'prod', routes: [[dev.cidr, peering]] });
  const app = prod.subnet({ name: 'prod-app', az: 'a', cidr: '10.20.10.0/24', routeTable: prodTable });
  const data = prod.subnet({ name: 'prod-data', az: 'b', cidr: '10.20.20.0/24', routeTable: prodTable });
  const appGroup = prod.securityGroup('prod-app', { ingress: [tcp(22, dev.cidr), tcp(443, dev.cidr)] });
  const databaseGroup = prod.securityGroup('prod-database', { ingress: [tcp(3306, app.cidr)] });
  const toolGroup = prod.securityGroup('deployment', { ingress: [tcp(8443, jumpGroup)] });
  const endpointGroup = prod.securityGroup('endpoints', { ingress: [tcp(443, app.cidr)], egress: [] });
  const server = app.instance({ name: 'prod-app', securityGroups: [appGroup, toolGroup] });
  const database = data.interfaceOf('rds', { name: 'prod-database', securityGroups: [databaseGroup] });
  const worker = data.instance({ name: 'prod-worker', securityGroups: [appGroup] });
  const policy = ownAccountPolicy(prodId);
  const endpoints = ['ssm', 'ssmmessages', 'ec2messages'].map((service) =>
    prod.interfaceEndpoint(service, { name: service, subnets: [app], securityGroups: [endpointGroup], policy }),
  );
  const storage = prod.gatewayEndpoint('s3', { name: 's3', routeTables: [prodTable] });
  const partial = dev.flowLog({ name: 'dev-accepted', trafficType: 'ACCEPT' });
  const failing = prod.flowLog({ name: 'prod-all', deliverLogsStatus: 'FAILED' });

  return {
    name: 'peered-dev-prod',
    description:
      'A development and a production account with peered VPCs. Both route the whole of the other; production lets SSH and ' +
      'HTTPS in from all of development, and the jump host of development is open to the world, so that the database is ' +
      'three hops from the internet. The endpoints of Systems Manager admit the subnet of the application only, the subnet ' +
      'of the data cannot use them; the policy of the S3 endpoint is the open one; the flow log of production fails and ' +
      'that of development records accepted traffic only.',
    world: all.toWorld(),
    expectedFindings: [
      ...findings(devId, place, 'security-group-open-to-internet', jumpGroup),
      ...findings(devId, place, 'network-acl-admin-ports-open-to-internet', dev.defaultNetworkAcl),
      ...findings(prodId, place, 'network-acl-admin-ports-open-to-internet', prod.defaultNetworkAcl),
      ...findings(devId, place, 'flow-log-partial', partial),
      ...findings(prodId, place, 'flow-log-failing', failing),
      ...findings(devId, place, 'flow-log-fields-missing', partial),
      ...findings(prodId, place, 'flow-log-fields-missing', failing),
      ...findings(devId, place, 'metric-alarm-missing-for-network-changes', { id: place }),
      ...findings(prodId, place, 'metric-alarm-missing-for-network-changes', { id: place }),
      ...findings(devId, place, 'vpc-dns-queries-not-logged', dev),
      ...findings(prodId, place, 'vpc-dns-queries-not-logged', prod),
      ...findings(devId, place, 'vpc-peering-joins-public-and-private', peering),
      ...findings(prodId, place, 'vpc-endpoint-clients-not-admitted', ...endpoints),
      ...findings(prodId, place, 'vpc-endpoint-policy-open', storage),
      ...findings(prodId, place, 'vpc-endpoint-gateway-missing', prodTable),
      ...findings(devId, place, 'instance-public-ip', jump),
      ...findings(devId, place, 'security-group-egress-unrestricted', jumpGroup),
      ...findings(prodId, place, 'security-group-egress-unrestricted', appGroup, databaseGroup, toolGroup),
      ...findings(prodId, place, 'security-group-range-of-one-group', databaseGroup),
      ...findings(devId, place, 'vpc-all-subnets-public', dev),
      ...findings(devId, place, 'vpc-block-public-access-off', { id: place }),
      ...findings(prodId, place, 'vpc-endpoint-zones-missing', ...endpoints),
      ...findings(devId, place, 'vpc-peering-dns-resolution-off', peering),
      ...findings(prodId, place, 'vpc-peering-dns-resolution-off', peering),
      ...findings(devId, place, 'vpc-peering-routes-too-wide', devTable),
      ...findings(prodId, place, 'vpc-peering-routes-too-wide', prodTable),
    ],
    expectedTraces: [
      {
        from: 'internet',
        to: jump.id,
        protocol: 'tcp',
        port: 22,
        verdict: 'reachable',
        decidedBy: ['acl 100 ingress', 'sg tcp 22 0.0.0.0/0', 'acl 100 egress'],
        because: 'public address and open group',
      },
      {
        from: jump.id,
        to: server.id,
        protocol: 'tcp',
        port: 22,
        verdict: 'reachable',
        decidedBy: ['sg tcp 22 10.10.0.0/16'],
        because: 'both tables route the whole peer and the group admits all of development',
      },
      {
        from: server.id,
        to: database.id,
        protocol: 'tcp',
        port: 3306,
        verdict: 'reachable',
        decidedBy: ['10.20.0.0/16 local', 'sg tcp 3306 10.20.10.0/24'],
        because: 'the group of the database admits the subnet of the application',
      },
      {
        from: jump.id,
        to: database.id,
        protocol: 'tcp',
        port: 3306,
        verdict: 'not-reachable',
        explanationCode: 'ENI_SG_RULES_MISMATCH',
        componentId: databaseGroup.id,
        because: 'the group of the database admits the subnet of the application only',
      },
      {
        from: worker.id,
        to: endpoints[0]?.networkInterfaces[0]?.id ?? '',
        protocol: 'tcp',
        port: 443,
        verdict: 'not-reachable',
        explanationCode: 'ENI_SG_RULES_MISMATCH',
        componentId: endpointGroup.id,
        because: 'the group of the endpoints leaves out the subnet of the data',
      },
      {
        from: 'internet',
        to: server.id,
        protocol: 'tcp',
        port: 22,
        verdict: 'not-reachable',
        explanationCode: 'BAD_STATE_ATTACHMENT',
        because: 'production has no internet gateway, and a peering connection carries nothing of the internet on',
      },
    ],
    exceptions: {},
  };
}
