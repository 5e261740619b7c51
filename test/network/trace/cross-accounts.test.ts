import { describe, expect, it } from 'vitest';
import { allTraffic, estate, snapshotOf, tcp, type RegionBuilder } from '../../../mocks/builders.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import type { TraceResult } from '../../../src/model/verdict/path.ts';
import { askSnapshot, onPort } from './scenario.ts';

const [ours, theirs, third] = ['111122223333', '444455556666', '777788889999'] as const;
const place = 'eu-west-1';
const everything = allTraffic('0.0.0.0/0');

/** What is asked, once everything is built. */
interface Scene {
  readonly from: { readonly id: string };
  /** A thing of ours, or an address of theirs: whoever lacks their account knows no id there. */
  readonly to: string | { readonly id: string };
  readonly net: RegionBuilder;
}

/** Two hosts in peered VPCs, theirs behind a group of their own. */
function peered(): Scene {
  const all = estate();
  const net = all.account(ours).region(place);
  const a = net.vpc({ cidr: '10.1.0.0/16' });
  const b = all.account(theirs).region(place).vpc({ cidr: '10.2.0.0/16' });
  const peering = a.peerWith(b);
  a.mainRouteTable.route(b.cidr, peering);
  b.mainRouteTable.route(a.cidr, peering);
  const server = b.subnet().instance({ securityGroups: [b.securityGroup('server', { ingress: [tcp(443, a.cidr)] })] });
  return { net, from: a.subnet().instance(), to: server.privateIp };
}

/** Two spokes of a transit gateway that a third account owns. */
function spokes(): Scene {
  const all = estate();
  const net = all.account(ours).region(place);
  const far = all.account(theirs).region(place);
  const gateway = all
    .account(third)
    .region(place)
    .transitGateway({ sharedWith: [net, far] });
  const a = net.vpc({ cidr: '10.1.0.0/16' });
  const b = far.vpc({ cidr: '10.2.0.0/16' });
  const [near, distant] = [a.subnet(), b.subnet()];
  gateway.attachVpc(a, { subnets: [near] });
  gateway.attachVpc(b, { subnets: [distant] });
  a.mainRouteTable.route('10.0.0.0/8', gateway);
  b.mainRouteTable.route('10.0.0.0/8', gateway);
  const server = distant.instance({ securityGroups: [b.securityGroup('server', { ingress: [everything] })] });
  return { net, from: near.instance(), to: server.privateIp };
}

/** A host of ours in a subnet that they share, whose way out is a NAT gateway of theirs. */
function tenant(): Scene {
  const all = estate();
  const net = all.account(ours).region(place);
  const b = all.account(theirs).region(place).vpc({ cidr: '10.2.0.0/16' });
  const nat = b.publicSubnet().natGateway();
  const table = b.routeTable({ routes: [['0.0.0.0/0', nat]] });
  const shared = b.subnet({ routeTable: table }).shareWith(net);
  return { net, from: shared.instance({ securityGroups: [shared.securityGroup('tenant', {})] }), to: 'internet' };
}

/** A rule of ours that names a prefix list of theirs, which only they can read. */
function listed(): Scene {
  const all = estate();
  const net = all.account(ours).region(place);
  const list = all.account(theirs).region(place).prefixList('offices', ['10.1.9.0/24']);
  const a = net.vpc({ cidr: '10.1.0.0/16' });
  const client = a.subnet({ cidr: '10.1.9.0/24' }).instance();
  const group = a.securityGroup('server', { ingress: [tcp(443, list)] });
  return { net, from: client, to: a.subnet({ cidr: '10.1.10.0/24' }).instance({ securityGroups: [group] }) };
}

/** A rule of ours that lets out to the members of a group of theirs, across a peering. */
function referring(): Scene {
  const all = estate();
  const net = all.account(ours).region(place);
  const a = net.vpc({ cidr: '10.1.0.0/16' });
  const b = all.account(theirs).region(place).vpc({ cidr: '10.2.0.0/16' });
  const peering = a.peerWith(b);
  a.mainRouteTable.route(b.cidr, peering);
  b.mainRouteTable.route(a.cidr, peering);
  const server = b.securityGroup('server', { ingress: [everything] });
  const host = b.subnet().instance({ securityGroups: [server] });
  const client = a.securityGroup('client', { egress: [tcp(443, server)] });
  return { net, from: a.subnet().instance({ securityGroups: [client] }), to: host.privateIp };
}

/** A host of ours in a subnet that they share, behind a group of theirs that they share as well. */
function guarded(): Scene {
  const all = estate();
  const net = all.account(ours).region(place);
  const b = all.account(theirs).region(place).vpc({ cidr: '10.2.0.0/16' });
  const shared = b.subnet().shareWith(net);
  const client = shared.instance({ securityGroups: [shared.securityGroup('client', { egress: [everything] })] });
  const group = b.securityGroup('shared', { ingress: [tcp(443, b.cidr)] });
  return {
    net,
    from: client,
    to: b
      .subnet()
      .shareWith(net)
      .instance({ securityGroups: [group] }),
  };
}

/** The same evidence without one account. */
function without(snapshot: Snapshot, accountId: string): Snapshot {
  const { manifest, regions } = snapshot;
  const accounts = manifest.scope.accounts.filter((id) => id !== accountId);
  return {
    ...snapshot,
    manifest: { ...manifest, scope: { ...manifest.scope, accounts } },
    regions: regions.filter((region) => region.accountId !== accountId),
  };
}

const asked = ({ from, to }: Scene, snapshot: Snapshot): TraceResult =>
  askSnapshot(snapshot, { from, to, ...onPort(443) });

describe.each([
  ['a peering', peered, [theirs]],
  ['a transit gateway that a third account owns', spokes, [theirs, third]],
  ['a shared subnet', tenant, [theirs]],
  ['a security group that is shared', guarded, [theirs]],
  ['a prefix list', listed, [theirs]],
  ['a referenced group', referring, [theirs]],
] as const)('%s that leads into another account', (_, build, others) => {
  const scene = build();
  const whole = snapshotOf(scene.net.toWorld());

  it('is followed where that account is in scope', () => {
    expect(asked(scene, whole).verdict).toBe('reachable');
  });

  it.each(others)('is unknown without account %s, and says what is missing', (accountId) => {
    const result = asked(scene, without(whole, accountId));
    expect(result.verdict).toBe('unknown');
    expect(result.admittedTraffic).toEqual([]);
    expect(result.missing?.length ?? 0).toBeGreaterThan(0);
  });
});
