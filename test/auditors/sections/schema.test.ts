import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { sampleAccount, sampleAccounts } from '../../../mocks/accounts/index.ts';
import { snapshotOf } from '../../../mocks/snapshot.ts';
import { reportSections } from '../../../src/auditors/report-sections.ts';
import { schemaPath } from '../../../src/reporters/read-report.ts';
import { firstViolation } from '../../../src/reporters/schema-check.ts';

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

describe('the sections of a report', () => {
  it.each(Object.keys(sampleAccounts))('of %s are what the schema says, down to the last member', (name) => {
    const { sections, broken } = reportSections(snapshotOf(sampleAccount(name).world));
    expect(broken).toEqual([]);
    const properties = Object.fromEntries(Object.keys(sections).map((key) => [key, published.properties[key]]));
    expect(Object.values(properties)).not.toContain(undefined);
    const schema = { type: 'object', required: Object.keys(sections), properties, $defs: published.$defs };
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
      closed(schema) as Record<string, unknown>,
    );
    const document: unknown = JSON.parse(JSON.stringify(sections));
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(firstViolation(schema as never, document)).toBeUndefined();
  });
});
