import { describe, expect, it } from 'vitest';
import { allTraffic, region, type VpcBuilder } from '../../../mocks/builders.ts';
import { ask, expectReachable, onPort } from './scenario.ts';

const open = (vpc: VpcBuilder): { readonly securityGroups: readonly { readonly id: string }[] } => ({
  securityGroups: [vpc.securityGroup('open', { ingress: [allTraffic('0.0.0.0/0', '::/0')] })],
});

describe('a VPC encryption control', () => {
  const site = (control?: { readonly mode: 'monitor' | 'enforce'; readonly exclusions?: readonly string[] }) => {
    const net = region();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const edge = vpc.publicSubnet();
    const inner = vpc.subnet();
    vpc.routeTable({ routes: [['0.0.0.0/0', edge.natGateway()]] }).associate(inner);
    const peer = net.vpc({ cidr: '10.1.0.0/16' });
    const peering = vpc.peerWith(peer);
    vpc.mainRouteTable.route('10.1.0.0/16', peering);
    peer.mainRouteTable.route('10.0.0.0/16', peering);
    const own = vpc.subnet();
    const id = control === undefined ? '' : net.encryptionControl(vpc, control).id;
    const built = { net, id, server: edge.instance({ publicIp: true, ...open(vpc) }), hidden: inner.instance() };
    return { ...built, near: own.instance(open(vpc)), far: peer.subnet().instance(open(peer)) };
  };
  const questions = ({ server, hidden, near, far }: ReturnType<typeof site>) =>
    [
      { from: 'internet', to: server, gateway: 'InternetGateway' },
      { from: server, to: 'internet', gateway: 'InternetGateway' },
      { from: near, to: far, gateway: 'VpcPeering' },
      { from: far, to: near, gateway: 'VpcPeering' },
      { from: hidden, to: 'internet', gateway: 'NatGateway' },
    ] as const;

  it('that enforces leaves open what enters or leaves by a gateway, and is named', () => {
    const built = site({ mode: 'enforce' });
    for (const { from, to } of questions(built)) {
      const { verdict, explanations } = ask(built.net, { from, to, ...onPort(443) });
      const doubts = explanations.filter(({ effect }) => effect === 'unknown');
      expect(verdict).toBe('unknown');
      expect(new Set(doubts.map(({ explanationCode }) => explanationCode))).toEqual(new Set(['NOT_MODELLED']));
      expect(new Set(doubts.map(({ component }) => component.id))).toEqual(new Set([built.id]));
    }
    expectReachable(built.net, { from: built.hidden, to: built.near, ...onPort(443) });
  });

  it('lets pass the kinds of gateway that it excepts, and everything while it only monitors', () => {
    for (const exclusions of [['InternetGateway'], ['VpcPeering'], ['InternetGateway', 'NatGateway']]) {
      const built = site({ mode: 'enforce', exclusions });
      for (const { from, to, gateway } of questions(built)) {
        const all = gateway === 'NatGateway' ? ['NatGateway', 'InternetGateway'] : [gateway];
        const verdict = all.every((kind) => exclusions.includes(kind)) ? 'reachable' : 'unknown';
        expect([exclusions, gateway, ask(built.net, { from, to, ...onPort(443) }).verdict]).toEqual([
          exclusions,
          gateway,
          verdict,
        ]);
      }
    }
    const built = site({ mode: 'monitor' });
    for (const { from, to } of questions(built)) expectReachable(built.net, { from, to, ...onPort(443) });
  });

  it('does not make unknown what is stopped anyway', () => {
    const { net, hidden } = site({ mode: 'enforce' });
    const { verdict } = ask(net, { from: 'internet', to: hidden, ...onPort(443) });
    expect(verdict).toBe('not-reachable');
  });
});
