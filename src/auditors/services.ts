import type { PortRange } from '../model/verdict/evidence.ts';
import type { Severity } from '../model/verdict/severity.ts';
import { type PortSet, portSet } from '../network/sets/port-set.ts';

/** What a service is for; checks ask for a group of services by it. */
export type ServiceKind =
  | 'remote-administration'
  | 'data'
  | 'infrastructure'
  | 'file-sharing'
  | 'development'
  | 'mail'
  | 'public';

/** A service by the ports it answers on, and how bad it is when the whole internet can reach it. */
export interface Service {
  /** As people name it, and as a finding does. */
  readonly name: string;
  readonly kind: ServiceKind;
  readonly severity: Severity;
  readonly tcp?: readonly PortRange[];
  readonly udp?: readonly PortRange[];
}

const port = (...numbers: readonly number[]): readonly PortRange[] => numbers.map((from) => ({ from, to: from }));
const range = (from: number, to: number): PortRange => ({ from, to });

/**
 * The services that findings name. The ports are the union of what the field's tools watch; a port belongs to one service
 * only. Services that are meant for everybody are here too, so that a finding says "HTTPS" and how little it weighs.
 */
export const services: readonly Service[] = [
  { name: 'SSH', kind: 'remote-administration', severity: 'high', tcp: port(22) },
  { name: 'RDP', kind: 'remote-administration', severity: 'high', tcp: port(3389), udp: port(3389) },
  { name: 'Telnet', kind: 'remote-administration', severity: 'high', tcp: port(23) },
  { name: 'WinRM', kind: 'remote-administration', severity: 'high', tcp: port(5985, 5986) },
  { name: 'VNC', kind: 'remote-administration', severity: 'high', tcp: port(5500, 5900, 5901) },

  { name: 'MySQL', kind: 'data', severity: 'high', tcp: port(3306, 4333, 33_060) },
  { name: 'PostgreSQL', kind: 'data', severity: 'high', tcp: port(5432) },
  { name: 'SQL Server', kind: 'data', severity: 'high', tcp: port(1433, 1434), udp: port(1434) },
  { name: 'Oracle Database', kind: 'data', severity: 'high', tcp: port(1521, 1522, 2483, 2484) },
  { name: 'MongoDB', kind: 'data', severity: 'high', tcp: [range(27_017, 27_019)] },
  { name: 'Redis', kind: 'data', severity: 'high', tcp: port(6379) },
  { name: 'Memcached', kind: 'data', severity: 'high', tcp: port(11_211), udp: port(11_211) },
  { name: 'Cassandra', kind: 'data', severity: 'high', tcp: port(7000, 7001, 7199, 9042, 9160) },
  { name: 'Elasticsearch', kind: 'data', severity: 'high', tcp: port(9200, 9300) },
  { name: 'Kibana', kind: 'data', severity: 'high', tcp: port(5601) },
  { name: 'Kafka', kind: 'data', severity: 'high', tcp: port(9092, 9094) },
  { name: 'Redshift', kind: 'data', severity: 'high', tcp: port(5439) },
  { name: 'CouchDB', kind: 'data', severity: 'high', tcp: port(5984, 6984) },

  { name: 'Docker API', kind: 'infrastructure', severity: 'critical', tcp: port(2375, 2376) },
  { name: 'Kubernetes kubelet', kind: 'infrastructure', severity: 'critical', tcp: port(10_250, 10_255) },
  { name: 'Kubernetes API', kind: 'infrastructure', severity: 'high', tcp: port(6443) },
  { name: 'etcd', kind: 'infrastructure', severity: 'critical', tcp: port(2379, 2380) },
  { name: 'Salt', kind: 'infrastructure', severity: 'high', tcp: port(4505, 4506) },
  { name: 'Hadoop', kind: 'infrastructure', severity: 'high', tcp: port(8020, 50_070, 50_470) },
  { name: 'ZooKeeper', kind: 'infrastructure', severity: 'high', tcp: port(2181) },
  { name: 'LDAP', kind: 'infrastructure', severity: 'high', tcp: port(389, 636), udp: port(389) },
  { name: 'Kerberos', kind: 'infrastructure', severity: 'high', tcp: port(88, 464, 749, 750), udp: port(88, 464, 750) },
  { name: 'SNMP', kind: 'infrastructure', severity: 'high', udp: port(161, 162) },
  { name: 'DNS', kind: 'infrastructure', severity: 'medium', tcp: port(53), udp: port(53) },

  {
    name: 'SMB and NetBIOS',
    kind: 'file-sharing',
    severity: 'high',
    tcp: [range(137, 139), ...port(445)],
    udp: [range(137, 139), ...port(445)],
  },
  { name: 'RPC', kind: 'file-sharing', severity: 'high', tcp: port(111, 135), udp: port(111, 135) },
  { name: 'NFS', kind: 'file-sharing', severity: 'high', tcp: port(2049), udp: port(2049) },
  { name: 'FTP', kind: 'file-sharing', severity: 'high', tcp: port(20, 21) },
  { name: 'rsync', kind: 'file-sharing', severity: 'high', tcp: port(873) },

  {
    name: 'development web server',
    kind: 'development',
    severity: 'medium',
    tcp: port(3000, 5000, 8000, 8080, 8081, 8088, 8888),
  },
  { name: 'POP3 and IMAP', kind: 'mail', severity: 'medium', tcp: port(110, 143) },
  { name: 'SMTP', kind: 'mail', severity: 'medium', tcp: port(25) },

  { name: 'HTTP', kind: 'public', severity: 'informational', tcp: port(80) },
  { name: 'HTTPS', kind: 'public', severity: 'informational', tcp: port(443), udp: port(443) },
  { name: 'mail over TLS', kind: 'public', severity: 'informational', tcp: port(465, 587, 993, 995) },
  { name: 'VPN', kind: 'public', severity: 'informational', tcp: port(1194), udp: port(500, 1194, 4500, 51_820) },
];

/** The two protocols that have ports. */
export type PortedProtocol = 'tcp' | 'udp';

/** The service that answers on a port. */
export function serviceOn(protocol: PortedProtocol, number: number): Service | undefined {
  return services.find((service) => service[protocol]?.some(({ from, to }) => from <= number && number <= to));
}

const portSets: ReadonlyMap<Service, Readonly<Record<PortedProtocol, PortSet>>> = new Map(
  services.map((service) => [service, { tcp: portSet(service.tcp ?? []), udp: portSet(service.udp ?? []) }]),
);

/** The ports of a service of the table, as a set. */
export const portsOf = (service: Service, protocol: PortedProtocol): PortSet => portSets.get(service)?.[protocol] ?? [];

/** Every port of the table, by protocol. */
export const knownPorts: Readonly<Record<PortedProtocol, PortSet>> = {
  tcp: portSet(services.flatMap(({ tcp = [] }) => tcp)),
  udp: portSet(services.flatMap(({ udp = [] }) => udp)),
};
