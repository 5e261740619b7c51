import type { RegionSnapshot } from '../../../src/model/snapshot/snapshot.ts';
import { type Draft, newDraft, nextId, type Place, show, toSnapshots } from '../estate/draft.ts';
import { addSubnet, addVpc, type BlockMode, type DraftSubnet } from '../estate/vpc.ts';
import { addAcls, addGroups, addLists, reserveGroups, shareGroups } from './filters.ts';
import { addBlockPublicAccess, addGateways, addPeerings, addRegionalNat, forget, forgetPlace } from './gateways.ts';
import { addAppliances, addHosts } from './hosts.ts';
import type { Plan, Theme, VpcPlan } from './plan.ts';
import { type Random, randomOf } from './random.ts';
import { addTables } from './routes.ts';
import { addServices } from './services.ts';
import { addTransit } from './transit.ts';

/** What the first draws of a network decide. */
interface Base {
  readonly draft: Draft;
  readonly random: Random;
  readonly places: readonly Place[];
  readonly modes: ReadonlyMap<string, BlockMode>;
}

const first: Place = { accountId: '111122223333', region: 'eu-west-1' };
const second: Place = { accountId: '444455556666', region: 'eu-west-1' };
const abroad: Place = { accountId: '111122223333', region: 'us-west-2' };

const blocks: readonly string[] = ['10.0.0.0/22', '10.1.0.0/22', '172.31.0.0/22', '10.2.0.0/22'];

const zonesOf = (region: string): readonly string[] =>
  (region === 'us-west-2' ? ['usw2'] : ['euw1']).flatMap((prefix) => [1, 2, 3].map((zone) => `${prefix}-az${zone}`));

/** What an exclusion leaves of the mode of Block Public Access. */
function excluded(mode: BlockMode, exclusion: string | undefined): BlockMode {
  if (exclusion === 'allow-bidirectional') return 'off';
  return exclusion === 'allow-egress' && mode === 'block-bidirectional' ? 'block-ingress' : mode;
}

const ipv4Subnet = (cidr: string, number: number): string => {
  const [network = ''] = cidr.split('/');
  const [a, b, c] = network.split('.').map(Number);
  return `${a}.${b}.${(c ?? 0) + Math.floor(number / 4)}.${(number % 4) * 64}/26`;
};

/** Draws an exclusion of a VPC or subnet and says what it leaves of the mode. */
function exclude(draft: Draft, random: Random, owner: Place, resource: string, mode: BlockMode): BlockMode {
  if (mode === 'off' || !random.chance(30)) return mode;
  const exclusion = random.pick(['allow-bidirectional', 'allow-bidirectional', 'allow-egress']);
  const inForce = random.chance(85);
  show(draft, [owner], 'vpcBlockPublicAccessExclusions', {
    ExclusionId: nextId(draft, 'vpcbpa-exclude'),
    InternetGatewayExclusionMode: exclusion,
    ResourceArn: `arn:aws:ec2:${owner.region}:${owner.accountId}:${resource}`,
    State: inForce ? random.pick(['create-complete', 'update-complete']) : 'delete-complete',
  });
  return inForce ? excluded(mode, exclusion) : mode;
}

