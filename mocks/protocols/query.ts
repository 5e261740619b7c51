import type { NormalizedSchema } from '@smithy/core/schema';
import { xmlNameOf } from './xml.ts';

/** How a query protocol spells the parameters of its requests. */
export interface QueryDialect {
  /** The parameter of a member. */
  readonly nameOf: (member: string, schema: NormalizedSchema) => string;
  /** The path of a list's nth item, from the list's own path. */
  readonly itemPath: (path: string, schema: NormalizedSchema, n: number) => string;
}

const capitalised = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** EC2: lists are flattened, names capitalised (`Filter.1.Value.2`). */
export const ec2Query: QueryDialect = {
  nameOf: (member, schema) => {
    const own: unknown = schema.getMergedTraits()['ec2QueryName'];
    if (typeof own === 'string') return own;
    const xml = xmlNameOf(schema);
    return xml === undefined ? capitalised(member) : capitalised(xml);
  },
  itemPath: (path, _schema, n) => `${path}.${n}`,
};

/** AWS query, as STS and Elastic Load Balancing speak it: `LoadBalancerArns.member.1`. */
export const awsQuery: QueryDialect = {
  nameOf: (member, schema) => xmlNameOf(schema) ?? member,
  itemPath: (path, schema, n) => {
    const flattened = schema.getMergedTraits().xmlFlattened === 1;
    return flattened ? `${path}.${n}` : `${path}.${xmlNameOf(schema.getValueSchema()) ?? 'member'}.${n}`;
  },
};

/** The parameters of a request as the SDK's input, by the operation's schema; what was not sent is absent. */
export function readQuery(
  dialect: QueryDialect,
  schema: NormalizedSchema,
  form: URLSearchParams,
): Record<string, unknown> {
  const value = read(dialect, schema, '', form);
  return (value ?? {}) as Record<string, unknown>;
}

function read(dialect: QueryDialect, schema: NormalizedSchema, path: string, form: URLSearchParams): unknown {
  if (schema.isStructSchema()) {
    const members: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator()) {
      const parameter = dialect.nameOf(name, member);
      const value = read(dialect, member, path === '' ? parameter : `${path}.${parameter}`, form);
      if (value !== undefined) members[name] = value;
    }
    return Object.keys(members).length > 0 ? members : undefined;
  }
  if (schema.isListSchema()) {
    const list: unknown[] = [];
    for (;;) {
      const value = read(dialect, schema.getValueSchema(), dialect.itemPath(path, schema, list.length + 1), form);
      if (value === undefined) break;
      list.push(value);
    }
    // An empty list is sent as an empty parameter by the AWS query protocol, and not at all by EC2
    return list.length > 0 || form.get(path) === '' ? list : undefined;
  }
  const text = form.get(path);
  if (text === null) return undefined;
  if (schema.isBooleanSchema()) return text === 'true';
  if (schema.isNumericSchema()) return Number(text);
  return text;
}
