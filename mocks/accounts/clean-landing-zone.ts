import { region, tcp } from '../builders.ts';
import { tellingLogFormat } from '../builders/flow-log.ts';
import { ownAccountPolicy } from './policies.ts';
import { findings, type SampleAccount } from './sample-account.ts';

const accountId = '111122223333';
const place = 'eu-west-1';

/**
 * A workload account as a careful platform team sets it up. Nothing in it is worse than `low`.
 */
export function cleanLandingZone(): SampleAccount {
  const net = region(accountId, place);
  const vpc = net.vpc({ name: 'workload', cidr: '10.0.0.0/16', enableDnsHostnames: true });
  vpc.defaultSecurityGroup.clear();
  vpc.flowLog({ name: 'workload-all', destinationType: 's3', maxAggregationInterval: 60, logFormat: tellingLogFormat });
  net.queryLogging(vpc);
  net.changeAlarms();

  const balancerGroup = vpc.securityGroup('web-balancer', { ingress: [tcp(443, '0.0.0.0/0')], egress: [] });
  const appGroup = vpc.securityGroup('app', { ingress: [tcp(8443, balancerGroup)], egress: [] });
  const databaseGroup = vpc.securityGroup('database', { ingress: [tcp(5432, appGroup)], egress: [] });
  const endpointGroup = vpc.securityGroup('endpoints', { ingress: [tcp(443, vpc.cidr)], egress: [] });
  balancerGroup.egress(tcp(8443, appGroup));
  appGroup.egress(tcp(5432, databaseGroup), tcp(443, '0.0.0.0/0'));

  const zones = (['a', 'b'] as const).map((az, index) => {
    const edge = vpc.publicSubnet({ name: `public-${az}`, az, cidr: `10.0.${index}.0/24` });
    const table = vpc.routeTable({
      name: `private-${az}`,
      routes: [['0.0.0.0/0', edge.natGateway({ name: `nat-${az}` })]],
    });
    const app = vpc.subnet({ name: `app-${az}`, az, cidr: `10.0.${16 + index}.0/24`, routeTable: table });
    const isolated = vpc.routeTable({ name: `data-${az}` });
    const data = vpc.subnet({ name: `data-${az}`, az, cidr: `10.0.${32 + index}.0/24`, routeTable: isolated });
    const instance = app.instance({ name: `app-${az}`, securityGroups: [appGroup] });
    const database = data.interfaceOf('rds', { name: `database-${az}`, securityGroups: [databaseGroup] });
    return { edge, table, app, instance, database };
  });
  const appSubnets = zones.map(({ app }) => app);
  const policy = ownAccountPolicy(accountId);
  for (const service of ['s3', 'dynamodb'] as const) {
    vpc.gatewayEndpoint(service, { name: service, routeTables: zones.map(({ table }) => table), policy });
  }
  for (const service of ['ssm', 'ssmmessages', 'ec2messages', 'logs', 'sts']) {
    vpc.interfaceEndpoint(service, { name: service, subnets: appSubnets, securityGroups: [endpointGroup], policy });
  }
  const targets = vpc.targetGroup('app', {
    protocol: 'HTTPS',
    port: 8443,
    targets: zones.map(({ instance }) => instance),
  });
  vpc.loadBalancer('web', {
    subnets: zones.map(({ edge }) => edge),
    securityGroups: [balancerGroup],
    listeners: [{ port: 443, targets }],
  });
  const [first] = zones;
  if (first === undefined) throw new Error('the sample has two zones');

  return {
    name: 'clean-landing-zone',
    description:
      'One VPC over two zones: public subnets with a load balancer on 443 and a NAT gateway each, private subnets for ' +
      'the application with gateway and interface endpoints whose policies admit this account alone, isolated subnets ' +
      'for the database. Security groups name each other, the default group is empty, a flow log records all traffic, DNS queries are logged and changes raise alarms, ' +
      'the default VPC is gone. An audit finds nothing above low: the load balancer is meant for everybody, and the ' +
      'default network ACL is as open as AWS made it; Block Public Access is off.',
    world: net.toWorld(),
    expectedFindings: [
      ...findings(accountId, place, 'security-group-open-to-internet', balancerGroup),
      ...findings(accountId, place, 'network-acl-admin-ports-open-to-internet', vpc.defaultNetworkAcl),
      ...findings(accountId, place, 'vpc-block-public-access-off', { id: place }),
    ],
    expectedTraces: [
      {
        from: 'internet',
        to: first.instance.networkInterface.id,
        protocol: 'tcp',
        port: 8443,
        verdict: 'not-reachable',
        explanationCode: 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
        because: 'the instance has no public address; the internet reaches it through the load balancer only',
      },
      {
        from: first.instance.id,
        to: first.database.id,
        protocol: 'tcp',
        port: 5432,
        verdict: 'reachable',
        decidedBy: [`sg tcp 5432 ${databaseGroup.id}`, '10.0.0.0/16 local', `sg tcp 5432 ${appGroup.id}`],
        because: 'the groups name each other and both subnets lie in the VPC',
      },
      {
        from: first.database.id,
        to: 'internet',
        protocol: 'tcp',
        port: 443,
        verdict: 'not-reachable',
        explanationCode: 'SG_HAS_NO_RULES',
        componentId: databaseGroup.id,
        because: 'the group of the database lets nothing out and its table has the local route only',
      },
    ],
    exceptions: {},
  };
}
