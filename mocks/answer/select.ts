import type { Raw } from '../../src/model/decode.ts';
import type { IdInput, OperationRules } from '../operations/rules.ts';
import { type ItemList, isItemList } from '../world.ts';
import { filterOf, type Predicate, valuesAt } from './filters.ts';
import { orderOf } from './order.ts';
import { Refusal } from './refusal.ts';

/** The items that a request asks for, in the order in which it gets them. */
export interface Selection {
  readonly length: number;
  readonly at: (index: number) => Raw;
}

/** The same request is asked for page after page, so what it selects is kept as long as its list is. */
const kept = new WeakMap<object, Map<string, readonly number[]>>();

const idPattern = /^[a-z][a-z-]*-[0-9a-f]{8}(?:[0-9a-f]{9})?$/;
const largestNumberOfIds = 1000;

/** The ids that a request names, by input member; absent and empty lists ask for everything. */
function requested(
  input: Raw,
  ids: readonly IdInput[],
): readonly { readonly of: IdInput; readonly values: readonly string[] }[] {
  return ids.flatMap((of) => {
    const value = input[of.input];
    const values = typeof value === 'string' ? [value] : Array.isArray(value) ? value.map(String) : [];
    return values.length === 0 ? [] : [{ of, values }];
  });
}

/** Does the request name resources by id? */
export function namesIds(rules: OperationRules | undefined, input: Raw): boolean {
  return requested(input, rules?.ids ?? []).length > 0;
}

/** Selects from a list what the request asks for. Throws a `Refusal` for ids and filters that the service refuses. */
export function select(
  list: ItemList,
  rules: OperationRules | undefined,
  input: Raw,
  seed: number | undefined,
  isEc2: boolean,
): Selection {
  const wanted = requested(input, rules?.ids ?? []);
  for (const { of, values } of wanted) checkIds(of, values, input, rules, isEc2);
  const passes = filterOf(rules, input);
  const shown = shownBy(rules, input);
  const byId: Predicate = (item) =>
    wanted.every(({ of, values }) => valuesAt(item, of.member).some((value) => values.includes(value)));
  const parts = [shown, wanted.length === 0 ? undefined : byId, passes].filter((part) => part !== undefined);
  const narrow = parts.length === 0 ? asItIs : narrower(rules?.nested, (item) => parts.every((part) => part(item)));
  const key = JSON.stringify([rules?.list, input, seed], (name, value: unknown) =>
    [
      'MaxResults',
      'NextToken',
      'PageSize',
      'Marker',
      'MaxRecords',
      'maxResults',
      'nextToken',
      'limit',
      'DryRun',
    ].includes(name)
      ? undefined
      : value,
  );
  const indices = remember(list, key, () =>
    narrow === asItIs
      ? orderOf(list.length, seed)
      : orderOf(list.length, seed).filter((index) => narrow(itemAt(list, index)) !== undefined),
  );
  for (const { of, values } of wanted) {
    if (Array.isArray(input[of.input])) checkFound(list, indices, of, values, rules?.nested);
  }
  return { length: indices.length, at: (index) => narrow(itemAt(list, indices[index] ?? -1)) ?? {} };
}

const asItIs = (item: Raw): Raw | undefined => item;

function itemAt(list: ItemList, index: number): Raw {
  const item = list.at(index);
  if (item === undefined) throw new Error(`the list has no item ${index}`);
  return item;
}

function remember(list: object, key: string, make: () => readonly number[]): readonly number[] {
  const selections = kept.get(list) ?? new Map<string, readonly number[]>();
  kept.set(list, selections);
  const known = selections.get(key);
  if (known !== undefined) return known;
  const made = make();
  selections.set(key, made);
  return made;
}

/** Leaves out what is hidden unless asked for, such as managed resources and Regions that are not opted in. */
function shownBy(rules: OperationRules | undefined, input: Raw): Predicate | undefined {
  const hidden = rules?.hidden;
  if (hidden === undefined || input[hidden.unless] === true) return undefined;
  return (item) => !valuesAt(item, hidden.member).includes(String(hidden.value));
}

/** An item with only those of its inner items that pass; `undefined` where none does. */
function narrower(nested: string | undefined, passes: Predicate): (item: Raw) => Raw | undefined {
  if (nested === undefined) return (item) => (passes(item) ? item : undefined);
  return (item) => {
    const inner = item[nested];
    const left = Array.isArray(inner) ? (inner as readonly Raw[]).filter(passes) : [];
    return left.length === 0 ? undefined : { ...item, [nested]: left };
  };
}

function checkIds(
  of: IdInput,
  values: readonly string[],
  input: Raw,
  rules: OperationRules | undefined,
  isEc2: boolean,
): void {
  if (values.length > largestNumberOfIds) {
    throw new Refusal('InvalidParameterValue', `The number of ${of.input} is larger than ${largestNumberOfIds}`);
  }
  if (of.excludesPaging === true && input['MaxResults'] !== undefined) {
    throw new Refusal(
      'InvalidParameterCombination',
      `The parameter ${of.input} cannot be used with the parameter maxResults`,
    );
  }
  if (!isEc2 || rules === undefined || !of.member.endsWith('Id') || /^(ZoneId)$/.test(of.member)) return;
  const malformed = values.find((value) => !idPattern.test(value));
  if (malformed !== undefined) throw new Refusal(`${of.code}.Malformed`, `Invalid id: "${malformed}"`);
}

function checkFound(
  list: ItemList,
  indices: readonly number[],
  of: IdInput,
  values: readonly string[],
  nested: string | undefined,
): void {
  const path = nested === undefined ? of.member : `${nested}.${of.member}`;
  const found = new Set(indices.flatMap((index) => valuesAt(itemAt(list, index), path)));
  const missing = values.filter((value) => !found.has(value));
  if (missing.length > 0) throw notFound(of.code, missing.join(', '));
}

/** The error for an id that does not exist; some codes stand alone, most take a suffix. */
export function notFound(code: string, id: string): Refusal {
  const alone = code === 'InvalidParameterValue' || code.endsWith('NotFound');
  return new Refusal(alone ? code : `${code}.NotFound`, `The ID '${id}' does not exist`);
}

/** The value as a list. */
export function asItemList(value: unknown): ItemList | undefined {
  return isItemList(value) ? value : undefined;
}
