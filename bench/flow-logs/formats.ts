import type { FlowRow } from './day.ts';

const orDash = (value: number | string): number | string =>
  value === '' || (typeof value === 'number' && value < 0) ? '-' : value;

/** The header of the default format. */
export const headerV2 =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';

/** A record in the default format. */
export const lineV2 = (row: FlowRow): string =>
  `2 111122223333 ${row.interfaceId} ${orDash(row.source)} ${orDash(row.destination)} ${orDash(row.sourcePort)} ${orDash(row.destinationPort)} ${orDash(row.protocol)} ${orDash(row.packets)} ${orDash(row.bytes)} ${row.start} ${row.end} ${orDash(row.action)} ${row.status}\n`;

/** The header of all fields of version 5. */
export const headerV5: string = `${headerV2} vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path`;

/** A record with all fields of version 5. */
export const lineV5 = (row: FlowRow): string => {
  const hasData = row.status === 'OK';
  const common = `5 111122223333 ${row.interfaceId} ${orDash(row.source)} ${orDash(row.destination)} ${orDash(row.sourcePort)} ${orDash(row.destinationPort)} ${orDash(row.protocol)} ${orDash(row.packets)} ${orDash(row.bytes)} ${row.start} ${row.end} ${orDash(row.action)} ${row.status}`;
  return hasData
    ? `${common} vpc-0a1b2c3d4e5f60718 subnet-0${row.interfaceId.slice(-16)} i-0${row.interfaceId.slice(-16)} ${orDash(row.flags)} IPv4 ${row.packetSource} ${row.packetDestination} eu-west-1 euw1-az1 - - - ${orDash(row.service)} ${row.direction} ${orDash(row.path)}\n`
    : `${common} - - - - - - - - - - - - - - -\n`;
};
