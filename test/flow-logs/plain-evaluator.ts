/**
 * The questions once more, answered by plain loops over records: what DuckDB has to give as well. Written from what each
 * question says, without its SQL.
 */
import { hasAddress } from '../../src/network/sets/address-set.ts';
import { parseIpAddress } from '../../src/network/sets/ip-address.ts';
import type { AddressPlaces } from '../../src/flow-logs/engine/places.ts';
import type { Thresholds } from '../../src/flow-logs/engine/thresholds.ts';

/** A record with typed values; null for `-`. */
export interface Flow {
  readonly interface_id: string | null;
  readonly srcaddr: string | null;
  readonly dstaddr: string | null;
  readonly srcport: number | null;
  readonly dstport: number | null;
  readonly protocol: number | null;
  readonly packets: number | null;
  readonly bytes: number | null;
  readonly start_ts: number;
  readonly end_ts: number;
  readonly action: string | null;
  readonly log_status: string;
  readonly tcp_flags: number | null;
  readonly pkt_srcaddr: string | null;
  readonly pkt_dstaddr: string | null;
  readonly flow_direction: string | null;
  readonly pkt_dst_aws_service: string | null;
  readonly pkt_src_aws_service: string | null;
  readonly traffic_path: number | null;
}

export type Row = Readonly<Record<string, string | number | null>>;

export interface Asked {
  readonly places: AddressPlaces;
  readonly thresholds: Thresholds;
  readonly window: { readonly since: number; readonly until: number };
}

const isInternal = ({ places }: Asked, address: string | null): boolean => {
  const parsed = parseIpAddress(address ?? '').value;
  return parsed !== undefined && hasAddress(places.internal, parsed);
};

function placeOf(asked: Asked, address: string | null): string | null {
  const parsed = parseIpAddress(address ?? '').value;
  if (address === null || parsed === undefined || parsed.family === 6 || isInternal(asked, address)) return address;
  return `#${asked.places.bounds.filter((bound) => bound <= parsed.value).at(-1)}`;
}

const sourceOf = (flow: Flow): string | null => flow.pkt_srcaddr ?? flow.srcaddr;
const destinationOf = (flow: Flow): string | null => flow.pkt_dstaddr ?? flow.dstaddr;
const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));
const isSyn = (flags: number | null): boolean => flags !== null && (flags & 2) === 2 && (flags & 16) === 0;
const isSynAck = (flags: number | null): boolean => flags !== null && (flags & 2) === 2 && (flags & 16) === 16;

function groups<T>(items: readonly T[], keyOf: (item: T) => unknown): readonly (readonly T[])[] {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = found.get(key);
    if (group === undefined) found.set(key, [item]);
    else group.push(item);
  }
  return [...found.values()];
}

function quantile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * fraction;
  const low = sorted[Math.floor(place)] ?? 0;
  return low + ((sorted[Math.ceil(place)] ?? low) - low) * (place - Math.floor(place));
}

const first = <T>(group: readonly T[]): T => group[0] as T;

export function totals(flows: readonly Flow[]): readonly Row[] {
  const count = (test: (flow: Flow) => boolean): number => flows.filter(test).length;
  return [
    {
      records: flows.length,
      ok_records: count(({ log_status }) => log_status === 'OK'),
      nodata_records: count(({ log_status }) => log_status === 'NODATA'),
      skipdata_records: count(({ log_status }) => log_status === 'SKIPDATA'),
      accepted: count(({ action }) => action === 'ACCEPT'),
      rejected: count(({ action }) => action === 'REJECT'),
      first_seen: flows.length === 0 ? null : least(flows.map(({ start_ts }) => start_ts)),
      last_seen: flows.length === 0 ? null : most(flows.map(({ end_ts }) => end_ts)),
    },
  ];
}

