/** A text of at most `most` UTF-16 units: what is longer ends with an ellipsis, and no surrogate pair is halved. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, most - 1);
  return `${/[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head}…`;
}
