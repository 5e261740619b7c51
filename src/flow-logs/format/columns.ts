import { columnOf } from './fields.ts';

/** A column of the one table that every question asks, whatever the source. */
export interface FlowColumn {
  readonly name: string;
  /** The field it is read from. */
  readonly field: string;
  readonly type: 'VARCHAR' | 'INTEGER' | 'BIGINT';
}

const text = (field: string, name = columnOf(field)): FlowColumn => ({ name, field, type: 'VARCHAR' });
const whole = (field: string, name = columnOf(field)): FlowColumn => ({ name, field, type: 'INTEGER' });
const large = (field: string, name = columnOf(field)): FlowColumn => ({ name, field, type: 'BIGINT' });

/** The columns of `flows`: records of VPC flow logs. `start` and `end` are renamed, for `end` is a keyword of SQL. */
export const flowColumns: readonly FlowColumn[] = [
  text('interface-id'),
  text('srcaddr'),
  text('dstaddr'),
  whole('srcport'),
  whole('dstport'),
  whole('protocol'),
  large('packets'),
  large('bytes'),
  large('start', 'start_ts'),
  large('end', 'end_ts'),
  text('action'),
  text('log-status'),
  whole('tcp-flags'),
  text('pkt-srcaddr'),
  text('pkt-dstaddr'),
  text('flow-direction'),
  text('pkt-src-aws-service'),
  text('pkt-dst-aws-service'),
  whole('traffic-path'),
  text('reject-reason'),
  text('resource-id'),
  text('az-id'),
  text('next-hop-interface-id'),
  text('next-hop-az-id'),
  text('next-hop-interface-type'),
  whole('encryption-status'),
];

/** The columns of `transit_flows`: records of transit gateway flow logs. */
export const transitColumns: readonly FlowColumn[] = [
  text('tgw-id'),
  text('tgw-attachment-id'),
  text('tgw-pair-attachment-id'),
  text('srcaddr'),
  text('dstaddr'),
  whole('srcport'),
  whole('dstport'),
  whole('protocol'),
  large('packets'),
  large('bytes'),
  large('start', 'start_ts'),
  large('end', 'end_ts'),
  text('log-status'),
  whole('tcp-flags'),
  text('flow-direction'),
  large('packets-lost-no-route'),
  large('packets-lost-blackhole'),
  large('packets-lost-mtu-exceeded'),
  large('packets-lost-ttl-expired'),
];
