import { NormalizedSchema } from '@smithy/core/schema';
import { describe, expect, it } from 'vitest';
import { serviceExports } from '../../aws/service-exports.ts';
import type { ServiceName } from '../../../src/model/service.ts';
import type { Raw } from '../../../src/model/decode.ts';
import { mapAnswer, noItems } from '../../../src/model/snapshot/map-answer.ts';
import type { ResourceKind } from '../../../src/model/resource-kind.ts';
import { routeTables } from '../../../src/model/resources/route-table.ts';
import { resourceKeys, resourceKinds } from '../../../src/model/resources.ts';

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

/** An operation's input and output as the SDK declares them. */
function schemasOf(service: ServiceName, operation: string): { input: NormalizedSchema; output: NormalizedSchema } {
  const schema = serviceExports(service)[`${operation}$`] as readonly SchemaRef[] | undefined;
  if (schema === undefined) throw new Error(`${service} has no operation ${operation}`);
  return { input: NormalizedSchema.of(schema[4] as SchemaRef), output: NormalizedSchema.of(schema[5] as SchemaRef) };
}

/** Members of nouns that no member of the answer feeds, and why that is right. */
const neverFed: readonly string[] = [
  // Stale permissions list their CIDRs and prefix lists as plain strings, without descriptions.
  '[].staleIpPermissions[].ipRanges[].description',
  '[].staleIpPermissions[].prefixListIds[].description',
  '[].staleIpPermissionsEgress[].ipRanges[].description',
  '[].staleIpPermissionsEgress[].prefixListIds[].description',
];

/** Words that decide whether an item can be judged at all. */
const words: Record<string, string> = { RuleAction: 'allow' };

/** An answer with every declared member in it; reading any other member is written down. */
function sample(schema: NormalizedSchema, path: string, undeclared: Set<string>, depth = 0): unknown {
  if (depth > 8) return undefined;
  if (schema.isStructSchema()) {
    const members = new Map(schema.structIterator());
    const target: Record<string, unknown> = {};
    for (const [name, member] of members) {
      target[name] = words[name] ?? sample(member, `${path}.${name}`, undeclared, depth + 1);
    }
    const note = (name: string | symbol): void => {
      if (typeof name === 'string' && !members.has(name)) undeclared.add(`${path}.${name}`);
    };
    return new Proxy(target, {
      get: (object, name) => (note(name), Reflect.get(object, name)),
      has: (object, name) => (note(name), Reflect.has(object, name)),
    });
  }
  if (schema.isListSchema()) return [sample(schema.getValueSchema(), `${path}[]`, undeclared, depth + 1)];
  if (schema.isMapSchema()) return { key: sample(schema.getValueSchema(), `${path}{}`, undeclared, depth + 1) };
  if (schema.isBooleanSchema()) return true;
  if (schema.isNumericSchema()) return 1;
  return `value of ${path}`;
}

/** The paths in a noun that hold `undefined`. */
function unfed(value: unknown, path = ''): string[] {
  if (value === undefined) return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    unfed(member, Array.isArray(value) ? `${path}[]` : path === '' ? key : `${path}.${key}`),
  );
}

describe.each(resourceKeys)('%s as the SDK declares it', (key) => {
  const kind = resourceKinds[key];
  const { input, output } = schemasOf(kind.service, kind.operation);

  it('reads only members that the answer of the operation has, and feeds every member of the noun', () => {
    const undeclared = new Set<string>();
    const answer = sample(output, kind.operation, undeclared) as Raw;
    const items = noItems<unknown>();
    mapAnswer<unknown>(kind, answer, kind.per === undefined ? '' : 'parent', items);
    expect(items.incomplete).toEqual([]);
    expect(items.resources).toHaveLength(1);
    expect(unfed(items.resources).filter((path) => !neverFed.includes(path))).toEqual([]);
    // The one object of a call per resource is named by the input of the call and not by itself.
    const named = kind.shape === 'object' ? `.${kind.idMember}` : '(none)';
    expect([...undeclared].filter((path) => !path.endsWith(named))).toEqual([]);
  });

  it('names declared members for its list, its id and the input of a call per resource', () => {
    const outer = kind.member === undefined ? output : output.getMemberSchema(kind.member);
    expect(outer.isListSchema()).toBe(kind.member !== undefined && kind.shape !== 'object');
    const listed = outer.isListSchema() ? outer.getValueSchema() : outer;
    const inner = kind.nested === undefined ? listed : listed.getMemberSchema(kind.nested).getValueSchema();
    const names = [...inner.structIterator()].map(([name]) => name);
    if (kind.whole === undefined && (kind.shape !== 'object' || kind.per === undefined))
      expect(names).toContain(kind.idMember);
    if (kind.per !== undefined) {
      expect([...input.structIterator()].map(([name]) => name)).toContain(kind.per.input);
      expect(resourceKeys.indexOf(kind.per.kind as (typeof resourceKeys)[number])).toBeGreaterThanOrEqual(0);
      expect(resourceKeys.indexOf(kind.per.kind as (typeof resourceKeys)[number])).toBeLessThan(
        resourceKeys.indexOf(key),
      );
    }
  });
});

describe('a route', () => {
  const routes = schemasOf('ec2', 'DescribeRouteTables').output.getMemberSchema('RouteTables').getValueSchema();
  const members = [...routes.getMemberSchema('Routes').getValueSchema().structIterator()].map(([name]) => name);
  const targets = members.filter((name) => /(Id|Arn)$/.test(name) && !/^Destination|OwnerId$/.test(name));

  it.each(targets)('is sent to its %s, whose kind is known', (member) => {
    const id = member === 'GatewayId' ? 'igw-0123456789abcdef0' : 'target';
    const [table] = map(routeTables, [
      {
        RouteTableId: 'rtb-1',
        Associations: [],
        Routes: [{ DestinationCidrBlock: '0.0.0.0/0', State: 'active', [member]: id }],
      },
    ]);
    expect(table?.routes[0]?.target.id).toBe(id);
    expect(table?.routes[0]?.target.kind).not.toBe('unknown');
  });

  it('has all the targets that the SDK declares', () => {
    expect(targets).toHaveLength(11);
  });
});

function map<T>(kind: ResourceKind<T>, raws: readonly Raw[]): readonly T[] {
  const items = noItems<T>();
  mapAnswer(kind, { [kind.member ?? '']: raws }, '', items);
  return items.resources;
}

describe('the table of kinds', () => {
  it('has one kind for each operation', () => {
    const operations = resourceKeys.map((key) => `${resourceKinds[key].service}.${resourceKinds[key].operation}`);
    expect(new Set(operations).size).toBe(operations.length);
  });
});