export function coverage(flows: readonly Flow[], { window }: Asked): readonly Row[] {
  const cellOf = (flow: Flow): number => {
    const start = Math.max(flow.start_ts, window.since);
    return start - (start % 600);
  };
  return groups(
    flows.filter(({ interface_id }) => interface_id !== null),
    ({ interface_id }) => interface_id,
  ).map((group) => {
    const cells = [...new Set(group.map(cellOf))].sort((a, b) => a - b);
    let longest = 0;
    let begins = first(cells);
    cells.forEach((cell, index) => {
      const step = index === 0 ? 0 : cell - (cells[index - 1] ?? 0);
      if (step > longest) {
        longest = step;
        begins = cell - step;
      }
    });
    const by = (status: string): readonly Flow[] => group.filter(({ log_status }) => log_status === status);
    return {
      interface_id: first(group).interface_id,
      windows: cells.length,
      skipped_windows: new Set(by('SKIPDATA').map(cellOf)).size,
      ok_records: by('OK').length,
      nodata_records: by('NODATA').length,
      skipdata_records: by('SKIPDATA').length,
      accepted: group.filter(({ action }) => action === 'ACCEPT').length,
      rejected: group.filter(({ action }) => action === 'REJECT').length,
      longest_step: longest,
      step_begins: begins,
      first_seen: least(group.map(({ start_ts }) => start_ts)),
      last_seen: most(group.map(({ end_ts }) => end_ts)),
    };
  });
}

export function rejectsByPort(flows: readonly Flow[]): readonly Row[] {
  return groups(rejectsOf(flows), ({ protocol, dstport }) => [protocol, dstport])
    .map((group) => ({
      protocol: first(group).protocol,
      dstport: first(group).dstport,
      records: group.length,
      packets: sum(group.map(({ packets }) => packets)),
      sources: new Set(group.map(({ srcaddr }) => srcaddr)).size,
    }))
    .sort(
      (a, b) => b.records - a.records || (a.protocol ?? 0) - (b.protocol ?? 0) || (a.dstport ?? 0) - (b.dstport ?? 0),
    )
    .slice(0, 50);
}

const rejectsOf = (flows: readonly Flow[]): readonly Flow[] =>
  flows.filter(({ log_status, action }) => log_status === 'OK' && action === 'REJECT');
const acceptsOf = (flows: readonly Flow[]): readonly Flow[] =>
  flows.filter(({ log_status, action }) => log_status === 'OK' && action === 'ACCEPT');

const tuple = (flow: Flow): string =>
  `${flow.interface_id} ${flow.protocol} ${flow.srcaddr} ${flow.srcport} ${flow.dstaddr} ${flow.dstport}`;
const reversed = (flow: Flow): string =>
  `${flow.interface_id} ${flow.protocol} ${flow.dstaddr} ${flow.dstport} ${flow.srcaddr} ${flow.srcport}`;

