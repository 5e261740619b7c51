import { allow, allTraffic, region, tcp } from '../builders.ts';
import { findings, type SampleAccount } from './sample-account.ts';

const accountId = '123456789012';
const place = 'ap-southeast-2';

/** What each of the hostile strings is. */
export type HostileKind =
  | 'script'
  | 'image'
  | 'svg'
  | 'closing'
  | 'template'
  | 'formula'
  | 'command'
  | 'at'
  | 'minus'
  | 'plus'
  | 'tab'
  | 'markdown'
  | 'terminal'
  | 'newline'
  | 'rightToLeft'
  | 'isolates'
  | 'zeroWidth'
  | 'combining'
  | 'long'
  | 'separators'
  | 'quotes'
  | 'entity'
  | 'path'
  | 'emoji'
  | 'nothing';

/** Strings that a user of AWS can set and that must come out of a report as text and nothing else. */
export const hostileStrings: Readonly<Record<HostileKind, string>> = {
  script: '<script>alert("x")</script>',
  image: '"><img src=x onerror=alert(1)>',
  svg: "<svg/onload=alert('x')>",
  closing: '</style></title></textarea></script><script>alert(2)</script>',
  template: '{{constructor.constructor("return 1")()}}',
  formula: '=HYPERLINK("http://example.com/"&A1,"open")',
  command: "=cmd|' /C calc'!A0",
  at: '@SUM(1+1)*cmd',
  minus: '-2+3+cmd',
  plus: '+1+1',
  tab: '\t=1+1',
  markdown: '[click](javascript:alert(1)) **bold** | cell |',
  terminal: '\u009b31mred\u009b0m',
  newline: 'first line\r\nsecond line',
  rightToLeft: 'safe\u202Egnp.exe',
  isolates: '\u2066\u2067hidden\u2069\u2069',
  zeroWidth: 'ad\u200Bmin\u200D\uFEFF',
  combining: 'Z\u0351\u036B\u0343\u036A\u0302\u036B',
  long: `${'name-'.repeat(50)}12345`,
  separators: 'one\u2028two\u2029three',
  quotes: `'"\`\\`,
  entity: '&lt;b&gt; &amp;#x3c;script&amp;#x3e;',
  path: '../../etc/passwd',
  emoji: '👩‍👩‍👧‍👦 🏴‍☠️',
  nothing: ' ',
};

