import type { Evidence } from '../../model/verdict/evidence.ts';
import type { AuditReport } from '../../findings/audit-report.ts';
import { compareText } from '../../findings/order.ts';
import type {
  DefenceInDepth,
  DefenceLayer,
  FamilyDefence,
  LayerState,
  Mistake,
  SubnetExposure,
} from '../../model/verdict/defence-in-depth.ts';
import { counted, grouped as thousands, seriesOfMost } from '../wording.ts';
import { evidenceLine } from './evidence-view.ts';
import { compareExposures, exposureWords } from './map/map-words.ts';

/** One layer of a subnet: whether it holds by itself, and by what. */
export interface LayerView {
  readonly label: string;
  readonly state: LayerState;
  readonly word: string;
  /** What decides: words, and an id. */
  readonly by: string;
  readonly id: string;
}

/** A subnet in one address family. */
export interface DepthRowView {
  readonly subnetId: string;
  readonly name: string;
  readonly vpcId: string;
  readonly accountId: string;
  readonly region: string;
  readonly family: string;
  readonly interfaces: string;
  readonly layers: readonly LayerView[];
  readonly holding: string;
  readonly exposure: SubnetExposure;
  readonly exposureWord: string;
  readonly mistakes: readonly string[];
}

/** What keeps the internet from each subnet. */
export interface DepthView {
  readonly words: string;
  readonly count: string;
  readonly rows: readonly DepthRowView[];
  readonly folded: readonly DepthRowView[];
  readonly foldedWords: string;
  readonly omitted: string;
}

const shownRows = 8;
const foldedRows = 60;

const layerLabels: Readonly<Record<DefenceLayer['layer'], string>> = {
  'block-public-access': 'Block Public Access',
  route: 'Route',
  'network-acl': 'Network ACL',
  'security-group': 'Security group',
};
const stateWords: Readonly<Record<LayerState, string>> = { holds: 'Holds', open: 'Open', unknown: 'Not known' };
const mistakeWords: Readonly<Record<Mistake, string>> = {
  'block-public-access-turned-off': 'Block Public Access turned off',
  'internet-gateway-attached': 'an internet gateway attached',
  'route-to-internet-gateway-added': 'a route to the internet gateway added',
  'public-address-given': 'a public address given',
  'network-acl-opened': 'the network ACL opened',
  'security-group-opened': 'a security group opened',
};

interface Row {
  readonly subnet: DefenceInDepth;
  readonly own: FamilyDefence;
}

/** The layers, the worst subnet first; nothing where the report has none. */
export function depthView({ defenceInDepth = [] }: AuditReport): DepthView | undefined {
  const rows = defenceInDepth
    .flatMap((subnet) => subnet.families.map((own): Row => ({ subnet, own })))
    .sort(
      (a, b) =>
        compareExposures(a.own.exposure, b.own.exposure) ||
        Number(b.own.interfaces > 0) - Number(a.own.interfaces > 0) ||
        a.own.holding - b.own.holding ||
        b.own.interfaces - a.own.interfaces ||
        compareText(a.subnet.subnetId, b.subnet.subnetId) ||
        compareText(a.own.family, b.own.family),
    );
  if (rows.length === 0) return undefined;
  const left = rows.length - shownRows - foldedRows;
  return {
    words: depthWords(rows),
    count: thousands(defenceInDepth.length),
    rows: rows.slice(0, shownRows).map(rowView),
    folded: rows.slice(shownRows, shownRows + foldedRows).map(rowView),
    foldedWords: counted(Math.max(0, Math.min(foldedRows, rows.length - shownRows)), 'more row'),
    omitted: left > 0 ? `${counted(left, 'more row')}, which are better off, in report.json.` : '',
  };
}

function depthWords(rows: readonly Row[]): string {
  const subnetsOf = (wanted: (row: Row) => boolean): number =>
    new Set(rows.filter(wanted).map(({ subnet }) => subnet.subnetId)).size;
  const total = subnetsOf(() => true);
  const reached = subnetsOf(({ own }) => own.exposure === 'exposed');
  const fragile = subnetsOf(({ own }) => own.exposure !== 'exposed' && own.singleMistakes.length > 0);
  return `Of ${counted(total, 'subnet')} the internet reaches ${reached === 0 ? 'none directly' : thousands(reached)}; ${fragile === 0 ? 'in no other' : `in ${thousands(fragile)} more`} a single mistake would expose what is not exposed now. A layer holds where it would keep strangers out all by itself.`;
}

const rowView = ({ subnet, own }: Row): DepthRowView => ({
  subnetId: subnet.subnetId,
  name: subnet.name ?? '',
  vpcId: subnet.vpcId,
  accountId: subnet.accountId,
  region: subnet.region,
  family: own.family === 'ipv4' ? 'IPv4' : 'IPv6',
  interfaces: own.interfaces === 0 ? 'empty' : counted(own.interfaces, 'interface'),
  layers: own.layers.map((layer) => layerView(layer, own.interfaces)),
  holding: `${own.holding} of ${own.layers.length}`,
  exposure: own.exposure,
  exposureWord: exposureWords[own.exposure],
  mistakes: own.singleMistakes
    .slice(0, 4)
    .map(
      ({ mistake, interfaces, resourceIds }) =>
        `${mistakeWords[mistake]} (${seriesOfMost(resourceIds, 2)}) would expose ${counted(interfaces, 'interface')}`,
    ),
});

function layerView({ layer, state, openFor, evidence, missing = [] }: DefenceLayer, interfaces: number): LayerView {
  const [first] = evidence;
  const part = state === 'open' && openFor < interfaces ? ` for ${thousands(openFor)} of ${thousands(interfaces)}` : '';
  return {
    label: layerLabels[layer],
    state,
    word: `${stateWords[state]}${part}`,
    ...(state === 'unknown' ? { by: missing[0]?.fact ?? '', id: '' } : decisive(first)),
  };
}

/** The piece of evidence that decides, short enough for a cell. */
function decisive(evidence: Evidence | undefined): Pick<LayerView, 'by' | 'id'> {
  if (evidence === undefined) return { by: '', id: '' };
  switch (evidence.type) {
    case 'route':
      return { by: `${evidence.destination} to`, id: evidence.target };
    case 'security-group-rule':
      return { by: evidenceLine(evidence), id: evidence.securityGroupId };
    case 'network-acl-entry':
      return { by: evidenceLine(evidence).replace('Inbound entry', 'rule'), id: evidence.networkAclId };
    case 'resource':
      return { by: evidence.role.replaceAll('-', ' '), id: evidence.resourceId };
    case 'attribute':
      return { by: evidence.value, id: '' };
    default:
      return { by: evidenceLine(evidence), id: '' };
  }
}
