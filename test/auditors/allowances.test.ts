import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleRegion, exampleSnapshot } from '../../src/auditors/example-region.ts';
import { networkInterface, peering, permission, securityGroup } from '../../src/auditors/examples.ts';
import { loadChecks } from '../../src/auditors/registry.ts';
import { runChecks } from '../../src/auditors/run.ts';
import type { ExampleResources } from '../../src/auditors/check.ts';
import {
  type Configuration,
  noConfiguration,
  type PublicService,
} from '../../src/model/configuration/configuration.ts';
import type { Verdict } from '../../src/model/verdict/verdict.ts';

const open = 'security-group-open-to-internet';

async function verdicts(
  id: string,
  resources: ExampleResources,
  configuration: Partial<Configuration>,
): Promise<readonly Verdict[]> {
  const run = runChecks(exampleSnapshot([exampleRegion(resources)]), await loadChecks([id]), {
    ...noConfiguration,
    ...configuration,
  });
  expect(run.defects).toEqual([]);
  return run.verdicts.map(({ verdict }) => verdict);
}

const shop: PublicService = {
  name: 'shop',
  reason: 'The shop is for everybody.',
  traffic: [{ protocol: 'tcp', ports: { from: 443, to: 443 } }],
  cidrs: ['0.0.0.0/0', '::/0'],
  place: {},
};
const group = (...permissions: Parameters<typeof securityGroup>[0]): ExampleResources => ({
  securityGroups: [securityGroup(permissions, { Tags: [{ Key: 'Exposure', Value: 'public' }] })],
});
const allowing = (...publicServices: readonly PublicService[]): Partial<Configuration> => ({ publicServices });

