import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/network-acls/network-acl-return-traffic-blocked.ts';
import type { ExampleResources } from '../../../src/auditors/check.ts';
import { exampleRegion } from '../../../src/auditors/example-region.ts';
import {
  entry,
  type Item,
  networkAcl,
  networkInterface,
  permission,
  route,
  routeTable,
  securityGroup,
  subnet,
} from '../../../src/auditors/examples.ts';
import { denied, judge, judgeRegion } from '../judge.ts';

const publicAddress = {
  PrivateIpAddresses: [{ PrivateIpAddress: '10.0.1.10', Primary: true, Association: { PublicIp: '198.51.100.9' } }],
};

interface Scene {
  readonly ingress?: readonly Item[];
  readonly egress?: readonly Item[];
  readonly entries: readonly Item[];
  readonly routes?: readonly Item[];
  readonly host?: Item;
  readonly more?: ExampleResources;
}

const scene = ({ ingress = [], egress = [], entries, routes = [], host = {}, more = {} }: Scene): ExampleResources => ({
  subnets: [subnet(), ...(more.subnets ?? [])],
  networkInterfaces: [networkInterface(host), ...(more.networkInterfaces ?? [])],
  securityGroups: [securityGroup(ingress, { IpPermissionsEgress: egress }), ...(more.securityGroups ?? [])],
  routeTables: [routeTable(routes)],
  networkAcls: [networkAcl(entries)],
});

const found = (resources: ExampleResources) =>
  judge(check, resources).failures.map(({ evidence, severity }) => {
    const [first] = evidence;
    if (first.type !== 'traffic') throw new Error('the first evidence is the traffic');
    const { direction, protocol, service, cidrBlocks, portRanges } = first;
    return {
      direction,
      protocol,
      service,
      cidrBlocks,
      ports: portRanges.map(({ from, to }) => `${from}-${to}`),
      severity,
    };
  });

const allIn = entry(100, 'allow', 'ingress', '0.0.0.0/0');
const https = permission('tcp', 443, '0.0.0.0/0');
const igw = route('0.0.0.0/0', { GatewayId: 'igw-0a1' });

describe('replies of a service', () => {
  it('are missing for exactly the ports that the ACL leaves out', () => {
    const entries = [allIn, entry(100, 'allow', 'egress', '10.0.0.0/16', '6', [32_768, 60_999])];
    expect(found(scene({ ingress: [permission('tcp', 443, '10.0.2.0/24')], entries }))).toEqual([
      {
        direction: 'egress',
        protocol: 'tcp',
        service: 'HTTPS',
        cidrBlocks: ['10.0.2.0/24'],
        ports: ['1024-32767', '61000-65535'],
        severity: 'medium',
      },
    ]);
  });

  it('are missing for the addresses that the ACL leaves out, all of them', () => {
    const entries = [allIn, entry(100, 'allow', 'egress', '10.0.2.0/25', '6', [1024, 65_535])];
    expect(found(scene({ ingress: [permission('tcp', 5432, '10.0.2.0/24')], entries }))).toEqual([
      expect.objectContaining({ service: 'PostgreSQL', cidrBlocks: ['10.0.2.128/25'], severity: 'high' }),
    ]);
  });

  it('name the services of a rule one by one, and a wide range as a range', () => {
    const several = permission('tcp', [22, 23], '10.0.2.0/24');
    const range = permission('udp', [40_000, 50_000], '10.0.2.0/24');
    expect(found(scene({ ingress: [several, range], entries: [allIn] })).map(({ service }) => service)).toEqual([
      'SSH',
      'Telnet',
      'udp 40000-50000',
    ]);
  });

  it('are judged in both families', () => {
    const entries = [
      entry(101, 'allow', 'ingress', '::/0'),
      entry(101, 'allow', 'egress', '::/0', '6', [32_768, 65_535]),
    ];
    const resources = scene({
      ingress: [permission('tcp', 443, '::/0')],
      entries,
      routes: [route('::/0', { GatewayId: 'igw-0a1' })],
      host: { Ipv6Addresses: [{ Ipv6Address: '2001:db8::10' }] },
    });
    expect(found(resources)).toEqual([expect.objectContaining({ cidrBlocks: ['::/0'], ports: ['1024-32767'] })]);
  });

  it('name the rule that refuses them, and leave alone what its owner denies', () => {
    const deny = entry(90, 'deny', 'egress', '0.0.0.0/0', '6', [1024, 65_535]);
    const [failure] = judge(
      check,
      scene({
        ingress: [permission('tcp', 443, '10.0.2.0/24')],
        entries: [allIn, deny, entry(100, 'allow', 'egress', '0.0.0.0/0')],
      }),
    ).failures;
    expect(failure?.evidence).toContainEqual(
      expect.objectContaining({ ruleNumber: 90, egress: true, ruleAction: 'deny' }),
    );
    expect(failure?.fix?.cli).toBeUndefined();
  });

  it('are allowed by an entry behind the last one', () => {
    const [failure] = judge(
      check,
      scene({ ingress: [permission('tcp', 443, '10.0.2.0/24')], entries: [allIn] }),
    ).failures;
    expect(failure?.fix?.cli).toEqual([
      'aws ec2 create-network-acl-entry --region eu-west-1 --network-acl-id acl-0a1 --egress --rule-number 10 --protocol 6 --port-range From=1024,To=65535 --cidr-block 10.0.2.0/24 --rule-action allow',
    ]);
  });
});

