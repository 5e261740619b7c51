import { readFileSync } from 'node:fs';

/** A question that some tool of the field asks of a network, with the checks that answer it or the reason why none does. */
export interface FieldQuestion {
  readonly question: string;
  readonly checks?: readonly string[];
  readonly notCovered?: string;
  /** How the answer differs from what other tools answer. */
  readonly note?: string;
}

/** Every question of the field, in the order of the catalogue; the file beside this one. */
export const fieldQuestions = (root: string): readonly FieldQuestion[] =>
  JSON.parse(readFileSync(`${root}/scripts/generate/field-questions.json`, 'utf8')) as readonly FieldQuestion[];

/** The questions as tables: what is answered by which check, and what is not and why. */
export function questionTables(questions: readonly FieldQuestion[]): readonly string[] {
  const answered = questions.filter(({ checks }) => checks !== undefined);
  const open = questions.filter(({ notCovered }) => notCovered !== undefined);
  return [
    '',
    '## What other tools ask',
    '',
    `${questions.length} questions are what the field’s tools ask of a network; ${answered.length} are answered here.`,
    '',
    '| question | answered by | differently |',
    '|---|---|---|',
    ...answered.map(
      ({ question, checks = [], note = '' }) =>
        `| ${question} | ${checks.map((id) => `[${id}](${id}.md)`).join(', ')} | ${note} |`,
    ),
    '',
    '### Not answered',
    '',
    '| question | why |',
    '|---|---|',
    ...open.map(({ question, notCovered = '' }) => `| ${question} | ${notCovered} |`),
  ];
}
