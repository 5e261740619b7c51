import type { FlowLog } from '../model/resources/flow-log.ts';
import type { NetworkInterface } from '../model/resources/network-interface.ts';

/** What a flow log can record. */
export type Recorded = 'ACCEPT' | 'REJECT';

/** The flow logs that run, by the id of what they record. Logs that exist and do not run cover nothing. */
export function runningFlowLogs(logs: readonly FlowLog[]): ReadonlyMap<string, readonly FlowLog[]> {
  const byResource = new Map<string, FlowLog[]>();
  for (const log of logs) {
    if (log.flowLogStatus !== 'ACTIVE' || log.resourceId === undefined) continue;
    byResource.set(log.resourceId, [...(byResource.get(log.resourceId) ?? []), log]);
  }
  return byResource;
}

/** What is missing from the records of a log: the half that its traffic type leaves out. */
export const leftOut = ({ trafficType }: FlowLog): Recorded | undefined =>
  trafficType === 'ACCEPT' ? 'REJECT' : trafficType === 'REJECT' ? 'ACCEPT' : undefined;

/** Does the log record this half? Logs of transit gateways carry no traffic type and record both. */
export const records = ({ trafficType }: FlowLog, half: Recorded): boolean =>
  trafficType === undefined || trafficType === 'ALL' || trafficType === half;

/** The subnets with an interface that neither a log of its own nor one of the subnet records. */
export function subnetsWithoutLog(
  interfaces: readonly NetworkInterface[],
  logs: ReadonlyMap<string, readonly FlowLog[]>,
): ReadonlySet<string> {
  return new Set(
    interfaces
      .filter(({ networkInterfaceId, subnetId }) => !logs.has(networkInterfaceId) && !logs.has(subnetId))
      .map(({ subnetId }) => subnetId),
  );
}
