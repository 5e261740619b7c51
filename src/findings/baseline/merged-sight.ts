import { compareText } from '../order.ts';
import { compareQuestions } from './baseline-of.ts';
import { type Gap, type OpenQuestion, type Place, placeKey, type Sight } from './baseline.ts';

/**
 * What two audits together could tell: of each check in each place, what either of them could. An audit that saw less
 * than the one before it so takes nothing away, and what neither could tell stays open.
 */
export function mergedSight(before: Sight, current: Sight): Sight {
  const checks = [...new Map([...before.checks, ...current.checks].map((check) => [check.id, check])).values()].sort(
    (a, b) => compareText(a.id, b.id),
  );
  const places = [
    ...new Map([...before.places, ...current.places].map((place) => [placeKey(place), place])).values(),
  ].sort((a, b) => compareText(placeKey(a), placeKey(b)));
  const gaps = mergedGaps(before, current);
  const audits = [lookedUp(before), lookedUp(current)];
  const gapsAt = byPlace(gaps);
  const open = places.flatMap((place) =>
    checks.flatMap((check) => openOf(check, place, audits, gapsAt.get(placeKey(place)) ?? [])),
  );
  return {
    schemaVersion: '1',
    tool: current.tool,
    ...(current.collectedAt === undefined ? {} : { collectedAt: current.collectedAt }),
    checks,
    places,
    gaps,
    open: open.sort(compareQuestions),
  };
}

/** In a place that both looked at, what both lacked; lacked in different ways, it compares with nothing. */
function mergedGaps(before: Sight, current: Sight): readonly Gap[] {
  const [here, there] = [keysOf(before), keysOf(current)];
  const other = new Map(current.gaps.map((gap) => [gapKey(gap), gap]));
  const shared = before.gaps.flatMap((gap): readonly Gap[] => {
    if (!there.has(placeKey(gap))) return [gap];
    const also = other.get(gapKey(gap));
    if (also === undefined) return [];
    return [also.state === gap.state ? gap : { ...gap, state: 'partly' }];
  });
  const alone = current.gaps.filter((gap) => !here.has(placeKey(gap)));
  return [...shared, ...alone].sort(
    (a, b) => compareText(placeKey(a), placeKey(b)) || compareText(a.operation, b.operation),
  );
}

const keysOf = ({ places }: Sight): ReadonlySet<string> => new Set(places.map(placeKey));
const gapKey = (gap: Gap): string => `${placeKey(gap)} ${gap.operation}`;

interface LookedUp {
  readonly ran: (checkId: string, place: string) => boolean;
  readonly gapsAt: ReadonlyMap<string, readonly Gap[]>;
  /** Of a check and place, the resources left open; `undefined` among them stands for all of it. */
  readonly openAt: ReadonlyMap<string, ReadonlySet<string | undefined>>;
}

function lookedUp(sight: Sight): LookedUp {
  const ids = new Set(sight.checks.map(({ id }) => id));
  const places = keysOf(sight);
  const openAt = new Map<string, Set<string | undefined>>();
  for (const question of sight.open) {
    const key = `${question.checkId} ${placeKey(question)}`;
    openAt.set(key, (openAt.get(key) ?? new Set()).add(question.resource));
  }
  return {
    ran: (checkId, place) => ids.has(checkId) && places.has(place),
    gapsAt: byPlace(sight.gaps),
    openAt,
  };
}

function byPlace(gaps: readonly Gap[]): ReadonlyMap<string, readonly Gap[]> {
  const at = new Map<string, Gap[]>();
  for (const gap of gaps) {
    const list = at.get(placeKey(gap));
    if (list === undefined) at.set(placeKey(gap), [gap]);
    else list.push(gap);
  }
  return at;
}

/**
 * What stays open of a check in a place. Only an audit counts that ran the check there, with no other gaps than those that
 * are on record, and did not leave the whole of it open; a resource stays open where each of those left it so.
 */
function openOf(
  { id, reads }: Sight['checks'][number],
  { accountId, region }: Place,
  audits: readonly LookedUp[],
  gaps: readonly Gap[],
): readonly OpenQuestion[] {
  const place = placeKey({ accountId, region });
  const recorded = gapsAmong(reads, gaps);
  const left = audits
    .filter(({ ran, gapsAt }) => ran(id, place) && gapsAmong(reads, gapsAt.get(place) ?? []) === recorded)
    .map(({ openAt }) => openAt.get(`${id} ${place}`) ?? nothing)
    .filter((open) => !open.has(undefined));
  const [first, ...others] = left;
  if (first === undefined) return [{ checkId: id, accountId, region }];
  return [...first].flatMap((resource) =>
    resource !== undefined && others.every((open) => open.has(resource))
      ? [{ checkId: id, accountId, region, resource }]
      : [],
  );
}

const nothing: ReadonlySet<string | undefined> = new Set();

/** The gaps among some operations, as one text to compare. */
const gapsAmong = (reads: readonly string[], gaps: readonly Gap[]): string =>
  gaps
    .filter(({ operation }) => reads.includes(operation))
    .map(({ operation, state }) => `${operation} ${state}`)
    .sort(compareText)
    .join(', ');
