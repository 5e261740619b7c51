import { describe, expect, it } from 'vitest';
import { region, type RegionBuilder, snapshotOf, tcp } from '../../../mocks/builders.ts';
import { runChecks } from '../../../src/auditors/run.ts';
import { tierChains } from '../../../src/auditors/sections/tier-chains/tier-chains.ts';
import bypassed from '../../../src/auditors/load-balancers/load-balancer-bypassed.ts';
import beyondTier from '../../../src/auditors/security-groups/security-group-database-beyond-tier.ts';
import type { TierChain } from '../../../src/model/verdict/tier-chain.ts';

const chainsOf = (net: RegionBuilder): readonly TierChain[] => tierChains(snapshotOf(net.toWorld()));

/** Internet, load balancer, application, database; each admits the one before by reference, unless told otherwise. */
function threeTiers(
  options: { readonly appPeers?: readonly string[]; readonly databasePeers?: readonly string[] } = {},
) {
  const net = region();
  const vpc = net.vpc({ cidr: '10.0.0.0/16' });
  const edge = [vpc.publicSubnet({ az: 'a' }), vpc.publicSubnet({ az: 'b' })] as const;
  const balancerGroup = vpc.securityGroup('alb', { ingress: [tcp(443, '0.0.0.0/0')] });
  const appGroup = vpc.securityGroup('app', { ingress: [tcp(8080, ...(options.appPeers ?? [balancerGroup]))] });
  const databaseGroup = vpc.securityGroup('database', {
    ingress: [tcp(5432, appGroup), ...(options.databasePeers ?? []).map((peer) => tcp(5432, peer))],
  });
  const app = vpc.subnet().instance({ securityGroups: [appGroup] });
  const database = vpc.subnet().interfaceOf('rds', { securityGroups: [databaseGroup] });
  vpc.loadBalancer('web', {
    subnets: [...edge],
    securityGroups: [balancerGroup],
    listeners: [{ port: 443, targets: vpc.targetGroup('web', { port: 8080, targets: [app] }) }],
  });
  return { net, vpc, edge, balancerGroup, appGroup, databaseGroup, app, database };
}

