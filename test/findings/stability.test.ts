/**
 * What changes in an account without changing what is wrong, over HTTP: rules re-created with new ids and in another order,
 * groups and subnets renamed and retagged. Nothing of it is news; a wider rule is.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow, deny, region, tcp, udp } from '../../mocks/builders.ts';
import type { World } from '../../mocks/world.ts';
import { type AuditReport, type Baseline, baselineOf, diff } from '../../src/index.ts';
import { auditUnder, signInAs } from '../end-to-end/fault-line.ts';

interface Night {
  /** What the rules are told apart by, in the answers. */
  readonly generation: string;
  readonly reversed: boolean;
  readonly names: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly ssh: string;
  readonly ports: readonly [number, number];
  /** The numbers of the ACL's entries. */
  readonly numbers: readonly [number, number];
}

const asItWas: Night = {
  generation: 'a',
  reversed: false,
  names: 'first',
  tags: { Team: 'network' },
  ssh: '0.0.0.0/1',
  ports: [8080, 8081],
  numbers: [100, 200],
};

/** Resources are what they were whatever they are called: the id is made from the key, not from the name. */
function account(night: Night): World {
  const net = region('111122223333', 'eu-west-1');
  const vpc = net.vpc({ name: 'vpc', cidr: '10.0.0.0/16', raw: { Tags: tags(night, 'vpc') } });
  const subnet = vpc.publicSubnet({ name: 'subnet', raw: { Tags: tags(night, 'subnet') } });
  const rules = [tcp(22, night.ssh), tcp(3389, '0.0.0.0/0'), udp(161, '0.0.0.0/0'), tcp(night.ports, '0.0.0.0/0')];
  const group = vpc.securityGroup('web', {
    name: 'group',
    ingress: night.reversed ? rules.toReversed() : rules,
    raw: { Tags: tags(night, 'group') },
  });
  subnet.instance({ name: 'server', securityGroups: [group], raw: { Tags: tags(night, 'server') } });
  const [first, second] = night.numbers;
  vpc.networkAcl({
    name: 'acl',
    subnets: [subnet],
    ingress: [
      allow(first, tcp(22, '0.0.0.0/0')),
      deny(second, tcp(3389, '0.0.0.0/0')),
      allow(second + 1, tcp([0, 65_535], '0.0.0.0/0')),
    ],
    egress: [allow(first, tcp([0, 65_535], '0.0.0.0/0'))],
    raw: { Tags: tags(night, 'acl') },
  });
  return recreated(net.toWorld(), night.generation);
}

const tags = ({ names, tags: others }: Night, what: string): readonly { Key: string; Value: string }[] => [
  { Key: 'Name', Value: `${names}-${what}` },
  ...Object.entries(others).map(([Key, Value]) => ({ Key, Value })),
];

/** The same world with every rule under another id. */
function recreated(world: World, generation: string): World {
  const accounts = [...world.accounts].map(([accountId, owner]) => {
    const regions = [...owner.regions].map(([name, documents]) => {
      const renamed = [...documents].map(([key, document]) => {
        const text = JSON.stringify(document, (_, value: unknown) =>
          typeof value === 'object' && value !== null && 'at' in value ? [...(value as readonly unknown[])] : value,
        );
        return [key, JSON.parse(text.replaceAll(/sgr-([0-9a-f]{16})[0-9a-f]/g, `sgr-$1${generation}`))] as const;
      });
      return [name, new Map(renamed)] as const;
    });
    return [accountId, { ...owner, regions: new Map(regions) }] as const;
  });
  return { ...world, accounts: new Map(accounts) };
}

describe('a fingerprint, from one night to the next', () => {
  const before = { ...process.env };
  let known: Baseline;
  let idsThen: ReadonlySet<string>;
  const night = async (changes: Partial<Night>): Promise<AuditReport> =>
    (await auditUnder(account({ ...asItWas, ...changes }), [])).report;
  const ruleIds = (report: AuditReport): ReadonlySet<string> =>
    new Set(JSON.stringify(report.results).match(/sgr-[0-9a-f]+/g));

  beforeAll(async () => {
    signInAs('111122223333');
    const report = await night({});
    known = baselineOf(report);
    idsThen = ruleIds(report);
    expect(idsThen.size).toBeGreaterThan(3);
  });
  afterAll(() => {
    process.env = before;
  });

  it('is that of several findings on rules of groups and ACLs', () => {
    const ids = new Set(known.findings.map(({ checkId }) => checkId));
    expect(ids).toContain('security-group-open-to-internet');
    expect(ids).toContain('network-acl-admin-ports-open-to-internet');
  });

  it.each<[string, Partial<Night>]>([
    ['re-created', { generation: 'b' }],
    ['reordered', { reversed: true, numbers: [300, 500] }],
    ['renamed', { names: 'second' }],
    ['retagged', { tags: { Owner: 'somebody else', Team: 'platform' } }],
    ['all of it at once', { generation: 'c', reversed: true, names: 'third', tags: {}, numbers: [10, 20] }],
  ])('stays when the rules are %s', async (_, changes) => {
    const report = await night(changes);
    if (changes.generation !== undefined) {
      const ids = ruleIds(report);
      expect(ids.size).toBe(idsThen.size);
      expect([...ids].filter((id) => idsThen.has(id))).toEqual([]);
    }
    const { findings } = diff(known, baselineOf(report));
    expect(findings.unchanged).toHaveLength(known.findings.length);
    expect([findings.new, findings.resolved, findings.changed, findings.incomparable]).toEqual([[], [], [], []]);
  });

  it.each<[string, Partial<Night>]>([
    ['a block', { ssh: '0.0.0.0/0' }],
    ['a range of ports', { ports: [8080, 9200] }],
  ])('is another when %s is widened', async (_, changes) => {
    const { findings } = diff(known, baselineOf(await night(changes)));
    expect(findings.incomparable).toEqual([]);
    expect(findings.new.length).toBeGreaterThan(0);
    expect(findings.resolved.length).toBeGreaterThan(0);
    expect(findings.new.map(({ checkId }) => checkId)).toContainEqual(expect.stringMatching(/^security-group-/));
    expect(findings.unchanged.length + findings.changed.length + findings.resolved.length).toBe(known.findings.length);
  });
});
