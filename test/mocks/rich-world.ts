import { allow, deny, estate, icmp, tcp, udp, type RegionBuilder } from '../../mocks/builders.ts';
import type { World } from '../../mocks/world.ts';

/** Something of every kind that a builder makes, so that every operation has something to answer. */
export function buildRichRegion(net: RegionBuilder, other: RegionBuilder): void {
  net.defaultVpc();
  const vpc = net.vpc({
    name: 'prod',
    ipv6: true,
    secondaryCidrs: ['10.1.0.0/16'],
    tags: { Team: 'nétwork <&"> 日本' },
  });
  const web = vpc.securityGroup('web', {
    ingress: [tcp(443, '0.0.0.0/0', '::/0'), icmp({ type: 8, code: -1 }, '10.0.0.0/8')],
  });
  const app = vpc.securityGroup('app', { ingress: [tcp([8000, 8100], web), udp(53, net.awsPrefixListId('s3'))] });
  const a = vpc.publicSubnet({ az: 'a', ipv6: true, mapPublicIp: true, name: 'public-a' });
  const b = vpc.publicSubnet({ az: 'b' });
  const privateTable = vpc.routeTable({ name: 'private', routes: [['0.0.0.0/0', a.natGateway()]] });
  const c = vpc.subnet({ az: 'c', routeTable: privateTable });
  vpc.networkAcl({
    ingress: [allow(100, tcp(443, '0.0.0.0/0')), deny(90, icmp({ type: 8, code: 0 }, '::/0'))],
    subnets: [c],
  });
  vpc.egressOnlyInternetGateway();
  vpc.carrierGateway();
  vpc.regionalNatGateway();
  const instance = c.instance({ name: 'app', securityGroups: [app] });
  c.networkInterface({ operator: { principal: 'eks.amazonaws.com', hiddenByDefault: true } });
  a.instance({ securityGroups: [web] });
  net.address({ name: 'spare' });
  const offices = net.prefixList('offices', [
    '198.51.100.0/28',
    { cidr: '203.0.113.0/28', description: 'guest network' },
  ]);
  vpc.gatewayEndpoint('s3', { routeTables: [privateTable] });
  vpc.interfaceEndpoint('ssm', { subnets: [c], securityGroups: [app] });
  vpc.flowLog({ destinationType: 's3' });
  c.flowLog({ deliverLogsStatus: 'FAILED' });
  c.instanceConnectEndpoint();
  vpc.clientVpn({ clientCidr: '172.16.0.0/22', subnets: [c], authorize: [{ cidr: '10.0.0.0/16' }] });
  const peer = other.vpc({ cidr: '10.50.0.0/16', name: 'peer' });
  const far = peer.securityGroup('far');
  vpc.peerWith(peer);
  vpc.securityGroup('across', { ingress: [tcp(22, far)] });
  vpc.associateSecurityGroup(far);
  const former = net.vpc({ cidr: '10.60.0.0/16', name: 'former' });
  former.securityGroup('stale', { ingress: [tcp(22, peer.securityGroup('gone'))] });
  former.peerWith(peer).delete();
  const gateway = net.transitGateway({ name: 'hub', sharedWith: [other] });
  const attachment = gateway.attachVpc(vpc, { subnets: [c] });
  gateway.peer(other.transitGateway());
  gateway.routeTable({ name: 'core' }).blackhole('198.51.100.0/24').prefixList(offices, attachment);
  net.policyTable(gateway, {
    attachments: [gateway.attachVpc(former, { subnets: [former.subnet()] })],
    rules: [{ destination: '10.0.0.0/8', routeTable: gateway.defaultRouteTable }],
  });
  const customerGateway = net.customerGateway();
  const vpnGateway = vpc.vpnGateway();
  net.vpnConnection({ customerGateway, vpnGateway, staticRoutes: ['192.168.0.0/16'] });
  net.vpnConnection({ customerGateway, transitGateway: gateway, learned: ['192.168.128.0/17'] });
  privateTable.propagate(vpnGateway);
  net.blockPublicAccess('block-ingress');
  net.blockPublicAccessExclusion(vpc, 'allow-bidirectional');
  net.encryptionControl(vpc, { exclusions: ['InternetGateway'] });
  const targets = vpc.targetGroup('app', { port: 8000, targets: [instance] });
  vpc.loadBalancer('web', {
    subnets: [a, b],
    securityGroups: [web],
    listeners: [
      { port: 443, targets, rules: [{ path: '/api/*', targets }] },
      { port: 80, redirect: true },
    ],
  });
  const tcpTargets = vpc.targetGroup('tcp', { protocol: 'TCP', port: 8000, targets: [instance.privateIp] });
  const network = vpc.loadBalancer('net', {
    type: 'network',
    scheme: 'internal',
    subnets: [c],
    listeners: [{ port: 8000, targets: tcpTargets }],
  });
  net.endpointService({ loadBalancers: [network], allowedPrincipals: ['*'], acceptanceRequired: false });
  const stateless = net.ruleGroup({ name: 'block', type: 'STATELESS', rules: 1 });
  const policy = net.firewallPolicy({ name: 'egress', ruleGroups: [stateless, net.ruleGroup({ name: 'domains' })] });
  net.firewall(vpc, { name: 'inspection', policy, subnets: [b, c], logs: ['ALERT', 'FLOW'] });
  const line = net.directConnect({ name: 'line' });
  net.virtualInterface({ name: 'office', connection: line, virtualGateway: vpnGateway });
  net.launchTemplate({ name: 'web', publicIp: true, securityGroups: [web] });
  net.queryLogging(vpc);
  net.changeAlarms();
  vpc.classicLoadBalancer('old', {
    subnets: [a],
    listeners: [{ port: 80, instancePort: 8080, protocol: 'HTTP' }],
    instances: [instance],
  });
}

/** Two accounts with something of every kind, in an organisation. */
export function richWorld(): World {
  const all = estate();
  const role = { roleName: 'auditor', trusts: ['111122223333'], externalId: 'example' };
  const net = all.account('111122223333', { name: 'management' }).region('eu-west-1');
  const other = all.account('444455556666', { name: 'member', roles: [role] }).region('eu-west-1');
  buildRichRegion(net, other);
  return all.toWorld();
}
