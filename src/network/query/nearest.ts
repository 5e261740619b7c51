import { compareText } from '../facts/inventory.ts';

const most = 3;

/**
 * Up to three known names that look most like the one asked for: those with the longest common beginning and end, which
 * have to make up a share of it (from 0 to 1).
 */
export function nearest(name: string, known: Iterable<string>, share = 0): readonly string[] {
  const best: { readonly known: string; readonly alike: number }[] = [];
  for (const one of known) {
    const alike = likeness(name, one);
    if (alike < share * name.length) continue;
    if (best.length === most && alike < (best[most - 1]?.alike ?? 0)) continue;
    best.push({ known: one, alike });
    best.sort((a, b) => b.alike - a.alike || compareText(a.known, b.known));
    if (best.length > most) best.pop();
  }
  return best.map((one) => one.known);
}

/** How many characters two names share at their beginning and, beyond that, at their end. */
function likeness(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let front = 0;
  while (front < shorter && a[front] === b[front]) front++;
  let back = 0;
  while (back < shorter - front && a[a.length - 1 - back] === b[b.length - 1 - back]) back++;
  return front + back;
}
