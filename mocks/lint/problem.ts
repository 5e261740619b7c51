import type { Raw } from '../../src/model/decode.ts';
import { rulesOf } from '../operations.ts';
import { type Document, isItemList, itemsOf, listOf, type World } from '../world.ts';

/** Something in a world that AWS would never answer, or that may not stand in a sample. */
export interface Problem {
  /** `<accountId>/<region>/<key>` and, where there is one, the resource. */
  readonly place: string;
  readonly problem: string;
}

/** One answer of a world. */
export interface PlacedDocument {
  readonly accountId: string;
  readonly region: string;
  readonly key: string;
  /** `service.Operation`. */
  readonly operation: string;
  readonly document: Document;
  readonly place: string;
}

/** Every answer of a world. */
export function documentsOf(world: World): readonly PlacedDocument[] {
  return [...world.accounts.values()].flatMap(({ accountId, regions }) =>
    [...regions].flatMap(([region, documents]) =>
      [...documents].map(([key, document]) => ({
        accountId,
        region,
        key,
        operation: key.split('/')[0] ?? key,
        document,
        place: `${accountId}/${region}/${key}`,
      })),
    ),
  );
}

/** The items of one operation in every account and Region, inner items (`Reservations[].Instances[]`) taken out. */
export function itemsWith(
  world: World,
  operation: string,
): readonly { readonly item: Raw; readonly at: PlacedDocument }[] {
  const rules = rulesOf(operation);
  const { list = '', nested } = rules ?? {};
  return documentsOf(world)
    .filter((at) => at.operation === operation)
    .flatMap((at) =>
      [...itemsOf(listOf(at.document, list))].flatMap((item) =>
        (nested === undefined ? [item] : (item[nested] as readonly Raw[])).map((inner) => ({ item: inner, at })),
      ),
    );
}

/** Every text in a value, with the member that holds it. */
export function* textsIn(value: unknown, member = ''): Generator<{ readonly member: string; readonly text: string }> {
  if (typeof value === 'string') yield { member, text: value };
  else if (Array.isArray(value)) for (const inner of value) yield* textsIn(inner, member);
  else if (isItemList(value)) for (const inner of itemsOf(value)) yield* textsIn(inner, member);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* textsIn(inner, name);
  }
}
