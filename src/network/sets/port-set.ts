import { type Intervals, intervalsOfRanges } from './intervals.ts';

/** A set of TCP or UDP ports as boundaries, 0 to 65535; operated on with the functions of `intervals.ts`. */
export type PortSet = Intervals<number>;

/** Ports `from` to `to`, both included: the form of EC2 and of every report. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** 0 to 65535. */
export const allPorts: PortSet = [0, 65_536];

/**
 * The ports that clients send from. Linux takes 32768–60999, Windows 49152–65535, but load balancers, NAT gateways and
 * Lambda functions take any from 1024, so a return rule has to admit them all (VPC guide, ephemeral ports).
 */
export const ephemeralPorts: PortSet = [1024, 65_536];

/** Ports `from` to `to`, both included; the empty set where the range is the wrong way round. */
export function portRange(from: number, to: number): PortSet {
  if (from === 0 && to === 65_535) return allPorts;
  const low = Math.max(0, from);
  const high = Math.min(65_535, to);
  return low <= high ? [low, high + 1] : [];
}

/** The union of ranges. */
export const portSet = (ranges: readonly PortRange[]): PortSet =>
  intervalsOfRanges(ranges.filter(({ from, to }) => from <= to).map(({ from, to }) => [from, to + 1] as const));

/** As ranges with both ends included, ascending. */
export function portRanges(ports: Intervals): readonly PortRange[] {
  const out: PortRange[] = [];
  for (let i = 0; i < ports.length; i += 2) out.push({ from: Number(ports[i]), to: Number(ports[i + 1]) - 1 });
  return out;
}

/** `22, 80, 1024-65535`; `all` for every port. */
export function formatPorts(ports: Intervals): string {
  const ranges = portRanges(ports);
  if (ranges.length === 1 && ranges[0]?.from === 0 && ranges[0].to === 65_535) return 'all';
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}
