/**
 * Reading members of raw answers, strictly: a member of the wrong type refuses the document, an absent member is
 * `undefined`, and an absent member that decides what a resource admits refuses that one resource.
 */

/* oxlint-disable typescript/no-unnecessary-type-parameters -- the caller says which kind of id a member holds */

/** An object as `aws <service> <operation>` prints it. */
export type Raw = Readonly<Record<string, unknown>>;

/** A document that is not what the operation answers; `path` is the member at fault, such as `Routes[3].State`. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`${path === '' ? 'the document' : path} ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}

/**
 * One resource whose answer lacks a member that decides what it admits, or says there what this program cannot read: it
 * cannot be judged, the others can. `member` is the member's path within the item, such as `IpPermissions[2].IpProtocol`.
 */
export class IncompleteItem extends Error {
  override readonly name = 'IncompleteItem';
  readonly member: string;
  readonly reason: string;

  constructor(member: string, reason = 'is absent from the answer') {
    super(`${member} ${reason}`);
    this.member = member;
    this.reason = reason;
  }
}

const typeOf = (value: unknown): string =>
  Array.isArray(value)
    ? 'a list'
    : value === null
      ? 'null'
      : typeof value === 'object'
        ? 'an object'
        : `a ${typeof value}`;

const wrong = (key: string, expected: string, value: unknown): MalformedAnswer =>
  new MalformedAnswer(key, `should be ${expected} but is ${typeOf(value)}`);

/** The one empty list: most lists of most answers are empty, and each needs no list of its own. */
const none: readonly never[] = Object.freeze([]);

/** Is this a plain object (not null, not a list)? */
export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An optional string. JSON `null` counts as absent, as some exporters write it, and so does the empty string, which is
 * what an empty XML element becomes: an empty id names nothing.
 */
export function text(raw: Raw, key: string): string | undefined {
  const value = raw[key];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw wrong(key, 'a string', value);
  return value;
}

/** A string without which the item is nothing. */
export function requiredText(raw: Raw, key: string): string {
  const value = text(raw, key);
  if (value === undefined) throw new MalformedAnswer(key, 'is absent');
  return value;
}

/** A string without which this one item cannot be judged. */
export function decisiveText(raw: Raw, key: string): string {
  const value = text(raw, key);
  if (value === undefined) throw new IncompleteItem(key);
  return value;
}

/** An optional id. */
export function id<T extends string>(raw: Raw, key: string): T | undefined {
  return text(raw, key) as T | undefined;
}

/** The id without which the item is nothing. */
export function requiredId<T extends string>(raw: Raw, key: string): T {
  return requiredText(raw, key) as T;
}

/** An id without which this one item cannot be judged. */
export function decisiveId<T extends string>(raw: Raw, key: string): T {
  return decisiveText(raw, key) as T;
}

/** An optional number. */
export function number(raw: Raw, key: string): number | undefined {
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(key, 'a number', value);
  return value;
}

/** An optional boolean. */
export function flag(raw: Raw, key: string): boolean | undefined {
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw wrong(key, 'true or false', value);
  return value;
}

/** A boolean without which this one item cannot be judged. */
export function decisiveFlag(raw: Raw, key: string): boolean {
  const value = flag(raw, key);
  if (value === undefined) throw new IncompleteItem(key);
  return value;
}

/** A number without which this one item cannot be judged. */
export function decisiveNumber(raw: Raw, key: string): number {
  const value = number(raw, key);
  if (value === undefined) throw new IncompleteItem(key);
  return value;
}

/** An optional nested object, mapped. */
export function nested<T>(raw: Raw, key: string, map: (item: Raw) => T): T | undefined {
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  if (!isRaw(value)) throw wrong(key, 'an object', value);
  try {
    return map(value);
  } catch (error) {
    throw located(key, error);
  }
}

/** A list of objects, mapped; absent means empty, so only for lists that decide nothing. */
export function items<T>(raw: Raw, key: string, map: (item: Raw) => T): readonly T[] {
  const list = listOf(raw, key);
  if (list.length === 0) return none;
  return list.map((item, index) => {
    if (!isRaw(item)) throw wrong(`${key}[${index}]`, 'an object', item);
    try {
      return map(item);
    } catch (error) {
      throw located(`${key}[${index}]`, error);
    }
  });
}

/** A list of objects that decides what the resource admits: absent, the resource cannot be judged. */
export function decisiveItems<T>(raw: Raw, key: string, map: (item: Raw) => T): readonly T[] {
  if (raw[key] === undefined || raw[key] === null) throw new IncompleteItem(key);
  return items(raw, key, map);
}

/** The values of a map by name, in the order of the names; absent means none. */
export function record<T>(raw: Raw, key: string, map: (name: string, item: Raw) => T): readonly T[] {
  return (
    nested(raw, key, (values) =>
      Object.keys(values)
        .sort()
        .flatMap((name) => nested(values, name, (item) => map(name, item)) ?? []),
    ) ?? none
  );
}

/** A list of strings; absent means empty. */
export function texts<T extends string = string>(raw: Raw, key: string): readonly T[] {
  const list = listOf(raw, key);
  if (list.length === 0) return none;
  return list.map((item, index) => {
    if (typeof item !== 'string') throw wrong(`${key}[${index}]`, 'a string', item);
    return item as T;
  });
}

/** The value of `{Value: …}`, the form in which EC2 wraps attributes. */
export function wrapped(raw: Raw, key: string): boolean | undefined {
  return nested(raw, key, (attribute) => flag(attribute, 'Value'));
}

function listOf(raw: Raw, key: string): readonly unknown[] {
  const value = raw[key];
  if (value === undefined || value === null) return none;
  if (!Array.isArray(value)) throw wrong(key, 'a list', value);
  return value;
}

/** The same error with the member's place put before its path. */
function located(place: string, error: unknown): unknown {
  if (error instanceof MalformedAnswer) return new MalformedAnswer(`${place}.${error.path}`, error.reason);
  if (error instanceof IncompleteItem) return new IncompleteItem(`${place}.${error.member}`, error.reason);
  return error;
}
