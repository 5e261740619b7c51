import type { DefenceLayerName, LayerState, Mistake } from '../../../model/verdict/defence-in-depth.ts';
import type { Evidence } from '../../../model/verdict/evidence.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import type { Family } from '../../../network/sets/ip-address.ts';
import { intersectTraffic, type Traffic } from '../../../network/sets/traffic.ts';
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
export interface ClassLayer extends Opening {
  readonly layer: DefenceLayerName;
  readonly state: LayerState;
}

/** A mistake that alone would expose the class, and what would be changed by it. */
export interface PossibleMistake {
  readonly layer: DefenceLayerName;
  readonly mistake: Mistake;
  readonly resourceIds: readonly string[];
}

/** The layers of one class of interfaces, and what stands between it and the internet. */
export interface ClassDefence {
  readonly interfaces: InterfaceClass;
  /** From the outside in. */
  readonly layers: readonly ClassLayer[];
  readonly holding: number;
  /** Do strangers get through all layers together as it is? */
  readonly isOpen: boolean;
  readonly mistakes: readonly PossibleMistake[];
}

/**
 * Asks the layers about interfaces that all of them treat alike. One mistake is enough where strangers get through all
 * other layers together: whether the layer holds alone or only what the others leave to it, the answer is the same.
 */
export function classDefence(openings: SubnetOpenings, interfaces: InterfaceClass, groups: Opening): ClassDefence {
  const { family } = openings;
  const outer = interfaces.isPublic ? layersOfPublic(openings) : layersOfHidden(openings);
  const group = layerOf(family, 'security-group', groups);
  const layers = [...outer.layers, group];
  const holding = layers.filter(({ state }) => state === 'holds').length;
  const isOpen = isFromStrangers(family, intersectTraffic(groups.admitted, outer.through));
  const mistakes = isOpen
    ? []
    : layers.flatMap((layer) =>
        isFromStrangers(family, layer === group ? outer.through : throughOthers(layers, layer))
          ? mistakesAt(layer, openings, interfaces)
          : [],
      );
  return { interfaces, layers, holding, isOpen, mistakes };
}

const throughOthers = (layers: readonly ClassLayer[], but: ClassLayer): Traffic =>
  together(layers.filter((layer) => layer !== but).toReversed());

/** What gets through several layers. */
function together(layers: readonly Opening[]): Traffic {
  const [first, ...rest] = layers;
  return rest.reduce<Traffic>((sum, { admitted }) => intersectTraffic(sum, admitted), first?.admitted ?? []);
}

/** The layers before the security groups, which all public interfaces of a subnet share, and all others. */
interface OuterLayers {
  readonly layers: readonly ClassLayer[];
  readonly through: Traffic;
}

const layersOfPublic: Derived<SubnetOpenings, OuterLayers> = derive((openings) => {
  const { family, route } = openings;
  // What needs no answer arrives by the address alone, whatever the subnet routes
  const admitted = [...route.admitted, ...route.oneWay];
  return outerLayers(openings, layerOf(family, 'route', { ...route, admitted }));
});

/** Routing holds too where nothing on the internet can address the interfaces. */
const layersOfHidden: Derived<SubnetOpenings, OuterLayers> = derive((openings) => {
  const { family, route, subnetId } = openings;
  const [attribute, value] = family === 4 ? ['Association.PublicIp', 'none'] : ['DenyAllIgwTraffic', 'true'];
  const hidden: Evidence = { type: 'attribute', resourceId: subnetId, attribute, value };
  const evidence = [...route.evidence, hidden];
  return outerLayers(openings, { layer: 'route', state: 'holds', admitted: [], evidence, missing: [] });
});

function outerLayers({ family, blockPublicAccess, acl }: SubnetOpenings, route: ClassLayer): OuterLayers {
  const layers = [
    layerOf(family, 'block-public-access', blockPublicAccess),
    route,
    layerOf(family, 'network-acl', acl),
  ];
  return { layers, through: together(layers.toReversed()) };
}

/** One layer by what it lets in. */
export const layerOf = (family: Family, layer: DefenceLayerName, opening: Opening): ClassLayer => ({
  layer,
  state: stateOf(family, opening),
  admitted: opening.admitted,
  evidence: opening.evidence,
  missing: opening.missing,
});

function mistakesAt(
  { layer }: ClassLayer,
  { route, subnetId, networkAclId }: SubnetOpenings,
  { isPublic, groupIds }: InterfaceClass,
): readonly PossibleMistake[] {
  switch (layer) {
    case 'block-public-access':
      return [{ layer, mistake: 'block-public-access-turned-off', resourceIds: [subnetId] }];
    case 'network-acl':
      return [{ layer, mistake: 'network-acl-opened', resourceIds: networkAclId === undefined ? [] : [networkAclId] }];
    case 'security-group':
      return [{ layer, mistake: 'security-group-opened', resourceIds: groupIds.toSorted() }];
    default: {
      // What the routes would do besides is not known, so neither is how many mistakes it takes
      if (route.missing.length > 0) return [];
      const needed: readonly Mistake[] = [...route.barriers, ...(isPublic ? [] : ['public-address-given' as const])];
      const [mistake] = needed;
      const resourceIds = route.routeTableId === undefined || !isPublic ? [] : [route.routeTableId];
      return mistake === undefined || needed.length > 1 ? [] : [{ layer, mistake, resourceIds }];
    }
  }
}
