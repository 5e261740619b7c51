import { type Draft, listIn } from '../draft.ts';
import type { Item } from '../state.ts';
import { targetGroupsKey, targetHealthKey } from '../target-group.ts';

/** Targets of a group that no load balancer uses are `unused`. */
export function unusedTargets(draft: Draft): void {
  for (const region of draft.regions) {
    for (const group of listIn(region, targetGroupsKey)) {
      if ((group['LoadBalancerArns'] as string[]).length > 0) continue;
      for (const target of listIn(region, targetHealthKey(group['TargetGroupArn'] as string))) {
        target['TargetHealth'] = {
          State: 'unused',
          Reason: 'Target.NotInUse',
          Description: 'Target group is not configured to receive traffic from the load balancer',
        } satisfies Item;
      }
    }
  }
}
