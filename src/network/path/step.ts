import type { Missing } from '../../model/verdict/verdict.ts';
import type { Box } from '../sets/box.ts';
import { intersectIntervals, type Intervals, subtractIntervals, uniteIntervals } from '../sets/intervals.ts';
import type { Family } from '../sets/ip-address.ts';
import type { Traffic } from '../sets/traffic.ts';
import { type Flow, narrowed, type Reason } from './flow.ts';
import type { Place } from './place.ts';

/** What a hop says: how the packets go on. */
export type Step =
  | { readonly kind: 'go'; readonly flow: Flow; readonly place: Place }
  /** Each packet takes one of the ways, by its own header or as the sender likes: all of them count. */
  | { readonly kind: 'fork'; readonly steps: readonly Step[] }
  /**
   * AWS picks one of the ways, and another one for the next connection, or what tells which (`missing`) was not read: only
   * what works on all of them works.
   */
  | {
      readonly kind: 'choice';
      readonly steps: readonly Step[];
      readonly reason: Reason;
      readonly missing?: readonly Missing[];
    }
  /** The packets come no further; why, the flow's findings say. */
  | { readonly kind: 'end'; readonly flow: Flow }
  /** The reply is back where the question came from. */
  | { readonly kind: 'arrived'; readonly flow: Flow };

/** On to the next place. */
export const go = (flow: Flow, place: Place): Step => ({ kind: 'go', flow, place });

/** No further. */
export const end = (flow: Flow): Step => ({ kind: 'end', flow });

/** Several ways at once; one alone is itself. */
export const fork = (steps: readonly Step[]): Step =>
  steps.length === 1 && steps[0] !== undefined ? steps[0] : { kind: 'fork', steps };

/** One of several ways; one alone is itself. */
export const choice = (steps: readonly Step[], reason: Reason, missing?: readonly Missing[]): Step =>
  steps.length === 1 && steps[0] !== undefined
    ? steps[0]
    : { kind: 'choice', steps, reason, ...(missing === undefined ? {} : { missing }) };

/** One of several ways, with a name. */
export interface Way {
  readonly name: string;
  readonly step: (flow: Flow) => Step;
}

/**
 * A pick that holds for as long as the flow does: where its packets come by again, or what is not known is asked once
 * more, the same way is taken as before.
 */
export function lastingChoice(
  flow: Flow,
  about: string,
  ways: readonly Way[],
  reason: Reason,
  missing?: readonly Missing[],
): Step {
  const [first] = ways;
  if (ways.length === 1 && first !== undefined) return first.step(flow);
  for (let at = flow.picked; at !== undefined; at = at.before) {
    const { last } = at;
    const again = last.about === about ? ways.find(({ name }) => name === last.way) : undefined;
    if (again !== undefined) return again.step(flow);
  }
  const steps = ways.map(({ name, step }) =>
    step({ ...flow, picked: { last: { about, way: name }, before: flow.picked } }),
  );
  return choice(steps, reason, missing);
}

type AddressField = 'sources' | 'destinations';

/** The field of the question that shows as `field` here. */
const ownField = (flow: Flow, field: AddressField): AddressField =>
  (field === 'sources') === flow.view.reversed ? 'destinations' : 'sources';

const familyOf = (flow: Flow, box: Box): Family => flow.view.family ?? box.family;

/** The families of the packets as they look here. */
export const familiesOf = (flow: Flow): readonly Family[] => {
  const first = flow.asked[0];
  if (first === undefined) return [];
  const family = familyOf(flow, first);
  return flow.asked.every((box) => familyOf(flow, box) === family) ? [family] : [4, 6];
};

/** All source or destination addresses of one family, as they look here. */
export function addressesSeen(flow: Flow, field: AddressField, family: Family): Intervals {
  const rewritten = flow.view[field];
  const own = ownField(flow, field);
  let all: Intervals = [];
  for (const box of flow.asked) {
    if (familyOf(flow, box) !== family) continue;
    if (rewritten !== undefined) return rewritten;
    all = uniteIntervals(all, box[own]);
  }
  return all;
}

/** The destinations as they look here, in a form to compare. */
export const destinationsOf = (flow: Flow): string =>
  familiesOf(flow)
    .map((family) => `${family} ${addressesSeen(flow, 'destinations', family).join(' ')}`)
    .join(' ');

/** The flow narrowed to packets with one of these addresses, as they look here; `undefined` where none is left. */
export function restricted(flow: Flow, field: AddressField, family: Family, values: Intervals): Flow | undefined {
  const rewritten = flow.view[field];
  const own = ownField(flow, field);
  const keep = (box: Box): Box | undefined => {
    if (familyOf(flow, box) !== family) return undefined;
    if (rewritten !== undefined) return intersectIntervals(rewritten, values).length > 0 ? box : undefined;
    const kept = intersectIntervals(box[own], values);
    return kept === box[own] ? box : kept.length === 0 ? undefined : { ...box, [own]: kept };
  };
  return cut(flow, keep);
}

/** The flow without packets that have one of these addresses; `undefined` where none is left. */
export function without(flow: Flow, field: AddressField, family: Family, values: Intervals): Flow | undefined {
  if (values.length === 0) return flow;
  const rewritten = flow.view[field];
  const own = ownField(flow, field);
  const keep = (box: Box): Box | undefined => {
    if (familyOf(flow, box) !== family) return box;
    if (rewritten !== undefined) return intersectIntervals(rewritten, values).length > 0 ? undefined : box;
    const kept = subtractIntervals(box[own], values);
    return kept === box[own] ? box : kept.length === 0 ? undefined : { ...box, [own]: kept };
  };
  return cut(flow, keep);
}

/** The flow of one family only; `undefined` where it has none. */
export const ofFamily = (flow: Flow, family: Family): Flow | undefined =>
  cut(flow, (box) => (familyOf(flow, box) === family ? box : undefined));

function cut(flow: Flow, keep: (box: Box) => Box | undefined): Flow | undefined {
  const { asked } = flow;
  const [only] = asked;
  if (asked.length === 1 && only !== undefined) {
    const kept = keep(only);
    return kept === only ? flow : kept === undefined ? undefined : narrowed(flow, [kept]);
  }
  const part: Box[] = [];
  let unchanged = true;
  for (const box of asked) {
    const kept = keep(box);
    if (kept !== box) unchanged = false;
    if (kept !== undefined) part.push(kept);
  }
  if (unchanged) return flow;
  const traffic: Traffic = part;
  return traffic.length === 0 ? undefined : narrowed(flow, traffic);
}
