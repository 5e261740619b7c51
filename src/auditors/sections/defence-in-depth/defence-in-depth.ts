import type { Subnet } from '../../../model/resources/subnet.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import { nameOf } from '../../../model/tag.ts';
import type { DefenceInDepth, DefenceLayer, FamilyDefence } from '../../../model/verdict/defence-in-depth.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';
import { interfaceInventoryGap } from '../../../network/facts/addresses.ts';
import { blockModeOf } from '../../../network/facts/block-public-access.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { compareText, type Located } from '../../../network/facts/inventory.ts';
import { subnetById } from '../../../network/facts/resources-by-id.ts';
import { networkAclOfSubnet } from '../../../network/facts/vpc-tables.ts';
import type { Family } from '../../../network/sets/ip-address.ts';
import { interfacesIn } from '../../vpc-inventory.ts';
import { aclOpening, internetTraffic } from './acl-opening.ts';
import { type ClassDefence, classDefence, type ClassLayer, layerOf, type SubnetOpenings } from './class-defence.ts';
import { firstDistinct } from './first-distinct.ts';
import { groupsOpening } from './group-opening.ts';
import { interfaceClasses } from './judged-interfaces.ts';
import type { Opening } from './opening.ts';
import { routeOpening } from './route-opening.ts';
import { singleMistakes, undecided } from './single-mistakes.ts';
import { subnetExposure } from './subnet-exposure.ts';

/** What keeps the internet from one subnet. */
export const defenceOfSubnet = (snapshot: Snapshot, subnetId: string): DefenceInDepth | undefined =>
  bySubnet(snapshot).get(subnetId);

const bySubnet: Derived<Snapshot, ReadonlyMap<string, DefenceInDepth>> = derive(
  (snapshot) => new Map(defenceInDepth(snapshot).map((own) => [own.subnetId, own])),
);

/** The subnets of a snapshot with what keeps the internet from each, in the order of their ids. */
export const defenceInDepth: Derived<Snapshot, readonly DefenceInDepth[]> = derive((snapshot) =>
  [...subnetById(snapshot).values()]
    .sort((a, b) => compareText(a.resource.subnetId, b.resource.subnetId))
    .map((located) => ofSubnet(snapshot, located)),
);

function ofSubnet(snapshot: Snapshot, { resource: subnet, region }: Located<Subnet>): DefenceInDepth {
  const { subnetId, vpcId, availabilityZone, ownerId } = subnet;
  const name = nameOf(subnet);
  return {
    accountId: ownerId ?? region.accountId,
    region: region.region,
    vpcId,
    subnetId,
    ...(name === undefined ? {} : { name }),
    ...(availabilityZone === undefined ? {} : { availabilityZone }),
    families: familiesOf(subnet).map((family) => familyDefence(snapshot, subnet, family)),
  };
}

const familiesOf = ({ cidrBlock, ipv6CidrBlocks }: Subnet): readonly Family[] => [
  ...(cidrBlock === undefined ? [] : [4 as const]),
  ...(ipv6CidrBlocks.length === 0 ? [] : [6 as const]),
];

/** The classes of a subnet's interfaces in one family, each with its layers. */
export function subnetDefence(
  snapshot: Snapshot,
  subnet: Subnet,
  family: Family,
): { readonly openings: SubnetOpenings; readonly classes: readonly ClassDefence[] } {
  const openings = openingsOf(snapshot, subnet, family);
  const classes = interfaceClasses(interfacesIn(snapshot).get(subnet.subnetId) ?? [], family).map((own) =>
    classDefence(openings, own, groupsOpening(snapshot, own.groupIds, own.ids[0] ?? '', family)),
  );
  return { openings, classes };
}

function openingsOf(snapshot: Snapshot, subnet: Subnet, family: Family): SubnetOpenings {
  const acl = networkAclOfSubnet(snapshot, subnet);
  return {
    family,
    subnetId: subnet.subnetId,
    blockPublicAccess: blockOpening(snapshot, subnet, family),
    route: routeOpening(snapshot, subnet, family),
    acl:
      acl.value === undefined ? { admitted: [], evidence: [], missing: [acl.missing] } : aclOpening(acl.value, family),
    networkAclId: acl.value?.networkAclId,
  };
}

