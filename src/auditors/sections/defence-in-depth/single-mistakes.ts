import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { SingleMistake } from '../../../model/verdict/defence-in-depth.ts';
import type { Evidence } from '../../../model/verdict/evidence.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';
import { interfaceById } from '../../../network/facts/resources-by-id.ts';
import { interfaceKind } from '../../interface-kinds.ts';
import type { ClassDefence, PossibleMistake } from './class-defence.ts';
import { firstDistinct, mostTold } from './first-distinct.ts';

interface Hanging {
  readonly mistake: PossibleMistake;
  readonly classes: ClassDefence[];
}

/** The mistakes of which one would do, over all classes of a subnet but the nodes of load balancers. */
export function singleMistakes(snapshot: Snapshot, classes: readonly ClassDefence[]): readonly SingleMistake[] {
  const found = new Map<string, Hanging>();
  for (const one of protectedOf(classes)) {
    for (const mistake of one.mistakes) {
      const known = found.get(mistake.mistake);
      if (known === undefined) found.set(mistake.mistake, { mistake, classes: [one] });
      else known.classes.push(one);
    }
  }
  return [...found.values()].map((hanging) => toSingleMistake(snapshot, hanging));
}

/** Load balancers are there for everybody, and what stands between them and the internet is theirs to say. */
const protectedOf = (classes: readonly ClassDefence[]): readonly ClassDefence[] =>
  classes.filter(({ interfaces }) => !interfaces.isLoadBalancer);

function toSingleMistake(snapshot: Snapshot, { mistake: { layer, mistake }, classes }: Hanging): SingleMistake {
  const ids = classes.flatMap(({ interfaces }) => interfaces.ids).sort();
  const resources = new Set(
    classes.flatMap(({ mistakes }) =>
      mistakes.filter((own) => own.mistake === mistake).flatMap(({ resourceIds }) => resourceIds),
    ),
  );
  const others = (own: ClassDefence): readonly Evidence[] =>
    own.layers
      .filter((one) => one.layer !== layer && one.state === 'open')
      .flatMap(({ evidence }) => evidence.slice(0, mostTold));
  return {
    layer,
    mistake,
    interfaces: ids.length,
    databases: ids.filter((id) => isDatabase(snapshot, id)).length,
    examples: ids.slice(0, mostTold),
    resourceIds: [...resources].sort().slice(0, mostTold),
    // The first class tells them all but for its own groups
    evidence: firstDistinct(classes.slice(0, 1), others, mostOpenings),
  };
}

/** Three layers are open besides the one that is left. */
const mostOpenings = 3 * mostTold;

function isDatabase(snapshot: Snapshot, id: string): boolean {
  const own = interfaceById(snapshot).get(id)?.resource;
  return own !== undefined && interfaceKind(own) === 'database';
}

/** What would have to be known to say that no single mistake does: layers not known where no two others surely hold. */
export const undecided = (classes: readonly ClassDefence[]): readonly Missing[] =>
  firstDistinct(
    protectedOf(classes).filter(({ isOpen, holding }) => !isOpen && holding < 2),
    ({ layers }) => layers.filter(({ state }) => state === 'unknown').flatMap(({ missing }) => missing),
  );