export function rejectedConversations(flows: readonly Flow[], asked: Asked): readonly Row[] {
  const accepted = new Map<string, Flow[]>();
  for (const flow of acceptsOf(flows)) accepted.set(tuple(flow), [...(accepted.get(tuple(flow)) ?? []), flow]);
  const conversations = groups(rejectsOf(flows), (flow) => [
    tuple(flow),
    flow.flow_direction,
    sourceOf(flow),
    destinationOf(flow),
  ]).map((group) => {
    const one = first(group);
    const known = group.filter(({ tcp_flags }) => tcp_flags !== null);
    const flags = known.length === 0 ? null : known.reduce((bits, { tcp_flags }) => bits | (tcp_flags ?? 0), 0);
    const t0 = least(group.map(({ start_ts }) => start_ts));
    const t1 = most(group.map(({ end_ts }) => end_ts));
    const again = (accepted.get(tuple(one)) ?? []).some((f) => f.start_ts <= t1 + 60 && f.end_ts >= t0 - 600);
    const canBeReply = one.protocol === 1 || one.protocol === 58 || (one.dstport ?? 0) >= 1024;
    const answered =
      canBeReply && (accepted.get(reversed(one)) ?? []).some((f) => f.start_ts <= t0 + 60 && f.end_ts >= t0 - 350);
    const isTcp = one.protocol === 6 && flags !== null;
    const part = again
      ? 'late-or-changed'
      : isTcp && isSynAck(flags)
        ? 'reply'
        : isTcp && (flags & 2) === 0
          ? 'late-or-changed'
          : answered
            ? 'reply'
            : 'request';
    const port =
      part === 'reply'
        ? one.srcport
        : part === 'late-or-changed' && (one.srcport ?? 0) < (one.dstport ?? 0)
          ? one.srcport
          : one.dstport;
    return {
      one,
      part,
      port,
      t0,
      t1,
      records: group.length,
      packets: sum(group.map(({ packets }) => packets)),
      bytes: sum(group.map(({ bytes }) => bytes)),
    };
  });
  return groups(conversations, ({ one, part, port }) => [
    one.interface_id,
    one.flow_direction,
    one.protocol,
    port,
    placeOf(asked, sourceOf(one)),
    placeOf(asked, destinationOf(one)),
    part,
  ]).map((group) => {
    const { one, part, port } = first(group);
    return {
      interface_id: one.interface_id,
      flow_direction: one.flow_direction,
      protocol: one.protocol,
      port,
      source: placeOf(asked, sourceOf(one)),
      destination: placeOf(asked, destinationOf(one)),
      part,
      reject_reason: null,
      conversations: group.length,
      records: sum(group.map(({ records }) => records)),
      packets: sum(group.map(({ packets }) => packets)),
      bytes: sum(group.map(({ bytes }) => bytes)),
      windows: new Set(group.map(({ t0 }) => t0 - (t0 % 300))).size,
      first_seen: least(group.map(({ t0 }) => t0)),
      last_seen: most(group.map(({ t1 }) => t1)),
      sources: new Set(group.map((conversation) => sourceOf(conversation.one))).size,
      sample: group
        .map(
          (conversation) =>
            `${sourceOf(conversation.one)} ${destinationOf(conversation.one)} ${conversation.one.srcport} ${conversation.one.dstport}`,
        )
        .sort()[0] as string,
    };
  });
}

export function rejectedStrangers(flows: readonly Flow[], asked: Asked): readonly Row[] {
  const noise = rejectsOf(flows).filter((flow) => !isInternal(asked, sourceOf(flow)));
  return [
    {
      sources: new Set(noise.map(sourceOf)).size,
      ports: new Set(noise.map(({ dstport }) => dstport)).size,
      interfaces: new Set(noise.map(({ interface_id }) => interface_id)).size,
      records: noise.length,
      packets: sum(noise.map(({ packets }) => packets)),
    },
  ];
}

const attemptsOf = (flows: readonly Flow[]): readonly Flow[] =>
  flows.filter(
    (flow) =>
      flow.log_status === 'OK' &&
      (flow.protocol === 6 || flow.protocol === 17) &&
      (flow.action === 'REJECT' || (isSyn(flow.tcp_flags) && (flow.packets ?? 0) <= 3)) &&
      !(flow.protocol === 6 && flow.tcp_flags !== null && !isSyn(flow.tcp_flags)) &&
      !((flow.dstport ?? 0) >= 1024 && (flow.srcport ?? 0) < 1024) &&
      !((flow.dstport ?? 0) >= 32_768 && (flow.srcport ?? 0) < 32_768),
  );

