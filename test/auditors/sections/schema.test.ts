import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { sampleAccount, sampleAccounts } from '../../../mocks/accounts/index.ts';
import { snapshotOf } from '../../../mocks/snapshot.ts';
import { reportSections } from '../../../src/auditors/report-sections.ts';
import { type ResourceKey, resourceKeys } from '../../../src/model/resources.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { schemaPath } from '../../../src/reporters/read-report.ts';
import { firstViolation } from '../../../src/reporters/schema-check.ts';
import { denied } from '../judge.ts';

interface Schema {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly $defs: unknown;
}

/** The schema with every object closed, so that a member that it does not describe is seen. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, closed(member)]));
  return 'properties' in members && members['type'] === 'object'
    ? { ...members, additionalProperties: false }
    : members;
}

const published = JSON.parse(readFileSync(schemaPath, 'utf8')) as Schema;

/** Holds the sections of a snapshot to the schema, every member of them. */
function expectDescribed(snapshot: Snapshot): void {
  const { sections, broken } = reportSections(snapshot);
  expect(broken).toEqual([]);
  const document: unknown = JSON.parse(JSON.stringify(sections));
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(firstViolation(schema as never, document)).toBeUndefined();
}

const names = ['defenceInDepth', 'networkMaps', 'organisationMap', 'tierChains', 'advice', 'cost'];
const properties = Object.fromEntries(names.map((key) => [key, published.properties[key]]));
const schema = { type: 'object', required: names, properties, $defs: published.$defs };
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  closed(schema) as Record<string, unknown>,
);

const everywhereDenied = (snapshot: Snapshot, kinds: readonly ResourceKey[]): Snapshot => ({
  ...snapshot,
  regions: snapshot.regions.map((region) => kinds.reduce(denied, region)),
});

describe('the sections of a report', () => {
  it.each(Object.keys(sampleAccounts))('of %s are what the schema says, down to the last member', (name) => {
    expectDescribed(snapshotOf(sampleAccount(name).world));
  });

  it('are so whatever could not be read', () => {
    const snapshot = snapshotOf(sampleAccount('hub-spoke-org').world);
    for (const kind of resourceKeys) expectDescribed(everywhereDenied(snapshot, [kind]));
    expectDescribed(everywhereDenied(snapshot, resourceKeys));
  });

  it.each([
    'subnets',
    'vpcs',
    'routeTables',
    'networkAcls',
    'securityGroups',
    'networkInterfaces',
    'internetGateways',
  ] as const)('call nothing held, blocked or met for want of %s', (kind) => {
    for (const name of Object.keys(sampleAccounts)) {
      const snapshot = snapshotOf(sampleAccount(name).world);
      const { sections: whole } = reportSections(snapshot);
      const { sections: less } = reportSections(everywhereDenied(snapshot, [kind]));
      const before = new Map(
        whole.defenceInDepth?.flatMap(({ subnetId, families }) =>
          families.flatMap(({ family, layers, exposure }) => [
            [`${subnetId} ${family}`, exposure] as const,
            ...layers.map(({ layer, state }) => [`${subnetId} ${family} ${layer}`, state] as const),
          ]),
        ),
      );
      for (const { subnetId, families } of less.defenceInDepth ?? []) {
        for (const { family, layers, exposure } of families) {
          if (exposure === 'blocked')
            expect(before.get(`${subnetId} ${family}`), `${name} ${subnetId}`).toBe('blocked');
          for (const { layer, state } of layers.filter((own) => own.state === 'holds'))
            expect([layer, before.get(`${subnetId} ${family} ${layer}`) ?? state], `${name} ${subnetId}`).toEqual([
              layer,
              state,
            ]);
        }
      }
      for (const { links } of [less.organisationMap ?? { links: [] }]) {
        for (const { id, directions } of links) {
          const own = whole.organisationMap?.links.find(
            (link) =>
              link.id === id &&
              link.directions[0].fromVpcId === directions[0].fromVpcId &&
              link.directions[1].fromVpcId === directions[1].fromVpcId,
          );
          directions.forEach(({ traffic, toVpcId }, at) => {
            if (traffic === 'no') expect(own?.directions[at]?.traffic, `${name} ${toVpcId}`).toBe('no');
          });
        }
      }
    }
  });
});
