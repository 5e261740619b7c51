import { describe, expect, it } from 'vitest';
import {
  instance,
  networkInterface,
  permission,
  route,
  routeTable,
  securityGroup,
  subnet,
} from '../../../src/auditors/examples.ts';
import check from '../../../src/auditors/instances/instance-public-ip.ts';
import role from '../../../src/auditors/instances/instance-public-with-role.ts';
import { judge } from '../judge.ts';

const mapped = networkInterface({
  Attachment: { InstanceId: 'i-0a1' },
  PrivateIpAddresses: [
    { PrivateIpAddress: '10.0.1.10', Primary: true },
    { PrivateIpAddress: '10.0.1.11', Primary: false, Association: { PublicIp: '198.51.100.7' } },
  ],
});
const igw = { GatewayId: 'igw-0a1' };
const through = (...routes: Parameters<typeof routeTable>[0]) => ({
  instances: [instance({ IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/app' } })],
  networkInterfaces: [mapped],
  subnets: [subnet()],
  routeTables: [routeTable(routes)],
});

describe('F21 a public address is exposed by its route', () => {
  it('on a secondary address too', () => {
    expect(judge(check, through(route('0.0.0.0/0', igw))).failures).toHaveLength(1);
  });

  it('not by a blackhole, a NAT gateway, or a route for one network', () => {
    expect(judge(check, through(route('0.0.0.0/0', igw, 'blackhole'))).failures).toEqual([]);
    expect(judge(check, through(route('0.0.0.0/0', { NatGatewayId: 'nat-0a1' }))).failures).toEqual([]);
    expect(judge(check, through(route('198.51.100.0/24', igw))).failures).toEqual([]);
  });

  it('not by the main table of another VPC (F14)', () => {
    const other = routeTable([route('0.0.0.0/0', igw)], { VpcId: 'vpc-0a2', Associations: [{ Main: true }] });
    const judged = judge(check, { ...through(), routeTables: [other] });
    expect([judged.failures.length, judged.unknowns.length]).toEqual([0, 1]);
  });
});

describe('a role behind a public address', () => {
  const open = (...permissions: ReturnType<typeof permission>[]) =>
    judge(role, { ...through(route('0.0.0.0/0', igw)), securityGroups: [securityGroup(permissions)] });

  it('F6 is reached by parts that make up the internet, and not by a partner', () => {
    expect(open(permission('tcp', 443, '0.0.0.0/1', '128.0.0.0/1')).failures).toHaveLength(1);
    expect(open(permission('tcp', 443, '198.51.100.0/24')).passes).toHaveLength(1);
  });

  it('F7 is unknown where a prefix list is', () => {
    expect(open(permission('tcp', 443, 'pl-0a1')).unknowns).toHaveLength(1);
  });
});
