import type { AuditReport } from '../../../findings/audit-report.ts';
import { compareText } from '../../../findings/order.ts';
import type { SubnetExposure } from '../../../model/verdict/defence-in-depth.ts';
import type { MapSubnet, NetworkMap } from '../../../model/verdict/network-map.ts';
import { counted, grouped as thousands } from '../../wording.ts';
import type { Drawing } from './drawing.ts';
import { compareExposures, contentWords, exposureWords, gatewayWords, tierWords, worstExposure } from './map-words.ts';
import { vpcDrawing } from './vpc-drawing.ts';

/** A subnet on one line: what the drawing shows, to be read. */
export interface MapRowView {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly blocks: string;
  readonly tier: string;
  readonly contents: string;
  readonly exposure: SubnetExposure;
  readonly exposureWord: string;
  readonly routeTable: string;
}

/** One VPC: its drawing and the same in a table. */
export interface MapView {
  readonly anchor: string;
  readonly vpcId: string;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly words: string;
  readonly label: string;
  readonly exposure: SubnetExposure;
  readonly drawing: Drawing;
  readonly rows: readonly MapRowView[];
  readonly omitted: string;
  readonly connections: readonly { readonly id: string; readonly words: string }[];
  readonly missing: readonly string[];
  readonly isOpen: boolean;
}

/** The maps of the VPCs, the most exposed first. */
export interface MapsView {
  readonly count: string;
  readonly maps: readonly MapView[];
  readonly omitted: string;
}

/** So many VPCs are drawn: a drawing is some twenty kilobytes. */
const drawn = 10;
const shownRows = 40;
const shownConnections = 24;

/** The maps for the page; nothing where the report has none. */
export function mapsView({ networkMaps = [] }: AuditReport): MapsView | undefined {
  if (networkMaps.length === 0) return undefined;
  const ordered = networkMaps
    .map((map) => ({
      map,
      exposure: worstExposure(map.subnets.map(({ exposure }) => exposure)),
      size: interfacesIn(map),
    }))
    .sort(
      (a, b) => compareExposures(a.exposure, b.exposure) || b.size - a.size || compareText(a.map.vpcId, b.map.vpcId),
    );
  const left = ordered.length - drawn;
  return {
    count: thousands(networkMaps.length),
    maps: ordered.slice(0, drawn).map(({ map, exposure }, at) => mapView(map, exposure, at)),
    omitted:
      left > 0 ? `${counted(left, 'more VPC')}, of which less is reached or less stands in them, in report.json.` : '',
  };
}

const interfacesIn = ({ subnets }: NetworkMap): number =>
  subnets.reduce((sum, { interfaces }) => sum + interfaces.reduce((own, { count }) => own + count, 0), 0);

function mapView(map: NetworkMap, exposure: SubnetExposure, at: number): MapView {
  const { vpcId, name = '', accountId, region, subnets, gateways, missing } = map;
  const reached = subnets.filter((subnet) => subnet.exposure !== 'blocked').length;
  const rows = subnets.toSorted(
    (a, b) => compareExposures(a.exposure, b.exposure) || compareText(a.subnetId, b.subnetId),
  );
  const interfaces = interfacesIn(map);
  return {
    anchor: `map-${at + 1}`,
    vpcId,
    name,
    accountId,
    region,
    words: `${counted(subnets.length, 'subnet')}, ${counted(interfaces, 'interface')}; ${reached === 0 ? 'no subnet is reached from the internet' : `${thousands(reached)} of the subnets ${reached === 1 ? 'is' : 'are'} reached or may be`}`,
    label: `Map of ${vpcId}`,
    exposure,
    drawing: vpcDrawing(map),
    rows: rows.slice(0, shownRows).map(rowView),
    omitted: rows.length > shownRows ? `${counted(rows.length - shownRows, 'more subnet')}, in report.json.` : '',
    connections: gateways.slice(0, shownConnections).map(({ id, type, name: own, peer }) => ({
      id,
      words: [gatewayWords[type], own ?? '', peer === undefined ? '' : `to ${peer.id}`]
        .filter((part) => part !== '')
        .join(' '),
    })),
    missing: missing.map(({ fact, iamAction }) => (iamAction === undefined ? fact : `${fact}: it needs ${iamAction}`)),
    isOpen: at === 0,
  };
}

const rowView = (subnet: MapSubnet): MapRowView => ({
  id: subnet.subnetId,
  name: subnet.name ?? '',
  zone: subnet.availabilityZone ?? '',
  blocks: subnet.cidrBlocks.join(' '),
  tier: tierWords[subnet.tier],
  contents: contentWords(subnet.interfaces) || 'empty',
  exposure: subnet.exposure,
  exposureWord: exposureWords[subnet.exposure],
  routeTable: subnet.routeTableId ?? 'not known',
});
