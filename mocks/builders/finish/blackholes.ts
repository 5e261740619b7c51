import { type Draft, everyItem } from '../draft.ts';
import type { Item } from '../state.ts';

/** Routes to what was deleted drop their packets. */
export function blackholes(draft: Draft): void {
  const { gone } = draft.estate;
  for (const { item } of everyItem(draft, 'ec2.DescribeRouteTables')) {
    for (const route of item['Routes'] as Item[]) {
      if (Object.values(route).some((value) => typeof value === 'string' && gone.has(value)))
        route['State'] = 'blackhole';
    }
  }
}
