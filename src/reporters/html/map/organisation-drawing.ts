import { compareText } from '../../../findings/order.ts';
import type {
  OrganisationMap,
  OrganisationVpc,
  TrafficFlow,
  VpcLink,
} from '../../../model/verdict/organisation-map.ts';
import { barAt, curve, type Drawing, type DrawnBox, type DrawnLink, rounded } from './drawing.ts';
import { fitted } from './fit-text.ts';
import { middleOf, spread } from './spread.ts';

/** VPCs stand left and right of what joins them. */
const columns = {
  left: { x: 0, width: 280, label: 'VPCs' },
  joint: { x: 390, width: 220, label: 'Joined by' },
  right: { x: 720, width: 280, label: 'VPCs' },
} as const;
const width = 1000;
const top = 28;
const gap = 12;
const line = 15;
const padding = 10;

interface Node {
  readonly key: string;
  readonly kind: string;
  readonly texts: readonly string[];
  readonly title: string;
}

/** What joins two VPCs, with the VPCs that it joins. */
interface Joint extends Node {
  readonly ends: ReadonlyMap<string, TrafficFlow>;
}

/** The VPCs that are joined with others, and what joins them. What passes of one VPC by a gateway is the best of its ways. */
export function organisationDrawing({ vpcs, links }: OrganisationMap): Drawing {
  const joints = jointsOf(links);
  const joined = vpcs
    .filter(({ vpcId }) => joints.some(({ ends }) => ends.has(vpcId)))
    .toSorted((a, b) => compareText(a.accountId ?? '~', b.accountId ?? '~') || compareText(a.vpcId, b.vpcId))
    .map(vpcNode);
  const half = Math.ceil(joined.length / 2);
  const left = column(joined.slice(0, half), columns.left, () => undefined);
  const right = column(joined.slice(half), columns.right, () => undefined);
  const vpcBoxes = new Map([...left, ...right]);
  const middle = column(joints, columns.joint, ({ ends }) =>
    middleOf([...ends.keys()].flatMap((id) => middleY(vpcBoxes.get(id)) ?? [])),
  );
  const boxes = [...vpcBoxes.values(), ...middle.values()];
  return {
    width,
    height: rounded(Math.max(...boxes.map(({ y, height }) => y + height)) + padding),
    headings: Object.values(columns).map(({ x, label }) => ({ x, y: 14, style: 'note', text: label })),
    zones: [],
    links: joints.flatMap(({ key, ends }) =>
      [...ends].flatMap(([id, traffic]) => linkBetween(vpcBoxes.get(id), middle.get(key), traffic)),
    ),
    boxes,
  };
}

const middleY = (box: DrawnBox | undefined): number | undefined =>
  box === undefined ? undefined : box.y + box.height / 2;

const best: readonly TrafficFlow[] = ['yes', 'partly', 'unknown', 'no'];
const better = (a: TrafficFlow | undefined, b: TrafficFlow): TrafficFlow =>
  a === undefined || best.indexOf(b) < best.indexOf(a) ? b : a;

function jointsOf(links: readonly VpcLink[]): readonly Joint[] {
  const found = new Map<string, { readonly link: VpcLink; readonly ends: Map<string, TrafficFlow> }>();
  for (const link of links) {
    const key = `${link.id} ${link.peerTransitGatewayId ?? ''}`;
    const known = found.get(key) ?? { link, ends: new Map<string, TrafficFlow>() };
    found.set(key, known);
    for (const { fromVpcId, toVpcId, traffic } of link.directions)
      for (const id of [fromVpcId, toVpcId]) known.ends.set(id, better(known.ends.get(id), traffic));
  }
  return [...found].map(([key, { link, ends }]) => {
    const what = link.type === 'transit-gateway' ? 'transit gateway' : 'VPC peering connection';
    const ids = [link.id, ...(link.peerTransitGatewayId === undefined ? [] : [link.peerTransitGatewayId])];
    return {
      key,
      kind: 'connection',
      texts: [what, ...ids, ...(link.state === undefined ? [] : [link.state])],
      title: `${what} ${ids.join(' and ')} ${link.state ?? ''}`.trim(),
      ends,
    };
  });
}

function vpcNode({ vpcId, name, accountId, region, cidrBlocks, isInScope }: OrganisationVpc): Node {
  const place = [accountId, region].filter((part) => part !== undefined).join(' ');
  return {
    key: vpcId,
    kind: isInScope ? 'vpc' : 'vpc beyond',
    texts: [
      name ?? vpcId,
      ...(name === undefined ? [] : [vpcId]),
      [place, isInScope ? '' : 'not audited'].filter((part) => part !== '').join(', '),
    ].filter((text) => text !== ''),
    title: `VPC ${vpcId} ${name ?? ''} ${place} ${cidrBlocks.join(' ')}${isInScope ? '' : ', not audited'}`,
  };
}

function column<T extends Node>(
  nodes: readonly T[],
  { x, width: wide }: { readonly x: number; readonly width: number },
  wanted: (node: T) => number | undefined,
): ReadonlyMap<string, DrawnBox> {
  const placed = nodes
    .map((node) => ({ node, wanted: wanted(node), height: node.texts.length * line + 2 * padding - 4 }))
    .sort((a, b) => (a.wanted ?? 0) - (b.wanted ?? 0));
  const tops = spread(placed, top, gap);
  return new Map(
    placed.map(({ node, height }, at) => {
      const y = rounded(tops[at] ?? top);
      const lines = node.texts.map((text, row) => ({
        x: x + padding,
        y: y + padding + 10 + row * line,
        style: row === 0 ? ('name' as const) : ('note' as const),
        text: fitted(text, wide - 2 * padding, row === 0 ? 12 : 11),
      }));
      return [node.key, { x, y, width: wide, height, kind: node.kind, title: node.title, lines, mark: '' }];
    }),
  );
}

function linkBetween(
  vpc: DrawnBox | undefined,
  joint: DrawnBox | undefined,
  traffic: TrafficFlow,
): readonly DrawnLink[] {
  if (vpc === undefined || joint === undefined) return [];
  const [a, b] = vpc.x < joint.x ? [vpc, joint] : [joint, vpc];
  const [x1, y1, x2, y2] = [a.x + a.width, a.y + a.height / 2, b.x, b.y + b.height / 2];
  const kinds = { yes: 'through', partly: 'through in-part', no: 'plain', unknown: 'dead' } as const;
  return [
    {
      d: curve(x1, y1, x2, y2),
      kind: kinds[traffic],
      bar: traffic === 'no' ? barAt((x1 + x2) / 2, (y1 + y2) / 2) : '',
    },
  ];
}