function scans(flows: readonly Flow[], { thresholds }: Asked, kind: 'vertical' | 'horizontal'): readonly Row[] {
  const width = thresholds['scan-window'];
  return [0, Math.floor(width / 2)].flatMap((phase) =>
    groups(attemptsOf(flows), (flow) => [
      sourceOf(flow),
      kind === 'vertical' ? destinationOf(flow) : flow.dstport,
      flow.protocol,
      Math.floor((flow.start_ts + phase) / width),
    ]).flatMap((group): readonly Row[] => {
      const ports = [...new Set(group.map(({ dstport }) => dstport ?? 0))].sort((a, b) => a - b);
      const hosts = [...new Set(group.map((flow) => destinationOf(flow) ?? ''))].sort();
      const hits = kind === 'vertical' ? ports.length : hosts.length;
      if (hits < (kind === 'vertical' ? thresholds['vertical-scan-ports'] : thresholds['horizontal-scan-hosts']))
        return [];
      return [
        {
          source: sourceOf(first(group)),
          target: kind === 'vertical' ? destinationOf(first(group)) : null,
          protocol: first(group).protocol,
          port: kind === 'vertical' ? null : first(group).dstport,
          hits,
          packets: sum(group.map(({ packets }) => packets)),
          first_seen: least(group.map(({ start_ts }) => start_ts)),
          last_seen: most(group.map(({ end_ts }) => end_ts)),
          sample: kind === 'vertical' ? `${ports[0]}-${ports.at(-1)}` : `${hosts[0]} ${hosts.at(-1)}`,
        },
      ];
    }),
  );
}

export const verticalScans = (flows: readonly Flow[], asked: Asked): readonly Row[] => scans(flows, asked, 'vertical');
export const horizontalScans = (flows: readonly Flow[], asked: Asked): readonly Row[] =>
  scans(flows, asked, 'horizontal');

export function slowScans(flows: readonly Flow[], asked: Asked): readonly Row[] {
  const minutes = groups(
    attemptsOf(flows).filter((flow) => isInternal(asked, sourceOf(flow))),
    (flow) => [sourceOf(flow), destinationOf(flow), flow.dstport, Math.floor(flow.start_ts / 60)],
  ).map((group) => ({
    source: sourceOf(first(group)),
    pair: `${destinationOf(first(group))} ${first(group).dstport}`,
    destination: destinationOf(first(group)) ?? '',
    t: least(group.map(({ start_ts }) => start_ts)),
    until: most(group.map(({ end_ts }) => end_ts)),
    packets: sum(group.map(({ packets }) => packets)),
  }));
  return groups(minutes, ({ source }) => source).flatMap((mine): readonly Row[] => {
    const sorted = [...mine].sort((a, b) => a.t - b.t);
    const bursts: (typeof minutes)[] = [];
    sorted.forEach((minute, index) => {
      const before = sorted[index - 1];
      if (before === undefined || minute.t - before.t > asked.thresholds['slow-scan-silence']) bursts.push([]);
      bursts.at(-1)?.push(minute);
    });
    return bursts.flatMap((burst): readonly Row[] => {
      const pairs = new Set(burst.map(({ pair }) => pair));
      if (pairs.size < asked.thresholds['slow-scan-pairs']) return [];
      const hosts = burst.map(({ destination }) => destination).sort();
      return [
        {
          source: first(burst).source,
          target: null,
          protocol: null,
          port: null,
          hits: pairs.size,
          packets: sum(burst.map(({ packets }) => packets)),
          first_seen: least(burst.map(({ t }) => t)),
          last_seen: most(burst.map(({ until }) => until)),
          sample: `${hosts[0]} ${hosts.at(-1)}`,
        },
      ];
    });
  });
}

