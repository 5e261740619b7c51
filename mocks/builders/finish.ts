import { type Draft, listIn } from './draft.ts';
import { blackholes } from './finish/blackholes.ts';
import { blockPublicAccessStates } from './finish/block-public-access.ts';
import { freeAddresses } from './finish/free-addresses.ts';
import { peeringBlocks } from './finish/peering-blocks.ts';
import { completeLists } from './finish/per-resource-lists.ts';
import { propagatedRoutes } from './finish/propagated-routes.ts';
import { references } from './finish/references.ts';
import { share } from './finish/sharing.ts';
import { staleGroups } from './finish/stale-groups.ts';
import { unusedTargets } from './finish/unused-targets.ts';
import { vpnRoutes } from './finish/vpn-routes.ts';
import { repeatInterfaces } from './instance.ts';

/** Works out everything that depends on the rest, in an order in which each step finds what it needs. */
export function finish(draft: Draft): void {
  for (const region of draft.regions) {
    repeatInterfaces(listIn(region, 'ec2.DescribeInstances'), listIn(region, 'ec2.DescribeNetworkInterfaces'));
  }
  peeringBlocks(draft);
  vpnRoutes(draft);
  propagatedRoutes(draft);
  blackholes(draft);
  references(draft);
  staleGroups(draft);
  freeAddresses(draft);
  blockPublicAccessStates(draft);
  unusedTargets(draft);
  share(draft);
  completeLists(draft);
}
