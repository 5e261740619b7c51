import type { NormalizedSchema } from '@smithy/core/schema';
import { isItemList } from '../world.ts';
import { FixtureError } from './fixture-error.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// oxlint-disable-next-line no-control-regex -- control characters are the subject
const special = /[&<>"\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const everySpecial = new RegExp(special, 'g');

/** Text for an XML element: markup escaped, and control characters as references, so that no parser normalises them. */
export function escapeXml(text: string): string {
  if (!special.test(text)) return text;
  return text.replaceAll(everySpecial, (character) => entities[character] ?? `&#${character.charCodeAt(0)};`);
}

/** How a protocol spells the elements of its answers. */
export interface XmlDialect {
  /** The element of a list's items where the schema names none. */
  readonly item: string;
}

type Writer = (value: unknown, path: string) => string;

/** Writes values of a schema as XML; the writers are made once per schema and kept. */
export function createXmlWriter(dialect: XmlDialect): (schema: NormalizedSchema, value: unknown) => string {
  const writers = new Map<unknown, Writer>();

  const writerOf = (schema: NormalizedSchema): Writer => {
    if (schema.isStructSchema()) return remembered(schema.getSchema(), () => structWriter(schema));
    if (schema.isListSchema()) return listWriter(schema);
    return scalarWriter(schema);
  };

  /** A structure may hold itself, so what is remembered is a promise of a writer. */
  const remembered = (key: unknown, make: () => Writer): Writer => {
    const known = writers.get(key);
    if (known !== undefined) return known;
    let made: Writer | undefined;
    const lazy: Writer = (value, path) => (made ??= make())(value, path);
    writers.set(key, lazy);
    return lazy;
  };

  const structWriter = (schema: NormalizedSchema): Writer => {
    const members = new Map(
      [...schema.structIterator()].map(([name, member]) => [name, elementWriter(xmlNameOf(member) ?? name, member)]),
    );
    return (value, path) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new FixtureError(path, 'should be an object');
      }
      let text = '';
      for (const [name, member] of Object.entries(value)) {
        const write = members.get(name);
        const place = path === '' ? name : `${path}.${name}`;
        if (write === undefined) throw new FixtureError(place, `is no member of ${schema.getName() ?? 'the answer'}`);
        if (member !== undefined && member !== null) text += write(member, place);
      }
      return text;
    };
  };

  const elementWriter = (name: string, schema: NormalizedSchema): Writer => {
    if (schema.isListSchema() && schema.getMergedTraits().xmlFlattened === 1) {
      const write = elementWriter(name, schema.getValueSchema());
      return (value, path) =>
        items(value, path)
          .map((item, index) => write(item, `${path}[${index}]`))
          .join('');
    }
    const write = writerOf(schema);
    return (value, path) => `<${name}>${write(value, path)}</${name}>`;
  };

  const listWriter = (schema: NormalizedSchema): Writer => {
    const value = schema.getValueSchema();
    const write = elementWriter(xmlNameOf(value) ?? dialect.item, value);
    return (list, path) =>
      items(list, path)
        .map((item, index) => write(item, `${path}[${index}]`))
        .join('');
  };

  return (schema, value) => writerOf(schema)(value, '');
}

function items(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isItemList(value)) throw new FixtureError(path, 'should be a list');
  return Array.from({ length: value.length }, (_, index) => value.at(index));
}

/** The element name that the schema gives; `undefined` where the member's own name is meant. */
export function xmlNameOf(schema: NormalizedSchema): string | undefined {
  const name: unknown = schema.getMergedTraits()['xmlName'];
  return typeof name === 'string' ? name : undefined;
}

function scalarWriter(schema: NormalizedSchema): Writer {
  if (schema.isTimestampSchema()) return (value, path) => timestamp(value, path).toISOString();
  if (schema.isBooleanSchema()) {
    return (value, path) => {
      if (typeof value !== 'boolean') throw new FixtureError(path, 'should be true or false');
      return String(value);
    };
  }
  if (schema.isNumericSchema()) {
    return (value, path) => {
      if (typeof value !== 'number') throw new FixtureError(path, 'should be a number');
      return String(value);
    };
  }
  return (value, path) => {
    if (typeof value !== 'string') throw new FixtureError(path, 'should be a string');
    return escapeXml(value);
  };
}

/** A point in time as exporters write it: ISO 8601, or seconds since 1970. */
export function timestamp(value: unknown, path: string): Date {
  const date =
    value instanceof Date
      ? value
      : new Date(typeof value === 'number' ? value * 1000 : typeof value === 'string' ? value : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new FixtureError(path, 'should be a time');
  return date;
}
