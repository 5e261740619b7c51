/**
 * Words that tell nothing of whose network it is: AWS's own, and those by which networks everywhere name their parts.
 * What a name says of a subnet's tier stays readable, and with it the checks that go by such names.
 */
const plain = `
  a b c d e f active admin alb all amazon amazonaws amazonprovideddns analytics and any api app application apps arn
  attach aurora auth autoscaling aws az backend backup bastion batch bucket build cache cidr client cloud cluster com
  compute connect connection container core customer data database db default delete demo deny dev development dhcp
  directory dmz dns docker domain dynamodb east ec2 ecs edge efs egress eks elastic elasticache elasticloadbalancing elb
  elbv2 endpoint endpoints eni env environment external file firewall flow for frontend gateway gateways gov green group
  groups gwlb host hosts http https hub iam igw in inbound infra infrastructure ingress inspection instance instances
  interface internal internet intra ip ipv4 ipv6 isolated jump kafka key kms kubernetes lambda launch lb load loadbalancer
  balancer local log logging logs main management master mgmt monitoring mysql nacl name nat net network networkinterface
  nfs nlb node nodes none north ops oracle out outbound peer peering pending postgres prefix primary private prod
  production proxy public qa queue rds rdsnetworkinterface redis redshift region replica role root route router rule
  running s3 sandbox secondary secret security serverless service services sg sgr shared shutting site sns south
  sqs ssh ssm ssmmessages ec2messages stack stage staging standard stopped stopping storage sts subnet subnets svc system
  targetgroup task temp terminated test tgw the tier to tools traffic transit true false user vgw vpc vpce vpcs vpn web west
  worker workload workloads www zone kubernetes io owned snet natgw igws azs listener list lists targets enablednssupport enablednshostnames
  enablenetworkaddressusagemetrics natgateway
`;

const known: ReadonlySet<string> = new Set(plain.split(/\s+/).filter((word) => word !== ''));

/** Does this word say nothing of whose network it is? Case does not matter, nor does a small number behind it. */
export function isPlainWord(word: string): boolean {
  return known.has(word.toLowerCase()) || known.has(word.toLowerCase().replace(/\d{1,3}$/, ''));
}

/** Members whose values AWS alone chooses: states, kinds, places and times. */
const verbatimMember =
  /(?:State|Status|Type|Types|Mode|Support|Protocol|ProtocolVersion|Scheme|Tenancy|AvailabilityZone|AvailabilityZones|AvailabilityZoneId|ZoneId|ZoneIds|ZoneName|Region|RegionName|AwsRegion|NetworkBorderGroup|RuleAction|Action|Origin|Code|Category|LogFormat|FileFormat|SslPolicy|Time|Timestamp|Family|Lifecycle|Domain|Architecture|HttpTokens|HttpEndpoint|OptInStatus|AttributeName|Association|Propagation|Attachments|Ipv6Pool|PublicIpv4Pool|HealthCheckPort|HttpCode|Priority|StartupAction|ExclusionsAllowed|ManagedBy|Effect|Version|ImageId|Multicast|IpVersion|Direction|Endpoint)$/;

const verbatimMembers: ReadonlySet<string> = new Set([
  'schemaVersion',
  'createdAt',
  'status',
  'service',
  'operation',
  'iamAction',
  'failure',
  'errorCode',
  'regions',
  'region',
  'name',
  'version',
  'Source',
  'Action',
  'NotAction',
  'Target',
  'Attribute',
]);

/** Is the value of this member a word of AWS's own? */
export const isVerbatim = (member: string): boolean => verbatimMembers.has(member) || verbatimMember.test(member);
