import type { Configuration, PublicService } from '../model/configuration/configuration.ts';
import type { Tag } from '../model/tag.ts';
import type { TrafficEvidence } from '../model/verdict/evidence.ts';
import type { Allowance } from '../model/verdict/verdict.ts';
import { derive, type Derived } from '../network/facts/derive.ts';
import { type AddressSet, addressesWithin, parseAddressSet } from '../network/sets/address-set.ts';
import { intersectIntervals, type Intervals, subtractIntervals } from '../network/sets/intervals.ts';
import { portRanges, portSet } from '../network/sets/port-set.ts';

/** What an exposure is of, as far as a public service may name it. */
export interface AllowanceSubject {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string | undefined;
  /** Every id by which it may be named: its own, and those of groups, interfaces, instances, load balancers with it. */
  readonly ids: readonly string[];
  readonly tags: readonly Tag[];
}

/** An exposure by what the configuration says of it. */
export interface Judged {
  /** What a public service allows, by the service. */
  readonly allowed: readonly { readonly service: PublicService; readonly traffic: readonly TrafficEvidence[] }[];
  /** What is left: nothing where all is allowed. */
  readonly rest: readonly TrafficEvidence[];
  /** Services that are for some of what is left, on these ports or for these addresses, and do not reach so far. */
  readonly exceeded: readonly PublicService[];
}

interface Bounds {
  readonly addresses: AddressSet;
  readonly ports: Readonly<Record<string, Intervals<number>>>;
  readonly withoutPorts: ReadonlySet<string>;
}

const boundsOf: Derived<PublicService, Bounds> = derive(({ cidrs, traffic }) => {
  const addresses = parseAddressSet(cidrs);
  const ranges = (protocol: 'tcp' | 'udp'): Intervals<number> =>
    portSet(traffic.flatMap((one) => (one.protocol === protocol ? [one.ports] : [])));
  return {
    addresses: addresses.value ?? { ipv4: [], ipv6: [] },
    ports: { tcp: ranges('tcp'), udp: ranges('udp') },
    withoutPorts: new Set(traffic.flatMap((one) => ('ports' in one ? [] : [one.protocol]))),
  };
});

/** Divides what is open to the internet into what public services allow and what is left. */
export function judgeByAllowances(
  traffic: readonly TrafficEvidence[],
  configuration: Configuration,
  subject: AllowanceSubject,
): Judged {
  const services = configuration.publicServices.filter(({ place }) => holdsAt(place, subject));
  const allowed = new Map<PublicService, TrafficEvidence[]>();
  const exceeded = new Set<PublicService>();
  const rest = traffic.flatMap((item): readonly TrafficEvidence[] => {
    let left: TrafficEvidence | undefined = item;
    for (const service of services) {
      if (left === undefined) break;
      const [own, others] = divided(left, boundsOf(service));
      if (own !== undefined) allowed.set(service, [...(allowed.get(service) ?? []), own]);
      left = others;
    }
    if (left === undefined) return [];
    const beyond = left;
    for (const service of services) if (touches(beyond, boundsOf(service))) exceeded.add(service);
    return [beyond];
  });
  for (const service of allowed.keys()) if (rest.length > 0) exceeded.add(service);
  return { allowed: [...allowed].map(([service, own]) => ({ service, traffic: own })), rest, exceeded: [...exceeded] };
}

function holdsAt(
  { accounts, regions, vpcs, resources, tags }: PublicService['place'],
  subject: AllowanceSubject,
): boolean {
  return (
    (accounts === undefined || accounts.includes(subject.accountId)) &&
    (regions === undefined || regions.includes(subject.region)) &&
    (vpcs === undefined || (subject.vpcId !== undefined && vpcs.includes(subject.vpcId))) &&
    (resources === undefined || subject.ids.some((id) => resources.includes(id))) &&
    (tags === undefined ||
      tags.every(({ key, value }) => subject.tags.some((tag) => tag.key === key && tag.value === value)))
  );
}

/** The ports that the bounds admit from all of the sources, and the others. */
function divided(
  item: TrafficEvidence,
  bounds: Bounds,
): readonly [TrafficEvidence | undefined, TrafficEvidence | undefined] {
  const sources = parseAddressSet(item.cidrBlocks);
  if (sources.value === undefined || !addressesWithin(sources.value, bounds.addresses)) {
    return [undefined, item];
  }
  if (bounds.withoutPorts.has(item.protocol)) return [item, undefined];
  const ports = bounds.ports[item.protocol];
  if (ports === undefined || item.portRanges.length === 0) return [undefined, item];
  const all = portSet(item.portRanges);
  const own = intersectIntervals(all, ports);
  const others = subtractIntervals(all, ports);
  const part = (some: Intervals<number>): TrafficEvidence | undefined =>
    some.length === 0 ? undefined : { ...item, portRanges: portRanges(some) };
  return [part(own), part(others)];
}

function touches(item: TrafficEvidence, { ports, withoutPorts }: Bounds): boolean {
  if (withoutPorts.has(item.protocol)) return true;
  const own = ports[item.protocol];
  return own !== undefined && intersectIntervals(portSet(item.portRanges), own).length > 0;
}

/** How a pass tells what it rests on. */
export const allowanceBy = (
  { name, reason }: PublicService,
  title: string,
  evidence: Allowance['evidence'],
): Allowance => ({ kind: 'public-service', by: name, reason, title, evidence });

/** `, beyond what "shop" allows`; nothing where no service is exceeded. */
export const beyondWords = (exceeded: readonly PublicService[]): string =>
  exceeded.length === 0 ? '' : `, beyond what ${exceeded.map(({ name }) => `"${name}"`).join(' and ')} allows`;
