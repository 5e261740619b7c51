import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { Advice } from '../../../model/verdict/advice.ts';
import type { LinkDirection, VpcLink } from '../../../model/verdict/organisation-map.ts';
import { compareText, everywhere, regionsInOrder } from '../../../network/facts/inventory.ts';
import { vpcById, vpnGatewayById } from '../../../network/facts/resources-by-id.ts';
import { groupBy } from '../../group-by.ts';
import { takingPart } from '../../taking-part.ts';
import { organisationMap } from '../network-map/organisation-map.ts';
import { needers, presentOf } from './private-clients.ts';

const services = everywhere('vpcEndpointServiceConfigurations');

const pages = {
  endpointService: 'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html',
  vpcs: 'https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/vpc-to-vpc-connectivity.html',
  onPremisesOfMany:
    'https://docs.aws.amazon.com/whitepapers/latest/aws-vpc-connectivity-options/aws-transit-gateway-vpn.html',
  onPremises: 'https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html',
} as const;

/** The account and Region of a VPC, by itself or by the connection that names it. */
function homeOf(snapshot: Snapshot, vpcId: string): { readonly accountId: string; readonly region: string } {
  const named = organisationMap(snapshot).vpcs.find((own) => own.vpcId === vpcId);
  const [first] = regionsInOrder(snapshot);
  return {
    accountId: named?.accountId ?? first?.accountId ?? '',
    region: named?.region ?? first?.region ?? '',
  };
}

/** Services that are offered to other VPCs: by PrivateLink already, or by a peering that one side alone opens connections over. */
export const ownServiceAdvice = (snapshot: Snapshot): readonly Advice[] => [
  ...services(snapshot)
    .filter(({ resource }) => resource.serviceState === undefined || resource.serviceState === 'Available')
    .map(
      ({ resource, region }): Advice => ({
        accountId: region.accountId,
        region: region.region,
        need: 'own-service',
        services: resource.serviceName === undefined ? [] : [resource.serviceName],
        ...needers([resource.serviceId]),
        present: presentOf([{ mechanism: 'endpoint-service', id: resource.serviceId }]),
        recommended: 'endpoint-service',
        met: 'yes',
        why: 'An endpoint service opens one service to others, and neither network to the other.',
        reference: pages.endpointService,
        evidence: takingPart('vpc-endpoint-service', [resource.serviceId], 'offers'),
      }),
    )
    .sort((a, b) => compareText(a.resources[0] ?? '', b.resources[0] ?? '')),
  ...organisationMap(snapshot).links.flatMap((link) => oneWayPeering(snapshot, link)),
];

const flows = ({ traffic }: LinkDirection): boolean => traffic === 'yes' || traffic === 'partly';

function oneWayPeering(snapshot: Snapshot, { type, id, directions }: VpcLink): readonly Advice[] {
  const [one, other] = directions;
  const way = flows(one) && other.traffic === 'no' ? one : flows(other) && one.traffic === 'no' ? other : undefined;
  // What has no interface to answer with cannot be a client of anything
  if (type !== 'vpc-peering-connection' || way === undefined || way.toInterfaces === 0) return [];
  return [
    {
      ...homeOf(snapshot, way.toVpcId),
      vpcId: way.toVpcId,
      need: 'own-service',
      ...needers([way.fromVpcId]),
      present: presentOf([{ mechanism: 'vpc-peering-connection', id }]),
      recommended: 'endpoint-service',
      met: 'no',
      why: 'Connections are opened one way only. An endpoint service would open the one service that they are for, instead of joining two networks.',
      reference: pages.endpointService,
      evidence: takingPart('vpc-peering-connection', [id], 'one-way'),
    },
  ];
}

/** From so many VPCs on, AWS recommends a hub: every pair needs a peering of its own, and routes on both sides. */
const manyVpcs = 10;

