import type { ExampleResources } from '../../src/auditors/check.ts';
import type { ResourceKey } from '../../src/model/resources.ts';

type Item = Readonly<Record<string, unknown>>;
type Options = ReadonlyMap<string, readonly string[]>;
type Change = (resources: ExampleResources, options: Options) => ExampleResources;

/** What the commands of a fix leave of a Region. Throws for a command that this account of EC2 does not know. */
export function applyFix(resources: ExampleResources, commands: readonly string[]): ExampleResources {
  return commands.reduce((before, line) => {
    const [aws, service, command = '', ...rest] = shellWords(line);
    const change = changes[command];
    if (aws !== 'aws' || serviceOf.get(command) !== service || change === undefined)
      throw new Error(`cannot apply: ${line}`);
    return change(before, optionsOf(rest));
  }, resources);
}

/** The words of a line as a POSIX shell takes them, as far as fixes are quoted. */
function shellWords(line: string): readonly string[] {
  const words = line.match(/(?:'[^']*'|\\'|[^\s'])+/g) ?? [];
  return words.map((word) =>
    word.replaceAll(/'([^']*)'|\\(')/g, (_, quoted: string | undefined, bare: string) => quoted ?? bare),
  );
}

function optionsOf(words: readonly string[]): Options {
  const options = new Map<string, string[]>();
  let values: string[] = [];
  for (const word of words) {
    const [, name, tied] = /^--([a-z0-9-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name !== undefined) options.set(name, (values = tied === undefined ? [] : [tied]));
    else values.push(word);
  }
  return options;
}

const one = (options: Options, name: string): string => {
  const value = options.get(name)?.[0];
  if (value === undefined) throw new Error(`--${name} is absent`);
  return value;
};
const json = (options: Options, name: string): unknown => JSON.parse(one(options, name));

const edit = (
  resources: ExampleResources,
  kind: ResourceKey,
  change: (items: readonly Item[]) => readonly Item[],
): ExampleResources => ({
  ...resources,
  [kind]: change(resources[kind] ?? []),
});

/** Takes the item away that an option names. */
const remove =
  (kind: ResourceKey, member: string, option: string): Change =>
  (resources, options) =>
    edit(resources, kind, (items) => {
      const ids = options.get(option) ?? [];
      const rest = items.filter((item) => !ids.includes(String(item[member])));
      if (rest.length === items.length) throw new Error(`${ids.join(', ')} is not there`);
      return rest;
    });

/** Changes the item that an option names. */
const modify =
  (kind: ResourceKey, member: string, option: string, change: (item: Item, options: Options) => Item): Change =>
  (resources, options) =>
    edit(resources, kind, (items) => {
      const id = one(options, option);
      if (!items.some((item) => item[member] === id)) throw new Error(`${id} is not there`);
      return items.map((item) => (item[member] === id ? change(item, options) : item));
    });

const list = (item: Item, member: string): readonly Item[] => (item[member] ?? []) as readonly Item[];

function destination(options: Options): Item {
  const members = {
    'destination-cidr-block': 'DestinationCidrBlock',
    'destination-ipv6-cidr-block': 'DestinationIpv6CidrBlock',
    'destination-prefix-list-id': 'DestinationPrefixListId',
  };
  return Object.fromEntries(
    Object.entries(members).flatMap(([option, member]) =>
      options.has(option) ? [[member, one(options, option)]] : [],
    ),
  );
}

const has = (item: Item, members: Item): boolean =>
  Object.entries(members).every(([member, value]) => item[member] === value);

function newEntry(options: Options): Item {
  const cidr = options.has('cidr-block')
    ? { CidrBlock: one(options, 'cidr-block') }
    : { Ipv6CidrBlock: one(options, 'ipv6-cidr-block') };
  const [, from, to] = /^From=(\d+),To=(\d+)$/.exec(options.get('port-range')?.[0] ?? '') ?? [];
  const [, type, code] = /^Type=(-?\d+),Code=(-?\d+)$/.exec(options.get('icmp-type-code')?.[0] ?? '') ?? [];
  return {
    RuleNumber: Number(one(options, 'rule-number')),
    RuleAction: one(options, 'rule-action'),
    Egress: options.has('egress'),
    Protocol: one(options, 'protocol'),
    ...cidr,
    ...(from === undefined ? {} : { PortRange: { From: Number(from), To: Number(to) } }),
    ...(type === undefined ? {} : { IcmpTypeCode: { Type: Number(type), Code: Number(code) } }),
  };
}

const peerLists = {
  IpRanges: 'CidrIp',
  Ipv6Ranges: 'CidrIpv6',
  PrefixListIds: 'PrefixListId',
  UserIdGroupPairs: 'GroupId',
};

/** Takes the peers of one permission out of the same permission of a group. */
function revoked(permissions: readonly Item[], gone: readonly Item[]): readonly Item[] {
  return permissions.flatMap((own) => {
    const same = gone.filter((other) =>
      ['IpProtocol', 'FromPort', 'ToPort'].every((member) => own[member] === other[member]),
    );
    const rest = Object.entries(peerLists).map(([name, key]) => {
      const taken = new Set(same.flatMap((other) => list(other, name).map((peer) => peer[key])));
      return [name, list(own, name).filter((peer) => !taken.has(peer[key]))] as const;
    });
    return rest.every(([, peers]) => peers.length === 0) ? [] : [{ ...own, ...Object.fromEntries(rest) }];
  });
}

const revoke = (member: 'IpPermissions' | 'IpPermissionsEgress'): Change =>
  modify('securityGroups', 'GroupId', 'group-id', (group, options) => ({
    ...group,
    [member]: revoked(list(group, member), json(options, 'ip-permissions') as readonly Item[]),
  }));

const member = (item: Item, name: string): Item => (item[name] ?? {}) as Item;

/** Switches a protection of a firewall on, which lies inside the one object that describes it. */
const protect = (name: string): Change =>
  modify('firewalls', 'FirewallArn', 'firewall-arn', (own) => ({
    ...own,
    Firewall: { ...member(own, 'Firewall'), [name]: true },
  }));

const otherServices: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  'network-firewall': {
    'update-firewall-delete-protection': protect('DeleteProtection'),
    'update-subnet-change-protection': protect('SubnetChangeProtection'),
  },
  logs: {
    'put-retention-policy': modify('logGroups', 'logGroupName', 'log-group-name', (group, options) => ({
      ...group,
      retentionInDays: Number(one(options, 'retention-in-days')),
    })),
  },
};

