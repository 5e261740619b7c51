import type { IpPermission } from '../model/resources/security-group.ts';
import { intersectIntervals, type Intervals } from '../network/sets/intervals.ts';
import { portsOf, services } from './services.ts';

/** Services that are for the members of some tier and for nobody else. */
const tiered = services.filter(({ kind }) => kind === 'data');

/** A range of more ports than this is about something else. */
const mostPorts = 100;

/** The TCP ports of a rule where it is about a data service; nothing where it is about others, or about everything. */
export function dataPorts({
  ipProtocol,
  fromPort,
  toPort,
}: Pick<IpPermission, 'ipProtocol' | 'fromPort' | 'toPort'>): Intervals<number> | undefined {
  if (!/^(tcp|6)$/.test(ipProtocol) || fromPort === undefined || toPort === undefined) return undefined;
  const range = [fromPort, toPort + 1];
  const isTiered =
    toPort - fromPort < mostPorts &&
    tiered.some((service) => intersectIntervals(portsOf(service, 'tcp'), range).length > 0);
  return isTiered ? range : undefined;
}
