import type { Estate, Host } from './estate.ts';

/** A record, before it is written in some format. Numbers below 0 and empty texts stand for `-`. */
export interface FlowRow {
  interfaceId: string;
  source: string;
  destination: string;
  sourcePort: number;
  destinationPort: number;
  protocol: number;
  packets: number;
  bytes: number;
  start: number;
  end: number;
  action: string;
  status: string;
  flags: number;
  packetSource: string;
  packetDestination: string;
  direction: string;
  path: number;
  service: string;
}

/** What the generator is told. */
export interface DayOptions {
  readonly estate: Estate;
  readonly seed: number;
  /** About so many records, the planted ones besides. */
  readonly rows: number;
  /** Seconds since 1970; a multiple of 300. */
  readonly midnight: number;
}

/** What was planted: everything that has to be found, and nothing else is to be found. */
export interface Planted {
  readonly verticalScan: { readonly source: string; readonly target: string };
  readonly horizontalScan: { readonly source: string; readonly port: number };
  readonly slowScan: { readonly source: string };
  readonly scannerThatGotIn: { readonly source: string; readonly target: string };
  readonly beacon: { readonly interfaceId: string; readonly destination: string; readonly port: number };
  readonly volume: { readonly interfaceId: string; readonly hour: number };
  readonly access: { readonly interfaceId: string; readonly port: number };
  readonly protocol: { readonly interfaceId: string; readonly protocol: number };
  readonly gap: { readonly interfaceId: string };
  readonly lost: { readonly interfaceId: string };
  readonly returnPath: { readonly interfaceId: string };
  readonly natToS3: { readonly bytes: number };
}

/** A small seeded generator of numbers from 0 to 1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const windows = 288;

/** What will be planted in a day. */
export function plantedIn({ estate, midnight }: DayOptions): Planted {
  const { web, app, database, bastion, behindAcl } = estate;
  return {
    verticalScan: { source: at(app, 1).address, target: at(database, 1).address },
    horizontalScan: { source: at(web, 2).address, port: 445 },
    slowScan: { source: at(app, 3).address },
    scannerThatGotIn: { source: '198.51.100.66', target: at(web, 0).address },
    beacon: { interfaceId: at(app, 4).interfaceId, destination: '203.0.113.77', port: 8443 },
    volume: { interfaceId: at(database, 5).interfaceId, hour: midnight + 15 * 3600 },
    access: { interfaceId: bastion.interfaceId, port: 22 },
    protocol: { interfaceId: at(app, 6).interfaceId, protocol: 47 },
    gap: { interfaceId: at(database, 7).interfaceId },
    lost: { interfaceId: at(web, 7).interfaceId },
    returnPath: { interfaceId: behindAcl.interfaceId },
    natToS3: { bytes: 288 * 50_000_000 },
  };
}

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/**
 * A day of records, window by window of five minutes. `emit` is given one row object again and again. The same seed gives
 * the same day.
 */
export function generateDay(options: DayOptions, emit: (row: FlowRow, window: number) => void): void {
  const random = randomNumbers(options.seed);
  const perWindow = Math.floor(options.rows / windows);
  for (let window = 0; window < windows; window++) {
    const begin = options.midnight + window * 300;
    const out = writer((row) => emit(row, window));
    everybody(options, begin, out, random);
    background(options, begin, perWindow, out, random);
    plants(options, begin, window, out);
  }
}

type Out = ReturnType<typeof writer>;

