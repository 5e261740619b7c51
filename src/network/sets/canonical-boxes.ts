import { type Box, type BoxField, boxFields } from './box.ts';
import { type Bound, type Intervals, intervalsHave, intervalsOfRanges } from './intervals.ts';

/**
 * The one decomposition of a set of packets that does not depend on how it was put together: the first field is cut
 * where the set changes, stretches with the same remainder are joined, and each remainder is treated likewise.
 */
export function canonicalBoxes(boxes: readonly Box[]): readonly Box[] {
  if (boxes.length < 2) return boxes;
  return [4, 6].flatMap((family) => {
    const own = boxes.filter((box) => box.family === family);
    return own.length < 2 ? own : decompose(own, 0);
  });
}

function decompose(boxes: readonly Box[], depth: number): readonly Box[] {
  const field = boxFields[depth];
  const first = boxes[0] as Box;
  if (field === undefined) return [first];
  const groups = new Map<string, { readonly rest: readonly Box[]; readonly stretches: (readonly [Bound, Bound])[] }>();
  const remainders = new Map<string, { readonly key: string; readonly rest: readonly Box[] }>();
  const cuts = cutsOf(boxes, field);
  for (let i = 0; i + 1 < cuts.length; i++) {
    const from = cuts[i] as Bound;
    const covering = boxes.flatMap((box, index) => (intervalsHave(box[field], from) ? [index] : []));
    if (covering.length === 0) continue;
    const which = covering.join(',');
    let remainder = remainders.get(which);
    if (remainder === undefined) {
      const rest = decompose(
        covering.map((index) => boxes[index] as Box),
        depth + 1,
      );
      remainder = { rest, key: rest.map((box) => keyFrom(box, depth + 1)).join('|') };
      remainders.set(which, remainder);
    }
    const group = groups.get(remainder.key) ?? { rest: remainder.rest, stretches: [] };
    group.stretches.push([from, cuts[i + 1] as Bound]);
    groups.set(remainder.key, group);
  }
  return [...groups.values()].flatMap(({ rest, stretches }) => {
    const values = intervalsOfRanges(stretches);
    return rest.map((box) => ({ ...box, [field]: values }));
  });
}

/** Every boundary of the field, ascending and without repetition. */
function cutsOf(boxes: readonly Box[], field: BoxField): Intervals {
  const all = new Set<Bound>(boxes.flatMap((box) => box[field]));
  return [...all].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The fields from `depth` on as text: equal exactly where the remainders are. */
const keyFrom = (box: Box, depth: number): string =>
  boxFields
    .slice(depth)
    .map((field) => box[field].join(','))
    .join(';');
