import type { AuditReport } from '../../findings/audit-report.ts';
import { compareText } from '../../findings/order.ts';
import type { Tier, TierChain, TierLink, TierName, TierRule, TierSkip } from '../../model/verdict/tier-chain.ts';
import { capitalised, counted, seriesOfMost } from '../wording.ts';
import { evidenceLine } from './evidence-view.ts';

/** A tier as a card, with how the one before it is let in. */
export interface TierCard {
  readonly what: string;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly words: string;
  /** How the tier before comes in: `by its group`; empty of the first. */
  readonly by: string;
  readonly byRule: string;
  /** The name of how the card is drawn. */
  readonly effect: string;
}

/** One application, tier by tier. */
export interface ChainView {
  readonly name: string;
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  readonly words: string;
  readonly mark: string;
  readonly cards: readonly TierCard[];
  /** Who gets past a tier. */
  readonly skips: readonly { readonly words: string; readonly by: string }[];
  readonly rules: readonly { readonly words: string; readonly id: string; readonly by: string }[];
  readonly missing: readonly string[];
  readonly isOpen: boolean;
}

/** The applications, those first of which a tier is skipped. */
export interface ChainsView {
  readonly words: string;
  readonly count: string;
  readonly chains: readonly ChainView[];
  readonly omitted: string;
}

const shownChains = 24;
const shownGroups = 4;
const shownRules = 6;

const tierWords: Readonly<Record<TierName, string>> = {
  'load-balancer': 'load balancer',
  application: 'application',
  database: 'database',
};
const linkWords: Readonly<Record<TierLink['by'], string>> = {
  reference: 'let in by group',
  address: 'let in by address',
  nothing: 'let in by no rule',
};
const ruleWords: Readonly<Record<TierRule['problem'], string>> = {
  'range-for-reference': 'names addresses where a group would do',
  uncarried: 'names a group that no interface carries',
  stale: 'names a group that is gone',
  lost: 'names a group whose members cannot be recognised from here',
};

/** The chains for the page; nothing where the report has none. */
export function chainsView({ tierChains = [] }: AuditReport): ChainsView | undefined {
  if (tierChains.length === 0) return undefined;
  const ordered = tierChains.toSorted(
    (a, b) =>
      Number(b.skips.length > 0) - Number(a.skips.length > 0) ||
      b.rules.length - a.rules.length ||
      compareText(idOf(a), idOf(b)),
  );
  const skipped = tierChains.filter(({ skips }) => skips.length > 0).length;
  const left = ordered.length - shownChains;
  return {
    words: `${counted(tierChains.length, 'application')}, as load balancers, databases and their security groups show them; ${skipped === 0 ? 'nobody gets past a tier' : `in ${skipped === tierChains.length ? 'each' : skipped} of them somebody gets past a tier`}.`,
    count: String(tierChains.length),
    chains: ordered.slice(0, shownChains).map(chainView),
    omitted: left > 0 ? `${counted(left, 'more application')}, in report.json.` : '',
  };
}

const idOf = ({ loadBalancer, tiers, vpcId }: TierChain): string =>
  loadBalancer?.id ?? tiers[0]?.securityGroups[0]?.securityGroupId ?? vpcId;

function chainView(chain: TierChain, at: number): ChainView {
  const { accountId, region, vpcId, loadBalancer, tiers, links, skips, rules, missing } = chain;
  const left = rules.length - shownRules;
  return {
    name: loadBalancer?.name ?? (tiers[0] === undefined ? '' : capitalised(tierWords[tiers[0].tier])),
    id: idOf(chain).replace(/^arn:.*:loadbalancer\//, ''),
    accountId,
    region,
    vpcId,
    words: skips.length === 0 ? 'no tier is skipped' : seriesOfMost(skips.map(skipWords), 2),
    mark: skips.some(({ from }) => from === 'internet') ? 'high' : skips.length > 0 ? 'medium' : 'pass',
    cards: [
      ...(loadBalancer === undefined || loadBalancer.scheme === 'internet-facing'
        ? [{ what: 'internet', groups: [], words: '', by: '', byRule: '', effect: 'admits' }]
        : []),
      ...tiers.map((tier) => tierCard(tier, links)),
    ],
    skips: skips.map((skip) => ({
      words: `${skipWords(skip)} (${seriesOfMost(skip.examples, 3)})`,
      by: seriesOfMost(skip.evidence.map(evidenceLine), 2),
    })),
    rules: [
      ...rules.slice(0, shownRules).map(({ problem, securityGroupId, evidence, groupId }) => ({
        words: `${ruleWords[problem]}${groupId === undefined ? '' : `: ${groupId}`}`,
        id: securityGroupId,
        by: evidenceLine(evidence),
      })),
      ...(left > 0 ? [{ words: `and ${counted(left, 'more rule')}, in report.json`, id: '', by: '' }] : []),
    ],
    missing: missing.map(({ fact, iamAction }) => (iamAction === undefined ? fact : `${fact}: it needs ${iamAction}`)),
    isOpen: at === 0 && skips.length > 0,
  };
}

const skipWords = ({ from, to, interfaces }: TierSkip): string =>
  `${from === 'internet' ? 'the internet' : 'an outsider'} gets straight to ${counted(interfaces, `${tierWords[to]} interface`)}`;

function tierCard({ tier, securityGroups, interfaces, subnetIds }: Tier, links: readonly TierLink[]): TierCard {
  const link = links.find(({ to }) => to === tier);
  const left = securityGroups.length - shownGroups;
  return {
    what: tierWords[tier],
    groups: [
      ...securityGroups.slice(0, shownGroups).map(({ securityGroupId, name = '' }) => ({ id: securityGroupId, name })),
      ...(left > 0 ? [{ id: '', name: `and ${counted(left, 'more group')}` }] : []),
    ],
    words: `${counted(interfaces, 'interface')} in ${counted(subnetIds.length, 'subnet')}`,
    by: link === undefined ? '' : linkWords[link.by],
    byRule: link === undefined ? '' : seriesOfMost(link.evidence.map(evidenceLine), 2),
    effect: link?.by === 'nothing' ? 'blocks' : link?.by === 'address' ? 'limits' : 'admits',
  };
}