/** Turns connections into the records of the interfaces at both ends. */
function writer(emit: (row: FlowRow) => void) {
  const row: FlowRow = {
    interfaceId: '',
    source: '',
    destination: '',
    sourcePort: 0,
    destinationPort: 0,
    protocol: 6,
    packets: 0,
    bytes: 0,
    start: 0,
    end: 0,
    action: 'ACCEPT',
    status: 'OK',
    flags: -1,
    packetSource: '',
    packetDestination: '',
    direction: '',
    path: -1,
    service: '',
  };
  let count = 0;
  const send = (changes: Partial<FlowRow>): void => {
    Object.assign(
      row,
      {
        protocol: 6,
        action: 'ACCEPT',
        status: 'OK',
        flags: -1,
        path: -1,
        service: '',
        packetSource: '',
        packetDestination: '',
      },
      changes,
    );
    row.packetSource = row.packetSource === '' ? row.source : row.packetSource;
    row.packetDestination = row.packetDestination === '' ? row.destination : row.packetDestination;
    count += 1;
    emit(row);
  };
  const status = (host: Host, start: number, word: string): void =>
    send({
      interfaceId: host.interfaceId,
      source: '',
      destination: '',
      sourcePort: -1,
      destinationPort: -1,
      protocol: -1,
      packets: -1,
      bytes: -1,
      start,
      end: start + 59,
      action: '',
      status: word,
      direction: '',
      packetSource: '',
      packetDestination: '',
    });
  /** An accepted connection with an answer, as one end sees it; an end without an address is the host. */
  const half = (
    host: Host,
    side: 'client' | 'server',
    client: string,
    server: string,
    ports: readonly [number, number],
    bytes: number,
    start: number,
    path = -1,
    service = '',
  ): void => {
    const from = client === '' ? host.address : client;
    const to = server === '' ? host.address : server;
    const asked = {
      source: from,
      destination: to,
      sourcePort: ports[0],
      destinationPort: ports[1],
      packets: 6,
      bytes,
      start,
      end: start + 40,
      flags: 3,
      interfaceId: host.interfaceId,
      direction: side === 'client' ? 'egress' : 'ingress',
      path: side === 'client' ? path : -1,
      service: side === 'client' ? service : '',
    };
    send(asked);
    send({
      ...asked,
      source: to,
      destination: from,
      sourcePort: ports[1],
      destinationPort: ports[0],
      bytes: bytes * 3,
      flags: 19,
      direction: side === 'client' ? 'ingress' : 'egress',
      path: side === 'server' ? 1 : -1,
      service: '',
    });
  };
  const refused = (host: Host, source: string, port: number, start: number, sourcePort: number): void =>
    send({
      interfaceId: host.interfaceId,
      source,
      destination: host.address,
      sourcePort,
      destinationPort: port,
      packets: 1,
      bytes: 44,
      start,
      end: start + 1,
      action: 'REJECT',
      flags: 2,
      direction: 'ingress',
    });
  return { send, status, half, refused, written: () => count };
}

/** Every interface says at least that it has nothing to say, every ten minutes, but for the gap and the loss. */
function everybody({ estate, midnight }: DayOptions, begin: number, out: Out, random: () => number): void {
  const { web, app, database, bastion, behindAcl, gateway } = estate;
  const silent = at(database, 7);
  const lossy = at(web, 7);
  const hour = Math.floor((begin - midnight) / 3600);
  if ((begin - midnight) % 600 !== 0) return;
  for (const host of [...web, ...app, ...database, bastion, behindAcl, gateway]) {
    if (host === silent && hour === 9) continue;
    out.status(host, begin + Math.floor(random() * 200), host === lossy && hour === 20 ? 'SKIPDATA' : 'NODATA');
  }
}

/** Ordinary traffic: four records for a connection within the VPC, two for one with the internet, and some noise. */
function background(
  { estate, midnight }: DayOptions,
  begin: number,
  rows: number,
  out: Out,
  random: () => number,
): void {
  const { web, app, database } = estate;
  const hour = Math.floor((begin - midnight) / 3600);
  const silent = at(database, 7);
  const pick = (hosts: readonly Host[]): Host => hosts[Math.floor(random() * hosts.length)] as Host;
  const high = (): number => 32_768 + Math.floor(random() * 28_000);
  const until = out.written() + rows;
  while (out.written() < until) {
    const start = begin + Math.floor(random() * 240);
    const bytes = 200 + Math.floor(random() * 20_000);
    const kind = random();
    if (kind < 0.06) out.refused(pick(web), stranger(random), noisePort(random), start, high());
    else if (kind < 0.4) out.half(pick2(web, random), 'server', stranger(random), '', [high(), 443], bytes, start);
    else if (kind < 0.65) both(out, pick(web), pick(app), [high(), 8080], bytes, start);
    else if (kind < 0.9) {
      const target = pick(database);
      if (target !== silent || hour !== 9) both(out, pick(app), target, [high(), 5432], bytes, start);
    } else out.half(pick(app), 'client', '', stranger(random), [high(), 443], bytes, start, 1);
  }
}

const pick2 = (hosts: readonly Host[], random: () => number): Host =>
  hosts[Math.floor(random() * hosts.length)] as Host;

function both(
  out: Out,
  client: Host,
  server: Host,
  ports: readonly [number, number],
  bytes: number,
  start: number,
): void {
  out.half(client, 'client', client.address, server.address, ports, bytes, start, 1);
  out.half(server, 'server', client.address, server.address, ports, bytes, start);
}

/** A stranger from a hundred thousand. */
function stranger(random: () => number): string {
  const number = Math.floor(random() * 100_000);
  return `${[23, 45, 78, 91, 151][number % 5]}.${(number >> 3) % 250}.${(number >> 7) % 250}.${1 + (number % 254)}`;
}

const noisePorts = [23, 22, 80, 8080, 3389, 445, 5060, 1433, 6379, 8443];
const noisePort = (random: () => number): number =>
  random() < 0.6 ? at(noisePorts, Math.floor(random() * noisePorts.length)) : 1 + Math.floor(random() * 60_000);

