import type { AuditReport } from '../../../findings/audit-report.ts';
import { compareText } from '../../../findings/order.ts';
import type {
  LinkDirection,
  OrganisationMap,
  OrganisationVpc,
  TrafficFlow,
  VpcLink,
} from '../../../model/verdict/organisation-map.ts';
import { counted, grouped as thousands, seriesOfMost } from '../../wording.ts';
import type { Drawing } from './drawing.ts';
import { organisationDrawing } from './organisation-drawing.ts';

/** A VPC at one end. */
export interface EndView {
  readonly id: string;
  readonly name: string;
  readonly accountId: string;
}

/** One way from one VPC to another. */
export interface DirectionView {
  readonly from: EndView;
  readonly to: EndView;
  readonly by: string;
  readonly traffic: TrafficFlow;
  readonly word: string;
  readonly why: string;
  readonly command: string;
}

/** How the VPCs of the organisation are joined, and what gets through. */
export interface OrganisationView {
  readonly words: string;
  /** Nothing where there are too many to be drawn. */
  readonly drawing: Drawing | undefined;
  readonly rows: readonly DirectionView[];
  readonly omitted: string;
}

const drawnVpcs = 40;
const shownRows = 60;

const words: Readonly<Record<TrafficFlow, string>> = {
  yes: 'gets through',
  partly: 'in part',
  no: 'does not get through',
  unknown: 'cannot be told',
};
const order: readonly TrafficFlow[] = ['yes', 'partly', 'unknown', 'no'];

/** The map for the page; nothing where no VPC is joined with another. */
export function organisationView({ organisationMap }: AuditReport): OrganisationView | undefined {
  if (organisationMap === undefined || organisationMap.links.length === 0) return undefined;
  const { vpcs, links, omittedPairs } = organisationMap;
  const named = new Map(vpcs.map((vpc) => [vpc.vpcId, vpc]));
  const rows = links
    .flatMap((link) => link.directions.map((direction) => directionView(link, direction, named)))
    .sort(
      (a, b) =>
        order.indexOf(a.traffic) - order.indexOf(b.traffic) ||
        compareText(a.from.id, b.from.id) ||
        compareText(a.to.id, b.to.id),
    );
  const left = rows.length - shownRows;
  const beyond =
    omittedPairs === 0
      ? ''
      : ` ${counted(omittedPairs, 'more pair')} on a transit gateway, with no route between them, ${omittedPairs === 1 ? 'is' : 'are'} not listed.`;
  return {
    words: `${counted(vpcs.length, 'VPC')} and ${counted(links.length, 'joined pair')}: connections get through ${thousands(rows.filter(({ traffic }) => traffic === 'yes' || traffic === 'partly').length)} of ${thousands(rows.length)} ways.${beyond}`,
    drawing: isDrawable(organisationMap) ? organisationDrawing(organisationMap) : undefined,
    rows: rows.slice(0, shownRows),
    omitted: left > 0 ? `${counted(left, 'more way')}, in report.json.` : '',
  };
}

const isDrawable = ({ vpcs, links }: OrganisationMap): boolean =>
  vpcs.filter(({ vpcId }) => links.some(({ vpcIds }) => vpcIds.includes(vpcId))).length <= drawnVpcs;

function directionView(
  { id, peerTransitGatewayId }: VpcLink,
  { fromVpcId, toVpcId, traffic, fromInterfaces, toInterfaces, blockedBy, example, missing = [] }: LinkDirection,
  named: ReadonlyMap<string, OrganisationVpc>,
): DirectionView {
  const nobody = fromInterfaces === 0 || toInterfaces === 0;
  return {
    from: endView(fromVpcId, named),
    to: endView(toVpcId, named),
    by: peerTransitGatewayId === undefined ? id : `${id} and ${peerTransitGatewayId}`,
    traffic,
    word: words[traffic],
    why: nobody
      ? 'no interface at one end'
      : traffic === 'unknown'
        ? seriesOfMost(
            missing.map(({ fact, iamAction }) => (iamAction === undefined ? fact : `${fact} (allow ${iamAction})`)),
            2,
          )
        : seriesOfMost(blockedBy, 3),
    command: example === undefined ? '' : `vpc-auditor trace --from ${example.from} --to ${example.to}`,
  };
}

const endView = (id: string, named: ReadonlyMap<string, OrganisationVpc>): EndView => ({
  id,
  name: named.get(id)?.name ?? '',
  accountId: named.get(id)?.accountId ?? '',
});
