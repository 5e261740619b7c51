/** What a group opens, followed to what carries it: who is really reached decides how bad it is. */
import { describe, expect, it } from 'vitest';
import { allow, deny, region, snapshotOf, tcp, type SubnetBuilder, type VpcBuilder } from '../../mocks/builders.ts';
import type { World } from '../../mocks/world.ts';
import check from '../../src/auditors/security-groups/security-group-open-to-internet.ts';
import { runChecks } from '../../src/auditors/run.ts';
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';

const world = (build: (vpc: VpcBuilder, open: SubnetBuilder) => void): World => {
  const net = region('111122223333', 'eu-west-1');
  const vpc = net.vpc({ cidr: '10.0.0.0/16' });
  build(vpc, vpc.publicSubnet({ az: 'a' }));
  return net.toWorld();
};

const failures = (snapshot: Snapshot): readonly string[] =>
  runChecks(snapshot, [check]).verdicts.flatMap(({ verdict }) =>
    verdict.outcome === 'fail' ? [`${verdict.severity}: ${verdict.title}`] : [],
  );

const ssh = (vpc: VpcBuilder) => vpc.securityGroup('admin', { ingress: [tcp(22, '0.0.0.0/0')] });

describe('an opening of a security group', () => {
  it('that the internet reaches on an administration port is critical, with the interface', () => {
    const snapshot = snapshotOf(world((vpc, open) => open.instance({ securityGroups: [ssh(vpc)], publicIp: true })));
    expect(failures(snapshot)).toEqual(['critical: SSH (tcp 22) is open to the internet and reached from there']);
    const [verdict] = runChecks(snapshot, [check]).verdicts.flatMap(({ verdict: one }) =>
      one.outcome === 'fail' ? [one] : [],
    );
    const [reached] = snapshot.regions.flatMap(({ resources: { networkInterfaces } }) =>
      networkInterfaces.status === 'collected' ? networkInterfaces.resources : [],
    );
    expect(verdict?.evidence.at(-1)).toEqual({
      type: 'resource',
      resourceType: 'network-interface',
      resourceId: reached?.networkInterfaceId,
      role: 'reached-from-internet',
    });
  });

  it('that nobody carries is low', () => {
    expect(failures(snapshotOf(world((vpc) => ssh(vpc))))).toEqual([
      'low: SSH (tcp 22) is open to the internet, though no interface carries the group',
    ]);
  });

  it.each<readonly [string, (vpc: VpcBuilder, open: SubnetBuilder) => void]>([
    ['without a public address', (vpc, open) => void open.instance({ securityGroups: [ssh(vpc)] })],
    [
      'in a private subnet',
      (vpc) => void vpc.subnet({ az: 'b' }).instance({ securityGroups: [ssh(vpc)], publicIp: true }),
    ],
    [
      'that is stopped',
      (vpc, open) => void open.instance({ securityGroups: [ssh(vpc)], publicIp: true, state: 'stopped' }),
    ],
    [
      'behind a network ACL that denies the port',
      (vpc, open) => {
        vpc.networkAcl({
          ingress: [deny(90, tcp(22, '0.0.0.0/0')), allow(100, tcp([0, 65_535], '0.0.0.0/0'))],
          egress: [allow(100, tcp([0, 65_535], '0.0.0.0/0'))],
          subnets: [open],
        });
        open.instance({ securityGroups: [ssh(vpc)], publicIp: true });
      },
    ],
  ])('on an instance %s is low, with the reason', (_, build) => {
    expect(failures(snapshotOf(world(build)))).toEqual([
      'low: SSH (tcp 22) is open to the internet, though it reaches nothing that carries the group',
    ]);
  });

  it('keeps its severity where the interfaces are not known', () => {
    const snapshot = snapshotOf(world((vpc, open) => open.instance({ securityGroups: [ssh(vpc)], publicIp: true })));
    const blind: Snapshot = {
      ...snapshot,
      regions: snapshot.regions.map((one) => ({
        ...one,
        resources: {
          ...one.resources,
          networkInterfaces: {
            status: 'not-called',
            operation: 'DescribeNetworkInterfaces',
            iamAction: 'ec2:DescribeNetworkInterfaces',
          },
        },
      })),
    };
    expect(failures(blind)).toEqual(['high: SSH (tcp 22) is open to the internet']);
  });

  it('is judged service by service: a web port stays what it is', () => {
    const snapshot = snapshotOf(
      world((vpc, open) =>
        open.instance({
          securityGroups: [vpc.securityGroup('web', { ingress: [tcp(443, '0.0.0.0/0')] })],
          publicIp: true,
        }),
      ),
    );
    expect(failures(snapshot)).toEqual([
      'informational: HTTPS (tcp 443) is open to the internet and reached from there',
    ]);
  });
});

describe('a wide opening', () => {
  it('is critical once; the services under it are named and not raised', () => {
    const snapshot = snapshotOf(
      world((vpc, open) =>
        open.instance({
          securityGroups: [vpc.securityGroup('any', { ingress: [tcp([0, 65_535], '0.0.0.0/0')] }), ssh(vpc)],
          publicIp: true,
        }),
      ),
    );
    const said = failures(snapshot);
    const critical = said.filter((line) => line.startsWith('critical: ')).map((line) => line.split(' ')[1]);
    expect(new Set(critical)).toEqual(new Set(['Docker', 'Kubernetes', 'SSH', 'etcd', 'all']));
    // Once by the rule for everything, once by the rule of its own
    expect(said.filter((line) => line.includes('SSH')).sort()).toEqual([
      'critical: SSH (tcp 22) is open to the internet and reached from there',
      'high: SSH (tcp 22) is open to the internet and reached from there',
    ]);
  });
});
