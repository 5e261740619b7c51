import { IncompleteItem, isRaw, MalformedAnswer, type Raw } from '../decode.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** An item that could not become a noun although its answer as a whole could be read. */
export interface IncompleteResource {
  readonly resourceId: string;
  readonly reason: string;
}

/** The nouns of one answer, or of several put together; `ids[i]` is the name of `resources[i]`, empty if it has none. */
export interface MappedItems<T> {
  readonly ids: string[];
  readonly resources: T[];
  readonly incomplete: IncompleteResource[];
}

/** What mapped items are before the first answer. */
export function noItems<T>(): MappedItems<T> {
  return { ids: [], resources: [], incomplete: [] };
}

/**
 * Maps one answer (or one part of it) and adds its nouns to `into`. `of` is the resource that the call was made for, or
 * an empty string. Throws MalformedAnswer with the path of the member at fault; `into` is then of no further use.
 */
export function mapAnswer<T>(kind: ResourceKind<T>, answer: unknown, of: string, into: MappedItems<T>): void {
  if (!isRaw(answer)) throw new MalformedAnswer('', 'is not an object');
  const { member } = kind;
  if (member === undefined) {
    mapItem(kind, answer, '', of, into);
    return;
  }
  const value = answer[member];
  if (value === undefined || value === null) throw new MalformedAnswer(member, 'is absent');
  if (kind.shape === 'object') mapItem(kind, value, member, of, into);
  else mapList(kind, value, member, of, into);
}

function mapList<T>(kind: ResourceKind<T>, list: unknown, path: string, of: string, into: MappedItems<T>): void {
  if (!Array.isArray(list)) throw new MalformedAnswer(path, 'is not a list');
  for (let index = 0; index < list.length; index += 1) {
    const item: unknown = list[index];
    if (kind.nested === undefined) mapItem(kind, item, path, of, into, index);
    else mapNested(kind, kind.nested, item, `${path}[${index}]`, of, into);
  }
}

function mapNested<T>(
  kind: ResourceKind<T>,
  member: string,
  group: unknown,
  path: string,
  of: string,
  into: MappedItems<T>,
): void {
  if (!isRaw(group)) throw new MalformedAnswer(path, 'is not an object');
  const list = group[member];
  if (!Array.isArray(list))
    throw new MalformedAnswer(`${path}.${member}`, list === undefined ? 'is absent' : 'is not a list');
  for (let index = 0; index < list.length; index += 1) mapItem(kind, list[index], `${path}.${member}`, of, into, index);
}

function mapItem<T>(
  kind: ResourceKind<T>,
  item: unknown,
  path: string,
  of: string,
  into: MappedItems<T>,
  index?: number,
): void {
  const place = (): string => (index === undefined ? path : `${path}[${index}]`);
  if (!isRaw(item)) throw new MalformedAnswer(place(), 'is not an object');
  try {
    const resource = kind.toModel(item, of);
    into.resources.push(resource);
    into.ids.push(kind.whole === undefined ? idOf(kind, item) : of);
  } catch (error) {
    if (error instanceof IncompleteItem) {
      into.incomplete.push(incomplete(of === '' ? idOf(kind, item) : of, place(), error));
      return;
    }
    if (!(error instanceof MalformedAnswer)) throw error;
    const before = place();
    throw new MalformedAnswer(before === '' ? error.path : `${before}.${error.path}`, error.reason);
  }
}

/** Of a part of a resource (an entry, a route, a rule), the resource is what cannot be judged. */
function incomplete(resourceId: string, place: string, error: IncompleteItem): IncompleteResource {
  return resourceId === '' ? { resourceId: place, reason: error.message } : { resourceId, reason: error.message };
}

function idOf<T>(kind: ResourceKind<T>, item: Raw): string {
  const value = item[kind.idMember];
  return typeof value === 'string' ? value : '';
}

/** Does this answer say that there is more than it holds? Then it is a page that another one must follow. */
export function isContinued(answer: Raw): boolean {
  if (answer['AdditionalRoutesAvailable'] === true) return true;
  return ['NextToken', 'NextMarker'].some((member) => {
    const token = answer[member];
    return typeof token === 'string' && token !== '';
  });
}