describe('an allowed public service', () => {
  it('passes within its bounds, and says why and by which rule', async () => {
    const said = await verdicts(open, group(permission('tcp', 443, '0.0.0.0/0')), allowing(shop));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({
      outcome: 'pass',
      allowed: {
        kind: 'public-service',
        by: 'shop',
        reason: shop.reason,
        title: 'HTTPS (tcp 443) is open to the internet',
      },
    });
    const [pass] = said;
    if (pass?.outcome !== 'pass') throw new Error('it does not pass');
    expect(pass.allowed?.evidence[0]).toMatchObject({ type: 'security-group-rule', fromPort: 443, peer: '0.0.0.0/0' });
  });

  it.each<[string, readonly ReturnType<typeof permission>[]]>([
    ['another port', [permission('tcp', 22, '0.0.0.0/0')]],
    ['another protocol', [permission('udp', 443, '0.0.0.0/0')]],
    ['every port', [permission('tcp', [0, 65_535], '0.0.0.0/0')]],
    ['all traffic', [permission('-1', undefined, '0.0.0.0/0')]],
  ])('fails when it is widened to %s', async (_, permissions) => {
    const said = await verdicts(open, group(...permissions), allowing(shop));
    expect(said.filter(({ outcome }) => outcome === 'fail').length).toBeGreaterThan(0);
  });

  it('fails when it is widened beyond its blocks, and says which service it exceeds', async () => {
    const bounded = { ...shop, cidrs: ['198.51.100.0/24'] };
    const said = await verdicts(open, group(permission('tcp', 443, '0.0.0.0/0')), allowing(bounded));
    expect(said.map(({ outcome }) => outcome)).toEqual(['fail']);
    expect(said[0]).toMatchObject({ title: expect.stringContaining('beyond what "shop" allows') as string });
    const half = { ...shop, cidrs: ['0.0.0.0/0'] };
    const both = await verdicts(open, group(permission('tcp', 443, '0.0.0.0/0', '::/0')), allowing(half));
    expect(both.map(({ outcome }) => outcome)).toEqual(['fail']);
  });

  it('lets the rest of a finding stand', async () => {
    const odd: PublicService = { ...shop, traffic: [{ protocol: 'tcp', ports: { from: 7777, to: 7777 } }] };
    const said = await verdicts(open, group(permission('tcp', [7777, 7779], '0.0.0.0/0')), allowing(odd));
    const failures = said.filter((verdict) => verdict.outcome === 'fail');
    expect(said.map(({ outcome }) => outcome).toSorted()).toEqual(['fail', 'pass']);
    expect(failures[0]?.title).toMatch(/^tcp 7778-7779 is open/);
    expect(failures[0]?.evidence).toContainEqual(
      expect.objectContaining({ type: 'traffic', portRanges: [{ from: 7778, to: 7779 }] }),
    );
  });

  it.each<[string, PublicService['place'], 'pass' | 'fail']>([
    ['its account', { accounts: ['111122223333'] }, 'pass'],
    ['another account', { accounts: ['444455556666'] }, 'fail'],
    ['its Region', { regions: ['eu-west-1'] }, 'pass'],
    ['another Region', { regions: ['eu-west-2'] }, 'fail'],
    ['its VPC', { vpcs: ['vpc-0a1'] }, 'pass'],
    ['another VPC', { vpcs: ['vpc-0a2'] }, 'fail'],
    ['itself', { resources: ['sg-0a1'] }, 'pass'],
    ['another group', { resources: ['sg-0a2'] }, 'fail'],
    ['its tag', { tags: [{ key: 'Exposure', value: 'public' }] }, 'pass'],
    ['another tag', { tags: [{ key: 'Exposure', value: 'private' }] }, 'fail'],
    ['its VPC and another group', { vpcs: ['vpc-0a1'], resources: ['sg-0a2'] }, 'fail'],
  ])('holds where it is said to: %s', async (_, place, outcome) => {
    const said = await verdicts(open, group(permission('tcp', 443, '0.0.0.0/0')), allowing({ ...shop, place }));
    expect(said.map((verdict) => verdict.outcome)).toEqual([outcome]);
  });

  it('never lets a port pass that it does not name, and fails nothing that passed before', async () => {
    const ports = fc
      .tuple(fc.nat({ max: 300 }), fc.nat({ max: 20 }))
      .map(([from, size]) => ({ from, to: from + size }));
    await fc.assert(
      fc.asyncProperty(ports, ports, async (opened, allowed) => {
        const service: PublicService = { ...shop, traffic: [{ protocol: 'tcp', ports: allowed }] };
        const resources = group(permission('tcp', [opened.from, opened.to], '0.0.0.0/0'));
        const said = await verdicts(open, resources, allowing(service));
        const left = new Set(
          said.flatMap((verdict) =>
            verdict.outcome !== 'fail'
              ? []
              : verdict.evidence.flatMap((item) =>
                  item.type !== 'traffic'
                    ? []
                    : item.portRanges.flatMap(({ from, to }) =>
                        Array.from({ length: to - from + 1 }, (_, i) => from + i),
                      ),
                ),
          ),
        );
        for (let port = opened.from; port <= opened.to; port += 1) {
          expect(left.has(port), String(port)).toBe(port < allowed.from || port > allowed.to);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a trusted account', () => {
  const resources: ExampleResources = {
    vpcPeeringConnections: [
      peering({
        AccepterVpcInfo: { VpcId: 'vpc-0b2', OwnerId: '777788889999', Region: 'eu-west-1', CidrBlock: '10.1.0.0/16' },
      }),
    ],
  };

  it('may be peered with, and no other', async () => {
    const id = 'vpc-peering-with-outside-account';
    const trusting = (account: string): Partial<Configuration> => ({
      trustedAccounts: [{ id: account, name: 'Partner' }],
    });
    expect(await verdicts(id, resources, trusting('777788889999'))).toMatchObject([
      { outcome: 'pass', allowed: { kind: 'trusted-account', by: '777788889999', reason: 'Partner' } },
    ]);
    expect(await verdicts(id, resources, trusting('444455556666'))).toMatchObject([{ outcome: 'fail' }]);
  });
});

describe('known CIDRs', () => {
  it('are named in evidence, the smallest block around an address', async () => {
    const knownCidrs = [
      { cidr: '203.0.0.0/16', name: 'provider' },
      { cidr: '203.0.113.0/24', name: 'Office' },
      { cidr: '10.0.0.0/8', name: 'inside' },
    ];
    const resources = group(permission('-1', undefined, '203.0.113.0/25', '198.51.100.0/24', '203.0.0.0/15'));
    const said = await verdicts('security-group-ports-too-wide', resources, { knownCidrs });
    const named = said.flatMap((verdict) =>
      verdict.outcome !== 'fail'
        ? []
        : verdict.evidence.map((item) => (item.type === 'security-group-rule' ? [item.peer, item.knownAs] : [])),
    );
    const peerOf = ([peer]: readonly unknown[]): string => (typeof peer === 'string' ? peer : '');
    expect(named.toSorted((a, b) => (peerOf(a) < peerOf(b) ? -1 : 1))).toEqual([
      ['198.51.100.0/24', undefined],
      ['203.0.0.0/15', undefined],
      ['203.0.113.0/25', [{ cidr: '203.0.113.0/25', name: 'Office' }]],
    ]);
  });
});

describe('an option of a check', () => {
  it('is what the configuration says, else its default', async () => {
    const id = 'security-group-too-many-rules';
    const rules = (count: number) =>
      permission('tcp', 443, ...Array.from({ length: count }, (_, index) => `10.0.${index}.0/24`));
    const most = (value: number): Partial<Configuration> => ({ checks: { [id]: { options: { most_rules: value } } } });
    const outcome = async (count: number, configuration: Partial<Configuration>): Promise<string | undefined> =>
      (await verdicts(id, group(rules(count)), configuration))[0]?.outcome;
    expect(await outcome(50, {})).toBe('pass');
    expect(await outcome(51, {})).toBe('fail');
    expect(await outcome(51, most(60))).toBe('pass');
    expect(await outcome(11, most(10))).toBe('fail');
  });

  it('is a defect to ask for where it is not declared', async () => {
    const [check] = await loadChecks(['security-group-too-many-rules']);
    if (check === undefined) throw new Error('there is no such check');
    const { options: _, ...bare } = check;
    const region = exampleRegion({ securityGroups: [securityGroup([])], networkInterfaces: [networkInterface()] });
    expect(runChecks(exampleSnapshot([region]), [bare]).defects).toHaveLength(1);
  });
});
