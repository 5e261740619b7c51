import type { IpPermission } from '../model/resources/security-group.ts';
import { disjointIntervals, type Intervals, uniteIntervals } from '../network/sets/intervals.ts';
import { portsOf, services } from './services.ts';

/** The TCP ports of services that are for the members of some tier and for nobody else. */
const tiered: Intervals<number> = services
  .filter(({ kind }) => kind === 'data')
  .reduce<Intervals<number>>((sum, service) => uniteIntervals(sum, portsOf(service, 'tcp')), []);

/** A range of more ports than this is about something else. */
const mostPorts = 100;

/** The TCP ports of a rule where it is about a data service; nothing where it is about others, or about everything. */
export function dataPorts({
  ipProtocol,
  fromPort,
  toPort,
}: Pick<IpPermission, 'ipProtocol' | 'fromPort' | 'toPort'>): Intervals<number> | undefined {
  if (fromPort === undefined || toPort === undefined || toPort - fromPort >= mostPorts) return undefined;
  if (ipProtocol !== 'tcp' && ipProtocol !== '6') return undefined;
  const range = [fromPort, toPort + 1];
  return disjointIntervals(range, tiered) ? undefined : range;
}
