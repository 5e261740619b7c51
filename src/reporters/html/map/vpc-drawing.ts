import { grouped } from '../../../findings/grouped.ts';
import { compareText } from '../../../findings/order.ts';
import type { NetworkMap, SubnetTier } from '../../../model/verdict/network-map.ts';
import {
  barAt,
  curve,
  type Drawing,
  type DrawnBox,
  type DrawnLine,
  type DrawnLink,
  exposureMark,
  rounded,
} from './drawing.ts';
import { fitted } from './fit-text.ts';
import type { MapNode } from './map-node.ts';
import { mapNodes, type MapNodes, type SubnetNode } from './vpc-nodes.ts';
import { middleOf, spread } from './spread.ts';

/** The columns of the console's resource map: where each begins and how wide its boxes are. */
const columns = {
  vpc: { x: 0, width: 150, label: 'VPC' },
  subnet: { x: 200, width: 290, label: 'Subnets' },
  table: { x: 550, width: 180, label: 'Route tables' },
  connection: { x: 790, width: 210, label: 'Network connections' },
} as const;

const tiers: readonly SubnetTier[] = ['public', 'nat', 'egress-only', 'routed', 'isolated', 'unknown'];
const width = 1000;
const top = 28;
const gap = 10;
const zone = { padding: 10, heading: 22, gap: 14 };
const line = 15;
const padding = 10;
const size = { name: 12, id: 11, note: 11 } as const;

/** One VPC as a drawing: VPC, subnets by Availability Zone, route tables, network connections. */
export function vpcDrawing(map: NetworkMap): Drawing {
  const nodes = mapNodes(map);
  const { subnetBoxes, zones } = drawnSubnets(nodes.subnets);
  const middles = new Map([...subnetBoxes].map(([key, box]) => [key, middle(box)]));
  const tables = drawnColumn(nodes.routeTables, nodes, middles, columns.table);
  for (const [key, box] of tables) middles.set(key, middle(box));
  const connections = drawnColumn(nodes.connections, nodes, middles, columns.connection);
  const boxes = new Map([...subnetBoxes, ...tables, ...connections]);
  const height = Math.max(top + 90, ...[...boxes.values(), ...zones].map((box) => box.y + box.height)) + zone.padding;
  const vpc = vpcBox(map, height);
  return {
    width,
    height: rounded(height),
    headings: Object.values(columns).map(({ x, label }) => ({ x, y: 14, style: 'note', text: label })),
    zones,
    links: [...zones.map((one) => vpcLink(vpc, one)), ...nodes.links.flatMap((link) => drawnLink(link, boxes))],
    boxes: [vpc, ...boxes.values()],
  };
}

const middle = ({ y, height }: DrawnBox): number => y + height / 2;

function drawnSubnets(subnets: readonly SubnetNode[]): {
  readonly subnetBoxes: ReadonlyMap<string, DrawnBox>;
  readonly zones: readonly DrawnBox[];
} {
  const { x, width: wide } = columns.subnet;
  const boxes = new Map<string, DrawnBox>();
  const zones: DrawnBox[] = [];
  let y: number = top;
  // What stands in no known zone comes last
  const byZone = [...grouped(subnets, (subnet) => subnet.zone)].sort(([a], [b]) =>
    a === '' ? 1 : b === '' ? -1 : compareText(a, b),
  );
  for (const [name, own] of byZone) {
    const start = y;
    y += zone.heading;
    for (const node of own.toSorted(byTier)) {
      const box = boxOf(node, x + zone.padding, y, wide - 2 * zone.padding);
      boxes.set(node.key, box);
      y += box.height + gap;
    }
    zones.push({
      x,
      y: start,
      width: wide,
      height: rounded(y - start),
      kind: 'zone',
      title: name === '' ? 'No Availability Zone' : `Availability Zone ${name}`,
      lines: [
        {
          x: x + zone.padding,
          y: start + 15,
          style: 'note',
          text: fitted(name === '' ? 'zone not known' : name, wide - 20, size.note),
        },
      ],
      mark: '',
    });
    y += zone.gap;
  }
  return { subnetBoxes: boxes, zones };
}

