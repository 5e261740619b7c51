import { describe, expect, it } from 'vitest';
import { region, type RegionBuilder, snapshotOf, tcp } from '../../../mocks/builders.ts';
import { networkMaps } from '../../../src/auditors/sections/network-map/network-maps.ts';
import { organisationMap } from '../../../src/auditors/sections/network-map/organisation-map.ts';
import type { NetworkMap } from '../../../src/model/verdict/network-map.ts';
import type { OrganisationMap } from '../../../src/model/verdict/organisation-map.ts';

const mapOf = (net: RegionBuilder, vpcId: string): NetworkMap | undefined =>
  networkMaps(snapshotOf(net.toWorld())).find((own) => own.vpcId === vpcId);
const organisation = (net: RegionBuilder): OrganisationMap => organisationMap(snapshotOf(net.toWorld()));

describe('the map of a VPC', () => {
  it('puts subnets into tiers by their routes, and into roles by what stands in them', () => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16', ipv6: true });
    const edge = vpc.publicSubnet({ az: 'a', name: 'edge' });
    const nat = edge.natGateway();
    const app = vpc.subnet({ az: 'a', routeTable: vpc.routeTable({ routes: [['0.0.0.0/0', nat]] }) });
    const data = vpc.subnet({ az: 'b' });
    const out = vpc.subnet({
      az: 'b',
      ipv6: true,
      routeTable: vpc.routeTable({ routes: [['::/0', vpc.egressOnlyInternetGateway()]] }),
    });
    const alb = vpc.securityGroup('alb', { ingress: [tcp(443, '0.0.0.0/0')] });
    const server = app.instance({ securityGroups: [vpc.securityGroup('app', { ingress: [tcp(8080, alb)] })] });
    for (let i = 0; i < 9; i++) app.instance({ securityGroups: [vpc.securityGroup(`other-${i}`)] });
    data.interfaceOf('rds', { securityGroups: [vpc.securityGroup('database')] });
    vpc.loadBalancer('web', {
      subnets: [edge],
      securityGroups: [alb],
      listeners: [{ port: 443, targets: vpc.targetGroup('web', { port: 8080, targets: [server] }) }],
    });
    const map = mapOf(net, vpc.id);
    const told = new Map(map?.subnets.map((own) => [own.subnetId, own]));
    expect(
      [edge, app, data, out].map(({ id }) => {
        const own = told.get(id);
        return [own?.tier, own?.roles, own?.exposure, own?.interfaces];
      }),
    ).toEqual([
      [
        'public',
        ['load-balancer'],
        'exposed',
        [
          { kind: 'load-balancer', count: 1 },
          { kind: 'nat-gateway', count: 1 },
        ],
      ],
      ['nat', ['application'], 'behind-load-balancer', [{ kind: 'instance', count: 10 }]],
      ['isolated', ['database'], 'blocked', [{ kind: 'database', count: 1 }]],
      ['egress-only', [], 'blocked', []],
    ]);
    expect(map?.availabilityZones.map(({ subnetIds }) => subnetIds.length)).toEqual([2, 2]);
    expect(map?.gateways.map(({ type }) => type)).toEqual([
      'egress-only-internet-gateway',
      'internet-gateway',
      'nat-gateway',
    ]);
    const table = map?.routeTables.find(({ routeTableId }) => routeTableId === told.get(app.id)?.routeTableId);
    expect(table?.subnetIds).toEqual([app.id]);
    expect(table?.targets).toContainEqual({
      kind: 'nat-gateway',
      id: nat.id,
      state: 'active',
      routes: 1,
      destinations: ['0.0.0.0/0'],
    });
    expect(map?.missing).toEqual([]);
  });
});

describe('the map of the organisation', () => {
  /** Two peered VPCs, with a route back only where it is asked for. */
  function peered(options: { readonly back: boolean; readonly admits?: string }) {
    const net = region();
    const [one, other] = [net.vpc({ cidr: '10.1.0.0/16' }), net.vpc({ cidr: '10.2.0.0/16' })];
    const peering = one.peerWith(other);
    one
      .subnet({ routeTable: one.routeTable({ routes: [['10.2.0.0/16', peering]] }) })
      .instance({ securityGroups: [one.securityGroup('a')] });
    other
      .subnet({ routeTable: other.routeTable({ routes: options.back ? [['10.1.0.0/16', peering]] : [] }) })
      .instance({
        securityGroups: [other.securityGroup('b', { ingress: [tcp(443, options.admits ?? '10.1.0.0/16')] })],
      });
    return { net, one, other, peering };
  }

  it('says which way connections really get through, and what stops the others', () => {
    const { net, one, other, peering } = peered({ back: true });
    const { links, vpcs } = organisation(net);
    expect(vpcs.map(({ isInScope }) => isInScope)).toEqual([true, true]);
    expect(links.map(({ id, type }) => [id, type])).toEqual([[peering.id, 'vpc-peering-connection']]);
    const byFrom = new Map(links[0]?.directions.map((own) => [own.fromVpcId, own]));
    expect([byFrom.get(one.id)?.traffic, byFrom.get(one.id)?.blockedBy]).toEqual(['yes', []]);
    expect([byFrom.get(other.id)?.traffic, byFrom.get(other.id)?.blockedBy]).toEqual(['no', ['SG_HAS_NO_RULES']]);
  });

  it('knows that a connection without a way back is none', () => {
    const { net } = peered({ back: false });
    expect(organisation(net).links[0]?.directions.map(({ traffic }) => traffic)).toEqual(['no', 'no']);
  });

  it('calls it partly where some get through and some do not', () => {
    const { net, one } = peered({ back: true });
    one.subnet().instance({ securityGroups: [one.securityGroup('without-a-route')] });
    const own = organisation(net).links[0]?.directions.find(({ fromVpcId }) => fromVpcId === one.id);
    expect([own?.traffic, own?.fromInterfaces, own?.blockedBy]).toEqual(['partly', 2, ['NO_ROUTE_TO_DESTINATION']]);
  });
});
