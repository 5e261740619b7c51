import { describe, expect, it } from 'vitest';
import { sampleAccount, sampleAccounts } from '../../../mocks/accounts/index.ts';
import { region, type RegionBuilder, snapshotOf } from '../../../mocks/builders.ts';
import { costReport } from '../../../src/auditors/sections/cost/cost.ts';
import { listPrices } from '../../../src/cost/list-prices.ts';
import type { PriceTable } from '../../../src/cost/price-table.ts';
import type { CostReport } from '../../../src/model/verdict/cost.ts';
import { type ResourceKey, resourceKeys } from '../../../src/model/resources.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { denied, judgeRegion } from '../judge.ts';
import singleZone from '../../../src/auditors/nat-gateways/nat-gateway-single-zone.ts';
import unassociated from '../../../src/auditors/elastic-ips/elastic-ip-unassociated.ts';
import unusedNat from '../../../src/auditors/nat-gateways/nat-gateway-unused.ts';

const costOf = (net: RegionBuilder, table: PriceTable = listPrices): CostReport =>
  costReport(snapshotOf(net.toWorld()), table);
const virginia = (): RegionBuilder => region('111122223333', 'us-east-1');
const item = ({ items }: CostReport, id: string) => items.find((one) => one.id === id);
const without = (snapshot: Snapshot, kind: ResourceKey): Snapshot => ({
  ...snapshot,
  regions: snapshot.regions.map((one) => denied(one, kind)),
});

/** Something of everything that is charged, some of it used by nothing. */
function mixed(): Snapshot {
  const net = virginia();
  const vpc = net.vpc({ cidr: '10.0.0.0/16' });
  const edge = vpc.publicSubnet({ az: 'a' });
  const nat = edge.natGateway();
  const inner = [vpc.subnet({ az: 'a' }), vpc.subnet({ az: 'b' })] as const;
  const table = vpc.routeTable({ routes: [['0.0.0.0/0', nat]] });
  for (const subnet of inner) table.associate(subnet);
  edge.natGateway();
  edge.natGateway({ connectivityType: 'private' });
  vpc.regionalNatGateway({ azs: ['a', 'b'] });
  net.address();
  net.address({ raw: { PublicIpv4Pool: 'ipv4pool-ec2-0a1' } });
  edge.instance({ publicIp: true });
  edge.instance({ publicIp: net.address() });
  vpc.gatewayEndpoint('s3');
  vpc.interfaceEndpoint('ssm', { subnets: [...inner] });
  vpc.interfaceEndpoint('sqs', { subnets: [inner[0]], raw: { State: 'rejected' } });
  return snapshotOf(net.toWorld());
}

const samples = [mixed(), ...Object.keys(sampleAccounts).map((name) => snapshotOf(sampleAccount(name).world))];

describe('the costs of a network', () => {
  it('tell a NAT gateway that is routed to, and one that no route leads to as unused', () => {
    const net = virginia();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const edge = vpc.publicSubnet({ az: 'a' });
    const used = edge.natGateway();
    const idle = edge.natGateway();
    const gone = edge.natGateway().delete();
    vpc.routeTable({ routes: [['0.0.0.0/0', used]] }).associate(vpc.subnet({ az: 'a' }));
    const cost = costOf(net);
    expect(item(cost, used.id)).toMatchObject({ type: 'nat-gateway', units: 1, estimate: { dollars: 32.85 } });
    expect(item(cost, used.id)?.unused).toBeUndefined();
    expect(item(cost, idle.id)).toMatchObject({ unused: expect.any(String) as unknown, estimate: { dollars: 32.85 } });
    expect(item(cost, gone.id)).toBeUndefined();
    expect(cost.crossZone).toEqual([]);
  });

  it('tell a gateway as neither used nor unused where routes were not read', () => {
    const net = virginia();
    const idle = net.vpc().publicSubnet().natGateway();
    const cost = costReport(without(snapshotOf(net.toWorld()), 'routeTables'), listPrices);
    expect(item(cost, idle.id)?.unused).toBeUndefined();
    expect(item(cost, idle.id)?.missing?.[0]?.iamAction).toBe('ec2:DescribeRouteTables');
    expect(cost.unusedDollarsPerMonth).toBe(0);
  });

  it('name the subnets that leave through the gateway of another zone, and what a GB costs then', () => {
    const net = virginia();
    const vpc = net.vpc({ cidr: '10.0.0.0/16' });
    const nat = vpc.publicSubnet({ az: 'a' }).natGateway();
    const far = vpc.subnet({ az: 'b' });
    vpc
      .routeTable({ routes: [['0.0.0.0/0', nat]] })
      .associate(vpc.subnet({ az: 'a' }))
      .associate(far);
    expect(costOf(net).crossZone).toMatchObject([
      { natGatewayId: nat.id, subnetIds: [far.id], estimate: { dollars: 0.02, per: 'GB' } },
    ]);
  });

  it('tell nothing of a Region without prices but what there is, and take prices that are given', () => {
    const net = region('111122223333', 'eu-central-1');
    const nat = net.vpc().publicSubnet().natGateway();
    const cost = costOf(net);
    expect(cost).toMatchObject({ prices: [], dollarsPerMonth: 0 });
    expect(item(cost, nat.id)?.estimate).toBeUndefined();
    expect(item(cost, nat.id)?.missing).toHaveLength(1);
    const given = { region: 'eu-central-1', source: 'ours', date: '2026-01-01', prices: { natGatewayHour: 0.1 } };
    const priced = costOf(net, new Map([['eu-central-1', given]]));
    expect(item(priced, nat.id)?.estimate?.dollars).toBe(73);
    expect(priced.prices).toEqual([{ region: 'eu-central-1', source: 'ours', date: '2026-01-01' }]);
  });
});