/** VPCs that are joined with others: what each group of them is joined by. */
export function otherVpcsAdvice(snapshot: Snapshot): readonly Advice[] {
  return componentsOf(organisationMap(snapshot).links).map(({ vpcIds, links }): Advice => {
    const peerings = links.filter(({ type }) => type === 'vpc-peering-connection');
    const isMesh = peerings.length > 0 && new Set(peerings.flatMap((link) => link.vpcIds)).size >= manyVpcs;
    const hasHub = peerings.length < links.length;
    const first = vpcIds.find((vpcId) => vpcById(snapshot).has(vpcId)) ?? '';
    return {
      ...homeOf(snapshot, first),
      need: 'other-vpcs',
      ...needers(vpcIds),
      present: presentOf(links.map(({ type, id }) => ({ mechanism: type, id }))),
      recommended: isMesh || hasHub ? 'transit-gateway' : 'vpc-peering-connection',
      met: isMesh ? (hasHub ? 'partly' : 'no') : 'yes',
      why: isMesh
        ? `${vpcIds.length} VPCs are joined pair by pair; a transit gateway joins each once and keeps the routes in one place.`
        : hasHub
          ? 'A transit gateway joins each VPC once and keeps the routes in one place.'
          : 'Few VPCs are joined best by peering, which has no hourly price and no hop in between.',
      reference: pages.vpcs,
      evidence: takingPart(
        'vpc-peering-connection',
        peerings.map(({ id }) => id),
        'joins',
      ),
    };
  });
}

/** Links that hang together, with their VPCs; in the order of their first VPC. */
function componentsOf(
  links: readonly VpcLink[],
): readonly { readonly vpcIds: readonly string[]; readonly links: readonly VpcLink[] }[] {
  const leader = new Map<string, string>();
  const find = (vpcId: string): string => {
    let at = vpcId;
    for (let up = leader.get(at); up !== undefined && up !== at; up = leader.get(at)) at = up;
    return at;
  };
  for (const { vpcIds } of links) {
    const [low = '', high = ''] = vpcIds.map(find).sort(compareText);
    leader.set(high, low);
    if (!leader.has(low)) leader.set(low, low);
  }
  return [...groupBy(links, ({ vpcIds: [one] }) => find(one))]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, own]) => ({ links: own, vpcIds: [...new Set(own.flatMap(({ vpcIds }) => vpcIds))].sort(compareText) }));
}

/** Networks outside AWS, by the virtual private gateways that lead to them; several of one Region share a hub. */
export function onPremisesAdvice(snapshot: Snapshot): readonly Advice[] {
  const attached = [...vpnGatewayById(snapshot).values()].flatMap(({ resource, region }) =>
    resource.vpcAttachments.flatMap(({ vpcId, state }) =>
      vpcId === undefined || state !== 'attached' ? [] : [{ id: resource.vpnGatewayId, vpcId, region }],
    ),
  );
  const byPlace = groupBy(attached, ({ region }) => `${region.accountId} ${region.region}`);
  return [...byPlace]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, own]): readonly Advice[] => {
      const [first] = own;
      if (first === undefined) return [];
      const many = own.length > 1;
      return [
        {
          accountId: first.region.accountId,
          region: first.region.region,
          ...(many ? {} : { vpcId: first.vpcId }),
          need: 'on-premises',
          ...needers(own.map(({ vpcId }) => vpcId)),
          present: presentOf(own.map(({ id }) => ({ mechanism: 'vpn-gateway', id }))),
          recommended: many ? 'transit-gateway' : 'vpn-gateway',
          met: many ? 'no' : 'yes',
          why: many
            ? `${own.length} VPCs have connections of their own to networks outside AWS; a transit gateway ends them once for all.`
            : 'One VPC reaches the networks outside AWS by its own virtual private gateway, which is all that it needs.',
          reference: many ? pages.onPremisesOfMany : pages.onPremises,
          evidence: takingPart(
            'vpn-gateway',
            own.map(({ id }) => id),
            'leads-outside',
          ),
        },
      ];
    });
}
