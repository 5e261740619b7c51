import { region, tcp, udp } from '../builders.ts';
import { tellingLogFormat } from '../builders/flow-log.ts';
import { ownAccountPolicy } from './policies.ts';
import { findings, type SampleAccount } from './sample-account.ts';

const accountId = '444455556666';
const place = 'us-west-2';

/** A private Kubernetes cluster: groups that name each other, and interfaces that a plain Describe call hides. */
export function eksPrivate(): SampleAccount {
  const net = region(accountId, place);
  const vpc = net.vpc({
    name: 'cluster',
    cidr: '192.168.0.0/16',
    secondaryCidrs: ['100.64.0.0/16'],
    enableDnsHostnames: true,
  });
  vpc.defaultSecurityGroup.clear();
  vpc.flowLog({ name: 'cluster-all', destinationType: 's3', maxAggregationInterval: 60, logFormat: tellingLogFormat });
  net.queryLogging(vpc);
  net.changeAlarms();
  const table = vpc.routeTable({ name: 'private' });
  const [a, b] = [
    vpc.subnet({ name: 'nodes-a', az: 'a', cidr: '192.168.0.0/19', routeTable: table }),
    vpc.subnet({ name: 'nodes-b', az: 'b', cidr: '192.168.32.0/19', routeTable: table }),
  ];
  const pods = vpc.subnet({ name: 'pods-a', az: 'a', cidr: '100.64.0.0/18', routeTable: table });

  const control = vpc.securityGroup('control-plane', { description: 'EKS control plane', egress: [] });
  const nodes = vpc.securityGroup('nodes', { description: 'EKS nodes', egress: [] });
  const podGroup = vpc.securityGroup('pods', { ingress: [tcp(8080, nodes)], egress: [tcp(443, vpc.cidr)] });
  control.ingress(tcp(443, nodes)).egress(tcp([1025, 65_535], nodes), tcp(443, nodes));
  nodes
    .ingress(tcp([1025, 65_535], control, nodes), tcp(443, control), udp(53, nodes), tcp(53, nodes))
    .egress(
      tcp(443, control, vpc.cidr),
      tcp([1025, 65_535], nodes),
      udp(53, nodes),
      tcp(53, nodes),
      tcp(8080, podGroup),
    );
  const endpointGroup = vpc.securityGroup('endpoints', { ingress: [tcp(443, a.cidr, b.cidr, pods.cidr)], egress: [] });
  const narrow = vpc.securityGroup('sts-endpoint', { ingress: [tcp(443, a.cidr)], egress: [] });

  const hidden = { principal: 'eks.amazonaws.com', hiddenByDefault: true };
  const planes = [a, b].map((subnet, index) =>
    subnet.interfaceOf('eks', {
      name: `control-plane-${index}`,
      securityGroups: [control],
      description: 'Amazon EKS cluster',
    }),
  );
  const workers = [a, b].map((subnet, index) =>
    subnet.instance({ name: `node-${index}`, securityGroups: [nodes], operator: hidden }),
  );
  const pod = pods.interfaceOf('branch', { name: 'pod', securityGroups: [podGroup], operator: hidden });
  const policy = ownAccountPolicy(accountId);
  for (const service of ['ec2', 'ecr.api', 'ecr.dkr', 'logs']) {
    vpc.interfaceEndpoint(service, { name: service, subnets: [a, b], securityGroups: [endpointGroup], policy });
  }
  const sts = vpc.interfaceEndpoint('sts', { name: 'sts', subnets: [a, b], securityGroups: [narrow], policy });
  vpc.gatewayEndpoint('s3', { name: 's3', routeTables: [table], policy });
  vpc.gatewayEndpoint('dynamodb', { name: 'dynamodb', routeTables: [table], policy });
  const [plane] = planes;
  const [worker] = workers;
  if (plane === undefined || worker === undefined) throw new Error('the sample has two zones');

  return {
    name: 'eks-private',
    description:
      'A private Kubernetes cluster without any way to the internet: nodes in two zones, pods in a secondary block, control ' +
      'plane and nodes joined by groups that name each other, endpoints for the registries and the API. The nodes and the ' +
      'pod are managed resources, hidden from a plain Describe call. The endpoint of STS admits the subnet of one zone ' +
      'only, so that nodes in the other zone and pods cannot assume their roles.',
    world: net.toWorld(),
    expectedFindings: [
      ...findings(accountId, place, 'vpc-endpoint-clients-not-admitted', sts),
      ...findings(accountId, place, 'network-acl-admin-ports-open-to-internet', vpc.defaultNetworkAcl),
    ],
    expectedTraces: [
      {
        from: worker.id,
        to: plane.id,
        protocol: 'tcp',
        port: 443,
        verdict: 'reachable',
        decidedBy: ['sg tcp 443 192.168.0.0/16'],
        because: 'the groups of nodes and control plane name each other',
      },
      {
        from: plane.id,
        to: worker.id,
        protocol: 'tcp',
        port: 10_250,
        verdict: 'reachable',
        decidedBy: ['sg tcp 1025', 'sg tcp 1025'],
        because: 'the control plane reaches the nodes on 1025 to 65535',
      },
      {
        from: pod.id,
        to: sts.networkInterfaces[0]?.id ?? '',
        protocol: 'tcp',
        port: 443,
        verdict: 'not-reachable',
        explanationCode: 'ENI_SG_RULES_MISMATCH',
        componentId: narrow.id,
        because: 'the group of the STS endpoint admits one subnet only',
      },
      {
        from: worker.id,
        to: 'internet',
        protocol: 'tcp',
        port: 443,
        verdict: 'not-reachable',
        explanationCode: 'NO_ROUTE_TO_DESTINATION',
        componentId: table.id,
        because: 'the table has local and endpoint routes only',
      },
    ],
    exceptions: {},
  };
}
