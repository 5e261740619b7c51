import { listPrices } from '../cost/list-prices.ts';
import type { PriceTable } from '../cost/price-table.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { Defect } from '../model/verdict/defect.ts';
import type { Advice } from '../model/verdict/advice.ts';
import type { CostReport } from '../model/verdict/cost.ts';
import type { DefenceInDepth } from '../model/verdict/defence-in-depth.ts';
import type { NetworkMap } from '../model/verdict/network-map.ts';
import type { OrganisationMap } from '../model/verdict/organisation-map.ts';
import type { TierChain } from '../model/verdict/tier-chain.ts';
import { costReport } from './sections/cost/cost.ts';
import { defenceInDepth } from './sections/defence-in-depth/defence-in-depth.ts';
import { networkMaps } from './sections/network-map/network-maps.ts';
import { organisationMap } from './sections/network-map/organisation-map.ts';
import { privateConnectivityAdvice } from './sections/private-connectivity/private-connectivity.ts';
import { tierChains } from './sections/tier-chains/tier-chains.ts';

/** What is worked out over the network as a whole, beside the verdicts of single checks. */
export interface Sections {
  readonly defenceInDepth?: readonly DefenceInDepth[];
  readonly networkMaps?: readonly NetworkMap[];
  readonly organisationMap?: OrganisationMap;
  readonly tierChains?: readonly TierChain[];
  readonly advice?: readonly Advice[];
  readonly cost?: CostReport;
}

const compute: {
  readonly [K in keyof Required<Sections>]: (snapshot: Snapshot, prices: PriceTable) => Required<Sections>[K];
} = {
  defenceInDepth,
  networkMaps,
  organisationMap,
  tierChains,
  advice: privateConnectivityAdvice,
  cost: costReport,
};

/**
 * Every section of the report. One that breaks is left out and is a defect of this program, told for each account and
 * Region; it costs nothing else.
 */
export function reportSections(
  snapshot: Snapshot,
  prices: PriceTable = listPrices,
): {
  readonly sections: Sections;
  readonly broken: readonly Defect[];
} {
  const sections: Record<string, unknown> = {};
  const broken: Defect[] = [];
  for (const [name, section] of Object.entries(compute)) {
    try {
      sections[name] = section(snapshot, prices);
    } catch (error) {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      for (const { accountId, region } of snapshot.regions) broken.push({ checkId: name, accountId, region, message });
    }
  }
  return { sections, broken };
}
