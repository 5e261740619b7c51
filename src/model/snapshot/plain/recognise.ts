import { isRaw, type Raw } from '../../decode.ts';
import { resourceKeys, resourceKinds, type ResourceKey } from '../../resources.ts';

/** Which kinds an answer holds; without any, the reason says why. */
export interface Recognised {
  readonly keys: readonly ResourceKey[];
  readonly reason: string;
}

/** The kinds by the member that holds their items; most members belong to one kind only. */
const keysByMember: ReadonlyMap<string, readonly ResourceKey[]> = membersOfKinds();

/** What tells the kinds apart that share a member: how one of their items looks. */
const itemOf: { readonly [K in ResourceKey]?: (item: Raw) => boolean } = {
  prefixLists: (item) => 'Cidrs' in item,
  managedPrefixLists: (item) => !('Cidrs' in item),
  loadBalancerAttributes: (item) => item['Key'] === 'deletion_protection.enabled',
  targetGroupAttributes: (item) => targetGroupAttribute.test(String(item['Key'])),
  transitGatewayPolicyTableAssociations: (item) => 'TransitGatewayPolicyTableId' in item,
  transitGatewayRouteTableAssociations: (item) => !('TransitGatewayPolicyTableId' in item),
  transitGatewayRoutes: (item) => !('ClientVpnEndpointId' in item) && !('LocalGatewayRouteTableId' in item),
  listenerRules: (item) => /:listener-rule\//.test(String(item['RuleArn'])),
};

const targetGroupAttribute =
  /^(deregistration_delay|stickiness|slow_start|preserve_client_ip|proxy_protocol_v2|target_group_health|target_failover|lambda)\b/;

/**
 * Recognises an answer by its top-level members and, where several operations share one, by the items in it; where
 * there are no items, by the operation that the path names.
 */
export function recognise(answer: Raw, path: string): Recognised {
  const keys: ResourceKey[] = [];
  let reason = 'holds no member that this program reads';
  for (const member of Object.keys(answer)) {
    const candidates = keysByMember.get(member);
    if (candidates === undefined) continue;
    const found = candidates.filter((key) => fits(key, answer[member]));
    const named = found.length > 1 ? found.filter((key) => key === keyNamedBy(path)) : found;
    const [key] = named;
    if (key !== undefined && named.length === 1) keys.push(key);
    else reason = whyNot(member, candidates, found);
  }
  if (keys.length === 0 && typeof answer['VpcId'] === 'string' && isVpcAttribute(answer)) keys.push('vpcAttributes');
  return { keys, reason };
}

const isVpcAttribute = (answer: Raw): boolean => 'EnableDnsSupport' in answer || 'EnableDnsHostnames' in answer;

function whyNot(member: string, candidates: readonly ResourceKey[], found: readonly ResourceKey[]): string {
  const operations = candidates.map((key) => resourceKinds[key].operation).join(' or ');
  return found.length === 0
    ? `holds ${member}, but not as ${operations} answers it`
    : `holds an empty ${member}, and nothing says whether ${operations} printed it`;
}

/**
 * Could this be the kind's member? A plain list that belongs to one operation alone is taken for it even when it is
 * broken, so that the operation counts as failed.
 */
function fits(key: ResourceKey, value: unknown): boolean {
  const kind = resourceKinds[key];
  if (kind.whole !== undefined) return isRaw(value) || kind.whole === kind.idMember;
  if (kind.shape === 'object') return isRaw(value) && (key !== 'classicLoadBalancerAttributes' || isClassic(value));
  if (!Array.isArray(value)) return kind.per === undefined && itemOf[key] === undefined;
  const items: readonly unknown[] = kind.nested === undefined ? value : nestedItems(value, kind.nested);
  if (items.length === 0) return true;
  const raws = items.filter(isRaw);
  if (!raws.some((item) => item[kind.idMember] !== undefined)) return false;
  const looks = itemOf[key];
  return looks === undefined || (isAttribute(key) ? raws.some(looks) : raws.every(looks));
}

const isAttribute = (key: ResourceKey): boolean => key === 'loadBalancerAttributes' || key === 'targetGroupAttributes';

/** `LoadBalancerAttributes` of a Classic Load Balancer is an object of its own five members. */
const isClassic = (value: Raw): boolean => 'CrossZoneLoadBalancing' in value || 'ConnectionDraining' in value;

const nestedItems = (groups: readonly unknown[], member: string): readonly unknown[] =>
  groups.flatMap((group) => (isRaw(group) && Array.isArray(group[member]) ? group[member] : []));

/** The kind whose operation a path names, as `ec2-describe-vpcs.json`, `DescribeVpcs/1.json` or `Vpcs.json`. */
export function keyNamedBy(path: string): ResourceKey | undefined {
  const service = /(?<![a-z])elb(?![a-z0-9])/i.test(path) ? 'elb' : undefined;
  const byOperation = resourceKeys.filter((key) => operationPatterns.get(key)?.test(path) === true);
  const chosen = byOperation.filter((key) => (resourceKinds[key].service === 'elb') === (service === 'elb'));
  if (chosen.length > 0) return chosen[0];
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.json(\.gz)?$/, '');
  return keyOfMember(stem);
}

/** The one kind that a top-level member belongs to; `undefined` where it is nobody's or shared. */
export function keyOfMember(member: string): ResourceKey | undefined {
  const keys = keysByMember.get(member) ?? [];
  return keys.length === 1 ? keys[0] : undefined;
}

const operationPatterns: ReadonlyMap<ResourceKey, RegExp> = new Map(
  resourceKeys.map((key) => {
    const words = resourceKinds[key].operation.match(/[A-Z][a-z0-9]*/g) ?? [];
    return [key, new RegExp(`(?<![a-z])${words.join('[-_ ]?')}(?![a-z])`, 'i')];
  }),
);

function membersOfKinds(): ReadonlyMap<string, readonly ResourceKey[]> {
  const map = new Map<string, ResourceKey[]>();
  for (const key of resourceKeys) {
    const { member = resourceKinds[key].whole } = resourceKinds[key];
    if (member !== undefined) map.set(member, [...(map.get(member) ?? []), key]);
  }
  return map;
}
