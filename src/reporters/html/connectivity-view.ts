import type { AuditReport } from '../../findings/audit-report.ts';
import { grouped } from '../../findings/grouped.ts';
import { compareText } from '../../findings/order.ts';
import type { Advice, AdviceNeed, Mechanism } from '../../model/verdict/advice.ts';
import type { Evidence } from '../../model/verdict/evidence.ts';
import { capitalised, counted, grouped as thousands, series } from '../wording.ts';
import { type ReferenceView, referenceView } from './check-card.ts';
import { evidenceLine, evidenceView } from './evidence-view.ts';
import { fairShares } from './fair-shares.ts';

/** Who has a need, and how it is served. */
export interface AdviceRowView {
  /** The VPC, or the first of several resources. */
  readonly id: string;
  /** `12 subnets`, or how many follow the first resource. */
  readonly who: string;
  readonly accountId: string;
  readonly region: string;
  /** What kind of mark it has, and the word beside it. */
  readonly mark: string;
  readonly word: string;
  /** What serves it now, mechanism by mechanism with some of the ids. */
  readonly present: readonly { readonly words: string; readonly ids: readonly string[]; readonly more: string }[];
  /** The facts that are missing, where it cannot be told. */
  readonly missing: readonly string[];
  /** Whose need it is, and what shows it. */
  readonly evidence: readonly string[];
}

/** The same advice to several: what AWS recommends, why, and where it says so. */
export interface RecommendationView {
  readonly mechanism: string;
  /** The services of AWS that it is for, where the heading does not say it. */
  readonly services: readonly string[];
  readonly why: string;
  readonly reference: ReferenceView;
  readonly rows: readonly AdviceRowView[];
}

/** A need with the recommendations for it. */
export interface NeedView {
  readonly heading: string;
  /** How the worst served of those who have it stands. */
  readonly mark: string;
  readonly words: string;
  readonly isOpen: boolean;
  readonly recommendations: readonly RecommendationView[];
  readonly omitted: string;
}

/** What private networks need to reach, and how well it is served. */
export interface ConnectivityView {
  readonly words: string;
  readonly count: string;
  readonly needs: readonly NeedView[];
}

const shownRows = 24;
/** So many are few enough to be read at once. */
const openRows = 12;
const shownEvidence = 6;
const shownIds = 3;
const shownServices = 6;

const needs: readonly AdviceNeed[] = [
  's3',
  'dynamodb',
  'aws-service',
  'internet-ipv4',
  'internet-ipv6',
  'own-service',
  'other-vpcs',
  'on-premises',
];
const needWords: Readonly<Record<AdviceNeed, string>> = {
  s3: 'Amazon S3',
  dynamodb: 'Amazon DynamoDB',
  'aws-service': 'Other services of AWS',
  'internet-ipv4': 'The internet over IPv4',
  'internet-ipv6': 'The internet over IPv6',
  'own-service': 'Services of one’s own',
  'other-vpcs': 'Other VPCs',
  'on-premises': 'Networks outside AWS',
};
const mechanismWords: Readonly<Record<Mechanism, string>> = {
  'gateway-endpoint': 'gateway endpoint',
  'interface-endpoint': 'interface endpoint',
  'nat-gateway': 'NAT gateway',
  'regional-nat-gateway': 'regional NAT gateway',
  'nat-instance': 'NAT instance',
  'egress-only-internet-gateway': 'egress-only internet gateway',
  'internet-gateway': 'internet gateway',
  'endpoint-service': 'endpoint service',
  'vpc-peering-connection': 'VPC peering connection',
  'transit-gateway': 'transit gateway',
  'vpn-gateway': 'virtual private gateway',
  other: 'something else',
  none: 'nothing',
};
/** The worst first. */
const metOrder: readonly Advice['met'][] = ['no', 'partly', 'unknown', 'yes'];
const metWords: Readonly<Record<Advice['met'], string>> = {
  yes: 'As recommended',
  partly: 'In part',
  no: 'Otherwise',
  unknown: 'Not known',
};

const metMarks: Readonly<Record<Advice['met'], string>> = {
  yes: 'pass',
  partly: 'partly',
  no: 'fail',
  unknown: 'unknown',
};

/** The advice need by need; nothing where the report has none. */
export function connectivityView({ advice = [] }: AuditReport): ConnectivityView | undefined {
  if (advice.length === 0) return undefined;
  const byNeed = grouped(advice, ({ need }) => need);
  const present = needs.flatMap((need) => {
    const own = byNeed.get(need);
    return own === undefined ? [] : [{ need, own: own.toSorted(compareAdvice) }];
  });
  const shares = fairShares(
    present.map(({ own }) => own.length),
    shownRows,
  );
  return {
    words: `Of ${counted(advice.length, 'need')} that the network shows, ${metCounts(advice)}. A need is told only where something shows it: clients in private subnets, a route out, a connection to others.`,
    count: thousands(advice.length),
    needs: present.map(({ need, own }, at) => needView(need, own, shares[at] ?? 0, advice.length <= openRows)),
  };
}

