import type { DefenceLayerName, LayerState, Mistake } from '../../../model/verdict/defence-in-depth.ts';
import type { Evidence } from '../../../model/verdict/evidence.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';
import type { Family } from '../../../network/sets/ip-address.ts';
import { intersectTraffic } from '../../../network/sets/traffic.ts';
import type { InterfaceClass } from './judged-interfaces.ts';
import { isFromStrangers, type Opening, stateOf } from './opening.ts';
import type { RouteOpening } from './route-opening.ts';

/** What the layers of a subnet say before any interface is looked at. */
export interface SubnetOpenings {
  readonly family: Family;
  readonly subnetId: string;
  readonly blockPublicAccess: Opening;
  readonly route: RouteOpening;
  readonly acl: Opening;
  readonly networkAclId: string | undefined;
}

/** One layer as one class of interfaces meets it. */
export interface ClassLayer {
  readonly layer: DefenceLayerName;
  readonly state: LayerState;
  readonly evidence: readonly Evidence[];
  readonly missing: readonly Missing[];
}

/** A mistake that would take one layer away, and what would be changed by it. */
export interface PossibleMistake {
  readonly layer: DefenceLayerName;
  readonly mistake: Mistake;
  readonly resourceIds: readonly string[];
}

/** The layers of one class of interfaces, and what stands between it and the internet. */
export interface ClassDefence {
  readonly interfaces: InterfaceClass;
  readonly layers: readonly ClassLayer[];
  readonly holding: number;
  /** How many mistakes would have to come together; 0 where strangers get through as it is. */
  readonly barriers: number;
  /** Where one would do: each that would. */
  readonly alternatives: readonly PossibleMistake[];
}

/** Asks the layers about interfaces that all of them treat alike. */
export function classDefence(openings: SubnetOpenings, interfaces: InterfaceClass, groups: Opening): ClassDefence {
  const { family, blockPublicAccess, route, acl } = openings;
  const layers: readonly ClassLayer[] = [
    layerOf(family, 'block-public-access', blockPublicAccess),
    routeLayer(openings, interfaces),
    layerOf(family, 'network-acl', acl),
    layerOf(family, 'security-group', groups),
  ];
  const holding = layers.filter(({ state }) => state === 'holds').length;
  const mistakes = layers.filter(({ state }) => state === 'holds').flatMap((layer) => mistakesOf(layer, openings, interfaces));
  // An address that is missing hides what the routes would do, which the count of mistakes needs
  const known = layers.every(({ state }) => state !== 'unknown') && route.missing.length === 0;
  const through = intersectTraffic(acl.admitted, groups.admitted);
  const open = isFromStrangers(family, acl.admitted) && isFromStrangers(family, groups.admitted);
  // Neither holds alone, and together they let no stranger in: opening either would do
  const joint =
    open && !isFromStrangers(family, route.barriers.length === 0 ? intersectTraffic(through, route.admitted) : through)
      ? [aclMistake(openings), groupMistake(interfaces)]
      : [];
  const barriers = mistakes.length + (joint.length > 0 ? 1 : 0);
  const alternatives = known && barriers === 1 ? [...mistakes, ...joint] : [];
  return { interfaces, layers, holding, barriers, alternatives };
}

const layerOf = (family: Family, layer: DefenceLayerName, opening: Opening): ClassLayer => ({
  layer,
  state: stateOf(family, opening),
  evidence: opening.evidence,
  missing: opening.missing,
});

/** Routing holds too where nothing on the internet can address the interfaces. */
function routeLayer({ family, route, subnetId }: SubnetOpenings, { isPublic }: InterfaceClass): ClassLayer {
  const layer = layerOf(family, 'route', route);
  if (isPublic) return layer;
  const hidden: Evidence =
    family === 4
      ? { type: 'attribute', resourceId: subnetId, attribute: 'Association.PublicIp', value: 'none' }
      : { type: 'attribute', resourceId: subnetId, attribute: 'DenyAllIgwTraffic', value: 'true' };
  return { layer: 'route', state: 'holds', evidence: [...layer.evidence, hidden], missing: [] };
}

function mistakesOf(
  { layer }: ClassLayer,
  openings: SubnetOpenings,
  interfaces: InterfaceClass,
): readonly PossibleMistake[] {
  const { route, subnetId } = openings;
  switch (layer) {
    case 'block-public-access':
      return [{ layer, mistake: 'block-public-access-turned-off', resourceIds: [subnetId] }];
    case 'network-acl':
      return [aclMistake(openings)];
    case 'security-group':
      return [groupMistake(interfaces)];
    default: {
      const resourceIds = route.routeTableId === undefined ? [] : [route.routeTableId];
      const own = route.barriers.map((mistake): PossibleMistake => ({ layer: 'route', mistake, resourceIds }));
      const address: PossibleMistake = { layer: 'route', mistake: 'public-address-given', resourceIds: [] };
      return interfaces.isPublic ? own : [...own, address];
    }
  }
}

const aclMistake = ({ networkAclId }: SubnetOpenings): PossibleMistake => ({
  layer: 'network-acl',
  mistake: 'network-acl-opened',
  resourceIds: networkAclId === undefined ? [] : [networkAclId],
});

const groupMistake = ({ groupIds }: InterfaceClass): PossibleMistake => ({
  layer: 'security-group',
  mistake: 'security-group-opened',
  resourceIds: groupIds.toSorted(),
});