export function servicesReached(flows: readonly Flow[], asked: Asked): readonly Row[] {
  const inbound = acceptsOf(flows).filter(
    (flow) =>
      (flow.protocol === 6 || flow.protocol === 17) &&
      (flow.flow_direction ?? 'ingress') === 'ingress' &&
      !isInternal(asked, sourceOf(flow)) &&
      isInternal(asked, flow.dstaddr),
  );
  const opened = groups(inbound, (flow) => [
    flow.interface_id,
    flow.dstaddr,
    sourceOf(flow),
    flow.protocol,
    flow.dstport,
  ]).filter((group) => {
    const { protocol, dstport } = first(group);
    if (protocol === 6 && group.some(({ tcp_flags }) => isSyn(tcp_flags))) return true;
    const lowest = least(group.map(({ srcport }) => srcport ?? 0));
    const unflagged = protocol === 17 || group.every(({ tcp_flags }) => tcp_flags === null);
    return unflagged && (dstport ?? 0) < 32_768 && lowest > (dstport ?? 0) && lowest >= 1024;
  });
  return groups(opened, (group) => [
    first(group).interface_id,
    first(group).dstaddr,
    first(group).protocol,
    first(group).dstport,
  ]).flatMap((service) => {
    const { interface_id, dstaddr, protocol, dstport } = first(first(service));
    const answers = acceptsOf(flows).filter(
      (flow) =>
        flow.interface_id === interface_id &&
        flow.srcaddr === dstaddr &&
        flow.protocol === protocol &&
        flow.srcport === dstport,
    );
    const flags = answers.filter(({ tcp_flags }) => tcp_flags !== null);
    const all = service.flat();
    return service
      .map((group) => ({ peer: sourceOf(first(group)), group, bytes: sum(group.map(({ bytes }) => bytes)) }))
      .sort((a, b) => b.bytes - a.bytes || ((a.peer ?? '') < (b.peer ?? '') ? -1 : 1))
      .slice(0, 10)
      .map(({ peer, group, bytes }) => ({
        interface_id,
        host: dstaddr,
        protocol,
        port: dstport,
        peer,
        peers: service.length,
        peer_records: group.length,
        peer_bytes: bytes,
        peer_first_seen: least(group.map(({ start_ts }) => start_ts)),
        records: all.length,
        bytes_in: sum(all.map((flow) => flow.bytes)),
        bytes_out: answers.length === 0 ? null : sum(answers.map((flow) => flow.bytes)),
        flags_out: flags.length === 0 ? null : flags.reduce((bits, { tcp_flags }) => bits | (tcp_flags ?? 0), 0),
        first_seen: least(all.map(({ start_ts }) => start_ts)),
        last_seen: most(all.map(({ end_ts }) => end_ts)),
      }));
  });
}

export function beacons(flows: readonly Flow[], asked: Asked): readonly Row[] {
  const { thresholds } = asked;
  const outgoing = acceptsOf(flows).filter(
    (flow) =>
      (flow.flow_direction ?? 'egress') === 'egress' &&
      flow.pkt_dst_aws_service === null &&
      flow.dstport !== 53 &&
      flow.dstport !== 123 &&
      (flow.protocol === 6 || flow.protocol === 17) &&
      (flow.dstport ?? 0) < (flow.srcport ?? 0) &&
      !isInternal(asked, flow.dstaddr) &&
      isInternal(asked, flow.srcaddr),
  );
  const calls = groups(outgoing, (flow) => [
    flow.interface_id,
    flow.dstaddr,
    flow.protocol,
    flow.dstport,
    flow.srcport,
  ]).flatMap((group) => {
    const sorted = [...group].sort((a, b) => a.start_ts - b.start_ts);
    return sorted.filter((flow, index) => {
      const before = sorted[index - 1];
      if (flow.protocol === 6 && flow.tcp_flags !== null) return isSyn(flow.tcp_flags);
      return before === undefined || flow.start_ts - before.end_ts > (flow.protocol === 6 ? 120 : 30);
    });
  });
  const interfaces = new Set(
    flows
      .filter(({ log_status, interface_id }) => log_status === 'OK' && interface_id !== null)
      .map(({ interface_id }) => interface_id),
  ).size;
  return groups(calls, (flow) => [flow.interface_id, flow.dstaddr, flow.protocol, flow.dstport]).flatMap(
    (group): readonly Row[] => {
      const sorted = [...group].sort((a, b) => a.start_ts - b.start_ts);
      const gaps = sorted.slice(1).map((flow, index) => flow.start_ts - (sorted[index]?.start_ts ?? 0));
      if (gaps.length < thresholds['beacon-gaps']) return [];
      const period = quantile(gaps, 0.5);
      if (period < thresholds['beacon-period']) return [];
      const { interface_id, dstaddr, protocol, dstport } = first(group);
      const popular = new Set(calls.filter((flow) => flow.dstaddr === dstaddr).map((flow) => flow.interface_id)).size;
      if (interfaces >= 10 && popular >= interfaces * thresholds['beacon-prevalence']) return [];
      const size = quantile(
        group.map(({ bytes }) => bytes ?? 0),
        0.5,
      );
      return [
        {
          interface_id,
          destination: dstaddr,
          protocol,
          port: dstport,
          gaps: gaps.length,
          period,
          quarter: quantile(gaps, 0.25),
          three_quarters: quantile(gaps, 0.75),
          deviation: quantile(
            gaps.map((gap) => Math.abs(gap - period)),
            0.5,
          ),
          bytes_median: size,
          hours: new Set(group.map(({ start_ts }) => Math.floor(start_ts / 3600))).size,
          first_seen: least(group.map(({ start_ts }) => start_ts)),
          last_seen: most(group.map(({ start_ts }) => start_ts)),
        },
      ];
    },
  );
}

