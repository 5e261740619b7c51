import type { NormalizedSchema } from '@smithy/core/schema';
import { isItemList } from '../world.ts';
import { FixtureError } from './fixture-error.ts';
import type { Protocol } from './protocol.ts';
import { timestamp } from './xml.ts';

const contentType = 'application/x-amz-json-1.1';

/** The JSON protocols 1.0 and 1.1, which differ in nothing that a client reads. */
export const awsJsonProtocol: Protocol = {
  name: (body, headers) => {
    const operation = headers['x-amz-target']?.split('.').at(-1);
    if (operation === undefined) return undefined;
    return { operation, input: () => parseBody(body) };
  },
  encode: (_operation, schema, output) => ({ contentType, body: JSON.stringify(toWire(schema.output, output, '')) }),
  encodeError: ({ code, message }) => ({ contentType, body: JSON.stringify({ __type: code, Message: message }) }),
};

function parseBody(body: string): Record<string, unknown> {
  const value: unknown = body === '' ? {} : JSON.parse(body);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The value as JSON carries it: times are seconds since 1970; unknown members are refused. */
function toWire(schema: NormalizedSchema, value: unknown, path: string): unknown {
  if (value === undefined || value === null) return undefined;
  if (schema.isStructSchema()) {
    if (typeof value !== 'object' || Array.isArray(value)) throw new FixtureError(path, 'should be an object');
    const members = new Map(schema.structIterator());
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        const place = path === '' ? name : `${path}.${name}`;
        const memberSchema = members.get(name);
        if (memberSchema === undefined)
          throw new FixtureError(place, `is no member of ${schema.getName() ?? 'the answer'}`);
        return [name, toWire(memberSchema, member, place)];
      }),
    );
  }
  if (schema.isListSchema()) {
    if (!isItemList(value)) throw new FixtureError(path, 'should be a list');
    return Array.from({ length: value.length }, (_, index) =>
      toWire(schema.getValueSchema(), value.at(index), `${path}[${index}]`),
    );
  }
  if (schema.isMapSchema()) {
    if (typeof value !== 'object' || Array.isArray(value)) throw new FixtureError(path, 'should be an object');
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, toWire(schema.getValueSchema(), item, `${path}.${key}`)]),
    );
  }
  if (schema.isTimestampSchema()) return timestamp(value, path).getTime() / 1000;
  return value;
}