describe('the tiers of an application', () => {
  it('are found from the load balancer and the references, each link with the rule that admits', () => {
    const { net, balancerGroup, appGroup, databaseGroup } = threeTiers();
    const [chain, ...others] = chainsOf(net);
    expect(others).toEqual([]);
    expect(
      chain?.tiers.map(({ tier, securityGroups }) => [tier, ...securityGroups.map((own) => own.securityGroupId)]),
    ).toEqual([
      ['load-balancer', balancerGroup.id],
      ['application', appGroup.id],
      ['database', databaseGroup.id],
    ]);
    expect(chain?.links.map(({ from, to, by }) => [from, to, by])).toEqual([
      ['internet', 'load-balancer', 'address'],
      ['load-balancer', 'application', 'reference'],
      ['application', 'database', 'reference'],
    ]);
    expect(chain?.links.map(({ evidence }) => evidence.map((rule) => 'peer' in rule && rule.peer))).toEqual([
      ['0.0.0.0/0'],
      [balancerGroup.id],
      [appGroup.id],
    ]);
    expect([chain?.skips, chain?.rules, chain?.missing]).toEqual([[], [], []]);
  });

  it('are skipped where the application has a way in of its own', () => {
    const { net, vpc, appGroup, app } = threeTiers({ appPeers: ['0.0.0.0/0'] });
    expect(chainsOf(net)[0]?.skips).toEqual([]);
    const outside = vpc.publicSubnet().instance({ publicIp: true, securityGroups: [appGroup] });
    vpc.loadBalancer('second', {
      subnets: [vpc.publicSubnet({ az: 'a' }), vpc.publicSubnet({ az: 'b' })],
      securityGroups: [vpc.securityGroup('alb-2', { ingress: [tcp(443, '0.0.0.0/0')] })],
      listeners: [{ port: 443, targets: vpc.targetGroup('second', { port: 8080, targets: [app, outside] }) }],
    });
    const snapshot = snapshotOf(net.toWorld());
    const chain = tierChains(snapshot).find(({ loadBalancer }) => loadBalancer?.name === 'second');
    expect(chain?.skips).toEqual([
      expect.objectContaining({
        from: 'internet',
        to: 'application',
        interfaces: 1,
        examples: [outside.networkInterface.id],
      }),
    ]);
    expect(chain?.skips[0]?.evidence).toContainEqual(
      expect.objectContaining({ type: 'security-group-rule', securityGroupId: appGroup.id, peer: '0.0.0.0/0' }),
    );
    const failing = runChecks(snapshot, [bypassed]).verdicts.filter(({ verdict }) => verdict.outcome === 'fail');
    expect(failing.map(({ resource }) => resource.name)).toEqual(['second']);
  });

  it('are skipped where a network beside the tier gets to the database', () => {
    const { net, vpc, databaseGroup } = threeTiers({ databasePeers: ['10.0.0.0/16'] });
    const batch = vpc.subnet().instance({ securityGroups: [vpc.securityGroup('batch')] });
    const snapshot = snapshotOf(net.toWorld());
    const [chain] = tierChains(snapshot);
    expect(chain?.skips).toEqual([
      {
        from: 'outsider',
        to: 'database',
        interfaces: 1,
        examples: [batch.networkInterface.id],
        evidence: [expect.objectContaining({ securityGroupId: databaseGroup.id, peer: '10.0.0.0/16' })],
      },
    ]);
    const [failure, ...others] = runChecks(snapshot, [beyondTier]).verdicts.filter(
      ({ verdict }) => verdict.outcome === 'fail',
    );
    expect([failure?.resource.id, others]).toEqual([databaseGroup.id, []]);
  });

  it('are not skipped by who is stopped on the way', () => {
    const { net, vpc } = threeTiers({ databasePeers: ['10.0.0.0/16'] });
    vpc.subnet().instance({ securityGroups: [vpc.securityGroup('mute', { egress: [] })] });
    expect(chainsOf(net)[0]?.skips).toEqual([]);
  });

  it('have rules named that name addresses where the group before would do', () => {
    const { net, appGroup, balancerGroup } = threeTiers({ appPeers: ['10.0.0.0/16'] });
    expect(chainsOf(net)[0]?.rules).toEqual([
      {
        problem: 'range-for-reference',
        securityGroupId: appGroup.id,
        groupId: balancerGroup.id,
        evidence: expect.objectContaining({ peer: '10.0.0.0/16' }),
      },
    ]);
  });

  it('have references named that match nobody', () => {
    const { net, vpc, appGroup } = threeTiers();
    const nobody = vpc.securityGroup('nobody');
    const far = net.vpc({ cidr: '10.9.0.0/16' }).securityGroup('far');
    appGroup.ingress(tcp(9000, nobody));
    appGroup.ingress(tcp(9001, far));
    expect(chainsOf(net)[0]?.rules.map(({ problem, groupId }) => [problem, groupId])).toEqual(
      expect.arrayContaining([
        ['uncarried', nobody.id],
        ['lost', far.id],
      ]),
    );
  });

  it('begin at the database where nothing balances the load', () => {
    const net = region();
    const vpc = net.vpc();
    const app = vpc.securityGroup('app');
    const database = vpc.securityGroup('database', { ingress: [tcp(3306, app)] });
    vpc.subnet().instance({ securityGroups: [app] });
    vpc.subnet().interfaceOf('rds', { securityGroups: [database] });
    expect(chainsOf(net).map(({ loadBalancer, tiers }) => [loadBalancer, tiers.map(({ tier }) => tier)])).toEqual([
      [undefined, ['application', 'database']],
    ]);
  });
});
