import type { PathRule } from '../model/verdict/path.ts';
import type { Missing } from '../model/verdict/verdict.ts';
import { type AddressClass, addressClasses, type AddressKind } from './facts/address-classes.ts';
import type { HeldAddress } from './facts/addresses.ts';
import { derive } from './facts/derive.ts';
import { compareText } from './facts/inventory.ts';
import { vpcById } from './facts/resources-by-id.ts';
import { internetAddresses } from './facts/special-addresses.ts';
import type { Network } from './network.ts';
import { chainItems, type Flow } from './path/flow.ts';
import { follow, type Outcome } from './path/walk.ts';
import { beginning, packetsOf } from './query/beginning.ts';
import type { Aim } from './query/destination.ts';
import { packetQuestion } from './query/packets.ts';
import { resolveSource } from './query/source.ts';
import type { Start } from './query/start.ts';
import { onlyAddress } from './sets/address-set.ts';
import type { Box } from './sets/box.ts';
import { allIpv4Addresses, allIpv6Addresses } from './sets/cidr.ts';
import { formatIpAddress, type IpAddress } from './sets/ip-address.ts';
import { subtractTraffic, type Traffic, uniteAllTraffic } from './sets/traffic.ts';

/** One address of one interface. */
export interface ExposedAddress {
  readonly networkInterfaceId: string;
  readonly instanceId: string | undefined;
  readonly privateAddress: string;
  /** The public IPv4 address in front of it, where there is one. */
  readonly publicAddress: string | undefined;
}

/** An interface behind a load balancer or endpoint that the packets end up at. */
export interface ExposureTarget {
  readonly networkInterfaceId: string;
  readonly instanceId: string | undefined;
}

/**
 * What a class of addresses receives (or, outbound, reaches) and has answered. The addresses of the class itself stand
 * for "all" in the traffic, since it is the same for each of them.
 */
export interface Exposure {
  readonly key: string;
  readonly kind: AddressKind;
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly securityGroupIds: readonly string[];
  readonly addresses: readonly ExposedAddress[];
  /** Arrives, and the reply gets back. */
  readonly admitted: Traffic;
  /** May arrive and be answered, depending on what `missing` names. */
  readonly doubtful: Traffic;
  /** Arrives, but the reply does not get back: exposure for one-way protocols. */
  readonly deliveredOnly: Traffic;
  /** The rules and routes that let it through, forward and back. */
  readonly rules: readonly PathRule[];
  /** Where the packets end up, if not at the addresses themselves. */
  readonly targets: readonly ExposureTarget[];
  readonly missing: readonly Missing[];
  /** A question to `trace` that shows the path of one member. */
  readonly example: { readonly from: string; readonly to: string };
}

/** The exposure of everything, by class and by interface. */
export interface Exposures {
  /** The classes that something gets through to, or may. */
  readonly classes: readonly Exposure[];
  /** The exposures of one interface, by its own addresses and as a target behind others. */
  readonly of: (networkInterfaceId: string) => readonly Exposure[];
}

const everyPacket = packetQuestion({ from: '', to: '' });

/** What the internet can really send to each interface, load balancer and endpoint, and have answered. */
export const internetExposure: (network: Network) => Exposures = derive((network: Network) =>
  exposureFrom(network, 'internet'),
);

/** The same from any source that `trace` understands. From the internet, addresses are called by their public face. */
export function exposureFrom(network: Network, from: string): Exposures {
  const { starts, outside } = resolveSource(network.snapshot, from, () => new Set(vpcById(network.snapshot).keys()));
  const classes = addressClasses(network.snapshot).filter(({ kind }) => !outside || kind !== 'private-ipv4');
  return collected(
    classes.flatMap((one) => {
      const to = calledBy(one.representative, outside);
      const target = new Set([one.representative.located.resource.networkInterfaceId]);
      const aim: Aim = { destinations: onlyAddress(to), target };
      const outcomes = starts.map((start) => walkOne(network, start, aim)).filter((outcome) => outcome !== undefined);
      return exposureOf(one, outcomes, { from, to: formatIpAddress(to) }, 'destinations');
    }),
  );
}

/** What each interface can send to the internet and have answered. */
export const internetReach: (network: Network) => Exposures = derive((network: Network) =>
  collected(
    addressClasses(network.snapshot).flatMap((one) => {
      const { located } = one.representative;
      const start: Start = {
        place: { kind: 'leaving-interface', from: located },
        sources: onlyAddress(ownAddress(one.representative)),
        origin: { kind: 'interfaces', ids: new Set([located.resource.networkInterfaceId]) },
        sender: located,
        arrivedBy: 'interface',
      };
      const outcome = walkOne(network, start, { destinations: internetAddresses, target: 'internet' });
      const example = { from: formatIpAddress(ownAddress(one.representative)), to: 'internet' };
      return outcome === undefined ? [] : exposureOf(one, [outcome], example, 'sources');
    }),
  ),
);