/** A VPC with subnets of 64 addresses in two or three zones, one after the other from the start of the VPC's block. */
function planVpc(base: Base, index: number): VpcPlan {
  const { random, draft, places, modes } = base;
  const owner = random.pick(places);
  const mode = modes.get(`${owner.accountId}/${owner.region}`) ?? 'off';
  const cidr = random.chance(12) ? '10.0.0.0/22' : (blocks[index] ?? '10.0.0.0/22');
  const cidrs = random.chance(15) ? [cidr, `100.64.${index}.0/24`] : [cidr];
  const ipv6 = random.chance(45) ? `2001:db8:${index + 1}` : undefined;
  const sharedWith = places.filter(
    ({ accountId, region }) => region === owner.region && accountId !== owner.accountId && random.chance(35),
  );
  const isTold = random.chance(50);
  const vpc = addVpc(draft, owner, {
    cidrs,
    ipv6Cidrs: ipv6 === undefined ? [] : [`${ipv6}::/48`],
    sharedWith,
    blockMode: isTold ? mode : undefined,
  });
  const vpcMode = isTold ? mode : exclude(draft, random, owner, `vpc/${vpc.id}`, mode);
  const zones = zonesOf(owner.region).slice(0, 2 + random.below(2));
  const count = 2 + random.below(3);
  const subnets = Array.from({ length: count }, (_, number): DraftSubnet => {
    const secondary = number === count - 1 ? cidrs[1] : undefined;
    const id = nextId(draft, 'subnet');
    const left = exclude(draft, random, owner, `subnet/${id}`, vpcMode);
    return addSubnet(draft, vpc, {
      id,
      cidr: secondary === undefined ? ipv4Subnet(cidr, number) : ipv4Subnet(secondary, 0),
      ipv6Cidr: ipv6 === undefined || random.chance(10) ? undefined : `${ipv6}:${number + 1}::/64`,
      zone: zones[number % zones.length] ?? '',
      blockMode: isTold ? left : undefined,
    });
  });
  return {
    vpc,
    subnets,
    groups: [],
    sharedGroups: [],
    hosts: [],
    lastHost: new Map(),
    internetGateway: undefined,
    egressOnlyGateway: undefined,
    nats: [],
    vpnGateway: undefined,
    gatewayEndpoints: [],
    appliances: [],
    inspection: [],
    peerings: [],
    nodeSubnets: new Set(),
    transits: [],
  };
}

function placesOf(random: Random, theme: Theme): readonly Place[] {
  const far = theme === 'references' ? 50 : 15;
  return [first, ...(random.chance(40) ? [second] : []), ...(random.chance(far) ? [abroad] : [])];
}

const pickTheme = (random: Random): Theme =>
  random.pick<Theme>(['anything', 'anything', 'anything', 'references', 'private-link', 'translation']);

/** What the network of a seed is mostly about: its first draw. */
export function themeOf(seed: number): Theme {
  return pickTheme(randomOf(seed));
}

/** The network of a seed: 1–4 VPCs over up to two accounts and two Regions, as AWS would describe them. */
export function generateNetwork(seed: number): readonly RegionSnapshot[] {
  const random = randomOf(seed);
  const draft = newDraft();
  const theme = pickTheme(random);
  const places = placesOf(random, theme);
  const modes = new Map<string, BlockMode>(
    places
      .filter(() => random.chance(12))
      .map(({ accountId, region }) => [
        `${accountId}/${region}`,
        random.pick(['block-bidirectional', 'block-ingress'] as const),
      ]),
  );
  const vpcs: VpcPlan[] = [];
  const plan: Plan = { theme, draft, random, places, vpcs, lists: [], lastPublic: 0 };
  const count = theme === 'anything' ? random.pick([1, 2, 2, 3, 3, 4]) : random.pick([2, 2, 3]);
  for (let index = 0; index < count; index++) vpcs.push(planVpc({ draft, random, places, modes }, index));
  for (const own of vpcs) own.groups.push(...reserveGroups(plan, 2 + random.below(4)));
  shareGroups(plan);
  for (const own of vpcs) addGateways(plan, own);
  for (const own of vpcs) addHosts(plan, own);
  for (const own of vpcs) addAppliances(plan, own);
  addBlockPublicAccess(plan, modes);
  addLists(plan);
  for (const own of vpcs) addGroups(plan, own);
  for (const own of vpcs) addAcls(plan, own);
  addPeerings(plan);
  addTransit(plan);
  addServices(plan);
  for (const own of vpcs) addTables(plan, own, addRegionalNat(plan, own));
  if (random.chance(14)) forget(plan);
  if (random.chance(3)) forget(plan);
  if (random.chance(5)) forgetPlace(plan);
  return toSnapshots(draft, random.shuffle);
}