export function unusualVolumes(flows: readonly Flow[], { thresholds }: Asked): readonly Row[] {
  const sent = flows.filter(
    (flow) =>
      flow.log_status === 'OK' &&
      flow.action === 'ACCEPT' &&
      (flow.flow_direction ?? 'egress') === 'egress' &&
      flow.interface_id !== null,
  );
  return groups(sent, ({ interface_id }) => interface_id).flatMap((mine) => {
    const hours = groups(mine, ({ start_ts }) => Math.floor(start_ts / 3600)).map((hour) => ({
      hour: Math.floor(first(hour).start_ts / 3600) * 3600,
      bytes: sum(hour.map(({ bytes }) => bytes)),
    }));
    const median = quantile(
      hours.map(({ bytes }) => bytes),
      0.5,
    );
    const deviation = quantile(
      hours.map(({ bytes }) => Math.abs(bytes - median)),
      0.5,
    );
    const limit = median + thresholds['volume-deviations'] * 1.4826 * Math.max(deviation, median * 0.1);
    if (hours.length < thresholds['volume-history']) return [];
    return hours
      .filter(({ bytes }) => bytes >= thresholds['volume-bytes'] && bytes > limit)
      .map(({ hour, bytes }) => ({
        interface_id: first(mine).interface_id,
        hour,
        bytes,
        median,
        deviation,
        hours: hours.length,
      }));
  });
}

export function topTalkers(flows: readonly Flow[]): readonly Row[] {
  const seen = groups(acceptsOf(flows), (flow) => [flow.interface_id, sourceOf(flow), destinationOf(flow)]).map(
    (group) => ({
      source: sourceOf(first(group)) ?? '',
      destination: destinationOf(first(group)) ?? '',
      service: group
        .map((flow) => flow.pkt_dst_aws_service)
        .reduce((a, b) => (a === null || (b !== null && b > a) ? b : a)),
      bytes: sum(group.map(({ bytes }) => bytes)),
      packets: sum(group.map(({ packets }) => packets)),
    }),
  );
  return groups(seen, ({ source, destination }) => [source, destination])
    .map((pair) => ({
      source: first(pair).source,
      destination: first(pair).destination,
      service: pair.map(({ service }) => service).reduce((a, b) => (a === null || (b !== null && b > a) ? b : a)),
      bytes: most(pair.map(({ bytes }) => bytes)),
      packets: most(pair.map(({ packets }) => packets)),
    }))
    .sort(
      (a, b) =>
        b.bytes - a.bytes ||
        (a.source < b.source ? -1 : a.source > b.source ? 1 : a.destination < b.destination ? -1 : 1),
    )
    .slice(0, 20);
}

