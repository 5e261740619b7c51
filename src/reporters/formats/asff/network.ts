import type { Result } from '../../../findings/audit-report.ts';
import type { PortRange } from '../../../model/verdict/evidence.ts';
import type { PacketHeaders, PathComponent, TraceResult } from '../../../model/verdict/path.ts';
import { pathOf } from '../result-path.ts';
import { asffLimits, filled } from './limits.ts';

/** So many components and addresses are written, which keeps a finding far below its largest size. */
const most = { components: 30, addresses: 3, ranges: 5 };

/** The traffic that the first rule of the evidence speaks of (ASFF, Network). */
export function networkOf({ evidence: [first] }: Result): object {
  if (first?.type === 'security-group-rule')
    return { Network: network(first.isEgress, first.protocol, rangeOf(first)) };
  if (first?.type === 'network-acl-entry') return { Network: network(first.egress, first.protocol, rangeOf(first)) };
  if (first?.type !== 'traffic') return {};
  const [range] = first.portRanges.length === 1 ? first.portRanges : [];
  return { Network: network(first.direction === 'egress', first.protocol, range) };
}

const rangeOf = ({
  fromPort,
  toPort,
}: {
  readonly fromPort?: number;
  readonly toPort?: number;
}): PortRange | undefined =>
  fromPort === undefined || toPort === undefined ? undefined : { from: fromPort, to: toPort };

function network(egress: boolean, protocol: string, range: PortRange | undefined): object {
  const ported = protocol === 'tcp' || protocol === 'udp';
  return {
    Direction: egress ? 'OUT' : 'IN',
    Protocol: filled(protocol, asffLimits.protocol),
    ...(ported && range !== undefined ? { OpenPortRange: { Begin: range.from, End: range.to } } : {}),
  };
}

/** The way there, component by component (ASFF, NetworkPath). */
export function networkPathOf(result: Result): object {
  const path = pathOf(result);
  if (path === undefined || path.forwardPathComponents.length === 0) return {};
  return { NetworkPath: path.forwardPathComponents.slice(0, most.components).map((step) => component(step, path)) };
}

function component(
  { component: { id, type }, packetDirection }: PathComponent,
  { admittedTraffic }: TraceResult,
): object {
  const [traffic] = admittedTraffic;
  const header = traffic === undefined ? undefined : headerOf(traffic);
  return {
    // An ARN is longer than the format takes; its last part names the component.
    ComponentId:
      filled(id.slice(id.startsWith('arn:') ? id.lastIndexOf('/') + 1 : 0), asffLimits.networkPathText) ?? type,
    ComponentType: type,
    ...(header === undefined ? {} : packetDirection === 'egress' ? { Egress: header } : { Ingress: header }),
  };
}

const headerOf = (headers: PacketHeaders): object => ({
  Protocol: filled(headers.protocol, asffLimits.protocol),
  Source: endOf(headers.sourceAddresses, headers.sourcePortRanges),
  Destination: endOf(headers.destinationAddresses, headers.destinationPortRanges),
});

const endOf = (addresses: readonly string[], ranges: readonly PortRange[] = []): object => ({
  Address: addresses.slice(0, most.addresses).flatMap((address) => filled(address, asffLimits.address) ?? []),
  PortRanges: ranges.slice(0, most.ranges).map(({ from, to }) => ({ Begin: from, End: to })),
});