function blockOpening(snapshot: Snapshot, { subnetId, vpcId }: Subnet, family: Family): Opening {
  const { mode, missing } = blockModeOf(snapshot, vpcId, subnetById(snapshot).get(subnetId));
  if (missing !== undefined) return { admitted: [], evidence: [], missing: [missing] };
  return {
    admitted: mode === 'off' ? internetTraffic[family] : [],
    evidence: [{ type: 'attribute', resourceId: subnetId, attribute: 'InternetGatewayBlockMode', value: mode }],
    missing: [],
  };
}

function familyDefence(snapshot: Snapshot, subnet: Subnet, family: Family): FamilyDefence {
  const { openings, classes } = subnetDefence(snapshot, subnet, family);
  const gap = interfaceInventoryGap(snapshot, subnet.vpcId);
  const doubts = undecided(classes);
  const layers = classes.length > 0 ? unitedLayers(classes, gap) : layersOfEmpty(openings, gap);
  return {
    family: family === 4 ? 'ipv4' : 'ipv6',
    interfaces: classes.reduce((sum, { interfaces }) => sum + interfaces.ids.length, 0),
    layers,
    holding:
      classes.length > 0
        ? Math.min(...classes.map(({ holding }) => holding))
        : layers.filter(({ state }) => state === 'holds').length,
    exposure: subnetExposure(snapshot, subnet.vpcId, subnet.subnetId, family),
    singleMistakes: singleMistakes(snapshot, classes),
    ...(doubts.length === 0 ? {} : { undecided: doubts }),
  };
}

/** Where no interface is, the layers before the security groups are all there is to ask. */
function layersOfEmpty(openings: SubnetOpenings, gap: Missing | undefined): readonly DefenceLayer[] {
  const { family, blockPublicAccess, route, acl } = openings;
  const layers = [
    layerOf(family, 'block-public-access', blockPublicAccess),
    layerOf(family, 'route', route),
    layerOf(family, 'network-acl', acl),
    ...(gap === undefined ? [] : [layerOf(family, 'security-group', { admitted: [], evidence: [], missing: [gap] })]),
  ];
  return layers.map((own) => layerOver([own], 0, []));
}

/** One layer over all classes: open where it is open for any; what an unread interface would change is not known. */
const unitedLayers = (classes: readonly ClassDefence[], gap: Missing | undefined): readonly DefenceLayer[] =>
  (classes[0]?.layers ?? []).map(({ layer }, at) => {
    const own = classes.flatMap(({ layers }) => layers[at] ?? []);
    const openFor = classes.reduce(
      (sum, { interfaces }, index) => (own[index]?.state === 'open' ? sum + interfaces.ids.length : sum),
      0,
    );
    return layerOver(own, openFor, gap !== undefined && (layer === 'security-group' || layer === 'route') ? [gap] : []);
  });

function layerOver(own: readonly ClassLayer[], openFor: number, lack: readonly Missing[]): DefenceLayer {
  const open = own.filter(({ state }) => state === 'open');
  const doubtful = own.filter(({ state }) => state === 'unknown');
  const holds = open.length === 0 && doubtful.length === 0 && lack.length === 0;
  const deciding = open.length > 0 ? open : holds ? own : [...doubtful, ...own];
  const missing = open.length > 0 || holds ? [] : [...lack, ...doubtful.flatMap((one) => one.missing)];
  return {
    layer: own[0]?.layer ?? 'route',
    state: open.length > 0 ? 'open' : holds ? 'holds' : 'unknown',
    openFor,
    evidence: firstDistinct(deciding, (one) => one.evidence),
    ...(missing.length === 0 ? {} : { missing: firstDistinct([missing], (one) => one) }),
  };
}