function plants({ estate, midnight }: DayOptions, begin: number, window: number, out: Out): void {
  const { web, app, database, bastion, behindAcl, gateway } = estate;
  const hour = Math.floor((begin - midnight) / 3600);
  // Many ports of one host, across the border of two windows
  if (window === 100)
    for (let i = 0; i < 40; i++)
      out.refused(at(database, 1), at(app, 1).address, 1000 + i, begin + 280 + i, 41_000 + i);
  // One port of many hosts
  if (window === 130)
    for (let i = 0; i < 30; i++)
      out.refused(withAddress(at(database, i), i), at(web, 2).address, 445, begin + i * 4, 42_000 + i);
  // Many hosts and ports, one every two minutes
  if (window >= 30 && window < 60)
    for (let i = 0; i < 2; i++)
      out.refused(
        at(database, window + i),
        at(app, 3).address,
        7000 + (window % 10) * 3 + i,
        begin + i * 130,
        43_000 + i,
      );
  // A stranger that tries many ports and finds the open one
  if (window === 200) {
    for (let i = 0; i < 40; i++) out.refused(at(web, 0), '198.51.100.66', 2000 + i, begin + i * 3, 44_000 + i);
    out.half(at(web, 0), 'server', '198.51.100.66', at(web, 0).address, [44_100, 443], 500, begin + 150);
  }
  // A call every minute
  for (let i = 0; i < 5; i++)
    out.half(
      at(app, 4),
      'client',
      at(app, 4).address,
      '203.0.113.77',
      [45_000 + ((window * 5 + i) % 9000), 8443],
      900,
      begin + i * 60 + (i % 2),
      1,
    );
  // One hour of far too much
  const steady = at(database, 5);
  out.send({
    interfaceId: steady.interfaceId,
    source: steady.address,
    destination: at(app, 0).address,
    sourcePort: 5432,
    destinationPort: 50_000,
    packets: 1000,
    bytes: hour === 15 ? 500_000_000 : 2_000_000,
    start: begin + 10,
    end: begin + 60,
    flags: 0,
    direction: 'egress',
    path: 1,
  });
  // Somebody on the internet signs in to the bastion
  if (window === 220) out.half(bastion, 'server', '198.51.100.9', bastion.address, [51_000, 22], 9000, begin + 20);
  // A tunnel
  if (window === 230)
    out.send({
      interfaceId: at(app, 6).interfaceId,
      source: at(app, 6).address,
      destination: at(app, 7).address,
      sourcePort: 0,
      destinationPort: 0,
      protocol: 47,
      packets: 10,
      bytes: 9000,
      start: begin + 20,
      end: begin + 60,
      direction: 'egress',
      path: 1,
    });
  // Requests that the ACL lets in and whose replies it keeps
  if (window % 24 === 0) {
    const ports = {
      sourcePort: 2000 + window,
      destinationPort: 443,
      packets: 3,
      bytes: 180,
      start: begin + 30,
      end: begin + 40,
    };
    const client = at(app, 0).address;
    out.send({
      ...ports,
      interfaceId: behindAcl.interfaceId,
      source: client,
      destination: behindAcl.address,
      flags: 2,
      direction: 'ingress',
    });
    out.send({
      ...ports,
      interfaceId: behindAcl.interfaceId,
      source: behindAcl.address,
      destination: client,
      sourcePort: 443,
      destinationPort: 2000 + window,
      flags: 18,
      direction: 'egress',
      action: 'REJECT',
    });
  }
  // One long connection to S3 by way of the NAT gateway, as the host and as the gateway see it
  const batch = at(app, 7);
  const store = '52.218.0.10';
  const flow = {
    sourcePort: 52_000,
    destinationPort: 443,
    packets: 40_000,
    bytes: 50_000_000,
    start: begin + 2,
    end: begin + 299,
    flags: window === 0 ? 2 : 0,
  };
  out.send({
    ...flow,
    interfaceId: batch.interfaceId,
    source: batch.address,
    destination: store,
    direction: 'egress',
    path: 1,
    service: 'S3',
  });
  out.send({
    ...flow,
    interfaceId: gateway.interfaceId,
    source: batch.address,
    destination: gateway.address,
    packetDestination: store,
    direction: 'ingress',
  });
  out.send({
    ...flow,
    interfaceId: gateway.interfaceId,
    source: gateway.address,
    destination: store,
    direction: 'egress',
    path: 8,
    service: 'S3',
  });
}

/** Where the estate has fewer hosts than a scan tries, it goes on to addresses that nobody holds. */
const withAddress = (host: Host, index: number): Host => ({ ...host, address: `10.0.32.${10 + index}` });
