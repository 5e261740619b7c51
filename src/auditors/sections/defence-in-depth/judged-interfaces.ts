import type { NetworkInterface } from '../../../model/resources/network-interface.ts';
import { type InterfaceRole, interfaceRole } from '../../../network/facts/interface-role.ts';
import { compareText } from '../../../network/facts/inventory.ts';
import { groupBy } from '../../group-by.ts';

/** Plumbing that takes no connection from anybody: it opens them, or passes on what others sent. */
const neverCalled: ReadonlySet<InterfaceRole> = new Set([
  'nat-gateway',
  'transit-gateway',
  'lambda',
  'gateway-load-balancer-endpoint',
  'gateway-load-balancer',
]);

/** Interfaces of one subnet and family that every layer treats alike. */
export interface InterfaceClass {
  readonly groupIds: readonly string[];
  /** Can the internet address them: by a public IPv4 address, or by IPv6 without a refusal of gateway traffic? */
  readonly isPublic: boolean;
  /** Nodes of load balancers are there to be called by everybody. */
  readonly isLoadBalancer: boolean;
  /** Ascending. */
  readonly ids: readonly string[];
}

/** The interfaces that can be called in a family, in classes. */
export function interfaceClasses(interfaces: readonly NetworkInterface[], family: 4 | 6): readonly InterfaceClass[] {
  const called = interfaces.filter((own) => hasAddress(own, family) && !neverCalled.has(interfaceRole(own)));
  return [...groupBy(called, (own) => keyOf(own, family)).values()]
    .flatMap((members) => {
      const [first] = members;
      if (first === undefined) return [];
      const ids = members.map(({ networkInterfaceId }) => networkInterfaceId).sort();
      return [{ groupIds: first.groupIds, isPublic: isPublic(first, family), isLoadBalancer: isNode(first), ids }];
    })
    .sort((a, b) => compareText(a.ids[0] ?? '', b.ids[0] ?? ''));
}

const hasAddress = (own: NetworkInterface, family: 4 | 6): boolean =>
  family === 4
    ? own.privateIpAddresses.length + own.ipv4Prefixes.length > 0
    : own.ipv6Addresses.length + own.ipv6Prefixes.length > 0;

const isPublic = (own: NetworkInterface, family: 4 | 6): boolean =>
  family === 4
    ? own.privateIpAddresses.some(({ association }) => association?.publicIp !== undefined)
    : own.denyAllIgwTraffic !== true;

const isNode = (own: NetworkInterface): boolean => interfaceRole(own).endsWith('-load-balancer');

/** Interfaces without a group are told apart, since each is evidence of its own. */
function keyOf(own: NetworkInterface, family: 4 | 6): string {
  const groups = own.groupIds.length === 0 ? own.networkInterfaceId : own.groupIds.toSorted().join(' ');
  return `${groups} ${isPublic(own, family)} ${isNode(own)}`;
}