const compareAdvice = (a: Advice, b: Advice): number =>
  metOrder.indexOf(a.met) - metOrder.indexOf(b.met) ||
  b.resourceCount - a.resourceCount ||
  compareText(a.accountId, b.accountId) ||
  compareText(a.region, b.region) ||
  compareText(a.vpcId ?? a.resources[0] ?? '', b.vpcId ?? b.resources[0] ?? '');

const countWords: Readonly<Record<Advice['met'], (count: number) => string>> = {
  no: (count) => `${thousands(count)} ${count === 1 ? 'is' : 'are'} served otherwise than AWS recommends`,
  partly: (count) => `${thousands(count)} ${count === 1 ? 'is' : 'are'} served so in part`,
  unknown: (count) => `${thousands(count)} cannot be told`,
  yes: (count) => `${thousands(count)} ${count === 1 ? 'is' : 'are'} served as AWS recommends`,
};

const metCounts = (advice: readonly Advice[]): string =>
  series(
    metOrder.flatMap((met) => {
      const count = advice.filter((own) => own.met === met).length;
      return count === 0 ? [] : [countWords[met](count)];
    }),
  );

function needView(need: AdviceNeed, own: readonly Advice[], share: number, isShort: boolean): NeedView {
  const left = own.length - share;
  const served = own.filter(({ met }) => met === 'yes').length;
  const worst = own[0]?.met ?? 'yes';
  const servicesOf = ({ services = [] }: Advice): readonly string[] => (need === 'aws-service' ? services : []);
  const alike = grouped(own.slice(0, share), (advice) =>
    JSON.stringify([advice.recommended, advice.why, advice.reference, servicesOf(advice)]),
  );
  return {
    heading: needWords[need],
    mark: metMarks[worst],
    isOpen: isShort && worst !== 'yes',
    words: `${thousands(served)} of ${thousands(own.length)} as recommended`,
    recommendations: [...alike.values()].map(([first, ...others]) => ({
      mechanism: capitalised(mechanismWords[first.recommended]),
      services: servicesOf(first).slice(0, shownServices),
      why: first.why,
      reference: referenceView(first.reference),
      rows: [first, ...others].map(rowView),
    })),
    omitted: left > 0 ? `${counted(left, 'more need')}, no worse served, in report.json.` : '',
  };
}

function rowView({ resources, resourceCount, evidence, missing = [], ...advice }: Advice): AdviceRowView {
  const [first = ''] = resources;
  const ofVpc = advice.vpcId !== undefined && advice.vpcId !== first;
  const who = counted(resourceCount, first.startsWith('vpc-') ? 'VPC' : 'subnet');
  return {
    id: ofVpc ? (advice.vpcId ?? '') : first,
    who: ofVpc ? who : resourceCount > 1 ? `and ${thousands(resourceCount - 1)} more` : '',
    accountId: advice.accountId,
    region: advice.region,
    mark: metMarks[advice.met],
    word: metWords[advice.met],
    present: advice.present.map(({ mechanism, ids }) => ({
      words: capitalised(mechanismWords[mechanism]),
      ids: ids.slice(0, shownIds),
      more: ids.length > shownIds ? `and ${thousands(ids.length - shownIds)} more` : '',
    })),
    missing: missing.slice(0, shownEvidence).map(({ fact }) => fact),
    evidence: [
      ...(ofVpc || resourceCount > 1 ? [`For ${firstOf(resources, resourceCount)}`] : []),
      ...evidence.slice(0, shownEvidence).map(factLine),
      ...(evidence.length > shownEvidence
        ? [`and ${thousands(evidence.length - shownEvidence)} more, in report.json`]
        : []),
    ],
  };
}

/** The first ids of so many; the report itself names no more than the first of them. */
function firstOf(ids: readonly string[], count: number): string {
  const shown = ids.slice(0, shownEvidence);
  return count > shown.length ? `${shown.join(', ')} and ${thousands(count - shown.length)} more` : series(shown);
}

/** A piece of evidence with where it stands: `rtb-0a: 0.0.0.0/0 (active) via nat-0a`. */
function factLine(evidence: Evidence): string {
  const { what, id = '', within, concerns } = evidenceView(evidence);
  if (evidence.type === 'resource')
    return `${capitalised(concerns).replace(/^Vp([cn]) /, (_, end: string) => `VP${end.toUpperCase()} `)} ${id} (${what.toLowerCase()})`;
  return within === undefined ? evidenceLine(evidence) : `${within}: ${evidenceLine(evidence)}`;
}
