import { isRaw, type Raw } from '../../decode.ts';
import { parseJson, UnreadableFile } from '../document.ts';

/**
 * The answers in the text of one file: one; a list of them, page by page; or several one after the other, as `>>` leaves
 * them. Throws UnreadableFile where any of it is not JSON: the pages that are whole do not make up for the one that is not.
 */
export function answersIn(file: string, text: string): readonly Raw[] {
  const answers = documentsIn(file, text).flatMap((document) => (Array.isArray(document) ? document : [document]));
  if (answers.length === 0) throw new UnreadableFile(file, 'holds an empty list and no answer');
  return answers.map((answer: unknown) => {
    if (!isRaw(answer)) throw new UnreadableFile(file, 'holds no object, so it is not what an operation answers');
    return answer;
  });
}

function documentsIn(file: string, text: string): readonly unknown[] {
  try {
    return [parseJson(file, text)];
  } catch (error) {
    const ends = endsOfDocuments(text);
    if (ends.length < 2) throw error;
    return ends.map((end, index) => parseJson(file, text.slice(ends[index - 1] ?? 0, end)));
  }
}

const quote = 0x22;
const backslash = 0x5c;

/** Where each of several objects or lists written one after the other ends; the last end is that of the text. */
function endsOfDocuments(text: string): readonly number[] {
  const ends: number[] = [];
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (quoted) {
      if (code === backslash) index += 1;
      else if (code === quote) quoted = false;
    } else if (code === quote) quoted = true;
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
      if (depth === 0) ends.push(index + 1);
    }
  }
  if (text.slice(ends.at(-1) ?? 0).trim() !== '') ends.push(text.length);
  return ends;
}

/** The first member of a text that is no whole JSON: what the file was going to be. */
export function firstMember(text: string): string | undefined {
  return /^\s*\[?\s*\{\s*"(\w{1,64})"\s*:/.exec(text.slice(0, 512))?.[1];
}
