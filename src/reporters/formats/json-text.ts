/** What would steer the terminal or the editor on which a file is shown (compare `visible-text.ts`). */
const steering = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

/**
 * JSON on one line with every character escaped that is obeyed instead of seen: to a reader of JSON the same value, to a
 * terminal harmless. Members that are undefined are left out.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  // Nearly every line is ASCII, and this is the quicker question.
  return /[^ -~]/.test(text) ? text.replaceAll(steering, escaped) : text;
}

const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