it('the costs of something of everything are those that were added up by hand', () => {
  const cost = costReport(mixed(), listPrices);
  const told = cost.items.map(({ type, units, estimate, unused }) => [
    type,
    units,
    estimate?.dollars,
    unused !== undefined,
  ]);
  const sorted = (rows: readonly unknown[]): readonly string[] => rows.map((row) => JSON.stringify(row)).toSorted();
  expect(sorted(told)).toEqual(
    sorted([
      ['gateway-endpoint', 1, 0, false],
      ['interface-endpoint', 2, 14.6, false],
      ['interface-endpoint', 1, 7.3, true],
      ['nat-gateway', 1, 32.85, false],
      ['nat-gateway', 1, 32.85, true],
      ['nat-gateway', 1, 32.85, true],
      ['regional-nat-gateway', 1, undefined, true],
      // In use; of another pool; associated with nothing; of two NAT gateways and of a regional one in two zones
      ['public-ipv4-address', 2, 7.3, false],
      ['public-ipv4-address', 1, undefined, true],
      ['public-ipv4-address', 1, 3.65, true],
      ['public-ipv4-address', 4, undefined, false],
    ]),
  );
  expect(cost.dollarsPerMonth).toBe(131.4);
  expect(cost.unusedDollarsPerMonth).toBe(76.65);
});

describe('over the sample accounts', () => {
  it('agree with the checks on what is unused', () => {
    let seen = 0;
    for (const snapshot of samples) {
      const cost = costReport(snapshot, listPrices);
      const unused = cost.items
        .filter(
          (one) => one.unused !== undefined && (one.type.endsWith('nat-gateway') || one.type === 'public-ipv4-address'),
        )
        .map(({ id }) => id);
      const said = snapshot.regions.flatMap((one) =>
        [unusedNat, unassociated].flatMap((check) =>
          judgeRegion(check, one).failures.map(({ resource }) => resource.id),
        ),
      );
      expect(new Set(unused)).toEqual(new Set(said));
      seen += said.length;
    }
    expect(seen).toBeGreaterThan(0);
  });

  it('agree with the check on gateways that zones share', () => {
    for (const snapshot of samples) {
      const vpcs = new Set(costReport(snapshot, listPrices).crossZone.map(({ vpcId }) => vpcId));
      const said = snapshot.regions.flatMap((one) =>
        judgeRegion(singleZone, one).failures.map(({ resource }) => resource.id),
      );
      expect(vpcs).toEqual(new Set(said));
    }
  });

  it('count every public address once', () => {
    for (const snapshot of samples) {
      const all = new Set<string | undefined>();
      for (const { resources } of snapshot.regions) {
        if (resources.addresses.status === 'collected')
          for (const { publicIp } of resources.addresses.resources) all.add(publicIp);
        if (resources.networkInterfaces.status === 'collected')
          for (const one of resources.networkInterfaces.resources)
            for (const { association } of one.privateIpAddresses) all.add(association?.publicIp);
      }
      all.delete(undefined);
      const counted = costReport(snapshot, listPrices)
        .items.filter(({ type }) => type === 'public-ipv4-address')
        .reduce((sum, { units }) => sum + units, 0);
      expect(counted).toBe(all.size);
    }
  });

  it('add up, say of each figure that it is an estimate, and why there is none', () => {
    for (const snapshot of samples) {
      const { items, dollarsPerMonth, unusedDollarsPerMonth } = costReport(snapshot, listPrices);
      const cents = items.reduce((sum, { estimate }) => sum + Math.round((estimate?.dollars ?? 0) * 100), 0);
      expect(Math.round(dollarsPerMonth * 100)).toBe(cents);
      expect(unusedDollarsPerMonth).toBeLessThanOrEqual(dollarsPerMonth);
      for (const { estimate, missing = [] } of items) {
        if (estimate === undefined) expect(missing.length).toBeGreaterThan(0);
        else expect(estimate.from).toMatch(/^estimate: /);
      }
    }
  });

  it('call nothing unused for want of a reading, and name what was not read', () => {
    for (const snapshot of samples) {
      const before = new Set(costReport(snapshot, listPrices).items.flatMap(({ id, unused }) => (unused ? [id] : [])));
      for (const kind of resourceKeys) {
        const { items, missing } = costReport(without(snapshot, kind), listPrices);
        for (const { id, unused } of items)
          if (unused !== undefined) expect(before.has(id), `${kind} ${id}`).toBe(true);
        if (kind === 'natGateways') expect(missing.length).toBeGreaterThanOrEqual(snapshot.regions.length);
      }
    }
  });
});