/** Those next to the internet first. */
const byTier = (a: SubnetNode, b: SubnetNode): number =>
  tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || compareText(a.name, b.name) || compareText(a.key, b.key);

/** Each box as near as possible to the boxes that lead to it. */
function drawnColumn(
  items: readonly MapNode[],
  { links }: MapNodes,
  middles: ReadonlyMap<string, number>,
  column: { readonly x: number; readonly width: number },
): ReadonlyMap<string, DrawnBox> {
  const wantedOf = (node: MapNode): number | undefined =>
    middleOf(links.filter(({ to }) => to === node.key).flatMap(({ from }) => middles.get(from) ?? []));
  const ordered = items
    .map((node) => ({ node, wanted: wantedOf(node), height: heightOf(node) }))
    .sort((a, b) => (a.wanted ?? Infinity) - (b.wanted ?? Infinity) || compareText(a.node.key, b.node.key));
  const tops = spread(ordered, top, gap);
  return new Map(
    ordered.map(({ node }, at) => [node.key, boxOf(node, column.x, rounded(tops[at] ?? top), column.width)]),
  );
}

const textsOf = ({ name, id, notes }: MapNode): readonly (readonly [DrawnLine['style'], string])[] =>
  ([['name', name], ['id', id], ...notes.map((note) => ['note', note] as const)] as const).filter(
    ([, text]) => text !== '',
  );

const heightOf = (node: MapNode): number => textsOf(node).length * line + 2 * padding - 4;

function boxOf(node: MapNode, x: number, y: number, wide: number): DrawnBox {
  const mark = exposureMark(node.exposure ?? '', x + wide - 14, y + 14);
  return {
    x,
    y,
    width: wide,
    height: heightOf(node),
    kind: `${node.kind}${node.exposure === undefined ? '' : ` ${node.exposure}`}`,
    title: node.title,
    lines: textsOf(node).map(([style, text], at) => ({
      x: x + padding,
      y: y + padding + 10 + at * line,
      style,
      text: fitted(text, wide - 2 * padding - (at === 0 && mark !== '' ? 14 : 0), size[style]),
    })),
    mark,
  };
}

function vpcBox({ vpcId, name, cidrBlocks, isDefault, subnets }: NetworkMap, height: number): DrawnBox {
  const { x, width: wide } = columns.vpc;
  const texts = [
    ['name', name ?? vpcId],
    ...(name === undefined ? [] : [['id', vpcId] as const]),
    ...cidrBlocks.slice(0, 3).map((block) => ['id', block] as const),
    ...(cidrBlocks.length > 3 ? [['note', `and ${cidrBlocks.length - 3} more blocks`] as const] : []),
    ['note', `${subnets.length} ${subnets.length === 1 ? 'subnet' : 'subnets'}${isDefault ? ', default VPC' : ''}`],
  ] as const;
  const tall = texts.length * line + 2 * padding - 4;
  const y = rounded(Math.max(top, (height - tall) / 2));
  return {
    x,
    y,
    width: wide,
    height: tall,
    kind: 'vpc',
    title: `VPC ${vpcId}${name === undefined ? '' : ` (${name})`} ${cidrBlocks.join(' ')}`,
    lines: texts.map(([style, text], at) => ({
      x: x + padding,
      y: y + padding + 10 + at * line,
      style,
      text: fitted(text, wide - 2 * padding, size[style]),
    })),
    mark: '',
  };
}

const vpcLink = (vpc: DrawnBox, to: DrawnBox): DrawnLink => ({
  d: curve(vpc.x + vpc.width, middle(vpc), to.x, middle(to)),
  kind: 'part',
  bar: '',
});

function drawnLink(
  { from, to, kind, isStopped }: MapNodes['links'][number],
  boxes: ReadonlyMap<string, DrawnBox>,
): readonly DrawnLink[] {
  const [a, b] = [boxes.get(from), boxes.get(to)];
  if (a === undefined || b === undefined) return [];
  const [x1, y1, x2, y2] = [a.x + a.width, middle(a), b.x, middle(b)];
  return [{ d: curve(x1, y1, x2, y2), kind, bar: isStopped ? barAt((x1 + x2) / 2, (y1 + y2) / 2) : '' }];
}
