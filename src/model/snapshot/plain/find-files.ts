import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sentenceOf } from '../document.ts';
import type { Note } from '../snapshot.ts';

/** How many folders deep a tree is followed; nobody sorts the answers of a Region deeper. */
const deepest = 32;

/**
 * Every file of a tree, relative to its root with `/` as separator, in the order of their names. Hidden files and folders
 * are left out; links are not followed, since they may lead outside or round in a circle.
 */
export function findFiles(root: string, notes: Note[]): readonly string[] {
  const files: string[] = [];
  visit(root, '', 0, files, notes);
  return files;
}

function visit(root: string, folder: string, depth: number, files: string[], notes: Note[]): void {
  if (depth > deepest) {
    notes.push({ file: folder, reason: `lies more than ${deepest} folders deep and is not read` });
    return;
  }
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    notes.push({ file: folder, reason: sentenceOf(error) });
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) visit(root, path, depth + 1, files, notes);
    else if (entry.isFile()) files.push(path);
    else notes.push({ file: path, reason: entry.isSymbolicLink() ? 'is a link and not followed' : 'is not a file' });
  }
}
