import type { ResourceKey } from '../../../src/model/resources.ts';
import { fail, nextId, show } from '../estate/draft.ts';
import {
  addEgressOnlyGateway,
  addGatewayEndpoint,
  addInspectionEndpoint,
  addInternetGateway,
  addNatGateway,
  addPeering,
  addRegionalNatGateway,
  addVpnGateway,
} from '../estate/gateways.ts';
import { addTable } from '../estate/routes.ts';
import type { BlockMode } from '../estate/vpc.ts';
import { addStorageList } from './filters.ts';
import { freeAddress, type Plan, publicAddress, type VpcPlan } from './plan.ts';

/** What a VPC's tables can lead to. */
export function addGateways(plan: Plan, own: VpcPlan): void {
  const { random, draft } = plan;
  const { vpc } = own;
  if (random.chance(80))
    own.internetGateway = addInternetGateway(draft, vpc, random.chance(96) ? 'available' : 'detached');
  if (vpc.ipv6Cidrs.length > 0 && random.chance(40)) own.egressOnlyGateway = addEgressOnlyGateway(draft, vpc);
  if (random.chance(plan.theme === 'translation' ? 95 : 55)) {
    const subnet = random.pick(own.subnets);
    const isPublic = own.internetGateway !== undefined && random.chance(85);
    const nat = addNatGateway(draft, subnet, {
      address: freeAddress(plan, own, subnet).ipv4,
      publicAddress: isPublic ? publicAddress(plan) : undefined,
      more:
        isPublic && random.chance(15)
          ? [{ address: freeAddress(plan, own, subnet).ipv4, publicAddress: publicAddress(plan) }]
          : [],
      state: random.chance(95) ? 'available' : 'deleted',
    });
    own.nats.push({ ...nat, subnet });
  }
  if (random.chance(12))
    own.vpnGateway = addVpnGateway(draft, vpc, random.pick([[], ['UP', 'DOWN'], ['DOWN', 'DOWN']]));
  if (random.chance(35)) {
    const id = addGatewayEndpoint(
      draft,
      vpc,
      `com.amazonaws.${vpc.owner.region}.s3`,
      random.chance(95) ? 'available' : 'deleted',
    );
    own.gatewayEndpoints.push({ id, listId: addStorageList(plan, own) });
  }
  if (random.chance(8)) {
    const subnet = random.pick(own.subnets);
    own.inspection.push({ id: addInspectionEndpoint(draft, subnet, freeAddress(plan, own, subnet).ipv4), subnet });
  }
}

/** A regional NAT gateway with its own table, now and then not registered in a zone. */
export function addRegionalNat(plan: Plan, own: VpcPlan): string | undefined {
  const { random, draft } = plan;
  if (own.internetGateway === undefined || !random.chance(12)) return undefined;
  const routeTableId = nextId(draft, 'rtb');
  addTable(draft, own.vpc, { id: routeTableId, routes: [{ to: '0.0.0.0/0', via: own.internetGateway }] });
  const zones = [...new Set(own.subnets.map(({ zone }) => zone))];
  const registered = random.chance(75) ? zones : zones.slice(1);
  return addRegionalNatGateway(draft, own.vpc, {
    routeTableId,
    addresses: registered.map((zone) => ({ zone, publicAddress: publicAddress(plan) })),
  });
}

/** Peerings between pairs of VPCs. */
export function addPeerings(plan: Plan): void {
  const { random, draft, vpcs } = plan;
  for (const [index, near] of vpcs.entries()) {
    for (const far of vpcs.slice(index + 1)) {
      if (near.vpc.cidrs[0] === far.vpc.cidrs[0] || !random.chance(plan.theme === 'anything' ? 45 : 75)) continue;
      const id = addPeering(draft, near.vpc, far.vpc, random.chance(93) ? 'active' : 'deleted');
      near.peerings.push({ id, far });
      far.peerings.push({ id, far: near });
    }
  }
}

/** Block Public Access: the mode of an account and Region, told by its options, its exclusions and by each subnet. */
export function addBlockPublicAccess(plan: Plan, modes: ReadonlyMap<string, BlockMode>): void {
  for (const place of plan.places) {
    const mode = modes.get(`${place.accountId}/${place.region}`) ?? 'off';
    show(plan.draft, [place], 'vpcBlockPublicAccessOptions', {
      AwsAccountId: place.accountId,
      AwsRegion: place.region,
      InternetGatewayBlockMode: mode,
      State: 'update-complete',
    });
  }
}

/** An account in a Region is outside the snapshot altogether. */
export function forgetPlace({ random, draft }: Plan): void {
  if (draft.answers.length > 1) draft.answers.splice(random.below(draft.answers.length), 1);
}

/** Lists whose parts are asked for one by one: without the list, the parts are missing too. */
const together: Readonly<Partial<Record<ResourceKey, readonly ResourceKey[]>>> = {
  managedPrefixLists: ['managedPrefixListEntries'],
  loadBalancers: ['loadBalancerAttributes', 'listeners', 'listenerRules'],
  listeners: ['listenerRules'],
  targetGroups: ['targetGroupAttributes', 'targetHealth'],
  transitGatewayPolicyTables: ['transitGatewayPolicyTableAssociations', 'transitGatewayPolicyTableEntries'],
  transitGatewayRouteTables: [
    'transitGatewayRouteTableAssociations',
    'transitGatewayPrefixListReferences',
    'transitGatewayRoutes',
  ],
};

/** What decides paths. */
const deciding: readonly ResourceKey[] = [
  'routeTables',
  'networkAcls',
  'securityGroups',
  'networkInterfaces',
  'natGateways',
  'internetGateways',
  'egressOnlyInternetGateways',
  'vpnGateways',
  'vpnConnections',
  'vpcPeeringConnections',
  'vpcEndpoints',
  'vpcEndpointServiceConfigurations',
  'vpcBlockPublicAccessOptions',
  'vpcBlockPublicAccessExclusions',
  'instances',
  'addresses',
  'prefixLists',
  'managedPrefixLists',
  'managedPrefixListEntries',
  'transitGateways',
  'transitGatewayAttachments',
  'transitGatewayVpcAttachments',
  'transitGatewayPeeringAttachments',
  'transitGatewayRouteTables',
  'transitGatewayRouteTableAssociations',
  'transitGatewayRoutes',
  'transitGatewayPrefixListReferences',
  'transitGatewayPolicyTables',
  'transitGatewayPolicyTableAssociations',
  'transitGatewayPolicyTableEntries',
  'loadBalancers',
  'loadBalancerAttributes',
  'listeners',
  'listenerRules',
  'targetGroups',
  'targetGroupAttributes',
  'targetHealth',
];

/** Something of a place that decides paths could not be read. */
export function forget({ random, draft, places }: Plan): void {
  const place = random.pick(places);
  const kind = random.pick(deciding);
  for (const one of [kind, ...(together[kind] ?? [])]) fail(draft, place, one);
}