function walkOne(network: Network, start: Start, aim: Aim): Outcome | undefined {
  const traffic = packetsOf(everyPacket, start, aim);
  return traffic.length === 0 ? undefined : follow(beginning(network, start, aim, traffic));
}

const ownAddress = ({ family, value }: HeldAddress): IpAddress =>
  family === 4 ? { family, value: Number(value) } : { family, value: BigInt(value) };

const calledBy = (held: HeldAddress, outside: boolean): IpAddress =>
  outside && held.publicAddress !== undefined ? { family: 4, value: held.publicAddress } : ownAddress(held);

function exposureOf(
  one: AddressClass,
  outcomes: readonly Outcome[],
  example: Exposure['example'],
  own: 'sources' | 'destinations',
): readonly Exposure[] {
  const admitted = uniteAllTraffic(outcomes.map(({ alive }) => alive));
  const doubtful = subtractTraffic(uniteAllTraffic(outcomes.map((outcome) => outcome.doubtful)), admitted);
  const delivered = subtractTraffic(uniteAllTraffic(outcomes.map((outcome) => outcome.delivered)), admitted);
  if (admitted.length === 0 && doubtful.length === 0 && delivered.length === 0) return [];
  const { resource, region } = one.representative.located;
  const ends = outcomes.flatMap((outcome) => outcome.ends);
  const useful = ends.filter(({ alive }) => alive.length > 0);
  return [
    {
      key: one.key,
      kind: one.kind,
      accountId: resource.ownerId ?? region.accountId,
      region: region.region,
      vpcId: resource.vpcId,
      subnetId: resource.subnetId,
      securityGroupIds: [...resource.groupIds].sort(compareText),
      addresses: one.members.map(exposedAddress),
      admitted: anyOwn(admitted, own),
      doubtful: anyOwn(doubtful, own),
      deliveredOnly: anyOwn(delivered, own),
      rules: rulesOf(useful),
      targets: targetsOf(useful, one),
      missing: doubtful.length === 0 ? [] : missingOf(outcomes),
      example,
    },
  ];
}

const exposedAddress = (held: HeldAddress): ExposedAddress => ({
  networkInterfaceId: held.located.resource.networkInterfaceId,
  instanceId: held.located.resource.attachment?.instanceId,
  privateAddress: formatIpAddress(ownAddress(held)),
  publicAddress: held.publicIp,
});

/** The class's own addresses widened to all, so that the set says the same of every member. */
const anyOwn = (traffic: Traffic, own: 'sources' | 'destinations'): Traffic =>
  traffic.map((box): Box => ({ ...box, [own]: box.family === 4 ? allIpv4Addresses : allIpv6Addresses }));

function rulesOf(ends: readonly Flow[]): readonly PathRule[] {
  const found = new Map<string, PathRule>();
  for (const { trail, forward } of ends) {
    for (const step of [...chainItems(forward?.trail), ...chainItems(trail)]) {
      for (const rule of step.rules ?? []) found.set(JSON.stringify(rule), rule);
    }
  }
  return [...found.values()];
}

function targetsOf(ends: readonly Flow[], one: AddressClass): readonly ExposureTarget[] {
  const own = one.representative.located.resource.networkInterfaceId;
  const found = new Map<string, ExposureTarget>();
  for (const { forward } of ends) {
    const resource = forward?.to?.resource;
    if (resource === undefined || resource.networkInterfaceId === own) continue;
    found.set(resource.networkInterfaceId, {
      networkInterfaceId: resource.networkInterfaceId,
      instanceId: resource.attachment?.instanceId,
    });
  }
  return [...found.values()].sort((a, b) => compareText(a.networkInterfaceId, b.networkInterfaceId));
}

function missingOf(outcomes: readonly Outcome[]): readonly Missing[] {
  const facts = new Map<string, Missing>();
  for (const { ends, findings } of outcomes) {
    for (const finding of [...ends.flatMap((end) => chainItems(end.findings)), ...findings]) {
      if (finding.kind === 'unknown') for (const one of finding.missing) facts.set(one.fact, one);
    }
  }
  return [...facts.values()];
}

function collected(classes: readonly Exposure[]): Exposures {
  const byInterface = new Map<string, Exposure[]>();
  const add = (id: string, exposure: Exposure): void => {
    const list = byInterface.get(id);
    if (list === undefined) byInterface.set(id, [exposure]);
    else if (list[list.length - 1] !== exposure) list.push(exposure);
  };
  for (const exposure of classes) {
    for (const { networkInterfaceId } of exposure.addresses) add(networkInterfaceId, exposure);
    for (const { networkInterfaceId } of exposure.targets) add(networkInterfaceId, exposure);
  }
  return { classes, of: (id) => byInterface.get(id) ?? [] };
}
