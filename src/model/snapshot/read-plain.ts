import { basename } from 'node:path';
import type { Raw } from '../decode.ts';
import { resourceKeys, resourceKinds, type ResourceKey } from '../resources.ts';
import { readText, type Root, UnreadableFile } from './document.ts';
import { brokenAnswer, type OperationFailure } from './gathered.ts';
import { isContinued, mapAnswer, type MappedItems, noItems } from './map-answer.ts';
import { assemble, type FoundAnswer } from './plain/assemble.ts';
import { answersIn, firstMember } from './plain/documents.ts';
import { findFiles } from './plain/find-files.ts';
import { addParent, type OfParent, type ParentNames, parentsOf } from './plain/parent.ts';
import { placeAnswers } from './plain/place.ts';
import { keyNamedBy, keyOfMember, recognise } from './plain/recognise.ts';
import { noWhereabouts, type Whereabouts, whereaboutsOf } from './plain/whereabouts.ts';
import type { Note, Snapshot } from './snapshot.ts';
import { SnapshotUnreadable } from './snapshot-unreadable.ts';

/** An answer that was recognised. One of a plain list is mapped already; what is printed per resource waits. */
interface Seen {
  readonly file: string;
  /** Which of the answers in the file. */
  readonly index: number;
  readonly key: ResourceKey;
  readonly whereabouts: Whereabouts;
  readonly outcome: MappedItems<unknown> | OperationFailure | undefined;
  readonly continued: boolean;
}

/**
 * Reads a tree of files that `aws ec2 describe-*` (or `elbv2`, `elb`) printed, whatever their names. What is not such an
 * answer is noted; throws SnapshotUnreadable only where there is none at all.
 */
export function readPlain(folder: string, root: Root): Snapshot {
  const notes: Note[] = [];
  const files = findFiles(root.path, notes);
  const seen: Seen[] = [];
  for (const file of files) seen.push(...see(folder, root, file, notes));
  if (seen.length === 0) throw nothingRecognised(folder, files.length, notes);

  const places = placeAnswers(seen, root.path);
  const placed = seen.flatMap((answer, index) => {
    const place = places[index];
    return place === undefined ? [] : [{ answer, place }];
  });
  const known: ParentNames = new Map();
  const found: FoundAnswer[] = [];
  // Parents stand before their parts in the table of kinds, so that they are known when the parts are read.
  placed.sort((a, b) => resourceKeys.indexOf(a.answer.key) - resourceKeys.indexOf(b.answer.key));
  for (const { answer, place } of placed) {
    const { key, file, continued } = answer;
    for (const { of, outcome } of finish(root, answer, known, notes)) {
      found.push({ place, key, of, file, outcome, continued });
      if (isParent(key) && 'ids' in outcome) for (const id of outcome.ids) addParent(known, key, id);
    }
    const told = [place.accountId === 'unknown' ? 'account' : '', place.region === 'unknown' ? 'Region' : ''];
    if (told.some((word) => word !== ''))
      notes.push({ file, reason: `does not say which ${told.filter(Boolean).join(' and ')} it is of: ${howToSay}` });
  }
  notes.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  return { ...assemble(found), notes };
}

const howToSay = 'put it into folders named by the account id and the Region';

const parentKinds: ReadonlySet<string | undefined> = new Set(resourceKeys.map((key) => resourceKinds[key].per?.kind));
const isParent = (key: ResourceKey): boolean => parentKinds.has(key);

/** Reads one file; what is wrong with it is noted and, where it can be told of what operation it is, counts as failed. */
function see(folder: string, root: Root, file: string, notes: Note[]): readonly Seen[] {
  let text = '';
  let answers: readonly Raw[];
  try {
    text = readText(root, file);
    answers = answersIn(file, text);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    notes.push({ file, reason: error.reason });
    const key = keyOfMember(firstMember(text) ?? '') ?? keyNamedBy(file);
    if (key === undefined) return [];
    return [
      { file, index: -1, key, whereabouts: noWhereabouts(), outcome: brokenAnswer(error, file), continued: false },
    ];
  }
  refuseNestedSnapshot(folder, file, answers);
  const reasons = new Set<string>();
  const seen = answers.flatMap((answer, index) => {
    const { keys, reason } = recognise(answer, file);
    if (keys.length === 0) reasons.add(reason);
    return keys.map((key): Seen => {
      const outcome = resourceKinds[key].per === undefined ? mapped(key, { of: '', answer }, file, notes) : undefined;
      return { file, index, key, whereabouts: whereaboutsOf(key, answer), outcome, continued: isContinued(answer) };
    });
  });
  for (const reason of reasons) notes.push({ file, reason });
  return seen;
}

function mapped(
  key: ResourceKey,
  { of, answer }: OfParent,
  file: string,
  notes: Note[],
): MappedItems<unknown> | OperationFailure {
  const items = noItems<unknown>();
  try {
    mapAnswer<unknown>(resourceKinds[key], answer, of, items);
    return items;
  } catch (error) {
    const failure = brokenAnswer(error, file);
    notes.push({ file, reason: `is not what ${resourceKinds[key].operation} answers (${failure.message})` });
    return failure;
  }
}

/** What is printed per resource is read a second time, now that the resources are known by name. */
function finish(
  root: Root,
  { file, index, key, outcome }: Seen,
  known: ParentNames,
  notes: Note[],
): readonly Pick<FoundAnswer, 'of' | 'outcome'>[] {
  const { per, operation } = resourceKinds[key];
  if (outcome !== undefined && per === undefined) return [{ of: '', outcome }];
  const answer = outcome === undefined ? answersIn(file, readText(root, file))[index] : {};
  const parts = parentsOf(key, answer ?? {}, file, known);
  if (parts.length === 0)
    notes.push({
      file,
      reason: `does not say for which ${per?.input} ${operation} printed it: name the file after it`,
    });
  return parts.map((part) => ({ of: part.of, outcome: outcome ?? mapped(key, part, file, notes) }));
}

/** A tree of several snapshots would mix evidence of different days. */
function refuseNestedSnapshot(folder: string, file: string, answers: readonly Raw[]): void {
  if (basename(file) !== 'manifest.json' || !answers.some((answer) => 'schemaVersion' in answer && 'calls' in answer))
    return;
  throw new SnapshotUnreadable(
    'several-snapshots',
    folder,
    `${folder} is no snapshot but holds one in ${file.slice(0, -'/manifest.json'.length)}: name that folder`,
  );
}

function nothingRecognised(folder: string, files: number, notes: readonly Note[]): SnapshotUnreadable {
  const [first] = notes;
  const found =
    files === 0
      ? 'holds no files'
      : `holds no answer of AWS among its ${files === 1 ? 'one file' : `${files} files`}${first === undefined ? '' : ` (${first.file} ${first.reason})`}`;
  return new SnapshotUnreadable(
    'nothing-recognised',
    folder,
    `${folder} ${found}: name a snapshot, or a folder of what \`aws ec2 describe-*\` printed as JSON`,
  );
}