describe('the fix', () => {
  it('fills the hole that the subnet itself leaves in the blocks of its peers', () => {
    const [failure] = judge(
      check,
      scene({ ingress: [permission('tcp', 443, '10.0.0.0/16')], entries: [allIn] }),
    ).failures;
    expect(failure?.fix?.cli?.map((line) => line.match(/--cidr-block (\S+)/)?.[1])).toEqual(['10.0.0.0/16']);
  });
});

describe('what is no connection is not missed', () => {
  it('where the ACL itself refuses the request', () => {
    const entries = [entry(100, 'allow', 'ingress', '10.0.0.0/16', '6', [22, 22])];
    expect(found(scene({ ingress: [permission('tcp', 443, '10.0.0.0/16')], entries }))).toEqual([]);
  });

  it('within one subnet', () => {
    expect(found(scene({ ingress: [permission('tcp', 443, '10.0.1.0/24')], entries: [allIn] }))).toEqual([]);
  });

  it('from the internet to an interface without a public address, or without an internet route', () => {
    expect(
      found(scene({ ingress: [https], entries: [allIn], routes: [igw] })).map(({ cidrBlocks }) => cidrBlocks),
    ).not.toContainEqual(['0.0.0.0/0']);
    const nat = route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' });
    const behindNat = found(scene({ ingress: [https], entries: [allIn], routes: [nat], host: publicAddress }));
    expect(behindNat.map(({ cidrBlocks }) => cidrBlocks)).toEqual([
      [
        '10.0.0.0/24',
        '10.0.2.0/23',
        '10.0.4.0/22',
        '10.0.8.0/21',
        '10.0.16.0/20',
        '10.0.32.0/19',
        '10.0.64.0/18',
        '10.0.128.0/17',
      ],
    ]);
  });

  it('to the outside where no route leads there', () => {
    const entries = [entry(100, 'allow', 'egress', '0.0.0.0/0'), entry(100, 'allow', 'ingress', '10.0.0.0/16')];
    const egress = [permission('-1', undefined, '0.0.0.0/0')];
    expect(judge(check, scene({ egress, entries })).passes).toHaveLength(1);
  });
});

describe('replies from outside', () => {
  it('are missing where the subnet asks through NAT and hears nothing', () => {
    const entries = [entry(100, 'allow', 'egress', '0.0.0.0/0'), entry(100, 'allow', 'ingress', '10.0.0.0/16')];
    const failures = found(
      scene({
        egress: [permission('tcp', 443, '0.0.0.0/0')],
        entries,
        routes: [route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' })],
      }),
    );
    expect(failures).toEqual([
      expect.objectContaining({ direction: 'ingress', service: 'HTTPS', ports: ['1024-65535'], severity: 'medium' }),
    ]);
  });
});

describe('references to groups', () => {
  const peer: ExampleResources = {
    subnets: [subnet({ SubnetId: 'subnet-0a2', CidrBlock: '10.0.2.0/24' })],
    networkInterfaces: [
      networkInterface({
        NetworkInterfaceId: 'eni-0a2',
        SubnetId: 'subnet-0a2',
        Groups: [{ GroupId: 'sg-0a2' }],
        PrivateIpAddresses: [{ PrivateIpAddress: '10.0.2.20', Primary: true }],
      }),
    ],
    securityGroups: [securityGroup([], { GroupId: 'sg-0a2', IpPermissionsEgress: [] })],
  };

  it('mean the addresses of the members outside the subnet', () => {
    const failures = found(
      scene({ ingress: [permission('tcp', 5432, 'sg-0a2', 'sg-0a1')], entries: [allIn], more: peer }),
    );
    expect(failures).toEqual([expect.objectContaining({ service: 'PostgreSQL', cidrBlocks: ['10.0.2.20/32'] })]);
  });

  it('of another account’s group are unknown, never a pass', () => {
    const foreign = { ...permission('tcp', 5432), UserIdGroupPairs: [{ GroupId: 'sg-0f1', UserId: '444455556666' }] };
    const judged = judge(check, scene({ ingress: [foreign], entries: [allIn] }));
    expect([judged.passes.length, judged.unknowns.length]).toEqual([0, 1]);
  });
});

describe('an ACL that drops no reply', () => {
  it('passes whatever the groups say, even where prefix lists could not be read', () => {
    const open = [allIn, entry(100, 'allow', 'egress', '0.0.0.0/0')];
    const resources = scene({ ingress: [permission('tcp', 443, 'pl-0a1')], entries: open });
    expect(judgeRegion(check, denied(exampleRegion(resources), 'managedPrefixListEntries')).passes).toHaveLength(1);
    const closing = scene({ ingress: [permission('tcp', 443, 'pl-0a1')], entries: [allIn] });
    expect(judgeRegion(check, denied(exampleRegion(closing), 'managedPrefixListEntries')).unknowns).toHaveLength(1);
  });

  it('is not asked where nothing is behind it', () => {
    const { networkInterfaces: _, ...empty } = scene({ ingress: [https], entries: [allIn] });
    expect(judge(check, empty).notApplicable).toHaveLength(1);
  });
});