const ec2: Readonly<Record<string, Change>> = {
  'authorize-security-group-ingress': modify('securityGroups', 'GroupId', 'group-id', (group, options) => ({
    ...group,
    IpPermissions: [...list(group, 'IpPermissions'), ...(json(options, 'ip-permissions') as readonly Item[])],
  })),
  'revoke-security-group-ingress': revoke('IpPermissions'),
  'revoke-security-group-egress': revoke('IpPermissionsEgress'),
  'delete-security-group': remove('securityGroups', 'GroupId', 'group-id'),
  'create-network-acl-entry': modify('networkAcls', 'NetworkAclId', 'network-acl-id', (acl, options) => {
    const entry = newEntry(options);
    const taken = list(acl, 'Entries').some(
      (own) => own['RuleNumber'] === entry['RuleNumber'] && own['Egress'] === entry['Egress'],
    );
    if (taken) throw new Error(`rule ${String(entry['RuleNumber'])} is there already`);
    return { ...acl, Entries: [...list(acl, 'Entries'), entry] };
  }),
  'delete-network-acl-entry': modify('networkAcls', 'NetworkAclId', 'network-acl-id', (acl, options) => ({
    ...acl,
    Entries: list(acl, 'Entries').filter(
      (own) => !has(own, { RuleNumber: Number(one(options, 'rule-number')), Egress: options.has('egress') }),
    ),
  })),
  'delete-network-acl': remove('networkAcls', 'NetworkAclId', 'network-acl-id'),
  'delete-route': modify('routeTables', 'RouteTableId', 'route-table-id', (table, options) => ({
    ...table,
    Routes: list(table, 'Routes').filter((route) => !has(route, destination(options))),
  })),
  'create-flow-logs': (resources, options) =>
    edit(resources, 'flowLogs', (logs) => [
      ...logs,
      ...(options.get('resource-ids') ?? []).map((id) => ({
        FlowLogId: `fl-of-${id}`,
        ResourceId: id,
        FlowLogStatus: 'ACTIVE',
        DeliverLogsStatus: 'SUCCESS',
        TrafficType: one(options, 'traffic-type'),
        LogDestinationType: one(options, 'log-destination-type'),
        LogDestination: one(options, 'log-destination'),
        ...(options.has('log-format') ? { LogFormat: one(options, 'log-format') } : {}),
        ...(options.has('max-aggregation-interval')
          ? { MaxAggregationInterval: Number(one(options, 'max-aggregation-interval')) }
          : {}),
      })),
    ]),
  'delete-flow-logs': remove('flowLogs', 'FlowLogId', 'flow-log-ids'),
  'create-vpc-endpoint': (resources, options) =>
    edit(resources, 'vpcEndpoints', (endpoints) => [
      ...endpoints,
      {
        VpcEndpointId: `vpce-of-${one(options, 'service-name')}`,
        VpcEndpointType: one(options, 'vpc-endpoint-type'),
        VpcId: one(options, 'vpc-id'),
        ServiceName: one(options, 'service-name'),
        State: 'available',
        RouteTableIds: options.get('route-table-ids') ?? [],
      },
    ]),
  'modify-vpc-endpoint': modify('vpcEndpoints', 'VpcEndpointId', 'vpc-endpoint-id', (endpoint, options) => ({
    ...endpoint,
    ...(options.has('policy-document') ? { PolicyDocument: one(options, 'policy-document') } : {}),
    ...(options.has('private-dns-enabled') ? { PrivateDnsEnabled: true } : {}),
    RouteTableIds: [...list(endpoint, 'RouteTableIds'), ...(options.get('add-route-table-ids') ?? [])],
  })),
  'modify-vpc-endpoint-service-configuration': modify(
    'vpcEndpointServiceConfigurations',
    'ServiceId',
    'service-id',
    (service, options) => ({ ...service, AcceptanceRequired: options.has('acceptance-required') }),
  ),
  'modify-vpc-endpoint-service-permissions': remove(
    'vpcEndpointServicePermissions',
    'Principal',
    'remove-allowed-principals',
  ),
  'modify-subnet-attribute': modify('subnets', 'SubnetId', 'subnet-id', (subnet, options) => ({
    ...subnet,
    ...(options.has('no-map-public-ip-on-launch') ? { MapPublicIpOnLaunch: false } : {}),
    ...(options.has('no-assign-ipv6-address-on-creation') ? { AssignIpv6AddressOnCreation: false } : {}),
  })),
  'modify-network-interface-attribute': modify(
    'networkInterfaces',
    'NetworkInterfaceId',
    'network-interface-id',
    (own, options) => ({ ...own, SourceDestCheck: options.has('source-dest-check') }),
  ),
  'delete-network-interface': remove('networkInterfaces', 'NetworkInterfaceId', 'network-interface-id'),
  'delete-internet-gateway': remove('internetGateways', 'InternetGatewayId', 'internet-gateway-id'),
  'delete-nat-gateway': remove('natGateways', 'NatGatewayId', 'nat-gateway-id'),
  'delete-vpn-gateway': remove('vpnGateways', 'VpnGatewayId', 'vpn-gateway-id'),
  'delete-vpc-peering-connection': remove(
    'vpcPeeringConnections',
    'VpcPeeringConnectionId',
    'vpc-peering-connection-id',
  ),
  'modify-vpc-peering-connection-options': modify(
    'vpcPeeringConnections',
    'VpcPeeringConnectionId',
    'vpc-peering-connection-id',
    (own, options) => {
      const role = options.has('accepter-peering-connection-options') ? 'accepter' : 'requester';
      const name = role === 'accepter' ? 'AccepterVpcInfo' : 'RequesterVpcInfo';
      return {
        ...own,
        [name]: { ...member(own, name), PeeringOptions: json(options, `${role}-peering-connection-options`) },
      };
    },
  ),
  'modify-transit-gateway': modify('transitGateways', 'TransitGatewayId', 'transit-gateway-id', (gateway, options) => ({
    ...gateway,
    Options: { ...member(gateway, 'Options'), ...(json(options, 'options') as Item) },
  })),
  'modify-vpc-block-public-access-options': modify(
    'vpcBlockPublicAccessOptions',
    'AwsRegion',
    'region',
    (own, options) => ({ ...own, InternetGatewayBlockMode: one(options, 'internet-gateway-block-mode') }),
  ),
  'release-address': remove('addresses', 'AllocationId', 'allocation-id'),
  'revoke-client-vpn-ingress': (resources, options) =>
    edit(resources, 'clientVpnAuthorizationRules', (rules) =>
      rules.filter(
        (rule) =>
          !has(rule, {
            ClientVpnEndpointId: one(options, 'client-vpn-endpoint-id'),
            DestinationCidr: one(options, 'target-network-cidr'),
          }),
      ),
    ),
};

const changes: Readonly<Record<string, Change>> = Object.assign({}, ec2, ...Object.values(otherServices));

const serviceOf: ReadonlyMap<string, string> = new Map(
  Object.entries({ ec2, ...otherServices }).flatMap(([service, commands]) =>
    Object.keys(commands).map((command): [string, string] => [command, service]),
  ),
);
