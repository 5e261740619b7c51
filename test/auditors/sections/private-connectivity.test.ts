import { describe, expect, it } from 'vitest';
import { region, type RegionBuilder, snapshotOf, tcp } from '../../../mocks/builders.ts';
import { privateConnectivityAdvice } from '../../../src/auditors/sections/private-connectivity/private-connectivity.ts';
import type { Advice } from '../../../src/model/verdict/advice.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { denied } from '../judge.ts';

const adviceOf = (net: RegionBuilder): readonly Advice[] => privateConnectivityAdvice(snapshotOf(net.toWorld()));
const about = (advice: readonly Advice[], need: Advice['need']): readonly Advice[] =>
  advice.filter((own) => own.need === need);

/** Hosts in private subnets of two zones, with one NAT gateway in the first. */
function oneNat() {
  const net = region();
  const vpc = net.vpc({ cidr: '10.0.0.0/16' });
  const nat = vpc.publicSubnet({ az: 'a' }).natGateway();
  const tables = ['a', 'b'].map((az) => {
    const table = vpc.routeTable({ routes: [['0.0.0.0/0', nat]] });
    vpc.subnet({ az, routeTable: table }).instance({ securityGroups: [vpc.securityGroup(`app-${az}`)] });
    return table;
  });
  return { net, vpc, nat, tables };
}

describe('the advice on private connectivity', () => {
  it('names the NAT gateway that S3 is reached by, and is content table by table', () => {
    const { net, vpc, nat, tables } = oneNat();
    expect(about(adviceOf(net), 's3')).toEqual([
      expect.objectContaining({
        resourceCount: 2,
        present: [{ mechanism: 'nat-gateway', ids: [nat.id] }],
        recommended: 'gateway-endpoint',
        met: 'no',
      }),
    ]);
    const [first] = tables;
    if (first === undefined) throw new Error('no table');
    const endpoint = vpc.gatewayEndpoint('s3', { routeTables: [first] });
    const [partly] = about(adviceOf(net), 's3');
    expect([partly?.met, partly?.present]).toEqual([
      'partly',
      [
        { mechanism: 'gateway-endpoint', ids: [endpoint.id] },
        { mechanism: 'nat-gateway', ids: [nat.id] },
      ],
    ]);
  });

  it('invents no need: none without private clients, none for DynamoDB that nobody uses, none for who stays inside', () => {
    const empty = region();
    empty.vpc().publicSubnet().natGateway();
    expect(adviceOf(empty)).toEqual([]);
    const inside = region();
    const vpc = inside.vpc();
    vpc.subnet().instance({ securityGroups: [vpc.securityGroup('app')] });
    const advice = adviceOf(inside);
    expect(about(advice, 'dynamodb')).toEqual([]);
    expect(about(advice, 'internet-ipv4')).toEqual([]);
    expect(about(advice, 's3').map(({ present, met }) => [present[0]?.mechanism, met])).toEqual([['none', 'no']]);
  });

  it('takes an endpoint of another VPC as the sign that DynamoDB is used', () => {
    const { net, vpc } = oneNat();
    const other = net.vpc({ cidr: '10.1.0.0/16' });
    const endpoint = other.gatewayEndpoint('dynamodb', { routeTables: [other.routeTable()] });
    const [own] = about(adviceOf(net), 'dynamodb');
    expect([own?.vpcId, own?.met]).toEqual([vpc.id, 'no']);
    expect(own?.evidence).toContainEqual({
      type: 'resource',
      resourceType: 'vpc-endpoint',
      resourceId: endpoint.id,
      role: 'shows-use',
    });
  });

  it('recommends a gateway of every zone where subnets leave by another zone’s', () => {
    const { net } = oneNat();
    const [own] = about(adviceOf(net), 'internet-ipv4');
    expect([own?.recommended, own?.met, own?.resourceCount]).toEqual(['regional-nat-gateway', 'partly', 2]);
    expect(own?.evidence.every((one) => one.type === 'route' && one.destination === '0.0.0.0/0')).toBe(true);
  });

  it('tells IPv6 apart: an internet gateway lets connections in', () => {
    const net = region();
    const vpc = net.vpc({ ipv6: true });
    const table = vpc.routeTable({ routes: [['::/0', vpc.internetGateway()]] });
    vpc.subnet({ ipv6: true, routeTable: table }).instance({ ipv6: true, securityGroups: [vpc.securityGroup('app')] });
    const [own] = about(adviceOf(net), 'internet-ipv6');
    expect([own?.recommended, own?.met, own?.present[0]?.mechanism]).toEqual([
      'egress-only-internet-gateway',
      'no',
      'internet-gateway',
    ]);
  });

  it('sees a service behind a peering that one side alone opens connections over', () => {
    const net = region();
    const [consumer, provider] = [net.vpc({ cidr: '10.1.0.0/16' }), net.vpc({ cidr: '10.2.0.0/16' })];
    const peering = consumer.peerWith(provider);
    consumer
      .subnet({ routeTable: consumer.routeTable({ routes: [['10.2.0.0/16', peering]] }) })
      .instance({ securityGroups: [consumer.securityGroup('client')] });
    provider
      .subnet({ routeTable: provider.routeTable({ routes: [['10.1.0.0/16', peering]] }) })
      .instance({ securityGroups: [provider.securityGroup('api', { ingress: [tcp(443, '10.1.0.0/16')] })] });
    const [own] = about(adviceOf(net), 'own-service');
    expect([own?.vpcId, own?.resources, own?.recommended, own?.met]).toEqual([
      provider.id,
      [consumer.id],
      'endpoint-service',
      'no',
    ]);
    expect(about(adviceOf(net), 'other-vpcs').map(({ recommended, met }) => [recommended, met])).toEqual([
      ['vpc-peering-connection', 'yes'],
    ]);
  });

  it('calls nothing unmet for want of a list', () => {
    const { net } = oneNat();
    const snapshot = snapshotOf(net.toWorld());
    const blind: Snapshot = { ...snapshot, regions: snapshot.regions.map((own) => denied(own, 'vpcEndpoints')) };
    const [own] = about(privateConnectivityAdvice(blind), 's3');
    expect([own?.met, own?.missing?.[0]?.iamAction]).toEqual(['unknown', 'ec2:DescribeVpcEndpoints']);
  });
});
