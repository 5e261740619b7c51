/**
 * Shares a budget among groups: as much for each as for any other until it has all it wants, so that one noisy check
 * does not push the rest off the page. Where the last share does not divide evenly, earlier groups get one more.
 */
export function fairShares(wanted: readonly number[], budget: number): readonly number[] {
  const total = wanted.reduce((sum, count) => sum + count, 0);
  if (total <= budget) return wanted;
  let low = 0;
  let high = Math.max(...wanted);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (given(wanted, middle) <= budget) low = middle;
    else high = middle - 1;
  }
  let left = budget - given(wanted, low);
  return wanted.map((count) => {
    if (count <= low) return count;
    const extra = left > 0 ? 1 : 0;
    left -= extra;
    return low + extra;
  });
}

const given = (wanted: readonly number[], cap: number): number =>
  wanted.reduce((sum, count) => sum + Math.min(count, cap), 0);