export function trafficPaths(flows: readonly Flow[]): readonly Row[] {
  const serviceOf = (flow: Flow): string | null =>
    flow.flow_direction === 'egress' ? flow.pkt_dst_aws_service : flow.pkt_src_aws_service;
  return groups(
    acceptsOf(flows).filter(({ interface_id }) => interface_id !== null),
    (flow) => [flow.interface_id, flow.flow_direction, serviceOf(flow), flow.traffic_path],
  ).map((group) => ({
    interface_id: first(group).interface_id,
    flow_direction: first(group).flow_direction,
    service: serviceOf(first(group)),
    traffic_path: first(group).traffic_path,
    next_hop_type: null,
    bytes: sum(group.map(({ bytes }) => bytes)),
    packets: sum(group.map(({ packets }) => packets)),
  }));
}

/** The class of an IPv4 address, ours too. */
function classOf({ places }: Asked, address: string | null): string | null {
  const parsed = parseIpAddress(address ?? '').value;
  if (parsed === undefined || parsed.family === 6) return address;
  return `#${places.bounds.filter((bound) => bound <= parsed.value).at(-1)}`;
}

export function internalPairs(flows: readonly Flow[], asked: Asked): readonly Row[] {
  const inside = acceptsOf(flows).filter(
    (flow) =>
      isInternal(asked, flow.srcaddr) &&
      isInternal(asked, flow.dstaddr) &&
      (flow.flow_direction ?? 'egress') === 'egress',
  );
  return groups(inside, (flow) => [
    flow.interface_id,
    flow.flow_direction,
    classOf(asked, flow.srcaddr),
    classOf(asked, flow.dstaddr),
  ]).map((group) => ({
    interface_id: first(group).interface_id,
    flow_direction: first(group).flow_direction,
    source: classOf(asked, first(group).srcaddr),
    destination: classOf(asked, first(group).dstaddr),
    bytes: sum(group.map(({ bytes }) => bytes)),
  }));
}

export function acceptedUses(flows: readonly Flow[], asked: Asked, portBounds: readonly number[]): readonly Row[] {
  const partOf = ({ protocol, tcp_flags, srcport, dstport }: Flow): string => {
    const [from, to] = [srcport ?? 0, dstport ?? 0];
    if (protocol === 6 && isSynAck(tcp_flags)) return 'reply';
    if (protocol === 6 && isSyn(tcp_flags)) return 'open';
    const ported = protocol === 6 || protocol === 17;
    if (ported && ((to >= 32_768 && from < 32_768) || (to >= 1024 && from < 1024))) return 'reply';
    return protocol === 6 && tcp_flags === null && to < 32_768 && from >= 32_768 ? 'open' : 'unclear';
  };
  const endOf = (flow: Flow, address: string | null): string | null =>
    partOf(flow) === 'reply' ? classOf(asked, address) : placeOf(asked, address);
  const portOf = (flow: Flow): number | null =>
    partOf(flow) === 'open' ? flow.dstport : (portBounds.filter((bound) => bound <= (flow.dstport ?? 0)).at(-1) ?? 0);
  return groups(
    acceptsOf(flows).filter(({ interface_id }) => interface_id !== null),
    (flow) => [
      flow.interface_id,
      flow.flow_direction,
      endOf(flow, sourceOf(flow)),
      endOf(flow, destinationOf(flow)),
      flow.protocol,
      portOf(flow),
      partOf(flow),
    ],
  ).map((group) => ({
    interface_id: first(group).interface_id,
    flow_direction: first(group).flow_direction,
    source: endOf(first(group), sourceOf(first(group))),
    destination: endOf(first(group), destinationOf(first(group))),
    protocol: first(group).protocol,
    port: portOf(first(group)),
    part: partOf(first(group)),
  }));
}
