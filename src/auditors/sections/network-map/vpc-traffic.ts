import type { Subnet } from '../../../model/resources/subnet.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { ExplanationCode } from '../../../model/verdict/explanation-code.ts';
import type { LinkDirection, TrafficFlow } from '../../../model/verdict/organisation-map.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';
import { type AddressClass, addressClasses } from '../../../network/facts/address-classes.ts';
import { interfaceInventoryGap, vpcAddresses } from '../../../network/facts/addresses.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { compareText } from '../../../network/facts/inventory.ts';
import { interfaceRole } from '../../../network/facts/interface-role.ts';
import { subnetById } from '../../../network/facts/resources-by-id.ts';
import { routeTableOfSubnet } from '../../../network/facts/vpc-tables.ts';
import { selectRoutes } from '../../../network/filters/route-selection.ts';
import type { Network } from '../../../network/network.ts';
import { walkBetween } from '../../../network/pairwise.ts';
import { chainItems } from '../../../network/path/flow.ts';
import type { Outcome } from '../../../network/path/walk.ts';
import { noAddresses } from '../../../network/sets/address-set.ts';
import type { Joint } from './joined-vpcs.ts';

/** How many pairs of classes are followed, over all links: a bound on time, never on truth. */
export interface Budget {
  walks: number;
}

/** So many pairs of classes are followed for one direction of one link. */
const mostWalks = 400;

const classesOfVpc: Derived<Snapshot, ReadonlyMap<string, readonly AddressClass[]>> = derive((snapshot) => {
  const byVpc = new Map<string, AddressClass[]>();
  for (const one of addressClasses(snapshot)) {
    const { resource } = one.representative.located;
    if (interfaceRole(resource) !== 'plain') continue;
    const classes = byVpc.get(resource.vpcId);
    if (classes === undefined) byVpc.set(resource.vpcId, [one]);
    else classes.push(one);
  }
  return byVpc;
});

const interfacesOf = (classes: readonly AddressClass[]): number =>
  new Set(classes.flatMap(({ members }) => members.map(({ located }) => located.resource.networkInterfaceId))).size;

/** May the routes of a class's subnet lead to the VPC by anything that joins VPCs? */
export function mayRoute(snapshot: Snapshot, subnet: Subnet, family: 4 | 6, toVpcId: string): boolean {
  const table = routeTableOfSubnet(snapshot, subnet).value;
  const all = vpcAddresses(snapshot).get(toVpcId) ?? noAddresses;
  const addresses = family === 4 ? all.ipv4 : all.ipv6;
  if (table === undefined || table.unreadable.length > 0) return true;
  return selectRoutes(table, family, addresses).some(
    ({ route }) => route?.route.state === 'active' && !notJoining.has(route.route.target.kind),
  );
}

const notJoining: ReadonlySet<string> = new Set([
  'local',
  'internet-gateway',
  'egress-only-internet-gateway',
  'nat-gateway',
]);

/** What gets through from one VPC of a link to the other by that link. */
export function linkDirection(
  network: Network,
  link: Joint,
  fromVpcId: string,
  toVpcId: string,
  budget: Budget,
): LinkDirection {
  const { snapshot } = network;
  const [senders, receivers] = [fromVpcId, toVpcId].map((vpcId) => classesOfVpc(snapshot).get(vpcId) ?? []);
  const seen = newSight();
  let walks = Math.min(mostWalks, budget.walks);
  const before = walks;
  for (const from of senders ?? []) {
    const subnet = subnetById(snapshot).get(from.representative.located.resource.subnetId)?.resource;
    const targets = (receivers ?? []).filter(
      ({ representative }) => representative.family === from.representative.family,
    );
    if (subnet !== undefined && !mayRoute(snapshot, subnet, from.representative.family, toVpcId)) {
      if (targets.length > 0) seen.blocked(from, ['NO_ROUTE_TO_DESTINATION']);
      continue;
    }
    const fate = fateOf(network, link, from, targets, () => walks-- > 0);
    seen.add(from, fate);
  }
  budget.walks -= before - Math.max(walks, 0);
  return {
    fromVpcId,
    toVpcId,
    fromInterfaces: interfacesOf(senders ?? []),
    toInterfaces: interfacesOf(receivers ?? []),
    ...seen.verdict([fromVpcId, toVpcId].flatMap((vpcId) => interfaceInventoryGap(snapshot, vpcId) ?? [])),
  };
}

