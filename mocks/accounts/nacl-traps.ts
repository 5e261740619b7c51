import { allow, allTraffic, deny, icmp, region, tcp } from '../builders.ts';
import { findings, type SampleAccount } from './sample-account.ts';

const accountId = '111122223333';
const place = 'eu-central-1';

/** Network ACLs that look as if they did something. */
export function naclTraps(): SampleAccount {
  const net = region(accountId, place);
  const vpc = net.vpc({ name: 'traps', cidr: '10.0.0.0/16', ipv6: true });
  vpc.defaultSecurityGroup.clear();
  const partial = vpc.flowLog({ name: 'rejected-only', trafficType: 'REJECT' });
  const world = ['0.0.0.0/0'];

  // The public tier of a well-known module: ephemeral ports out from 32768 only, and none at all for IPv6
  const edge = vpc.networkAcl({
    name: 'public',
    ingress: [
      allow(100, tcp(80, '0.0.0.0/0')),
      allow(110, tcp(443, '0.0.0.0/0')),
      allow(120, tcp(22, '0.0.0.0/0')),
      allow(130, tcp(3389, '0.0.0.0/0')),
      allow(140, tcp([1024, 65_535], '0.0.0.0/0')),
      allow(150, tcp(80, '::/0')),
    ],
    egress: [
      allow(100, tcp(80, '0.0.0.0/0')),
      allow(110, tcp(443, '0.0.0.0/0')),
      allow(120, tcp([32_768, 65_535], '0.0.0.0/0')),
      allow(130, tcp(22, vpc.cidr)),
      allow(140, icmp({ type: -1, code: -1 }, '0.0.0.0/0')),
      allow(150, tcp(80, '::/0')),
    ],
  });
  const web = vpc.securityGroup('web', { ingress: [tcp(80, ...world, '::/0'), tcp(443, ...world)] });
  const publicSubnet = vpc.publicSubnet({
    name: 'public-a',
    az: 'a',
    cidr: '10.0.0.0/20',
    ipv6: true,
    networkAcl: edge,
  });
  const server = publicSubnet.instance({ name: 'web', securityGroups: [web], publicIp: true, ipv6: true });
  const nat = publicSubnet.natGateway({ name: 'nat-a' });
  const table = vpc.routeTable({ name: 'private', routes: [['0.0.0.0/0', nat]] });

  // A tier with an ACL of its own that lets everything pass: it looks segmented and is not
  const everything = [allow(100, allTraffic('0.0.0.0/0'))];
  const open = vpc.networkAcl({ name: 'private-b', ingress: everything, egress: everything });
  const privateA = vpc.subnet({ name: 'private-a', az: 'a', cidr: '10.0.32.0/19', routeTable: table });
  const privateB = vpc.subnet({
    name: 'private-b',
    az: 'b',
    cidr: '10.0.64.0/21',
    routeTable: table,
    networkAcl: open,
  });
  const app = vpc.securityGroup('app', { ingress: [tcp(8080, web)] });
  const first = privateA.instance({ name: 'app-a', securityGroups: [app] });
  const second = privateB.instance({ name: 'app-b', securityGroups: [app] });

  // A deny that comes after the rule that allows what it denies
  const late = vpc.networkAcl({
    name: 'denies-too-late',
    ingress: [
      allow(100, allTraffic('0.0.0.0/0')),
      deny(200, tcp(22, '203.0.113.0/24')),
      deny(210, tcp(3389, '0.0.0.0/0')),
    ],
    egress: everything,
  });
  const shut = vpc.subnet({
    name: 'denies-too-late',
    az: 'c',
    cidr: '10.0.96.0/24',
    routeTable: table,
    networkAcl: late,
  });
  shut.instance({ name: 'batch', securityGroups: [app] });
  vpc.gatewayEndpoint('s3', { name: 's3', routeTables: [table], policy: readOnly });

  return {
    name: 'nacl-traps',
    description:
      'One dual-stack VPC whose network ACLs deceive. The public one admits SSH and RDP from the world and lets replies out ' +
      'from port 32768 on only, and none at all over IPv6, so that clients with lower source ports wait for ever. A ' +
      'private tier has an ACL of its own that lets everything pass. A third has deny rules behind the rule that allows ' +
      'everything. The flow log records rejected traffic only.',
    world: net.toWorld(),
    expectedFindings: [
      ...findings(accountId, place, 'subnet-single-layer-of-defence', publicSubnet),
      ...findings(
        accountId,
        place,
        'network-acl-admin-ports-open-to-internet',
        edge,
        open,
        late,
        vpc.defaultNetworkAcl,
      ),
      ...findings(accountId, place, 'network-acl-deny-never-matches', late),
      ...findings(accountId, place, 'network-acl-return-traffic-blocked', edge),
      ...findings(accountId, place, 'security-group-open-to-internet', web),
      ...findings(accountId, place, 'flow-log-partial', partial),
      ...findings(accountId, place, 'flow-log-fields-missing', partial),
      ...findings(accountId, place, 'metric-alarm-missing-for-network-changes', { id: place }),
      ...findings(accountId, place, 'vpc-dns-queries-not-logged', vpc),
      ...findings(accountId, place, 'vpc-endpoint-gateway-missing', table),
      ...findings(accountId, place, 'instance-public-ip', server),
      ...findings(accountId, place, 'nat-gateway-single-zone', vpc),
      ...findings(accountId, place, 'network-acl-allows-everything', open, late),
      ...findings(accountId, place, 'security-group-egress-unrestricted', web, app),
      ...findings(accountId, place, 'vpc-block-public-access-off', { id: place }),
      ...findings(accountId, place, 'vpc-endpoint-interface-missing', vpc),
    ],
    expectedTraces: [
      {
        from: 'internet',
        to: server.id,
        protocol: 'tcp',
        port: 443,
        verdict: 'reachable',
        decidedBy: ['acl 110 ingress', 'sg tcp 443 0.0.0.0/0', 'acl 120 egress'],
        because: 'for clients whose source port is 32768 or above',
      },
      {
        from: server.id,
        to: first.id,
        protocol: 'tcp',
        port: 8080,
        verdict: 'not-reachable',
        decidedBy: ['acl 32767 egress'],
        explanationCode: 'SUBNET_ACL_RESTRICTION',
        componentId: edge.id,
        because: 'the ACL of the public subnet lets 80, 443 and high ports out, not 8080',
      },
      {
        from: first.id,
        to: second.id,
        protocol: 'tcp',
        port: 8080,
        verdict: 'not-reachable',
        explanationCode: 'ENI_SG_RULES_MISMATCH',
        componentId: app.id,
        because: 'the group admits the web servers only; the ACLs would let everything pass',
      },
    ],
    exceptions: {},
  };
}

const readOnly = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'ReadOwnBuckets',
      Effect: 'Allow',
      Principal: '*',
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: ['arn:aws:s3:::traps-data', 'arn:aws:s3:::traps-data/*'],
    },
  ],
};
