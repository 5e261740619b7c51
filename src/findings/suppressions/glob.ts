/** Does a text match a pattern in which `*` stands for any characters? Takes at most length × length steps, whatever the pattern. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let retry = 0;
  let i = 0;
  while (i < text.length) {
    if (at < pattern.length && pattern[at] === '*') {
      star = at++;
      retry = i;
    } else if (at < pattern.length && pattern[at] === text[i]) {
      at += 1;
      i += 1;
    } else if (star === -1) {
      return false;
    } else {
      at = star + 1;
      retry += 1;
      i = retry;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