/** What becomes of the packets of one class. */
interface Fate {
  readonly flows: boolean;
  readonly example?: LinkDirection['example'];
  readonly codes: readonly ExplanationCode[];
  readonly missing: readonly Missing[];
}

function fateOf(
  network: Network,
  link: Joint,
  from: AddressClass,
  targets: readonly AddressClass[],
  mayWalk: () => boolean,
): Fate {
  const codes: ExplanationCode[] = [];
  const missing: Missing[] = [];
  for (const to of targets) {
    if (!mayWalk()) return { flows: false, codes, missing: [...missing, unfinished] };
    const outcome = walkBetween(network, from, to);
    if (outcome === undefined) continue;
    if (outcome.alive.length > 0 && takes(outcome, link))
      return { flows: true, example: questionOf(from, to), codes: [], missing: [] };
    if (outcome.doubtful.length > 0) missing.push(...doubtsOf(outcome));
    codes.push(...blockersOf(outcome));
  }
  return { flows: false, codes, missing };
}

const unfinished: Missing = { fact: 'there are more pairs of unlike interfaces between these VPCs than are followed' };

/** Does a way that works lead over the link, and not over another that joins the same VPCs? */
const takes = ({ ends }: Outcome, { id }: Joint): boolean =>
  ends.some(
    ({ alive, forward }) => alive.length > 0 && chainItems(forward?.trail).some(({ component }) => component.id === id),
  );

const blockersOf = ({ ends, findings }: Outcome): readonly ExplanationCode[] => [
  ...new Set(
    [...ends.flatMap((one) => chainItems(one.findings)), ...findings]
      .filter(({ kind }) => kind === 'blocks')
      .map(({ explanation }) => explanation.explanationCode),
  ),
];

const doubtsOf = ({ ends, findings }: Outcome): readonly Missing[] =>
  [...ends.flatMap((one) => chainItems(one.findings)), ...findings]
    .filter(({ kind }) => kind === 'unknown')
    .flatMap(({ missing }) => missing);

const questionOf = (from: AddressClass, to: AddressClass): LinkDirection['example'] => ({
  from: from.representative.located.resource.networkInterfaceId,
  to: to.representative.located.resource.networkInterfaceId,
});

/** So many reasons and doubts are told of one direction. */
const mostTold = 5;

/** Gathers the fates of all senders to one verdict. */
function newSight(): {
  readonly add: (from: AddressClass, fate: Fate) => void;
  readonly blocked: (from: AddressClass, codes: readonly ExplanationCode[]) => void;
  readonly verdict: (gaps: readonly Missing[]) => Pick<LinkDirection, 'traffic' | 'blockedBy' | 'example' | 'missing'>;
} {
  let flowing = 0;
  let stopped = 0;
  let doubtful = 0;
  let example: LinkDirection['example'];
  const codes = new Map<ExplanationCode, number>();
  const facts = new Map<string, Missing>();
  const count = (own: readonly ExplanationCode[], weight: number): void => {
    for (const code of own) codes.set(code, (codes.get(code) ?? 0) + weight);
  };
  const add = ({ members }: AddressClass, fate: Fate): void => {
    if (fate.flows) flowing++;
    else if (fate.missing.length > 0) doubtful++;
    else stopped++;
    example ??= fate.example;
    count(fate.codes, members.length);
    for (const one of fate.missing) facts.set(one.fact, one);
  };
  return {
    add,
    blocked: (from, own) => add(from, { flows: false, codes: own, missing: [] }),
    verdict: (gaps) => {
      const traffic = trafficOf(flowing, stopped, doubtful + gaps.length);
      const missing = [...gaps, ...[...facts].sort(([a], [b]) => compareText(a, b)).map(([, one]) => one)];
      const blockedBy = [...codes].sort(([a, x], [b, y]) => y - x || compareText(a, b)).map(([code]) => code);
      return {
        traffic,
        blockedBy: traffic === 'yes' ? [] : blockedBy.slice(0, mostTold),
        ...(example === undefined ? {} : { example }),
        ...(traffic === 'unknown' || (traffic === 'partly' && missing.length > 0)
          ? { missing: missing.slice(0, mostTold) }
          : {}),
      };
    },
  };
}

const trafficOf = (flowing: number, stopped: number, doubtful: number): TrafficFlow => {
  if (flowing > 0) return stopped + doubtful === 0 ? 'yes' : 'partly';
  return doubtful > 0 ? 'unknown' : 'no';
};