/** Every string that a user can set is hostile; members are missing, and values are ones that nobody has heard of. */
export function hostile(): SampleAccount {
  const net = region(accountId, place);
  const texts = Object.values(hostileStrings);
  const { script, formula, rightToLeft, image, newline, terminal } = hostileStrings;
  const vpc = net.vpc({ name: script, tags: { [image]: formula, [formula]: rightToLeft } });
  const subnet = vpc.publicSubnet({ name: rightToLeft, mapPublicIp: true, tags: { Team: newline } });
  const groups = texts.map((text, index) =>
    vpc.securityGroup(text, {
      name: `group-${index}`,
      description: text,
      ingress: [tcp(22, { peer: '0.0.0.0/0', description: text })],
      raw: { Tags: [{ Key: text.slice(0, 128), Value: text }] },
    }),
  );
  groups.forEach((group, index) => {
    subnet.networkInterface({
      name: `interface-${index}`,
      securityGroups: [group],
      description: texts[index] ?? '',
      status: 'in-use',
      raw: { TagSet: [{ Key: 'Name', Value: texts[index] ?? '' }] },
    });
  });
  const acl = vpc.networkAcl({
    name: terminal,
    ingress: [allow(100, tcp(22, '0.0.0.0/0'))],
    egress: [allow(100, allTraffic('0.0.0.0/0'))],
    subnets: [vpc.subnet({ name: image })],
  });
  const log = vpc.flowLog({
    name: script,
    deliverLogsStatus: 'FAILED',
    errorMessage: image,
    raw: { LogGroupName: formula },
  });
  net.prefixList(script, [{ cidr: '198.51.100.0/28', description: formula }]);
  vpc.loadBalancer('b', {
    name: script,
    subnets: [subnet],
    securityGroups: groups.slice(0, 1),
    raw: { State: { Code: 'pondering' } },
  });
  const endpoint = vpc.interfaceEndpoint('com.amazonaws.vpce.ap-southeast-2.vpce-svc-0123456789abcdef0', {
    name: formula,
    subnets: [subnet],
    securityGroups: groups.slice(0, 1),
    policy:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"<script>"}]}',
  });
  // Words that AWS may bring tomorrow
  vpc.item['State'] = 'levitating';
  endpoint.item['VpcEndpointType'] = 'Wormhole';
  subnet.interfaceOf('lambda', { interfaceType: 'quantum_entangled', securityGroups: groups.slice(0, 1) });
  vpc.mainRouteTable.route('203.0.113.0/24', 'wormhole-0123456789abcdef0');
  net.customerGateway({ name: script, raw: { DeviceName: image, State: 'dreaming' } });
  // Members that AWS leaves out now and then
  const bare = net.vpc({
    name: 'bare',
    cidr: '10.9.0.0/16',
    raw: { Tags: undefined, IsDefault: undefined, OwnerId: undefined },
  });
  const bareSubnet = bare.subnet({
    raw: { Tags: undefined, MapPublicIpOnLaunch: undefined, AvailabilityZoneId: undefined, SubnetArn: undefined },
  });
  const unattached = bareSubnet.networkInterface({
    raw: { Description: undefined, InterfaceType: undefined, TagSet: undefined, RequesterManaged: undefined },
  });
  const nondescript = bare.securityGroup('no-description', {
    raw: { Description: undefined, Tags: undefined, OwnerId: undefined },
  });

  return {
    name: 'hostile',
    description:
      'One VPC in which every name, tag, description and error message that a user can set is markup, a spreadsheet formula, ' +
      'a terminal sequence, right-to-left text or 255 characters long; states, types and a route target that AWS has not ' +
      'invented; and a second VPC whose items lack every member that AWS may leave out.',
    world: net.toWorld(),
    expectedFindings: [
      ...findings(accountId, place, 'subnet-single-layer-of-defence', subnet),
      ...findings(accountId, place, 'security-group-open-to-internet', ...groups),
      ...findings(
        accountId,
        place,
        'network-acl-admin-ports-open-to-internet',
        acl,
        vpc.defaultNetworkAcl,
        bare.defaultNetworkAcl,
      ),
      ...findings(
        accountId,
        place,
        'security-group-default-in-use',
        vpc.defaultSecurityGroup,
        bare.defaultSecurityGroup,
      ),
      ...findings(accountId, place, 'security-group-unused', nondescript),
      ...findings(accountId, place, 'subnet-public-ip-on-launch', subnet),
      ...findings(accountId, place, 'flow-log-failing', log),
      ...findings(accountId, place, 'flow-log-fields-missing', log),
      ...findings(accountId, place, 'metric-alarm-missing-for-network-changes', { id: place }),
      ...findings(accountId, place, 'vpc-dns-queries-not-logged', vpc),
      ...findings(accountId, place, 'network-acl-egress-unrestricted', acl),
      ...findings(accountId, place, 'flow-log-missing', bare),
      ...findings(accountId, place, 'network-interface-unattached', unattached),
      ...findings(accountId, place, 'security-group-egress-unrestricted', ...groups, nondescript),
      ...findings(accountId, place, 'vpc-all-subnets-public', vpc),
      ...findings(accountId, place, 'vpc-block-public-access-off', { id: place }),
      ...findings(accountId, place, 'vpc-single-zone', vpc),
    ],
    expectedTraces: [],
    exceptions: { unknownValues: true },
  };
}
