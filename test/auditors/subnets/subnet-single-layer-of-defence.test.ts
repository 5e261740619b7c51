import { describe, expect, it } from 'vitest';
import { allow, allTraffic, region, type RegionBuilder, snapshotOf, tcp } from '../../../mocks/builders.ts';
import { exampleRegion } from '../../../src/auditors/example-region.ts';
import check from '../../../src/auditors/subnets/subnet-single-layer-of-defence.ts';
import type { RegionSnapshot } from '../../../src/model/snapshot/snapshot.ts';
import { denied, judgeRegion } from '../judge.ts';

const regionOf = (net: RegionBuilder): RegionSnapshot => snapshotOf(net.toWorld()).regions[0] as RegionSnapshot;

/** A host in a public subnet with a public address and a group that admits its own network alone. */
function guardedHost(): { readonly net: RegionBuilder; readonly subnetId: string; readonly hostId: string } {
  const net = region();
  const vpc = net.vpc();
  const subnet = vpc.publicSubnet();
  const app = vpc.securityGroup('app', { ingress: [tcp(8080, vpc.cidr)] });
  const host = subnet.instance({ publicIp: true, securityGroups: [app] });
  return { net, subnetId: subnet.id, hostId: host.networkInterface.id };
}

describe('subnet-single-layer-of-defence', () => {
  it('names the rules by which all other layers are open, and who hangs on the last one', () => {
    const { net, subnetId, hostId } = guardedHost();
    const { failures } = judgeRegion(check, regionOf(net));
    const own = failures.filter(({ resource }) => resource.id === subnetId);
    expect(own).toHaveLength(1);
    expect(own[0]?.severity).toBe('low');
    expect(own[0]?.evidence.map(({ type }) => type)).toEqual(['attribute', 'route', 'network-acl-entry', 'resource']);
    expect(own[0]?.evidence[1]).toMatchObject({ destination: '0.0.0.0/0', target: expect.stringMatching(/^igw-/) });
    expect(own[0]?.evidence[3]).toMatchObject({ resourceId: hostId, role: 'one-mistake-away' });
  });

  it('weighs more where a database hangs on it', () => {
    const net = region();
    const vpc = net.vpc();
    const subnet = vpc.publicSubnet();
    subnet.interfaceOf('rds', { publicIp: true, securityGroups: [vpc.securityGroup('db', { ingress: [] })] });
    expect(judgeRegion(check, regionOf(net)).failures.map(({ severity }) => severity)).toEqual(['medium']);
  });

  it('is about each family by itself', () => {
    const net = region();
    const vpc = net.vpc({ ipv6: true });
    const everything = [allow(100, allTraffic('0.0.0.0/0')), allow(101, allTraffic('::/0'))];
    const subnet = vpc.subnet({
      ipv6: true,
      routeTable: vpc.routeTable({ routes: [['::/0', vpc.internetGateway()]] }),
      networkAcl: vpc.networkAcl({ ingress: everything, egress: everything }),
    });
    subnet.instance({ ipv6: true, securityGroups: [vpc.securityGroup('app', { ingress: [tcp(443, vpc.cidr)] })] });
    const [failure] = judgeRegion(check, regionOf(net)).failures;
    expect(failure?.title).toMatch(/over IPv6$/);
    expect(failure?.evidence).toContainEqual(expect.objectContaining({ destination: '::/0' }));
  });

  it('leaves load balancers, what is open already and what two layers hold alone', () => {
    const net = region();
    const vpc = net.vpc();
    const edge = vpc.publicSubnet();
    vpc.loadBalancer('web', {
      subnets: [edge],
      securityGroups: [vpc.securityGroup('alb', { ingress: [tcp(443, '198.51.100.0/24')] })],
    });
    vpc
      .publicSubnet()
      .instance({ publicIp: true, securityGroups: [vpc.securityGroup('web', { ingress: [tcp(443, '0.0.0.0/0')] })] });
    vpc.subnet().instance({ securityGroups: [vpc.securityGroup('app', { ingress: [tcp(443, vpc.cidr)] })] });
    expect(judgeRegion(check, regionOf(net)).failures).toEqual([]);
  });

  it('does not know where the setting that may be the second layer was not read', () => {
    const example = exampleRegion(check.examples.fails[0].resources);
    const { failures, unknowns } = judgeRegion(check, denied(example, 'vpcBlockPublicAccessOptions'));
    expect(failures).toEqual([]);
    const [own] = unknowns;
    expect(own?.missing.map(({ iamAction }) => iamAction)).toContain('ec2:DescribeVpcBlockPublicAccessOptions');
  });
});
