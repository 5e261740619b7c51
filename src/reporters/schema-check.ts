import { isRaw, type Raw } from '../model/decode.ts';

/** A document that its schema does not admit. */
export interface Violation {
  /** The member at fault, such as `results[3].resource.id`; empty for the document itself. */
  readonly path: string;
  /** What is wrong with it: `should be a string but is a number`. */
  readonly reason: string;
}

type Keyword = (argument: unknown, value: unknown, path: string, schema: Raw, root: Raw) => Violation | undefined;

/**
 * The first thing in a document that a JSON Schema (draft 2020-12) does not admit. It knows the keywords that the report's
 * own schema uses and throws on any other, so that none is passed over.
 */
export function firstViolation(root: Raw, document: unknown): Violation | undefined {
  return check(root, document, '', root);
}

function check(schema: Raw, value: unknown, path: string, root: Raw): Violation | undefined {
  for (const [name, argument] of Object.entries(schema)) {
    if (annotations.has(name)) continue;
    const keyword = keywords[name];
    if (keyword === undefined) throw new Error(`the schema uses the keyword ${name}, which is not known here`);
    const violation = keyword(argument, value, path, schema, root);
    if (violation !== undefined) return violation;
  }
  return undefined;
}

const annotations: ReadonlySet<string> = new Set(['$schema', '$id', '$defs', 'title', 'description']);

const keywords: Readonly<Record<string, Keyword>> = {
  $ref: (argument, value, path, _, root) => check(definition(root, String(argument)), value, path, root),
  type: (argument, value, path) =>
    isOfType(String(argument), value)
      ? undefined
      : { path, reason: `should be ${typeNames[String(argument)] ?? String(argument)} but is ${nameOf(value)}` },
  const: (argument, value, path) =>
    value === argument ? undefined : { path, reason: `should be ${JSON.stringify(argument)} but is ${nameOf(value)}` },
  enum: (argument, value, path) =>
    listOf(argument).includes(value)
      ? undefined
      : { path, reason: `should be one of ${listOf(argument).join(', ')} but is ${nameOf(value)}` },
  required: (argument, value, path) => {
    if (!isRaw(value)) return undefined;
    const absent = listOf(argument)
      .filter((key) => typeof key === 'string')
      .find((key) => !Object.hasOwn(value, key));
    return absent === undefined ? undefined : { path: join(path, absent), reason: 'is absent' };
  },
  properties: (argument, value, path, _, root) => {
    if (!isRaw(value)) return undefined;
    for (const [key, schema] of Object.entries(rawOf(argument))) {
      const member = Object.hasOwn(value, key) ? value[key] : undefined;
      const violation = member === undefined ? undefined : check(rawOf(schema), member, join(path, key), root);
      if (violation !== undefined) return violation;
    }
    return undefined;
  },
  items: (argument, value, path, _, root) => {
    if (!Array.isArray(value)) return undefined;
    for (const [at, item] of value.entries()) {
      const violation = check(rawOf(argument), item, `${path}[${at}]`, root);
      if (violation !== undefined) return violation;
    }
    return undefined;
  },
  minItems: (argument, value, path) =>
    Array.isArray(value) && value.length < Number(argument) ? { path, reason: 'has too few items' } : undefined,
  minLength: (argument, value, path) =>
    typeof value === 'string' && Array.from(value).length < Number(argument)
      ? { path, reason: 'is too short' }
      : undefined,
  pattern: (argument, value, path) =>
    typeof value === 'string' && !new RegExp(String(argument), 'u').test(value)
      ? { path, reason: `should match ${String(argument)}` }
      : undefined,
  minimum: (argument, value, path) =>
    typeof value === 'number' && value < Number(argument)
      ? { path, reason: `should be at least ${String(argument)}` }
      : undefined,
  maximum: (argument, value, path) =>
    typeof value === 'number' && value > Number(argument)
      ? { path, reason: `should be at most ${String(argument)}` }
      : undefined,
  oneOf: (argument, value, path, _, root) => oneOf(listOf(argument).map(rawOf), value, path, root),
};

/** Alternatives are told apart by the constant that each demands of `type`, so that the error is about the right one. */
function oneOf(alternatives: readonly Raw[], value: unknown, path: string, root: Raw): Violation | undefined {
  const resolved = alternatives.map((schema) => definition(root, String(schema['$ref'])));
  const kindOf = (schema: Raw): unknown => rawOf(rawOf(schema['properties'])['type'])['const'];
  if (!isRaw(value)) return { path, reason: `should be an object but is ${nameOf(value)}` };
  const fitting = resolved.find((schema) => kindOf(schema) === value['type']);
  if (fitting !== undefined) return check(fitting, value, path, root);
  return { path: join(path, 'type'), reason: `should be one of ${resolved.map(kindOf).join(', ')}` };
}

function definition(root: Raw, reference: string): Raw {
  const found = rawOf(root['$defs'])[reference.replace('#/$defs/', '')];
  if (!isRaw(found)) throw new Error(`the schema refers to ${reference}, which it does not define`);
  return found;
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
};

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isRaw(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return JSON.stringify(value);
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const rawOf = (value: unknown): Raw => (isRaw(value) ? value : {});
