import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import { nameOf } from '../../../model/tag.ts';
import type { OrganisationMap, OrganisationVpc, VpcLink } from '../../../model/verdict/organisation-map.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { compareText } from '../../../network/facts/inventory.ts';
import { peeringById, vpcById } from '../../../network/facts/resources-by-id.ts';
import { buildNetwork } from '../../../network/network.ts';
import { subnetsIn } from '../../vpc-inventory.ts';
import { type Joint, joints } from './joined-vpcs.ts';
import { type Budget, linkDirection, mayRoute } from './vpc-traffic.ts';

/** So many pairs of classes are followed over all links together. */
const allWalks = 10_000;

/** So many links are listed whether or not anything is routed over them. */
const mostLinks = 500;

/** How the VPCs of a snapshot are joined, and what really gets through, by the engine. */
export const organisationMap: Derived<Snapshot, OrganisationMap> = derive((snapshot) => {
  const all = joints(snapshot);
  // With so many attached, the pairs that no route joins say nothing but that
  const listed = all.length <= mostLinks ? all : all.filter((link) => isRouted(snapshot, link));
  const network = buildNetwork(snapshot);
  const budget: Budget = { walks: allWalks };
  return {
    vpcs: vpcsOf(snapshot),
    links: listed.map((link): VpcLink => {
      const [one, other] = link.vpcIds;
      return {
        ...link,
        directions: [
          linkDirection(network, link, one, other, budget),
          linkDirection(network, link, other, one, budget),
        ],
      };
    }),
    omittedPairs: all.length - listed.length,
  };
});

const isRouted = (snapshot: Snapshot, { vpcIds: [one, other], type }: Joint): boolean =>
  type === 'vpc-peering-connection' ||
  [
    [one, other],
    [other, one],
  ].some(([from = '', to = '']) =>
    (subnetsIn(snapshot).get(from) ?? []).some((subnet) =>
      ([4, 6] as const).some((family) => mayRoute(snapshot, subnet, family, to)),
    ),
  );

function vpcsOf(snapshot: Snapshot): readonly OrganisationVpc[] {
  const found = new Map<string, OrganisationVpc>();
  for (const { resource } of peeringById(snapshot).values()) {
    if (resource.statusCode === 'deleted') continue;
    for (const side of [resource.requesterVpcInfo, resource.accepterVpcInfo]) {
      if (side?.vpcId === undefined) continue;
      found.set(side.vpcId, {
        vpcId: side.vpcId,
        ...(side.ownerId === undefined ? {} : { accountId: side.ownerId }),
        ...(side.region === undefined ? {} : { region: side.region }),
        cidrBlocks: [...side.cidrBlocks, ...side.ipv6CidrBlocks],
        isInScope: false,
      });
    }
  }
  for (const { resource, region } of vpcById(snapshot).values()) {
    const name = nameOf(resource);
    found.set(resource.vpcId, {
      vpcId: resource.vpcId,
      accountId: resource.ownerId ?? region.accountId,
      region: region.region,
      ...(name === undefined ? {} : { name }),
      cidrBlocks: [...resource.cidrBlocks, ...resource.ipv6CidrBlocks],
      isInScope: true,
    });
  }
  return [...found.values()].sort((a, b) => compareText(a.vpcId, b.vpcId));
}
